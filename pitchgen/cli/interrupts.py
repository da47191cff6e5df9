"""Ctrl-C while a command runs: it stays an interrupt, whatever libraries make of it on its way up."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds after which an interrupt that was dropped comes again, when the place that drops them is left.
_AGAIN = 0.05


@contextmanager
def heeded() -> Iterator[None]:
    """Raises `KeyboardInterrupt` in place of another error that follows from one, and where one was dropped.

    Some code drops an exception that it did not expect, as in the middle of an import, and raises its own;
    and Python itself drops those that are raised while an object is being finalized.
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

    def dropped(what: sys.UnraisableHookArgs) -> None:
        if what.exc_type is KeyboardInterrupt:
            again = threading.Timer(_AGAIN, _thread.interrupt_main)
            again.daemon = True
            again.start()
        else:
            hook(what)

    hook = sys.unraisablehook
    sys.unraisablehook = dropped
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except Exception:
        if interrupted.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = hook
