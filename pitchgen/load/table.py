"""A list that another program exported, CSV or XLSX, as rows of texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from pitchgen.load.content import read_content
from pitchgen.load.delimited import SAVE_AS, read_delimited
from pitchgen.load.faults import Mark, Unreadable, unreadable
from pitchgen.load.heading import HEAD, Judge, find_heading, know_nothing
from pitchgen.load.look import MAX_COLUMNS, MAX_ROWS
from pitchgen.load.sheet import NO_RESULT, Sheet, cell_name
from pitchgen.load.xlsx import Workbook
from pitchgen.plain import quoted, some, spans
from pitchgen.problems import Problem, Severity, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set
    from pathlib import Path

    from pitchgen.load.sheet import Area, Record

MAX_BYTES = 20_000_000
# What can be told of a list, where a person types it.
OPTIONS = COLUMNS, SHEET, HEADING_ROW = "--columns", "--sheet", "--heading-row"
UNCOMPUTED = "holds a formula whose result is not in the file"
COMPUTE = "open the file in a spreadsheet program, which computes it, and save it"

_WORKBOOK = ".xlsx"
_TEXTS = (".csv", ".txt", ".tsv")
# Lists as well, which their program saves as one of these.
_OTHERS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
# How a workbook writes a control character; one that was written twice so is there to be read.
_ESCAPE = re.compile("_x00([01][0-9A-Fa-f])_")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as texts, and its number as a spreadsheet shows it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list: its path as it was typed, the row of its headings, and those below that hold anything.

    The heading has no empty cells at its end, every other row at least as many cells as the heading. A row
    of a CSV is counted as a spreadsheet does, also when a cell of it has several lines. `problems` are about
    what the list looks like; a cell whose formula has no result says `NO_RESULT`. Of `hidden_rows`, which are
    left out, there are the numbers. It stands on `sheet`, one of the `sheets` of a workbook; `head` are the
    first rows that hold anything, among which the headings are.
    """

    path: str
    heading: Row
    rows: tuple[Row, ...]
    hidden_columns: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    head: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Where in its file the list is, if that was told: the name of the sheet, the number of the heading.

    With `hidden`, the rows that a filter hides are taken as all others.
    """

    sheet: str | None = None
    heading_row: int | None = None
    hidden: bool = False


ANYWHERE = Asked()


def is_table(path: Path) -> bool:
    """Whether a file of this name is a list, be it one that can be read only when it is saved anew."""
    return path.suffix.lower() in (_WORKBOOK, *_TEXTS, *_OTHERS)


def read_table(path: Path, judge: Judge = know_nothing, asked: Asked = ANYWHERE) -> Table | list[Problem]:
    """Read a .csv, .txt, .tsv or .xlsx file; or what is wrong with it, without a word of what it holds.

    `judge` knows headings when it sees them.
    """
    try:
        content = read_content(path, MAX_BYTES)
    except Unreadable as error:
        return [fault.problem(str(path)) for fault in error.faults]
    return table_of(str(path), content, judge, asked)


def table_of(
    name: str, content: bytes, judge: Judge = know_nothing, asked: Asked = ANYWHERE
) -> Table | list[Problem]:
    """As `read_table`, of a file with that name and content that stands nowhere."""
    try:
        return _Reading(name, content, judge, asked).read()
    except Unreadable as error:
        return [fault.problem(name) for fault in error.faults]
    except _NotThere as error:
        return [error.problem]


def sheet_names(content: bytes) -> tuple[str, ...]:
    """The sheets of a workbook in their order, also if it has no list; none of what is no workbook."""
    try:
        return tuple(Workbook(content).names)
    except Unreadable:
        return ()


class _NotThere(Exception):
    """What was told of the list is not so."""

    def __init__(self, option: str, message: str, hint: str) -> None:
        self.problem = Problem("invalid-value", message, option, hint=hint)
        super().__init__(message)


class _Reading:
    """One list while it is read; all its methods raise `Unreadable` and `_NotThere`."""

    def __init__(self, path: str, content: bytes, judge: Judge, asked: Asked) -> None:
        self.path = path
        self.content = content
        self.judge = judge
        self.asked = asked
        self.problems: list[Problem] = []

    def read(self) -> Table:
        content, suffix = self.content, PurePath(self.path).suffix.lower()
        if len(content) > MAX_BYTES:
            hint = "delete the columns and sheets that are no part of it, or split it"
            raise unreadable("too-large", f"is larger than {MAX_BYTES // 1_000_000} MB", hint)
        if suffix == _WORKBOOK:
            workbook = Workbook(content)
            return replace(self._table(self._sheet(workbook)), sheets=tuple(workbook.names))
        if suffix not in _TEXTS:
            raise unreadable("wrong-file", "is neither .xlsx nor .csv", SAVE_AS)
        if self.asked.sheet is not None:
            raise _NotThere(SHEET, f"a {suffix} file has no sheets", f"leave out {SHEET}, or name a workbook")
        return self._table(Sheet("", read_delimited(content, self.judge)))

    def _sheet(self, workbook: Workbook) -> Sheet:
        """The sheet that was asked for, or the first that looks like a list, or the first with rows."""
        if self.asked.sheet is not None:
            return next(workbook.sheets([_named(self.asked.sheet, workbook.names)]))
        first = found = None
        others: list[str] = []
        for sheet in workbook.sheets(workbook.visible):
            head = list(islice(sheet.rows, HEAD))
            if not head:
                continue
            whole = replace(sheet, rows=chain(head, sheet.rows))
            first = first or whole
            if self._is_list(head):
                others += [quoted(sheet.name)] if found else []
                found = found or whole
        if found and found is not first:
            self._add(Severity.NOTE, "other-sheet", f"the list is the sheet {quoted(found.name)}", 0, 0, "")
        if others:
            are = "sheet {} has" if len(others) == 1 else "sheets {} have"
            message = f"the {are.format(some(others))} people too, and nobody of them is taken"
            hint = f"take each sheet as a list of its own: {SHEET} NAME; or put all of them on one sheet"
            self._add(Severity.WARNING, "other-sheet", message, 0, 0, hint)
        return found or first or Sheet("", iter(()))

    def _is_list(self, head: Sequence[Record]) -> bool:
        at = self._heading_at(head)
        return at is not None and at + 1 < len(head) and self.judge(head[at][1]).complete

    def _heading_at(self, rows: Sequence[Record]) -> int | None:
        """The index of the row with the headings; None if what was asked for is no row."""
        if self.asked.heading_row is None:
            return find_heading([cells for _, cells in rows[:HEAD]], self.judge)
        return next((n for n, (number, _) in enumerate(rows) if number == self.asked.heading_row), None)

    def _table(self, sheet: Sheet) -> Table:
        rows, hidden = self._rows(sheet)
        at = self._heading_at(rows)
        if at is None:
            message = f"row {self.asked.heading_row} of the list holds nothing"
            hint = f"the first row that does is {rows[0][0]}" if rows else "the whole list is empty"
            raise _NotThere(HEADING_ROW, message, hint)
        heading = self._heading(*rows[at]) if rows else Row(1, ())
        below = [Row(n, (*cells, *[""] * (len(heading.cells) - len(cells)))) for n, cells in rows[at + 1 :]]
        if len(below) > MAX_ROWS:
            raise _too_many_rows()
        left_out = tuple(number for number in hidden if number > heading.number)
        self._tell_hidden(left_out)
        self._tell_merged(sheet.merged, {row.number for row in (heading, *below)})
        return Table(
            self.path,
            heading,
            tuple(below),
            sheet.hidden_columns,
            tuple(self.problems),
            left_out,
            sheet.name,
            head=tuple(Row(number, tuple(cells)) for number, cells in rows[:HEAD]),
        )

    def _rows(self, sheet: Sheet) -> tuple[list[Record], list[int]]:
        """The rows that one sees, and the numbers of those that are hidden."""
        rows: list[Record] = []
        hidden: list[int] = []
        # Above the headings there can be more.
        most = MAX_ROWS + 1 + max(HEAD, self.asked.heading_row or 0)
        for number, cells in sheet.rows:
            is_hidden = number in sheet.hidden_rows and not self.asked.hidden
            if is_hidden and number != self.asked.heading_row:
                hidden.append(number)
            elif len(rows) == most:
                raise _too_many_rows()
            else:
                rows.append((number, [_unescaped(cell) for cell in cells]))
        return rows, hidden

    def _heading(self, number: int, cells: list[str]) -> Row:
        while not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) > MAX_COLUMNS:
            hint = "delete the columns that are not needed"
            raise unreadable("too-large", f"has more than {MAX_COLUMNS} columns", hint, Mark(number, 1))
        for column, cell in enumerate(cells, start=1):
            if cell == NO_RESULT:
                message = f"the heading in {cell_name(number, column)} {UNCOMPUTED}"
                self._add(Severity.ERROR, "invalid-value", message, number, column, COMPUTE)
        return Row(number, tuple("" if cell == NO_RESULT else cell for cell in cells))

    def _tell_hidden(self, numbers: Sequence[int]) -> None:
        if not numbers:
            return
        named = some(spans(numbers))
        message = f"{len(numbers):,} rows are hidden, and left out: {named}"
        if len(numbers) == 1:
            message = f"row {named} is hidden, and left out"
        hint = "to welcome who is there too, clear the filter or show the rows, and save the workbook"
        self._add(Severity.WARNING, "hidden-rows", message, numbers[0], 1, hint)

    def _tell_merged(self, merged: Iterable[Area], rows: Set[int]) -> None:
        areas = sorted((area for area in merged if area.top in rows), key=lambda each: each.top)
        if areas:
            named = some([area.name for area in areas])
            message = f"cells are merged over several columns, and count for the first of them: {named}"
            hint = "split them, and write in each cell what belongs there"
            self._add(Severity.WARNING, "merged-cells", message, areas[0].top, areas[0].left, hint)

    def _add(self, severity: Severity, code: str, message: str, line: int, column: int, hint: str) -> None:
        self.problems.append(Problem(code, message, self.path, line, column, hint=hint, severity=severity))


def _named(name: str, names: Sequence[str]) -> str:
    """The name of the sheet that was asked for. Raises `_NotThere`."""
    alike = [each for each in names if each.strip().casefold() == name.strip().casefold()]
    if name not in names and len(alike) != 1:
        known = [quoted(each) for each in names]
        hint = suggestion(name, names) or f"it has {some(known)}"
        raise _NotThere(SHEET, f"the workbook has no sheet {quoted(name)}", hint)
    return name if name in names else alike[0]


def too_many_cells(path: str, row: int, width: int) -> Problem:
    """That a row of a list has cells beyond those that have headings, of which there are `width`."""
    message = f"this row has more cells than the {width} headings"
    hint = "give each column a heading; in a CSV, put a cell with its delimiter in quotation marks"
    return Problem("too-many-cells", message, path, row, width + 1, hint=hint)


def _too_many_rows() -> Unreadable:
    return unreadable("too-large", f"has more than {MAX_ROWS:,} rows", "split the list")


def _unescaped(cell: str) -> str:
    if "_x00" not in cell:
        return cell
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cell).replace("\r\n", "\n").replace("\r", "\n")
