"""A sheet of a workbook, or a CSV: its rows, and what else one sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A row's number and the texts of its cells.
Record = tuple[int, list[str]]
# The text of a cell with a formula whose result is not in the file.
NO_RESULT = "=?"


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows and columns count from 1, and the last ones belong to them."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """`A3:A5`."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold anything, with their numbers, to be read once; and how the sheet looks.

    Rows and columns count from 1. Where cells are merged, those below the first say what it says; of
    `merged`, each area has several columns.
    """

    name: str
    rows: Iterator[Record]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: `B7`."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
