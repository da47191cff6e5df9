"""Lists of newcomers that somebody brought: kept in memory, mended there, and gone with the page."""

from __future__ import annotations

import csv
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from io import StringIO
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.load.sheet import NO_RESULT
from pitchgen.web.rows import Look, look_at

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.keep.reading import Reading
    from pitchgen.load.table import Row, Table
    from pitchgen.web.making import Making

# So many lists are kept at once; which was not looked at for longest makes room.
MOST_LISTS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was brought and mended, by an id that says nothing of it; rows left `out` do not count."""

    id: str
    table: Table
    out: frozenset[int] = frozenset()

    @property
    def counted(self) -> Table:
        """The list without the rows that are left out."""
        return replace(self.table, rows=tuple(row for row in self.table.rows if row.number not in self.out))

    def row(self, number: int) -> Row | None:
        """The row with that number, be it the one of the headings."""
        rows = (self.table.heading, *self.table.rows)
        return next((row for row in rows if row.number == number), None)

    def mended(self, number: int, column: int, text: str) -> Listed:
        """The same with another text in a cell; one that is not there changes nothing."""

        def changed(row: Row) -> Row:
            if row.number != number or not 0 < column <= len(row.cells):
                return row
            return replace(row, cells=(*row.cells[: column - 1], text, *row.cells[column:]))

        table = self.table
        problems = tuple(each for each in table.problems if (each.line, each.column) != (number, column))
        rows = tuple(map(changed, table.rows))
        return replace(
            self, table=replace(table, heading=changed(table.heading), rows=rows, problems=problems)
        )

    def left_out(self, number: int) -> Listed:
        """The same without a row."""
        return replace(self, out=self.out | {number})

    def taken_back(self, number: int) -> Listed:
        """The same with a row again that was left out."""
        return replace(self, out=self.out - {number})

    def csv(self) -> bytes:
        """What counts of it as a file for spreadsheets, in which each row has the number that it has here."""
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        rows = {row.number: row.cells for row in (self.table.heading, *self.counted.rows)}
        for number in range(1, max(rows) + 1):
            writer.writerow("" if cell == NO_RESULT else cell for cell in rows.get(number, ()))
        return text.getvalue().encode("utf-8-sig")


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
