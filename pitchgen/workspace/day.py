"""The day that a cell of a list says, also when a time follows it."""

from __future__ import annotations

import re

from pitchgen.model.amount import FINNISH_DATE

# A day and a time, between them a T, or perhaps a word, and perhaps behind them a time zone.
_WITH_TIME = re.compile(
    r"""
    (?P<day>\S.*?) (?: T | ,?\s+ (?: [^\W\d_]+\.?\s+ )? )
    (?P<time> [0-9]{1,2} [.:] [0-9]{2} (?: [.:] [0-9]{2} (?: [.,][0-9]+ )? )? ) (?: \s* [ap]\.?m\.? )?
    \s* (?P<zone> Z | [-+\u2212][0-9]{2}:?[0-9]{2} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WITH_SLASHES = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}")


class DoubtfulDay(Exception):
    """What a cell says can be more than one day; with what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def day_in(text: str) -> str:
    """The day as 2026-12-01, if it is one; else what stands there before a time. Raises `DoubtfulDay`."""
    if match := _WITH_TIME.fullmatch(text):
        text = match["day"]
        if match["zone"] and match["time"].strip("0.,:"):
            message = "says a time of some time zone, and with that perhaps another day"
            raise DoubtfulDay(message, "write the day alone, like 2026-12-01")
    if _WITH_SLASHES.fullmatch(text):
        message = "can be read as two different days, because of its slashes"
        raise DoubtfulDay(message, "write 2026-12-01 or 1.12.2026")
    if match := FINNISH_DATE.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return text
