#!/usr/bin/env bash
# Guess: two accessible letters that are put into one file stay accessible, or the file no longer says that it is.
# What happens: `PdfWriter(clone_from=first)` and `append(second)` keep the first file's claim of PDF/UA-1, its language
#     and its mark as tagged, and drop every tag of the second. For those who read by the tags its page is empty, in a
#     file that says it conforms.
# Version: pypdf 7.1.0 (letters by WeasyPrint 70.0).
# Matters: letters that are joined for the printer or as one attachment, where the law asks for accessible documents.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0

"$work/venv/bin/python" - <<'END'
import io
from importlib.metadata import version

from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

print("pypdf", version("pypdf"), "and WeasyPrint", version("weasyprint"))

def letter(name: str) -> io.BytesIO:
    page = f'<!doctype html><html lang="en"><title>Letter</title><h1>Welcome {name}</h1>'
    return io.BytesIO(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))

def tagged(reader: PdfReader) -> list[bool]:
    return ["/StructParents" in page for page in reader.pages]

second = PdfReader(letter("Otto"))
assert tagged(second) == [True]

writer, file = PdfWriter(clone_from=letter("Aino")), io.BytesIO()
writer.append(second)
writer.write(file)
joined = PdfReader(file)
root = joined.trailer["/Root"]
claims = 'pdfuaid:part="1"' in root["/Metadata"].get_data().decode()
print("says it is PDF/UA-1:", claims, "and tagged:", root["/MarkInfo"]["/Marked"])
print("language:", root["/Lang"], "- pages that have tags:", tagged(joined))
parts = root["/StructTreeRoot"]["/ParentTree"]["/Nums"][::2]
print("pages of which the tree of tags knows:", len(parts))
assert claims and root["/MarkInfo"]["/Marked"]
assert tagged(joined) == [True, False]
assert len(parts) == 1
END
