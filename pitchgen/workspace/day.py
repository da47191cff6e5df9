"""A day that a cell of a list says, when a time follows it."""

from __future__ import annotations

import re

# A day and a time, between them a T, or perhaps a word, and perhaps behind them a time zone.
_WITH_TIME = re.compile(
    r"""
    (?P<day>\S.*?) (?: T | ,?\s+ (?: [^\W\d_]+\.?\s+ )? )
    (?P<time> [0-9]{1,2} [.:] [0-9]{2} (?: [.:] [0-9]{2} (?: [.,][0-9]+ )? )? ) (?: \s* [ap]\.?m\.? )?
    \s* (?P<zone> Z | [-+\u2212][0-9]{2}:?[0-9]{2} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_time(text: str) -> str | None:
    """What stands before a time, if a time is there; None if with its time zone the day may be another."""
    match = _WITH_TIME.fullmatch(text)
    if match is None:
        return text
    is_midnight = not match["time"].strip("0.,:")
    return match["day"] if is_midnight or not match["zone"] else None
