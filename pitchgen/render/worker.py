"""The process behind `press.Press`: renders what it is asked to until it is asked no more.

A request is a line of JSON on stdin; the answer is a line of JSON on stdout, then the PDF's bytes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

DOCUMENTS_A_COLLECTION = 10


def main() -> None:
    """Answer requests."""
    # What libraries print must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        from pitchgen.render.pdf import PdfRenderer
    except OSError as error:
        _answer(answers, {"missing": str(error)})
        return
    # What is imported now is never garbage, and collecting in the middle of a page only costs time.
    gc.freeze()
    gc.disable()
    renderer = cache(PdfRenderer)
    for number, line in enumerate(sys.stdin.buffer, start=1):
        request = json.loads(line)
        try:
            made = renderer(request["styles"], Path(request["root"])).render(request["html"])
        except Exception as error:
            # A page can trip the renderer in countless ways; none of them may cost the other pages.
            _answer(answers, {"failure": traceback.format_exception_only(error)[-1].strip()})
        else:
            content, pages, complaints = made
            _answer(answers, {"size": len(content), "pages": pages, "complaints": complaints}, content)
        if number % DOCUMENTS_A_COLLECTION == 0:
            gc.collect()


def _answer(answers: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    answers.write(json.dumps(header).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    main()
