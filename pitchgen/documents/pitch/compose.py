"""What a welcome pitch says to one newcomer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from pitchgen.compose.commitment import CommitmentWords
from pitchgen.compose.events import newcomers_events, why_no_calendar
from pitchgen.compose.goal import GoalWords, goal_words, working_day
from pitchgen.compose.greeting import greeted_as
from pitchgen.compose.own_texts import in_another_language
from pitchgen.compose.rewards import rewards_for
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.documents.pitch import OWN, PROSE
from pitchgen.documents.pitch.message import message_prose
from pitchgen.documents.pitch.own_words import own_words, refuse_unsaid
from pitchgen.documents.pitch.shorten import shortened
from pitchgen.language.locale import day_and_month, full_date
from pitchgen.language.speech import Duration, duration_of
from pitchgen.render.calendar import calendar_text
from pitchgen.render.html import clean_html
from pitchgen.render.text import render_text
from pitchgen.workspace.linked import without_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pitchgen.model.company import Commitment, Strategy
    from pitchgen.problems import Problem
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Conflict, Hire, Persona, Role, Workspace

# What of a newcomer's own file the pitch says.
_OWN_TEXTS = ("why_you", "link_to_story", "goals", "pitch")
# Days.
FIRST_WEEK = 7


@dataclass(frozen=True, slots=True)
class StrategyWords:
    """The strategy in force; `years` is "2026" or "2026–2028", and `one_year` says which.

    `until` is the last of them.
    """

    name: str
    aim: str
    growth: str | None
    years: str | None
    one_year: bool
    until: str | None


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """Two personas whose needs cannot be met together, each with its need."""

    one: str
    one_need: str
    other: str
    other_need: str


@dataclass(frozen=True, slots=True)
class ManagerWords:
    """Who signs the pitch."""

    name: str
    title: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Pitch:
    """Everything a pitch template may say, in one language; what is missing is None or empty.

    `called` is the name to use in a greeting; `role` is the title inside a sentence and `title`
    the title on its own; `rewards` are those that suit this person, or examples when nobody knows
    yet (`rewards_suit` says which). `step` is what they may count on in their first week.
    """

    language: str
    formal: bool
    company: str
    name: str
    called: str
    title: str
    role: str
    starts_on: str | None
    why_you: str | None
    strategy: StrategyWords
    promise: str
    why: str
    how: str
    purpose: str
    personas: tuple[str, ...]
    contrast: ConflictWords | None
    goals: tuple[GoalWords, ...]
    story: str | None
    link_to_story: str | None
    rewards: tuple[str, ...]
    rewards_suit: bool
    decides: tuple[str, ...]
    buddy: str | None
    step: CommitmentWords | None
    manager: ManagerWords | None
    written_on: str


def compose_pitch(workspace: Workspace, hire: Hire, language: str, today: date) -> Pitch:
    """Choose what the pitch for `hire` says, in `language`, on the day `today`."""
    company, role, model = workspace.company, hire.role.model, hire.model
    voice = Voice.of(workspace, language)
    title = voice.say(role.title)
    personas = _personas(hire)
    years = _years(company.strategy)
    rewards, rewards_suit = rewards_for(workspace.rewards, model.likes)
    return Pitch(
        language=language,
        formal=company.brand.tone == "formal",
        company=company.name,
        name=model.name,
        called=greeted_as(model, workspace.languages.names),
        title=title,
        role=voice.in_sentence(title),
        starts_on=full_date(model.starts_on, voice.language) if model.starts_on else None,
        why_you=voice.sentence_if(model.why_you),
        strategy=StrategyWords(
            name=voice.say(company.strategy.name),
            aim=voice.sentence(company.strategy.aim),
            growth=voice.sentence_if(company.strategy.growth),
            years="\N{EN DASH}".join(years) or None,
            one_year=len(years) == 1,
            until=years[-1] if years else None,
        ),
        promise=voice.sentence(company.promise.text),
        why=voice.sentence(role.part.why),
        how=voice.sentence(role.part.how),
        purpose=voice.sentence(role.purpose),
        personas=tuple(voice.say(p.model.label) for p in personas),
        contrast=_contrast(workspace, hire.role, personas, voice),
        goals=tuple(goal_words(goal, model.starts_on, voice) for goal in hire.goals + hire.role.goals),
        story=_story(workspace, voice),
        link_to_story=voice.sentence_if(model.link_to_story),
        rewards=tuple(voice.phrase(reward.model.text) for reward in rewards),
        rewards_suit=rewards_suit,
        decides=tuple(voice.phrase(text) for text in role.decides),
        buddy=hire.buddy_name,
        step=_step(workspace, hire, voice, today),
        manager=_manager(hire, voice),
        written_on=full_date(today, voice.language),
    )


def _years(strategy: Strategy) -> tuple[str, ...]:
    """The first and the last year of the strategy, or the one it is in; none when nobody wrote it."""
    if strategy.valid_from is None:
        return ()
    first = strategy.valid_from.year
    last = strategy.valid_to.year if strategy.valid_to else first
    return (f"{first}",) if first == last else (f"{first}", f"{last}")


def _personas(hire: Hire) -> tuple[Persona, ...]:
    """Those chosen for this person, else all the role reaches, the central ones first."""
    chosen = without_examples(hire.personas)
    return chosen or tuple(sorted(hire.role.customers, key=lambda p: p.model.priority))


def _contrast(
    workspace: Workspace, role: Role, personas: tuple[Persona, ...], voice: Voice
) -> ConflictWords | None:
    """Two of these personas whose needs are written down as conflicting.

    Of several pairs, the one that meets at most of the touchpoints the role owns, then helps at;
    then the one of the personas that come first.
    """
    rank = {persona: n for n, persona in enumerate(personas)}

    def suits(conflict: Conflict) -> tuple[int, int, list[int]]:
        pair = (conflict.one.persona, conflict.other.persona)
        met = [{moment.touchpoint for moment in persona.moments} for persona in pair]
        shared = met[0] & met[1]
        return (
            -len(shared.intersection(role.owns)),
            -len(shared.intersection(role.helps_at)),
            sorted(rank[persona] for persona in pair),
        )

    known = [
        conflict
        for conflict in workspace.conflicts
        if conflict.one.persona is not conflict.other.persona
        and conflict.one.persona in rank
        and conflict.other.persona in rank
    ]
    if not known:
        return None
    best = min(known, key=suits)
    one, other = sorted((best.one, best.other), key=lambda need: rank[need.persona])
    return ConflictWords(
        one=voice.say(one.persona.model.label),
        one_need=voice.sentence(one.model.text),
        other=voice.say(other.persona.model.label),
        other_need=voice.sentence(other.model.text),
    )


def _story(workspace: Workspace, voice: Voice) -> str | None:
    """The invitation into our story, else the story itself."""
    story = workspace.company.story
    return voice.sentence_if((story.invitation or story.summary) if story else None)


def _step(workspace: Workspace, hire: Hire, voice: Voice, today: date) -> CommitmentWords | None:
    """What is promised first in the first week: by the manager, else for the role or by the company.

    What is past is no promise.
    """
    own = hire.manager.model.commitments if hire.manager else []
    starts_on = hire.model.starts_on
    for group in (own, [*workspace.company.commitments, *hire.role.model.commitments]):
        if steps := [
            each for each in _in_first_week(group, starts_on) if each[1] is None or each[1] >= today
        ]:
            day, on, commitment = min(steps, key=itemgetter(0))
            return CommitmentWords(
                voice.sentence(commitment.text), day_and_month(on, voice.language) if on else None, day, None
            )
    return None


def _in_first_week(
    commitments: Iterable[Commitment], starts_on: date | None
) -> Iterator[tuple[int, date | None, Commitment]]:
    """Those of the first seven days of work, each with its day, and its date where that is known."""
    for commitment in commitments:
        when = commitment.when
        if not when:
            continue
        day, on = when.day, when.date
        if on and starts_on:
            day = (on - starts_on).days + 1
        elif day and starts_on:
            on = working_day(starts_on, day)
        if day and 1 <= day <= FIRST_WEEK:
            yield day, on, commitment


def _manager(hire: Hire, voice: Voice) -> ManagerWords | None:
    if hire.manager is None:
        return None
    manager = hire.manager.model
    return ManagerWords(manager.name, voice.say_if(manager.title), manager.email, manager.phone)


def pitch_prose(context: Context, hire: Hire) -> tuple[Pitch, Prose]:
    """What the pitch says, and its template filled in with that and with words of the newcomer's own.

    Where it is to be said in so many seconds, what the template names is left out until it can be. Raises
    `InvalidInput`.
    """
    pitch = compose_pitch(context.workspace, hire, context.language.code, context.today)
    own = own_words(hire, Voice.of(context.workspace, context.language.code))
    fill = partial(_filled, context, own)
    if context.seconds is None:
        prose = fill(pitch)
    else:
        pitch, prose = shortened(context, hire, context.seconds, pitch, fill)
    refuse_unsaid(context, hire, prose)
    return pitch, prose


def _filled(context: Context, own: Mapping[str, str | None], pitch: Pitch) -> Prose:
    values = {name: getattr(pitch, name) for name in Pitch.__slots__}
    return context.prose(PROSE, {**values, OWN: own}, own)


def _calendar(context: Context, hire: Hire) -> str:
    """The newcomer's first days. Raises `InvalidInput`."""
    company = context.workspace.company
    voice = Voice.of(context.workspace, context.language.code)
    notes = message_prose(context, hire).text
    events = newcomers_events(context.workspace, hire, voice, context.words, notes)
    return calendar_text(events, company.name, company.time_zone, context.today)


def compose(context: Context, hire: Hire) -> Content:
    """The pitch for a hire: a letter, and the plain text of what is said aloud. Raises `InvalidInput`."""
    pitch, prose = pitch_prose(context, hire)
    language = context.language
    duration = duration_of(prose.text, language)
    refused = why_no_calendar(context.workspace, hire)
    calendar = {} if refused else {"ics": lambda: _calendar(context, hire)}
    return Content(
        heading=prose.heading,
        values={
            "heading": prose.heading,
            "subtitle": f"{pitch.name} \N{MIDDLE DOT} {pitch.title}",
            "body": clean_html(prose.body),
        },
        prose=prose,
        texts={"md": lambda: prose.markdown, **calendar, "txt": lambda: render_text(prose, language)},
        refused={"ics": refused},
        problems=(
            *prose.problems,
            *_wrong_length(context, duration, hire),
            *in_another_language(context.workspace, hire, language, _OWN_TEXTS),
        ),
        too_long=duration.seconds > context.workspace.company.checks.limits.longest_pitch,
    )


def _wrong_length(context: Context, duration: Duration, hire: Hire) -> Iterator[Problem]:
    limits = context.workspace.company.checks.limits
    shortest, longest = limits.shortest_pitch, limits.longest_pitch
    if shortest <= duration.seconds <= longest:
        return
    if duration.seconds > longest:
        too = "long"
        hint = "shorten the texts it is made of: strategy, promise, the role's part, goal, story"
    else:
        too = "short"
        hint = "fill in more of what it can use: goals, story, rewards, decides, commitments"
    message = (
        f"the pitch in '{context.language.code}' takes {duration.seconds} s aloud, "
        f"too {too} for {shortest} to {longest} s"
    )
    yield (hire.at / "name").warning("pitch-length", message, hint)
