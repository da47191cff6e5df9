"""Held: things of one run by ids that say nothing of them, with what was made of each last."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Made = TypeVar("Made")


class Held(Generic[T]):
    """So many things at `most`, from any thread; which was not looked at for longest makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[str, T] = OrderedDict()
        self._made: dict[str, tuple[object, Any]] = {}
        self._lock = Lock()

    def put(self, id: str, thing: T) -> list[str]:
        """Hold something, in place of what had its id before; the ids of what made room."""
        with self._lock:
            self._things[id] = thing
            self._things.move_to_end(id)
            gone = [self._things.popitem(last=False)[0] for _ in range(len(self._things) - self._most)]
            for each in gone:
                self._made.pop(each, None)
        return gone

    def get(self, id: str) -> T | None:
        """What has that id, unless it made room for others."""
        with self._lock:
            if id in self._things:
                self._things.move_to_end(id)
            return self._things.get(id)

    def change(self, id: str, thing: T) -> None:
        """Put something in the place of what has that id, unless that is held no more."""
        with self._lock:
            if id in self._things:
                self._things[id] = thing

    def pop(self, id: str) -> None:
        """Hold it no more."""
        with self._lock:
            self._things.pop(id, None)
            self._made.pop(id, None)

    def all(self) -> tuple[T, ...]:
        """Everything, what was looked at last first."""
        with self._lock:
            return tuple(reversed(self._things.values()))

    def made(self, id: str) -> Any:
        """What was made last of what has that id; None for nothing."""
        with self._lock:
            return self._made.get(id, (None, None))[1]

    def once(self, id: str, of: object, make: Callable[[], Made]) -> Made:
        """What was made last of what has that id, made again when it is `of` something else."""
        known = self._made.get(id)
        if known is None or known[0] != of:
            known = of, make()
            with self._lock:
                if id in self._things:
                    self._made[id] = known
        made: Made = known[1]
        return made
