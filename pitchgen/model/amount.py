"""Numbers, days and dates as people in an office type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from pitchgen import shipped
from pitchgen.dates import FORMS, date_of, is_ambiguous, is_date, why_no_day
from pitchgen.model.text import ReadBy, Text, invalid, kind_of
from pitchgen.model.typed import FILLED, MAX_TEXT, Schema, any_of, languages, matching, other_than
from pitchgen.plain import shortened
from pitchgen.problems import Quoting, quoting

_GROUP_SPACE = re.compile("[ \u00a0\u202f]")
_NUMBER = re.compile(r"[-+\u2212]?([0-9]{1,3}([ \u00a0\u202f][0-9]{3})+|[0-9]+)([.,][0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,4}")
_AMBIGUOUS = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}[.,][0-9]{3}")
FIRST_YEAR, LAST_YEAR = 1900, 2199
# As much of the calendar as a pattern can say.
_CALENDAR = (
    "(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0?[1-9]|[12][0-9]|3[01])\.(0?[1-9]|1[0-2])\.(19|2[01])[0-9]{2}"
)
_ZERO = "[-+]?0+"
_DATE_LIKE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}")
MAX_DAYS = 3650
MAX_DIGITS = 30


def read_number(value: object) -> Decimal:
    """`42`, `-3`, `12.5`, `12,5` or `1 234,50`, without a unit."""
    typed = value.strip() if isinstance(value, str) else ""
    if len(typed) > MAX_DIGITS or not _NUMBER.fullmatch(typed):
        raise invalid(
            quoting("must be a number like 42 or 12.5{}", not_what(value)),
            hint="write only the number; a unit such as % or € goes under `unit`",
        )
    if _AMBIGUOUS.fullmatch(typed):
        thousands = re.sub(r"[.,]", "", typed)
        decimals = typed.rstrip("0").rstrip(".,") if typed.endswith("0") else f"{typed}0"
        raise invalid(
            quoting("'{}' can be read as two different numbers", typed),
            hint=quoting("write {} for thousands, or {} for decimals", thousands, decimals),
        )
    plain = _GROUP_SPACE.sub("", typed)
    return Decimal(plain.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def read_date(value: object) -> date:
    """A calendar day, written 2026-12-01 or 1.12.2026."""
    typed = value.strip() if isinstance(value, str) else ""
    if is_ambiguous(typed):
        message = quoting("'{}' can be read as two different days, because of its slashes", typed)
        raise invalid(message, hint=f"write {FORMS}")
    if not is_date(typed):
        raise invalid(quoting(f"must be a date like {FORMS}{{}}", not_what(value)))
    try:
        day = date_of(typed)
    except ValueError:
        message = quoting("'{}' is not a day of the calendar: {}", typed, why_no_day(typed))
        raise invalid(message, hint=f"write {FORMS}") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise invalid(quoting(f"'{{}}' is not between the years {FIRST_YEAR} and {LAST_YEAR}", typed))
    return day


def read_day(value: object) -> int:
    """Days counted from the first day of work: 1 is that day, 30 a month in, -7 a week before."""
    typed = value.strip() if isinstance(value, str) else ""
    if _WHOLE.fullmatch(typed) and 0 != int(typed) <= MAX_DAYS:
        return int(typed)
    raise invalid(
        quoting("must be a day like 1, 30 or -7{}", not_what(value)),
        hint="day 1 is the first day of work, day -1 the day before; there is no day 0",
    )


def read_feeling(value: object) -> int:
    """How a touchpoint feels, from -2 (dreadful) over 0 (indifferent) to 2 (delightful)."""
    typed = value.strip().replace("\N{MINUS SIGN}", "-") if isinstance(value, str) else ""
    if re.fullmatch(r"[-+]?[012]", typed):
        return int(typed)
    raise invalid(quoting("must be a whole number from -2 to 2{}", not_what(value)))


_NUMBER_SCHEMA: Schema = {
    **matching(rf"(?!{_AMBIGUOUS.pattern}\s*$){_NUMBER.pattern}", "must be a number like 42 or 12.5"),
    "type": ["number", "string"],
    "maxLength": MAX_DIGITS,
}
_DATE_SCHEMA: Schema = {
    **matching(_CALENDAR, f"must be a date like {FORMS}"),
    "examples": ["2026-12-01"],
}
_A_DAY = "must be a day like 1, 30 or -7"
_DAY_SCHEMA = any_of(
    {"type": "integer", "minimum": 1, "maximum": MAX_DAYS, "errorMessage": _A_DAY, "examples": [1, 7, 30]},
    {"title": "Before the first day", "type": "integer", "minimum": -9999, "maximum": -1},
    {"title": "In quotes", **matching(rf"(?!{_ZERO}\s*$){_WHOLE.pattern}", _A_DAY)},
)
_A_FEELING = "must be a whole number from -2 to 2"
_FEELING_SCHEMA = any_of(
    {
        "enum": [-2, -1, 0, 1, 2],
        "enumDescriptions": ["Dreadful", "Bad", "Indifferent", "Good", "Delightful"],
        "errorMessage": _A_FEELING,
    },
    {"title": "In quotes", **matching(r"[-+\u2212]?[012]", _A_FEELING)},
)

Number = Annotated[Decimal, ReadBy(read_number, _NUMBER_SCHEMA)]
Date = Annotated[date, ReadBy(read_date, _DATE_SCHEMA)]
Day = Annotated[int, ReadBy(read_day, _DAY_SCHEMA)]
Feeling = Annotated[int, ReadBy(read_feeling, _FEELING_SCHEMA)]


def _day_word(others: tuple[str, ...] = ()) -> str:
    """A pattern of the word for a day, in each language that is shipped, and of the others."""
    told = (shipped.language_data(code, "language.yaml") for code in shipped.languages())
    words = dict.fromkeys((*(str(each["day"]) for each in told), *others))
    return f"(?:{'|'.join(map(_in_any_case, words))}) +"


def _in_any_case(word: str) -> str:
    # Spelled out in both cases, because the patterns of a JSON Schema cannot ignore case.
    return "".join(
        f"[{c.upper()}{c}]" if len(c.upper()) == 1 and c.isalpha() else re.escape(c) for c in word.lower()
    )


@cache
def _day_of_work(others: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_day_word(others)}([-+]?[0-9]{{1,4}})")


class When:
    """When something happens: a `date`, a `day` of work, or a `rhythm` in words; one is set."""

    __slots__ = ("date", "day", "rhythm")

    def __init__(self, date: date | None = None, day: int | None = None, rhythm: Text | None = None) -> None:
        self.date, self.day, self.rhythm = date, day, rhythm

    @classmethod
    def read(cls, value: object, info: core_schema.ValidationInfo) -> When:
        """Validate `2026-12-01`, `day 30`, or a text."""
        typed = value.strip() if isinstance(value, str) else ""
        if match := _day_of_work((info.context or {}).get("day_words", ())).fullmatch(typed):
            return cls(day=read_day(match[1]))
        if _DATE_LIKE.fullmatch(typed):
            return cls(date=read_date(typed))
        if _NUMBER.fullmatch(typed):
            raise invalid(
                quoting("must be a date, a day of work or a rhythm in words, not '{}'", shortened(typed)),
                hint="write `day 30` for a day of work",
            )
        return cls(rhythm=Text.read(value, info))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _core: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> Schema:
        message = f"must be a date like {FORMS}, a day of work like `day 30`, or a rhythm in words"
        never = (_NUMBER.pattern, f"{_day_word()}{_ZERO}", rf"(?!({_CALENDAR})\s*$){_DATE_LIKE.pattern}")
        but = "".join(rf"(?!{each}\s*$)" for each in never)
        examples = ["day 1", "2026-12-01", "every Friday"]
        words = {**matching(but + FILLED, message), "maxLength": MAX_TEXT, "examples": examples}
        unquoted = other_than("true/false", "string", "number", "array", "object", "null")
        return any_of(words, unquoted, languages())


def not_what(value: object) -> Quoting:
    """The end of a message on what must be: what was written instead."""
    if isinstance(value, str) and value.strip():
        return quoting(", not '{}'", shortened(value.strip()))
    if isinstance(value, Mapping | list) or value is None:
        return Quoting(kind := f", not {kind_of(value)}", kind)
    return Quoting("", "")
