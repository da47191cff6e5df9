"""Glance: the card of a persona for the ten seconds between two handshakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.workspace import Persona, Role, Touchpoint

# Ten seconds of silent reading are some 40 words of prose (238 a minute, Brysbaert 2019); lines as short as
# these are read a little faster.
MOST_WORDS = 45


@dataclass(frozen=True, slots=True)
class GlanceLine:
    """A line of the card: which `part` of it, what it says, where that was written, at which touchpoint."""

    part: str
    text: Text
    at: Place
    touchpoint: Text | None = None


def glance_lines(
    persona: Persona, touchpoints: Sequence[Touchpoint], role: Role | None = None
) -> tuple[GlanceLine, ...]:
    """What may stand on the card, the most important first: one of each part that somebody wrote.

    First contact is the first of the `touchpoints` with somebody in the `role`, or with anyone where that is
    never.
    """
    return tuple(_lines(persona, touchpoints, role))


def fitting(lines: Sequence[GlanceLine], said: Callable[[Text], str]) -> tuple[GlanceLine, ...]:
    """Those lines that are on the card: of each that has room beside those before it."""
    room, kept = MOST_WORDS, []
    for line in lines:
        words = len(said(line.text).split())
        if words <= room:
            room -= words
            kept.append(line)
    return tuple(kept)


def _lines(persona: Persona, touchpoints: Sequence[Touchpoint], role: Role | None) -> Iterator[GlanceLine]:
    model = persona.model
    if persona.needs:
        yield GlanceLine("need", persona.needs[0].model.text, persona.needs[0].at / "text")
    yield from _first_contact(persona, touchpoints, role)
    if model.connect.opening:
        yield GlanceLine("opening", model.connect.opening, persona.at / "connect" / "opening")
    else:
        yield from _first_saying(persona)
    if model.connect.avoid:
        yield GlanceLine("pitfall", model.connect.avoid[0], persona.at / "connect" / "avoid" / 0)
    if model.recognize:
        yield GlanceLine("sign", model.recognize[0], persona.at / "recognize" / 0)


def _first_contact(
    persona: Persona, touchpoints: Sequence[Touchpoint], role: Role | None
) -> Iterator[GlanceLine]:
    done = {moment.touchpoint: moment for moment in persona.moments if moment.model.do}
    along = [done[touchpoint] for touchpoint in touchpoints if touchpoint in done]
    theirs = [moment for moment in along if role and moment.touchpoint in (*role.owns, *role.helps_at)]
    for moment in (theirs or along)[:1]:
        assert moment.model.do
        yield GlanceLine("contact", moment.model.do, moment.at / "do", moment.touchpoint.model.name)


def _first_saying(persona: Persona) -> Iterator[GlanceLine]:
    for need in persona.needs:
        if need.model.plays.say:
            yield GlanceLine("opening", need.model.plays.say[0], need.at / "plays" / "say" / 0)
            return
