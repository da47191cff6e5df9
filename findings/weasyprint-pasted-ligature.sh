#!/usr/bin/env bash
# Guess: what one copies from a PDF, or searches in it, is the text of the page; a letter in one place has no effect on
#     the text of another.
# What happens: each glyph of a font stands for the text with which it came first. A "fi" that was pasted as the one
#     character U+FB01 looks like the ligature that the font makes of f and i, so "office" further down is text with
#     that character too, and a search for "office" fails. Likewise capitals that are set in small capitals come
#     out in lower case or upper, as they came first.
# Version: WeasyPrint 70.0, with Fira Sans.
# Matters: texts that were pasted from another PDF, which is how such characters come about.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0 fontpkg-fira-sans==4.203

"$work/venv/bin/python" - <<'END'
import io
from pathlib import Path

import fontpkg_fira_sans
import weasyprint
from pypdf import PdfReader

print("WeasyPrint", weasyprint.__version__)
font = next(Path(fontpkg_fira_sans.__file__).parent.rglob("FiraSans-Regular.ttf")).as_uri()
style = f"<style>@font-face {{ font-family: Fira; src: url({font}) }} body {{ font-family: Fira }}</style>"

def text(body: str) -> str:
    return PdfReader(io.BytesIO(weasyprint.HTML(string=style + body).write_pdf())).pages[0].extract_text()

alone = text("<p>Our office")
after = text("<p>Pro\ufb01t<p>Our office")
print("office alone:", ascii(alone), "- after a pasted ligature:", ascii(after))
assert alone == "Our office"
assert after.splitlines() == ["Pro\ufb01t", "Our of\ufb01ce"]

capitals = text('<p style="font-variant: all-small-caps">Aino Small')
print("all small capitals of 'Aino Small':", repr(capitals))
assert capitals == "Aino SmAll"
END
