"""A bell: rung in any thread, and heard by all who listen, once however often it rang meanwhile."""

from __future__ import annotations

import asyncio
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class Bell:
    """Says that something changed, and never what: whoever hears it looks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._is_closed = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._waiting)

    def ring(self) -> None:
        """Let all who listen know."""
        with self._lock:
            # Who listens takes itself out before its loop ends.
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """Let all go home: nothing will ring any more."""
        self._is_closed = True
        self.ring()

    async def rings(self) -> AsyncGenerator[None]:
        """Once at first, and again after each time it rang, until it is closed."""
        event = asyncio.Event()
        own = asyncio.get_running_loop(), event
        with self._lock:
            self._waiting.add(own)
        try:
            while not self._is_closed:
                yield
                await event.wait()
                event.clear()
        finally:
            with self._lock:
                self._waiting.discard(own)
