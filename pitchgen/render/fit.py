"""Whether a letter fits its page, told without laying it out."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.render.markdown import Prose

# Characters to a line of the shipped letter, how many plain lines such a line is high, and plain lines to a
# page, all on the safe side: in trials the first letters to overflow had 42.7 on A4 and 39.6 on US Letter.
_MEASURES = {"heading": (24, 2.5), "quote": (38, 1.45)}
_PLAIN, _GAP = (60, 1), 0.55
_PAGE_LINES = {"a4": 42, "letter": 39}


def surely_fits(prose: Prose, paper: str) -> bool:
    """Whether a letter in the shipped look fits one page of `a4` or `letter` beyond doubt."""
    lines = 0.0
    for block in prose.blocks:
        width, height = _MEASURES.get(block.kind, _PLAIN)
        lines += ceil(len(block.text) / width) * height + _GAP
    return lines <= _PAGE_LINES[paper]
