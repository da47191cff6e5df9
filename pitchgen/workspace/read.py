"""The stages that understand a workspace, in their order: load, validate, link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.load.files import load_files
from pitchgen.model.file_kind import FILE_KINDS, HIRES
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.workspace.brand import with_brand, with_pictures
from pitchgen.workspace.link import link
from pitchgen.workspace.newcomer import Newcomer, Reworded, typed
from pitchgen.workspace.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from pitchgen.workspace import Workspace
    from pitchgen.workspace.roster import Roster


def read_workspace(
    root: Path,
    newcomer: Newcomer | Reworded | None = None,
    roster: Roster | None = None,
    *,
    linked_to: Path | None = None,
) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """The linked workspace at `root` and every problem in it; a `newcomer` joins as its last hire.

    One who has a file there may be reworded by what was typed.

    With a `roster`, its hires are those of that list alone, and hires/ is not looked into. Links may lead
    into the folder `linked_to`, but else not out of the workspace.

    The workspace is None without a valid company.yaml, and only fit for use when no problem is an
    error.
    """
    kinds = [kind for kind in FILE_KINDS if roster is None or kind != HIRES]
    validated = with_pictures(with_brand(validate(load_files(root, kinds, linked_to))))
    if roster:
        validated = roster.join(validated)
    if newcomer:
        validated = newcomer.join(validated)
    linking = link(validated)
    return linking.workspace, tuple(typed(problem) for problem in linking.problems)


def usable_workspace(root: Path, *, linked_to: Path | None = None) -> Workspace:
    """As `read_workspace`, without its warnings. Raises `InvalidInput` when the workspace has errors."""
    workspace, problems = read_workspace(root, linked_to=linked_to)
    if workspace is None or errors(problems):
        raise InvalidInput(errors(problems))
    return workspace
