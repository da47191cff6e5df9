"""A list as text with delimiters: its encoding, the delimiter, and its rows."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from pitchgen.load.faults import Mark, Unreadable, unreadable
from pitchgen.load.heading import HEAD, Judge, Likeness, find_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.load.sheet import Record

SAVE_AS = "open it in a spreadsheet and save it as .xlsx or .csv"

_DELIMITERS = ";,\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A first line with which Excel is told the delimiter; it is no row.
_SEP = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)


def read_delimited(content: bytes, judge: Judge) -> Iterator[Record]:
    """The rows that hold anything, with their numbers. Raises `Unreadable`."""
    text = decoded(content)
    if told := _SEP.match(text):
        return rows_of(StringIO(text[told.end() :], newline=""), told[1])
    return rows_of(StringIO(text, newline=""), delimiter_of(text, judge))


def delimiter_of(text: str, judge: Judge) -> str:
    """What stands between the cells of a text, by its first rows."""
    return max(_DELIMITERS, key=lambda each: _fit(text, each, judge))


def told_delimiter(text: str) -> tuple[str, int] | None:
    """The delimiter that a text tells in its first line, and how many characters that line has."""
    told = _SEP.match(text)
    return (told[1], told.end()) if told else None


def decoded(content: bytes, *, is_whole: bool = True) -> str:
    """UTF-8, UTF-16 if it says so, else what Windows wrote before there was UTF-8. Raises `Unreadable`.

    Of UTF-16 that is not whole, half a character at its end is let go.
    """
    for encoding in ["utf-16"] if content.startswith(UTF_16) else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding, "ignore" if encoding == "utf-16" and not is_whole else "strict")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable("encoding", "is not text", f"{SAVE_AS} ('CSV UTF-8')")


def _fit(text: str, delimiter: str, judge: Judge) -> tuple[Likeness, int, int]:
    """How well a delimiter fits: by the headings it gives, then by the rows that are as wide as those.

    A heading can hold more of another delimiter than there are columns, but seldom does every row.
    """
    rows: list[list[str]] = []
    # What is wrong with a row is said when it is read with the delimiter that fits best.
    with suppress(Unreadable):
        rows.extend(cells for _, cells in islice(rows_of(StringIO(text, newline=""), delimiter), HEAD))
    if not rows:
        return judge([]), 0, 0
    heading = rows[find_heading(rows, judge)]
    width = len(heading)
    alike = sum(len(cells) == width for cells in rows) if width > 1 else 0
    return judge(heading), alike, width


def rows_of(text: Iterable[str], delimiter: str) -> Iterator[Record]:
    """The rows of a text's lines that hold anything, with their numbers. Raises `Unreadable`."""
    number = 0
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as error:
        raise _not_a_row(error, number + 1) from None


def _not_a_row(error: csv.Error, number: int) -> Unreadable:
    mark = Mark(number, 1)
    # The one limit is the whole process's, and nothing but these words tells the errors apart.
    if str(error).startswith("field larger than"):
        most = f"{csv.field_size_limit():,} characters"
        message = f"this row has a cell of more than {most}, or a quotation mark that is not closed"
        return unreadable("too-large", message, "shorten the cell, or close the quotation mark", mark)
    message = "a quotation mark in this row is not closed, or has text behind it"
    hint = "put the whole cell in quotation marks, and write each one inside it twice; or save it as .xlsx"
    return unreadable("not-a-table", message, hint, mark)
