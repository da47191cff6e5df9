#!/usr/bin/env bash
# Guess: a tagged PDF has one Link for each `<a>` and one annotation on a line, whatever stands inside.
# What happens: WeasyPrint makes an annotation for each box inside the link. With two `<span>` and the space between
#     them, one Link has three annotations; and with generated content, as the page number that `a::after` shows
#     in a table of contents, there are two Links in the structure: the entry is announced and tabbed to twice.
# Version: WeasyPrint 70.0.
# Matters: contents with page numbers and links with icons in PDF/UA; checkers pass both, people who listen do not.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0

"$work/venv/bin/python" - <<'END'
import io

import weasyprint
from pypdf import PdfReader

print("WeasyPrint", weasyprint.__version__)


def links(inside: str, style: str = "") -> tuple[int, int]:
    """How many Link elements and how many annotations one `<a>` becomes."""
    html = f'<html lang="en"><title>t</title><style>{style}</style><p><a href="#x">{inside}</a><h1 id="x">x</h1>'
    reader = PdfReader(io.BytesIO(weasyprint.HTML(string=html).write_pdf(pdf_tags=True)))

    def count(element) -> int:
        element = element.get_object()
        if isinstance(element, list):
            return sum(map(count, element))
        if not isinstance(element, dict):
            return 0
        return (element.get("/S") == "/Link") + (count(element["/K"]) if "/K" in element else 0)

    return count(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]), len(reader.pages[0]["/Annots"])


text = links("chapter 1")
parts = links("<span>chapter</span> <span>1</span>")
number = links("chapter", 'a::after { content: " " target-counter(attr(href), page) }')
print("text:", text, "two spans:", parts, "generated number:", number)
assert text == (1, 1)
assert parts == (1, 3)
assert number == (2, 2)
END
