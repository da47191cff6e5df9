"""What the rules find about newcomers, wherever these came from: from a file, a list or options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pitchgen.model.file_kind import COMPANY, MANAGERS
from pitchgen.problems import Problem, by_place, discreet
from pitchgen.rules.rule import Facts
from pitchgen.rules.run import run_rules, selection
from pitchgen.rules.texts import short_list
from pitchgen.workspace.newcomer import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pitchgen.workspace import Hire, Workspace

# A document says it itself when it is made; to know it before takes as long as making everyone's.
_SAID_LATER = ("pitch-length",)


def newcomer_problems(workspace: Workspace, hires: Sequence[Hire], today: date) -> tuple[Problem, ...]:
    """What all rules that are not off find about these `hires` of a workspace, sorted by place.

    Of somebody typed it stands at the option, and of rows of a list it is said once for all of which the same
    is true. It names nobody but those with a file in hires/. Raises `ExceptionGroup` with what failed.
    """
    run = run_rules(Facts(_about(workspace, hires), today), selection(without=_SAID_LATER))
    if run.failures:
        raise ExceptionGroup("rules failed", run.failures)
    nameless = {hire.at.path: hire.at.source.is_nameless for hire in hires}
    found = (
        _nameless(problem) if nameless[problem.path] else problem
        for problem in sorted(run.problems, key=by_place)
        if problem.path in nameless
    )
    rows = {hire.at.path for hire in hires if hire.at.source.row is not None}
    return tuple(map(typed, said_once(found, rows)))


def _about(workspace: Workspace, hires: Sequence[Hire]) -> Workspace:
    """The workspace with only so much in it as rules need who look at these hires."""
    sources = {id(hire.at.source) for hire in hires}
    files = (
        item
        for item in workspace.files.items
        if item.source.kind in (COMPANY, MANAGERS) or id(item.source) in sources
    )
    return replace(
        workspace,
        files=replace(workspace.files, items=tuple(files)),
        hires=tuple(hires),
        phases=(),
        touchpoints=(),
        metrics=(),
        personas=(),
        conflicts=(),
        roles=(),
        managers=(),
    )


def _nameless(problem: Problem) -> Problem:
    return replace(problem, message=discreet(problem.message), hint=discreet(problem.hint), source="")


def said_once(problems: Iterable[Problem], lists: Iterable[str]) -> Iterator[Problem]:
    """The problems, those of rows of the `lists` once for all rows in which they are the same."""
    lists = frozenset(lists)
    rows: dict[Problem, list[int]] = {}
    for problem in problems:
        of_all = replace(problem, line=0) if problem.path in lists else problem
        rows.setdefault(of_all, []).append(problem.line)
    for problem, (first, *others) in rows.items():
        more = f"; so it is in {_shown(others)}" if others else ""
        yield replace(problem, line=first, message=problem.message + more)


def _shown(rows: Sequence[int]) -> str:
    """Numbers of rows in a sentence: row 4; rows 4-9, 12."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    said = short_list(f"{first}" if first == last else f"{first}\N{EN DASH}{last}" for first, last in runs)
    return f"row {said}" if len(rows) == 1 else f"rows {said}"
