"""How long a text takes to read aloud.

Timed by characters without spaces, because that rate varies least between languages
(Trauzettel-Klosinski & Dietz 2012, doi:10.1167/iovs.11-8284). Figures count by the letters of the words that
they are said in: a sentence full of them takes more than twice what its characters say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.facts import Language

SPREAD = 0.12

# A space that no line breaks at, as between a day and its month, ends no sentence.
_END = re.compile(r"[.!?…][\"'”’»)\]]*[ \n]+")
# What is said in a word of its own. A nought mostly is in that of the digit before it: 200, 2030.
_SAID_IN_A_WORD = re.compile("[1-9%€$£]")


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds of speech: the calm estimate, and the range in which most speakers fall."""

    seconds: int
    quickest: int
    slowest: int

    def __str__(self) -> str:
        return f"{self.seconds} s ({self.quickest}\N{EN DASH}{self.slowest} s)"


def seconds_of(text: str, language: Language) -> float:
    """Seconds to say `text` calmly."""
    facts = language.facts
    characters = len("".join(text.split()))
    characters += len(_SAID_IN_A_WORD.findall(text)) * (facts.letters_per_digit - 1)
    return characters * 60 / facts.characters_per_minute


def duration_of(text: str, language: Language) -> Duration:
    """The time `text` takes aloud, with its range."""
    seconds = seconds_of(text, language)
    return Duration(round(seconds), round(seconds * (1 - SPREAD)), round(seconds * (1 + SPREAD)))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; what goes on with a small letter is none: "1. joulukuuta"."""
    begun = 0
    for end in _END.finditer(text):
        if not text[end.end() : end.end() + 1].islower():
            yield text[begun : end.end()].strip()
            begun = end.end()
    if rest := text[begun:].strip():
        yield rest


def beginnings(texts: Iterable[str], language: Language) -> Iterator[str]:
    """When each of these texts, said one after the other, begins: "0:12"."""
    elapsed = 0.0
    for text in texts:
        minutes, seconds = divmod(round(elapsed), 60)
        yield f"{minutes}:{seconds:02}"
        elapsed += seconds_of(text, language)
