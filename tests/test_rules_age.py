"""Age: on which day a strategy, a persona or a figure is too old, and which days cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import with_example
from test_rules import Capture, codes, found
from workspaces import TODAY, write_tree

GOALS = "goals: [{id: tell-first, text: Of nine faults in ten the customer hears from us before they call.}]"

LONG_AGO = "baseline: {value: 1, as_of: 2024-01-01}"


def strategy(days: str, more: str = "") -> str:
    return f"# company.yaml\nstrategy: {{name: Close, aim: Every call is answered., {days}, {GOALS}}}\n{more}"


def persona(days: str) -> str:
    return f"# personas/careful.yaml\n{days}\n"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (f"valid_from: {TODAY}", []),
        ("valid_from: 2026-11-22", ["strategy-in-force"]),
        ("valid_from: 2026-11-22, valid_to: 2026-12-31", ["strategy-in-force"]),
        ("valid_to: 2026-11-20", ["strategy-in-force"]),
        (f"valid_to: {TODAY}", ["strategy-ends-soon"]),
        ("valid_to: 2027-02-19", ["strategy-ends-soon"]),
        ("valid_to: 2027-02-20", []),
        ("valid_from: 2027-01-01, valid_to: 2026-12-31", ["strategy-in-force"]),
        ("valid_from: 2026-01-01, valid_to: 2025-12-31", ["strategy-in-force"]),
    ],
)
def test_a_strategy_is_in_force_from_its_first_day_to_its_last(
    capsys: Capture, tmp_path: Path, days: str, expected: list[str]
) -> None:
    assert codes(found(capsys, write_tree(tmp_path, with_example(strategy(days))))) == expected


def test_days_that_are_the_wrong_way_round_are_called_so(capsys: Capture, tmp_path: Path) -> None:
    days = "valid_from: 2027-01-01, valid_to: 2026-12-31"
    (row,) = found(capsys, write_tree(tmp_path, with_example(strategy(days))))
    assert row["message"] == "the strategy ends on 2026-12-31, before it begins on 2027-01-01"


def test_the_company_says_how_long_before_its_end_a_strategy_is_ending(
    capsys: Capture, tmp_path: Path
) -> None:
    example = strategy("valid_to: 2027-02-19", "checks: {limits: {strategy_ends_days: 89}}\n")
    assert found(capsys, write_tree(tmp_path, with_example(example))) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # A year ago to the day, and a day more.
        ("evidence:\nreviewed_on: 2025-11-21", []),
        ("evidence:\nreviewed_on: 2025-11-20", ["reviewed_on"]),
        # The later of the two days counts.
        ("evidence: {level: data, as_of: 2020-01-01}\nreviewed_on: 2026-09-15", []),
        ("evidence: {level: data, as_of: 2026-01-01}\nreviewed_on: 2020-09-15", []),
        ("evidence: {level: data, as_of: 2024-01-01}\nreviewed_on: 2023-01-01", ["evidence.as_of"]),
        ("evidence: {level: data, as_of: 2024-01-01}\nreviewed_on:", ["evidence.as_of"]),
        ("evidence:\nreviewed_on:", []),
    ],
)
def test_a_persona_is_stale_a_year_after_somebody_looked_at_it(
    capsys: Capture, tmp_path: Path, days: str, expected: list[str]
) -> None:
    root = write_tree(tmp_path, with_example(persona(days)))
    assert [row["where"] for row in found(capsys, root, "--select", "stale-persona")] == expected


def test_the_company_says_after_how_many_days_something_is_stale(capsys: Capture, tmp_path: Path) -> None:
    example = "# company.yaml\nchecks: {limits: {review_days: 30}}\n"
    root = write_tree(tmp_path, with_example(example))
    assert codes(found(capsys, root, "--select", "age")) == ["stale-metric"] * 2 + ["stale-persona"] * 2


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ("evidence: {level: data}\nreviewed_on:", 1),
        ("evidence: {level: data}", 0),
        # That these rest on nothing is another rule's to say.
        ("evidence: {level: assumption}\nreviewed_on:", 0),
        ("evidence:\nreviewed_on:", 0),
    ],
)
def test_evidence_has_a_day(capsys: Capture, tmp_path: Path, days: str, count: int) -> None:
    root = write_tree(tmp_path, with_example(persona(days)))
    assert len(found(capsys, root, "--select", "undated-persona")) == count


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("baseline: {value: 1, as_of: 2025-11-21}, target: {value: 2, by: 2027-12-31}", []),
        ("baseline: {value: 1, as_of: 2025-11-20}, target: {value: 2}", ["baseline"]),
        (f"{LONG_AGO}, latest: {{value: 1, as_of: 2026-01-01}}, target: {{value: 2}}", []),
        (f"{LONG_AGO}, latest: {{value: 1, as_of: 2025-01-01}}, target: {{value: 2}}", ["latest"]),
        (LONG_AGO, []),
        (f"{LONG_AGO}, target: {{value: 2, by: 2026-11-20}}", []),
        (f"{LONG_AGO}, target: {{value: 2, by: {TODAY}}}", ["baseline"]),
        ("baseline: {value: 1}, target: {value: 2}", []),
    ],
)
def test_a_metric_is_stale_while_its_target_is_ahead(
    capsys: Capture, tmp_path: Path, figures: str, expected: list[str]
) -> None:
    example = f"""
# metrics.yaml
metrics:
  - {{id: nps, name: NPS, kind: nps, {figures}}}
  - {{id: enps, name: eNPS, kind: enps}}
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "stale-metric")
    assert [row["where"] for row in rows] == [f"metrics[0].{key}.as_of" for key in expected]


def test_what_is_done_is_not_done_tomorrow(capsys: Capture, tmp_path: Path) -> None:
    example = """
# metrics.yaml
metrics:
  - id: nps
    name: NPS
    kind: nps
    latest: {value: 1, as_of: 2026-11-22}
    baseline: {value: 1, as_of: 2026-11-21}
  - {id: enps, name: eNPS, kind: enps, baseline: {value: 1, as_of: 2199-12-31}}
# personas/careful.yaml
evidence: {level: data, as_of: 2026-11-22}
reviewed_on: 2026-11-23
# personas/fast.yaml
reviewed_on: 2026-11-21
"""
    rows = found(capsys, write_tree(tmp_path, with_example(example)), "--select", "age")
    assert {row["code"] for row in rows} == {"future-date"}
    assert [row["where"] for row in rows] == [
        "metrics[0].latest.as_of",
        "metrics[1].baseline.as_of",
        "evidence.as_of",
        "reviewed_on",
    ]
