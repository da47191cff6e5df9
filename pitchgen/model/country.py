"""The country that a company is in, or a part of it, by the codes of ISO 3166."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from babel import Locale
from babel.core import get_global

from pitchgen import shipped
from pitchgen.model.text import ReadBy, invalid, read_name
from pitchgen.model.typed import Schema, matching
from pitchgen.plain import shortened
from pitchgen.problems import quoting

_PART = "(-[A-Z0-9]{1,3})?"
_MUST_BE = "must be the two letters of a country, such as FI"


def read_country(value: object) -> str:
    """`FI`, or `DE-BY` for a part of a country."""
    typed = read_name(value)
    if not re.fullmatch(_pattern(), typed):
        meant = _meant(typed)
        hint = f"did you mean {meant}?" if meant else ""
        raise invalid(quoting(f"{_MUST_BE}, not '{{}}'", shortened(typed)), hint=hint)
    return typed


@cache
def _pattern() -> str:
    return f"(?:{'|'.join(_countries(shipped.REFERENCE))}){_PART}"


def _schema() -> Schema:
    return {**matching(_pattern(), _MUST_BE), "examples": ["FI", "SE"]}


def _countries(language: str) -> dict[str, str]:
    """What each country is called in a language, by its code; groups of countries have figures for codes."""
    named = Locale.parse(language).territories.items()
    return {code: name for code, name in named if code.isalpha() and len(code) == 2}


def _meant(typed: str) -> str:
    """The code of a country that is called so, or has another code that is not its own."""
    for language in shipped.languages():
        for code, name in _countries(language).items():
            if typed.casefold() in (name.casefold(), code.casefold()):
                return code
    aliases: list[str] = get_global("territory_aliases").get(typed.upper(), [])
    return aliases[0] if len(aliases) == 1 else ""


Country = Annotated[str, ReadBy(read_country, _schema)]
