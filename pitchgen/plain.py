"""Plain text: on one line, short enough to quote, and fit for a terminal, which it must not rewrite."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from pitchgen import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

QUOTED = 40
MOST_NAMED = 5

_SPACES = re.compile("[ \t\r\n\x85\u2028\u2029]+")
_SENTENCE_END = (".", "!", "?", "…", ":", ";")
_STRAIGHT_QUOTES = "\"'"
# Closing brackets, and quotation marks: what closes in one language opens in another.
_CLOSING = ("Pe", "Pf", "Pi")
# In a word: an e-mail address, or one on the web.
_ADDRESS = re.compile(r"@|://|\w\.\w")
# Control and direction characters could rewrite what the terminal shows.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with a space for each tab, and a mark for every other character that is none."""
    return _UNPRINTABLE.sub(lambda match: " " if match[0] == "\t" else "\N{REPLACEMENT CHARACTER}", text)


def display_width(text: str) -> int:
    """How many terminal columns a text takes: two for a wide character, none for a combining one."""
    return late.wcwidth.width(printable(text))


def one_line(text: str) -> str:
    """The text with every run of spaces and line breaks made one space; no-break spaces stay."""
    return _SPACES.sub(" ", text).strip(" ")


def shortened(text: str) -> str:
    """As much of a text as a message can quote."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def quoted(name: str) -> str:
    """The name of a column, a sheet or the like as a message quotes it."""
    return f"'{shortened(one_line(name))}'"


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def is_letter_or_digit(character: str) -> bool:
    """Whether a character is part of a word in some script: a letter, a mark on one, or a digit."""
    return unicodedata.category(character)[0] in "LMN"


def spans(numbers: Iterable[int]) -> list[str]:
    """Numbers from the lowest to the highest as people write them: `4–7` and `9` of 4, 5, 6, 7 and 9."""
    runs = groupby(enumerate(numbers), lambda each: each[1] - each[0])
    ends = ((run[0][1], run[-1][1]) for run in (list(group) for _, group in runs))
    return [f"{first}" if first == last else f"{first}\N{EN DASH}{last}" for first, last in ends]


def capitalized(text: str) -> str:
    """The text with a capital first, unless its first word has a spelling of its own: iPhone, an address."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_own = first[1:] != first[1:].lower() or _ADDRESS.search(first)
    return text if is_own else text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop last, unless it ends as a sentence does."""
    return text if _unquoted(text).endswith(_SENTENCE_END) else f"{text}."


def _unquoted(text: str) -> str:
    """The text without the quotation marks and brackets that close it."""
    end = len(text)
    while end and (text[end - 1] in _STRAIGHT_QUOTES or unicodedata.category(text[end - 1]) in _CLOSING):
        end -= 1
    return text[:end]
