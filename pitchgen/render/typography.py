"""Set a filled-in page as a typesetter would: its text alone, never a tag or what stands in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen.language.lines import WORD_JOINER, kept_together

if TYPE_CHECKING:
    from pitchgen.language.facts import Language

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
# On a screen a sign for where lines end is drawn by the style sheet, so that nobody copies it with the text.
_DRAWN = '<span class="join"></span>'


def typeset(html: str, language: Language, *, on_screen: bool) -> str:
    """The page with no line that ends between what belongs together."""
    keep = kept_together(language)
    pieces = _TAG.split(html)
    for n in range(0, len(pieces), 2):
        pieces[n] = keep(pieces[n])
        if on_screen and WORD_JOINER in pieces[n]:
            pieces[n] = pieces[n].replace(WORD_JOINER, _DRAWN)
    return "".join(pieces)
