#!/usr/bin/env bash
# Guess: a VTIMEZONE whose parts give only the moment from which each holds, with DTSTART and no RRULE or RDATE, is
#     valid by RFC 5545 (3.6.5: they are optional) and is how one writes the few changes that a calendar needs; who
#     reads it applies these offsets, or says that it cannot.
# What happens: ical takes it without a word and gives every time in that zone the offset 0, so that nine o'clock in
#     Helsinki is read as nine o'clock UTC. With an RDATE equal to DTSTART beside it the offsets are right.
#     icalendar, of nearly the same name, reads both alike.
# Version: ical 14.3.1, icalendar 7.3.2.
# Matters: calendar files for one season; the reader that is used by home automation is hours off.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check ical==14.3.1 icalendar==7.3.2

"$work/venv/bin/python" - <<'END'
from importlib.metadata import version

import icalendar
from ical.calendar_stream import IcsCalendarStream

print("ical", version("ical"), "icalendar", version("icalendar"))


def calendar(day: str, *, with_rdate: bool) -> str:
    def part(name: str, start: str, before: str, after: str) -> list[str]:
        repeated = [f"RDATE:{start}"] if with_rdate else []
        offsets = [f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
        return [f"BEGIN:{name}", f"DTSTART:{start}", *repeated, *offsets, f"END:{name}"]

    lines = ["BEGIN:VCALENDAR", "PRODID:-//example//zones//EN", "VERSION:2.0"]
    lines += ["BEGIN:VTIMEZONE", "TZID:Office"]
    lines += part("STANDARD", "20251026T040000", "+0300", "+0200")
    lines += part("DAYLIGHT", "20260329T030000", "+0200", "+0300")
    lines += ["END:VTIMEZONE", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z"]
    lines += [f"DTSTART;TZID=Office:{day}T090000", "SUMMARY:First day", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def hours(text: str) -> tuple[float, float]:
    """The offsets of the event as ical and as icalendar read it."""
    ours = IcsCalendarStream.calendar_from_ics(text).events[0].dtstart.utcoffset()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    theirs = event.decoded("DTSTART").utcoffset()
    return ours.total_seconds() / 3600, theirs.total_seconds() / 3600


for day, right in (("20260115", 2), ("20260601", 3)):
    bare, repeated = (hours(calendar(day, with_rdate=with_rdate)) for with_rdate in (False, True))
    print(day, "DTSTART alone:", bare, "with RDATE:", repeated)
    assert bare == (0, right)
    assert repeated == (right, right)
END
