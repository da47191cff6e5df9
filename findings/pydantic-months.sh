#!/usr/bin/env bash
# Guess: a `timedelta` holds no months, so the duration "P6M" is refused, at least in strict mode.
# What happens: a month is 30 days and a year 365, silently and in strict mode too. What is written back as JSON is
#     "P180D": no longer six months, and up to four days short of them.
# Version: Pydantic 2.14.3.
# Matters: trial periods and notice periods, and deadlines that are computed from them.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check pydantic==2.14.3

"$work/venv/bin/python" - <<'END'
from datetime import date, timedelta

import pydantic
from pydantic import TypeAdapter

print("Pydantic", pydantic.VERSION)
durations = TypeAdapter(timedelta)
read = {text: durations.validate_json(f'"{text}"', strict=True) for text in ("P1M", "P6M", "P1Y")}
for text, duration in read.items():
    print(text, "is read as", duration.days, "days and written as", durations.dump_json(duration).decode())
assert [duration.days for duration in read.values()] == [30, 180, 365]
assert durations.dump_json(read["P6M"]) == b'"P180D"'

print("2026-03-01 and six months:", date(2026, 3, 1) + read["P6M"])
assert date(2026, 3, 1) + read["P6M"] == date(2026, 8, 28)
END
