"""The first morning in words: when, where to, whom to ask for, and who is at one's side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.language.locale import clock, day_and_month

if TYPE_CHECKING:
    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Hire


@dataclass(frozen=True, slots=True)
class ArrivalWords:
    """What a newcomer is to know before the first day; what nobody knows yet is None.

    `phone` is the number of whoever `ask_for` names, unless that says it itself.
    """

    starts: str | None
    time: str | None
    place: str | None
    ask_for: str | None
    phone: str | None
    buddy: str | None


def arrival_words(hire: Hire, voice: Voice) -> ArrivalWords:
    """The first morning of a newcomer."""
    said, starts_on = hire.arrival, hire.model.starts_on
    person = said.person.model if said.person else None
    return ArrivalWords(
        starts=day_and_month(starts_on, voice.language) if starts_on else None,
        time=clock(said.time, voice.language) if said.time else None,
        place=voice.phrase_if(said.place),
        ask_for=person.name if person else voice.phrase_if(said.ask_for),
        phone=person.phone if person else None,
        buddy=hire.buddy_name,
    )
