"""What GitHub is told of each problem: its file as the repository knows it, and all that is to be read."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

from pitchgen.load.files import is_there
from pitchgen.plain import printable

if TYPE_CHECKING:
    from pitchgen.problems import Problem


def folder_in_repository(root: Path) -> PurePosixPath:
    """The workspace's folder as seen from the top of its git repository, or else from the current folder."""
    root = root.resolve()
    for folder in (root, *root.parents):
        # A folder in a clone; a file in a worktree or a submodule.
        if is_there(folder / ".git"):
            return PurePosixPath(root.relative_to(folder).as_posix())
    here = Path.cwd()
    return PurePosixPath(root.relative_to(here).as_posix() if root.is_relative_to(here) else "")


def file_in_repository(path: str, folder: PurePosixPath) -> PurePosixPath:
    """A file of the workspace in that folder; a list may lie beside the workspace."""
    return PurePosixPath(normpath(folder / path))


def words(problem: Problem) -> str:
    """The message, and the hint on a line of its own."""
    lines = [*problem.message.splitlines(), *problem.hint.splitlines()]
    return "\n".join(printable(line) for line in lines)
