"""Data: what an export holds, as a relation that the engine can ask, with the row of each cell.

Texts are never sniffed by the engine, which loses rows and headings silently: the encoding, the delimiter and
the row of the headings are found here. Most are copied row by row, which tells of each what a spreadsheet
shows as its number. A large one is read by the engine where it stands, as long as nothing is wrong with it.
"""

from __future__ import annotations

import csv
from codecs import getincrementaldecoder
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from pitchgen.load.delimited import SAVE_AS, delimiter_of, rows_of, told_delimiter
from pitchgen.load.faults import Unreadable, unreadable
from pitchgen.load.heading import HEAD, find_heading
from pitchgen.load.sheet import NO_RESULT
from pitchgen.load.table import COMPUTE, OPTIONS, UNCOMPUTED, Asked, Table, read_table
from pitchgen.measure.cells import literal, name
from pitchgen.measure.exports import PARQUET, WORKBOOK
from pitchgen.measure.refusal import MOST_PLACES, Refused
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

LARGE = 5_000_000
"""Bytes from which on a text is read where it stands."""
_HEAD_BYTES, _CHUNK = 200_000, 4_000_000
_MOST_NAMED = 5
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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

    def open(self, export: Export, engine: Callable[[], Engine]) -> Data:
        """What an export holds. Raises `Refused`, `CannotWrite`."""
        with _refusing(export.path):
            if export.suffix == PARQUET:
                return self._parquet(export, engine())
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
            head = file.read(_HEAD_BYTES)
        if self.origin.sheet is not None:
            message = f"{export.path} has no sheets"
            raise Refused([(self.at / "sheet").error("invalid-value", message, "leave out `sheet`")])
        shape = _shape(head, self.judge, self.origin)
        if shape is None:
            message = f"row {self.origin.heading_row} of {export.path} holds nothing"
            hint = "count the rows as a spreadsheet does, from 1"
            raise Refused([(self.at / "heading_row").error("invalid-value", message, hint)])
        if not self.exactly and export.state[0] >= LARGE and shape.is_plain:
            scan = _scanned(export.file)
            if scan.is_utf_8:
                return self._where_it_stands(export, shape, scan)
        encoding = shape.encoding or ("utf-8-sig" if _scanned(export.file).is_utf_8 else "cp1252")

        def relate(numbers: Sequence[int]) -> Relation:
            with _refusing(export.path), export.file.open(encoding=encoding, newline="") as text:
                text.read(shape.skipped)
                rows = (row for row in rows_of(text, shape.delimiter) if row[0] > shape.last_row)
                return self._copied(export.path, numbers, len(shape.headings), rows)

        return Data(export.path, shape.headings, shape.heading_row, relate)

    def _where_it_stands(self, export: Export, shape: _Shape, scan: _Scan) -> Data:
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
                        problems.append(_too_many(path, number, width))
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


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a text is a table; `encoding` is None where only the whole file tells it.

    Of the rows down to `last_row`, the headings among them, none holds data.
    """

    encoding: str | None
    delimiter: str
    skipped: int
    headings: tuple[str, ...]
    heading_row: int
    last_row: int
    # Whether its rows begin with lines, down to the last of those.
    is_plain: bool


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


def _shape(head: bytes, judge: Judge, origin: Origin) -> _Shape | None:
    """How a text is a table, by its beginning; None without the row told to hold its headings.

    Raises `Unreadable`.
    """
    encoding = "utf-16" if head.startswith(_UTF_16) else None
    cut = head if len(head) < _HEAD_BYTES or encoding else head[: head.rfind(b"\n") + 1]
    text = _decoded(cut, encoding)
    told = told_delimiter(text)
    delimiter, skipped = told or (delimiter_of(text, judge), 0)
    rows: list[Record] = []
    lines = StringIO(text[skipped:], newline="")
    skip = origin.skip or 0
    most = max(HEAD, origin.heading_row or 0) + skip
    rows.extend(islice(rows_of(lines, delimiter), most))
    if not rows:
        raise unreadable("empty-file", "has no rows", "export it again, with its headings")
    if origin.heading_row is None:
        at = find_heading([cells for _, cells in rows], judge)
    else:
        at = next((n for n, (number, _) in enumerate(rows) if number == origin.heading_row), -1)
        if at < 0:
            return None
    number, cells = rows[at]
    last = number + skip
    headings = list(cells)
    while headings and not headings[-1].strip():
        headings.pop()
    above = (cell for row, cells in rows if row <= last for cell in cells)
    is_plain = not told and not encoding and not any("\n" in cell for cell in above)
    return _Shape(encoding, delimiter, skipped, tuple(headings), number, last, is_plain)


def _decoded(head: bytes, encoding: str | None) -> str:
    for each in [encoding] if encoding else ["utf-8-sig", "cp1252"]:
        try:
            text = head.decode(each, errors="strict" if each != "utf-16" else "ignore")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable("encoding", "is not text", f"{SAVE_AS} ('CSV UTF-8')")


@dataclass(frozen=True, slots=True)
class _Scan:
    """What all of a file's bytes tell: whether they are UTF-8, and how many lines they are."""

    is_utf_8: bool
    lines: int


def _scanned(path: Path) -> _Scan:
    decoder, lines, last = getincrementaldecoder("utf-8")(), 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return _Scan(is_utf_8=False, lines=0)
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return _Scan(is_utf_8=True, lines=lines + (last != b"\n"))


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


def _too_many(path: str, number: int, width: int) -> Problem:
    message = f"this row has more cells than the {width} headings"
    hint = "give each column a heading; in a CSV, put a cell with its delimiter in quotation marks"
    return Problem("too-many-cells", message, path, number, width + 1, hint=hint)


def _uncomputed(path: str, rows: Iterable[Record]) -> Iterator[Problem]:
    for number, cells in rows:
        for column, cell in enumerate(cells, start=1):
            if cell == NO_RESULT:
                yield Problem("invalid-value", f"the cell {UNCOMPUTED}", path, number, column, hint=COMPUTE)
