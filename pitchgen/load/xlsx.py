"""The cells of an Excel workbook as the texts they show, refusing whatever a workbook can be abused for.

The parts of the file are unpacked and measured here, and calamine gets them packed anew: so nothing that it
reads is larger than what was measured.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime, time
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from python_calamine import CalamineSheet, load_workbook

from pitchgen.load.faults import Unreadable, unreadable
from pitchgen.load.look import MAX_COLUMNS, Look, Looker, read_index, zero_formats
from pitchgen.load.sheet import NO_RESULT, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pitchgen.load.sheet import Area, Record

MAX_UNPACKED = 100_000_000

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_INDEX, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
# Calamine passes over a cell that shows an error; as a text it says so.
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(?:"e"|'e')""")
_ANEW = "open it in a spreadsheet and save it anew as .xlsx or .csv"
# What some programs write for the result of a formula that is yet to be computed, as a number or a day.
_ZEROS = (0, time())


class Workbook:
    """An .xlsx file. Everything of it raises `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD_EXCEL):
            raise _old_or_locked(content)
        with _readable():
            self._parts = _unpacked(content)
            self._names = {name.lower(): name for name in self._parts}
            self._index = read_index(self._part(_INDEX), self._part(_RELATIONS))

    @property
    def names(self) -> list[str]:
        """The names of all sheets in their order."""
        return [sheet.name for sheet in self._index.sheets]

    @property
    def visible(self) -> list[str]:
        """The names of the sheets that are not hidden."""
        return [sheet.name for sheet in self._index.sheets if sheet.visible]

    def sheets(self, names: Collection[str]) -> Iterator[Sheet]:
        """The sheets of these names that hold anything, one after the other.

        Dates are texts like 2026-12-01, whole numbers have no decimals unless the cell shows zeros before
        them, a formula is its last result, and an error what it shows: `#REF!`.
        """
        recomputes = self._index.recomputes
        with _readable():
            formats = zero_formats(self._part(_STYLES)) if _STYLES in self._names else {}
            looker = Looker(formats, recomputes=recomputes)
            paths = {sheet.name: sheet.path for sheet in self._index.sheets if sheet.name in names}
            looks = {path: looker.look(self._part(path)) for path in dict.fromkeys(paths.values())}
            book = load_workbook(_packed(self._parts, {self._names[path.lower()] for path in looks}))
            for name, path in paths.items():
                yield _sheet(book.get_sheet_by_name(name), looks[path], recomputes=recomputes)

    def _part(self, name: str) -> bytes:
        return self._parts[self._names[name.lower()]]


@contextmanager
def _readable() -> Iterator[None]:
    """Make whatever reading a workbook raises `Unreadable`."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except BaseException as error:
        # Broken bytes can trip a decoder in countless ways; of one in Rust, a panic is no `Exception`.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise unreadable("damaged-file", "is damaged, or is not an Excel workbook", _ANEW) from None
        raise


def _old_or_locked(content: bytes) -> Unreadable:
    if _ENCRYPTED in content:
        hint = "open it in Excel, remove the password (File, Info) and save it as .xlsx or .csv"
        return unreadable("locked-file", "is protected by a password", hint)
    return unreadable("wrong-file", "is in the format of old Excel", "save it as .xlsx or .csv")


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook by name; what else is in it holds no cells."""
    with ZipFile(BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            message = f"holds more than {MAX_UNPACKED // 1_000_000} MB when unpacked"
            raise unreadable(
                "too-large", message, "delete the sheets that are no part of the list, or split it"
            )
        if _INDEX not in (part.filename.lower() for part in parts):
            raise unreadable("wrong-file", "is not an Excel workbook", _ANEW)
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise unreadable("wrong-file", "is not packed as Excel does", _ANEW)
        unpacked = {}
        for part in parts:
            with archive.open(part) as file:
                # With a length, no more is unpacked than the directory admits.
                unpacked[part.filename] = file.read(part.file_size)
        return unpacked


def _packed(parts: dict[str, bytes], measured: Collection[str]) -> BytesIO:
    """The parts as a workbook, of its sheets only those that were measured."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            if name in measured:
                archive.writestr(name, _ERROR_CELL.sub(rb'\1"str"', part))
            elif b"sheetData" not in part:
                archive.writestr(name, part)
    packed.seek(0)
    return packed


def _sheet(sheet: CalamineSheet, look: Look, *, recomputes: bool) -> Sheet:
    shown = (_shown(number, cells, look, recomputes=recomputes) for number, cells in _rows(sheet, look))
    return Sheet(
        sheet.name,
        _filled(shown, look.merged),
        frozenset(look.hidden_rows),
        frozenset(look.hidden_columns),
        tuple(area for area in look.merged if area.left < area.right),
    )


def _rows(sheet: CalamineSheet, look: Look) -> Iterator[tuple[int, list[object]]]:
    """The rows down to the last that has a value or a formula, with their numbers."""
    number = 0
    if sheet.start is not None:
        # Rows come from the top of the sheet, but columns only from the first that holds anything.
        before = [""] * sheet.start[1]
        with _readable():
            for number, cells in zip(count(1), sheet.iter_rows(), strict=False):
                yield number, [*before, *cells]
    for below in sorted(row for row in look.formulas if row > number):
        yield below, []


def _shown(number: int, cells: list[object], look: Look, *, recomputes: bool) -> Record:
    """A row as the texts that its cells show."""
    texts = [_text(cell) for cell in cells]
    for column, format in look.zeros.get(number, {}).items():
        cell = cells[column - 1] if column <= len(cells) else ""
        if isinstance(cell, float):
            texts[column - 1] = format.show(cell) or texts[column - 1]
    for column in look.formulas.get(number, ()):
        texts += [""] * (column - len(texts))
        if not texts[column - 1] or (recomputes and cells[column - 1] in _ZEROS):
            texts[column - 1] = NO_RESULT
    return number, texts


def _filled(rows: Iterable[Record], merged: Iterable[Area]) -> Iterator[Record]:
    """Those of the rows that hold anything; a cell that is merged with one above it says the same."""
    beginning: defaultdict[int, list[Area]] = defaultdict(list)
    for area in merged:
        if area.top < area.bottom and area.left <= MAX_COLUMNS:
            beginning[area.top].append(area)
    # Of the areas that reach down to this row: the last row, and what the first one says.
    reaching: dict[int, tuple[int, str]] = {}
    for number, texts in rows:
        if not any(map(str.strip, texts)):
            continue
        reaching = {column: above for column, above in reaching.items() if number <= above[0]}
        for column, (_, text) in reaching.items():
            texts.extend([""] * (column - len(texts)))
            texts[column - 1] = texts[column - 1] or text
        for area in beginning.get(number, ()):
            if area.left <= len(texts):
                reaching[area.left] = area.bottom, texts[area.left - 1]
        yield number, texts


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
