#!/usr/bin/env bash
# Guess: a tagged PDF carries over the `lang` of a paragraph or a word, which WeasyPrint knows: it breaks words by
#     it.
# What happens: the language of the whole document is the only one in the file. A tag for a passage in another language
#     has none, also in a file that is written as PDF/UA-1.
# Version: WeasyPrint 70.0.
# Matters: a Swedish quotation in a Finnish letter is read aloud as Finnish (WCAG 3.1.2, "language of parts").
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check weasyprint==70.0

"$work/venv/bin/python" - <<'END'
import re

import weasyprint

print("WeasyPrint", weasyprint.__version__)
page = """<!doctype html><html lang="fi"><title>Kirje</title>
<p>Hän sanoi: <q lang="sv">hej då</q></p><p lang="sv">Välkommen till oss</p>"""
pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
languages = re.findall(rb"/Lang\s*[^/>]*", pdf)
print("tags:", len(re.findall(rb"/Type /StructElem", pdf)), "- languages in the file:", languages)
assert [language.strip() for language in languages] == [b"/Lang (fi)"]
END
