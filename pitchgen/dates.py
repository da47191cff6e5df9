"""Days of the calendar as people in an office type them: 2026-12-01 or 1.12.2026."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
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
    if parts := _parts(typed):
        return date(*parts)
    raise ValueError(f"no date is written so: {len(typed)} characters")


def why_no_day(typed: str) -> str:
    """What of the calendar is overlooked in a text that is written as a day but is none, in a few words."""
    year, month, _ = _parts(typed) or (0, 0, 0)
    if not 1 <= month <= len(month_name) - 1:
        return "a year has 12 months; the month stands in the middle"
    if not date.min.year <= year <= date.max.year:
        return "there is no such year"
    return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days"


def _parts(typed: str) -> tuple[int, int, int] | None:
    """Year, month and day as they are written."""
    if match := _DOTTED.fullmatch(typed):
        day, month, year = map(int, match.groups())
        return year, month, day
    if match := _ISO.fullmatch(typed):
        year, month, day = map(int, match.groups())
        return year, month, day
    return None
