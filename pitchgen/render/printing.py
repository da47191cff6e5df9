"""Printing: pages handed to renderers that are lent, here or elsewhere, as many at a time as there are."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Protocol

from pitchgen.render.press import Paper, Pdf, Press


class Printer(Protocol):
    """Prints pages, `width` of them at the same time."""

    width: int

    def submit(self, paper: Paper) -> Future[Pdf]:
        """Print a page some time."""

    def check(self) -> None:
        """Raises a `PitchgenError` when there is nobody left to print."""


class Presses:
    """Presses that belong to it, each lent to one thread at a time; one more starts when none is free.

    So many as are to start `early` save the starting time of their first pages.
    """

    def __init__(self, early: int = 0) -> None:
        self._lock = Lock()
        self._closed = False
        self._all = [Press() for _ in range(early)]
        self._free = list(self._all)

    def print(self, paper: Paper) -> Pdf:
        """Print one page, in any thread."""
        press = self._borrow()
        try:
            return press.print(paper)
        finally:
            with self._lock:
                self._free.append(press)

    def _borrow(self) -> Press:
        with self._lock:
            if self._free:
                return self._free.pop()
            press = Press()
            self._all.append(press)
            if self._closed:
                press.stop()
            return press

    def stop(self) -> None:
        """Print nothing any more; what is being printed is lost."""
        with self._lock:
            self._closed = True
            for press in self._all:
                press.stop()

    def close(self) -> None:
        """Print nothing any more, and tidy up; no thread may be printing."""
        self.stop()
        for press in self._all:
            press.close()


class LocalPrinter:
    """So many renderers of this machine, some of which start `early`; use it in a `with`.

    In the end none of them is left, and pages that were not printed are cancelled.
    """

    def __init__(self, width: int, early: int = 0) -> None:
        self.width = width
        self._presses = Presses(early)
        self._threads = ThreadPoolExecutor(width)

    def __enter__(self) -> LocalPrinter:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._presses.stop()
        self._threads.shutdown()
        self._presses.close()

    def submit(self, paper: Paper) -> Future[Pdf]:
        """Print a page as soon as a renderer is free."""
        return self._threads.submit(self._presses.print, paper)

    def check(self) -> None:
        """There is always somebody to print."""
