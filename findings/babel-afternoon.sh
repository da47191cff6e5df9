#!/usr/bin/env bash
# Guess: `parse_time` reads what `format_time` wrote in the same locale and format, or raises its ParseError.
# What happens: the afternoon is told by the letters "pm" alone, whatever the locale calls it. Where a language has
#     another word for it, 13:05 comes back as 01:05 and nothing is raised. English and 24-hour languages are right.
# Version: Babel 2.19.0.
# Matters: a time that was shown to a person in their language and is read back from the form.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check babel==2.19.0

"$work/venv/bin/python" - <<'END'
import datetime

import babel
from babel.dates import format_time, parse_time

print("Babel", babel.__version__)
meant = datetime.time(13, 5)
read = {}
for locale in ("en_US", "fi", "ko", "zh_TW", "ar", "el", "es_MX"):
    written = format_time(meant, "short", locale=locale)
    read[locale] = parse_time(written, locale=locale, format="short")
    print(f"{locale:6} {written!r:18} is read as {read[locale]}")

assert read["en_US"] == read["fi"] == meant
for locale in ("ko", "zh_TW", "ar", "el", "es_MX"):
    assert read[locale] == datetime.time(1, 5), locale
END
