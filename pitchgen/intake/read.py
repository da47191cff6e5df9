"""Who is to be welcomed: the workspace with its hires, or with those of a list, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import DOCUMENTS
from pitchgen.problems import Problem, errors
from pitchgen.report.discreet import without_content
from pitchgen.rules.leaks import leaks
from pitchgen.rules.newcomers import newcomer_problems
from pitchgen.studio.jobs import intake_jobs
from pitchgen.workspace.read import read_workspace

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from pitchgen.workspace import Workspace
    from pitchgen.workspace.roster import Roster


def read_intake(
    root: Path, roster: Roster | None, today: date, documents: Collection[str] = DOCUMENTS
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """As `read_workspace`, with what the rules find about newcomers and in what reaches their `documents`.

    That there is nobody is an error.

    It is for a reader who need not know what is said of people.
    """
    workspace, problems = read_workspace(root, roster=roster)
    if workspace and not errors(problems):
        problems += newcomer_problems(workspace, workspace.hires, today)
        subjects = (job.subject for job in intake_jobs(workspace, documents) if workspace.hires)
        problems += leaks(workspace, subjects, today)
    found = [without_content(problem) for problem in problems]
    if workspace and not workspace.hires and not errors(problems):
        hint = "write hires/<name>.yaml, say by `pitchgen new hire <name>`, or name a list with --hires"
        found.append(Problem("no-hires", "there is nobody to make documents for", "hires", hint=hint))
    return workspace, tuple(found)
