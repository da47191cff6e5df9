"""Set a filled-in page as a typesetter would: its text alone, never a tag or what stands in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen.language.lines import WORD_JOINER, kept_together
from pitchgen.render.hyphens import SHORTEST, divided

if TYPE_CHECKING:
    from pitchgen.language.facts import Language

TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
# What is narrow, and holds words that are longer than a line.
_NARROW = re.compile(r"<(/?)(?:h[1-6]|th|td|dt|small)\b")
_LONG = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
# On a screen a sign for where lines end is drawn by the style sheet, so that nobody copies it with the text.
_JOIN, _PART = '<span class="join"></span>', '<span class="part"></span>'


def typeset(html: str, language: Language, *, on_screen: bool) -> str:
    """The page with no line that ends between what belongs together.

    On paper long words are divided as it is laid out; on a screen, where browsers know few languages, here.
    """
    keep = kept_together(language)
    pieces = TAG.split(html)
    pieces[::2] = map(keep, pieces[::2])
    if on_screen:
        _draw(pieces, language.code)
    return "".join(pieces)


def _draw(pieces: list[str], code: str) -> None:
    """Put elements where a line may end in texts, which stand between tags, and where it may not."""
    depth = 0
    for n, piece in enumerate(pieces):
        if n % 2:
            if narrow := _NARROW.match(piece):
                depth += -1 if narrow[1] else 1
            continue
        if depth:
            pieces[n] = _LONG.sub(lambda word: _PART.join(divided(word[0], code)), piece)
        pieces[n] = pieces[n].replace(WORD_JOINER, _JOIN)
