"""CommonMark as people mean it: a date that begins a sentence is no list, and a list keeps its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# Where a parse leaves the stars that are left in the text, and an item its number.
LEFT_OVER, NUMBER = "left over", "number"

_NUMBER = re.compile(r"(\d{1,9})[.)](?=[ \t]|$)")
_STARS = re.compile(r"\*{2,}")


@dataclass(frozen=True, slots=True)
class Stars:
    """Two stars or more that make nothing bold, and the text on either side of them."""

    before: str
    after: str


class Parser(MarkdownIt):
    """Parses Markdown without raw HTML; where every link leads is for others to judge."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
        self.core.ruler.before("text_join", "left_over", _find_stars)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that the library calls it by
        """Every link is one: what is not would be printed with its brackets."""
        return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for lists, which passes over numbers that only begin a sentence: "24. joulukuuta avaamme"."""
    if silent:
        inside = state.parentType == "paragraph" and state.sCount[start] >= state.blkIndent
        return list_block(state, start, end, True) and not (inside and _numbered_alone(state, start, end))
    before = len(state.tokens)
    if _begins_a_sentence(state, start, end) or not list_block(state, start, end, False):
        return False
    opening, first, *others = state.tokens[before:]
    if opening.type == "ordered_list_open":
        items = [token for token in others if token.type == first.type and token.level == first.level]
        _show_numbers(opening, [first, *items])
    return True


def _numbered(state: StateBlock, line: int) -> re.Match[str] | None:
    return _NUMBER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _numbered_alone(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line of a paragraph begins with a number, and no line after it does."""
    lines = takewhile(lambda line: not state.isEmpty(line), range(start, end))
    numbered = (_numbered(state, line) for line in lines)
    return next(numbered) is not None and not any(numbered)


def _begins_a_sentence(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line begins with a number that counts nothing: no greater one follows, nor more of an item.

    Lists that begin with 1 may have any numbers behind it.
    """
    first = _numbered(state, start)
    if first is None:
        return False
    inside, blank = state.sCount[start] + len(first[0]), False
    for line in range(start + 1, end):
        if state.isEmpty(line):
            blank = True
        elif state.sCount[line] >= inside:
            return False
        elif following := _numbered(state, line):
            return 1 < int(first[1]) >= int(following[1])
        elif blank:
            return True
    return True


def _show_numbers(opening: Token, items: Sequence[Token]) -> None:
    """Give a list and its items their numbers: by attributes, which WeasyPrint 70 passes over, and by styles,
    which mail programs may.
    """
    numbers = _numbers([int(item.info) for item in items])
    if numbers[0] != 1:
        opening.attrs["style"] = f"counter-reset:list-item {numbers[0] - 1}"
    for item, number in zip(items, numbers, strict=True):
        item.meta[NUMBER] = f"{number}."
    for item, (one, next_one) in zip(items[1:], pairwise(numbers), strict=True):
        if next_one != one + 1:
            item.attrs |= {"value": next_one, "style": f"counter-increment:list-item {next_one - one}"}


def _numbers(typed: Sequence[int]) -> Sequence[int]:
    """The numbers as they were typed, unless they begin with 1 and do not rise: then Markdown counts them."""
    rising = all(one < following for one, following in pairwise(typed))
    return typed if rising or typed[0] > 1 else range(typed[0], typed[0] + len(typed))


def _find_stars(state: StateCore) -> None:
    """Note the stars left in a paragraph, before those of values and backslashes are joined to its text."""
    for token in state.tokens:
        texts = (child.content for child in token.children or () if child.type == "text")
        if stars := tuple(each for text in texts for each in _stars(text)):
            state.env[LEFT_OVER].append(stars)


def _stars(text: str) -> Iterator[Stars]:
    for match in _STARS.finditer(text):
        yield Stars(text[: match.start()], text[match.end() :])
