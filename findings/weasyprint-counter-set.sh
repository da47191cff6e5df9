#!/usr/bin/env bash
# Guess: `counter-set: list-item 24` on an item makes its number 24. CSS Lists 3 says that an element's counters are
#     first incremented and then set, so that this is how one starts or continues a list at a number.
# What happens: WeasyPrint sets first and increments then. The item is number 25, and so with any counter.
# Version: WeasyPrint 70.0.
# Matters: numbered clauses and agendas that go on after a break: right in the browser, one too high in the PDF.
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

def words(html: str) -> list[str]:
    return PdfReader(io.BytesIO(weasyprint.HTML(string=html).write_pdf())).pages[0].extract_text().split()

items = words('<ol><li style="counter-set: list-item 24">clause<li>clause</ol>')
print("items of the list:", items)
assert "25." in items and "26." in items and "24." not in items

style = "<style>p { counter-increment: part } p::before { content: 'part ' counter(part) ' ' }</style>"
parts = words(f'{style}<p>a<p style="counter-set: part 24">b<p>c')
print("a counter of one's own:", parts)
assert parts == ["part", "1", "a", "part", "25", "b", "part", "26", "c"]
END
