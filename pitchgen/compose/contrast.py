"""Side by side: what different people need at the same touchpoint, and who answers for it.

There is no golden mean: a bit of both serves neither. So needs that conflict are named as pairs, with
a letter by which each touchpoint at which both people come refers to them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from pitchgen.compose.persona import PersonaWords
from pitchgen.compose.voice import Voice
from pitchgen.workspace import Conflict, Moment, Need, Persona, Role, Touchpoint, Workspace


@dataclass(frozen=True, slots=True)
class SideWords:
    """One side of a conflict: whose need it is, and our answer to it."""

    label: str
    anchor: str
    need: str
    response: str | None


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """Two needs that cannot be met together; `letter` marks them elsewhere."""

    letter: str
    one: SideWords
    other: SideWords


@dataclass(frozen=True, slots=True)
class ContrastCell:
    """What a persona expects at a touchpoint, what that means for us, and the conflicts it is part of."""

    label: str
    anchor: str
    expects: str | None
    do: str | None
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContrastWords:
    """A touchpoint and everyone who comes there."""

    number: int
    name: str
    phase: str
    mine: bool
    helping: bool
    cells: tuple[ContrastCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A persona at a touchpoint: `met`, `skipped` or `unknown`, and how it feels there (-2 to 2).

    `mine` and `helping` mark the reader's own: they answer for the touchpoint, or help at it.
    """

    state: str
    feels: int | None
    mine: bool
    helping: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A touchpoint: who answers for it, who takes part in it, and each persona's cell."""

    number: int
    name: str
    phase: str
    place: str | None
    channel: str | None
    owners: tuple[str, ...]
    partners: tuple[str, ...]
    mine: bool
    helping: bool
    cells: tuple[MatrixCell, ...]


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
        ConflictWords(
            _letter(number), _side(conflict.one, described, voice), _side(conflict.other, described, voice)
        )
        for number, conflict in enumerate(conflicts)
    )


def compose_contrasts(
    workspace: Workspace,
    role: Role,
    conflicts: Sequence[Conflict],
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
                _contrast_cell(moment, described[persona], _letters(persona, moments, conflicts), voice)
                for persona, moment in moments.items()
            )
            name, phase = voice.say(touchpoint.model.name), voice.say(touchpoint.phase.name)
            found.append(
                ContrastWords(
                    number, name, phase, touchpoint in role.owns, touchpoint in role.helps_at, cells
                )
            )
    return tuple(found)


def compose_matrix(
    workspace: Workspace, role: Role, personas: Sequence[Persona], voice: Voice
) -> tuple[MatrixRow, ...]:
    """Persona by touchpoint, and who answers for it."""
    return tuple(
        _row(number, touchpoint, workspace, role, personas, voice)
        for number, touchpoint in enumerate(workspace.touchpoints, start=1)
    )


def _letter(number: int) -> str:
    """A to Z, then A2 to Z2 and so on."""
    turn, at = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[at] + (str(turn + 1) if turn else "")


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


def _letters(
    persona: Persona, there: Mapping[Persona, Moment], conflicts: Sequence[Conflict]
) -> tuple[str, ...]:
    """The conflicts of a persona with others who come to the same touchpoint."""
    return tuple(
        _letter(number)
        for number, conflict in enumerate(conflicts)
        for pair in [{conflict.one.persona, conflict.other.persona}]
        if persona in pair and pair <= there.keys()
    )


def _contrast_cell(
    moment: Moment, words: PersonaWords, letters: tuple[str, ...], voice: Voice
) -> ContrastCell:
    model = moment.model
    return ContrastCell(
        words.label, words.anchor, voice.sentence_if(model.expects), voice.sentence_if(model.do), letters
    )


def _row(
    number: int,
    touchpoint: Touchpoint,
    workspace: Workspace,
    role: Role,
    personas: Sequence[Persona],
    voice: Voice,
) -> MatrixRow:
    model = touchpoint.model
    mine, helping = touchpoint in role.owns, touchpoint in role.helps_at
    return MatrixRow(
        number=number,
        name=voice.say(model.name),
        phase=voice.say(touchpoint.phase.name),
        place=model.place,
        channel=voice.phrase_if(model.channel),
        owners=tuple(voice.say(each.model.title) for each in workspace.roles if touchpoint in each.owns),
        partners=tuple(voice.phrase(partner) for partner in model.partners),
        mine=mine,
        helping=helping,
        cells=tuple(_cell(persona, touchpoint, mine, helping) for persona in personas),
    )


def _cell(persona: Persona, touchpoint: Touchpoint, mine: bool, helping: bool) -> MatrixCell:
    for moment in persona.moments:
        if moment.touchpoint is touchpoint:
            return MatrixCell("met", moment.model.feels, mine, helping)
    return MatrixCell("skipped" if touchpoint in persona.skips else "unknown", None, mine, helping)
