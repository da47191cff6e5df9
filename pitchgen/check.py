"""Check: what is wrong in a workspace, from unreadable files to a pitch that is too long."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.read import read_workspace
from pitchgen.workspace import Hire, Workspace

if TYPE_CHECKING:
    from pitchgen.documents import Studio


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
            problems.update(dict.fromkeys(_check_pitch(studio, hire)))
    return tuple(problems)


def _check_pitch(studio: Studio, hire: Hire) -> tuple[Problem, ...]:
    from pitchgen.render.fonts import needs_fallback

    try:
        document = studio.pitch(hire, studio.language_of(hire))
    except InvalidInput as error:
        return error.problems
    # Letters beyond the documents' own fonts may have no glyph on this machine: only a PDF tells.
    if studio.surely_fits(document) and not needs_fallback(document.page.title + document.spoken):
        return document.problems
    return studio.render(document, "pdf").problems
