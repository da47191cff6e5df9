"""Words: what counts as vague, as avoided by the brand, and as still to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orderly import ORDERLY, with_example
from test_rules import Capture, codes, found
from workspaces import SHIPPED, seconds_of_work, write_tree

from pitchgen import shipped
from pitchgen.language.blanks import blank_in
from pitchgen.language.folders import texts
from pitchgen.language.phrases import LISTS, Phrases

LANGUAGES = ("fi", "en", "sv")
VAGUE = ("vague-words", "vague-times")

# Vague words


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fi", "Palaat asiaan pian, kun ehdit.", ["asiaan pian", "kun ehdit"]),
        ("fi", "Teet parhaasi.", ["parhaasi"]),
        ("fi", "Kerrot niin pian kuin kuulet siitä itse.", []),
        ("fi", "Palaamme asiaan mahdollisimman pian.", ["mahdollisimman", "pian"]),
        ("fi", "Autan sinua tarvittaessa ja parhaani mukaan.", ["tarvittaessa", "parhaani mukaan"]),
        ("fi", "Vastaus tulee kohtuullisessa ajassa.", ["kohtuullisessa ajassa"]),
        ("fi", "Pyritään vastaamaan saman päivän aikana.", ["Pyritään"]),
        ("fi", "Laadukasta ja laadukkaampaa palvelua.", ["Laadukasta", "laadukkaampaa"]),
        ("fi", "Pelaamme Pyrinnön kentällä joka torstai.", []),
        ("fi", "Asiakkaan ei tarvitse yrittää kahdesti.", []),
        ("en", "I answer as soon as possible, if needed.", ["as soon as possible", "if needed"]),
        ("en", "You do your best, as soon as you can.", ["do your best", "as soon as you can"]),
        ("en", "We call as soon as we know ourselves.", []),
        ("en", "The ship leaves without delay.", []),
        ("en", "You hear from us soon", ["soon"]),
        ("en", "To the best of my ability.", ["To the best of my ability"]),
        ("en", "The customer never has to ask twice.", []),
        ("sv", "Vi svarar så snart som möjligt, vid behov.", ["så snart som möjligt", "vid behov"]),
        ("sv", "Vi svarar snarast möjligt.", ["snarast möjligt"]),
        ("sv", "Jag försöker svara i god tid.", ["Jag försöker", "i god tid"]),
        ("sv", "Du svarar så fort du kan.", ["så fort du kan"]),
        ("sv", "Vi ringer så fort vi själva vet något.", []),
        ("sv", "Du ritar så att vi kan se varje dörr.", []),
        ("sv", "Kunden behöver inte försöka två gånger.", []),
        ("sv", "Du tar bort de fel som kunderna oftast ringer om.", []),
    ],
)
def test_words_are_vague_in_their_language(language: str, text: str, expected: list[str]) -> None:
    assert [word for code in VAGUE for word in SHIPPED.lists.listed(code, language).in_(text)] == expected


def test_a_text_is_one_finding_in_all_its_languages_each_with_its_own_words(
    capsys: Capture, tmp_path: Path
) -> None:
    example = """
# company.yaml
languages: [en, fi, sv]
# roles/adviser.yaml
outcomes:
  - en: Calls are answered tarvittaessa.
    fi: Puheluihin vastataan tarvittaessa.
    sv: Samtalen besvaras vid behov.
"""
    root = write_tree(tmp_path, with_example(example))
    (row,) = found(capsys, root, "--select", "vague-words")
    assert row["where"] == "outcomes[0].fi"
    assert "says 'tarvittaessa' and 'vid behov', so" in row["message"]


@pytest.mark.parametrize(
    ("commitment", "words"),
    [
        ("{text: We talk regularly about your week.}", ["regularly"]),
        ("{text: We talk regularly about your week., when: every Friday}", []),
        ("{text: 'We talk regularly, twice a month.'}", []),
        # Of what `when` itself says another rule speaks.
        ("{text: We talk regularly., when: from time to time}", []),
        # Who knows when does not know yet how well.
        ("{text: We do our best to talk., when: every Friday}", ["do our best"]),
    ],
)
def test_words_of_time_may_stand_beside_a_time(
    capsys: Capture, tmp_path: Path, commitment: str, words: list[str]
) -> None:
    root = write_tree(tmp_path, with_example(f"# managers/marjut.yaml\ncommitments: [{commitment}]\n"))
    rows = found(capsys, root, "--select", "vague-words")
    assert [row["message"].split("'")[3] for row in rows] == words


def test_british_english_has_the_words_of_english() -> None:
    assert SHIPPED.lists.listed("vague-words", "en-GB").in_("as needed") == ["as needed"]
    assert SHIPPED.lists.listed("vague-words", "de").in_("as needed") == []


def test_vague_words_matter_where_something_is_promised_and_nowhere_else(
    capsys: Capture, tmp_path: Path
) -> None:
    example = """
# company.yaml
commitments: [{text: We meet when time allows., when: every Friday}]
# personas/careful.yaml
quote: Come as soon as possible, if needed.
# hires/aino.yaml
name: Aino Virtanen
role: adviser
manager:
  name: Marjut Ketola
  commitments: [{text: I help you as needed.}]
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "vague-words")
    assert [(row["path"], row["where"]) for row in rows] == [
        ("company.yaml", "commitments[0].text"),
        ("hires/aino.yaml", "manager.commitments[0].text"),
    ]


def test_what_the_brand_avoids_is_not_said_to_be_vague_too(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
brand: {avoid_words: {en: [more or less]}}
# roles/adviser.yaml
outcomes: [The phone is answered more or less at once.]
"""
    assert codes(found(capsys, write_tree(tmp_path, with_example(example)))) == ["avoided-word"]


# Changes without a measure


@pytest.mark.parametrize(
    ("outcome", "count"),
    [
        ("Customers are more satisfied.", 1),
        ("Customers are more satisfied: 9 in 10.", 0),
        ("Half of the customers get a faster answer.", 0),
        ("Our answer is faster than the customer’s own search.", 0),
        ("The price increase is told before the invoice.", 0),
        ("Someone improvises when the line is down.", 0),
    ],
)
def test_a_change_with_a_figure_is_measured(
    capsys: Capture, tmp_path: Path, outcome: str, count: int
) -> None:
    root = write_tree(tmp_path, with_example(f'# roles/adviser.yaml\noutcomes: ["{outcome}"]\n'))
    assert codes(found(capsys, root, "--select", "unmeasured-change")) == ["unmeasured-change"] * count


@pytest.mark.parametrize(
    ("language", "outcome", "count"),
    [
        ("fi", "Parempi asiakaskokemus.", 1),
        ("fi", "Vasteaika nopeutuu.", 1),
        ("fi", "Vasteaika nopeutuu kaksikymmentä minuuttia.", 0),
        ("fi", "Teet joka kuukausi parannusehdotuksen.", 0),
        ("fi", "Yhteyden nopeutta mitataan joka yö.", 0),
        ("fi", "Tehostetun palveluasumisen asukas tietää, kuka yöllä tulee.", 0),
        ("fi", "Jokaisen panosta kysytään perjantaina.", 0),
        ("en", "Fewer customers call again.", 1),
        ("en", "Our score rises by thirty points, and everyone is faster.", 0),
        ("en", "A child has a booster seat before anyone asks.", 0),
        ("en", "You hand in an improvement idea every Friday.", 0),
        ("sv", "Kundnöjdheten förbättras.", 1),
        ("sv", "Kortare väntetider.", 1),
        ("sv", "Väntetiden minskar med nittio sekunder.", 0),
        ("sv", "Du lämnar ett förbättringsförslag varje fredag.", 0),
    ],
)
def test_words_of_change_are_heard_in_their_language_and_words_like_them_are_not(
    capsys: Capture, tmp_path: Path, language: str, outcome: str, count: int
) -> None:
    example = f"""
# company.yaml
language: {language}
languages: [{language}]
# roles/adviser.yaml
outcomes: ["{outcome}"]
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "unmeasured-change")
    assert len(rows) == count


@pytest.mark.parametrize(
    ("goal", "count"),
    [
        ("{text: Improve the NPS., metric: nps, target: 50, day: 90}", 0),
        ("{text: Improve the NPS., metric: nps, day: 90}", 1),
        # What a goal without a metric lacks, and what a vague one, is said by other rules.
        ("{text: Improve the NPS as much as possible., metric: nps, day: 90}", 0),
        ("{text: Improve the NPS., day: 90}", 0),
    ],
)
def test_a_goal_is_measured_by_its_target(capsys: Capture, tmp_path: Path, goal: str, count: int) -> None:
    root = write_tree(tmp_path, with_example(f"# roles/adviser.yaml\ngoals: [{goal}]\n"))
    assert len(found(capsys, root, "--select", "unmeasured-change")) == count


# Words that the brand avoids


def test_an_avoided_word_is_named_as_it_is_written_and_with_its_pattern(
    capsys: Capture, tmp_path: Path
) -> None:
    example = """
# company.yaml
languages: [en, fi]
brand: {avoid_words: {en: [synerg*, more, more or less], fi: [kompromiss*]}}
values:
  - id: synergy
    name: Word
    strategy_goal: tell-first
    behaviors: [{id: name-a-time, text: We name  MORE OR\\u00a0LESS Synergies and kompromissi.}]
# roles/planner.yaml
title: {en: kompromissi, fi: Kompromissien tekijä}
""".replace("\\u00a0", "\u00a0")
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "avoided-word")
    assert [(row["path"], row["where"], row["message"]) for row in rows] == [
        (
            "company.yaml",
            "values[0].behaviors[0].text",
            "company.yaml says 'MORE OR LESS' and 'Synergies', which the brand avoids",
        ),
        ("roles/planner.yaml", "title.fi", "role 'planner' says 'Kompromissien', which the brand avoids"),
    ]
    assert "'more or less' and 'synerg*'" in rows[0]["hint"]


def test_a_newcomers_own_language_is_that_of_their_plain_texts(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
language: fi
languages: [fi, en]
brand: {avoid_words: {fi: [synergi*], en: [synerg*]}}
# hires/aino.yaml
name: Aino Virtanen
role: adviser
language: en
why_you: You see synergy.
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "avoided-word")
    assert [row["path"] for row in rows] == ["hires/aino.yaml"]


@pytest.mark.parametrize(
    "word", ["*", "* *", "!", "syn*gy", "synerg(y|ies)", "a, b", "[Ss]ynergy", "synerg.*"]
)
def test_a_word_that_nothing_is_found_by_is_noted(capsys: Capture, tmp_path: Path, word: str) -> None:
    root = write_tree(tmp_path, with_example(f"# company.yaml\nbrand: {{avoid_words: {{en: ['{word}']}}}}\n"))
    (row,) = found(capsys, root)
    assert (row["code"], row["where"]) == ("idle-avoid-word", "brand.avoid_words.en[0]")


@pytest.mark.parametrize("word", ["win-win", "24/7", "C++", "e-mail*", "the * of all", "ÄLY*", "don’t"])
def test_a_word_with_a_sign_can_be_found(capsys: Capture, tmp_path: Path, word: str) -> None:
    said = word.replace("*", "best")
    company = f"# company.yaml\nbrand: {{avoid_words: {{en: ['{word}']}}}}\n"
    root = write_tree(tmp_path, with_example(f"{company}# roles/planner.yaml\ntitle: A {said}, too\n"))
    assert codes(found(capsys, root)) == ["avoided-word"]


def test_avoided_words_in_a_language_nobody_reads_are_noted_once(capsys: Capture, tmp_path: Path) -> None:
    example = "# company.yaml\nbrand: {avoid_words: {de: [Synergie*, Kompromiss*]}}\n"
    (row,) = found(capsys, write_tree(tmp_path, with_example(example)))
    assert (row["code"], row["severity"]) == ("idle-avoid-word", "note")
    assert "'de'" in row["message"]


@given(st.lists(st.text("ab* .(", min_size=1, max_size=6), max_size=4), st.text("ab .(", max_size=30))
def test_whatever_is_found_is_found_by_one_of_the_words(phrases: list[str], text: str) -> None:
    phrases = [phrase for phrase in phrases if phrase.strip() and any(c.isalnum() for c in phrase)]
    for word in Phrases(phrases).in_(text):
        assert [phrase for phrase in phrases if Phrases([phrase]).in_(word) == [word]]


@given(st.lists(st.text("ab* .(–’", min_size=1, max_size=6), max_size=4), st.text("ab .(–'", max_size=30))
def test_the_same_is_found_however_much_was_looked_through(phrases: list[str], text: str) -> None:
    phrases = [phrase for phrase in phrases if any(c.isalnum() for c in phrase)]
    fresh, used = Phrases(phrases), Phrases(phrases)
    used.in_("c" * 60_000)
    assert used.in_(text) == fresh.in_(text)


def test_no_pattern_makes_a_search_slow() -> None:
    text = "a " * 10_000 + "a" * 10_000
    assert Phrases(["* * * * b", "a* a* a* b", "*a*a*a*a*a*a*b", "*a* *a* b", "*a *a *b"]).in_(text) == []


def test_a_star_stands_for_every_ending_or_every_beginning_of_a_word() -> None:
    phrases = Phrases(["kerto*", "*malla", "to *gether"])
    assert phrases.in_("kertova kertomalla emalla malla to together malli") == [
        *("kertova", "kertomalla", "emalla", "malla", "to together")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_words_is_long_enough_and_says_nothing_twice(language: str) -> None:
    for code in (
        "vague-words",
        "vague-times",
        "unmeasured-change",
        "figures",
        "placeholder",
        "placeholder-alone",
    ):
        phrases = texts(shipped.language_data(language, LISTS)[code])
        assert len(phrases) == len(set(phrases)) > 4
        for word in phrases:
            others = [other for other in phrases if other != word]
            assert not any(Phrases([other]).in_(word) == [word] for other in others), (code, word)
    assert len(texts(shipped.language_data(language, LISTS)["vague-words"])) >= 50


# Placeholders

BLANKS = (
    "<yksi lause: mitä hän tarvitsee>",
    "Hei <nimi>!",
    "<2–3 sentences>",
    "{{ name }}",
    "Welcome to {{company}}!",
    "Dear [First name], welcome",
    "NN",
    "n/a",
    "Hei {nimi}, tervetuloa",
    "{% if name %}",
    "}}",
    "[your text here]",
    "TODO",
    "TODO: ask Marjut",
    "050 XXX XXXX",
    "FIXME later",
    "The owner is TBD.",
    "Lorem ipsum dolor sit amet",
    "…",
    "...",
    "-",
    "???",
    "Hei ____!",
    "Täydennä",
    "Täydennä tähän.",
    "Lisää tähän",
    "kommer senare",
    "Etunimi Sukunimi",
    "Skriv din text här",
    "saknas",
    "Fill in",
)
NO_BLANKS = (
    "We <3 our customers",
    "We <3 you -> and you <- us",
    "when a < b > c",
    "5 < 10 min > 3",
    "Aino <aino@firma.example>",
    "Katso <https://firma.example/ohje>",
    "<b>tärkeä</b>",
    "<br/>",
    "%",
    "€/kk",
    "[x]",
    "They said […] never again",
    "the manager [of the shop] rang",
    "Vastaa heti…",
    "Täydennä lomake asiakkaan puolesta.",
    "Lisää tähänastisiin tietoihin päivä.",
    "Lisää tähän listaan oma puhelinnumerosi.",
    "XXL shirts",
    "my todo list",
    "Fill in the form with her.",
    "{}",
    "{1}",
    "A – B",
    "0",
    "-2",
    "",
)


@pytest.mark.parametrize("text", BLANKS)
def test_what_is_still_to_be_filled_in_is_found(text: str) -> None:
    assert blank_in(text, SHIPPED.lists) in text
    assert blank_in(text, SHIPPED.lists)


def test_a_blank_is_named_with_all_its_brackets() -> None:
    assert blank_in("Welcome to {{ company }}!", SHIPPED.lists) == "{{ company }}"


@pytest.mark.parametrize("text", NO_BLANKS)
def test_what_only_looks_like_a_blank_is_left_alone(text: str) -> None:
    assert blank_in(text, SHIPPED.lists) == ""


def test_names_ids_and_every_language_are_looked_at(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
name: "<name of the company>"
languages: [en, fi]
brand: {avoid_words: {en: [TODO, lorem ipsum]}}
# personas/careful.yaml
label: {en: Double-Checker, fi: "[nimi]"}
# hires/aino.yaml
name: Aino Virtanen
role: adviser
likes: [time, "<tag>"]
"""
    files = with_example(example) | {"templates/languages/en/playbook.md": "TODO <name>\n"}
    rows = found(capsys, write_tree(tmp_path, files), "--select", "placeholder")
    assert [(row["path"], row["where"]) for row in rows if row["code"] == "placeholder"] == [
        ("company.yaml", "name"),
        ("hires/aino.yaml", "likes[1]"),
        ("personas/careful.yaml", "label.fi"),
    ]


def test_a_text_that_waits_in_several_languages_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
languages: [en, fi, sv]
# personas/careful.yaml
label: {en: <what we call them>, fi: <nimi>, sv: Dubbelkollaren}
summary: {en: <one sentence>}
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "placeholder")
    assert [(row["where"], row["message"]) for row in rows] == [
        ("label.en", "'<what we call them>' in persona 'careful' is still to be filled in, in fi too"),
        ("summary.en", "'<one sentence>' in persona 'careful' is still to be filled in"),
    ]


def test_a_comment_may_teach_with_placeholders(capsys: Capture, tmp_path: Path) -> None:
    role = "        # TODO: why.en: <your words>\n" + ORDERLY["roles/adviser.yaml"]
    files = ORDERLY | {"roles/adviser.yaml": role}
    assert found(capsys, write_tree(tmp_path, files), "--select", "placeholder") == []


@given(st.text("<>{}[]_. aTODOx3@", max_size=40))
def test_any_text_can_be_looked_at_for_blanks(text: str) -> None:
    assert blank_in(text, SHIPPED.lists) in text


@pytest.mark.parametrize("sign", ["{", "{ ", "<", "<a ", "[", "}"])
def test_a_text_of_many_signs_is_looked_at_once(sign: str) -> None:
    # Looked at from each of its signs again, it would take hours.
    with seconds_of_work(20):
        blank_in(sign * 300_000 + "a", SHIPPED.lists)


# Phrases that every company says


@pytest.mark.parametrize(
    ("language", "outcome", "words"),
    [
        ("en", "Be a trusted advisor.", "trusted advisor"),
        ("en", "Be the go-to person of the crew.", "go-to"),
        ("en", "Build strong and open relationships.", "Build strong and open relationships"),
        ("en", "Build strong relationships: call every shipper in their first week.", ""),
        ("en", "Deliver outstanding experience at dock two.", ""),
        ("en", "Act in the interest of our customers.", "Act in the interest of our customers."),
        ("en", "The customer asks for you by name.", ""),
        ("en", "Each driver knows the dock number.", ""),
        ("fi", "Tuotat asiakkaalle hyvän kokemuksen.", "Tuotat asiakkaalle hyvän kokemuksen."),
        ("fi", "Asiakas saa avaimen käteensä.", ""),
        ("fi", "Yhdeksän asiakasta kymmenestä on tyytyväisiä.", ""),
        ("sv", "Du skapar trygghet för kunden.", "Du skapar trygghet för kunden."),
        ("sv", "Kunden får nyckeln i handen.", ""),
    ],
)
def test_what_every_company_says_is_told_from_what_can_be_seen(
    capsys: Capture, tmp_path: Path, language: str, outcome: str, words: str
) -> None:
    example = f"# company.yaml\nlanguage: {language}\nlanguages: [{language}]\n"
    example += f"# roles/adviser.yaml\noutcomes: ['{outcome}']\n"
    rows = said_by(capsys, write_tree(tmp_path, with_example(example)), "empty-phrase")
    assert [row["message"].split("'")[3] for row in rows] == ([words] if words else [])


def said_by(capsys: Capture, root: Path, code: str) -> list[dict[str, Any]]:
    return [row for row in found(capsys, root, "--select", code) if row["path"] == "roles/adviser.yaml"]


def test_a_goal_whose_metric_says_it_may_be_worded_simply(capsys: Capture, tmp_path: Path) -> None:
    goal = "{text: Customers are satisfied., day: 90"
    for more, count in (("}", 1), (", metric: nps}", 1), (", metric: nps, target: 60}", 0)):
        example = f"# roles/adviser.yaml\ngoals: [{goal}{more}]\n"
        root = write_tree(tmp_path / str(len(more)), with_example(example))
        assert len(said_by(capsys, root, "empty-phrase")) == count


# The signs in which words are typed


@pytest.mark.parametrize(
    ("avoided", "typed"),
    [
        ("don’t", "what we don't do"),
        ("don't", "what we don’t do"),
        ("win-win", "a win‑win for both"),
        ("win-win", "a win–win for both"),
        ("win‑win", "a win-win for both"),
        ("synergy*", "the syn\u00adergy of teams"),
        ("hyvä", "hyva\u0308 niin"),
    ],
)
def test_words_match_however_their_signs_are_typed(avoided: str, typed: str) -> None:
    assert len(Phrases([avoided]).in_(typed)) == 1


def test_a_few_words_may_stand_between_but_no_clause() -> None:
    phrases = Phrases(["so ... as possible"])
    assert phrases.in_("in so good a condition as possible") == ["so good a condition as possible"]
    assert phrases.in_("so we ring, and as possible") == []
    assert phrases.in_("so one two three four five six seven as possible") == []
