"""Many files in one: what each is called, and all in a zip archive, the same bytes for the same files."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count
from stat import S_IFREG
from typing import TYPE_CHECKING
from unicodedata import normalize
from zipfile import ZipFile, ZipInfo

from pitchgen.plain import is_letter_or_digit
from pitchgen.write import PRIVATE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Bytes; what file systems take, and thrice as many still fit a line of 998 once they are encoded in a header.
MAX_FILE_NAME = 200
PDF, CALENDAR = ".pdf", ".ics"

_UNIX = 3
# What Windows takes for a device, whatever comes after a full stop.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$) *(\.|$)", re.IGNORECASE)


def file_names(words: Iterable[str], ending: str) -> list[str]:
    """A name with this `ending` for each file that is called so: safe on every system, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for word in words:
        name = next(each for each in _candidates(word, ending) if _alike(each) not in taken)
        names.append(name)
        taken.add(_alike(name))
    return names


def _candidates(word: str, ending: str) -> Iterator[str]:
    """`Puhe.pdf`, `Puhe (2).pdf`, `Puhe (3).pdf`, …"""
    stem = _safe(word.removesuffix(ending))
    yield _cut(stem, ending)
    yield from (_cut(stem, f" ({number}){ending}") for number in count(2))


def _safe(word: str) -> str:
    """The word without what some system or mail program would stumble over."""
    letters = (c if is_letter_or_digit(c) or c in " ()-_." else "-" for c in normalize("NFC", word))
    kept = "".join(letters).strip(" .")
    return f"_{kept}" if _DEVICE.match(normalize("NFKC", kept)) else kept


def _cut(stem: str, end: str) -> str:
    kept = stem.encode()[: MAX_FILE_NAME - len(end)].decode(errors="ignore").rstrip(" .")
    return (kept or "document") + end


def _alike(name: str) -> str:
    """What two names share that some system takes for one."""
    return normalize("NFKC", normalize("NFKC", name).casefold())


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, in their order, each readable by its owner only.

    They are stored as they are: deflating takes 3 to 8 % off a PDF, and not to the same bytes everywhere.
    The names are paths with `/` that stay inside the folder the archive is opened in; raises `ValueError`
    for one that does not.
    """
    archive = BytesIO()
    with ZipFile(archive, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(_entry(name), content)
    return archive.getvalue()


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of such an archive as they come: no more than one of the files is in memory."""
    pipe = _Pipe()
    with ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]  # it needs nothing more of a file
        for name, content in files:
            archive.writestr(_entry(name), content)
            yield pipe.taken()
    yield pipe.taken()


class _Pipe:
    """A file that can only be written to, and what was written since somebody took it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """All that was written is there."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _entry(name: str) -> ZipInfo:
    # Windows takes two more characters for parts of a path.
    if not {"", ".", ".."}.isdisjoint(name.split("/")) or "\\" in name or ":" in name:
        raise ValueError(f"{name!r} is no path inside an archive")
    entry = ZipInfo(name)  # at no time: the first that an archive can hold
    # Else it tells which system it was made on.
    entry.create_system = _UNIX
    entry.external_attr = (S_IFREG | PRIVATE_FILE) << 16
    return entry
