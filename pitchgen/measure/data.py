"""Data: what an export holds, as a relation that the engine can ask, with the row of each cell.

Texts are never sniffed by the engine, which loses rows and headings silently: the encoding, the delimiter and
the row of the headings are found here. Most are copied row by row, which tells of each what a spreadsheet
shows as its number. A large one is read by the engine where it stands, as long as nothing is wrong with it.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pitchgen.load.delimited import SAVE_AS, rows_of
from pitchgen.load.faults import Unreadable
from pitchgen.load.sheet import NO_RESULT
from pitchgen.load.table import COMPUTE, OPTIONS, UNCOMPUTED, Asked, Table, read_table, too_many_cells
from pitchgen.measure.cells import literal, name
from pitchgen.measure.exports import PARQUET, WORKBOOK
from pitchgen.measure.refusal import MOST_PLACES, Refused
from pitchgen.measure.shape import HEAD_BYTES, Scan, Shape, scanned, shape_of
from pitchgen.plain import spans
from pitchgen.problems import CannotWrite, Problem, Severity, errors, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pitchgen.load.heading import Judge
    from pitchgen.load.place import Place
    from pitchgen.load.sheet import Record
    from pitchgen.measure.engine import Engine
    from pitchgen.measure.exports import Export
    from pitchgen.model.origin import Origin

LARGE = 100_000
"""Bytes from which on a text is read where it stands."""
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation: its name as SQL, and whether its cells are texts as somebody typed them."""

    sql: str
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class Data:
    """One export: its headings, the row of the file they stand in, and how to get at what is below them.

    `relate` makes a relation with the columns of these numbers, from 0, of which `row`, if anything, is the
    SQL of a row's number in the file. `hidden` are rows that were left out because a filter hides them.
    """

    path: str
    headings: tuple[str, ...]
    heading_row: int
    relate: Callable[[Sequence[int]], Relation]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows as SQL, the columns by number, and the SQL of a row's number in its file, None where unknown."""

    sql: str
    columns: dict[int, Column]
    row: str | None
    # How many rows the file has, where that was counted.
    rows: int | None = None
    # Whether numbers and days are stored as such.
    has_types: bool = False


@dataclass(slots=True)
class Reader:
    """Opens exports for one metric; `folder` takes the copies."""

    folder: Path
    origin: Origin
    at: Place
    judge: Judge
    # Whether every row must be known by its number.
    exactly: bool = False
    _copies: int = field(default=0)

    def open(self, export: Export, engine: Engine) -> Data:
        """What an export holds. Raises `Refused`, `CannotWrite`."""
        with _refusing(export.path):
            if export.suffix == PARQUET:
                return self._parquet(export, engine)
            return self._workbook(export) if export.suffix == WORKBOOK else self._text(export)

    def _parquet(self, export: Export, engine: Engine) -> Data:
        relation = _parquet_of(export)
        try:
            described = engine.types(relation)
        except engine.error:
            raise Refused([_damaged(export)]) from None
        types = described[:-1]

        def relate(numbers: Sequence[int]) -> Relation:
            columns = {n: Column(name(types[n][0]), types[n][1] == "VARCHAR") for n in numbers}
            return Relation(relation, columns, "file_row_number + 1", has_types=True)

        return Data(export.path, tuple(each for each, _ in types), 1, relate)

    def _workbook(self, export: Export) -> Data:
        row = self.origin.heading_row
        takes_hidden = self.origin.hidden == "count"
        asked = Asked(self.origin.sheet, row, takes_hidden)
        table = read_table(export.file, self.judge, asked)
        if not isinstance(table, Table):
            raise Refused(self._placed(export, table))
        problems = self._placed(export, errors(table.problems))
        hidden = next((each for each in table.problems if each.code == "hidden-rows"), None)
        if hidden and self.origin.hidden is None:
            hint = (
                "write `hidden: count` or `hidden: leave out` under `from`; or clear the filter, and save it"
            )
            named = spans(table.hidden_rows)
            more = " and more" if len(named) > _MOST_NAMED else ""
            message = f"rows are hidden by a filter: {', '.join(named[:_MOST_NAMED])}{more}"
            problems.append(Problem(hidden.code, message, export.path, hidden.line, 1, hint=hint))
        if any(each.code == "other-sheet" and each.severity is Severity.WARNING for each in table.problems):
            message = "has several sheets with such columns"
            problems.append(
                Problem("other-sheet", message, export.path, hint="say which: `sheet:` under `from`")
            )
        last = table.heading.number + (self.origin.skip or 0)
        cells = [(each.number, list(each.cells)) for each in table.rows if each.number > last]
        problems += _uncomputed(export.path, cells)
        if problems:
            raise Refused(problems)
        return Data(
            export.path,
            table.heading.cells,
            table.heading.number,
            lambda numbers: self._copied(export.path, numbers, len(table.heading.cells), cells),
            sum(number > last for number in table.hidden_rows),
        )

    def _placed(self, export: Export, problems: Iterable[Problem]) -> list[Problem]:
        """What is wrong with a list, as of an export; with what was told of it, in metrics.yaml."""
        placed = []
        for each in problems:
            if each.path in OPTIONS:
                key = each.path.strip("-").replace("-", "_")
                placed.append(
                    (self.at / key).error(each.code, each.message, each.hint.replace("--sheet", "`sheet`"))
                )
            else:
                path = export.path if each.path == str(export.file) else each.path
                placed.append(Problem(each.code, each.message, path, each.line, each.column, hint=each.hint))
        return placed

    def _text(self, export: Export) -> Data:
        with export.file.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if self.origin.sheet is not None:
            message = f"{export.path} has no sheets"
            raise Refused([(self.at / "sheet").error("invalid-value", message, "leave out `sheet`")])
        shape = shape_of(head, self.judge, self.origin)
        if shape is None:
            message = f"row {self.origin.heading_row} of {export.path} holds nothing"
            hint = "count the rows as a spreadsheet does, from 1"
            raise Refused([(self.at / "heading_row").error("invalid-value", message, hint)])
        if not self.exactly and export.size >= LARGE and shape.is_plain:
            scan = scanned(export.file)
            if scan.is_utf_8:
                return self._where_it_stands(export, shape, scan)
        encoding = shape.encoding or ("utf-8-sig" if scanned(export.file).is_utf_8 else "cp1252")

        def relate(numbers: Sequence[int]) -> Relation:
            with _refusing(export.path), export.file.open(encoding=encoding, newline="") as text:
                text.read(shape.skipped)
                rows = (row for row in rows_of(text, shape.delimiter) if row[0] > shape.last_row)
                return self._copied(export.path, numbers, len(shape.headings), rows)

        return Data(export.path, shape.headings, shape.heading_row, relate)

    def _where_it_stands(self, export: Export, shape: Shape, scan: Scan) -> Data:
        names = [f"c{n}" for n in range(len(shape.headings))]
        types = ", ".join(f"{literal(each)}: 'VARCHAR'" for each in names)
        relation = (
            f"read_csv({literal(str(export.file))}, auto_detect = false, all_varchar = true, header = false, "
            f"skip = {shape.last_row}, delim = {literal(shape.delimiter)}, quote = '\"', escape = '\"', "
            f"comment = '', strict_mode = true, null_padding = false, nullstr = '', columns = {{{types}}})"
        )

        def relate(numbers: Sequence[int]) -> Relation:
            return Relation(
                relation, {n: Column(names[n]) for n in numbers}, None, scan.lines - shape.last_row
            )

        return Data(export.path, shape.headings, shape.heading_row, relate)

    def _copied(self, path: str, numbers: Sequence[int], width: int, rows: Iterable[Record]) -> Relation:
        """The rows in a file that nothing of what people do to a list makes hard to read."""
        self._copies += 1
        copy = self.folder / f"{self.at.loc[1]}-{self._copies}.csv"
        problems: list[Problem] = []
        wanted = list(numbers)
        try:
            # What is read exactly may be copied for the second time.
            with copy.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
                for number, cells in rows:
                    if any(map(str.strip, cells[width:])) and len(problems) < MOST_PLACES:
                        problems.append(too_many_cells(path, number, width))
                    # The engine takes one kind of line end only, in cells too.
                    kept = (cells[n].replace("\r", "\n") if n < len(cells) else "" for n in wanted)
                    writer.writerow([number, *kept])
        except OSError as error:
            raise CannotWrite(copy, error) from None
        if problems:
            raise Refused(problems)
        names = ["row", *(f"c{n}" for n in wanted)]
        types = ", ".join(
            f"{literal(each)}: {literal('BIGINT' if each == 'row' else 'VARCHAR')}" for each in names
        )
        sql = (
            f"read_csv({literal(str(copy))}, auto_detect = false, header = false, delim = ',', quote = '\"', "
            f"escape = '\"', comment = '', nullstr = '', columns = {{{types}}})"
        )
        return Relation(sql, {n: Column(f"c{n}") for n in wanted}, '"row"')


@contextmanager
def _refusing(path: str) -> Iterator[None]:
    """What cannot be read of an export, wherever in it that is, as `Refused`."""
    try:
        yield
    except Unreadable as error:
        raise Refused(fault.problem(path) for fault in error.faults) from None
    except UnicodeError:
        hint = f"{SAVE_AS} ('CSV UTF-8')"
        raise Refused([Problem("encoding", "is not text", path, hint=hint)]) from None
    except OSError as error:
        raise Refused([Problem("unreadable", f"cannot be read: {reason(error)}", path)]) from None


def damaged(exports: Iterable[Export], engine: Engine) -> Iterator[Problem]:
    """The exports in Parquet that the engine cannot read to their end."""
    for export in exports:
        if export.suffix == PARQUET:
            try:
                # To count them, only what is above the values is read.
                engine.ask(f"SELECT max(hash(COLUMNS(*))) FROM {_parquet_of(export)}")
            except engine.error:
                yield _damaged(export)


def _parquet_of(export: Export) -> str:
    return f"read_parquet({literal(str(export.file))}, file_row_number = true)"


def _damaged(export: Export) -> Problem:
    return Problem("damaged-file", "is damaged, or no Parquet file", export.path, hint="export it again")


def _uncomputed(path: str, rows: Iterable[Record]) -> Iterator[Problem]:
    for number, cells in rows:
        for column, cell in enumerate(cells, start=1):
            if cell == NO_RESULT:
                yield Problem("invalid-value", f"the cell {UNCOMPUTED}", path, number, column, hint=COMPUTE)
