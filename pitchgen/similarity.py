"""Which texts say the same as an earlier one in the same or nearly the same words, among thousands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, combinations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

# Inflection changes the end of a word: soitamme and soitan, ringer and ringde.
STEM = 5
# Under so many words, two sentences may differ in one word and mean something else.
SHORT = 4
# Up to so many words, a text has few enough pairs of rare words to be found by each of them.
LONG = 32
# Texts that are alike have more words than this in common when one of them is long.
MANY = LONG // 4

_WORD = re.compile(r"[^\W_]+")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Echo:
    """The text number `n` resembles number `of`, an earlier one; `share` of their words are common."""

    n: int
    of: int
    share: float


def stems_of(text: str) -> Words:
    """The words of a text without their endings."""
    return frozenset(word[:STEM] for word in _WORD.findall(text.casefold()))


def words_of(text: str) -> Words:
    """What is compared of a text: the stems of its words, or the words themselves where they are few."""
    stems = stems_of(text)
    return stems if len(stems) >= SHORT else frozenset(_WORD.findall(text.casefold()))


def likeness(one: Words, other: Words) -> float:
    """The share of common words among all words of both (Jaccard), from 0 to 1; 0 or 1 where they are few."""
    if min(len(one), len(other)) < SHORT:
        return float(one == other and bool(one))
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def echoes(texts: Sequence[Words], owners: Sequence[object], least: float) -> Iterator[Echo]:
    """Each text that resembles an earlier one of another owner, and which of those it resembles most.

    `least` is the likeness from which on they do, 0.5 or more. What resembles an earlier text is none that
    later ones could echo, so that a thousand copies make a thousand echoes of the first and not half a
    million pairs.
    """
    index = _Index(texts, least)
    for n, text in enumerate(texts):
        shares = {m: share for m in index.near(text) if (share := likeness(text, texts[m])) >= least}
        others = [(share, -m) for m, share in shares.items() if owners[m] != owners[n]]
        if others:
            share, of = max(others)
            yield Echo(n, -of, share)
        if not shares:
            index.add(n, text)


class _Index:
    """Numbered texts by their rarest words: `near` finds all that may be like a text, and few that are not.

    This is prefix filtering (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins", 2006)
    by several words at once (Wang, Li, Feng, "Can we beat the prefix filtering?", 2012). If two texts have a
    share of their words in common, then the k rarest of the common ones are, in each text of n words, among
    its n - share * n + k rarest. The share is `least` of the larger text and more of the smaller one.
    """

    def __init__(self, texts: Iterable[Words], least: float) -> None:
        frequency = Counter(chain.from_iterable(texts))
        rarest_first = sorted(frequency, key=frequency.__getitem__)
        self._rank = {word: n for n, word in enumerate(rarest_first)}
        self._least = least
        larger, smaller = least, 2 * least / (1 + least)
        self._entered: dict[float, dict[Hashable, list[int]]] = {
            larger: defaultdict(list),
            smaller: defaultdict(list),
        }
        # A text that is the larger one is looked for among those that are then the smaller, and conversely.
        self._sides = ((larger, smaller), (smaller, larger))

    def add(self, n: int, text: Words) -> None:
        """Enter a text as number `n`."""
        ranks = sorted(self._rank[word] for word in text)
        for share, entered in self._entered.items():
            for key in chain(self._pairs(ranks, share), self._words(ranks, share)):
                entered[key].append(n)

    def near(self, text: Words) -> set[int]:
        """The numbers of texts entered so far that may be like this one."""
        ranks = sorted(self._rank[word] for word in text)
        found: set[int] = set()
        for share, other in self._sides:
            entered = self._entered[other]
            found.update(*(entered.get(key, ()) for key in self._pairs(ranks, share)))
            counts = Counter(chain.from_iterable(entered.get(w, ()) for w in self._words(ranks, share)))
            found.update(n for n, count in counts.items() if count >= MANY)
        return found

    def _pairs(self, ranks: list[int], share: float) -> Iterator[Hashable]:
        """Keys of which texts that are alike have one in common, unless one of them is long."""
        if 0 < len(ranks) < SHORT:
            # These are alike only if they are equal.
            yield tuple(ranks)
        elif SHORT <= len(ranks) <= LONG:
            # A pair as a single number takes a third of the memory; words alone are below all pairs.
            size = len(self._rank)
            yield from (size * (one + 1) + other for one, other in combinations(_rarest(ranks, share, 2), 2))

    def _words(self, ranks: list[int], share: float) -> list[int]:
        """Words of which texts that are alike have `MANY` in common, if one of them is long."""
        return _rarest(ranks, share, MANY) if len(ranks) >= self._least * LONG else []


def _rarest(ranks: list[int], share: float, wanted: int) -> list[int]:
    # A little less than the product, lest rounding upwards makes it miss one.
    return ranks[: len(ranks) - ceil(share * len(ranks) - 1e-9) + wanted]
