"""Blanks: what in a text shows that somebody was still to fill it in."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from pitchgen import shipped
from pitchgen.language.folders import texts
from pitchgen.language.phrases import LISTS, Phrases

# <your name>, { your name }, or nothing but [your name]: what stands between them is judged below.
_BETWEEN = re.compile(r"<([^<>\n]+)>|\{+([^{}\n]+)\}+|^\[([^\[\]\n]+)\]$")
# What begins one of these, or a mark.
_SIGNS = re.compile(r"[<{}\[]|TODO|FIXME|XXX|TB[ACD]|___")
_CURLY = re.compile(r"\{\{|\}\}|\{%")
_MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|TBA|TBC|TBD)\b|_{3,}")
_ONLY_SIGNS = re.compile(r"[.…?_–—-]+")
# Brackets that a page shows; between them stands no markup.
_PRINTED = re.compile(r"&lt;((?:(?!&lt;|&gt;)[^<>\n])+)&gt;")
_MARKUP = re.compile(r"/?(?:a|b|br|div|em|i|p|script|span|strong|style|u) ?/?", re.IGNORECASE)


def blank_in(typed: str) -> str:
    """What in a typed value is still to be filled in, as it was written; "" when nothing is."""
    text = typed.strip()
    anywhere, alone = _phrases()
    if _ONLY_SIGNS.fullmatch(text) or text.casefold() in alone:
        return text
    if _SIGNS.search(text):
        if found := _between_brackets(text):
            return found
        if marked := _MARKS.search(text):
            return marked[0]
    said = anywhere.search(text)
    return said[0] if said else ""


def shows_a_blank(html: str) -> bool:
    """Whether a page shows its reader a <blank> between brackets."""
    return any(blank_in(f"<{unescape(inside)}>") for inside in _PRINTED.findall(html))


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


@cache
def _phrases() -> tuple[Phrases, frozenset[str]]:
    """The words that show a blank anywhere, and those that do when alone.

    Those of all languages: who fills in a Finnish file may have left an English blank.
    """
    of_all = [shipped.language_data(language, LISTS) for language in shipped.languages()]
    anywhere = Phrases(word for of_one in of_all for word in texts(of_one.get("placeholder")))
    return anywhere, frozenset(word for of_one in of_all for word in texts(of_one.get("placeholder-alone")))
