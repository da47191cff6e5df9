"""A list that another program exported, CSV or XLSX, as rows of texts."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from pitchgen.load.content import read_content
from pitchgen.load.faults import Mark, Unreadable, unreadable
from pitchgen.load.xlsx import MAX_COLUMNS, MAX_ROWS, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pitchgen.problems import Problem

MAX_BYTES = 20_000_000

_WORKBOOK = ".xlsx"
_TEXTS = (".csv", ".txt", ".tsv")
_DELIMITERS = ";,\t"
_SAVE_AS = "open it in a spreadsheet and save it as .xlsx or .csv"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A first line with which Excel is told the delimiter; it is no row.
_SEP = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as texts, and its number as a spreadsheet shows it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its path as it was typed, the first row that holds anything, and those below that do.

    The heading has no empty cells at its end, every other row at least as many cells as the heading. A row
    of a CSV is counted as a spreadsheet does, also when a cell of it has several lines.
    """

    path: str
    heading: Row
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table | list[Problem]:
    """Read a .csv, .txt, .tsv or .xlsx file; or what is wrong with it, without a word of what it holds."""
    shown = str(path)
    suffix = path.suffix.lower()
    try:
        content = read_content(path, MAX_BYTES)
        if len(content) > MAX_BYTES:
            hint = "delete the columns and sheets that are no part of it, or split it"
            raise unreadable("too-large", f"is larger than {MAX_BYTES // 1_000_000} MB", hint)
        if suffix == _WORKBOOK:
            return _table(shown, read_workbook(content))
        if suffix in _TEXTS:
            return _table(shown, _records(_decode(content)))
        raise unreadable("wrong-file", "is neither .xlsx nor .csv", _SAVE_AS)
    except Unreadable as error:
        return [fault.problem(shown) for fault in error.faults]


def _table(path: str, records: Iterable[tuple[int, list[str]]]) -> Table:
    heading: Row | None = None
    rows: list[Row] = []
    for number, cells in records:
        if not any(map(str.strip, cells)):
            continue
        if heading is None:
            heading = _heading(number, cells)
            continue
        if len(rows) == MAX_ROWS:
            raise unreadable("too-large", f"has more than {MAX_ROWS:,} rows", "split the list")
        missing = len(heading.cells) - len(cells)
        rows.append(Row(number, (*cells, *[""] * missing)))
    return Table(path, heading or Row(1, ()), tuple(rows))


def _heading(number: int, cells: list[str]) -> Row:
    while not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        hint = "delete the columns that are not needed"
        raise unreadable("too-large", f"has more than {MAX_COLUMNS} columns", hint, Mark(number, 1))
    return Row(number, tuple(cells))


def _decode(content: bytes) -> str:
    """UTF-8, UTF-16 if it says so, else what Windows wrote before there was UTF-8. Raises `Unreadable`."""
    encodings = ["utf-16"] if content.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable("encoding", "is not text", f"{_SAVE_AS} ('CSV UTF-8')")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with their numbers. Raises `Unreadable`."""
    if told := _SEP.match(text):
        text, delimiter = text[told.end() :], told[1]
    else:
        delimiter = max(_DELIMITERS, key=lambda each: _width(text, each))
    number = 0
    try:
        for number, cells in enumerate(_reader(text, delimiter), start=1):
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


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _width(text: str, delimiter: str) -> int:
    """How many cells the first row that holds anything has with this delimiter."""
    try:
        return next((len(cells) for cells in _reader(text, delimiter) if any(map(str.strip, cells))), 0)
    except csv.Error:
        return 0
