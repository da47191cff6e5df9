"""Exports: which files of the workspace a metric is measured from."""

from __future__ import annotations

import os
import stat
from hashlib import file_digest
from itertools import groupby
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.load.files import disk_marks, leads_out
from pitchgen.measure.refusal import Refused
from pitchgen.problems import Problem, reason, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.load.place import Place

TEXTS, WORKBOOK, PARQUET = (".csv", ".tsv", ".txt"), ".xlsx", ".parquet"
MOST_FILES = 1_000
ENDINGS = (*TEXTS, WORKBOOK, PARQUET)
_WILD = frozenset("*?[")


class Export(NamedTuple):
    """A file with data: where it is, its path in the workspace, its bytes, and what the disk says of it."""

    file: Path
    path: str
    size: int
    marks: tuple[int, ...]

    @property
    def suffix(self) -> str:
        """How its name ends, in small letters."""
        return self.file.suffix.lower()

    def has_changed(self) -> bool:
        """Whether it is no longer what it was when it was found."""
        return disk_marks(self.file) != self.marks


def find_exports(
    root: Path, pattern: str, at: Place, endings: tuple[str, ...] = ENDINGS
) -> tuple[Export, ...]:
    """The files of a pattern, by their names. Raises `Refused` when there are none, or one is no export."""
    if "://" in pattern:
        # It may hold a password.
        hint = (
            "save the export in the workspace; what a database holds is asked for with `database: env:NAME`"
        )
        raise Refused([at.error("missing-file", "this is an address, and no file", hint)])
    typed = PureWindowsPath(pattern)
    if typed.anchor or ".." in typed.parts:
        hint = "copy it into the workspace, into the folder data"
        raise Refused([at.error("outside-workspace", "the file is outside the workspace", hint)])
    found = sorted(_matching(root, pattern))
    if not found:
        message = f"there is no file '{pattern}'"
        raise Refused([at.error("missing-file", message, _meant(root, pattern, endings))])
    if len(found) > MOST_FILES:
        raise Refused(
            [at.error("too-large", f"these are more than {MOST_FILES:,} files", "join some of them")]
        )
    homes = (root, root.resolve())
    exports: list[Export] = []
    problems: list[Problem] = []
    for file in found:
        try:
            exports.append(_export(file, file.relative_to(root).as_posix(), homes, endings))
        except Refused as error:
            problems += error.problems
    problems += _same(exports)
    if problems:
        raise Refused(problems)
    return tuple(exports)


def _matching(root: Path, pattern: str) -> Iterator[Path]:
    if _WILD.isdisjoint(pattern):
        return iter([root / pattern] if os.path.lexists(root / pattern) else [])
    return (path for path in root.glob(pattern) if not path.name.startswith("."))


def _export(file: Path, path: str, homes: tuple[Path, ...], endings: tuple[str, ...]) -> Export:
    def refused(code: str, message: str, hint: str = "") -> Refused:
        return Refused([Problem(code, message, path, hint=hint)])

    if leads_out(file, homes):
        raise refused("outside-workspace", "leads out of the workspace", "copy the file itself into it")
    try:
        status = file.stat()
    except OSError as error:
        raise refused("unreadable", f"cannot be read: {reason(error)}") from None
    if not stat.S_ISREG(status.st_mode):
        raise refused("unreadable", "is not an ordinary file", "name a file with rows of data")
    if file.suffix.lower() not in endings:
        *first, last = (each for each in endings if each not in TEXTS[1:])
        named = f"neither {', '.join(first)} nor {last}" if first else f"no {last}"
        raise refused("wrong-file", f"is {named}", f"save it as {' or '.join((*first, last))}")
    if not os.access(file, os.R_OK):
        raise refused("unreadable", "cannot be read: permission denied")
    return Export(file, path, status.st_size, disk_marks(file))


def _same(exports: Iterable[Export]) -> Iterator[Problem]:
    """Exports that hold the same as another, so that every row of them would count twice."""
    by_size = sorted(exports, key=lambda each: each.size)
    for _, alike in groupby(by_size, key=lambda each: each.size):
        first: dict[str, Export] = {}
        several = list(alike)
        for export in several if len(several) > 1 else ():
            with export.file.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            other = first.setdefault(digest, export)
            if other is not export:
                message = f"holds the same as {other.path}, so all of it would count twice"
                yield Problem("same-data", message, export.path, hint="delete one of them")


def _meant(root: Path, pattern: str, endings: tuple[str, ...]) -> str:
    folder = (root / pattern).parent
    try:
        files = [each for each in folder.iterdir() if each.suffix.lower() in endings and each.is_file()]
        there = [each.relative_to(root).as_posix() for each in files]
    except (OSError, ValueError):
        there = []
    return suggestion(pattern, there) or "save it there, or write its path in this workspace"
