"""Plain text for a terminal: without what could rewrite the screen, and as wide as it is shown."""

from __future__ import annotations

import re

from pitchgen import late

# Control and direction characters could rewrite what the terminal shows.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with a space for each tab, and a mark for every other character that is none."""
    return _UNPRINTABLE.sub(lambda match: " " if match[0] == "\t" else "\N{REPLACEMENT CHARACTER}", text)


def display_width(text: str) -> int:
    """How many terminal columns a text takes: two for a wide character, none for a combining one."""
    return late.wcwidth.width(printable(text))
