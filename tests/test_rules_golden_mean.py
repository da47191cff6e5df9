"""Rules against the golden mean: shared answers, compromises in three languages, halves of a need."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import with_example
from test_rules import found
from workspaces import SHIPPED, write_tree

from pitchgen import shipped
from pitchgen.language.phrases import LISTS
from pitchgen.rules.texts import Wording, outright

Capture = pytest.CaptureFixture[str]
NO_CALLS = """
# personas/fast.yaml
needs:
  - id: no-calls
    text: I want it mended without being asked anything.
"""


def said(capsys: Capture, root: Path, example: str, code: str = "golden-mean") -> list[str]:
    """What rules say about the orderly workspace with other keys, and where."""
    rows = found(capsys, write_tree(root, with_example(example)), "--select", code)
    return [f"{row['where']}: {row['message']}" for row in rows]


# One answer for two


def test_a_conflict_with_one_answer_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    answer = "We ring the day before with the name, the time and the door."
    example = f"{NO_CALLS}    response: {answer}\n    value_to_us: Peace.\n    plays: {{say: [Done.]}}\n"
    assert said(capsys, tmp_path, example) == [
        "needs[0].response: need 'careful/know-before' conflicts with 'fast/no-calls', and is answered with "
        "the same words as it (personas/fast.yaml:16)"
    ]


def test_an_answer_nearly_the_same_says_how_near_and_to_what(capsys: Capture, tmp_path: Path) -> None:
    example = f"""{NO_CALLS}
  - id: door
    text: I want them to find the door.
    response: We ring her the day before with the time, the door and the name of the technician.
"""
    assert said(capsys, tmp_path, example, "same-response") == [
        "needs[1].response: need 'fast/door' is answered with nearly the same words as "
        "'careful/know-before' (personas/careful.yaml:15; 76 % in common)"
    ]
    lines = (tmp_path / "personas/careful.yaml").read_text(encoding="utf-8").splitlines()
    assert "response: We ring the day before" in lines[15 - 1]


def test_a_persona_may_answer_two_of_its_own_needs_alike(capsys: Capture, tmp_path: Path) -> None:
    example = f"""{NO_CALLS}    response: It is mended overnight while the warehouse sleeps.
  - id: at-night
    text: I want my day to be mine.
    response: It is mended overnight while the warehouse sleeps.
"""
    assert said(capsys, tmp_path, example, "same-response") == []


def test_translations_of_one_answer_are_one_finding(capsys: Capture, tmp_path: Path) -> None:
    answer = """
    response:
      fi: Soitamme edellisenä päivänä ja kerromme nimen ja oven.
      en: We ring the day before with the name and the door.
      sv: Vi ringer dagen före med namn och dörr.
"""
    example = f"""
# company.yaml
language: fi
languages: [fi, en, sv]
# personas/careful.yaml
needs:
  - id: know-before
    text: I want to know the day before who is coming and when.{answer}{NO_CALLS}{answer}"""
    assert said(capsys, tmp_path, example, "same-response") == [
        "needs[0].response.fi: need 'fast/no-calls' is answered with the same words as "
        "'careful/know-before' (personas/careful.yaml:17)"
    ]


def test_of_few_words_only_the_same_count_as_the_same(capsys: Capture, tmp_path: Path) -> None:
    example = """
# personas/careful.yaml
needs:
  - {id: know-before, text: I want to know., response: We ring.}
# personas/fast.yaml
needs:
  - {id: no-calls, text: I want peace., response: We write.}
  - {id: no-surprise, text: I want no surprise., response: we ring}
"""
    (message,) = said(capsys, tmp_path, example, "same-response")
    assert message.startswith("needs[1].response: need 'fast/no-surprise' is answered with the same words")


def test_plays_that_are_mostly_copied_are_noted_and_one_shared_line_is_not(
    capsys: Capture, tmp_path: Path
) -> None:
    plays = """
    plays:
      know: [He passes our message on to forty colleagues.]
      say: ["Laura is coming at 7:15 by the front door."]
      show: [A photo of the cabinet that will be opened.]
      do: [{}]
"""
    assert said(capsys, tmp_path, NO_CALLS + plays.format("Mend it at night."), "same-plays") == [
        "needs[0].plays: need 'fast/no-calls' repeats the plays of 'careful/know-before' "
        "(personas/careful.yaml:19; 60 % in common)"
    ]
    one = NO_CALLS + '    plays: {say: ["Laura is coming at 7:15 by the front door.", Done.]}\n'
    assert said(capsys, tmp_path, one, "same-plays") == []


def test_a_need_copied_with_its_plays_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    need = """
    response: We ring the day before with the name and the time.
    value_to_us: It saves three enquiries.
    plays:
      say: ["Laura is coming at 7:15."]
"""
    example = f"# personas/careful.yaml\nneeds:\n  - id: a\n    text: I want to know.{need}{NO_CALLS}{need}"
    (message,) = said(capsys, tmp_path, example)
    assert "is answered with the same words" in message


# Compromises


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Give her a bit of both."),
        ("en", "We meet them halfway."),
        ("en", "A compromise: a call at noon."),
        ("en", "We do not ring; we offer something for everyone."),
        ("fi", "Anna vähän kumpaakin."),
        ("fi", "Valitaan kultainen keskitie ja soitetaan iltapäivällä."),
        ("fi", "Ehdota kompromissia, jossa kumpikin luopuu jostakin."),
        ("fi", "Tarjoamme jotain siltä väliltä."),
        ("fi", "Valitse useista kompromisseista."),
        ("sv", "Ge henne lite av varje."),
        ("sv", "Vi väljer den gyllene medelvägen."),
        ("sv", "Skicka lagom mycket information."),
        ("sv", "Föreslå att ni möts på halva vägen."),
        ("sv", "Det blir en kompromiss mellan samtal och mejl."),
    ],
)
def test_a_compromise_is_heard_in_three_languages(
    capsys: Capture, tmp_path: Path, language: str, words: str
) -> None:
    example = f"""
# company.yaml
language: {language}
languages: [{language}]
# personas/careful.yaml
moments:
  - touchpoint: call
    do: "{words}"
"""
    (message,) = said(capsys, tmp_path, example, "compromise-words")
    assert message.startswith("moments[0].do: persona 'careful' is offered a compromise: '")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We never compromise on the time we named."),
        ("en", "Lock a compromised account at once, and ring from another phone."),
        ("en", "Give him the whole list rather than a bit of everything."),
        ("en", "Offer three times that suit everyone in her team."),
        ("fi", "Emme tee kompromisseja siinä, minkä lupasimme."),
        ("fi", "Pidä lupauksesi kompromissittomasti."),
        ("fi", "Älä anna vähän kaikkea, anna se yksi."),
        ("fi", "Kerro koko hinta kompromissin sijaan."),
        ("fi", "Soita, kun työ on puolivälissä."),
        ("fi", "Harjoittelemme tasapainoilua kaksi kertaa viikossa."),
        ("en", "The average customer waits two days; she waits one hour."),
        ("sv", "Vi är kompromisslösa när det gäller tiden."),
        ("sv", "Ge henne inte lite av varje utan det enda hon bad om."),
        ("sv", "Var på plats lagom till mötet."),
        ("sv", "Ring när du är på halva vägen."),
        ("en", "You cannot compromise on the time."),
        ("fi", "Soita, ettei hänen tarvitse tyytyä kompromissiin."),
    ],
)
def test_what_refuses_a_compromise_is_none(language: str, words: str) -> None:
    wording = Wording(at=None, language=language, words=words)  # type: ignore[arg-type]
    assert outright("compromise-words", SHIPPED.lists, wording) == []


def test_only_what_we_offer_can_be_a_compromise(capsys: Capture, tmp_path: Path) -> None:
    offers = f"""{NO_CALLS}    response: A bit of both.
    value_to_us: More or less nothing.
    plays:
      know: [She hates a compromise.]
      say: ["Let us find some middle ground."]
      show: [A little of everything.]
      do: [Strike a balance.]
"""
    assert [row.partition(":")[0] for row in said(capsys, tmp_path, offers, "compromise-words")] == [
        "needs[0].response",
        "needs[0].plays.say[0]",
        "needs[0].plays.show[0]",
        "needs[0].plays.do[0]",
    ]


def test_a_translated_compromise_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
language: fi
languages: [fi, en, sv]
# personas/careful.yaml
moments:
  - touchpoint: call
    do:
      fi: Anna hänelle vähän kumpaakin.
      en: Give him a bit of both.
      sv: Ge honom lite av båda.
"""
    (message,) = said(capsys, tmp_path, example, "compromise-words")
    place, _, words = message.rpartition(": ")
    assert place == "moments[0].do.fi: persona 'careful' is offered a compromise"
    assert words == "'vähän kumpaakin', 'bit of both' and 'lite av båda'"


def test_a_compromise_that_the_brand_avoids_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
brand: {avoid_words: {en: [compromise*]}}
# personas/careful.yaml
moments:
  - {touchpoint: call, do: Find a compromise.}
  - {touchpoint: invoice, do: Give him a bit of both.}
"""
    root = write_tree(tmp_path, with_example(example))
    rows = found(capsys, root, "--select", "compromise-words,avoided-word")
    assert [(row["where"], row["code"]) for row in rows] == [
        ("moments[0].do", "avoided-word"),
        ("moments[1].do", "compromise-words"),
    ]


def test_a_language_without_a_list_is_left_alone(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
languages: [en, de]
# personas/careful.yaml
moments:
  - touchpoint: call
    do:
      en: Give him the list.
      de: Ein Kompromiss, more or less.
"""
    (only,) = said(capsys, tmp_path, example, "compromise-words")
    assert "there is no folder for the language 'de'" in only


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_language_has_words_for_it_and_words_to_refuse_it(language: str) -> None:
    assert shipped.language_data(language, LISTS)["compromise-words"]
    assert shipped.language_data(language, LISTS)["refusals"]


# Halves


def test_a_need_without_anything_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = f"{NO_CALLS}    plays: {{say: [Done.]}}\n"
    assert said(capsys, tmp_path, example) == ["needs[0].response: need 'fast/no-calls' has no response"]


def test_a_value_without_a_response_is_said_to_be_half(capsys: Capture, tmp_path: Path) -> None:
    example = f"{NO_CALLS}    value_to_us: A quiet night.\n    plays: {{say: [Done.]}}\n"
    (message,) = said(capsys, tmp_path, example)
    assert message.endswith("need 'fast/no-calls' has no response, only what answering it brings us")


@pytest.mark.parametrize(("priority", "words"), [(1, "is of priority 1 and has"), (2, "has"), (3, "has")])
def test_a_persona_without_needs_is_told_so(
    capsys: Capture, tmp_path: Path, priority: int, words: str
) -> None:
    persona = f"# personas/slow.yaml\nlabel: Slow\nsummary: She takes her time.\npriority: {priority}\n"
    assert said(capsys, tmp_path, persona) == [f"needs: persona 'slow' {words} no needs"]


_NEEDS = """
needs:
  - id: one
    text: I want it today.
    response: It goes today.
    value_to_us: No reminder.
    plays: {say: [Today.]}
  - {id: two, text: I want a lift., response: A lorry with a lift comes., value_to_us: No damage.}
  - {id: three, text: I want a list., response: Every pallet is on the list., value_to_us: No call.}
"""


@pytest.mark.parametrize(
    ("priority", "expected"),
    [
        (
            1,
            [
                "needs[1].plays: need 'slow/two' has no plays",
                "needs[2].plays: need 'slow/three' has no plays",
            ],
        ),
        (2, ["needs: persona 'slow' has no plays for: two, three"]),
    ],
)
def test_needs_without_plays_are_named_one_by_one_for_a_central_persona_and_in_a_line_for_others(
    capsys: Capture, tmp_path: Path, priority: int, expected: list[str]
) -> None:
    persona = "# personas/slow.yaml\nlabel: Slow\nsummary: She takes her time.\n"
    assert said(capsys, tmp_path, f"{persona}priority: {priority}{_NEEDS}") == expected
