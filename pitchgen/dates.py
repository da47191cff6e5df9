"""Days of the calendar as people in an office type them: 2026-12-01 or 1.12.2026."""

from __future__ import annotations

import re
from datetime import date

# Its parts from the longest to the shortest, or as most of Europe writes them.
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SLASHES = re.compile(r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}")

FORMS = "2026-12-01 or 1.12.2026"


def is_date(typed: str) -> bool:
    """Whether a text is written as a day is, be there such a day or not."""
    return bool(_ISO.fullmatch(typed) or _DOTTED.fullmatch(typed))


def is_ambiguous(typed: str) -> bool:
    """Whether a text is a day that some read as one of January, and others as one of February."""
    return bool(_SLASHES.fullmatch(typed))


def date_of(typed: str) -> date:
    """The day that is written so. Raises `ValueError` for what is no date, or on no calendar."""
    if match := _DOTTED.fullmatch(typed):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    if match := _ISO.fullmatch(typed):
        return date(*map(int, match.groups()))
    raise ValueError(f"no date is written so: {len(typed)} characters")
