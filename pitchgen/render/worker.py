"""The process behind `process.Renderer`: lays out what it is asked to until it is asked no more.

It is given the folder for its temporary files, which it removes when it ends by itself. A request is a line
of JSON on stdin; the answer is a line of JSON on stdout, then the PDF's bytes.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

from pitchgen.scratch import discard

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform != "win32":
    from resource import RLIMIT_AS, RUSAGE_SELF, getrlimit, getrusage, setrlimit

DOCUMENTS_A_COLLECTION = 10
# Kilobytes. A process that has grown so large makes room for a fresh one.
MOST_MEMORY = 600_000
# What Linux says of this process.
STATUS = Path("/proc/self/status")


def main() -> None:
    """Answer requests."""
    folder = Path(sys.argv[1])
    # Not what the system thinks best, which is another folder as soon as this one is full.
    tempfile.tempdir = str(folder)
    _lift_memory_limit()
    # What libraries print must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _serve(answers, folder)
    discard(folder)


def _serve(answers: BinaryIO, folder: Path) -> None:
    try:
        # Imported here, because it needs libraries of the system, and what is missing is an answer.
        from pitchgen.render.pdf import PdfRenderer  # noqa: PLC0415
    except (OSError, ImportError, MemoryError) as error:
        _answer(answers, {"failure": str(error) or type(error).__name__})
        return
    # What is imported now is never garbage, and collecting in the middle of a page only costs time.
    gc.freeze()
    gc.disable()
    _answer(answers, {})
    renderer = cache(PdfRenderer)
    for number, request in enumerate(_requests(folder), start=1):
        last = _memory() > MOST_MEMORY
        _limit_time(request["deadline"])
        try:
            files = tuple(map(Path, request["files"]))
            made = renderer(request["styles"], Path(request["root"]), files).render(request["html"])
        except Exception as error:
            # A page can trip the renderer in countless ways; none of them may cost the other pages.
            # What the error says may be what the page says, and that is for nobody else.
            said = {"failure": type(error).__name__, "errno": getattr(error, "errno", None)}
            _limit_time(0)
            _answer(answers, {**said, "last": last})
        else:
            content, pages, complaints = made
            header = {"size": len(content), "pages": pages, **asdict(complaints), "last": last}
            _limit_time(0)
            _answer(answers, header, content)
        if last:
            return
        if number % DOCUMENTS_A_COLLECTION == 0:
            gc.collect()


def _limit_time(seconds: float) -> None:
    """Have the system end this process when it has computed for so long, in whichever code; 0 for no limit.

    Waiting does not count. A system without such a clock leaves it to whoever waits for the answer.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _lift_memory_limit() -> None:
    """Who started this process may have been filling in a template, whose limits are not for it."""
    if sys.platform != "win32":
        _, most = getrlimit(RLIMIT_AS)
        setrlimit(RLIMIT_AS, (most, most))


def _requests(folder: Path) -> Iterator[dict[str, Any]]:
    """Requests as they come; once nobody can send any more, the process ends, even while it prints."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            lines.put(line)
        discard(folder)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield json.loads(lines.get())


def _memory() -> int:
    """The most memory that this process has had so far, in kilobytes; 0 where that is not known."""
    if STATUS.is_file():
        # The other figure counts what the process had that started this one.
        return int(STATUS.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0])
    if sys.platform == "win32":
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _answer(answers: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    answers.write(json.dumps(header).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    main()
