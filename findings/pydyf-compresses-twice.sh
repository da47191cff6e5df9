#!/usr/bin/env bash
# Guess: asking for a file identifier costs a digest of the file that is written anyway.
# What happens: pydyf makes every object's bytes a second time for the digest, and an object that is a compressed
#     stream compresses itself whenever its bytes are asked for, at level 9, keeping nothing. PDF/A must have an
#     identifier, so each of its streams is compressed twice: fonts, pages and the tags' objects.
# Version: pydyf 0.13.0, through WeasyPrint 70.0.
# Matters: whoever makes many archived PDFs; a letter's fonts are most of its bytes, so it is a good part of the time.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check weasyprint==70.0 pydyf==0.13.0

"$work/venv/bin/python" - <<'END'
import zlib

import pydyf
import weasyprint

print("pydyf", pydyf.__version__, "WeasyPrint", weasyprint.__version__)
real, levels = zlib.compressobj, []


def counted(level: int, *more: object) -> object:
    levels.append(level)
    return real(level, *more)


def compressions(identifier: bool) -> int:
    """How often something is compressed for one page."""
    levels.clear()
    page = '<html lang="en"><title>t</title><p>text</p>'
    weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=identifier)
    assert set(levels) == {9}
    return len(levels)


zlib.compressobj = counted
without, with_one = compressions(identifier=False), compressions(identifier=True)
print("compressions without an identifier:", without, "with one:", with_one)
# All but the table of references, which comes after the digest.
assert with_one == 2 * without - 1
END
