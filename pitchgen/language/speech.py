"""How long a text takes to read aloud.

Timed by characters without spaces, because that rate varies least between languages
(Trauzettel-Klosinski & Dietz 2012, doi:10.1167/iovs.11-8284).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.facts import Language

SPREAD = 0.12


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
    characters = len("".join(text.split()))
    return characters * 60 / language.facts.characters_per_minute


def duration_of(text: str, language: Language) -> Duration:
    """The time `text` takes aloud, with its range."""
    seconds = seconds_of(text, language)
    return Duration(round(seconds), round(seconds * (1 - SPREAD)), round(seconds * (1 + SPREAD)))


def beginnings(texts: Iterable[str], language: Language) -> Iterator[str]:
    """When each of these texts, said one after the other, begins: "0:12"."""
    elapsed = 0.0
    for text in texts:
        minutes, seconds = divmod(round(elapsed), 60)
        yield f"{minutes}:{seconds:02}"
        elapsed += seconds_of(text, language)
