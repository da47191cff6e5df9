"""Versions: what files of a workspace were before, the last of each, beside the documents.

They are never in the folders that a workspace is read from, and git is told to leave them alone.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.load.files import is_there
from pitchgen.problems import CannotWrite, PitchgenError
from pitchgen.write import PRIVATE_FILE, make_folder, sweep, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".versions"
MOST = 20
# Seconds that somebody waits for another who saves, which takes far less.
_PATIENCE = 10


class NoVersion(PitchgenError):
    """There is no such version of the file, or no more."""

    exit_code = 2

    def __init__(self, path: str, number: int) -> None:
        super().__init__(f"there is no version {number} of {path}; only the last {MOST} are kept")


@dataclass(frozen=True, slots=True)
class Version:
    """What a file was before it was changed for the `number`th time, and when that was."""

    number: int
    until: datetime


class Versions:
    """The versions of all files of one workspace, kept in the `folder` of its documents.

    Whatever they are of, only their owner can read them. A path is that of a file in the workspace:
    `personas/anna.yaml`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / NAME

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the versions, so that of two who save at once one comes second. Raises `CannotWrite`."""
        make_folder(self.folder)
        lock = late.filelock.FileLock(
            self.folder / ".lock", timeout=_PATIENCE, mode=PRIVATE_FILE, preserve_lock_file=True
        )
        try:
            lock.acquire()
        except (OSError, late.filelock.Timeout) as error:
            reason = error if isinstance(error, OSError) else OSError("somebody else is saving")
            raise CannotWrite(self.folder, reason) from None
        try:
            # Nobody else writes now, so that what is left is of somebody who was killed.
            sweep(self.folder, age=0)
            if not is_there(ignored := self.folder / ".gitignore"):
                write_file(ignored, b"*\n")
            yield
        finally:
            lock.release()

    def keep(self, path: str, content: bytes) -> None:
        """Keep what a file is before it changes, unless it was just that before. Raises `CannotWrite`."""
        known = self.of(path)
        if known and self.read(path, known[0].number) == content:
            return
        folder = self.folder / path
        make_folder(folder)
        number = known[0].number + 1 if known else 1
        write_file(folder / str(number), content, by=self.folder)
        for version in known[MOST - 1 :]:
            (folder / str(version.number)).unlink(missing_ok=True)

    def of(self, path: str) -> tuple[Version, ...]:
        """The versions of a file, the newest first."""
        folder = self.folder / path
        files = [each for each in folder.iterdir() if each.name.isdecimal()] if folder.is_dir() else []
        found = (
            Version(int(each.name), datetime.fromtimestamp(each.stat().st_mtime).astimezone())
            for each in files
        )
        return tuple(sorted(found, key=lambda version: -version.number))

    def read(self, path: str, number: int) -> bytes:
        """A version of a file. Raises `NoVersion`."""
        try:
            return (self.folder / path / str(number)).read_bytes()
        except OSError:
            raise NoVersion(path, number) from None

    def paths(self) -> tuple[str, ...]:
        """The files that there are versions of, be they in the workspace or not."""
        found = {each.parent for each in self.folder.rglob("*") if each.name.isdecimal() and each.is_file()}
        return tuple(sorted(each.relative_to(self.folder).as_posix() for each in found))

    def move(self, path: str, moved: str) -> None:
        """Let the versions of a file follow it to its new name. Raises `CannotWrite`."""
        if not is_there(self.folder / path):
            return
        self.forget(moved)
        try:
            (self.folder / path).rename(self.folder / moved)
        except OSError as error:
            raise CannotWrite(self.folder / moved, error) from None

    def forget(self, path: str) -> None:
        """Remove all versions of a file. Raises `CannotWrite`."""
        try:
            if is_there(self.folder / path):
                shutil.rmtree(self.folder / path)
        except OSError as error:
            raise CannotWrite(self.folder / path, error) from None
