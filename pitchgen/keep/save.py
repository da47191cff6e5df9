"""Save: files of a workspace that people change, none of them lost and none overwritten unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from pitchgen.load.content import read_content
from pitchgen.load.document import MAX_BYTES
from pitchgen.load.faults import Unreadable, unreadable
from pitchgen.load.files import is_item, is_link, is_there
from pitchgen.model.file_kind import FileKind, kind_of_path
from pitchgen.new.create import planned
from pitchgen.new.rename import carry_out
from pitchgen.problems import CannotWrite, PitchgenError
from pitchgen.write import change_file, create_with_folder, expect_changeable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path
    from typing import Any

    from pitchgen.keep.versions import Versions
    from pitchgen.new.existing import Existing
    from pitchgen.new.kinds import Kind
    from pitchgen.new.rename import Change
    from pitchgen.new.scaffold import Answer


# What no name of a file may hold, on one machine or another.
_FORBIDDEN = re.compile(r'[\x00-\x1f\\:*?"<>|]')


class NotKept(PitchgenError):
    """A path at which a workspace has no file of its own, or where a link stands."""

    exit_code = 2

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is no file that can be changed here")


class ChangedMeanwhile(PitchgenError):
    """The file is not what it was when it was read: `theirs` is what it is now, None if it is gone."""

    exit_code = 1

    def __init__(self, path: str, mine: bytes | None, theirs: bytes | None) -> None:
        self.path, self.mine, self.theirs = path, mine, theirs
        happened = "is gone" if theirs is None else "has changed"
        super().__init__(f"{path} {happened} since it was opened; nothing was saved")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read."""

    path: str
    # It may be personal, so that no traceback shall have it.
    content: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells this content from any other."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """The files of the workspace at `root`, by their paths in it, with their versions.

    Every method that takes a path raises `NotKept` for what is not a file of the workspace's own kinds, and
    every one that writes `CannotWrite`. The digest says which content the caller has seen: that of `Kept`,
    or None for no file; if the file is another by now, `ChangedMeanwhile` is raised and nothing written.
    """

    root: Path
    versions: Versions

    def read(self, path: str) -> Kept | None:
        """A file, or None when there is none. Raises `Unreadable`."""
        where, _ = self._place(path)
        try:
            content = read_content(where, MAX_BYTES) if is_there(where) else None
        except OSError:
            # A name that is too long, or in a folder that nobody may look into.
            raise NotKept(path) from None
        if content is not None and len(content) > MAX_BYTES:
            raise unreadable("too-large", "is too large", "split the file")
        return None if content is None else Kept(path, content)

    def save(self, path: str, content: bytes, digest: str | None) -> Kept:
        """Give a file this content, which may be faulty, and keep what it was. A new file is made.

        Who may read a file stays as it is; one that is new and private, only its owner.
        """
        where, kind = self._place(path)
        if len(content) > MAX_BYTES:
            raise CannotWrite(where, OSError("it would be too large; split it"))
        with self.versions.locked():
            before = self._expect(path, content, digest)
            if before is None:
                create_with_folder(where, content, private=kind.is_private, by=self.versions.folder)
            elif before.content != content:
                expect_changeable(where)
                self.versions.keep(path, before.content)
                change_file(where, content, by=self.versions.folder)
        return Kept(path, content)

    def delete(self, path: str, digest: str) -> None:
        """Remove a file; what it was stays among the versions."""
        where, _ = self._place(path)
        with self.versions.locked():
            if before := self._expect(path, None, digest):
                self.versions.keep(path, before.content)
                try:
                    where.unlink()
                except OSError as error:
                    raise CannotWrite(where, error) from None

    def restore(self, path: str, number: int, digest: str | None) -> Kept:
        """Make a file what it was in a version, also one that was deleted. Raises `NoVersion`."""
        self._place(path)
        return self.save(path, self.versions.read(path, number), digest)

    def undo(self, path: str, digest: str | None) -> Kept | None:
        """Take back the last change of a file, which a second time brings it back; None if there is none."""
        now, known = self.read(path), (each.number for each in self.versions.of(path))
        # Who was killed before a change was made had kept what is there still.
        others = (each for each in known if now is None or self.versions.read(path, each) != now.content)
        last = next(others, None)
        return None if last is None else self.restore(path, last, digest)

    def create(
        self, existing: Existing, kind: Kind, typed: str, answers: Mapping[str, Answer], today: date
    ) -> Kept:
        """Something new from its scaffold: a file, or an entry in one. Raises as `new.create.create` does."""
        new = planned(existing, kind, typed, answers, today)
        before = None if new.before is None else Kept(new.path, new.before).digest
        return self.save(new.path, new.after, before)

    def rename(self, changes: Iterable[Change]) -> None:
        """Carry out a renaming that `new.rename.plan` listed, all of it or nothing; versions follow."""
        changes = tuple(changes)
        with self.versions.locked():
            for change in changes:
                self._expect(self._path(change.path), change.after, Kept("", change.before).digest)
            for change in changes:
                self.versions.keep(self._path(change.path), change.before)
            carry_out(changes, by=self.versions.folder)
            for change in changes:
                path, moved = self._path(change.path), self._path(change.moved)
                if path != moved:
                    self.versions.move(path, moved)

    def _expect(self, path: str, mine: bytes | None, digest: str | None) -> Kept | None:
        """The file as it is, if that is how the caller has seen it."""
        try:
            before = self.read(path)
        except Unreadable as error:
            raise CannotWrite(self.root / path, OSError(str(error))) from None
        if (before.digest if before else None) != digest:
            raise ChangedMeanwhile(path, mine, before.content if before else None)
        return before

    def _place(self, path: str) -> tuple[Path, FileKind[Any]]:
        """Where a file stands, which is not behind a link, and its kind."""
        kind, folder = kind_of_path(path), path.rpartition("/")[0]
        if kind is None or _FORBIDDEN.search(path):
            raise NotKept(path)
        where = self.root / path
        is_ours = folder == kind.path and is_item(where) if kind.is_folder else path == kind.path
        if not is_ours or is_link(where) or (kind.is_folder and is_link(where.parent)):
            raise NotKept(path)
        return where, kind

    def _path(self, where: Path) -> str:
        return where.relative_to(self.root).as_posix()
