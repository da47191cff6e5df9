"""What documents are about to say that is only the starter's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pitchgen.model.file_kind import ROLES
from pitchgen.rules.rule import Facts
from pitchgen.rules.run import Selection, found_by
from pitchgen.rules.starter import may_have_examples
from pitchgen.workspace.linked import Hire, Role
from pitchgen.workspace.reach import sources_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pitchgen.problems import Problem
    from pitchgen.workspace import Workspace
    from pitchgen.workspace.reach import Subject
    from pitchgen.workspace.validate import Item

_STARTERS = "still-the-starters"
_EXAMPLE = "only-an-example"
_MORE = "`pitchgen check` shows every file"
_RULES = Selection(frozenset({_STARTERS, _EXAMPLE}), named=frozenset())


def leaks(workspace: Workspace, subjects: Iterable[Subject], today: date) -> tuple[Problem, ...]:
    """What the files that reach documents about these subjects still have of the starter, in a line or two.

    The first place, and how many others there are; `check` shows them all.
    """
    if not may_have_examples(workspace):
        return ()
    found = found_by(Facts(workspace, today, only=tuple(_reaching(workspace, subjects))), _RULES)
    # The rules put first what catches the eye of a reader first.
    first = {problem.code: problem for problem in reversed(found) if problem.code in _RULES.codes}
    return tuple(replace(problem, hint=f"{problem.hint}; {_MORE}") for problem in first.values())


def _reaching(workspace: Workspace, subjects: Iterable[Subject]) -> Iterator[Item[Any]]:
    """The files that documents about these subjects are made from; of other roles than theirs no examples."""
    paths: set[str] = set()
    for subject in dict.fromkeys(subjects):
        paths |= {source.path for source in sources_for(workspace, subject)}
        if isinstance(subject, Hire | Role):
            paths.add(subject.role.at.path if isinstance(subject, Hire) else subject.at.path)
    for item in workspace.files.items:
        of_all = item.source.kind == ROLES and not item.model.example
        if of_all or not item.source.kind.is_folder or item.source.path in paths:
            yield item
