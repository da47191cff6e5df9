"""Lists of newcomers as other programs export them: real CSV and XLSX files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def csv_of(rows: Iterable[Sequence[str]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """Rows as a CSV with the line ends of Windows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Iterable[Sequence[object]], change: Callable[[Workbook], object] | None = None) -> bytes:
    """Rows in the first sheet of a workbook, which may be changed before it is saved."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    if change:
        change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_part(workbook: bytes, name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts replaced, or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        # Hundreds of megabytes of nothing are soon packed.
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        names = dict.fromkeys([*old.namelist(), name])
        for each in names:
            if each != name:
                new.writestr(each, old.read(each))
            else:
                new.writestr(each, part if isinstance(part, bytes) else part(old.read(each)))
    return changed.getvalue()


def with_cell(workbook: bytes, cell: str) -> bytes:
    """A workbook whose first sheet has one cell more, in a last row, written as XML."""
    last = f"<row>{cell}</row></sheetData>".encode()
    return with_part(workbook, SHEET, lambda part: re.sub(b"</sheetData>", lambda _: last, part))
