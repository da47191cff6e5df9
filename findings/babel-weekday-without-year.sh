#!/usr/bin/env bash
# Guess: a skeleton with `EEEE` gives the weekday in full; where the locale has no such skeleton, the nearest pattern is
#     widened to the fields that were asked for, as CLDR says.
# What happens: the nearest pattern is used with the widths it happens to have. In Finnish the same `EEEE` gives the
#     whole word with a year and two letters without. (Babel's docs show a narrower number, not a shorter word.)
# Version: Babel 2.19.0.
# Matters: "Tuesday 1 December" in an invitation, in any language of which one does not read every date.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check babel==2.19.0

"$work/venv/bin/python" - <<'END'
import datetime

import babel
from babel.dates import format_skeleton

print("Babel", babel.__version__)
day = datetime.date(2026, 12, 3)
with_year, without = (format_skeleton(skeleton, day, locale="fi") for skeleton in ("yMMMMEEEEd", "MMMMEEEEd"))
print("fi, yMMMMEEEEd:", with_year)
print("fi, MMMMEEEEd: ", without)
assert with_year == "torstai 3. joulukuuta 2026"
assert without == "to 3. joulukuuta"

english = format_skeleton("MMMMEEEEd", day, locale="en")
print("en, MMMMEEEEd: ", english)
assert english == "Thu, December 3"
END
