"""Manifest: what a folder of documents holds and what each was made from, in digests and without a name."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date  # noqa: TC003  # Pydantic looks for it
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from pitchgen.problems import CannotWrite
from pitchgen.write import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAME = ".pitchgen.jsonl"
_HEAD = b'{"manifest": 1}\n'


class State(NamedTuple):
    """What a file system says of a file; while all of it stays the same, so does the content."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> State | None:
        """The state of what has this name, or None when nothing has, or nobody may look."""
        try:
            return cls.at(path)
        except OSError:
            return None

    @classmethod
    def at(cls, path: Path) -> State:
        """The state of what has this name. Raises `OSError` when nothing has, or nobody may look."""
        status = path.lstat()
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was made.

    `file` and `document` are digests of its name and of that name without the ending, `inputs` of what it
    was made from, `content` of its bytes; `state` is what it was like when it was written, on `day`.
    """

    file: str
    document: str
    inputs: str
    content: str
    state: State
    day: date


_ENTRY = TypeAdapter(Entry)


class Manifest:
    """The entries of one folder. A line is added for each file as it is made, so that nothing is lost.

    Lines that cannot be read are passed over: at worst, a document is made once more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._entries: dict[str, Entry] = {}
        # Whether a line can be added: what is cut off, foreign or said twice is written anew first.
        self._is_sound = False
        self._read()

    def _read(self) -> None:
        try:
            # A pipe of that name would be waited for.
            lines = self._path.read_bytes().splitlines(keepends=True) if self._path.is_file() else []
        except OSError:
            return
        if lines[:1] != [_HEAD]:
            return
        for line in lines[1:]:
            with suppress(ValidationError):
                entry = _ENTRY.validate_json(line)
                self._entries[entry.file] = entry
        self._is_sound = len(lines) == len(self._entries) + 1 and lines[-1].endswith(b"\n")

    def entry(self, name: str) -> Entry | None:
        """What is known of the file of that name."""
        return self._entries.get(digest_of(name))

    def files(self) -> Iterator[tuple[Path, Entry]]:
        """The files of the folder that are known, in the order of their names."""
        for path in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if entry := self.entry(path.name):
                yield path, entry

    def is_intact(self, name: str) -> bool:
        """Whether the file of that name still has the content it was written with."""
        entry, path = self.entry(name), self._folder / name
        state = State.of(path)
        if entry is None or state is None or state.size != entry.state.size:
            return False
        if state == entry.state:
            return True
        try:
            return not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == entry.content
        except OSError:
            return False

    def add(self, path: Path, document: str, inputs: str, content: bytes, day: date) -> None:
        """Note a file that was just written. Raises `CannotWrite`."""
        try:
            state = State.at(path)
        except OSError as error:
            raise CannotWrite(path, error) from None
        entry = Entry(
            digest_of(path.name), digest_of(document), inputs, sha256(content).hexdigest(), state, day
        )
        self._entries[entry.file] = entry
        if not self._is_sound:
            self._write()
            return
        try:
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_APPEND), "ab") as file:
                file.write(_line(entry))
        except OSError as error:
            raise CannotWrite(self._path, error) from None

    def remove(self, paths: Iterable[Path]) -> None:
        """Remove files of the folder, and every entry of a file that is not there. Raises `CannotWrite`."""
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise CannotWrite(path, error) from None
        self._entries = {entry.file: entry for _, entry in self.files()}
        self._write()

    def _write(self) -> None:
        write_file(self._path, b"".join([_HEAD, *map(_line, self._entries.values())]))
        self._is_sound = True


def digest_of(name: str) -> str:
    """What stands for a name in the manifest."""
    return sha256(os.fsencode(name)).hexdigest()[:32]


def _line(entry: Entry) -> bytes:
    return _ENTRY.dump_json(entry) + b"\n"
