"""The cells of an Excel workbook as texts, refusing whatever a workbook can be abused for.

The parts of the file are unpacked and measured here, and calamine gets them packed anew: so nothing that it
reads is larger than what was measured, and no cell so far away that the room up to it fills the memory.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from pitchgen.load.faults import Unreadable, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_UNPACKED = 100_000_000
# A sheet has some fifty names of elements and attributes, and tags of a few hundred bytes. The parser keeps
# every name, and a tag as a whole.
MAX_NAMES, MAX_TAG = 10_000, 200_000

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
# Calamine passes over a cell that shows an error; as a text it says so.
_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(?:"e"|'e')""")
_CHUNK = 50_000
_ANEW = "open it in a spreadsheet and save it anew as .xlsx or .csv"


def read_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first visible sheet that has any, with their numbers. Raises `Unreadable`.

    Dates become texts like 2026-12-01, whole numbers have no decimals, a formula is its last result, and an
    error what it shows: `#REF!`.
    """
    if content.startswith(_OLD_EXCEL):
        raise _old_or_locked(content)
    try:
        parts = _unpacked(content)
        for part in parts.values():
            if b"sheetData" in part:
                _expect_room(part)
        sheet = _first_sheet(_packed(parts))
        return list(_rows(sheet)) if sheet else []
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
        if "xl/workbook.xml" not in (part.filename.lower() for part in parts):
            raise unreadable("wrong-file", "is not an Excel workbook", _ANEW)
        if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
            raise unreadable("wrong-file", "is not packed as Excel does", _ANEW)
        unpacked = {}
        for part in parts:
            with archive.open(part) as file:
                # With a length, no more is unpacked than the directory admits.
                unpacked[part.filename] = file.read(part.file_size)
        return unpacked


def _packed(parts: dict[str, bytes]) -> BytesIO:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, _ERROR_CELL.sub(rb'\1"str"', part))
    packed.seek(0)
    return packed


def _first_sheet(packed: BytesIO) -> CalamineSheet | None:
    workbook = load_workbook(packed)
    for n, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            found = workbook.get_sheet_by_index(n)
            if found.start is not None:
                return found
    return None


def _expect_room(part: bytes) -> None:
    """Refuse a sheet with a cell so far away that those up to it are more than a list can have."""
    rows = columns = row = column = 0
    names: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal rows, columns, row, column
        names.add(tag)
        names.update(attributes)
        if len(names) > MAX_NAMES:
            raise ValueError("more names than any program writes")
        name, place = tag.rpartition(":")[2], attributes.get("r")
        # Places are optional, and need not be in order: never less than any reader could make of them.
        if name == "row":
            row, column = max(row + 1, int(place or 0)), 0
        elif name == "c":
            at_row, at_column = _numbers(place) if place else (0, 0)
            row, column = max(row, at_row), max(column + 1, at_column)
        elif name in ("v", "is"):
            rows, columns = row, max(columns, column)

    def refuse(*_: object) -> None:
        raise ValueError("a DOCTYPE can make a part grow without end")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    for offset in range(0, len(part), _CHUNK):
        parser.Parse(part[offset : offset + _CHUNK])
        if offset - parser.CurrentByteIndex > MAX_TAG:
            raise ValueError("a tag longer than any program writes")
    parser.Parse(b"", True)
    if rows * columns > MAX_ROWS * MAX_COLUMNS:
        message = "has a sheet with something far below or far to the right of the rest"
        raise unreadable("too-large", message, "delete it, or copy the list to a new workbook")


def _numbers(place: str) -> tuple[int, int]:
    """`B7` as row 7 and column 2. Raises `ValueError`."""
    match = _PLACE.fullmatch(place)
    if not match:
        raise ValueError("no place in a sheet")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    assert sheet.start is not None
    # Rows come from the top of the sheet, but columns only from the first that holds anything.
    before = [""] * sheet.start[1]
    for number, cells in zip(count(1), sheet.iter_rows(), strict=False):
        yield number, before + [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)
