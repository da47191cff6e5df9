"""A list of newcomers as it was brought and mended."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import TYPE_CHECKING

from pitchgen.load.sheet import NO_RESULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.load.table import Row, Table


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was brought and mended, by an id that says nothing of it.

    Its table stands somewhere in the `content` of its file. `texts` were changed in it, by the name of the
    sheet, the row and the column; of the rows `left`, by the name of the sheet, none counts.
    """

    id: str
    table: Table
    content: bytes
    texts: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    left: frozenset[tuple[str, int]] = frozenset()

    @property
    def out(self) -> frozenset[int]:
        """The rows that are left out."""
        return frozenset(number for sheet, number in self.left if sheet == self.table.sheet)

    @property
    def counted(self) -> Table:
        """The list without the rows that are left out."""
        out = self.out
        return replace(self.table, rows=tuple(row for row in self.table.rows if row.number not in out))

    def row(self, number: int) -> Row | None:
        """The row with that number, be it the one of the headings."""
        rows = (self.table.heading, *self.table.rows)
        return next((row for row in rows if row.number == number), None)

    def mended(self, number: int, column: int, text: str) -> Listed:
        """The same with another text in a cell; one that is not there changes nothing."""
        row = self.row(number)
        if row is None or not 0 < column <= len(row.cells):
            return self
        cells = (*row.cells[: column - 1], text, *row.cells[column:])

        def changed(each: Row) -> Row:
            return replace(each, cells=cells) if each.number == number else each

        table = self.table
        problems = tuple(each for each in table.problems if (each.line, each.column) != (number, column))
        rows = tuple(map(changed, table.rows))
        return replace(
            self,
            table=replace(table, heading=changed(table.heading), rows=rows, problems=problems),
            texts={**self.texts, (table.sheet, number, column): text},
        )

    def moved(self, table: Table) -> Listed:
        """The same at another place of its file, with what was changed there before."""
        moved = replace(self, table=table)
        for (sheet, number, column), text in self.texts.items():
            if sheet == table.sheet:
                moved = moved.mended(number, column, text)
        return moved

    def left_out(self, number: int) -> Listed:
        """The same without a row."""
        return replace(self, left=self.left | {(self.table.sheet, number)})

    def taken_back(self, number: int) -> Listed:
        """The same with a row again that was left out."""
        return replace(self, left=self.left - {(self.table.sheet, number)})

    def csv(self) -> bytes:
        """What counts of it as a file for spreadsheets, in which each row has the number that it has here."""
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        rows = {row.number: row.cells for row in (self.table.heading, *self.counted.rows)}
        for number in range(1, max(rows) + 1):
            writer.writerow("" if cell == NO_RESULT else cell for cell in rows.get(number, ()))
        return text.getvalue().encode("utf-8-sig")
