"""Dates, numbers and money as the reader's country writes them."""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

from pitchgen import late

if TYPE_CHECKING:
    from datetime import date, time

    from babel import Locale
    from babel.numbers import NumberPattern

    from pitchgen.language.facts import Language

# Digits, of which no figure of a workspace has half as many.
PRECISION = 60

_CURRENCIES = {
    "€": "EUR",
    "EUR": "EUR",
    "$": "USD",
    "USD": "USD",
    "£": "GBP",
    "GBP": "GBP",
    "SEK": "SEK",
}
_NO_BREAK_SPACE = "\u00a0"
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[A-Z])(?=[0-9])")
# A field of a date's pattern that can be written out, or words in quotes, which stay.
_FIELD = re.compile(r"'[^']*'|E+|c+|M{3,}|L{3,}")
_LONG = {"E": "EEEE", "c": "cccc", "M": "MMMM", "L": "LLLL"}


def day_and_month(day: date, language: Language) -> str:
    """A coming day as it is said: "tiistaina 1. joulukuuta", "Tuesday 1 December"."""
    pattern = language.facts.dates.coming_day or _written_out(_usual("MMMMEd", language.locale))
    return _keep_together(_formatted(day, pattern, language.locale))


def short_date(day: date, language: Language, *, year: bool = False) -> str:
    """A date for a calendar: "ti 1.12.", "Tue 1 Dec"; with its year on demand."""
    dates = language.facts.dates
    own, skeleton = (dates.short_with_year, "yMMMEd") if year else (dates.short, "MMMEd")
    said = _formatted(day, own or _usual(skeleton, language.locale), language.locale)
    return said.replace(" ", _NO_BREAK_SPACE)


def full_date(day: date, language: Language) -> str:
    """A date with its year: "1. joulukuuta 2026", "1 December 2026"."""
    return _keep_together(_formatted(day, "long", language.locale))


def brief_date(day: date, language: Language) -> str:
    """A date with its year, as short as can be: "1.12.2026", "1 Dec 2026"."""
    return _formatted(day, "medium", language.locale).replace(" ", _NO_BREAK_SPACE)


@lru_cache(maxsize=10_000)
def _formatted(day: date, pattern: str, locale: Locale) -> str:
    return late.dates.format_date(day, pattern, locale)


def clock(at: time, language: Language) -> str:
    """A time of day: "9.00", "09:00"."""
    return str(late.dates.format_time(at, "short", locale=language.locale))


def amount(value: Decimal, unit: str | None, language: Language) -> str:
    """A figure with its unit: "12 %" or "12%", "1 240 €" or "€1,240", "35 min".

    It has the decimals that it was typed with, and an amount of money that has any, at least two.
    """
    # Babel rounds to its pattern in the context it finds, of which 28 digits, the usual number, may be too
    # few.
    with localcontext(prec=PRECISION):
        # 6 and 6.0 are equal, and are not written alike.
        return _amount(str(value), unit, language.locale)


@lru_cache(maxsize=10_000)
def _amount(typed: str, unit: str | None, locale: Locale) -> str:
    value = Decimal(typed)
    if unit in _CURRENCIES:
        pattern = locale.currency_formats["standard"]
        places = _places(value)
        price = _applied(pattern, value, max(places, 2) if places else 0, locale, currency=_CURRENCIES[unit])
        return _with_minus(_LETTER_BEFORE_DIGIT.sub(_NO_BREAK_SPACE, price), locale)
    if unit == "%":
        return _with_minus(_percent(value, locale), locale)
    number = _with_minus(_number(value, locale), locale)
    return number if unit is None else f"{number}{_NO_BREAK_SPACE}{unit}"


def _number(value: Decimal, locale: Locale) -> str:
    return _applied(locale.decimal_formats[None], value, _places(value), locale)


def _places(value: Decimal) -> int:
    """How many decimals it was typed with."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _applied(
    pattern: NumberPattern, value: Decimal, places: int, locale: Locale, currency: str | None = None
) -> str:
    exact = copy(pattern)
    exact.frac_prec = (places, places)
    return str(exact.apply(value, locale, currency=currency, currency_digits=False))


def share(value: float, language: Language) -> str:
    """A score from 0 to 1: "0,25" or "0.25"."""
    return late.numbers.format_decimal(round(value, 2), locale=language.locale)


def decimal_mark(language: Language) -> str:
    """What divides the whole of a number from its fraction: "," or "."."""
    return late.numbers.get_decimal_symbol(language.locale)


def _usual(skeleton: str, locale: Locale) -> str:
    """The pattern that a locale has for these parts of a date, or for the same with a shorter month."""
    skeletons = locale.datetime_skeletons
    return str((skeletons.get(skeleton) or skeletons[skeleton.replace("MMMM", "MMM")]).pattern)


def _written_out(pattern: str) -> str:
    """A pattern with weekday and month in full; Babel fits no pattern to the lengths it is asked for."""
    return _FIELD.sub(lambda field: _LONG.get(field[0][0], field[0]), pattern)


def _percent(value: Decimal, locale: Locale) -> str:
    """A percentage with the signs on the side, and at the distance, where the locale has them."""
    pattern = locale.percent_formats[None]
    is_negative = value < 0
    number = _number(abs(value), locale)
    return f"{pattern.prefix[is_negative]}{number}{pattern.suffix[is_negative]}"


def _with_minus(number: str, locale: Locale) -> str:
    """The number with the locale's own minus sign, which Babel leaves out."""
    return number.replace("-", late.numbers.get_minus_sign_symbol(locale), 1)


def _keep_together(date: str) -> str:
    """A date whose day is never parted from its month at the end of a line."""
    return re.sub(r"(\d\.?) (?=\D)", rf"\1{_NO_BREAK_SPACE}", date)
