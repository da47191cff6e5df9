"""The rows of a list as the page shows them, each cell with what is wrong with it; a row as a newcomer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.check import check_list
from pitchgen.dates import date_of
from pitchgen.language.folders import Folders
from pitchgen.load.sheet import NO_RESULT
from pitchgen.load.table import HEADING_ROW, SHEET
from pitchgen.overlay import Overlay
from pitchgen.problems import Problem, errors
from pitchgen.web import person
from pitchgen.workspace.columns import Usual, cells_of, fields, find_columns
from pitchgen.workspace.roster import Roster, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pitchgen.keep.reading import Reading
    from pitchgen.load.table import Table
    from pitchgen.web.listed import Listed
    from pitchgen.workspace.columns import ListColumn

Place = tuple[int, int]
"""A row and a column, from 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it is, under which heading, what it says, and what is wrong with it."""

    row: int
    column: int
    heading: str
    text: str
    problems: Sequence[Problem] = ()

    @property
    def id(self) -> str:
        """Its place as an id of a page."""
        return f"cell-{self.row}-{self.column}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, and what is wrong with it as a whole."""

    number: int
    cells: Sequence[Cell]
    problems: Sequence[Problem]
    is_out: bool

    @property
    def is_wrong(self) -> bool:
        """Whether it must be mended before anything can be made."""
        found = [*self.problems, *(each for cell in self.cells for each in cell.problems)]
        return bool(errors(found))


@dataclass(frozen=True)
class Look:
    """A list as it was looked at: what its columns hold, by their numbers, and all that is wrong with it."""

    listed: Listed
    fields: Mapping[int, str]
    problems: Sequence[Problem]

    @property
    def is_ready(self) -> bool:
        """Whether documents can be made of it."""
        return not errors(self.problems)

    @cached_property
    def _by_place(self) -> Mapping[Place, Sequence[Problem]]:
        """What is wrong, by the cell; in column 0 of the row as a whole, and at (0, 0) of the list."""
        width = len(self.listed.table.heading.cells)
        rows = {row.number for row in self.listed.table.rows}
        found: dict[Place, list[Problem]] = {}
        for problem in self.problems:
            if problem.path == self.listed.table.path:
                row = problem.line if problem.line in rows else 0
                column = problem.column if row and self._is_of_cell(problem, width) else 0
                found.setdefault((row, column), []).append(problem)
        return found

    def _is_of_cell(self, problem: Problem, width: int) -> bool:
        """Whether it stands at its cell: what a row lacks stands at its first."""
        own = self.fields.get(problem.column, "")
        about = str(next(iter(problem.loc), ""))
        is_its = own == about or (about == "name" and own.endswith("_name"))
        return is_its or 1 < problem.column <= width

    @property
    def of_list(self) -> Sequence[Problem]:
        """What is wrong with the list as a whole, such as its headings."""
        return self._by_place.get((0, 0), ())

    @property
    def is_list_wrong(self) -> bool:
        """Whether something must be mended that is of no row alone."""
        return bool(errors(self.of_list))

    @property
    def of_place(self) -> Sequence[Problem]:
        """What is wrong with the list that another place of its file may mend."""
        places, is_empty = (SHEET, HEADING_ROW), not self.listed.table.rows
        return [each for each in self.of_list if is_empty or any(option in each.hint for option in places)]

    @property
    def elsewhere(self) -> Sequence[Problem]:
        """What is wrong in the workspace."""
        return [each for each in errors(self.problems) if each.path != self.listed.table.path]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """All rows below the headings."""
        table, out = self.listed.table, self.listed.out
        return [
            Line(
                row.number,
                tuple(self._cells(row.number, row.cells[: len(table.heading.cells)])),
                self._by_place.get((row.number, 0), ()),
                row.number in out,
            )
            for row in table.rows
        ]

    @property
    def headings(self) -> Sequence[Cell]:
        """The cells of the headings."""
        heading = self.listed.table.heading
        return tuple(self._cells(heading.number, heading.cells))

    def _cells(self, number: int, cells: Sequence[str]) -> Iterator[Cell]:
        headings = self.listed.table.heading.cells
        for column, (text, heading) in enumerate(zip(cells, headings, strict=False), start=1):
            problems = self._by_place.get((number, column), ())
            yield Cell(number, column, heading, "" if text == NO_RESULT else text, problems)


def usual_headings(root: Path, language: str) -> Usual:
    """What columns are called in a workspace of that language."""
    return Usual(Folders(Overlay(root)), language)


def heading_choices(usual: Usual) -> Mapping[str, str]:
    """A heading for each field that a column can hold."""
    return {name: next(iter(usual.examples(name)), name) for name in fields()}


def language_of(reading: Reading) -> str:
    """The language of the company, or the one there always is."""
    return reading.workspace.company.language if reading.workspace else shipped.REFERENCE


def look_at(reading: Reading, listed: Listed, today: date) -> Look:
    """Look at a list as a build does before it makes anything."""
    root, table = reading.validated.root, listed.counted
    columns = _columns(reading, table)
    checked = check_list(root, Roster(Path(table.path), table=table), today)
    return Look(listed, {each.number: name for name, each in columns.items()}, checked.problems)


def _columns(reading: Reading, table: Table) -> Mapping[str, ListColumn]:
    usual = usual_headings(reading.validated.root, language_of(reading))
    return find_columns(table, {}, usual).by_field


def newcomer_in(reading: Reading, listed: Listed, number: int) -> Mapping[str, str | tuple[str, ...]]:
    """What a row says in each field of a newcomer's form."""
    row = listed.row(number)
    assert row
    alone = replace(listed.table, rows=(row,), problems=())
    workspace = reading.linking.joined_by(Roster(Path(alone.path), table=alone)).workspace
    hires = workspace.hires if workspace else ()
    if workspace and hires and hires[-1].at.source.row == number:
        values = person.in_file(workspace, hires[-1])
    else:
        # Something is wrong with it, which the form says.
        values = dict(_as_it_stands(dict(cells_of(_columns(reading, alone), row.cells))))
    return {name: said for name, said in values.items() if said}


def _as_it_stands(cells: dict[str, str]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    names = [cells.pop(part) for part in ("first_name", "last_name") if part in cells]
    if names:
        cells.setdefault("name", " ".join(names))
    for name in person.FIELDS:
        text = cells.get(name, "")
        if name in person.TICKS:
            yield name, tuple(parts(text))
        elif name in person.LINES:
            yield name, "\n".join(parts(text))
        elif name == "starts_on":
            with suppress(ValueError):
                text = date_of(text).isoformat()
            yield name, text
        else:
            yield name, text
