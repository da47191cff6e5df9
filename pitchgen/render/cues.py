"""A pitch as cue cards: its paragraphs, each with the second it begins at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.language.speech import beginnings
from pitchgen.plain import one_line

if TYPE_CHECKING:
    from pitchgen.language.facts import Language
    from pitchgen.render.markdown import Block, Prose


@dataclass(frozen=True, slots=True)
class CueCard:
    """One paragraph to say aloud.

    `at` is when it begins ("0:12"), `kind` that of its block; `lead` are the bold words it begins
    with, if it does, and `text` is the rest.
    """

    at: str
    kind: str
    lead: str
    text: str


def cue_cards(prose: Prose, language: Language) -> tuple[CueCard, ...]:
    """The cards of a pitch in the order in which they are said."""
    starts = beginnings((block.text for block in prose.blocks), language)
    return tuple(_card(at, block) for at, block in zip(starts, prose.blocks, strict=True))


def _card(at: str, block: Block) -> CueCard:
    text, lead = one_line(block.text), one_line(block.lead)
    if lead:
        # A colon right behind the bold words belongs to them.
        lead += text[len(lead) :].partition(" ")[0]
    return CueCard(at, block.kind, lead, text[len(lead) :].lstrip(" "))
