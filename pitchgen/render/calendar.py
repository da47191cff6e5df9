"""Events as a calendar file (RFC 5545) that programs take in, and again when something has changed.

The same events give the same bytes on the same day.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pitchgen import late
from pitchgen.render.zone import timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    import icalendar

    from pitchgen.compose.events import Event

_PRODUCT = "-//pitchgen//pitchgen//EN"
_OURS = UUID("5d3d1a0e-6a52-4f0c-9d0b-1f2b7a1c9e55")
_EPOCH = date(1970, 1, 1)
_TIMED = timedelta(hours=1)
# Nine in the morning of the day before; of what begins at nine, six in the evening before.
_REMINDER = timedelta(hours=-15)


def calendar_text(events: Sequence[Event], company: str, zone: str | None, today: date) -> str:
    """The events as the text of an .ics file, made on the day `today`.

    Those without a time take whole days. Times are those of the `zone`; without one, those of wherever the
    reader is. An event is the same as one of an earlier file by its company and identity, and the later file
    counts.
    """
    calendar = late.icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if zone and (timed := [event.day.year for event in events if event.time]):
        calendar.add_component(timezone(zone, min(timed), max(timed)))
    for event in events:
        calendar.add_component(_entry(event, company, zone, today))
    return bytes(calendar.to_ical()).decode()


def _entry(event: Event, company: str, zone: str | None, today: date) -> icalendar.Event:
    entry = late.icalendar.Event()
    entry.add("uid", str(uuid5(_OURS, json.dumps([company, *event.identity]))))
    entry.add("dtstamp", datetime.combine(today, time(), UTC))
    # A program keeps what has the higher one.
    entry.add("sequence", (today - _EPOCH).days)
    entry.add("summary", event.summary)
    if event.place:
        entry.add("location", event.place)
    if event.notes:
        entry.add("description", event.notes)
    if event.time:
        start = datetime.combine(event.day, event.time, ZoneInfo(zone) if zone else None)
        entry.add("dtstart", start)
        entry.add("duration", _TIMED)
    else:
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + timedelta(days=1))
        # Nobody is busy all day for it.
        entry.add("transp", "TRANSPARENT")
    entry.add_component(_reminder(event.summary))
    return entry


def _reminder(summary: str) -> icalendar.Alarm:
    alarm = late.icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _REMINDER)
    return alarm
