"""Rows of a list: what is the same in many of them is said once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pitchgen.plain import spans
from pitchgen.workspace.known import first_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from pitchgen.problems import Problem


def said_once(problems: Iterable[Problem], lists: Set[str]) -> Iterator[Problem]:
    """The problems, those in files among the `lists` once for all rows in which they are the same."""
    rows: dict[Problem, list[int]] = {}
    for problem in problems:
        of_all = replace(problem, line=0) if problem.path in lists else problem
        rows.setdefault(of_all, []).append(problem.line)
    for problem, (first, *others) in rows.items():
        more = f"; so it is in {_in_words(others)}" if others else ""
        yield replace(problem, line=first, message=problem.message + more)


def _in_words(rows: Sequence[int]) -> str:
    """Numbers of rows in a sentence: row 4; rows 4–9, 12."""
    return f"{'row' if len(rows) == 1 else 'rows'} {first_of(spans(rows))}"
