#!/usr/bin/env bash
# Guess: "20261201", which ISO 8601 calls the basic format and Python reads as 1 December 2026, is read so or refused,
#     at the latest in strict mode.
# What happens: a `datetime` field takes the eight figures for seconds since 1970, and gives 23 August 1970. Strict mode
#     does the same to JSON, though its value is a string. (That a string of figures is Unix time is in Pydantic's
#     docs; that it goes before a valid date, and survives `strict=True`, is what surprises.)
# Version: Pydantic 2.14.3.
# Matters: dates from payroll systems, bank files and calendars, which mostly come in this form.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check pydantic==2.14.3

"$work/venv/bin/python" - <<'END'
from datetime import datetime

import pydantic
from pydantic import TypeAdapter

print("Pydantic", pydantic.VERSION)
python = datetime.fromisoformat("20261201")
lax = TypeAdapter(datetime).validate_python("20261201")
strict = TypeAdapter(datetime).validate_json('"20261201"', strict=True)
print("datetime.fromisoformat:", python)
print("Pydantic:              ", lax)
print("Pydantic, strict, JSON:", strict)
assert python == datetime(2026, 12, 1)
assert lax == strict and lax.replace(tzinfo=None) == datetime(1970, 8, 23, 12, 6, 41)
END
