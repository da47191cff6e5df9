"""Presses: several of them, in as many threads, each started when it is needed and kept for the next page."""

from __future__ import annotations

from threading import Lock
from typing import Protocol

from pitchgen.render.press import Paper, Pdf, Press


class Prints(Protocol):
    """Prints a page while its caller waits: a press, or several."""

    def print(self, paper: Paper) -> Pdf:
        """Lay out one document; what is wrong with it, or with this machine, stands in its problems."""

    def close(self) -> None:
        """Print nothing any more, and tidy up."""


class Presses:
    """Presses that belong to it, each lent to one thread at a time; one more starts when none is free.

    So many as are to start `early` save the starting time of their first pages.
    """

    def __init__(self, early: int = 0) -> None:
        self._lock = Lock()
        self._closed = False
        self._all = [Press() for _ in range(early)]
        self._free = list(self._all)

    def warm(self) -> None:
        """Start one, unless one was started, so that the first page need not wait for that."""
        with self._lock:
            if not (self._all or self._closed):
                self._all.append(Press())
                self._free += self._all

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
