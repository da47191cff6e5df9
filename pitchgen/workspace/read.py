"""The stages that understand a workspace, in their order: load, validate, link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen.load.files import FOLDERS, load_files
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.workspace import Workspace
from pitchgen.workspace.brand import load_brand
from pitchgen.workspace.link import link
from pitchgen.workspace.newcomer import Newcomer, add_newcomer, typed
from pitchgen.workspace.validate import validate

if TYPE_CHECKING:
    from pitchgen.workspace.roster import Roster


def read_workspace(
    root: Path, newcomer: Newcomer | None = None, roster: Roster | None = None
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """The linked workspace at `root` and every problem in it; a `newcomer` joins as its last hire.

    With a `roster`, its hires are those of that list alone, and hires/ is not looked into.

    The workspace is None without a valid company.yaml, and only fit for use when no problem is an
    error.
    """
    folders = [kind for kind in FOLDERS if roster is None or kind != "hires"]
    validated = validate(load_files(root, folders))
    load_brand(validated)
    if roster:
        # Imported here, because most commands read no list.
        from pitchgen.workspace.roster import add_roster

        add_roster(validated, roster)
    if newcomer:
        add_newcomer(validated, newcomer)
    workspace, problems = link(validated)
    return workspace, tuple(typed(problem) for problem in problems)


def usable_workspace(root: Path) -> Workspace:
    """The linked workspace at `root`; its warnings are left out. Raises `InvalidInput` for its errors."""
    workspace, problems = read_workspace(root)
    if workspace is None or errors(problems):
        raise InvalidInput(errors(problems))
    return workspace
