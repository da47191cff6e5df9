"""What the manager's sheet says: what one newcomer needs, what was promised them, and what to praise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pitchgen.compose.events import managers_events, why_no_calendar
from pitchgen.compose.goal import working_day
from pitchgen.compose.greeting import greeted_as
from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.own_texts import in_another_language
from pitchgen.compose.rewards import rewards_for, suiting
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.documents.manager_sheet import NOTE
from pitchgen.documents.pitch.compose import pitch_prose
from pitchgen.language.locale import full_date, short_date
from pitchgen.language.phrases import Phrases
from pitchgen.language.speech import duration_of
from pitchgen.render.calendar import calendar_text
from pitchgen.render.cues import cue_cards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pitchgen.model.company import Behavior, Commitment
    from pitchgen.model.text import Text
    from pitchgen.workspace import Hire, Reward, Workspace

Whose = Literal["manager", "role", "company"]
StopName = Literal[
    "before", "day_1", "week_1", "day_30", "day_60", "day_90", "later", "dated", "again", "undated"
]

# The last day of work that belongs to each stop.
_LAST_DAYS: tuple[tuple[StopName, int], ...] = (
    ("before", 0),
    ("day_1", 1),
    ("week_1", 7),
    ("day_30", 30),
    ("day_60", 60),
    ("day_90", 90),
)
_STOPS: tuple[StopName, ...] = (*(stop for stop, _ in _LAST_DAYS), "later", "dated", "again", "undated")

MOST_BEHAVIORS = 5
"""How many of the company's behaviours stand in for those that a role does not name."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise, and whose it is: with its `date`, with the `day` of work while no date is known, or with
    its `rhythm`.
    """

    text: str
    whose: Whose
    date: str | None = None
    day: str | None = None
    rhythm: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch of the calendar and what was promised for it, the soonest first.

    `dated` are promises with a date while nobody knows the first day, `again` those with a rhythm but that
    of the first week.
    """

    name: StopName
    promises: tuple[PromiseLine, ...]


@dataclass(frozen=True, slots=True)
class PraiseLine:
    """A behaviour to praise, and the reward that thanks for it, which may suit this very person.

    `evidence` is how one knows that this behaviour happened, `instead_of` the habit not to let pass.
    """

    behavior: str
    reward: str | None
    suits: bool
    evidence: str | None
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class NotFor:
    """What a reward is never given for."""

    reward: str
    text: str


@dataclass(frozen=True, slots=True)
class Thanks:
    """The rewards that suit a person, or examples when none does (`suit` says which).

    `likes` are what they like, as HR wrote it.
    """

    rewards: tuple[str, ...]
    suit: bool
    likes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagerSheet:
    """Everything a manager's sheet may say, in one language; what is missing is None or empty.

    `enthusiasm` are the metrics that show whether people here are more than satisfied.
    """

    name: str
    called: str
    title: str
    starts_on: str | None
    manager: str | None
    buddy: str | None
    needs: tuple[str, ...]
    thanks: Thanks | None
    stops: tuple[Stop, ...]
    praise: tuple[PraiseLine, ...]
    not_for: tuple[NotFor, ...]
    enthusiasm: tuple[MetricWords, ...]


def compose_manager_sheet(workspace: Workspace, hire: Hire, language: str) -> ManagerSheet:
    """Choose what the sheet on `hire` says to their manager, in `language`."""
    model = hire.model
    voice = Voice.of(workspace, language)
    praised = [_Praised.of(behavior, workspace, model.likes) for behavior in _behaviors(workspace, hire)]
    shown = (*(each.reward for each in praised if each.reward), *suiting(workspace.rewards, model.likes))
    return ManagerSheet(
        name=model.name,
        called=greeted_as(model, workspace.languages.names),
        title=voice.say(hire.role.model.title),
        starts_on=full_date(model.starts_on, voice.language) if model.starts_on else None,
        manager=hire.manager.model.name if hire.manager else None,
        buddy=hire.buddy_name,
        needs=tuple(voice.sentence(need) for need in model.needs),
        thanks=_thanks(workspace, hire, voice),
        stops=_stops(workspace, hire, voice),
        praise=tuple(each.said(voice) for each in praised),
        not_for=tuple(
            NotFor(voice.phrase(reward.model.text), voice.sentence(reward.model.not_for))
            for reward in dict.fromkeys(shown)
            if reward.model.not_for
        ),
        enthusiasm=tuple(
            metric_words(metric, voice, mine=False) for metric in workspace.metrics if metric.kind == "enps"
        ),
    )


def _thanks(workspace: Workspace, hire: Hire, voice: Voice) -> Thanks | None:
    likes = hire.model.likes
    rewards, suit = rewards_for(workspace.rewards, likes)
    if not rewards and not likes:
        return None
    return Thanks(tuple(voice.phrase(reward.model.text) for reward in rewards), suit, tuple(likes))


def _behaviors(workspace: Workspace, hire: Hire) -> tuple[Behavior, ...]:
    """Those that matter most in the role, else some of the company's, the non-negotiable ones first."""
    if hire.role.behaviors:
        return hire.role.behaviors
    ours = chain.from_iterable(value.model.behaviors for value in workspace.values)
    return tuple(sorted(ours, key=lambda behavior: not behavior.non_negotiable)[:MOST_BEHAVIORS])


class _Praised(NamedTuple):
    """A behaviour, the reward that thanks a person for it, whether it suits them, and how one knows of it."""

    behavior: Behavior
    reward: Reward | None
    suits: bool
    evidence: Text | None

    @classmethod
    def of(cls, behavior: Behavior, workspace: Workspace, likes: list[str]) -> _Praised:
        """With a reward for the behaviour, one that suits the person first.

        Praise is a manner, good for whatever is done: who likes quiet thanks is not thanked in front of
        everyone, but as they like it, or with plain words.
        """
        suit = suiting(workspace.rewards, likes)
        fitting = [reward for reward in workspace.rewards if behavior in reward.behaviors]
        gifts = [reward for reward in fitting if not (likes and _is_praise(reward))]
        choice = (*suiting(fitting, likes), *gifts, *filter(_is_praise, suit))
        reward = next(iter(choice), None)
        proven = reward if reward in fitting else next(iter(fitting), None)
        evidence = proven.evidence_of(behavior) if proven else None
        return cls(behavior, reward, reward in suit, evidence)

    def said(self, voice: Voice) -> PraiseLine:
        """The same in words."""
        instead_of = self.behavior.instead_of
        return PraiseLine(
            behavior=voice.sentence(self.behavior.text),
            reward=voice.clause(self.reward.model.text) if self.reward else None,
            suits=self.suits,
            evidence=voice.sentence_if(self.evidence),
            instead_of=voice.clause(instead_of) if instead_of else None,
        )


def _is_praise(reward: Reward) -> bool:
    return reward.model.kind == "praise"


def _stops(workspace: Workspace, hire: Hire, voice: Voice) -> tuple[Stop, ...]:
    """The calendar of what was promised, by the manager, for the role and by the company."""
    groups: tuple[tuple[Whose, list[Commitment]], ...] = (
        ("manager", hire.manager.model.commitments if hire.manager else []),
        ("role", hire.role.model.commitments),
        ("company", workspace.company.commitments),
    )
    starts_on = hire.model.starts_on
    placed = [
        _placed(commitment, whose, starts_on, voice)
        for whose, commitments in groups
        for commitment in commitments
    ]
    return tuple(_filled_stops(sorted(placed, key=itemgetter(1))))


def _filled_stops(placed: list[tuple[StopName, int, PromiseLine]]) -> Iterator[Stop]:
    for name in _STOPS:
        if promises := tuple(line for stop, _, line in placed if stop == name):
            yield Stop(name, promises)


def _placed(
    commitment: Commitment, whose: Whose, starts_on: date | None, voice: Voice
) -> tuple[StopName, int, PromiseLine]:
    """A promise with its stop, and a number that is smaller for what comes sooner."""
    when, line = commitment.when, PromiseLine(voice.sentence(commitment.text), whose)
    if when is None:
        return "undated", 0, line
    if when.date:
        stop = _stop((when.date - starts_on).days + 1) if starts_on else "dated"
        return _dated(line, stop, when.date, voice)
    if when.day and starts_on:
        return _dated(line, _stop(when.day), working_day(starts_on, when.day), voice)
    if when.day:
        day = f"{when.day}".replace("-", "\N{MINUS SIGN}") if when.day != 1 else None
        return _stop(when.day), when.day, replace(line, day=day)
    rhythm = voice.phrase_if(when.rhythm) or ""
    is_early = Phrases(voice.language.facts.first_week).search(rhythm) is not None
    return ("week_1" if is_early else "again"), 0, replace(line, rhythm=rhythm)


def _dated(line: PromiseLine, stop: StopName, on: date, voice: Voice) -> tuple[StopName, int, PromiseLine]:
    said = short_date(on, voice.language, year=stop in ("later", "dated"))
    return stop, on.toordinal(), replace(line, date=said)


def _stop(day: int) -> StopName:
    return next((stop for stop, last in _LAST_DAYS if day <= last), "later")


def _calendar(context: Context, hire: Hire) -> str:
    """What the manager is to keep. Raises `InvalidInput`."""
    company = context.workspace.company
    voice = Voice.of(context.workspace, context.language.code)
    events = managers_events(context.workspace, hire, voice, context.words)
    return calendar_text(events, company.name, company.time_zone, context.today)


def compose(context: Context, hire: Hire) -> Content:
    """The sheet on a hire. Raises `InvalidInput`."""
    sheet = compose_manager_sheet(context.workspace, hire, context.language.code)
    _, prose = pitch_prose(context, hire)
    values = {
        "sheet": sheet,
        "w": context.words,
        "cards": cue_cards(prose, context.language),
        "length": duration_of(prose.text, context.language),
    }
    refused = why_no_calendar(context.workspace, hire)
    calendar = {} if refused else {"ics": lambda: _calendar(context, hire)}
    return Content(
        heading=f"{context.words['manager_sheet']}: {sheet.name}",
        values=values,
        problems=(
            *prose.problems,
            *in_another_language(context.workspace, hire, context.language, ("needs",)),
        ),
        texts={**calendar, "md": lambda: context.prose_in_any_language(NOTE, values).markdown},
        refused={"ics": refused},
    )
