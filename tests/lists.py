"""Lists of newcomers as other programs export them: real CSV and XLSX files, and what is read of them."""

from __future__ import annotations

import csv
import io
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from pitchgen.load.table import Table

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


def numbered(table: Table) -> list[tuple[int, list[str]]]:
    """The rows of a table, the headings first, with their numbers."""
    return [(row.number, list(row.cells)) for row in (table.heading, *table.rows)]


def one_in_little_memory(folder: Path, content: bytes) -> str:
    """The code of the one problem with a workbook, read by a process that never has 400 MB of memory."""
    (folder / "lista.xlsx").write_bytes(content)
    asked = (
        "from pathlib import Path; from pitchgen.load.table import read_table; "
        "print(*(problem.code for problem in read_table(Path('lista.xlsx')))); "
        # Not what getrusage tells, which begins with the memory of the process that this one was forked from.
        "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000)),
    )
    assert (done.returncode, done.stderr) == (0, "")
    code, kilobytes = done.stdout.split()
    assert int(kilobytes) < 400_000
    return code
