#!/usr/bin/env bash
# Guess: a sentence that begins with a date, "24. December is ...", is printed with that date. At worst it becomes a list
#     that begins with 24, since CommonMark, the sanitiser and HTML all keep the number.
# What happens: each of the three does, and the print says "1.". WeasyPrint takes `start` for a matter of looks, and
#     ignores it unless it is called with `presentational_hints=True`. The day of the month is then in no part of the PDF.
# Version: markdown-it-py 4.3.0, nh3 0.3.8, WeasyPrint 70.0.
# Matters: languages that write days as ordinals (German, Finnish, Norwegian, Danish and others): the letter names
#     another day than its author.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check markdown-it-py==4.3.0 nh3==0.3.8 weasyprint==70.0 pypdf==7.1.0

"$work/venv/bin/python" - <<'END'
import io
from importlib.metadata import version

import nh3
from markdown_it import MarkdownIt
from pypdf import PdfReader
from weasyprint import HTML

print(", ".join(f"{name} {version(name)}" for name in ("markdown-it-py", "nh3", "weasyprint")))
html = nh3.clean(MarkdownIt("commonmark").render("24. Dezember: das Büro ist geschlossen."))
print(html)
assert '<ol start="24">' in html

def printed(**options: bool) -> str:
    pdf = HTML(string=html).write_pdf(pdf_tags=True, **options)
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()

print("printed:", repr(printed()))
print("with presentational_hints:", repr(printed(presentational_hints=True)))
assert "1." in printed() and "24" not in printed()
assert "24." in printed(presentational_hints=True)
END
