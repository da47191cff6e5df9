"""Files of the workspace that are not YAML: where they are and what they hold, or why they cannot be used."""

from __future__ import annotations

import stat
import unicodedata
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from pitchgen.load.faults import Unreadable, unreadable
from pitchgen.problems import reason

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_asset(root: Path, name: str, endings: tuple[str, ...], max_bytes: int) -> tuple[Path, bytes]:
    """The file of the workspace at `root` that is called `name`, and its content. Raises `Unreadable`.

    When there is none, files with these `endings` are looked through for the one that was meant.
    """
    # Only Windows knows every way to write a path: C:\, \\server\ and / too.
    typed = PureWindowsPath(name)
    if typed.anchor or ".." in typed.parts:
        raise _outside(typed.name)
    try:
        path = _find(root, name)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise unreadable("unreadable", "is a folder, not a file", "write the name of a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise unreadable("unreadable", "is not an ordinary file")
        path = path.resolve()
        if not path.is_relative_to(root.resolve()):
            raise _outside(typed.name)
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise unreadable("missing-file", "does not exist", _meant(root, name, endings)) from None
    except OSError as error:
        raise unreadable("unreadable", f"cannot be read: {reason(error)}") from None
    if len(content) > max_bytes:
        raise unreadable("too-large", f"is larger than {max_bytes // 1_000_000} MB", "save it smaller")
    return path, content


def _outside(name: str) -> Unreadable:
    hint = f"copy the file into the workspace's folder and write '{name}'"
    return unreadable("outside-workspace", "is outside the workspace", hint)


def _find(root: Path, name: str) -> Path:
    """The path of that name; of a letter with dots, disks know two spellings that look the same."""
    path = root / name
    if path.exists() or not path.parent.is_dir():
        return path
    return next((p for p in path.parent.iterdir() if _composed(p.name) == path.name), path)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _meant(root: Path, name: str, endings: tuple[str, ...]) -> str:
    """Which file was probably meant: one of that name in another folder, or one with a name like it."""
    there = {_composed(path).casefold(): path for path in _files(root, endings)}
    wanted = name.casefold()
    same_name = [key for key in there if PureWindowsPath(key).name == PureWindowsPath(wanted).name]
    if close := same_name or get_close_matches(wanted, there, n=1, cutoff=0.6):
        return f"did you mean '{there[close[0]]}'?"
    return "put the file into the workspace's folder, or correct its name"


def _files(root: Path, endings: tuple[str, ...]) -> Iterator[str]:
    """The files with one of these endings, in the workspace and in its folders."""
    for path in (*sorted(root.glob("*")), *sorted(root.glob("*/*"))):
        if path.suffix.lower() in endings:
            yield path.relative_to(root).as_posix()
