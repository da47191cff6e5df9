"""Rows: what the cells of all exports of a metric mean, in one view, with why a row does not count.

The view `data` has the columns that the kind needs or may have, by their names; `file` and `row`; `part`,
whether a row belongs to what a ratio counts; and `why`, NULL for a row that counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.measure.cells import Mark, Reading, is_ambiguous, is_fault, is_one_of, proves, typed
from pitchgen.measure.kinds import COLUMNS, Holds
from pitchgen.measure.refusal import MOST_PLACES, Refused
from pitchgen.plain import quoted
from pitchgen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.load.place import Place
    from pitchgen.measure.data import Data, Relation
    from pitchgen.measure.engine import Engine
    from pitchgen.measure.headings import Search
    from pitchgen.model.origin import Origin

OTHER, TOLD, WRONG, BLANK = "other", "told", "wrong", "blank"
_SAMPLE = 2_000

_NOT = {
    Holds.NUMBER: ("is no number", "write only digits, as 1234.50 or 1 234,50"),
    Holds.DAY: ("is no day", "write 2026-12-01 or 1.12.2026"),
    Holds.MOMENT: ("is no day or time", "write 2026-12-01 14:30 or 1.12.2026"),
    Holds.ANSWER: (
        "is no answer on a scale",
        "answers are whole numbers; what else stands there can be left out: `leave_out:` under `from`",
    ),
}
_FAULT = "holds the error of a formula, as a spreadsheet shows it"
_MEND = "mend the formula, or leave out the row: `leave_out:` under `from`"
_SLASHES = "can be read as two different days, because of its slashes"
_SAY_DATES = "say which is meant, `dates: day-first` or `dates: month-first` under `from`"
_TWO_NUMBERS = "can be read as two different numbers"
_SAY_DECIMALS = "say what stands before decimals, `decimals: comma` or `decimals: point` under `from`"


@dataclass(slots=True)
class Part:
    """One export: its relation, which of its columns holds what, and how its texts are read."""

    data: Data
    columns: Mapping[str, int]
    relation: Relation
    reading: Reading
    conditions: Mapping[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """The SQL of a column's cells as they stand in the relation."""
        return self.relation.columns[self.columns[column]].sql

    def is_text(self, column: str) -> bool:
        """Whether its cells are texts as somebody typed them."""
        return self.relation.columns[self.columns[column]].is_text


class _Misread(NamedTuple):
    """A cell that is not what its column holds: its row, and what it looks like."""

    row: int | None
    is_fault: bool
    has_slash: bool
    is_ambiguous: bool


class Rows:
    """The rows of a metric's exports, once `view` has been called; all may raise `Refused`."""

    def __init__(self, engine: Engine, parts: Sequence[Part], search: Search, origin: Origin) -> None:
        self.engine = engine
        self.parts = list(parts)
        self.search = search
        self.columns = tuple(dict.fromkeys(column for part in parts for column in part.columns))
        self.origin = origin

    @property
    def are_texts(self) -> bool:
        """Whether any of the exports has texts where others have numbers and days."""
        return any(not part.relation.has_types for part in self.parts)

    def view(self) -> None:
        """Make the view `data`."""
        self.parts = [replace(part, reading=self._reading(part, _SAMPLE)) for part in self.parts]
        self._make()

    def settle(self) -> bool:
        """Look for decimal marks in all rows, where the first showed none; whether that changed anything."""
        settled = [replace(part, reading=self._reading(part, None)) for part in self.parts]
        changed = [part.reading for part in settled] != [part.reading for part in self.parts]
        self.parts = settled
        self._make()
        return changed

    def wrong(self) -> Iterator[Problem]:
        """The first cells that are not what their columns hold, each with its place."""
        found = 0
        for n, part in enumerate(self.parts):
            for column in part.columns:
                if COLUMNS[column] is Holds.TEXT or found >= MOST_PLACES:
                    continue
                for misread in self._misread(n, column):
                    found += 1
                    yield self._problem(part, column, misread)

    def _misread(self, number: int, column: str) -> list[_Misread]:
        part = self.parts[number]
        cell = part.text(column)
        as_text = f"CAST({cell} AS VARCHAR)"
        value, filled = self._value(part, column), self._filled(part, column)
        asked = (
            f"SELECT {part.relation.row or 'NULL'}, {is_fault(as_text)}, contains({as_text}, '/'), "
            f"{is_ambiguous(as_text)} "
            f"FROM {part.relation.sql} WHERE {filled} AND {value} IS NULL AND {self._taken(part)} "
            f"ORDER BY 1 LIMIT {MOST_PLACES}"
        )
        return [_Misread(*found) for found in self.engine.ask(asked)]

    def _problem(self, part: Part, column: str, misread: _Misread) -> Problem:
        holds = COLUMNS[column]
        what, hint = _NOT[holds]
        if misread.is_fault:
            what, hint = _FAULT, _MEND
        elif holds in (Holds.DAY, Holds.MOMENT) and misread.has_slash and not self.origin.dates:
            what, hint = _SLASHES, _SAY_DATES
        elif holds is Holds.NUMBER and misread.is_ambiguous:
            what, hint = _TWO_NUMBERS, _SAY_DECIMALS
        number = part.columns[column]
        message = f"the cell under {quoted(part.data.headings[number])} {what}"
        return Problem("invalid-value", message, part.data.path, misread.row or 0, number + 1, hint=hint)

    def _make(self) -> None:
        self.engine.view(
            "data", " UNION ALL BY NAME ".join(self._selected(n) for n in range(len(self.parts)))
        )

    def _selected(self, number: int) -> str:
        """What one export adds to the view."""
        part = self.parts[number]
        values = {column: self._value(part, column) for column in part.columns}
        needed = [each for each in self.search.needs.columns if each in values]
        needed = [each for each in needed if each not in self.search.needs.may_lack]
        if "took" in values:
            needed.append("took")
        misread = [
            f"({self._filled(part, each)} AND {each}_ IS NULL)"
            for each in values
            if COLUMNS[each] is not Holds.TEXT
        ]
        blank = [f"{each}_ IS NULL" for each in needed]
        unread = [f"{each}_ IS NULL" for each in values if COLUMNS[each] is not Holds.TEXT]
        # Nearly every row has all its values, and costs no second look at its texts.
        why = (
            f"CASE WHEN NOT ({part.conditions['filter']}) THEN '{OTHER}' "
            f"WHEN {part.conditions['leave_out']} THEN '{TOLD}' "
            f"WHEN {' OR '.join(dict.fromkeys([*unread, *blank])) or 'false'} THEN "
            f"CASE WHEN {' OR '.join(misread) or 'false'} THEN '{WRONG}' "
            f"WHEN {' OR '.join(blank) or 'false'} THEN '{BLANK}' END END"
        )
        inner = ", ".join(f"{value} AS {each}_" for each, value in values.items())
        outer = ", ".join(f'{each}_ AS "{each}"' for each in values)
        return f"""
            SELECT
              {number} AS file, {part.relation.row or "NULL"} AS row, {outer},
              {part.conditions["counts"]} AS part, {why} AS why
            FROM (SELECT *, {inner} FROM {part.relation.sql})
        """

    def _value(self, part: Part, column: str) -> str:
        holds, cell = COLUMNS[column], part.text(column)
        return part.reading.expression(holds, cell, column) if part.is_text(column) else typed(holds, cell)

    def _filled(self, part: Part, column: str) -> str:
        cell = part.text(column)
        return f"trim({cell}) <> ''" if part.is_text(column) else f"{cell} IS NOT NULL"

    def _taken(self, part: Part) -> str:
        return f"({part.conditions['filter']}) AND NOT ({part.conditions['leave_out']})"

    def _reading(self, part: Part, sample: int | None) -> Reading:
        """How an export's numbers are read: as was told, or by what some of them prove."""
        marks: list[tuple[str, Mark | None]] = []
        known = dict(part.reading.marks)
        for column in part.columns:
            if COLUMNS[column] is Holds.NUMBER and part.is_text(column):
                # A database writes points.
                told = "point" if self.origin.database else self.origin.decimals
                mark = told or known.get(column) or self._proven(part, column, sample)
                marks.append((column, mark))
        return Reading(self.origin.dates, self.origin.scale, tuple(marks))

    def _proven(self, part: Part, column: str, sample: int | None) -> Mark | None:
        cell = part.text(column)
        some = f" LIMIT {sample}" if sample else ""
        ((comma, point),) = self.engine.ask(
            f"SELECT bool_or({proves('cell', 'comma')}), bool_or({proves('cell', 'point')}) "
            f"FROM (SELECT {cell} AS cell FROM {part.relation.sql} WHERE {self._taken(part)}{some})"
        )
        if comma and point:
            number, data = part.columns[column], part.data
            heading = quoted(data.headings[number])
            message = f"the numbers under {heading} have commas before their decimals, and points too"
            place = (data.path, data.heading_row, number + 1)
            raise Refused([Problem("invalid-value", message, *place, hint=_SAY_DECIMALS)])
        return "comma" if comma else "point" if point else None


def conditions(part: Part, search: Search, origin: Origin, at: Place) -> dict[str, str]:
    """The SQL of which rows count, are left out as told, and are part of a ratio. Raises `Refused`."""
    found = {}
    for key, wanted, usual in (
        ("filter", origin.filter, "true"),
        ("leave_out", origin.leave_out, "false"),
        ("counts", origin.counts, "false"),
    ):
        tests = []
        for heading, values in wanted.items():
            number = search.place(heading, part.data.headings, at / key / heading, part.data.path)
            tests.append(is_one_of(part.relation.columns[number].sql, values))
        found[key] = f" {'OR' if key == 'leave_out' else 'AND'} ".join(tests) or usual
    return found
