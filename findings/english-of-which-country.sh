#!/usr/bin/env bash
# Guess: `en` without a country means the same English throughout a document (CLDR: that of the United States).
# What happens: Babel writes American dates for `en`, and WeasyPrint, through Pyphen, breaks words by British rules,
#     because Pyphen takes the country that comes first in the alphabet. "process" has no break in the American
#     dictionary, and is printed as "pro-cess" under `<html lang="en">`.
# Version: Babel 2.19.0, WeasyPrint 70.0 with Pyphen 0.18.1.
# Matters: every document whose one language tag goes both to `format_date` and to the `lang` attribute.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check babel==2.19.0 weasyprint==70.0 pyphen==0.18.1 pypdf==7.1.0

"$work/venv/bin/python" - <<'END'
import datetime
import io
from importlib.metadata import version

from babel.dates import format_date
from pypdf import PdfReader
from weasyprint import HTML

print(", ".join(f"{name} {version(name)}" for name in ("babel", "weasyprint", "pyphen")))
dates, breaks = {}, {}
for tag in ("en", "en-US", "en-GB"):
    dates[tag] = format_date(datetime.date(2026, 12, 24), "short", locale=tag.replace("-", "_"))
    page = f'<html lang="{tag}"><p style="width: 1em; hyphens: auto">process'
    breaks[tag] = PdfReader(io.BytesIO(HTML(string=page).write_pdf())).pages[0].extract_text().split()
    print(f"{tag:6} {dates[tag]:12} {breaks[tag]}")

assert dates["en"] == dates["en-US"] != dates["en-GB"]
assert breaks["en"] == breaks["en-GB"] == ["pro\N{HYPHEN}", "cess"]
assert breaks["en-US"] == ["process"]
END
