"""The first morning: when a newcomer comes, where to, and whom they ask for; and the zone of that time."""

from __future__ import annotations

import re
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from pitchgen.model.amount import not_what
from pitchgen.model.base import Model
from pitchgen.model.text import ReadBy, Text, invalid, read_name
from pitchgen.model.typed import Schema, matching
from pitchgen.plain import shortened
from pitchgen.problems import quoting, suggestion

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_A_TIME = "must be a time of day like 9:00 or 13.30"
_EXAMPLES = ["Europe/Helsinki", "Europe/Stockholm"]


def read_clock(value: object) -> time:
    """A time of day, written 9:00 or 9.00."""
    typed = value.strip() if isinstance(value, str) else ""
    if match := _CLOCK.fullmatch(typed):
        return time(int(match[1]), int(match[2]))
    raise invalid(
        quoting(f"{_A_TIME}{{}}", not_what(value)),
        hint="write hours from 0 to 23, and minutes in two digits",
    )


def read_time_zone(value: object) -> str:
    """The name that a time zone has in the database of IANA: Europe/Helsinki."""
    typed = read_name(value)
    if typed not in _zones():
        message = quoting("there is no time zone '{}'", shortened(typed))
        raise invalid(message, hint=_meant(typed) or "write a continent and a city, like Europe/Helsinki")
    return typed


@cache
def _zones() -> frozenset[str]:
    # Those of the package are the same on every machine; those of a system are more, or none at all.
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


def _meant(typed: str) -> str:
    """Which zone is meant by a name that is nearly its own, or by that of its city alone."""
    plain = typed.casefold().replace(" ", "_")
    cities = sorted(zone for zone in _zones() if plain in (zone.casefold(), zone.casefold().split("/")[-1]))
    return f"did you mean '{cities[-1]}'?" if cities else suggestion(typed, _zones())


# To an editor 9.30 without quotes is a number, which may as well be 9.3.
_CLOCK_SCHEMA: Schema = {
    **matching(_CLOCK.pattern, "must be a time of day like 9:00, or '9.30' in quotes"),
    "examples": ["9:00"],
}


def _zone_schema() -> Schema:
    names = "|".join(sorted(_zones())).replace("+", r"\+")
    return {**matching(names, "must be a time zone like Europe/Helsinki"), "examples": _EXAMPLES}


Clock = Annotated[time, ReadBy(read_clock, _CLOCK_SCHEMA)]
TimeZone = Annotated[str, ReadBy(read_time_zone, _zone_schema)]


class Arrival(Model):
    """The first morning. A newcomer's own comes before their manager's, and that before the company's."""

    time: Clock | None = Field(None, description="When the newcomer comes on the first day, as 9:00 or 9.00.")
    place: Text | None = Field(None, description="Where to: 'Harbour Street 5, 2nd floor'.")
    ask_for: Text | None = Field(
        None,
        description="Whom to ask for, with a number to call: 'the front desk, 010 123 4567'. One with a file "
        "in managers/ may be named by name or id alone; the manager unless given.",
    )
