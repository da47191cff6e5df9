"""What the team page says to a manager: who joins the team, whom they serve, and the dates to come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from pitchgen.compose.goal import working_day
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.language.locale import full_date, short_date
from pitchgen.workspace.linked import without_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pitchgen.model.company import Commitment
    from pitchgen.model.text import Text
    from pitchgen.workspace import Hire, Manager, Workspace

# How many days of work of a newcomer their manager sees here; what comes later stands on the manager's sheet.
FIRST_DAYS = 30


@dataclass(frozen=True, slots=True)
class MemberWords:
    """A newcomer in the team, and the customers whom they serve, themselves or through colleagues."""

    name: str
    title: str
    starts_on: str | None
    buddy: str | None
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventWords:
    """What happens, as the newcomer was told; `is_own` when it is what the manager promised."""

    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class DateWords:
    """What happens on a day to one newcomer, the manager's own promises first."""

    date: str
    name: str
    events: tuple[EventWords, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Everything a team page may say, in one language; what is missing is None or empty."""

    name: str
    title: str | None
    members: tuple[MemberWords, ...]
    dates: tuple[DateWords, ...]


def compose_team_page(workspace: Workspace, manager: Manager, language: str, today: date) -> TeamPage:
    """Choose what the page on the team of `manager` says, in `language`, on the day `today`."""
    voice = Voice.of(workspace, language)
    team = sorted(workspace.team_of(manager), key=_first_day)
    return TeamPage(
        name=manager.model.name,
        title=voice.say_if(manager.model.title),
        members=tuple(_member(hire, voice) for hire in team),
        dates=tuple(_dates(workspace, team, voice, today)),
    )


def _first_day(hire: Hire) -> tuple[date, str]:
    """Whoever comes first stands first; one whose day nobody knows yet, last."""
    return hire.model.starts_on or date.max, hire.model.name


def _member(hire: Hire, voice: Voice) -> MemberWords:
    model = hire.model
    serves = without_examples(hire.personas) or hire.role.customers
    return MemberWords(
        name=model.name,
        title=voice.say(hire.role.model.title),
        starts_on=full_date(model.starts_on, voice.language) if model.starts_on else None,
        buddy=hire.buddy_name,
        serves=tuple(voice.say(persona.model.label) for persona in serves),
    )


def _dates(workspace: Workspace, team: Sequence[Hire], voice: Voice, today: date) -> Iterator[DateWords]:
    """What was promised to each for one of the first days and what happens then, of the days to come."""
    coming: defaultdict[tuple[date, str, str], list[EventWords]] = defaultdict(list)
    for hire in team:
        for on, text, is_own in _events(workspace, hire):
            if on >= today:
                event = EventWords(voice.sentence(text), is_own)
                coming[on, hire.model.name, hire.model.id].append(event)
    for (on, name, _), events in sorted(coming.items(), key=itemgetter(0)):
        yield DateWords(short_date(on, voice.language, year=True), name, tuple(events))


def _events(workspace: Workspace, hire: Hire) -> Iterator[tuple[date, Text, bool]]:
    """What has a date among the first days of a newcomer; nothing while nobody knows their first."""
    starts_on = hire.model.starts_on
    if starts_on is None:
        return
    for day, text, is_own in _days(workspace, hire):
        if isinstance(day, date):
            if (day - starts_on).days < FIRST_DAYS:
                yield day, text, is_own
        elif day <= FIRST_DAYS:
            yield working_day(starts_on, day), text, is_own


def _days(workspace: Workspace, hire: Hire) -> Iterator[tuple[date | int, Text, bool]]:
    """The dates and days of work of the manager's promises, of a role's first days, and of other promises."""
    by_manager = hire.manager.model.commitments if hire.manager else []
    yield from ((day, text, True) for day, text in _dated(by_manager))
    yield from ((each.day, each.text, False) for each in hire.role.model.first_days)
    of_others = (*hire.role.model.commitments, *workspace.company.commitments)
    yield from ((day, text, False) for day, text in _dated(of_others))


def _dated(commitments: Iterable[Commitment]) -> Iterator[tuple[date | int, Text]]:
    """Those of the promises that have a date or a day of work."""
    for each in commitments:
        if each.when and (day := each.when.date or each.when.day):
            yield day, each.text


def compose(context: Context, manager: Manager) -> Content:
    """The page on the team of a manager. Raises `InvalidInput`."""
    team = compose_team_page(context.workspace, manager, context.language.code, context.today)
    return Content(f"{context.words['team_page']}: {team.name}", {"team": team, "w": context.words})
