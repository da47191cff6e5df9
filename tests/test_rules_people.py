"""Rules about newcomers and personas beyond their own examples: first weeks, names, and what is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import findings

HIRE = "# hires/aino.yaml\n"
# A workspace in which nothing happens in the first week.
NOTHING = """\
# company.yaml
commitments:
# roles/adviser.yaml
first_days:
# managers/marjut.yaml
commitments:
"""


# Promises


def test_a_promise_wants_a_day_whoever_gives_it(tmp_path: Path) -> None:
    example = """\
        # company.yaml
        commitments: [{text: Your keys wait for you.}]
        # roles/adviser.yaml
        commitments: [{text: A colleague listens in., when: day 5}, {text: You get a break.}]
        # managers/marjut.yaml
        commitments: [{text: We talk., when: every Friday}, {text: I help you., when: 2026-12-24}]
        # hires/aino.yaml
        manager:
          name: Eva Berg
          commitments: [{text: I meet you at the door.}]
        """
    assert [(p.path, p.where, p.message) for p in findings(tmp_path, "commitment-when", example)] == [
        ("company.yaml", "commitments[0].when", "commitment 1 of the company has no day and no rhythm"),
        (
            "roles/adviser.yaml",
            "commitments[1].when",
            "commitment 2 of role 'adviser' has no day and no rhythm",
        ),
        (
            "hires/aino.yaml",
            "manager.commitments[0].when",
            "commitment 1 of the manager of hire 'aino' has no day and no rhythm",
        ),
    ]


@pytest.mark.parametrize(
    ("when", "met"),
    [
        ("day 1", True),
        ("day 7", True),
        ("day 8", False),
        ("day -1", False),
        ("every Friday", True),
        ("2026-12-01", True),
        ("2026-12-07", True),
        ("2026-12-08", False),
        ("2026-11-30", False),
    ],
)
@pytest.mark.parametrize("whose", ["company", "roles/adviser", "managers/marjut"])
def test_a_promise_of_the_first_week_is_a_welcome(tmp_path: Path, whose: str, when: str, met: bool) -> None:
    promise = f"# {whose}.yaml\ncommitments: [{{text: We talk., when: {when}}}]\n"
    rest = NOTHING.replace(f"# {whose}.yaml\ncommitments:\n", "")
    role = "# roles/adviser.yaml\nfirst_days:\n"
    if whose == "roles/adviser":
        rest, promise = rest.replace(role, ""), f"{promise}first_days:\n"
    problems = findings(tmp_path, "first-week", rest + promise)
    assert [problem.path for problem in problems] == ([] if met else ["hires/aino.yaml"])


@pytest.mark.parametrize(("day", "met"), [("1", True), ("7", True), ("8", False), ("-2", False)])
def test_a_day_of_the_role_in_the_first_week_is_a_welcome(tmp_path: Path, day: str, met: bool) -> None:
    days = f"first_days: [{{day: {day}, text: You meet your team.}}]"
    problems = findings(tmp_path, "first-week", NOTHING.replace("first_days:", days))
    assert [problem.path for problem in problems] == ([] if met else ["hires/aino.yaml"])


def test_a_date_may_be_in_the_first_week_while_the_first_day_is_unknown(tmp_path: Path) -> None:
    example = NOTHING + "  - {text: We talk., when: 2030-01-01}\n" + HIRE + "starts_on:\n"
    assert findings(tmp_path, "first-week", example) == []


# Names


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Virtasalmi, Aino", "Aino Virtasalmi"),
        ("von Essen, Carl-Johan", "Carl-Johan von Essen"),
        ("Andersson,Bo", "Bo Andersson"),
        ("MÄKIRANTA, JOONAS", "JOONAS MÄKIRANTA, with capitals only where its words begin"),
        ("NIEMINEN Kari", "Kari NIEMINEN, with capitals only where its words begin"),
        ("VON ESSEN Björn", "Björn VON ESSEN, with capitals only where its words begin"),
        ("de la CRUZ Maria", "Maria de la CRUZ, with capitals only where its words begin"),
        ("virtasalmi, aino", "aino virtasalmi"),
        ("Åkerblom, Eva Maria", "Eva Maria Åkerblom"),
    ],
)
def test_a_surname_before_a_comma_is_turned_round(tmp_path: Path, name: str, right: str) -> None:
    (problem,) = findings(tmp_path, "name-order", f'{HIRE}name: "{name}"\n')
    assert problem.hint == f"write it as it is said: {right}"


@pytest.mark.parametrize(
    "name",
    [
        "Aino Virtasalmi",
        "Aino Virtasalmi, KTM",
        "Eva Berg, PhD",
        "Eva Berg, M.Sc.",
        "Martin King, Jr.",
        "Martin King, Jr",
        "Virtasalmi,",
        "Aino",
    ],
)
def test_a_degree_after_a_comma_is_no_first_name(tmp_path: Path, name: str) -> None:
    assert findings(tmp_path, "name-order", f'{HIRE}name: "{name}"\n') == []


# Personas and touchpoints


@pytest.mark.parametrize(
    ("labels", "shared"),
    [
        ("label: double-checker", "double-checker"),
        ("label: {en: Double-Checker, fi: Nopea}", "Double-Checker"),
        ("label: {en: Sprinter, fi: Double-Checker}", None),
        ("label: Double-Checkers", None),
    ],
)
def test_a_name_is_shared_within_a_language(tmp_path: Path, labels: str, shared: str | None) -> None:
    example = f"# company.yaml\nlanguages: [en, fi]\n# personas/fast.yaml\n{labels}\n"
    problems = findings(tmp_path, "same-label", example)
    expected = [f"the personas 'careful' and 'fast' share the name '{shared}'"] if shared else []
    assert [problem.message for problem in problems] == expected


def test_a_persona_without_evidence_may_be_anything(tmp_path: Path) -> None:
    (problem,) = findings(tmp_path, "persona-evidence", "# personas/fast.yaml\nevidence:\n")
    assert problem.message == "nothing says what persona 'fast' rests on"


@pytest.mark.parametrize(("facts", "found"), [(0, 0), (4, 0), (5, 1)])
def test_facts_may_be_as_many_as_scaffolds_suggest(tmp_path: Path, facts: int, found: int) -> None:
    background = "".join(f"  - {{label: Fact {n}, text: '{n}'}}\n" for n in range(facts))
    problems = findings(tmp_path, "persona-facts", f"# personas/fast.yaml\nbackground:\n{background}")
    assert len(problems) == found


@pytest.mark.parametrize("priority", ["1", "2"])
def test_another_rule_speaks_of_a_persona_without_needs(tmp_path: Path, priority: str) -> None:
    facts = ", ".join(["{label: Age, text: '40'}"] * 5)
    example = f"# personas/fast.yaml\npriority: {priority}\nneeds:\nbackground: [{facts}]\n"
    careful = "# personas/careful.yaml\nneeds:\n"
    assert findings(tmp_path, "persona-facts", example + careful) == []


@pytest.mark.parametrize(("more", "found"), [(3, 0), (4, 1), (9, 1)])
def test_more_than_five_first_personas_are_named_once(tmp_path: Path, more: int, found: int) -> None:
    personas = (
        f"# personas/p{n}.yaml\nlabel: P{n}\nsummary: Person {n}.\npriority: 1\n" for n in range(more)
    )
    problems = findings(tmp_path, "first-priority", "".join(personas))
    assert len(problems) == found
    for problem in problems:
        assert problem.message.startswith(f"{more + 2} personas have the first priority, more than 5: ")
        assert problem.path == "personas/p3.yaml"
        assert problem.message.endswith(" and 3 more") is (more == 9)


def test_a_touchpoint_is_put_right_by_what_is_written_for_everyone_who_meets_it(tmp_path: Path) -> None:
    journey = """\
# journey.yaml
phases: [{id: help, name: Getting help}]
touchpoints:
  - {id: call, name: The first call, phase: help, risk: Silence.}
  - {id: invoice, name: The invoice, phase: help}
"""
    for_one = "# personas/fast.yaml\nmoments: [{touchpoint: call, recover: Say sorry.}]\n"
    (problem,) = findings(tmp_path, "risk-recovery", journey + for_one)
    assert problem.where == "touchpoints[0].recovery"
    for_all = for_one + for_one.replace("fast", "careful")
    assert findings(tmp_path, "risk-recovery", journey + for_all) == []


@pytest.mark.parametrize(
    ("language", "when", "found"),
    [
        ("en", "always", True),
        ("en", "any time", True),
        ("en", "whenever you need me", True),
        ("en", "as the need arises", True),
        ("en", "always on Mondays", False),
        ("en", "every Friday", False),
        ("en", "when a customer complains", False),
        ("fi", "aina", True),
        ("fi", "aina maanantaisin", False),
        ("fi", "joka perjantai", False),
        ("sv", "alltid", True),
        ("sv", "när du behöver mig", True),
        ("sv", "efter varje nattpass", False),
    ],
)
def test_a_rhythm_is_told_from_words_that_are_none(
    tmp_path: Path, language: str, when: str, found: bool
) -> None:
    example = f"# company.yaml\nlanguage: {language}\nlanguages: [{language}]\ncommitments:\n"
    problems = findings(tmp_path, "commitment-when", f"{example}  - {{text: Kahvi., when: {when}}}\n")
    assert [problem.where for problem in problems if problem.path == "company.yaml"] == (
        ["commitments[0].when"] if found else []
    )
