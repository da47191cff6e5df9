"""A pitch as cue cards: its paragraphs, each with the second it begins at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.language.speech import beginnings, seconds_of, sentences
from pitchgen.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.language.facts import Language
    from pitchgen.render.markdown import Block, Prose


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence, and the whole seconds that it takes."""

    text: str
    seconds: int


@dataclass(frozen=True, slots=True)
class CueCard:
    """One paragraph to say aloud.

    `at` is when it begins ("0:12"), `kind` that of its block; `lead` are the bold words it begins
    with, if it does, and `cues` the sentences, the first of them without these words.
    """

    at: str
    kind: str
    lead: str
    cues: tuple[Cue, ...]


def cue_cards(prose: Prose, language: Language) -> tuple[CueCard, ...]:
    """The cards of a pitch in the order in which they are said."""
    starts = beginnings((block.text for block in prose.blocks), language)
    return tuple(_card(at, block, language) for at, block in zip(starts, prose.blocks, strict=True))


def sentences_of(block: Block) -> Iterator[tuple[str, str]]:
    """What is said of a block, sentence by sentence, the first behind words that lead into it.

    These are "" unless they look like a sentence of their own, which they are not.
    """
    said, lead = [one_line(sentence) for sentence in sentences(block.text)], one_line(block.lead)
    if len(said) > 1 and said[0] == lead:
        _, first, *said = said
        yield lead, first
    yield from (("", sentence) for sentence in said)


def _card(at: str, block: Block, language: Language) -> CueCard:
    said, lead = [" ".join(filter(None, parts)) for parts in sentences_of(block)], one_line(block.lead)
    if lead:
        # A colon right behind the bold words belongs to them.
        lead += said[0][len(lead) :].partition(" ")[0]
    texts = [said[0][len(lead) :].lstrip(" "), *said[1:]]
    seconds = (max(1, round(seconds_of(sentence, language))) for sentence in said)
    return CueCard(at, block.kind, lead, tuple(map(Cue, texts, seconds)))
