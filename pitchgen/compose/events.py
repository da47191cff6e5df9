"""What calendars hold of one newcomer: their own first days, and what their manager is to keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.goal import working_day
from pitchgen.plain import capitalized
from pitchgen.workspace.newcomer import derived_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, time

    from pitchgen.compose.voice import Voice
    from pitchgen.load.place import Place
    from pitchgen.model.company import Commitment
    from pitchgen.model.text import Text
    from pitchgen.problems import Problem
    from pitchgen.workspace import Hire, Workspace

FIRST_YEAR = 1970
"""Before it, calendar programs show nothing, or another day."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day, from a `time` on where that is known.

    `identity` tells it from all other events, and stays when it is moved or worded anew.
    """

    identity: tuple[str, ...]
    day: date
    time: time | None
    summary: str
    place: str | None
    notes: str


def why_no_calendar(workspace: Workspace, hire: Hire) -> tuple[Problem, ...]:
    """What keeps the first days of a newcomer off every calendar."""
    at = hire.at / "starts_on"
    if hire.model.starts_on is None:
        message = f"a calendar needs the first day of work, and {hire.label} has none"
        return (at.source.problem("no-first-day", message, at.loc, "write it as `starts_on: 2026-12-01`"),)
    dated = [(at, hire.model.starts_on)]
    dated += [
        (at / "when", promise.when.date)
        for _, at, promise in _promises(workspace, hire)
        if promise.when and promise.when.date
    ]
    return tuple(_too_early(at) for at, day in dated if day.year < FIRST_YEAR)


def _too_early(at: Place) -> Problem:
    message = f"calendars begin in {FIRST_YEAR}, and this day is before that"
    return at.source.problem("no-first-day", message, at.loc, "mend the year")


def newcomers_events(
    workspace: Workspace, hire: Hire, voice: Voice, words: Mapping[str, str], notes: str
) -> tuple[Event, ...]:
    """The first morning, which the `notes` tell of, and the first days of the role, the soonest first."""
    first = f"{capitalized(words['first_day'])} \N{EN DASH} {workspace.company.name}"
    calendar = _Calendar("newcomer", hire, voice)
    calendar.add_arrival(first, notes)
    for step in hire.role.model.first_days:
        calendar.add("step", step.day, step.text, step.place)
    return calendar.events


def managers_events(
    workspace: Workspace, hire: Hire, voice: Voice, words: Mapping[str, str]
) -> tuple[Event, ...]:
    """The newcomer's first morning, and what was promised them for a day, by whomever, the soonest first."""
    name, buddy = hire.model.name, hire.buddy_name
    notes = [voice.say(hire.role.model.title), *([f"{words['buddy']}: {buddy}"] if buddy else [])]
    calendar = _Calendar("manager", hire, voice, starts=f"{name}: ", notes="\n".join(notes))
    calendar.add_arrival(words["first_day"], calendar.notes)
    for whose, _, promise in _promises(workspace, hire):
        if promise.when and (on := promise.when.date or promise.when.day):
            calendar.add(whose, on, promise.text, promise.place)
    return calendar.events


def _promises(workspace: Workspace, hire: Hire) -> Iterator[tuple[str, Place, Commitment]]:
    """Whose each promise is, and where it stands."""
    groups = [("role", hire.role.at, hire.role.model.commitments)]
    groups += [("company", workspace.at, workspace.company.commitments)]
    groups += [("manager", hire.manager.at, hire.manager.model.commitments)] if hire.manager else []
    for whose, at, promises in groups:
        yield from ((whose, at / "commitments" / n, promise) for n, promise in enumerate(promises))


class _Calendar:
    """The events of one reader about one newcomer, whose first day is known."""

    def __init__(self, reader: str, hire: Hire, voice: Voice, starts: str = "", notes: str = "") -> None:
        self.notes = notes
        self._hire, self._voice, self._starts = hire, voice, starts
        self._about = (reader, _who(hire))
        self._events: list[Event] = []
        self._alike: Counter[tuple[str, ...]] = Counter()

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(sorted(self._events, key=lambda event: event.day))

    def add_arrival(self, summary: str, notes: str) -> None:
        arrival = self._hire.arrival
        place = self._voice.phrase_if(arrival.place)
        identity = (*self._about, "arrival")
        summary = f"{self._starts}{summary}"
        self._events.append(Event(identity, self._first_day, arrival.time, summary, place, notes))

    def add(self, what: str, on: date | int, text: Text, place: Text | None) -> None:
        """Something on a date or a day of work; where the newcomer comes to, unless it has a place."""
        day = working_day(self._first_day, on) if isinstance(on, int) else on
        where = place or (self._hire.arrival.place if day >= self._first_day else None)
        # Worded anew it is the same, and on a day of work it stays so when the first day is moved.
        identity = (*self._about, what, str(on))
        self._alike[identity] += 1
        summary = f"{self._starts}{capitalized(self._voice.phrase(text))}"
        event = Event(
            (*identity, str(self._alike[identity])),
            day,
            None,
            summary,
            self._voice.phrase_if(where),
            self.notes,
        )
        self._events.append(event)

    @property
    def _first_day(self) -> date:
        starts_on = self._hire.model.starts_on
        assert starts_on
        return starts_on


def _who(hire: Hire) -> str:
    """The newcomer's id; without the first day where it was made of that, because it may be moved."""
    if hire.at.source.id_is_given:
        return hire.model.id
    return derived_id(hire.model.name, hire.role.model.id or "")
