"""Shape: how a text is a table, by its beginning, and what all of its bytes tell."""

from __future__ import annotations

from codecs import getincrementaldecoder
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from pitchgen.load.delimited import UTF_16, decoded, delimiter_of, rows_of, told_delimiter
from pitchgen.load.faults import unreadable
from pitchgen.load.heading import HEAD, find_heading

if TYPE_CHECKING:
    from pathlib import Path

    from pitchgen.load.heading import Judge
    from pitchgen.load.sheet import Record
    from pitchgen.model.origin import Origin

HEAD_BYTES = 200_000
"""As much of a text as its beginning is."""
_CHUNK = 4_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text is a table; `encoding` is None where only the whole file tells it.

    Of the rows down to `last_row`, the headings among them, none holds data.
    """

    encoding: str | None
    delimiter: str
    skipped: int
    headings: tuple[str, ...]
    heading_row: int
    last_row: int
    # Whether its rows begin with lines, down to the last of those.
    is_plain: bool


def shape_of(head: bytes, judge: Judge, origin: Origin) -> Shape | None:
    """How a text is a table, by its beginning; None without the row told to hold its headings.

    Raises `Unreadable`.
    """
    encoding = "utf-16" if head.startswith(UTF_16) else None
    is_whole = len(head) < HEAD_BYTES
    cut = head if is_whole or encoding else head[: head.rfind(b"\n") + 1]
    text = decoded(cut, is_whole=is_whole)
    told = told_delimiter(text)
    delimiter, skipped = told or (delimiter_of(text, judge), 0)
    rows: list[Record] = []
    lines = StringIO(text[skipped:], newline="")
    skip = origin.skip or 0
    most = max(HEAD, origin.heading_row or 0) + skip
    rows.extend(islice(rows_of(lines, delimiter), most))
    if not rows:
        raise unreadable("empty-file", "has no rows", "export it again, with its headings")
    if origin.heading_row is None:
        at = find_heading([cells for _, cells in rows], judge)
    else:
        at = next((n for n, (number, _) in enumerate(rows) if number == origin.heading_row), -1)
        if at < 0:
            return None
    number, cells = rows[at]
    last = number + skip
    headings = list(cells)
    while headings and not headings[-1].strip():
        headings.pop()
    above = (cell for row, cells in rows if row <= last for cell in cells)
    is_plain = not told and not encoding and not any("\n" in cell for cell in above)
    return Shape(encoding, delimiter, skipped, tuple(headings), number, last, is_plain)


@dataclass(frozen=True, slots=True)
class Scan:
    """What all of a file's bytes tell: whether they are UTF-8, and how many lines they are."""

    is_utf_8: bool
    lines: int


def scanned(path: Path) -> Scan:
    """What a file's bytes tell, read once from end to end."""
    decoder, lines, last = getincrementaldecoder("utf-8")(), 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return Scan(is_utf_8=False, lines=0)
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return Scan(is_utf_8=True, lines=lines + (last != b"\n"))
