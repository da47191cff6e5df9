"""Periods: the months, quarters and years that figures are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.model.origin import PeriodName

MONTHS: dict[PeriodName, int] = {"month": 1, "quarter": 3, "year": 12}
_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter or year by its `first` day, and how many `months` it has."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    def later(self, number: int) -> Period:
        """The period so many of its like later, earlier for a negative number."""
        return Period(shifted(self.first, number * self.months), self.months)

    @property
    def name(self) -> str:
        """`2026-10`, `2026-Q3` or `2026`."""
        year, month = self.first.year, self.first.month
        if self.months == MONTHS["quarter"]:
            return f"{year}-Q{(month + 2) // 3}"
        return f"{year}" if self.months == _YEAR else f"{year}-{month:02}"


def period_of(day: date, name: PeriodName) -> Period:
    """The period in which a day lies."""
    months = MONTHS[name]
    return Period(day.replace(month=day.month - (day.month - 1) % months, day=1), months)


def complete(first: date, today: date, name: PeriodName) -> list[Period]:
    """The periods from that of a day on which are over `today`, oldest first."""
    period, found = period_of(first, name), []
    while period.last < today:
        found.append(period)
        period = period.later(1)
    return found


def shifted(day: date, months: int) -> date:
    """The first of a month so many months later, or earlier, than that of `day`."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, 1)
