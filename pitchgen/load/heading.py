"""Which row of a list holds its headings: not always the first, for a title may stand above them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

# The headings are among so many rows from the top that hold anything.
HEAD = 20
_DO_NOT_COUNT = str.maketrans("", "", "-_")


class Likeness(NamedTuple):
    """How much a row looks like headings: whether it has all that a list needs, and how many it knows."""

    complete: bool
    known: int


Judge = Callable[[Sequence[str]], Likeness]


def know_nothing(_cells: Sequence[str]) -> Likeness:
    """The judgement of one who knows no heading."""
    return Likeness(complete=False, known=0)


def plain_heading(heading: str) -> str:
    """A heading without what does not count in it: small or capital letters, spaces, hyphens, underscores."""
    folded = unicodedata.normalize("NFKC", heading).casefold().translate(_DO_NOT_COUNT)
    return "".join(folded.split())


def find_heading(rows: Sequence[Sequence[str]], judge: Judge) -> int:
    """The index of the first of those rows at the top that look most like headings."""
    return max(range(min(len(rows), HEAD)), key=lambda n: judge(rows[n]), default=0)
