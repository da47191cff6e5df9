"""Lists of newcomers that somebody brought: kept in memory, mended there, and gone with the page."""

from __future__ import annotations

from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.web import late
from pitchgen.web.held import Held
from pitchgen.web.listed import Listed

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.keep.reading import Reading
    from pitchgen.load.table import Table
    from pitchgen.web.making import Making
    from pitchgen.web.rows import Look

# So many lists are kept at once; which was not looked at for longest makes room.
MOST_LISTS = 20


class Lists:
    """The lists of one page, and what is being made of each, from any thread."""

    def __init__(self) -> None:
        self._all: Held[Listed] = Held(MOST_LISTS)
        self._makings: dict[str, Making] = {}
        self._lock = Lock()

    def all(self) -> tuple[Listed, ...]:
        """The lists, the one that was looked at last first."""
        return self._all.all()

    def bring(self, table: Table, content: bytes) -> Listed:
        """Take a list in, with the content of its file."""
        listed = Listed(token_urlsafe(9), table, content)
        for id in self._all.put(listed.id, listed):
            self.forget(id)
        return listed

    def get(self, id: str) -> Listed | None:
        """The list of that id, unless it made room for others."""
        return self._all.get(id)

    def change(self, listed: Listed) -> None:
        """Keep a list as it is now, unless it was forgotten meanwhile."""
        self._all.change(listed.id, listed)

    def look(self, listed: Listed, reading: Reading, today: date) -> Look:
        """What is wrong with a list, looked at once as long as neither it nor the files change."""
        of = (listed, reading.version, today)
        return self._all.once(listed.id, of, lambda: late.rows.look_at(reading, listed, today))

    def forget(self, id: str) -> None:
        """Forget a list; what is being made of it ends."""
        self._all.pop(id)
        with self._lock:
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
