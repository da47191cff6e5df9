"""Ctrl-C while a command runs: it stays an interrupt, whatever libraries make of it on its way up."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def heeded() -> Iterator[None]:
    """Raises `KeyboardInterrupt` in place of any other error that follows from one.

    Some code drops an exception that it did not expect, as in the middle of an import, and raises its own.
    """
    before = signal.getsignal(signal.SIGINT)
    # Ignored, or left to the system; and no thread but the first hears of signals.
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupted = threading.Event()

    def interrupt(*_: object) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except Exception:
        if interrupted.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)
