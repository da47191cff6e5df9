"""Printing: pages handed to renderers, here or elsewhere, as many at a time as there are."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from pitchgen.render.presses import Presses

if TYPE_CHECKING:
    from pitchgen.render.press import Paper, Pdf


class Printer(Protocol):
    """Prints pages, `width` of them at the same time."""

    width: int

    def submit(self, paper: Paper) -> Future[Pdf]:
        """Print a page some time."""

    def check(self) -> None:
        """Raises a `PitchgenError` when there is nobody left to print."""


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
        self.stop()
        self._threads.shutdown()
        self._presses.close()

    def stop(self) -> None:
        """Print nothing any more, in any thread; what is being printed is lost."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._presses.stop()

    def submit(self, paper: Paper) -> Future[Pdf]:
        """Print a page as soon as a renderer is free."""
        return self._threads.submit(self._presses.print, paper)

    def check(self) -> None:
        """There is always somebody to print."""
