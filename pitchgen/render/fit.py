"""How much room a letter leaves on its page, told without laying it out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.render.markdown import Prose

# The shipped `letter.css` in numbers: of a block, how many millimetres its lines are wide, how many points
# its letters are high, how many times that a line is, and how many millimetres it keeps free around it.
_POINT = 0.3528
_TEXT, _HEADING, _SUBTITLE = (128, 11.2, 1.5, 3.4), (162, 32, 1.12, 3), (162, 9.6, 1.4, 9)
_QUOTE, _ITEM = (128, 17, 1.3, 6.2), (128, 11.2, 1.5, 2.4)
_BLOCKS = {"heading": _HEADING, "quote": _QUOTE, "item": _ITEM, "step": _ITEM}
_SIGNATURE, _HEAD = (128, 9.6, 1.45, 12.4), 18.6
_PAGE = {"a4": 265.0, "letter": 247.4}
# How wide letters are in the shipped typeface, in those of their own size; others are on the safe side.
_SPACE = 0.25
_WIDTHS = {
    **dict.fromkeys(".,:;!'’()/ijl|", 0.27),
    **dict.fromkeys('ftrsIJ-"”“', 0.4),
    **dict.fromkeys("mwMWABCDEFGHKLNOPQRTUVXYZÅÄÖÜÉ%&@—", 0.75),
}
_LATIN, _OTHER = (0.53, 0x250), 1.0
# Two lines: in trials with words of every length, on both papers, letters ran over with none to spare.
_SPARE = 12.0


def surely_fits(prose: Prose, subtitle: str, paper: str) -> bool:
    """Whether a letter in the shipped look fits one page of `a4` or `letter` beyond doubt."""
    return room_left(prose, subtitle, paper) >= _SPARE


def room_left(prose: Prose, subtitle: str, paper: str) -> float:
    """About how many millimetres a letter leaves on its page; fewer than none when it runs over."""
    used = _HEAD + _high(subtitle, *_SUBTITLE)
    for block in prose.blocks[:-1]:
        # What an item begins with stands in the margin.
        text = block.text.removeprefix(block.lead) if block.kind in ("item", "step") else block.text
        used += _high(text, *_BLOCKS.get(block.kind, _TEXT))
    used += sum(_high(signature.text, *_SIGNATURE) for signature in prose.blocks[-1:])
    # A break begins a line, but not in the signature, which is the last paragraph.
    used += prose.body.rpartition("<p")[0].count("<br") * _high("", *_TEXT)
    return _PAGE[paper] - used


def _high(text: str, width: float, size: float, line: float, around: float) -> float:
    return _lines(text, width / (size * _POINT)) * size * line * _POINT + around


def _lines(text: str, room: float) -> int:
    """On how many lines a text stands, where a line has room for so many letters that are 1 wide."""
    lines, at = 1, 0.0
    for word in map(_wide, text.split()):
        if at and at + _SPACE + word > room:
            lines, at = lines + 1, word
        else:
            at += _SPACE + word
        # What is longer than a line breaks anywhere.
        lines, at = lines + int(at // room), at % room
    return lines


@lru_cache(maxsize=4096)
def _wide(word: str) -> float:
    usual, last = _LATIN
    return sum(_WIDTHS.get(letter, usual if ord(letter) < last else _OTHER) for letter in word)
