"""What a playbook says to everyone in a role: whom they will meet, and how to meet each as a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pitchgen.compose.chain import Way, ways_to_customers
from pitchgen.compose.contrast import (
    ConflictWords,
    ContrastWords,
    compose_conflicts,
    compose_contrasts,
    conflicts_among,
)
from pitchgen.compose.goal import GoalWords, goal_words
from pitchgen.compose.matrix import MatrixRow, compose_matrix
from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.persona import PersonaWords, anchors, compose_persona
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.documents.playbook import PROSE
from pitchgen.documents.role_card.compose import BehaviorLine, behavior_line
from pitchgen.render.html import clean_html
from pitchgen.similarity import stems_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.model.company import Commitment
    from pitchgen.model.text import Text
    from pitchgen.workspace import Persona, Role, Touchpoint, Value, Workspace

QUOTES_EACH = 2
COULD_BE_OF_ANOTHER = 0.6
"""The share of the words of a quote that, once another persona says them too, makes two answers right."""


@dataclass(frozen=True, slots=True)
class StopWords:
    """A touchpoint on the journey, by its number and its name.

    `mine` and `helping` say whether the reader answers for the touchpoint or helps at it.
    """

    number: int
    name: str
    mine: bool
    helping: bool


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """A phase of the journey and its touchpoints."""

    name: str
    stops: tuple[StopWords, ...]


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """What may go wrong at a touchpoint, and how it is put right with anyone.

    `mine` and `helping` say whether the reader answers for the touchpoint or helps at it.
    """

    number: int
    name: str
    risk: str | None
    recovery: str | None
    mine: bool
    helping: bool


@dataclass(frozen=True, slots=True)
class StoryWords:
    """Our story, in the order it is told; what nobody wrote is None."""

    summary: str
    origin: str | None
    turning_point: str | None
    today: str | None
    invitation: str | None


@dataclass(frozen=True, slots=True)
class ValueWords:
    """A value, the strategy goal it serves, and how it shows in what people do."""

    name: str
    strategy_goal: str | None
    behaviors: tuple[BehaviorLine, ...]


@dataclass(frozen=True, slots=True)
class DeedWords:
    """Something of the first months: a `step` to take, a `promise` to count on or a `goal` to reach."""

    kind: Literal["step", "promise", "goal"]
    text: str
    figure: str | None


@dataclass(frozen=True, slots=True)
class DayWords:
    """All of one day; `day` counts days of work from 1, days before the first are negative."""

    day: int
    deeds: tuple[DeedWords, ...]


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """What can be counted on again and again."""

    rhythm: str
    text: str


@dataclass(frozen=True, slots=True)
class Riddle:
    """A sentence somebody says, and who it is."""

    quote: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """Everything a playbook may say, in one language; what is missing is None or empty."""

    title: str
    strategy: str
    aim: str
    vision: str | None
    promise: str
    proofs: tuple[str, ...]
    why: str
    how: str
    ways: tuple[Way, ...]
    journey: tuple[PhaseWords, ...]
    personas: tuple[PersonaWords, ...]
    conflicts: tuple[ConflictWords, ...]
    contrasts: tuple[ContrastWords, ...]
    matrix: tuple[MatrixRow, ...]
    troubles: tuple[TroubleWords, ...]
    metrics: tuple[MetricWords, ...]
    other_metrics: tuple[MetricWords, ...]
    story: StoryWords | None
    values: tuple[ValueWords, ...]
    days: tuple[DayWords, ...]
    rhythms: tuple[RhythmWords, ...]
    riddles: tuple[Riddle, ...]


def compose_playbook(workspace: Workspace, role: Role, language: str) -> Playbook:
    """Choose what the playbook of `role` says, in `language`."""
    company, model = workspace.company, role.model
    voice = Voice.of(workspace, language)
    people = tuple(anchors(role))
    conflicts = conflicts_among(workspace, people)
    described = {
        persona: compose_persona(workspace, role, persona, conflicts, anchor, voice)
        for persona, anchor in anchors(role).items()
    }
    personas = tuple(described.values())
    promises = (*company.commitments, *model.commitments)
    return Playbook(
        title=voice.say(model.title),
        strategy=voice.say(company.strategy.name),
        aim=voice.sentence(company.strategy.aim),
        vision=voice.sentence_if(company.strategy.vision),
        promise=voice.sentence(company.promise.text),
        proofs=tuple(voice.sentence(proof) for proof in company.promise.proofs),
        why=voice.sentence(model.part.why),
        how=voice.sentence(model.part.how),
        ways=ways_to_customers(role, voice),
        journey=_journey(workspace, role, voice),
        personas=personas,
        conflicts=compose_conflicts(conflicts, described, voice),
        contrasts=compose_contrasts(workspace, role, described, voice),
        matrix=compose_matrix(workspace, people, voice, role),
        troubles=_troubles(workspace, role, voice),
        **_metrics(workspace, role, voice),
        story=_story(workspace, voice),
        values=tuple(_value(value, voice) for value in workspace.values),
        days=_days(role, promises, voice),
        rhythms=tuple(
            RhythmWords(voice.phrase(promise.when.rhythm), voice.sentence(promise.text))
            for promise in promises
            if promise.when and promise.when.rhythm
        ),
        riddles=_riddles(personas, people, voice),
    )


def _journey(workspace: Workspace, role: Role, voice: Voice) -> tuple[PhaseWords, ...]:
    numbered = enumerate(workspace.touchpoints, start=1)
    return tuple(
        PhaseWords(voice.say(phase.name), tuple(_stop(number, stop, role, voice) for number, stop in stops))
        for phase, stops in groupby(numbered, key=lambda each: each[1].phase)
    )


def _stop(number: int, touchpoint: Touchpoint, role: Role, voice: Voice) -> StopWords:
    return StopWords(
        number,
        voice.say(touchpoint.model.name),
        mine=touchpoint in role.owns,
        helping=touchpoint in role.helps_at,
    )


def _troubles(workspace: Workspace, role: Role, voice: Voice) -> tuple[TroubleWords, ...]:
    """Those of the touchpoints the role answers for and helps at, else every one."""
    own = {*role.owns, *role.helps_at} or {*workspace.touchpoints}
    return tuple(
        TroubleWords(
            number,
            voice.say(touchpoint.model.name),
            voice.sentence_if(touchpoint.model.risk),
            voice.sentence_if(touchpoint.model.recovery),
            mine=touchpoint in role.owns,
            helping=touchpoint in role.helps_at,
        )
        for number, touchpoint in enumerate(workspace.touchpoints, start=1)
        if touchpoint in own and (touchpoint.model.risk or touchpoint.model.recovery)
    )


def _metrics(workspace: Workspace, role: Role, voice: Voice) -> dict[str, tuple[MetricWords, ...]]:
    """The metrics that concern the role, those of its goals first, then what customers say; and all others.

    Where none does, all do.
    """
    own = dict.fromkeys(goal.metric.id for goal in role.goals if goal.metric)
    by_id = {metric.id: metric for metric in workspace.metrics}
    heard = [id for id, metric in by_id.items() if metric.source == "customer"]
    near = dict.fromkeys([*own, *heard] or by_id)
    return {
        "metrics": tuple(metric_words(by_id[id], voice, mine=id in own) for id in near),
        "other_metrics": tuple(
            metric_words(metric, voice, mine=False) for id, metric in by_id.items() if id not in near
        ),
    }


def _story(workspace: Workspace, voice: Voice) -> StoryWords | None:
    story = workspace.company.story
    if story is None:
        return None
    return StoryWords(
        summary=voice.sentence(story.summary),
        origin=voice.sentence_if(story.origin),
        turning_point=voice.sentence_if(story.turning_point),
        today=voice.sentence_if(story.today),
        invitation=voice.sentence_if(story.invitation),
    )


def _value(value: Value, voice: Voice) -> ValueWords:
    return ValueWords(
        name=voice.say(value.model.name),
        strategy_goal=voice.sentence_if(value.strategy_goal.text if value.strategy_goal else None),
        behaviors=tuple(behavior_line(behavior, voice) for behavior in value.model.behaviors),
    )


def _days(role: Role, promises: Sequence[Commitment], voice: Voice) -> tuple[DayWords, ...]:
    """What happens day by day: of each day steps, promises and goals."""
    days = defaultdict[int, list[DeedWords]](list)
    for step in role.model.first_days:
        days[step.day].append(DeedWords("step", voice.sentence(step.text), None))
    for promise in promises:
        if promise.when and promise.when.day:
            days[promise.when.day].append(DeedWords("promise", voice.sentence(promise.text), None))
    for goal in role.goals:
        if goal.day:
            days[goal.day].append(_reached(goal_words(goal, None, voice)))
    return tuple(DayWords(day, tuple(deeds)) for day, deeds in sorted(days.items()))


def _reached(goal: GoalWords) -> DeedWords:
    figure = f"{goal.metric}: {goal.target}" if goal.metric and goal.target else None
    return DeedWords("goal", goal.text, figure)


def _riddles(personas: Sequence[PersonaWords], people: Sequence[Persona], voice: Voice) -> tuple[Riddle, ...]:
    """What each persona says that no other would, in an order that gives nobody away.

    None where there is only one to name.
    """
    riddles = [
        Riddle(voice.sentence(quote), words.label, words.anchor)
        for words, persona in zip(personas, people, strict=True)
        for quote in _telling(persona, [other for other in people if other is not persona], voice)
    ]
    if len({riddle.anchor for riddle in riddles}) < 2:
        return ()
    # A digest mixes them the same way every time.
    return tuple(sorted(riddles, key=lambda riddle: blake2b(riddle.quote.encode()).digest()))


def _telling(persona: Persona, others: Sequence[Persona], voice: Voice) -> list[Text]:
    """The quotes of a persona that are the least like what the others say, without those that are like it."""
    said = [stems_of(voice.say(quote)) for other in others for quote in other.model.their_words]

    def likeness(quote: Text) -> float:
        words = stems_of(voice.say(quote))
        return max((len(words & other) / len(words) for other in said if words), default=0.0)

    own = [quote for quote in persona.model.their_words if likeness(quote) < COULD_BE_OF_ANOTHER]
    return sorted(own, key=likeness)[:QUOTES_EACH]


def compose(context: Context, role: Role) -> Content:
    """The playbook of a role. Raises `InvalidInput`."""
    playbook, words = compose_playbook(context.workspace, role, context.language.code), context.words
    formal = context.workspace.company.brand.tone == "formal"
    how_to_use = context.prose(PROSE, {"playbook": playbook, "formal": formal})
    values = {
        "playbook": playbook,
        "w": words,
        "formulas": context.formulas,
        "how_to_use": clean_html(how_to_use.body),
    }
    return Content(
        f"{words['playbook']} \N{MIDDLE DOT} {playbook.title}", values, problems=how_to_use.problems
    )
