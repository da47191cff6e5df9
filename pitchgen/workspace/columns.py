"""Which column of a list holds which field of a hire: by its heading, or as it was told."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import garbled
from pitchgen.language.folders import Folders, texts
from pitchgen.load.heading import Likeness, plain_heading
from pitchgen.load.table import COLUMNS, HEADING_ROW
from pitchgen.model.base import Model, fields_of, model_in
from pitchgen.model.hire import Hire
from pitchgen.plain import quoted
from pitchgen.problems import Problem, Severity, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.load.heading import Judge
    from pitchgen.load.table import Table

HEADINGS = "columns.yaml"
# A name may stand in two columns.
_PARTS_OF_NAME = ("first_name", "last_name")
_NAMES = ("name", *_PARTS_OF_NAME)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column's number, from 1, and its heading."""

    number: int
    heading: str

    @property
    def quoted(self) -> str:
        """The heading as a message quotes it."""
        return quoted(self.heading)


@dataclass(slots=True)
class Columns:
    """The columns of a list by field, and what is wrong with them."""

    by_field: dict[str, ListColumn] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def find_columns(table: Table, told: Mapping[str, str], usual: Usual) -> Columns:
    """The column of every field; `told` are headings by field, which come before what a heading says."""
    search = _Search(table, told, usual)
    for name, heading in told.items():
        search.take_told(name, heading)
    search.take_known()
    search.expect("name", "first_name")
    search.expect("role")
    search.warn_of_unused()
    search.name_hidden()
    return search.found


class Usual:
    """What columns are usually called, in every language there is a folder for.

    Of the company's `language`, and of English, come the examples that messages give.
    """

    def __init__(self, folders: Folders, language: str) -> None:
        self._folders = folders
        self._shown = dict.fromkeys((language, shipped.REFERENCE))
        self.fields = {
            plain_heading(heading): name
            for name in fields()
            for heading in (name, *(each for code in folders.codes for each in self._headings(code, name)))
        }

    def judge(self, told: Mapping[str, str]) -> Judge:
        """One who knows a row of headings by these, and by what was `told` of them."""
        known = self.fields | {plain_heading(heading): name for name, heading in told.items()}

        def judge(cells: Sequence[str]) -> Likeness:
            found = {known[plain] for plain in map(plain_heading, cells) if plain in known}
            # Without a name, a word that could be a heading may be what some newcomer does.
            is_heading = not found.isdisjoint(_NAMES)
            return Likeness(is_heading and "role" in found, len(found) if is_heading else 0)

        return judge

    def examples(self, name: str) -> list[str]:
        """Some usual headings for a field."""
        return [heading for code in self._shown for heading in self._headings(code, name)[:2]]

    def _headings(self, code: str, name: str) -> list[str]:
        return texts(self._folders.data(code, HEADINGS).get(name))


class _Search:
    def __init__(self, table: Table, told: Mapping[str, str], usual: Usual) -> None:
        self.table = table
        self.told = told
        self.usual = usual
        self.found = Columns()
        self.all = [ListColumn(n, each.strip()) for n, each in enumerate(table.heading.cells, start=1)]
        self.unused: list[ListColumn] = []

    def take_told(self, name: str, heading: str) -> None:
        if name not in fields():
            hint = suggestion(name, fields()) or f"it can be: {', '.join(fields())}"
            self._refuse_option(f"'{name}' is no field that a row can hold", hint)
            return
        named = [column for column in self.all if plain_heading(column.heading) == plain_heading(heading)]
        if len(named) == 1:
            self.found.by_field[name] = named[0]
        elif named:
            self._refuse_option(
                f"{len(named)} columns have the heading {named[0].quoted}", "rename all but one"
            )
        else:
            headings = [column.heading for column in self.all if column.heading]
            number = self.table.heading.number
            hint = suggestion(heading, headings) or f"write it as it stands in row {number} of the list"
            self._refuse_option(f"the list has no column {quoted(heading)}", hint)

    def take_known(self) -> None:
        """Take the columns whose headings are known, for fields that nothing was told of."""
        taken = {column.number for column in self.found.by_field.values()}
        for column in self.all:
            name = self.usual.fields.get(plain_heading(column.heading))
            if column.number in taken:
                continue
            if name is None and column.heading.partition(".")[0] in _groups():
                self._refuse_key(column)
            elif name is None or name in self.told:
                self.unused.append(column)
            elif first := self.found.by_field.get(name):
                self._refuse_second(name, first, column)
            else:
                self.found.by_field[name] = column

    def expect(self, name: str, instead: str = "") -> None:
        if name in self.found.by_field or instead in self.found.by_field or name in self.told:
            return
        usual = ", ".join(f"'{each}'" for each in self.usual.examples(name))
        hint = f"give a column the heading {usual}, or name it: {COLUMNS} {name}=HEADING"
        if any(garbled.is_garbled(column.heading, is_name=True) for column in self.all):
            hint = garbled.HINT
        elif self._is_heading():
            candidates = ", ".join(column.quoted for column in self.unused if column.heading)
            hint += f"; is it one of {candidates}?" if candidates else ""
        else:
            hint += f"; if the headings are in another row, say which: {HEADING_ROW} N"
        message = f"row {self.table.heading.number} has no heading for the {name} of a newcomer"
        self._add("missing-column", message, 1, hint)

    def warn_of_unused(self) -> None:
        names = [column.quoted if column.heading else f"number {column.number}" for column in self.unused]
        if names and self._is_heading():
            message = f"these columns are not used: {', '.join(names)}"
            hint = f"if one holds something of a newcomer, name it: {COLUMNS} FIELD=HEADING"
            self._add("unused-columns", message, self.unused[0].number, hint, Severity.WARNING)

    def name_hidden(self) -> None:
        """Say what counts although nobody sees it."""
        hidden = [each for each in self.found.by_field.values() if each.number in self.table.hidden_columns]
        if hidden:
            message = f"these columns are hidden, and count: {', '.join(each.quoted for each in hidden)}"
            hint = "see whether what they say is right; delete those that should not count"
            self._add("hidden-columns", message, hidden[0].number, hint, Severity.NOTE)

    def _is_heading(self) -> bool:
        """Whether the first row is no newcomer, whom no message may name."""
        return bool(self.told) or not self.found.by_field.keys().isdisjoint(_NAMES)

    def _refuse_key(self, column: ListColumn) -> None:
        """Of a heading that names a field as a file would: `pitch.opening`."""
        group = column.heading.partition(".")[0]
        known = [name for name in fields() if name.startswith(f"{group}.")]
        hint = f"{suggestion(column.heading, known)} the fields here are: {', '.join(known)}".strip()
        self._add("missing-column", f"{column.quoted} is no field that a row can hold", column.number, hint)

    def _refuse_second(self, name: str, first: ListColumn, second: ListColumn) -> None:
        message = f"the columns {first.quoted} and {second.quoted} both look like the {name} of a newcomer"
        hint = "rename or delete one of them"
        if plain_heading(first.heading) != plain_heading(second.heading):
            hint = f"say which it is: {COLUMNS} {name}={first.quoted}"
        self._add("two-columns", message, second.number, hint)

    def _refuse_option(self, message: str, hint: str) -> None:
        self.found.problems.append(Problem("invalid-value", message, COLUMNS, hint=hint))

    def _add(
        self, code: str, message: str, column: int, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.found.problems.append(
            Problem(
                code,
                message,
                self.table.path,
                self.table.heading.number,
                column,
                hint=hint,
                severity=severity,
            )
        )


def fields() -> list[str]:
    """The fields of a hire that a row can hold, and the two parts of a name; `group.key` inside a group."""
    named = shipped.language_data(shipped.REFERENCE, HEADINGS)
    return [name for name in named if name in _PARTS_OF_NAME or field_in(name)]


def _groups() -> set[str]:
    """The fields of which a row can hold parts."""
    return {name.partition(".")[0] for name in fields() if "." in name}


def field_in(name: str) -> tuple[type[Model], str] | None:
    """The group in which a field such as `pitch.opening` stands, and its key there; None of what is none."""
    group, _, key = name.rpartition(".")
    field = Hire.model_fields.get(group or key)
    model = model_in(field.annotation) if field and group else Hire
    return (model, key) if model and key in fields_of(model) else None


def cells_of(columns: Mapping[str, ListColumn], cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What a row says of each field, as it stands there but for white space around it."""
    for name, column in columns.items():
        if text := unicodedata.normalize("NFC", cells[column.number - 1].strip()):
            yield name, text
