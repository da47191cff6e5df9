"""The matrix: which persona comes to which touchpoint, how it feels to them, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Persona, Role, Touchpoint, Workspace


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its id, for programs, and by its name, for readers."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A persona at a touchpoint: whether they meet it, and how it feels to them there (-2 to 2).

    `assumed` says that nobody has verified it.
    """

    state: Literal["met", "skipped", "unknown"]
    feels: int | None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A touchpoint: who answers for it, who helps, who else takes part, and each persona's cell.

    `mine` and `helping` mark the reader's own: they answer for the touchpoint, or help at it.
    """

    number: int
    touchpoint: Named
    phase: str
    place: str | None
    channel: str | None
    owners: tuple[Named, ...]
    helpers: tuple[Named, ...]
    partners: tuple[str, ...]
    mine: bool
    helping: bool
    cells: tuple[MatrixCell, ...]


def compose_matrix(
    workspace: Workspace, personas: Sequence[Persona], voice: Voice, reader: Role | None = None
) -> tuple[MatrixRow, ...]:
    """Every touchpoint with these personas, for everybody or for a `reader` in one role."""
    return tuple(
        _row(number, touchpoint, workspace, personas, voice, reader)
        for number, touchpoint in enumerate(workspace.touchpoints, start=1)
    )


def _row(
    number: int,
    touchpoint: Touchpoint,
    workspace: Workspace,
    personas: Sequence[Persona],
    voice: Voice,
    reader: Role | None,
) -> MatrixRow:
    model = touchpoint.model
    roles = workspace.roles
    return MatrixRow(
        number=number,
        touchpoint=Named(model.id, voice.say(model.name)),
        phase=voice.say(touchpoint.phase.name),
        place=model.place,
        channel=voice.phrase_if(model.channel),
        owners=tuple(_title(role, voice) for role in roles if touchpoint in role.owns),
        helpers=tuple(_title(role, voice) for role in roles if touchpoint in role.helps_at),
        partners=tuple(voice.phrase(partner) for partner in model.partners),
        mine=reader is not None and touchpoint in reader.owns,
        helping=reader is not None and touchpoint in reader.helps_at,
        cells=tuple(_cell(persona, touchpoint) for persona in personas),
    )


def _title(role: Role, voice: Voice) -> Named:
    return Named(role.model.id, voice.say(role.model.title))


def _cell(persona: Persona, touchpoint: Touchpoint) -> MatrixCell:
    for moment in persona.moments:
        if moment.touchpoint is touchpoint:
            return MatrixCell("met", moment.model.feels, moment.model.assumed)
    return MatrixCell("skipped" if touchpoint in persona.skips else "unknown", None)
