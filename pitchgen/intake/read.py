"""Who is to be welcomed: the workspace with its hires, or with those of a list, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import Problem, errors
from pitchgen.report.discreet import without_content
from pitchgen.rules.newcomers import newcomer_problems
from pitchgen.workspace.read import read_workspace

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pitchgen.workspace import Workspace
    from pitchgen.workspace.roster import Roster


def read_intake(
    root: Path, roster: Roster | None, today: date
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """As `read_workspace`, with what the rules find about newcomers; and nobody is an error.

    It is for a reader who need not know what is said of people.
    """
    workspace, problems = read_workspace(root, roster=roster)
    if workspace and not errors(problems):
        problems += newcomer_problems(workspace, workspace.hires, today)
    found = [without_content(problem) for problem in problems]
    if workspace and not workspace.hires and not errors(problems):
        hint = "write hires/<name>.yaml, say by `pitchgen new hire <name>`, or name a list with --hires"
        found.append(Problem("no-hires", "there is nobody to make documents for", "hires", hint=hint))
    return workspace, tuple(found)
