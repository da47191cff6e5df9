"""Numbers as a cell shows them whose format has a place for each digit: 417 as `00417`, or as `FI-00417`."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Of a number format: a quoted or escaped text, room as wide as a letter, a colour, a currency with its
# language, a place for a digit, or a character that stands for itself. Any other shows numbers in some way
# that says nothing of zeros.
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | (?P<room>_.)
    | \[[A-Za-z]{3,}\] | \[\$(?P<currency>[^]-]*)(-\w*)?\]
    | (?P<digit>0) | (?P<itself>[-+(): ])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ZeroFormat:
    """A number format of nothing but places for digits, each None, and texts between them."""

    parts: tuple[str | None, ...]

    def show(self, number: float) -> str | None:
        """A whole number as the format shows it; None for another, of which it says nothing."""
        if number < 0 or not float(number).is_integer():
            return None
        places = self.parts.count(None)
        digits = str(int(number)).zfill(places)
        # What is too long for the places stands in front, at the first of them.
        shown = iter((digits[: len(digits) - places + 1], *digits[len(digits) - places + 1 :]))
        return "".join(next(shown) if part is None else part for part in self.parts)


def zero_format(code: str) -> ZeroFormat | None:
    """What the code of a number format says about zeros, if it has more places for digits than one."""
    parts: list[str | None] = []
    at = 0
    # What follows a semicolon is for numbers below zero.
    while at < len(code) and code[at] != ";":
        match = _TOKEN.match(code, at)
        if match is None:
            return None
        at = match.end()
        parts.append(None if match["digit"] else _text(match))
    return ZeroFormat(tuple(parts)) if parts.count(None) > 1 else None


def _text(match: re.Match[str]) -> str:
    if match["room"]:
        return " "
    return next(filter(None, match.group("quoted", "escaped", "currency", "itself")), "")
