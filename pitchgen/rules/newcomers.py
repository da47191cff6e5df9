"""What the rules find about newcomers, wherever these came from: from a file, a list or options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pitchgen.model.file_kind import HIRES
from pitchgen.problems import by_place, unquoted
from pitchgen.rules.rule import RULES, Facts
from pitchgen.rules.run import Selection, found_by
from pitchgen.workspace.columns import Usual, fields
from pitchgen.workspace.newcomer import hint_without_line, typed
from pitchgen.workspace.rows import said_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pitchgen.problems import Problem
    from pitchgen.workspace import Hire, Workspace


# What is said of the workspace as a whole before any document is made.
_SAID_ELSEWHERE = {"missing-translation", "still-the-starters", "only-an-example"}
_CHOSEN = Selection(
    frozenset(code for code, rule in RULES.items() if rule.of_newcomers) - _SAID_ELSEWHERE, named=frozenset()
)


def newcomer_problems(
    workspace: Workspace,
    hires: Sequence[Hire],
    today: date,
    told: Callable[[Problem], Problem] = typed,
) -> tuple[Problem, ...]:
    """What all rules that are not off find about these `hires` of a workspace, sorted by place.

    Of somebody typed it is `told`: by itself at the option, and of rows of a list once for all of which the
    same is true. It names nobody but those with a file in hires/. Raises `ExceptionGroup` with what failed.
    """
    sources = {id(hire.at.source) for hire in hires}
    only = tuple(item for item in workspace.files.of(HIRES) if id(item.source) in sources)
    facts = Facts(_about(workspace, hires), today, only=only)
    nameless = {hire.at.path: hire.at.source.is_nameless for hire in hires}
    found = (
        unquoted(problem) if nameless[problem.path] else problem
        for problem in sorted(found_by(facts, _CHOSEN), key=by_place)
        if problem.path in nameless
    )
    lists = {hire.at.path for hire in hires if hire.at.source.row}
    said = said_once(found, lists)
    if lists:
        usual = Usual(workspace.languages.folders, workspace.company.language)
        said = (_in_column(problem, usual) if problem.path in lists else problem for problem in said)
    return tuple(map(told, said))


def _in_column(problem: Problem, usual: Usual) -> Problem:
    """A problem with a row, which says what to do with a cell or column instead of a line or key."""

    def column(key: str) -> str:
        headings = usual.examples(key) if key in fields() else ()
        return f"in a column such as '{headings[0]}'" if headings else f"under `{key}`"

    return replace(problem, hint=hint_without_line(problem, "empty the cell", column))


def _about(workspace: Workspace, hires: Sequence[Hire]) -> Workspace:
    """The workspace with only so much in it as rules need who look at these hires."""
    return replace(
        workspace,
        hires=tuple(hires),
        phases=(),
        touchpoints=(),
        metrics=(),
        personas=(),
        conflicts=(),
        roles=(),
        managers=(),
    )
