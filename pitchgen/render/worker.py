"""The process behind `press.Press`: renders what it is asked to until it is asked no more.

A request is a line of JSON on stdin; the answer is a line of JSON on stdout, then the PDF's bytes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

DOCUMENTS_A_COLLECTION = 10
# Kilobytes. A process that has grown so large makes room for a fresh one.
MOST_MEMORY = 600_000


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
    _answer(answers, {})
    renderer = cache(PdfRenderer)
    for number, request in enumerate(_requests(), start=1):
        last = _memory() > MOST_MEMORY
        try:
            files = tuple(map(Path, request["files"]))
            made = renderer(request["styles"], Path(request["root"]), files).render(request["html"])
        except Exception as error:
            # A page can trip the renderer in countless ways; none of them may cost the other pages.
            # What the error says may be what the page says, and that is for nobody else.
            _answer(answers, {"failure": type(error).__name__, "last": last})
        else:
            content, pages, complaints = made
            header = {"size": len(content), "pages": pages, "complaints": complaints, "last": last}
            _answer(answers, header, content)
        if last:
            return
        if number % DOCUMENTS_A_COLLECTION == 0:
            gc.collect()


def _requests() -> Iterator[dict[str, Any]]:
    """Requests as they come; once nobody can send any more, the process ends, even while it prints."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            lines.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield json.loads(lines.get())


def _memory() -> int:
    """The most memory that this process has had so far, in kilobytes; 0 where that is not known."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _answer(answers: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    answers.write(json.dumps(header).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    main()
