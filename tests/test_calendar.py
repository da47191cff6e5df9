"""The calendars of a newcomer and of their manager, as a second program reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from every_document import studio_of
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from rich import RICH
from workspaces import COMPANY, HIRE, ROLE, pitchgen, small

from pitchgen.compose.events import Event as Entry
from pitchgen.render.calendar import calendar_text

NEWCOMER, MANAGER = "pitch", "manager-sheet"
TODAY = date(2026, 11, 21)
STARTS = HIRE + "    starts_on: 2026-12-01\n"
ARRIVAL = "    arrival: {time: 9.00, place: Satamakatu 5}\n"


def read(text: str) -> Calendar:
    """What another library makes of the file."""
    return IcsCalendarStream.calendar_from_ics(text)


def calendar_of(root: Path, reader: str = NEWCOMER, day: date = TODAY) -> str:
    """The calendar about the only newcomer of a workspace, byte by byte."""
    from pitchgen import make_document, read_workspace

    workspace, problems = read_workspace(root)
    assert workspace, problems
    made = make_document(workspace, reader, workspace.hires[0].model.id, format="ics", today=day)
    assert not made.failed, made.problems
    return made.content.decode()


def events_of(root: Path, reader: str = NEWCOMER) -> list[Event]:
    return read(calendar_of(root, reader)).events


def rich(root: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """The workspace in which every field stands, with something changed in some of its files."""
    files = dict(RICH)
    for name, (before, after) in (changes or {}).items():
        assert before in files[name]
        files[name] = files[name].replace(before, after)
    return studio_of(files, root).workspace.root


# What stands in them.


def test_the_newcomer_has_the_first_morning_and_the_first_days(tmp_path: Path) -> None:
    first, step = events_of(rich(tmp_path))
    assert first.summary == "Ensimmäinen työpäivä – Polkupaja Oy"
    assert first.start == datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert first.end - first.start == timedelta(hours=1)
    assert first.location == "Pajakatu 3"
    assert first.description == (
        "Aloitat tiistaina 1.\u00a0joulukuuta kello 9.30. Tule tänne: Pajakatu 3.\n"
        "Perillä sinua auttaa Elsa Lindström, puhelin +358 40 000 0000. Kummisi on Santeri Öhman."
    )
    assert (step.start, step.end) == (date(2026, 12, 1), date(2026, 12, 2))
    assert (step.summary, step.location) == ("Tapaat pajan väen", "kahvihuone")


def test_the_manager_has_the_morning_and_whatever_was_promised_for_a_day(tmp_path: Path) -> None:
    events = events_of(rich(tmp_path), MANAGER)
    assert [(each.start, each.summary, each.location) for each in events[1:]] == [
        (date(2026, 12, 1), "Ilona Äijälä: Annamme sinulle työkalut", "työkaluvarasto"),
        (date(2026, 12, 4), "Ilona Äijälä: Syön kanssasi lounaan", "Pajakatu 3"),
    ]
    assert events[0].summary == "Ilona Äijälä: ensimmäinen työpäivä"
    assert {each.description for each in events} == {"Huoltoneuvoja\nkummi: Santeri Öhman"}


@pytest.mark.parametrize("reader", [NEWCOMER, MANAGER])
def test_every_event_has_a_reminder_the_day_before(tmp_path: Path, reader: str) -> None:
    for event in events_of(rich(tmp_path), reader):
        (alarm,) = event.alarm
        assert (str(alarm.action), alarm.trigger, alarm.description) == (
            "DISPLAY",
            timedelta(hours=-15),
            event.summary,
        )


def test_a_day_of_work_at_a_weekend_is_the_monday_after(tmp_path: Path) -> None:
    role = ROLE + "    first_days:\n      - {day: 5, text: Vastaat puhelimeen.}\n"
    root = small(tmp_path, {"hires/aino.yaml": STARTS, "roles/asiantuntija.yaml": role})
    assert [each.start for each in events_of(root)] == [date(2026, 12, 1), date(2026, 12, 7)]


def test_before_the_first_day_nobody_is_at_work(tmp_path: Path) -> None:
    role = ROLE + "    first_days:\n      - {day: -4, text: Saat avaimen kotiin.}\n"
    files = {"hires/aino.yaml": STARTS, "roles/asiantuntija.yaml": role, "company.yaml": COMPANY + ARRIVAL}
    before, first = events_of(small(tmp_path, files))
    assert (before.start, before.location) == (date(2026, 11, 27), None)
    assert first.location == "Satamakatu 5"


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", "First day – Polkupaja Oy"), ("sv", "Första arbetsdagen – Polkupaja Oy")],
)
def test_they_are_in_the_language_of_the_newcomer(tmp_path: Path, language: str, first: str) -> None:
    root = rich(tmp_path, {"hires/ilona.yaml": ("language: fi", f"language: {language}")})
    assert events_of(root)[0].summary == first


# Whose first morning it is.


@pytest.mark.parametrize(
    ("company", "manager", "hire", "wanted"),
    [
        ("time: 9:00", "", "", time(9)),
        ("time: 9:00", "time: 10.15", "", time(10, 15)),
        ("time: 9:00", "time: 10.15", "time: 13:30", time(13, 30)),
        ("place: A", "time: 10.15", "place: B", time(10, 15)),
        ("time: 0:00", "", "", time(0)),
    ],
)
def test_the_newcomers_own_comes_before_the_managers_and_that_before_the_companys(
    tmp_path: Path, company: str, manager: str, hire: str, wanted: time
) -> None:
    files = {
        "company.yaml": f"{COMPANY}    arrival: {{{company}}}\n",
        "managers/marjut.yaml": f"name: Marjut Laine\narrival: {{{manager}}}\n",
        "hires/aino.yaml": f"{STARTS}    manager: marjut\n    arrival: {{{hire}}}\n",
    }
    start = events_of(small(tmp_path, files))[0].start
    assert isinstance(start, datetime)
    assert start.time() == wanted


@pytest.mark.parametrize(
    ("arrival", "said"),
    [
        ("", "Perillä sinua auttaa Marjut Laine, puhelin 010 1."),
        ("ask_for: bo-ek", "Perillä sinua auttaa Bo Ek, puhelin 010 2."),
        ("ask_for: Ek, Bo", "Perillä sinua auttaa Bo Ek, puhelin 010 2."),
        ("ask_for: 'vastaanotto, 010 3.'", "Perillä sinua auttaa vastaanotto, 010 3."),
    ],
)
def test_whom_to_ask_for_is_the_manager_or_whoever_is_named(tmp_path: Path, arrival: str, said: str) -> None:
    files = {
        "managers/marjut.yaml": "name: Marjut Laine\nphone: 010 1\n",
        "managers/bo-ek.yaml": "name: Bo Ek\nphone: 010 2\n",
        "hires/aino.yaml": f"{STARTS}    manager: marjut\n    arrival:\n      {arrival}\n",
    }
    description = events_of(small(tmp_path, files))[0].description
    assert description == f"Aloitat tiistaina 1.\u00a0joulukuuta.\n{said}"


# Taken in twice, they are updated.


def uids(text: str) -> list[str]:
    return [str(event.uid) for event in read(text).events]


@pytest.mark.parametrize("reader", [NEWCOMER, MANAGER])
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("hires/ilona.yaml", "starts_on: 2026-12-01", "starts_on: 2026-12-02"),
        ("hires/ilona.yaml", "language: fi", "language: sv"),
        ("hires/ilona.yaml", "time: 9:30", "time: 10:30"),
        ("managers/elsa.yaml", "Syön kanssasi lounaan.", "Juon kanssasi kahvit."),
        ("roles/neuvoja.yaml", "Tapaat pajan väen.", "Tapaat kaikki."),
    ],
)
def test_what_is_moved_or_worded_anew_is_the_same_event(
    tmp_path: Path, reader: str, name: str, before: str, after: str
) -> None:
    old = calendar_of(rich(tmp_path / "old"), reader)
    new = calendar_of(rich(tmp_path / "new", {name: (before, after)}), reader, TODAY + timedelta(days=1))
    assert sorted(uids(new)) == sorted(uids(old))
    assert len(set(uids(new))) == len(uids(new))
    (earlier,), (later,) = ({event.sequence or 0 for event in read(text).events} for text in (old, new))
    assert earlier < later


def test_no_event_of_one_reader_is_one_of_the_other_or_of_another_newcomer(tmp_path: Path) -> None:
    root, other = rich(tmp_path / "a"), rich(tmp_path / "b", {"hires/ilona.yaml": ("id: ilona", "id: iina")})
    found = [
        uid
        for each in (root, other)
        for reader in (NEWCOMER, MANAGER)
        for uid in uids(calendar_of(each, reader))
    ]
    assert len(set(found)) == len(found)


def test_two_promises_for_one_day_are_two_events(tmp_path: Path) -> None:
    twice = "    commitments: [{text: A, when: day 1}, {text: B, when: day 1}]\n"
    root = small(tmp_path, {"hires/aino.yaml": STARTS, "company.yaml": COMPANY + twice})
    assert len(set(uids(calendar_of(root, MANAGER)))) == 3


def test_somebody_typed_who_starts_later_has_the_same_events(tmp_path: Path) -> None:
    small(tmp_path)
    typed = ("pitch", "--name", "Bo Ek", "--role", "asiantuntija", "--format", "ics", "-o", "-")
    first, later = (
        pitchgen(*typed, "--starts-on", day, workspace=tmp_path).stdout
        for day in ("2026-12-01", "2026-12-08")
    )
    assert first != later
    assert uids(first) == uids(later)


def test_on_one_day_the_same_workspace_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (calendar_of(rich(tmp_path / name), MANAGER) for name in ("one", "two"))
    assert one == two
    assert one.isprintable() is False
    assert all(len(line.encode()) <= 75 for line in one.split("\r\n"))
    stamps = {event.dtstamp for event in read(one).events}
    assert stamps == {datetime(2026, 11, 21, tzinfo=UTC)}


# Times and zones.


def entry(day: date, at: time | None = time(9)) -> Entry:
    return Entry(("a",), day, at, "Alku", None, "")


def test_without_a_zone_a_time_is_that_of_wherever_one_is(tmp_path: Path) -> None:
    root = small(tmp_path, {"hires/aino.yaml": STARTS, "company.yaml": COMPANY + ARRIVAL})
    text = calendar_of(root)
    assert "VTIMEZONE" not in text
    assert "DTSTART:20261201T090000\r\n" in text
    assert read(text).events[0].start == datetime(2026, 12, 1, 9)


def test_without_a_time_the_first_day_is_a_whole_day(tmp_path: Path) -> None:
    root = small(
        tmp_path, {"hires/aino.yaml": STARTS, "company.yaml": f"{COMPANY}    time_zone: Europe/Helsinki\n"}
    )
    text = calendar_of(root)
    assert "VTIMEZONE" not in text
    assert read(text).events[0].start == date(2026, 12, 1)


ZONES = ["Europe/Helsinki", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]
ZONES += ["Asia/Jerusalem", "Asia/Kolkata", "America/Sao_Paulo", "UTC", "Europe/Moscow", "Pacific/Apia"]


@pytest.mark.parametrize("year", [1996, 2011, 2026, 2028])
@pytest.mark.parametrize("name", ZONES)
def test_the_zone_in_the_file_is_right_on_every_day_of_the_year(name: str, year: int) -> None:
    """By what the file says alone: a program may know no zone of that name."""
    text = calendar_text([entry(date(year, 6, 1))], "A", name, TODAY)
    told, zone = tzical(StringIO(text)).get(), ZoneInfo(name)
    noons = [datetime(year, 1, 1, 12) + timedelta(days=n) for n in range(365)]
    # Samoa had no 30 December in 2011.
    noons = [each for each in noons if (name, each.date()) != ("Pacific/Apia", date(2011, 12, 30))]
    assert {each: told.utcoffset(each) for each in noons} == {each: zone.utcoffset(each) for each in noons}


def test_a_zone_with_rules_is_told_by_its_two_rules() -> None:
    lines = calendar_text([entry(date(2026, 6, 1))], "A", "Europe/Helsinki", TODAY).split("\r\n")
    assert [line for line in lines if line.startswith("RRULE")] == [
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]
    # Some web calendars read of several dates in one line the first only.
    assert not any(line.startswith("RDATE") for line in lines)


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(1970, 1, 1), date(2026, 3, 29), date(2199, 12, 31)])
def test_any_day_of_a_calendar_can_be_the_first(tmp_path: Path, day: date) -> None:
    company = f"{COMPANY}{ARRIVAL}    time_zone: Europe/Helsinki\n"
    role = ROLE + "    first_days:\n      - {day: 1, text: A.}\n      - {day: 366, text: B.}\n"
    hire = f"{HIRE}    starts_on: {day.isoformat()}\n"
    files = {"company.yaml": company, "hires/aino.yaml": hire, "roles/asiantuntija.yaml": role}
    first, *_, last = events_of(small(tmp_path, files))
    assert isinstance(first.start, datetime)
    assert first.start == datetime.combine(day, time(9), ZoneInfo("Europe/Helsinki"))
    assert last.start >= day + timedelta(days=364)


def test_a_text_stays_whole_whatever_is_in_it(tmp_path: Path) -> None:
    odd = 'A, b; c\\n: "d" \\\\ END:VEVENT سلام 😀 ' + "ä" * 200
    files = {
        "hires/aino.yaml": STARTS,
        "company.yaml": f"{COMPANY}    arrival:\n      place: |-\n        {odd}\n",
    }
    (first,) = events_of(small(tmp_path, files))
    assert first.location == odd.strip()


# What is wrong with it.


@pytest.mark.parametrize("reader", [NEWCOMER, MANAGER])
def test_nobody_without_a_first_day_gets_an_empty_calendar(tmp_path: Path, reader: str) -> None:
    small(tmp_path)
    done = pitchgen(reader, "aino", "--format", "ics,html", workspace=tmp_path)
    assert done.returncode == 3
    assert done.stdout == f"out/aino-{reader}-fi.html\n"
    assert "hires/aino.yaml:1:1: error[no-first-day]: a calendar needs the first day of work" in done.stderr
    assert "write it as `starts_on: 2026-12-01`" in done.stderr


def test_of_somebody_typed_the_option_is_named(tmp_path: Path) -> None:
    typed = ("pitch", "--name", "Bo Ek", "--role", "asiantuntija", "--format", "ics", "-o", "-")
    done = pitchgen(*typed, workspace=small(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "--starts-on: error[no-first-day]" in done.stderr


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"hires/aino.yaml": HIRE + "    starts_on: 1969-12-31\n"}, "hires/aino.yaml:3:12"),
        (
            {
                "hires/aino.yaml": STARTS,
                "company.yaml": COMPANY + "    commitments:\n      - text: A.\n        when: 31.12.1969\n",
            },
            "company.yaml:12:11",
        ),
    ],
)
def test_no_calendar_begins_before_1970(tmp_path: Path, files: Mapping[str, str], place: str) -> None:
    done = pitchgen("pitch", "aino", "--format", "ics", workspace=small(tmp_path, files))
    assert done.returncode == 1
    assert f"{place}: error[no-first-day]: calendars begin in 1970" in done.stderr
    assert not (tmp_path / "out/aino-pitch-fi.ics").exists()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Helsinki", "did you mean 'Europe/Helsinki'?"),
        ("europe/helsinki", "did you mean 'Europe/Helsinki'?"),
        ("New York", "did you mean 'America/New_York'?"),
        ("Europe/Helsingki", "did you mean 'Europe/Helsinki'?"),
        ("../../etc/passwd", "write a continent and a city, like Europe/Helsinki"),
        ("+02:00", "write a continent and a city, like Europe/Helsinki"),
    ],
)
def test_an_unknown_zone_is_named_where_it_stands(tmp_path: Path, typed: str, hint: str) -> None:
    company = f"{COMPANY}    time_zone: '{typed}'\n"
    done = pitchgen("check", workspace=small(tmp_path, {"company.yaml": company}))
    assert done.returncode == 1
    assert f"company.yaml:10:12: error[invalid-value]: there is no time zone '{typed}'" in done.stderr
    assert hint in done.stderr


@pytest.mark.parametrize("typed", ["24:00", "9", "9.60", "9:5", "klo 9", "9:00:00", "9.00-10.00", "-1:00"])
def test_what_is_no_time_of_day_is_named_where_it_stands(tmp_path: Path, typed: str) -> None:
    hire = f"{HIRE}    arrival:\n      time: {typed}\n"
    done = pitchgen("check", workspace=small(tmp_path, {"hires/aino.yaml": hire}))
    assert done.returncode == 1
    assert (
        f"hires/aino.yaml:4:9: error[invalid-value]: must be a time of day like 9:00 or 13.30, not '{typed}'"
        in (done.stderr)
    )
