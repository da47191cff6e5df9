"""Days on which nobody works: weekends and public holidays of a country."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pitchgen import late

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from holidays import HolidayBase

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY, _SUNDAY = 5, 6
# Of the language that messages are in.
_ENGLISH = "en_US"


class DaysOff:
    """The days off of a country, `FI`, or of a part of one, `DE-BY`; without a country, weekends alone.

    `is_known` is False for a country or a part of one whose holidays nobody has written down.
    """

    def __init__(self, place: str | None) -> None:
        self._place = place or ""
        weekend = _weekend(self._place)
        self.is_known = weekend is not None
        self._weekend = weekend or {_SATURDAY, _SUNDAY}

    def why_off(self, day: date) -> str:
        """What kind of day off a day is, as the end of a sentence; empty for one of work."""
        if self.is_known and (name := _holidays(self._place, day.year).get(day)):
            return f"a public holiday ({name})"
        return f"a {_WEEKDAYS[day.weekday()]}" if day.weekday() in self._weekend else ""


@cache
def _weekend(place: str) -> frozenset[int] | None:
    """The days of the week that are free there; None where nothing is known."""
    try:
        return frozenset(_in(place).weekend) if place else None
    except NotImplementedError:
        return None


@cache
def _holidays(place: str, year: int) -> Mapping[date, str]:
    """The holidays of one year. The library's own fill up as they are asked, which threads must not share."""
    return dict(_in(place, year))


def _in(place: str, *years: int) -> HolidayBase:
    country, _, part = place.partition("-")
    # Unless it is told a language, it speaks that of the machine.
    return late.holidays.country_holidays(country, part or None, years=years, language=_ENGLISH)
