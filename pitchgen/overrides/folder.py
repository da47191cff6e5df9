"""The templates folder of a workspace as it lies on the disk: the files that can be read, and what cannot."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.load.content import read_content
from pitchgen.load.faults import Unreadable
from pitchgen.load.files import MAX_FILES, is_link, is_there, leads_out
from pitchgen.overlay import FOLDER
from pitchgen.problems import Problem, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.overlay import Overlay


class OwnFiles(NamedTuple):
    """The names of a workspace's own files among its templates, and what is wrong with others."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...]


def own_files(overlay: Overlay) -> OwnFiles:
    """All that lies in the workspace's own folder, if it has one, but for what is hidden."""
    if not overlay.has_own or not is_there(overlay.own_folder):
        return OwnFiles((), ())
    names: list[str] = []
    problems: list[Problem] = []
    for path in _walk(overlay.own_folder, problems):
        if is_link(path) and leads_out(path, [overlay.own_folder]):
            problems.append(_outside(overlay.shown(path)))
            continue
        try:
            read_content(path, 0)
        except Unreadable as error:
            problems += [fault.problem(overlay.shown(path)) for fault in error.faults]
        else:
            names.append(path.relative_to(overlay.own_folder).as_posix())
        if len(names) > MAX_FILES:
            return OwnFiles((), (Problem("too-large", f"holds more than {MAX_FILES:,} files", FOLDER),))
    return OwnFiles(tuple(names), tuple(problems))


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Whatever is no folder; those that cannot be listed join the problems."""

    def refused(error: OSError) -> None:
        inside = Path(error.filename).relative_to(folder.parent).as_posix()
        hint = (
            "it is the folder for templates of your own: see `pitchgen templates`" if inside == FOLDER else ""
        )
        problems.append(Problem("unreadable", f"cannot be listed: {reason(error)}", inside, hint=hint))

    for at, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A link to a folder of the same templates leads to nothing new.
        links = (name for name in folders if is_link(Path(at, name)) and leads_out(Path(at, name), [folder]))
        yield from (Path(at, name) for name in sorted([*files, *links]) if not name.startswith("."))


def _outside(shown: str) -> Problem:
    message = f"is a link that leads out of {FOLDER}/, so it is not followed"
    return Problem("outside-workspace", message, shown, hint="put what it leads to in its place")
