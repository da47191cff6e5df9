"""Days on which nobody works: weekends and public holidays of a country."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pitchgen import late

if TYPE_CHECKING:
    from datetime import date

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY, _SUNDAY = 5, 6
# Of the language that messages are in.
_ENGLISH = "en_US"


class DaysOff:
    """The days off of a country, `FI`, or of a part of one, `DE-BY`; without a country, weekends alone.

    `is_known` is False for a country or a part of one whose holidays nobody has written down.
    """

    def __init__(self, place: str | None) -> None:
        country, _, part = (place or "").partition("-")
        self.is_known = False
        self._weekend = {_SATURDAY, _SUNDAY}
        self.why_off = cache(self._why_off)
        if not country:
            return
        try:
            # Unless it is told a language, it speaks that of the machine.
            self._holidays = late.holidays.country_holidays(country, part or None, language=_ENGLISH)
        except NotImplementedError:
            return
        self.is_known, self._weekend = True, self._holidays.weekend

    def _why_off(self, day: date) -> str:
        """What kind of day off a day is, as the end of a sentence; empty for one of work."""
        if self.is_known and (name := self._holidays.get(day)):
            return f"a public holiday ({name})"
        return f"a {_WEEKDAYS[day.weekday()]}" if day.weekday() in self._weekend else ""
