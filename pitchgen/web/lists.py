"""Lists of newcomers that somebody brought: kept in memory, mended there, and gone with the page."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.web.listed import Listed
from pitchgen.web.rows import Look, look_at

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.keep.reading import Reading
    from pitchgen.load.table import Table
    from pitchgen.web.making import Making

# So many lists are kept at once; which was not looked at for longest makes room.
MOST_LISTS = 20


@dataclass
class Lists:
    """The lists of one page, and what is being made of each, from any thread."""

    _all: OrderedDict[str, Listed] = field(default_factory=OrderedDict)
    _makings: dict[str, Making] = field(default_factory=dict)
    _looks: dict[str, tuple[object, Look]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def all(self) -> tuple[Listed, ...]:
        """The lists, the one that was looked at last first."""
        with self._lock:
            return tuple(reversed(self._all.values()))

    def bring(self, table: Table) -> Listed:
        """Take a list in."""
        listed = Listed(token_urlsafe(9), table)
        with self._lock:
            self._all[listed.id] = listed
            gone = [self._all.popitem(last=False)[0] for _ in range(len(self._all) - MOST_LISTS)]
        for id in gone:
            self.forget(id)
        return listed

    def get(self, id: str) -> Listed | None:
        """The list of that id, unless it made room for others."""
        with self._lock:
            if id in self._all:
                self._all.move_to_end(id)
            return self._all.get(id)

    def change(self, listed: Listed) -> None:
        """Keep a list as it is now, unless it was forgotten meanwhile."""
        with self._lock:
            if listed.id in self._all:
                self._all[listed.id] = listed

    def look(self, listed: Listed, reading: Reading, today: date) -> Look:
        """What is wrong with a list, looked at once as long as neither it nor the files change."""
        of, (known, look) = (reading.version, today), self._looks.get(listed.id, (None, None))
        if look is None or known != of or look.listed is not listed:
            look = look_at(reading, listed, today)
            self._looks[listed.id] = of, look
        return look

    def forget(self, id: str) -> None:
        """Forget a list; what is being made of it ends."""
        with self._lock:
            self._all.pop(id, None)
            self._looks.pop(id, None)
            making = self._makings.pop(id, None)
        if making:
            making.close()

    def making(self, id: str) -> Making | None:
        """What is, or was last, made of a list."""
        return self._makings.get(id)

    def make(self, id: str, making: Making) -> Making:
        """Begin to make something of a list, unless that goes on already; what goes on."""
        with self._lock:
            before = self._makings.get(id)
            if before and before.is_running:
                return before
            self._makings[id] = making
        if before:
            before.close()
        making.start()
        return making

    def close(self) -> None:
        """End whatever is being made."""
        for making in tuple(self._makings.values()):
            making.close()
