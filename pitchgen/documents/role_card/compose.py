"""What a role card says: what is expected, whom the role serves, and what one decides oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.chain import Way, ways_to_customers
from pitchgen.compose.commitment import CommitmentWords
from pitchgen.compose.goal import GoalWords, goal_words
from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from pitchgen.model.company import Behavior, Commitment
    from pitchgen.workspace import Persona, Role, Touchpoint, Workspace


@dataclass(frozen=True, slots=True)
class PersonaLine:
    """A persona in one line."""

    label: str
    summary: str


@dataclass(frozen=True, slots=True)
class TouchpointLine:
    """A touchpoint in one line; `phase` is the stretch of the journey it belongs to."""

    name: str
    phase: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class BehaviorLine:
    """A behaviour, and the habit it replaces."""

    text: str
    instead_of: str | None
    non_negotiable: bool


@dataclass(frozen=True, slots=True)
class RoleCard:
    """Everything a role card may say, in one language; what is missing is None or empty.

    `personas` are the customers the role meets itself. `ways` are those on which its work reaches them when
    it does not: this role, the colleagues in between, the customers.
    """

    title: str
    promise: str
    purpose: str
    why: str
    how: str
    exciting: str | None
    ideal: str | None
    personas: tuple[PersonaLine, ...]
    ways: tuple[Way, ...]
    outcomes: tuple[str, ...]
    owns: tuple[TouchpointLine, ...]
    helps_at: tuple[TouchpointLine, ...]
    goals: tuple[GoalWords, ...]
    decides: tuple[str, ...]
    behaviors: tuple[BehaviorLine, ...]
    tools: tuple[str, ...]
    commitments: tuple[CommitmentWords, ...]
    metrics: tuple[MetricWords, ...]


def compose_role_card(workspace: Workspace, role: Role, language: str) -> RoleCard:
    """Choose what the card of `role` says, in `language`."""
    company, model = workspace.company, role.model
    voice = Voice.of(workspace, language)
    return RoleCard(
        title=voice.say(model.title),
        promise=voice.sentence(company.promise.text),
        purpose=voice.sentence(model.purpose),
        why=voice.sentence(model.part.why),
        how=voice.sentence(model.part.how),
        exciting=voice.sentence_if(model.exciting),
        ideal=voice.sentence_if(model.ideal.text if model.ideal else None),
        personas=tuple(_persona(persona, voice) for persona in role.personas),
        ways=ways_to_customers(role, voice),
        outcomes=tuple(voice.sentence(text) for text in model.outcomes),
        owns=tuple(_touchpoint(touchpoint, voice) for touchpoint in role.owns),
        helps_at=tuple(_touchpoint(touchpoint, voice) for touchpoint in role.helps_at),
        goals=tuple(goal_words(goal, None, voice) for goal in role.goals),
        decides=tuple(voice.phrase(text) for text in model.decides),
        behaviors=tuple(behavior_line(behavior, voice) for behavior in role.behaviors),
        tools=tuple(voice.phrase(text) for text in model.tools),
        commitments=tuple(_commitment(commitment, voice) for commitment in model.commitments),
        metrics=_metrics(role, voice),
    )


def _metrics(role: Role, voice: Voice) -> tuple[MetricWords, ...]:
    """The metrics of the role's goals, each once."""
    measured = {goal.metric.id: goal.metric for goal in role.goals if goal.metric}
    return tuple(metric_words(metric, voice, mine=True) for metric in measured.values())


def _persona(persona: Persona, voice: Voice) -> PersonaLine:
    return PersonaLine(voice.say(persona.model.label), voice.sentence(persona.model.summary))


def _commitment(commitment: Commitment, voice: Voice) -> CommitmentWords:
    when = commitment.when
    day, of_work, rhythm = (when.date, when.day, when.rhythm) if when else (None, None, None)
    return CommitmentWords(
        voice.sentence(commitment.text),
        full_date(day, voice.language) if day else None,
        of_work,
        voice.phrase_if(rhythm),
    )


def _touchpoint(touchpoint: Touchpoint, voice: Voice) -> TouchpointLine:
    model = touchpoint.model
    return TouchpointLine(
        voice.say(model.name), voice.say(touchpoint.phase.name), voice.phrase_if(model.channel)
    )


def behavior_line(behavior: Behavior, voice: Voice) -> BehaviorLine:
    """A behaviour in words."""
    return BehaviorLine(
        voice.sentence(behavior.text), voice.phrase_if(behavior.instead_of), behavior.non_negotiable
    )


def compose(context: Context, role: Role) -> Content:
    """The card of a role. Raises `InvalidInput`."""
    card = compose_role_card(context.workspace, role, context.language.code)
    return Content(card.title, {"card": card, "w": context.words, "formulas": context.formulas})
