"""Moments: days, times and counts as the page says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.language.locale import clock, full_date
from pitchgen.problems import InvalidInput, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pitchgen.keep.reading import Reading
    from pitchgen.language.facts import Language
    from pitchgen.problems import Problem
    from pitchgen.web.visit import Visit

_COUNTED = {Severity.ERROR: "keep_errors", Severity.WARNING: "keep_warnings", Severity.NOTE: "keep_notes"}


@dataclass(frozen=True)
class Moments:
    """Words for days and counts in the language of a visitor."""

    visit: Visit

    @cached_property
    def _language(self) -> Language:
        return self.visit.reading.languages.get(self.visit.language)

    def day(self, day: date) -> str:
        """A day with its year."""
        return full_date(day, self._language)

    def written(self, reading: Reading, path: str) -> date | None:
        """The day on which a file was written last."""
        marks = dict(reading.marks).get(path)
        return datetime.fromtimestamp(marks[0] / 1e9).astimezone().date() if marks else None

    def moment(self, at: datetime) -> str:
        """Until when something was so."""
        said = self.visit.said["keep_until"]
        return said.format(day=self.day(at.date()), clock=clock(at.time(), self._language))

    def language(self, code: str) -> str:
        """What a language is called."""
        try:
            return self.visit.reading.languages.get(code).called(self.visit.language)
        except InvalidInput:
            return code

    def counts(self, problems: Iterable[Problem]) -> Sequence[tuple[str, str]]:
        """How many problems there are of each severity, in words; none are not told of."""
        found = [each.severity for each in problems]
        told = ((severity, found.count(severity)) for severity in _COUNTED)
        return [(each.value, self.visit.said[_COUNTED[each]].format(n=n)) for each, n in told if n]
