"""A list of newcomers that HR exported: each row becomes a hire of the workspace.

What stands in a row is personal data, and a name can stand in any column. So what is wrong with a row is said
by its number and the heading of its column, and never quotes a cell.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pitchgen import shipped
from pitchgen.dates import FORMS, date_of, is_ambiguous, is_date, why_no_day
from pitchgen.language import garbled
from pitchgen.language.folders import Folders
from pitchgen.load.document import Value, YamlList, YamlMap
from pitchgen.load.faults import Mark
from pitchgen.load.files import Source, is_folder, load_folder
from pitchgen.load.sheet import NO_RESULT, cell_name
from pitchgen.load.table import ANYWHERE, COMPUTE, UNCOMPUTED, Asked, Row, Table, read_table, too_many_cells
from pitchgen.model.file_kind import HIRES
from pitchgen.model.hire import Hire
from pitchgen.overlay import Overlay
from pitchgen.problems import Problem, Severity, dotted, errors
from pitchgen.workspace.columns import ListColumn, Usual, cells_of, field_in, find_columns
from pitchgen.workspace.day import time_of_day, without_time
from pitchgen.workspace.newcomer import derived_id
from pitchgen.workspace.rows import said_once
from pitchgen.workspace.validate import Item, Validated, read_item, with_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pitchgen.workspace.known import Names

_LISTS = ("needs", "likes", "personas")
_DIVIDER = re.compile(r"[;|\r\n]")
# What spreadsheets in several languages show for a formula that failed: #REF!, #VIITTAUS!, #NAME?, #N/A.
_ERROR = re.compile(r"#[A-ZÄÅÖ0-9/_]+[!?]|#N/A")


@dataclass(frozen=True, slots=True)
class Roster:
    """A .csv, an .xlsx or a folder of hires.

    What was told of a list: the headings of columns, by field, and where in the file it is. A `table` is what
    stands on it, where that need not be read.
    """

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    asked: Asked = ANYWHERE
    table: Table | None = None

    def join(self, validated: Validated) -> Validated:
        """The same with everyone on the list as its hires; what is wrong becomes problems."""
        if self.table is None and is_folder(self.path):
            return _with_folder(validated, self.path)
        language = validated.company.model.language if validated.company else shipped.REFERENCE
        usual = Usual(Folders(Overlay(validated.root)), language)
        table = self.table or read_table(self.path, usual.judge(self.columns), self.asked)
        if isinstance(table, Table):
            return _with_table(validated.joined_by(problems=table.problems), table, self.columns, usual)
        return validated.joined_by(problems=table)


def _with_folder(validated: Validated, folder: Path) -> Validated:
    files = load_folder(HIRES, folder)
    validated = validated.joined_by(problems=files.problems)
    if errors(files.problems):
        validated = replace(validated, unread=validated.unread | {HIRES})
    elif not files.sources:
        hint = "it needs a file for each newcomer, such as `pitchgen new hire` writes"
        nobody = _nobody(folder.as_posix(), "the folder has no .yaml file", hint)
        return validated.joined_by(problems=[nobody])
    return with_sources(validated, files.sources, validated.languages)


def _with_table(validated: Validated, table: Table, told: Mapping[str, str], usual: Usual) -> Validated:
    if not table.rows and errors(table.problems):
        return validated
    if not table.rows:
        hint = "write the headings in the first row, and each newcomer in a row of their own below"
        return validated.joined_by(problems=[_nobody(table.path, "there is no row below the headings", hint)])
    columns = find_columns(table, told, usual)
    validated = validated.joined_by(problems=columns.problems)
    if errors(columns.problems):
        return validated
    reader = _Reader(validated, table, columns.by_field)
    for row in table.rows:
        reader.read(row)
    joined = validated.joined_by(reader.items, reader.problems)
    # As with rules, what is doubtful waits until the errors are mended.
    return joined if errors(joined.problems) else joined.joined_by(problems=reader.doubts())


def _nobody(path: str, why: str, hint: str) -> Problem:
    return Problem("no-hires", f"there is nobody on the list: {why}", path, hint=hint)


class _Reader:
    """Reads one row after the other."""

    def __init__(self, validated: Validated, table: Table, columns: Mapping[str, ListColumn]) -> None:
        self.validated = validated
        self.table = table
        self.columns = columns
        self.items: list[Item[Hire]] = []
        self.problems: list[Problem] = []
        self.without_language: list[Row] = []
        self.rows_by_id: dict[str, int] = {}
        # Of the row that is being read: the fields that are wrong, and those that nobody can judge yet.
        self.refused: set[str] = set()
        self.known = validated.known

    def read(self, row: Row) -> None:
        """Put the row's hire among the items; what is wrong with it becomes problems."""
        if not self._fits(row):
            return
        self.refused = set()
        values = dict(cells_of(self.columns, row.cells))
        for name, text in values.items():
            if text == NO_RESULT:
                cell = cell_name(row.number, self._column(name).number)
                self._refuse(row, name, f"({cell}) {UNCOMPUTED}", COMPUTE)
            elif _ERROR.fullmatch(text):
                self._refuse(row, name, "shows an error", "mend its formula, or type the value")
        self._join_name(values)
        for name in ("name", "role"):
            if name not in values:
                self._refuse(row, name, "is empty", f"write the newcomer's {name}", "missing-field")
        self._add(row, self._data(row, values))
        if "language" in self.columns and "language" not in values and len(self.known.languages) > 1:
            self.without_language.append(row)

    def doubts(self) -> Iterator[Problem]:
        """Warnings about rows without a language, unless no row has one."""
        if self.without_language and len(self.without_language) < len(self.table.rows):
            yield from said_once(map(self._doubt_language, self.without_language), {self.table.path})

    def _doubt_language(self, row: Row) -> Problem:
        column, company = self._column("language"), self.validated.company
        usual = company.model.language if company else shipped.REFERENCE
        return Problem(
            "no-language",
            f"the cell under {column.quoted} is empty, so documents are in '{usual}'",
            self.table.path,
            row.number,
            column.number,
            ("language",),
            f"write the language that they read: {', '.join(self.known.languages)}",
            Severity.WARNING,
        )

    def _fits(self, row: Row) -> bool:
        width = len(self.table.heading.cells)
        too_many = any(map(str.strip, row.cells[width:]))
        if too_many:
            self.problems.append(too_many_cells(self.table.path, row.number, width))
        return not too_many

    def _join_name(self, values: dict[str, str]) -> None:
        parts = [values.pop(part) for part in ("first_name", "last_name") if part in values]
        if parts:
            values.setdefault("name", " ".join(parts))

    def _data(self, row: Row, values: Mapping[str, str]) -> YamlMap:
        """The row as a hire's file would say it."""
        data = YamlMap(Mark(row.number, 1))
        for name, text in values.items():
            mark = Mark(row.number, self._column(name).number)
            if text == NO_RESULT or _ERROR.fullmatch(text):
                continue
            group, _, key = name.rpartition(".")
            if name in _LISTS:
                data.put(name, self._items(row, name, text, mark), mark)
            elif group:
                inside = data.get(group)
                inside = inside if isinstance(inside, YamlMap) else YamlMap(mark)
                inside.put(key, self._value(row, name, text, mark), mark)
                data.put(group, inside, mark)
            else:
                data.put(name, self._value(row, name, text, mark), mark)
        return data

    def _value(self, row: Row, name: str, text: str, mark: Mark) -> Value:
        match name:
            case "role":
                return self._known(row, name, text, self.known.roles)
            case "manager":
                return self._known(row, name, text, self.known.managers)
            case "language":
                return self._language(row, text)
            case "starts_on":
                return self._date(row, text)
            case "arrival.time":
                return self._time(row, text)
            case _:
                return text

    def _items(self, row: Row, name: str, text: str, mark: Mark) -> YamlList:
        items = YamlList(mark)
        for part in parts(text):
            of_personas = name == "personas"
            items.append(self._known(row, name, part, self.known.personas) if of_personas else part)
            items.items_at.append(mark)
        return items

    def _known(self, row: Row, name: str, text: str, names: Names) -> str:
        """The id of what a cell names, or what it says of somebody who is new here."""
        found, noun = names.find(text), names.kind.noun
        if found.id or found.stranger:
            return found.id or text
        if found.sharing:
            what = f"is what {found.sharing} {noun}s of this workspace are called"
            self._refuse(row, name, what, found.hint, "unknown-reference")
        elif names.complete:
            what = f"{'names' if name in _LISTS else 'is'} no {noun} of this workspace"
            hint = garbled.HINT if garbled.is_garbled(text, is_name=True) else found.hint
            self._refuse(row, name, what, hint, "unknown-reference")
        else:
            # Linking would name what the cell says.
            self.refused.add(name)
        return text

    def _language(self, row: Row, text: str) -> str | None:
        code = self.known.language(text)
        if code is None and self.known.languages:
            codes = ", ".join(self.known.languages)
            self._refuse(row, "language", "is none of the workspace's languages", f"use one of: {codes}")
        return code

    def _date(self, row: Row, text: str) -> str:
        day = without_time(text)
        if day is None:
            message = "says a time in a time zone, and with that perhaps another day"
            self._refuse(row, "starts_on", message, "write the day alone, like 2026-12-01")
            return text
        if is_ambiguous(day):
            message = "can be read as two different days, because of its slashes"
            self._refuse(row, "starts_on", message, f"write {FORMS}")
        try:
            return date_of(day).isoformat()
        except ValueError:
            if is_date(day):
                what = "names a day that is not on the calendar"
                self._refuse(row, "starts_on", what, f"{why_no_day(day)}; write {FORMS}")
            return day

    def _time(self, row: Row, text: str) -> str:
        time = time_of_day(text)
        if time is None:
            self._refuse(row, "arrival.time", "is no time of day", "write a time like 9:00 or 13.30")
        return time or text

    def _add(self, row: Row, data: YamlMap) -> None:
        id_is_given = "id" in data
        if not id_is_given:
            parts = (str(data.get(name) or "") for name in ("name", "role", "starts_on"))
            data.put("id", derived_id(*parts), Mark(row.number, self._column("name").number))
        text = json.dumps(data, sort_keys=True)
        source = Source(self.table.path, text, data, HIRES, row.number, id_is_given)
        try:
            item = read_item(self.validated, source, self.validated.languages)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            for name in dict.fromkeys(self._field(detail["loc"]) for detail in found):
                # An id that was made of the name is as wrong as that.
                if name not in self.refused and (name != "id" or id_is_given):
                    self._refuse(row, name, _must_be(name), "")
            return
        if self.refused:
            return
        first = self.rows_by_id.setdefault(item.model.id, row.number)
        if first == row.number:
            self.items.append(item)
        else:
            self._refuse_twice(row, first, "id" if id_is_given else "name")

    def _field(self, loc: tuple[int | str, ...]) -> str:
        """The field whose column holds what stands at `loc`."""
        inside = dotted(loc[:2])
        return inside if inside in self.columns else str(loc[0])

    def _refuse_twice(self, row: Row, first: int, name: str) -> None:
        same = "id" if name == "id" else "name, role and first day"
        message = f"rows {first} and {row.number} are the same person: they have the same {same}"
        hint = "delete one of them, or give each an id of its own in a column 'id'"
        self._add_problem(row, "duplicate-id", message, self._column(name).number, hint)

    def _column(self, name: str) -> ListColumn:
        return self.columns[name if name in self.columns else "first_name"]

    def _refuse(self, row: Row, name: str, what: str, hint: str, code: str = "invalid-value") -> None:
        self.refused.add(name)
        column = self._column(name)
        self._add_problem(row, code, f"the cell under {column.quoted} {what}", column.number, hint, name)

    def _add_problem(
        self, row: Row, code: str, message: str, column: int, hint: str, where: str = ""
    ) -> None:
        loc = (where,) if where else ()
        self.problems.append(Problem(code, message, self.table.path, row.number, column, loc, hint))


def parts(text: str) -> Iterator[str]:
    """The parts of a cell that can hold several."""
    return filter(None, map(str.strip, _DIVIDER.split(text)))


@cache
def _must_be(name: str) -> str:
    """What a field must be, in the words that an editor shows, which never quote what was typed."""
    model, key = field_in(name) or (Hire, name)
    return _said(model.model_json_schema()["properties"][key]) or "cannot be used"


def _said(schema: Any) -> str:
    if isinstance(schema, dict) and "errorMessage" in schema:
        return str(schema["errorMessage"])
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    return next(filter(None, map(_said, inner)), "")
