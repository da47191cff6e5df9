"""A time zone as calendar files describe one: when its clocks are moved, by the rules that hold there.

Not by the icalendar library, which lists days one by one in a form of which ical.js, and with it many web
calendars, reads the first only.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pitchgen import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    import icalendar

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks are moved `on` this local time, `before` and `after` which they are so far from UTC."""

    on: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def rule(self) -> tuple[object, ...]:
        """The rule of the change: the same of those that only differ in their years."""
        return self.on.month, self.weekday, self.on.time(), self.before, self.after, self.name

    @property
    def weekday(self) -> str:
        """Which weekday of the month it is: 2SU is the second Sunday, -1SU the last."""
        is_last = self.on.day + len(_WEEKDAYS) > monthrange(self.on.year, self.on.month)[1]
        number = -1 if is_last else (self.on.day - 1) // len(_WEEKDAYS) + 1
        return f"{number}{_WEEKDAYS[self.on.weekday()]}"


def timezone(name: str, first: int, last: int) -> icalendar.Timezone:
    """A zone by its name in the database of IANA, right for the years from `first` to `last`."""
    begin = datetime(first - 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(ZoneInfo(name), begin, datetime(last + 1, 1, 1, tzinfo=UTC)))
    zone = late.icalendar.Timezone()
    zone.add("tzid", name)
    if not changes or changes[0].on.year >= first:
        start = begin.astimezone(ZoneInfo(name))
        offset = start.utcoffset() or timedelta()
        still = _Change(begin.replace(tzinfo=None), offset, offset, str(start.tzname()))
        zone.add_component(_component(still))
    for _, group in groupby(sorted(changes, key=_sorting), key=attrgetter("rule")):
        alike = list(group)
        if len(alike) == last - first + 2:
            zone.add_component(_component(alike[0], yearly=True))
        else:
            for change in alike:
                zone.add_component(_component(change))
    return zone


def _sorting(change: _Change) -> tuple[object, ...]:
    return (*change.rule, change.on)


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Change]:
    """When clocks are moved there, by looking at every day."""
    at = begin.astimezone(zone)
    while at < end:
        # Added in UTC: local days may have 23 hours.
        after = (at.astimezone(UTC) + _DAY).astimezone(zone)
        if at.utcoffset() != after.utcoffset():
            yield _change(at, after)
        at = after


def _change(low: datetime, high: datetime) -> _Change:
    """The change between two moments of a zone, to the second."""
    zone, before = high.tzinfo, low.utcoffset() or timedelta()
    while (gap := high.astimezone(UTC) - low.astimezone(UTC)) > _SECOND:
        middle = (low.astimezone(UTC) + timedelta(seconds=gap // _SECOND // 2)).astimezone(zone)
        low, high = (middle, high) if middle.utcoffset() == before else (low, middle)
    on = (high.astimezone(UTC) + before).replace(tzinfo=None)
    return _Change(on, before, high.utcoffset() or timedelta(), str(high.tzname()))


def _component(change: _Change, *, yearly: bool = False) -> icalendar.cal.Component:
    forward = change.after > change.before
    part = late.icalendar.TimezoneDaylight() if forward else late.icalendar.TimezoneStandard()
    part.add("dtstart", change.on)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if yearly:
        part.add("rrule", {"freq": "yearly", "bymonth": change.on.month, "byday": change.weekday})
    return part
