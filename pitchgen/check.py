"""Check: what is wrong in a workspace, from unreadable files to a pitch that is too long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.read import read_workspace
from pitchgen.workspace import Workspace


def check_workspace(root: Path, today: date) -> tuple[Problem, ...]:
    """Every problem of the workspace at `root` on the day `today`."""
    workspace, problems = read_workspace(root)
    if workspace is None or errors(problems):
        return problems
    return problems + _check_pitches(workspace, today)


def _check_pitches(workspace: Workspace, today: date) -> tuple[Problem, ...]:
    """Whether everyone's pitch can be written, said in time, and fits its page."""
    if not workspace.hires:
        return ()
    from pitchgen.documents import Studio

    studio = Studio(workspace, today)
    problems: dict[Problem, None] = {}
    for hire in workspace.hires:
        try:
            document = studio.pitch(hire, studio.language_of(hire))
        except InvalidInput as error:
            problems.update(dict.fromkeys(error.problems))
        else:
            problems.update(dict.fromkeys(document.problems))
    return tuple(problems)
