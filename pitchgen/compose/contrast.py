"""Side by side: what different people need at the same touchpoint.

There is no golden mean: a bit of both serves neither. So needs that conflict are named as pairs, and those
who come to a touchpoint stand beside each other, each with our answer.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.persona import PersonaWords
from pitchgen.workspace import Conflict, Moment, Need, Persona, Role, Touchpoint, Workspace

if TYPE_CHECKING:
    from pitchgen.compose.voice import Voice


@dataclass(frozen=True, slots=True)
class SideWords:
    """One side of a conflict: whose need it is, and our answer to it."""

    label: str
    anchor: str
    need: str
    response: str | None


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """Two needs that cannot be met together."""

    one: SideWords
    other: SideWords


@dataclass(frozen=True, slots=True)
class ContrastCell:
    """What a persona expects at a touchpoint, and what that means for us."""

    label: str
    anchor: str
    expects: str | None
    do: str | None


@dataclass(frozen=True, slots=True)
class ContrastWords:
    """A touchpoint and everyone who comes there."""

    number: int
    name: str
    phase: str
    mine: bool
    helping: bool
    cells: tuple[ContrastCell, ...]


Described = Mapping[Persona, PersonaWords]


def conflicts_among(workspace: Workspace, personas: Container[Persona]) -> tuple[Conflict, ...]:
    """The conflicts between two of these personas."""
    return tuple(
        conflict
        for conflict in workspace.conflicts
        if conflict.one.persona is not conflict.other.persona
        and conflict.one.persona in personas
        and conflict.other.persona in personas
    )


def compose_conflicts(
    conflicts: Sequence[Conflict], described: Described, voice: Voice
) -> tuple[ConflictWords, ...]:
    """The conflicts between the personas that the document describes."""
    return tuple(
        ConflictWords(_side(conflict.one, described, voice), _side(conflict.other, described, voice))
        for conflict in conflicts
    )


def compose_contrasts(
    workspace: Workspace,
    role: Role,
    described: Described,
    voice: Voice,
) -> tuple[ContrastWords, ...]:
    """The touchpoints to which more than one of the personas come.

    Those the role answers for and helps at, else every one.
    """
    own = {*role.owns, *role.helps_at} or {*workspace.touchpoints}
    found = []
    for number, touchpoint in enumerate(workspace.touchpoints, start=1):
        moments = _moments_at(touchpoint, described)
        if touchpoint in own and len(moments) > 1:
            cells = tuple(
                _contrast_cell(moment, described[persona], voice) for persona, moment in moments.items()
            )
            name, phase = voice.say(touchpoint.model.name), voice.say(touchpoint.phase.name)
            found.append(
                ContrastWords(
                    number, name, phase, touchpoint in role.owns, touchpoint in role.helps_at, cells
                )
            )
    return tuple(found)


def _side(need: Need, described: Described, voice: Voice) -> SideWords:
    words, model = described[need.persona], need.model
    return SideWords(words.label, words.anchor, voice.sentence(model.text), voice.sentence_if(model.response))


def _moments_at(touchpoint: Touchpoint, described: Described) -> dict[Persona, Moment]:
    return {
        persona: moment
        for persona in described
        for moment in persona.moments
        if moment.touchpoint is touchpoint and (moment.model.expects or moment.model.do)
    }


def _contrast_cell(moment: Moment, words: PersonaWords, voice: Voice) -> ContrastCell:
    model = moment.model
    return ContrastCell(
        words.label, words.anchor, voice.sentence_if(model.expects), voice.sentence_if(model.do)
    )
