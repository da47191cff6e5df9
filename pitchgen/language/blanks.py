"""Blanks: what in a text shows that somebody was still to fill it in."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.language.phrases import Lists

# <your name>, { your name }, or nothing but [your name]: what stands between them is judged below.
# A row of braces is looked at from its beginning only, so that a long one is not looked at again and again.
_BETWEEN = re.compile(r"<([^<>\n]+)>|(?<!\{)\{++([^{}\n]++)\}+|^\[([^\[\]\n]+)\]$")
# What begins one of these, or a mark.
_SIGNS = re.compile(r"[<{}\[]|TODO|FIXME|XXX|TB[ACD]|___")
_CURLY = re.compile(r"\{\{|\}\}|\{%")
_MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|TBA|TBC|TBD)\b|_{3,}")
_ONLY_SIGNS = re.compile(r"[.…?_–—-]+")
# Brackets that a page shows; between them stands no markup.
_PRINTED = re.compile(r"&lt;((?:(?!&lt;|&gt;)[^<>\n])+)&gt;")
_MARKUP = re.compile(r"/?(?:a|b|br|div|em|i|p|script|span|strong|style|u) ?/?", re.IGNORECASE)


def blank_in(typed: str, lists: Lists) -> str:
    """What in a typed value is still to be filled in, as it was written; "" when nothing is.

    The words for it are those of all languages: who fills in a Finnish file may have left an English blank.
    """
    text = typed.strip()
    if _ONLY_SIGNS.fullmatch(text) or text.casefold() in lists.alone:
        return text
    if marked := _marked(text):
        return marked
    said = lists.anywhere.search(text)
    return said[0] if said else ""


def shows_a_blank(html: str) -> bool:
    """Whether a page shows its reader a <blank> between brackets."""
    return any(_marked(f"<{unescape(inside)}>") for inside in _PRINTED.findall(html))


def _marked(text: str) -> str:
    """What signs, and no words, show to be a blank."""
    if not _SIGNS.search(text):
        return ""
    marked = _MARKS.search(text)
    return _between_brackets(text) or (marked[0] if marked else "")


def _between_brackets(text: str) -> str:
    for between in _BETWEEN.finditer(text):
        angle, curly, square = between.groups()
        if _is_blank(angle or square or curly.strip()):
            return between[0]
    curly_alone = _CURLY.search(text)
    return curly_alone[0] if curly_alone else ""


def _is_blank(inside: str) -> bool:
    """Whether words stand between two brackets: not a < b > c, an address, a tag or an arrow."""
    return (
        inside[:1].isalnum()
        and not inside[-1].isspace()
        and not inside.endswith("-")
        and "=" not in inside
        and not inside.startswith("3 ")
        and any(character.isalpha() for character in inside)
        and not ("@" in inside or "://" in inside)
        and not _MARKUP.fullmatch(inside)
        and inside.casefold() != "x"
    )
