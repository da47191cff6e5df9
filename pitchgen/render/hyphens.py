"""Where words can be divided: by the language's own patterns, or those that Pyphen has for it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pitchgen import late, shipped

if TYPE_CHECKING:
    from pathlib import Path

PATTERNS = "hyphens.dic"
# Letters of a word that is divided, and of its parts; `base.css` says the same for paper.
SHORTEST, PART = 10, 4


def own_patterns() -> dict[str, Path]:
    """The files of patterns that come with pitchgen, by their languages."""
    files = {code: shipped.language_file(code, PATTERNS) for code in shipped.languages()}
    return {code: path for code, path in files.items() if path.is_file()}


def add_patterns() -> None:
    """Let Pyphen, which WeasyPrint asks, know the languages that have patterns of their own here."""
    for code, path in own_patterns().items():
        late.pyphen.LANGUAGES[code] = path
        late.pyphen.LANGUAGES_LOWERCASE[code.lower()] = code


@cache
def divided(word: str, code: str) -> tuple[str, ...]:
    """The parts of a word in a language between which a line may end; all of it, if none is known."""
    if not (dictionary := _dictionary(code)):
        return (word,)
    ends = [0, *dictionary.positions(word), len(word)]
    return tuple(word[one:other] for one, other in pairwise(ends))


@cache
def _dictionary(code: str):  # type: ignore[no-untyped-def]
    add_patterns()
    known = late.pyphen.language_fallback(code)
    return late.pyphen.Pyphen(lang=known, left=PART, right=PART) if known else None
