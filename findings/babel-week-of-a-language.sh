#!/usr/bin/env bash
# Guess: `fi` stands for `fi_FI` where only the country could make a difference; Babel knows the likely country of each
#     language, and formats dates and numbers alike for both.
# What happens: a language without a country takes the world's week, in which 1 January is always in week 1. Finland,
#     Sweden, Norway and Germany number weeks by ISO 8601, so the number is one too high all through such a year.
# Version: Babel 2.19.0.
# Matters: "your first day is in week 1" of a document in Finnish, in 2027 and every year that begins on Friday to Sunday.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check babel==2.19.0

"$work/venv/bin/python" - <<'END'
import datetime

import babel
from babel.dates import format_date

print("Babel", babel.__version__)
for day in (datetime.date(2027, 1, 1), datetime.date(2027, 6, 14)):
    iso = str(day.isocalendar().week)
    for language, country in (("fi", "FI"), ("sv", "SE"), ("nb", "NO"), ("de", "DE")):
        bare, full = (format_date(day, "w", locale=locale) for locale in (language, f"{language}_{country}"))
        print(f"{day}: ISO 8601 week {iso}, {language}_{country} says {full}, {language} says {bare}")
        assert full == iso
        assert int(bare) == int(iso) % 53 + 1
        shown = {format_date(day, "long", locale=locale) for locale in (language, f"{language}_{country}")}
        assert len(shown) == 1
END
