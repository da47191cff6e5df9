"""Three companies with planted weaknesses: what the rules find of them, and what else they say."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
import yaml
from workspaces import REPOSITORY

from pitchgen.check import check_workspace
from pitchgen.problems import Problem

COMPANIES = REPOSITORY / "tests" / "companies"
NAMES = sorted(path.name for path in COMPANIES.iterdir())
# A day on which the companies are as their authors meant them.
DAY = date(2026, 12, 1)
FOUND, RIGHT = 0.95, 0.90


class Measured(NamedTuple):
    """What was planted in a company and found of it; what was said, and how much of that was right."""

    planted: list[dict[str, Any]]
    missed: list[dict[str, Any]]
    said: tuple[Problem, ...]
    expected: int
    wrong: list[Problem]


def measured(name: str) -> Measured:
    """Compare what `check` says of a company with what was planted, and with how the rest was judged.

    What nobody judged counts as wrong, so that a new rule is looked at here.
    """
    root = COMPANIES / name
    judged = yaml.safe_load((root / "weaknesses.yaml").read_text(encoding="utf-8"))
    checked = check_workspace(root, DAY)
    assert checked.complete
    assert not checked.failures
    said, planted = checked.problems, judged["planted"]
    missed = [weakness for weakness in planted if not any(_finds(each, weakness) for each in said)]
    others = [each for each in said if not any(_finds(each, weakness) for weakness in planted)]
    right = [one for one in judged["beyond"] if one["right"]]
    wrong = [each for each in others if not any(_finds(each, one) for one in right)]
    return Measured(planted, missed, said, len(said) - len(others), wrong)


def _finds(problem: Problem, weakness: dict[str, Any]) -> bool:
    if problem.code not in weakness["rules"]:
        return False
    if problem.path == weakness.get("elsewhere"):
        return True
    return problem.path == weakness["file"] and _same_place(problem.where, weakness["field"])


def _same_place(one: str, other: str) -> bool:
    """Whether one of two fields is the other, or in it; "" is the file."""
    shorter, longer = sorted((one, other), key=len)
    return not shorter or (longer.startswith(shorter) and longer[len(shorter) :][:1] in ("", ".", "["))


@pytest.fixture(scope="module")
def all_measured() -> dict[str, Measured]:
    return {name: measured(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_planted_is_in_files_of_the_company(name: str) -> None:
    judged = yaml.safe_load((COMPANIES / name / "weaknesses.yaml").read_text(encoding="utf-8"))
    assert len(judged["planted"]) >= 30
    for weakness in (*judged["planted"], *judged["beyond"]):
        assert (COMPANIES / name / weakness["file"]).is_file(), weakness
    assert all(one["why"] for one in judged["beyond"])


def test_the_rules_find_what_was_planted_and_little_else(all_measured: dict[str, Measured]) -> None:
    lines, totals = [], [0, 0, 0, 0, 0]
    for name, of in all_measured.items():
        figures = [len(of.planted), len(of.missed), len(of.said), of.expected, len(of.wrong)]
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        lines.append(_figures(name, figures))
        lines += [f"  missed: {one['file']} {one['field']}: {one['idea']}" for one in of.missed]
        lines += [f"  wrong: {p.path}:{p.line} {p.where} [{p.code}] {p.message}" for p in of.wrong]
    report = "\n".join([*lines, _figures("all", totals)])
    print(report)
    planted, missed, said, _, wrong = totals
    assert planted >= 90, report
    assert planted - missed >= FOUND * planted, report
    assert said - wrong >= RIGHT * said, report


def _figures(name: str, figures: list[int]) -> str:
    planted, missed, said, expected, wrong = figures
    found, right = planted - missed, said - wrong
    return (
        f"{name}: found {found} of {planted} ({found / planted:.0%}); of {said} findings "
        f"{expected / said:.0%} were expected, {right / said:.0%} expected or right"
    )
