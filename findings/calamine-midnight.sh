#!/usr/bin/env bash
# Guess: a column of cells that share one date-and-time format comes back as one type, `datetime`.
# What happens: the cells whose time is exactly midnight come back as `date`, whatever their format shows. Python refuses
#     to compare the two, so `max`, `sorted` and `<` raise TypeError, on the day when somebody answers at midnight.
# Version: python-calamine 0.9.1 (openpyxl 3.1.5 writes the file, and reads every cell as `datetime`).
# Matters: time stamps in exports of surveys and forms; also `isinstance(cell, datetime)`, which drops those rows.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5

"$work/venv/bin/python" - <<'END'
import io
from datetime import date, datetime
from importlib.metadata import version

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

print("python-calamine", version("python-calamine"), "and openpyxl", version("openpyxl"))
stamps = [datetime(2026, 12, 1, 0, 1), datetime(2026, 12, 1), datetime(2026, 12, 2, 9, 30)]
book, file = Workbook(), io.BytesIO()
for stamp in stamps:
    book.active.append([stamp])
print("format of the cells:", {row[0].number_format for row in book.active.rows})
book.save(file)

assert [row[0] for row in load_workbook(file).active.values] == stamps
file.seek(0)
cells = [row[0] for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()]
print("calamine:", cells)
assert [type(cell) for cell in cells] == [datetime, date, datetime]
try:
    max(cells)
except TypeError as error:
    print("max of the column:", error)
else:
    raise SystemExit("the column can be compared")
END
