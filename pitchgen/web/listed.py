"""A list of newcomers as it was brought and mended."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING

from pitchgen.load.sheet import NO_RESULT

if TYPE_CHECKING:
    from pitchgen.load.table import Row, Table


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
