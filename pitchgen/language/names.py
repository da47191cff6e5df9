"""Names of people: the word to greet by, and what shows that a name is not written as it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

from pitchgen.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# What follows a comma after a name and is no first name.
_AFTER_NAMES = frozenset({"jr", "sr", "esq", "md"})
# A., A.B., J.-P., Chr.; and a letter alone.
_INITIAL = re.compile(r"[^\W\d_]|[^\W\d_]{1,3}\.(?:-?[^\W\d_]{1,3}\.)*")
# The same of single letters alone, for behind a comma the rest are degrees: M.Sc., Ph.D.
_INITIALS = re.compile(r"[^\W\d_]\.(?:[- ]?[^\W\d_]\.)*")
# Two capitals are what many are called: JP, AJ. At a name's end three may be a degree: KTM, MBA, III.
_SHOUTED, _SHOUTED_AT_END = 3, 4


class Slip(Enum):
    """What shows that a name is not written as it is said, as the end of a sentence about it."""

    SURNAME_FIRST = "has the surname first"
    SEEMS_SURNAME_FIRST = "seems to have the surname first"
    CAPITALS = "is written in capitals"
    NO_CAPITAL = "begins without a capital"
    TITLE = "begins with a title"
    INITIAL = "begins with an initial"
    PARTICLE = "begins with a particle of a surname"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it was understood.

    `first` is the word to greet by, empty where nothing shows which it is; `said` the whole name as it is
    said, where it is written otherwise and that is known.
    """

    first: str = ""
    slip: Slip | None = None
    said: str = ""


class NameReader:
    """Reads names by what is told of them in all languages, for a newcomer may be from anywhere.

    A title with capitals only counts as it is written, another one with a capital in any case. Of `surnames`
    one that begins with * is how a surname ends.
    """

    def __init__(
        self,
        titles: Collection[str],
        particles: Collection[str],
        first_names: Collection[str] = (),
        surnames: Collection[str] = (),
    ) -> None:
        self.titles = frozenset(titles)
        self.first_names = frozenset(map(str.casefold, first_names))
        self.surnames = frozenset(map(str.casefold, surnames))
        self._endings = tuple(name[1:] for name in self.surnames if name.startswith("*"))
        self.particles = frozenset(particles)
        self._in_any_case = {each.casefold() for each in titles if not (each.isupper() or each.islower())}

    def read(self, name: str) -> PersonName:
        """What the words of a name show."""
        surname, comma, behind = (part.strip() for part in one_line(name).partition(","))
        if comma and surname and _is_first_name(behind, shouted=surname.isupper()):
            return _surname_first(behind.split(), surname.split())
        words = surname.split()
        untitled = words[len([*takewhile(self._is_title, words)]) :]
        found = self._read(untitled) if untitled else PersonName()
        if len(untitled) == len(words) or found.slip:
            return found
        # Behind a title alone stands a surname: Mrs Ek.
        return PersonName(found.first if len(untitled) > 1 else "", Slip.TITLE)

    def _read(self, words: list[str]) -> PersonName:
        first, *others = words
        if all(map(str.isupper, words)) and any(_is_shouted(word, _SHOUTED) for word in words):
            return PersonName("" if others else first, Slip.CAPITALS)
        if surname := self._shouted_surname(words):
            return _surname_first(words[len(surname) :], surname)
        if not first[0].isalpha() or self._begins_surname(first, others):
            return PersonName("", Slip.PARTICLE)
        if _is_initial(first):
            return PersonName("", Slip.INITIAL)
        if first.islower():
            return PersonName(first, Slip.NO_CAPITAL)
        if others and _is_shouted(others[-1], _SHOUTED_AT_END):
            return PersonName(first, Slip.CAPITALS)
        if others and self._seems_surname(first, others):
            return replace(_surname_first(others, [first]), slip=Slip.SEEMS_SURNAME_FIRST)
        return PersonName(first)

    def _seems_surname(self, first: str, others: Sequence[str]) -> bool:
        """Whether the first word is more likely a surname than the last."""
        last = others[-1]
        if self._is_usual_first_name(first) or self._is_surname(last):
            return False
        return self._is_surname(first) or self._is_usual_first_name(last)

    def _is_usual_first_name(self, word: str) -> bool:
        return word.casefold().partition("-")[0] in self.first_names

    def _is_surname(self, word: str) -> bool:
        known = word.casefold()
        return known in self.surnames or any(known.endswith(end) and known != end for end in self._endings)

    def _shouted_surname(self, words: list[str]) -> list[str]:
        """The words in capitals that a name begins with, particles among them, if others follow."""
        surname = [*takewhile(lambda word: _is_shouted(word, _SHOUTED) or self._is_particle(word), words)]
        shouted = any(_is_shouted(word, _SHOUTED) for word in surname)
        return surname if shouted and len(surname) < len(words) else []

    def _begins_surname(self, first: str, others: Sequence[str]) -> bool:
        """Whether a particle is one beyond doubt: Di and Al are first names, too."""
        return self._is_particle(first) and (first.islower() or bool(others and others[0] in self.particles))

    def _is_particle(self, word: str) -> bool:
        return word.casefold() in self.particles

    def _is_title(self, word: str) -> bool:
        title = word.partition(".")[0]
        return title in self.titles or title.casefold() in self._in_any_case


def _surname_first(first: Sequence[str], surname: Sequence[str]) -> PersonName:
    said = " ".join((*first, *surname))
    return PersonName("" if _is_initial(first[0]) else first[0], Slip.SURNAME_FIRST, said)


def _is_shouted(word: str, least: int) -> bool:
    return word.isupper() and sum(map(str.isalpha, word)) >= least


def _is_initial(word: str) -> bool:
    # Scripts without capitals have whole names of one letter.
    return bool(_INITIAL.fullmatch(word)) and word.upper() != word.lower()


def _is_first_name(words: str, *, shouted: bool) -> bool:
    """Whether words after a comma are a first name, and no degree such as "PhD", "KTM" or "Jr."."""
    if not words or words.casefold() in _AFTER_NAMES:
        return False
    if "." in words:
        return bool(_INITIALS.fullmatch(words))
    return words.istitle() or words.islower() or (shouted and words.isupper())
