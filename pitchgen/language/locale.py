"""Dates, numbers and money as the reader's country writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, localcontext
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_decimal_symbol, get_minus_sign_symbol

from pitchgen.model.amount import MAX_DIGITS

# English is that of Europe: 1 December 2026, not December 1, 2026.
_LOCALES = {"en": "en_GB"}
_WEEKDAY = {"fi": "EEEE d. MMMM", "sv": "EEEE 'den' d MMMM"}
_CURRENCIES = {
    "€": "EUR",
    "EUR": "EUR",
    "$": "USD",
    "USD": "USD",
    "£": "GBP",
    "GBP": "GBP",
    "SEK": "SEK",
}
_SHORT = {"fi": "ccc d.M.", "en": "EEE d MMM", "sv": "EEE d MMM"}
_NO_BREAK_SPACE = "\u00a0"
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[A-Z])(?=[0-9])")


@cache
def locale_of(language: str) -> Locale:
    """The locale of a language code; English conventions for a code Babel does not know."""
    try:
        return Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def day_and_month(day: date, language: str) -> str:
    """A coming day as it is said: "tiistaina 1. joulukuuta", "Tuesday 1 December"."""
    said = format_date(day, _WEEKDAY.get(language, "EEEE d MMMM"), locale_of(language))
    return _keep_together(said)


def short_date(day: date, language: str, *, year: bool = False) -> str:
    """A date for a calendar: "ti 1.12.", "Tue 1 Dec"; with its year on demand."""
    pattern = _SHORT.get(language, "EEE d MMM")
    if year:
        pattern += "y" if pattern.endswith(".") else " y"
    return format_date(day, pattern, locale_of(language)).replace(" ", _NO_BREAK_SPACE)


def full_date(day: date, language: str) -> str:
    """A date with its year: "1. joulukuuta 2026", "1 December 2026"."""
    return _keep_together(format_date(day, "long", locale_of(language)))


def amount(value: Decimal, unit: str | None, language: str) -> str:
    """A figure with its unit: "12 %" or "12%", "1 240 €" or "€1,240", "35 min"."""
    # Babel rounds to its pattern in the context it finds, of which 28 digits, the usual number, are too few.
    with localcontext(prec=2 * MAX_DIGITS):
        return _amount(value, unit, locale_of(language))


def _amount(value: Decimal, unit: str | None, locale: Locale) -> str:
    if unit in _CURRENCIES:
        whole = value == value.to_integral_value()
        pattern = locale.currency_formats["standard"].pattern
        pattern = pattern.replace("0.00", "0") if whole else pattern
        price = format_currency(value, _CURRENCIES[unit], pattern, locale=locale, currency_digits=not whole)
        return _with_minus(_LETTER_BEFORE_DIGIT.sub(_NO_BREAK_SPACE, price), locale)
    number = _with_minus(format_decimal(value, locale=locale), locale)
    if unit is None:
        return number
    if unit == "%":
        # The locale's own pattern says whether a space stands before the sign.
        return str(locale.percent_formats[None].pattern).replace("#,##0", number)
    return f"{number}{_NO_BREAK_SPACE}{unit}"


def share(value: float, language: str) -> str:
    """A score from 0 to 1: "0,25" or "0.25"."""
    return format_decimal(round(value, 2), locale=locale_of(language))


def decimal_mark(language: str) -> str:
    """What divides the whole of a number from its fraction: "," or "."."""
    return get_decimal_symbol(locale_of(language))


def _with_minus(number: str, locale: Locale) -> str:
    """The number with the locale's own minus sign, which Babel leaves out."""
    return number.replace("-", get_minus_sign_symbol(locale), 1)


def _keep_together(date: str) -> str:
    """A date whose day is never parted from its month at the end of a line."""
    return re.sub(r"(\d\.?) (?=\D)", rf"\1{_NO_BREAK_SPACE}", date)
