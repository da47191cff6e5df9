"""Limits of time and memory for work that may not end by itself, such as filling in a template."""

from __future__ import annotations

import faulthandler
import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

MEMORY = 250_000_000
# Seconds from one alarm to the next, and from the first to the end of a process that answers none.
AGAIN, GRACE = 1.0, 5.0
STDERR = 2
# Begins with the pages of memory that this process has; other systems than Linux have no such file.
PAGES = Path("/proc/self/statm")


class OutOfTime(Exception):
    """The work took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"takes longer than {seconds:g} s")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `OutOfTime` when it takes longer, `MemoryError` when it grows by `MEMORY`.

    Work stuck inside one C function, where nothing can be raised, ends the process after `GRACE`, with its
    stack on stderr. Off the main thread and without POSIX signals there are no limits.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return work()
    running = True

    def stop(*_: object) -> None:
        if running:
            raise OutOfTime(seconds)

    left, interval = signal.getitimer(signal.ITIMER_REAL)
    began = monotonic()
    before = signal.signal(signal.SIGALRM, stop)
    release = _limit_memory()
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=STDERR)
    # Not a context manager: an alarm between its body and its __exit__ would leave everything armed.
    try:
        # More than one alarm, because in some places Python and Jinja drop an exception.
        signal.setitimer(signal.ITIMER_REAL, min(seconds, left or seconds), AGAIN)
        return work()
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        release()
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (monotonic() - began), 0.001), interval)


def _limit_memory() -> Callable[[], None]:
    """Let this process grow by `MEMORY` and no more; returns what takes the limit off again."""
    if not PAGES.is_file():
        return lambda: None
    import resource

    limit = resource.RLIMIT_AS
    soft, hard = resource.getrlimit(limit)
    pages = int(PAGES.read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(limit, (most if soft == resource.RLIM_INFINITY else min(soft, most), hard))
    return partial(resource.setrlimit, limit, (soft, hard))
