"""A day that a cell of a list says, when a time follows it; and a time of day alone."""

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

_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}) [.:] (?P<minute>[0-5][0-9]) (?: [.:] 00 )? (?: \s* (?P<half>[ap])\.?m\.? )?",
    re.VERBOSE | re.IGNORECASE,
)


def without_time(text: str) -> str | None:
    """What stands before a time, if a time is there; None if with its time zone the day may be another."""
    match = _WITH_TIME.fullmatch(text)
    if match is None:
        return text
    is_midnight = not match["time"].strip("0.,:")
    return match["day"] if is_midnight or not match["zone"] else None


def time_of_day(text: str) -> str | None:
    """A time as a newcomer's file says it, also of one with seconds, AM or PM; None of what is no time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return f"{hour}:{match['minute']}" if hour < 24 else None
