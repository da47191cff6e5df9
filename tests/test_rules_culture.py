"""Rules about values and rewards beyond their own examples: what a bystander sees, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from norwegian import FILES
from orderly import findings
from workspaces import write_tree

from pitchgen import shipped
from pitchgen.language.phrases import LISTS

COMPANY = "# company.yaml\nlanguages: [en, fi, sv]\n"
HIRE = "# hires/aino.yaml\n"


def behaviors(*said: dict[str, str]) -> str:
    """An example whose one value has these behaviours, each a sentence by its language."""
    listed = [{"id": f"deed-{n}", "text": texts} for n, texts in enumerate(said)]
    value = {"id": "word", "name": "Our word", "strategy_goal": "tell-first", "behaviors": listed}
    keys = {"values": [value], "rewards": None}
    role = "# roles/adviser.yaml\nbehaviors:\n"
    return f"{COMPANY}{yaml.safe_dump(keys, allow_unicode=True)}{role}"


# What somebody in the room would see


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "We respect each other and our customers.", "respect"),
        ("en", "We always care about the customer.", "care about"),
        ("en", "Respect everyone's time.", "Respect"),
        ("en", "We are passionate about service.", "are passionate"),
        ("en", "We care", "We care"),
        ("en", "We value every customer because they pay our wages.", "value every"),
        ("en", "We value our customers, colleagues and partners.", "value our"),
        ("fi", "Arvostamme toisiamme ja asiakkaita.", "Arvostamme"),
        ("fi", "Jokaisessa kohtaamisessa kunnioitamme asiakasta.", "kunnioitamme"),
        ("fi", "Olemme sitoutuneita asiakkaan onnistumiseen.", "Olemme sitoutuneita"),
        ("fi", "Välitämme aidosti toisistamme.", "Välitämme aidosti"),
        ("fi", "Suhtaudumme työhön myönteisesti.", "Suhtaudumme"),
        ("fi", "Ymmärrän asiakasta.", "Ymmärrän"),
        ("en", "I am proud of my work.", "am proud"),
        ("sv", "Jag bryr mig om kunden.", "bryr mig om"),
        ("fi", "Otamme vastuun.", "Otamme vastuun"),
        ("sv", "Vi bryr oss om varandra.", "bryr oss om"),
        ("sv", "Vara engagerad i kundens vardag.", "Vara engagerad"),
        ("sv", "Vi visar respekt.", "respekt"),
        ("sv", "Vi är stolta över vårt arbete.", "är stolta"),
    ],
)
def test_a_state_of_mind_is_no_behaviour(tmp_path: Path, language: str, sentence: str, words: str) -> None:
    (problem,) = findings(tmp_path, "observable-behavior", behaviors({language: sentence}))
    assert problem.message == f"behaviour 'deed-0' is nothing that anybody can see: '{words}'"
    assert problem.where == f"values[0].behaviors[0].text.{language}"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ask what they value most about us."),
        ("en", "When a customer wants a refund, we pay it the same day."),
        ("en", "We respect their time and ring back within the hour."),
        ("en", "We respect a no: we stop calling."),
        ("en", "We are open until nine every evening."),
        ("en", "We take responsibility in front of the customer."),
        ("en", "We care for patients at night too."),
        ("en", "We thank every colleague whom we trust with a key."),
        ("en", "We value the flat on site within two days."),
        ("en", "Tell each customer you appreciate the wait."),
        ("fi", "Kysymme asiakkaalta, mitä hän arvostaa eniten."),
        ("fi", "Kun asiakas haluaa hyvityksen, maksamme sen heti."),
        ("fi", "Välitämme viestin kollegalle saman tunnin aikana."),
        ("fi", "Kunnioitamme toisiamme kuuntelemalla lauseen loppuun ennen omaa puhetta."),
        ("fi", "Ajattelemme ääneen asiakkaan kuullen."),
        ("fi", "Välitän asiakkaan viestin ennen iltaa."),
        ("en", "We feel the radiator in every room before the guest comes."),
        ("fi", "Haluamme kuulla virheistä, joten kiitämme jokaisesta."),
        ("fi", "Uskomme asiakasta emmekä pyydä kuittia."),
        ("fi", "Kunnioitamme aikaa: tulemme ajoissa."),
        ("fi", "Arvostelemme työtä emmekä ihmistä."),
        ("sv", "Vi frågar vad kunden värdesätter."),
        ("sv", "Vill någon gå hem går vi med till grinden."),
        ("sv", "När kunden vill ha en ny tid bokar vi den direkt."),
        ("sv", "Vi kontrollerar inställningarna tillsammans med kunden."),
        ("sv", "Vi uppskattar tiden högt innan arbetet börjar."),
        ("sv", "Vi visar respekt genom att lyssna klart på varje fråga."),
    ],
)
def test_what_can_be_seen_is_left_alone(tmp_path: Path, language: str, sentence: str) -> None:
    assert findings(tmp_path, "observable-behavior", behaviors({language: sentence})) == []


def test_a_behaviour_is_found_once_in_all_its_languages(tmp_path: Path) -> None:
    said = {"fi": "Arvostamme asiakasta.", "en": "We respect the customer.", "sv": "Vi respekterar kunden."}
    seen = {"fi": "Sanomme hinnan ääneen.", "en": "We say the price out loud."}
    (problem,) = findings(tmp_path, "observable-behavior", behaviors(seen, said))
    assert "'deed-1'" in problem.message


def test_a_language_without_a_list_of_words_is_left_alone(tmp_path: Path) -> None:
    example = behaviors({"de": "Wir respektieren einander."}).replace("[en, fi, sv]", "[en, de]")
    assert findings(tmp_path, "observable-behavior", example) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Vi respekterer hverandre.", 1),
        ("Vi respekterer kunden ved å ringe før klokka ni.", 0),
        ("Vi respekterer hverandre og lytter til siste ord.", 0),
        ("Spør hva de verdsetter.", 0),
        # What goes on to a deed in English does not in Norwegian.
        ("Vi respekterer kunden by alle tider.", 1),
    ],
)
def test_a_language_of_the_workspaces_own_tells_where_a_sentence_goes_on(
    tmp_path: Path, sentence: str, said: int
) -> None:
    example = behaviors({"nb": sentence}).replace("[en, fi, sv]", "[en, nb]")
    assert len(findings(write_tree(tmp_path, FILES), "observable-behavior", example)) == said


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize(
    "code", ["observable-behavior", "deed-follows", "more-follows", "asides", "margin-of-error"]
)
def test_every_language_has_its_words(code: str, language: str) -> None:
    assert shipped.language_data(language, LISTS)[code]


# Values and the strategy


def test_a_strategy_without_goals_is_named_once_and_not_for_each_value(tmp_path: Path) -> None:
    example = """\
        # company.yaml
        strategy: {name: Close, aim: Our customers hear it from us first.}
        values:
          - {id: word, name: Our word, behaviors: [{id: name-a-time, text: We name a time.}]}
          - {id: kind, name: Kindness}
        """
    (problem,) = findings(tmp_path, "value-strategy", example)
    assert (problem.where, problem.path) == ("strategy.goals", "company.yaml")


@pytest.mark.parametrize("values", ["", "values: [{id: word, name: Our word}]\n"])
def test_the_goals_wait_until_there_are_values_that_serve_any(tmp_path: Path, values: str) -> None:
    example = f"# company.yaml\n{values or 'values:'}\nrewards:\n# roles/adviser.yaml\nbehaviors:\n"
    assert findings(tmp_path, "strategy-goal-value", example) == []


# Rewards


def test_only_what_is_not_negotiable_must_be_rewarded(tmp_path: Path) -> None:
    example = behaviors({"en": "We say the price out loud."}).replace(
        "- id: deed-0", "- id: deed-0\n    non_negotiable: false"
    )
    assert findings(tmp_path, "non-negotiable-reward", example) == []
    strict = example.replace("non_negotiable: false", "non_negotiable: true")
    (problem,) = findings(tmp_path, "non-negotiable-reward", strict)
    assert problem.where == "values[0].behaviors[0].id"


def test_a_reward_for_nothing_is_not_asked_for_its_proof(tmp_path: Path) -> None:
    example = "# company.yaml\nrewards: [{id: thanks, kind: praise, text: a card}]\n"
    assert len(findings(tmp_path, "reward-behavior", example)) == 1
    assert findings(tmp_path, "reward-evidence", example) == []


@pytest.mark.parametrize(
    ("deeds", "said"),
    [
        ("[name-a-time, kind]", "one evidence of reward 'thanks' is to prove 'name-a-time' and 'kind' alike"),
        ("[{behavior: name-a-time, evidence: She rang.}, kind]", None),
        ("[name-a-time]", None),
    ],
)
def test_what_proves_one_behaviour_is_not_to_prove_another(
    tmp_path: Path, deeds: str, said: str | None
) -> None:
    example = f"""\
# company.yaml
values:
  - id: ours
    name: Ours
    behaviors: [{{id: name-a-time, text: We name an hour.}}, {{id: kind, text: We ring back.}}]
rewards: [{{id: thanks, kind: praise, text: a card, evidence: It was seen., for: {deeds}}}]
"""
    assert [problem.message for problem in findings(tmp_path, "reward-evidence", example)] == [said] * bool(
        said
    )


def test_all_that_a_hire_likes_in_vain_is_one_finding(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, "likes-reward", HIRE + "likes: [TIME, boats, snow]\n")
    assert problem.message == "no reward suits what hire 'aino' likes: 'boats' and 'snow'"
    assert (problem.where, problem.hint) == ("likes[1]", "the rewards suit: time")


def test_a_like_that_is_nearly_a_tag_is_guessed(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, "likes-reward", HIRE + "likes: [boats, tme]\n")
    assert problem.hint == "did you mean 'time'? the rewards suit: time"


def test_a_long_list_of_tags_is_cut(tmp_path: Path) -> None:
    tags = ", ".join(f"tag-{n:02}" for n in range(20))
    company = f"# company.yaml\nrewards: [{{id: thanks, kind: praise, text: a card, suits: [{tags}]}}]\n"
    (problem,) = findings(tmp_path, "likes-reward", f"{company}{HIRE}likes: [boats]\n")
    assert problem.hint.endswith("tag-06, tag-07 and 12 more")


def test_a_like_has_no_guess_where_no_reward_suits_anybody(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, "likes-reward", f"# company.yaml\nrewards:\n{HIRE}likes: [boats]\n")
    assert problem.hint == "no reward has `suits` yet; write the word there"
