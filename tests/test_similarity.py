"""Texts that resemble each other: all are found, each once, and thousands in little time."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitchgen.model.checks import Limits
from pitchgen.rules.circles import circles
from pitchgen.similarity import LONG, Echo, Words, echoes, likeness, words_of

DEFAULT = Limits().similarity
SAME = [
    (
        "Soitamme hänelle edellisenä päivänä kello 14 ja kerromme, kuka tulee.",
        "Soitan hänelle edellisenä päivänä klo 14 ja kerron, kuka tulee.",
    ),
    (
        "Kerromme viivästyksestä heti, kun tiedämme siitä itse.",
        "Kerromme viivästyksistä heti kun tiedämme niistä itse!",
    ),
    (
        "Pidämme hyllyssä kolmea konetta hänen asetuksillaan, joten nimi edellisenä päivänä riittää.",
        "Pidämme hyllyssä kahta konetta heidän asetuksillaan, joten nimi edellisenä päivänä riittää.",
    ),
    (
        "We ring the day before with the name, the time and the door.",
        "The day before, we call with the name, the time and the door.",
    ),
    (
        "We send one text message with one time in it, and call only if we need a decision from her.",
        "We send one text message with one time in it and we only call if we need a decision from him.",
    ),
    (
        "Vi ringer klockan 14 dagen före med namn, klockslag och dörr.",
        "Vi ringer dagen före klockan 15 med namn, klockslag och dörr.",
    ),
    ("Soitamme heti.", "SOITAMME HETI"),
]
DIFFERENT = [
    (
        "Soitamme hänelle edellisenä päivänä ja kerromme, kuka tulee.",
        "Lähetämme hänelle edellisenä päivänä tekstiviestin, emmekä soita.",
    ),
    (
        "Annamme hänelle suunnitelman kolme päivää etukäteen, ja hän itse painaa nappia.",
        "Annamme hänelle suunnitelman vasta pyydettäessä, ja me itse painamme nappia.",
    ),
    ("Sovimme hänen kanssaan hinnan ennen jokaista työtä.", "Sovimme hänen kanssaan hinnan kerran vuodessa."),
    (
        "We send the price first and begin once he has signed it off.",
        "We begin at once and send the price with the monthly invoice.",
    ),
    ("We let him sleep and wake him for breakfast.", "We let her dine at eight and wake her for nothing."),
    ("Vi kommer överens om priset före varje jobb.", "Vi kommer överens om priset en gång om året."),
    ("Soitamme heti.", "Soitamme huomenna."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_an_answer_in_other_clothes_is_the_same_answer(one: str, other: str) -> None:
    assert likeness(words_of(one), words_of(other)) >= DEFAULT


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_answers_of_one_shape_are_two_answers(one: str, other: str) -> None:
    assert likeness(words_of(one), words_of(other)) < DEFAULT


def test_words_are_compared_without_endings_and_few_words_with_them() -> None:
    assert words_of("Soitamme, soitan ja soitat: hän-kin 2 kertaa!") == {
        "soita",
        "ja",
        "hän",
        "kin",
        "2",
        "kerta",
    }
    assert words_of("Soitamme heti.") == {"soitamme", "heti"}
    assert likeness(words_of("Soitamme heti."), words_of("Soitan heti.")) == 0


def test_what_has_no_words_is_like_nothing() -> None:
    assert words_of("🙂 !") == frozenset()
    assert list(echoes([words_of("🙂"), words_of("…")], [1, 2], DEFAULT)) == []


def one_by_one(texts: list[Words], owners: list[int], least: float) -> list[Echo]:
    """What `echoes` gives, found by comparing each with each."""
    found = []
    firsts: list[int] = []
    for n, text in enumerate(texts):
        shares = [(likeness(text, texts[m]), -m) for m in firsts]
        like = [(share, m) for share, m in shares if share >= least]
        if others := [(share, m) for share, m in like if owners[-m] != owners[n]]:
            share, m = max(others)
            found.append(Echo(n, -m, share))
        if not like:
            firsts.append(n)
    return found


@st.composite
def crowds(draw: st.DrawFn) -> list[Words]:
    """Sets of words, many of which are others with a few words exchanged, short ones and long ones."""
    words = [f"w{n}" for n in range(draw(st.sampled_from([5, 9, 30, 2 * LONG])))]
    crowd: list[Words] = []
    for _ in range(draw(st.integers(0, 12))):
        if draw(st.booleans()) and crowd:
            exchanged = draw(st.frozensets(st.sampled_from(words), max_size=4))
            crowd.append(draw(st.sampled_from(crowd)) ^ exchanged)
        else:
            least = draw(st.sampled_from([0, 4, len(words) // 2, len(words)]))
            crowd.append(draw(st.frozensets(st.sampled_from(words), min_size=min(least, len(words)))))
    return crowd


@given(crowds(), st.data(), st.sampled_from([0.5, 0.55, 0.6, 2 / 3, 0.7, 0.8, 0.9, 1.0]))
def test_the_index_misses_nothing_and_invents_nothing(
    texts: list[Words], data: st.DataObject, least: float
) -> None:
    owners = data.draw(st.lists(st.integers(0, 3), min_size=len(texts), max_size=len(texts)))
    assert list(echoes(texts, owners, least)) == one_by_one(texts, owners, least)


@pytest.mark.parametrize(
    ("common", "own", "others"),
    [
        *[(4, 2, 2), (4, 4, 0), (9, 3, 3), (9, 5, 4), (18, 12, 6), (18, 0, 18)],
        # The share times the words is a little too much as a floating-point number.
        (14, 11, 0),
        # One of them is long, the other is not.
        *[(28, 14, 0), (28, 0, 28), (20, 4, 16)],
        *[(36, 12, 24), (36, 36, 0), (60, 20, 20), (120, 60, 60)],
    ],
)
def test_two_texts_are_found_up_to_the_very_limit(common: int, own: int, others: int) -> None:
    # Their own words are rare and the common ones are not: the index sees as little of these as it can.
    shared = [f"c{n}" for n in range(common)]
    one = frozenset([*shared, *(f"a{n}" for n in range(own))])
    other = frozenset([*shared, *(f"b{n}" for n in range(others))])
    share = common / (common + own + others)
    assert list(echoes([one, other], range(2), share)) == [Echo(1, 0, share)]
    assert list(echoes([other, one], range(2), share)) == [Echo(1, 0, share)]
    assert list(echoes([one, other], range(2), share + 0.001)) == []


def test_five_thousand_copies_are_five_thousand_echoes_of_the_first() -> None:
    copies = [words_of("We ring the day before with the name, the time and the door.")] * 5001
    found = list(echoes(copies, range(5001), DEFAULT))
    assert found == [Echo(n, 0, 1.0) for n in range(1, 5001)]


def test_one_owner_may_repeat_itself() -> None:
    text = words_of("We ring the day before with the name, the time and the door.")
    assert list(echoes([text, text, text], ["careful", "careful", "fast"], DEFAULT)) == [Echo(2, 0, 1.0)]


def test_the_most_similar_one_is_named_and_of_equals_the_first() -> None:
    texts = [frozenset("abcdefghij"), frozenset("abcdefvwxyz"), frozenset("abcdefvwxyj")]
    assert [(echo.n, echo.of) for echo in echoes(texts, range(3), 0.5)] == [(2, 1)]
    assert [(echo.n, echo.of) for echo in echoes([*texts[:1], *texts[:1]], range(2), 0.5)] == [(1, 0)]


def test_chance_in_the_order_of_sets_changes_nothing() -> None:
    program = """if True:
        from pitchgen.similarity import echoes, words_of
        texts = [f"We {a} her {b} day before, at {c}, with the {d}." for a in ("ring", "write", "tell")
                 for b in ("the", "a") for c in ("six", "ten", "two") for d in ("name", "door", "time")]
        print(list(echoes([words_of(text) for text in texts], range(len(texts)), 0.7)))
        """
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert "Echo" in said.pop()


# Circles


@given(st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), max_size=8))
def test_in_a_circle_everyone_leads_to_everyone(steps: dict[int, list[int]]) -> None:
    following = {member: [other for other in others if other in steps] for member, others in steps.items()}
    # Whom each leads to in one step or more, by stepping until nothing is new.
    leads = {member: set(others) for member, others in following.items()}
    for _ in following:
        leads = {m: reached.union(*(leads[other] for other in reached)) for m, reached in leads.items()}
    together = {frozenset((m,)) for m in following if m in leads[m]}
    for one, other in combinations(following, 2):
        if other in leads[one] and one in leads[other]:
            together.add(frozenset((one, other)))
    found = list(circles(following))
    assert {pair for pair in together if any(pair <= set(circle) for circle in found)} == together
    assert all(frozenset(pair) in together for circle in found for pair in combinations(circle, 2))
    assert all(len(circle) > 1 or frozenset(circle) in together for circle in found)
    members = [member for circle in found for member in circle]
    assert len(members) == len(set(members))
    assert all([m for m in following if m in circle] == list(circle) for circle in found)


def test_a_circle_may_be_longer_than_python_lets_functions_call_each_other() -> None:
    around = {n: [(n + 1) % 50_000] for n in range(50_000)}
    assert list(circles(around)) == [tuple(range(50_000))]
