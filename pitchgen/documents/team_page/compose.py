"""What the team page says to a manager: who joins the team, whom they serve, and the dates to come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pitchgen.compose.goal import working_day
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.language.locale import full_date, short_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
class DateWords:
    """What happens on a day to one newcomer."""

    date: str
    name: str
    texts: tuple[str, ...]


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
    return MemberWords(
        name=model.name,
        title=voice.say(hire.role.model.title),
        starts_on=full_date(model.starts_on, voice.language) if model.starts_on else None,
        buddy=model.buddy,
        serves=tuple(voice.say(persona.model.label) for persona in hire.personas or hire.role.reaches),
    )


def _dates(workspace: Workspace, team: Sequence[Hire], voice: Voice, today: date) -> Iterator[DateWords]:
    """What was promised to each for one of the first days and what happens then, of the days to come."""
    coming: defaultdict[tuple[date, str, str], list[str]] = defaultdict(list)
    for hire in team:
        for on, text in _promised(workspace, hire):
            if on >= today:
                coming[on, hire.model.name, hire.model.id].append(voice.sentence(text))
    for (on, name, _), texts in sorted(coming.items()):
        yield DateWords(short_date(on, voice.language, year=True), name, tuple(texts))


def _promised(workspace: Workspace, hire: Hire) -> Iterator[tuple[date, Text]]:
    """What has a date among the first days of a newcomer; nothing while nobody knows their first."""
    starts_on = hire.model.starts_on
    if starts_on is None:
        return
    for day, text in _days(workspace, hire):
        if isinstance(day, date):
            if (day - starts_on).days < FIRST_DAYS:
                yield day, text
        elif day <= FIRST_DAYS:
            yield working_day(starts_on, day), text


def _days(workspace: Workspace, hire: Hire) -> Iterator[tuple[date | int, Text]]:
    """The dates and days of work of what is promised, and of a role's first days."""
    yield from ((each.day, each.text) for each in hire.role.model.first_days)
    by_manager = hire.manager.model.commitments if hire.manager else []
    for each in (*by_manager, *hire.role.model.commitments, *workspace.company.commitments):
        if each.when and (day := each.when.date or each.when.day):
            yield day, each.text


def compose(context: Context, manager: Manager) -> Content:
    """The page on the team of a manager. Raises `InvalidInput`."""
    team = compose_team_page(context.workspace, manager, context.language.code, context.today)
    return Content(f"{context.words['team_page']}: {team.name}", {"team": team, "w": context.words})
