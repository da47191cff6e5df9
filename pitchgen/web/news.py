"""News: what changes on disk, told to every open page while there is one."""

from __future__ import annotations

from contextlib import aclosing, suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from pitchgen.changes.saves import CannotWatch, NoWatches, saves
from pitchgen.web.bell import Bell

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from pitchgen.keep.reading import Reading


class News:
    """The versions of a workspace's files as `reading` finds them; one watcher serves all who ask."""

    def __init__(self, root: Path, reading: Callable[[], Reading]) -> None:
        self._root = root.resolve()
        self._reading = reading
        self._files: tuple[str, ...] = ()
        self._bell = Bell()
        self._lock = Lock()
        self._readers = 0
        self._until = Event()
        self.watcher: Thread | None = None

    async def versions(self) -> AsyncGenerator[str]:
        """The version there is now, and each that follows; what changes at once is one."""
        self._join()
        try:
            last = ""
            async with aclosing(self._bell.rings()) as rings:
                async for _ in rings:
                    reading = await run_in_threadpool(self._reading)
                    self._files = tuple(path for path, _ in reading.marks)
                    if reading.version != last:
                        yield reading.version
                    last = reading.version
        finally:
            # A browser that goes away ends it here, and nowhere else.
            self._leave()

    def ring(self) -> None:
        """Let all who ask look for a version that they do not know."""
        self._bell.ring()

    def close(self) -> None:
        """Tell no more."""
        self._bell.close()

    def _join(self) -> None:
        with self._lock:
            self._readers += 1
            if self._readers == 1:
                self._until = Event()
                self.watcher = Thread(target=self._watch, args=[self._until], name="watcher")
                self.watcher.start()

    def _leave(self) -> None:
        with self._lock:
            self._readers -= 1
            if self._readers == 0:
                self._until.set()

    def _watch(self, until: Event) -> None:
        # Where it cannot be watched, or is gone, pages still say so when they are asked for.
        with suppress(CannotWatch, OSError):
            try:
                self._follow(until)
            except NoWatches:
                self._follow(until, poll=True)

    def _follow(self, until: Event, *, poll: bool = False) -> None:
        for _ in saves(self._root, lambda: map(self._root.joinpath, self._files), poll=poll, until=until):
            self.ring()
