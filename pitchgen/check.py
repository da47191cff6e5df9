"""Check: what is wrong in a workspace, from unreadable files to a pitch that is too long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pitchgen.problems import CannotRender, InvalidInput, Problem, Severity, errors
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
    # Imported here: templates take longer to load than all checks so far, and may not be needed.
    from pitchgen.documents import Studio

    problems: dict[Problem, None] = {}
    with Studio(workspace, today) as studio:
        for hire in workspace.hires:
            try:
                document = studio.pitch(hire, studio.language_of(hire))
                problems.update(dict.fromkeys(document.problems))
                if not (document.surely_fits and studio.has_shipped_look):
                    problems.update(dict.fromkeys(studio.render(document, "pdf").problems))
            except InvalidInput as error:
                problems.update(dict.fromkeys(error.problems))
            except CannotRender:
                unsure = "it may not fit one page, and cannot be laid out here; see `pitchgen doctor`"
                problems[Problem("pitch-pages", unsure, hire.path, severity=Severity.WARNING)] = None
    return tuple(problems)
