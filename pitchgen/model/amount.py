"""Numbers, days and dates as people in an office type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from pitchgen.model.text import ReadBy, Text, invalid, kind_of, shortened

_GROUP_SPACE = re.compile("[ \u00a0\u202f]")
_NUMBER = re.compile(r"[-+\u2212]?([0-9]{1,3}([ \u00a0\u202f][0-9]{3})+|[0-9]+)([.,][0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,4}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMBIGUOUS = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_DAY = re.compile(r"(?:day|päivä|dag) +([-+]?[0-9]{1,4})", re.IGNORECASE)
_FINNISH_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_DATE_LIKE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
MAX_DAYS = 3650
MAX_DIGITS = 30


def read_number(value: object) -> Decimal:
    """`42`, `-3`, `12.5`, `12,5` or `1 234,50`, without a unit."""
    typed = value.strip() if isinstance(value, str) else ""
    if len(typed) > MAX_DIGITS or not _NUMBER.fullmatch(typed):
        raise invalid(
            f"must be a number like 42 or 12.5{not_what(value)}",
            hint="write only the number; a unit such as % or € goes under `unit`",
        )
    if _AMBIGUOUS.fullmatch(typed):
        plain = re.sub(r"[.,]", "", typed)
        raise invalid(
            f"'{typed}' can be read as two different numbers",
            hint=f"write {plain} for thousands, or {typed}0 for decimals",
        )
    plain = _GROUP_SPACE.sub("", typed)
    return Decimal(plain.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def read_date(value: object) -> date:
    """A calendar day, written 2026-12-01."""
    typed = value.strip() if isinstance(value, str) else ""
    if not _ISO_DATE.fullmatch(typed):
        hint = ""
        if match := _FINNISH_DATE.fullmatch(typed):
            hint = f"did you mean {match[3]}-{int(match[2]):02}-{int(match[1]):02}?"
        raise invalid(f"must be a date like 2026-12-01{not_what(value)}", hint=hint)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise invalid(f"'{typed}' is not a day of the calendar") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise invalid(f"'{typed}' is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def read_day(value: object) -> int:
    """Days counted from the first day of work: 1 is that day, 30 a month in, -7 a week before."""
    typed = value.strip() if isinstance(value, str) else ""
    if _WHOLE.fullmatch(typed) and 0 != int(typed) <= MAX_DAYS:
        return int(typed)
    raise invalid(
        f"must be a day like 1, 30 or -7{not_what(value)}",
        hint="day 1 is the first day of work, day -1 the day before; there is no day 0",
    )


def read_feeling(value: object) -> int:
    """How a touchpoint feels, from -2 (dreadful) over 0 (indifferent) to 2 (delightful)."""
    typed = value.strip().replace("\N{MINUS SIGN}", "-") if isinstance(value, str) else ""
    if re.fullmatch(r"[-+]?[012]", typed):
        return int(typed)
    raise invalid(f"must be a whole number from -2 to 2{not_what(value)}")


Number = Annotated[Decimal, ReadBy(read_number)]
Date = Annotated[date, ReadBy(read_date)]
Day = Annotated[int, ReadBy(read_day)]
Feeling = Annotated[int, ReadBy(read_feeling)]


class When:
    """When something happens: a `date`, a `day` of work, or a `rhythm` in words; one is set."""

    __slots__ = ("date", "day", "rhythm")

    def __init__(self, date: date | None = None, day: int | None = None, rhythm: Text | None = None) -> None:
        self.date, self.day, self.rhythm = date, day, rhythm

    @classmethod
    def read(cls, value: object, info: core_schema.ValidationInfo) -> When:
        """Validate `2026-12-01`, `day 30`, or a text."""
        typed = value.strip() if isinstance(value, str) else ""
        if match := _DAY.fullmatch(typed):
            return cls(day=read_day(match[1]))
        if _DATE_LIKE.fullmatch(typed):
            return cls(date=read_date(typed))
        if _WHOLE.fullmatch(typed):
            raise invalid(
                f"must be a date, a day of work or a rhythm in words, not '{typed}'",
                hint=f"write `day {typed}` for a day of work",
            )
        return cls(rhythm=Text.read(value, info))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(cls.read)


def not_what(value: object) -> str:
    """The end of a message on what must be: what was written instead."""
    if isinstance(value, str) and value.strip():
        return f", not '{shortened(value.strip())}'"
    if isinstance(value, Mapping | list) or value is None:
        return f", not {kind_of(value)}"
    return ""
