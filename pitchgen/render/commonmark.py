"""CommonMark as people mean it: a date that begins a sentence is no list, and a list keeps its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Where a parse leaves the stars that are left in the text, and an item its number.
LEFT_OVER, NUMBER = "left over", "number"

_NUMBERED = re.compile(r"\d{1,9}[.)]([ \t]|$)")
_STARS = re.compile(r"\*{2,}")
# The first tokens of a list, up to the end of its first item when that is one paragraph.
_ONE_PARAGRAPH = 6


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
        return not (inside and _numbered_alone(state, start, end)) and list_block(state, start, end, True)
    before = len(state.tokens)
    if not list_block(state, start, end, False):
        return False
    made = state.tokens[before:]
    if made[0].type == "bullet_list_open":
        return True
    items = [token for token in made if token.type == "list_item_open" and token.level == made[1].level]
    typed = [int(item.info) for item in items]
    if _begins_a_sentence(made, typed):
        del state.tokens[before:]
        state.line = start
        return False
    _show_numbers(made[0], items, _numbers(typed))
    return True


def _numbered_alone(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line of a paragraph begins with a number, and no line after it does."""
    lines = takewhile(lambda line: not state.isEmpty(line), range(start, end))
    first, *rest = (bool(_NUMBERED.match(state.src, state.bMarks[n] + state.tShift[n])) for n in lines)
    return first and not any(rest)


def _begins_a_sentence(made: Sequence[Token], typed: Sequence[int]) -> bool:
    """Whether the first number of a list, which is one paragraph, stands alone or counts nothing after it."""
    start = made[:_ONE_PARAGRAPH]
    ends = any(token.type == "list_item_close" and token.level == made[1].level for token in start)
    return ends and (len(typed) == 1 or not (typed[0] <= 1 or _rise(typed)))


def _numbers(typed: Sequence[int]) -> Sequence[int]:
    """The numbers as they were typed where they rise, else counted on from the first, as Markdown does."""
    return typed if _rise(typed) else range(typed[0], typed[0] + len(typed))


def _rise(numbers: Sequence[int]) -> bool:
    return all(one < next_one for one, next_one in pairwise(numbers))


def _show_numbers(opening: Token, items: Sequence[Token], numbers: Sequence[int]) -> None:
    """Give a list and its items their numbers: by attributes, which WeasyPrint 70 passes over, and by styles,
    which mail programs may.
    """
    if numbers[0] != 1:
        opening.attrs["style"] = f"counter-reset:list-item {numbers[0] - 1}"
    for item, number in zip(items, numbers, strict=True):
        item.meta[NUMBER] = f"{number}."
    for item, (one, next_one) in zip(items[1:], pairwise(numbers), strict=True):
        if next_one != one + 1:
            item.attrs |= {"value": next_one, "style": f"counter-increment:list-item {next_one - one}"}


def _find_stars(state: StateCore) -> None:
    """Note the stars left in a paragraph, before those of values and backslashes are joined to its text."""
    for token in state.tokens:
        texts = (child.content for child in token.children or () if child.type == "text")
        if stars := tuple(each for text in texts for each in _stars(text)):
            state.env[LEFT_OVER].append(stars)


def _stars(text: str) -> Iterator[Stars]:
    for match in _STARS.finditer(text):
        yield Stars(text[: match.start()], text[match.end() :])
