"""Which column of an export holds what: by its heading, as it was told or as it is usually called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen.language import FIGURES
from pitchgen.language.folders import texts
from pitchgen.load.heading import Likeness, plain_heading
from pitchgen.measure.kinds import COLUMNS, MEANS, NEEDS
from pitchgen.measure.refusal import Refused
from pitchgen.plain import one_line, quoted, shortened
from pitchgen.problems import Problem, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pitchgen.language.folders import Folders
    from pitchgen.load.heading import Judge
    from pitchgen.load.place import Place
    from pitchgen.measure.kinds import Needs
    from pitchgen.model.metric import Kind, Metric

_MOST_NAMED = 8
# A number alone; a day in figures; one with its month in words.
_NUMBER_OR_DAY = re.compile(
    r"^[-+€$£\s]*[0-9][0-9.,:\s]*[€%\s]*$|[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}"
    r"|\b[0-9]{1,2}\b.*\b(19|20)[0-9]{2}\b|\b(19|20)[0-9]{2}\b.*[0-9]"
)


class Usual:
    """What the columns of exports are usually called, in every language there is a folder for."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def names(self, column: str) -> dict[str, int]:
        """The usual headings of a column, plain, and how usual each is: 0 is the first to be taken."""
        listed = [texts(self._folders.data(code, FIGURES).get(column)) for code in self._folders.codes]
        ranked = [(n, heading) for each in listed for n, heading in enumerate(each, start=1)]
        return {plain_heading(heading): n for n, heading in sorted(ranked, reverse=True)} | {
            plain_heading(column): 0
        }


class Search:
    """The columns that one metric looks for."""

    def __init__(self, metric: Metric, at: Place, usual: Usual) -> None:
        assert metric.origin
        self.kind: Kind = metric.kind
        self.needs: Needs = NEEDS[metric.kind]
        self.told: Mapping[str, str] = metric.origin.columns
        self.at = at
        wanted = (*self.needs.columns, *self.needs.optional)
        if metric.kind == "duration":
            wanted = (*wanted, "took")
        self.wanted = wanted
        self.usual = {column: usual.names(column) for column in wanted}
        self.others = tuple(dict.fromkeys(map(plain_heading, self._named_elsewhere(metric))))

    @staticmethod
    def _named_elsewhere(metric: Metric) -> Iterator[str]:
        origin = metric.origin
        assert origin
        yield from (*origin.columns.values(), *origin.filter, *origin.leave_out, *origin.counts)

    def check(self) -> list[Problem]:
        """What is wrong with what was told, whatever the file has."""
        found = []
        for column in self.told:
            if column not in self.wanted:
                known = suggestion(column, COLUMNS) or f"it can have: {', '.join(self.wanted)}"
                message = f"a metric of the kind '{self.kind}' has no column '{shortened(column)}'"
                found.append((self.at / "columns" / column).error("unknown-column", message, known))
        return found

    def judge(self) -> Judge:
        """One who knows the row of the headings by the columns that are looked for."""

        def judge(cells: Sequence[str]) -> Likeness:
            plains = [*map(plain_heading, cells)]
            found = {column for column in self.wanted if self._numbers(column, plains)}
            named = sum(each in self.others for each in plains)
            return Likeness(found.issuperset(self.needs.columns), len(found) + named)

        return judge

    def find(self, headings: Sequence[str], path: str, row: int) -> dict[str, int]:
        """The number of each column, from 0, among the headings of a file. Raises `Refused`."""
        plains = [*map(plain_heading, headings)]
        found: dict[str, int] = {}
        problems: list[Problem] = []
        for column in self.wanted:
            numbers = self._numbers(column, plains)
            if len(numbers) > 1:
                problems.append(
                    self._several(column, [headings[n] for n in numbers], path, row, numbers[1] + 1)
                )
                found[column] = numbers[0]
            elif numbers:
                found[column] = numbers[0]
            elif column in self.told:
                problems.append(
                    self._not_there(self.told[column], headings, self.at / "columns" / column, path)
                )
        has_length = "took" in found
        problems += [
            self._missing(column, headings, path, row)
            for column in self.needs.columns
            if column not in found and column not in self.told and not (column == "ended" and has_length)
        ]
        if problems:
            raise Refused(problems)
        return found

    def place(self, heading: str, headings: Sequence[str], at: Place, path: str) -> int:
        """The number of a column that was named, from 0. Raises `Refused`."""
        numbers = [n for n, each in enumerate(map(plain_heading, headings)) if each == plain_heading(heading)]
        if len(numbers) != 1:
            raise Refused([self._not_there(heading, headings, at, path)])
        return numbers[0]

    def _numbers(self, column: str, plains: Sequence[str]) -> list[int]:
        if column in self.told:
            return [n for n, each in enumerate(plains) if each == plain_heading(self.told[column])]
        usual = self.usual[column]
        ranks = [(usual[each], n) for n, each in enumerate(plains) if each in usual]
        best = min(ranks, default=(0, 0))[0]
        # Those of the most usual name alone: an export often has a second day or sum beside the one meant.
        return [n for rank, n in ranks if rank == best]

    def _several(self, column: str, named: Sequence[str], path: str, row: int, number: int) -> Problem:
        said = " and ".join(map(quoted, named))
        message = f"the columns {said} both look like the {MEANS[column]}"
        hint = f"say which it is under `columns` in metrics.yaml: {column}: {one_line(named[0])}"
        if len({*map(plain_heading, named)}) == 1:
            message = f"several columns are called {quoted(named[0])}"
            hint = "give them different headings in the file"
        return Problem("two-columns", message, path, row, number, hint=hint)

    def _missing(self, column: str, headings: Sequence[str], path: str, row: int) -> Problem:
        if self.kind == "customer_tenure" and column == "ended":
            message = "has no column for when customers left, so nobody can say how long they stay"
            hint = (
                "the average age of those still here grows by itself each day; "
                "export former customers too, with the day they left"
            )
            return Problem("missing-column", message, path, row, 1, hint=hint)
        message = f"row {row} has no heading for the {MEANS[column]}"
        hint = f"name it under `columns` in metrics.yaml: {column}: HEADING; there are {_named(headings)}"
        if _is_data(headings):
            hint = "the row holds data: write headings above it, or say which row has them: `heading_row`"
        return Problem("missing-column", message, path, row, 1, hint=hint)

    @staticmethod
    def _not_there(heading: str, headings: Sequence[str], at: Place, path: str) -> Problem:
        hint = suggestion(heading, headings) or f"the headings are {_named(headings)}"
        if _is_data(headings):
            hint = "its row of headings holds data: say which row has them, `heading_row`"
        return at.error("missing-column", f"{path} has no single column {quoted(heading)}", hint)


def _is_data(cells: Sequence[str]) -> bool:
    """Whether a row holds a number or a day, so that none of its cells may be told."""
    return any(map(_NUMBER_OR_DAY.search, cells))


def _named(headings: Sequence[str]) -> str:
    return ", ".join(quoted(each) for each in headings[:_MOST_NAMED] if each.strip())
