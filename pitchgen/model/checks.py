"""`checks:` in company.yaml: which rules of `pitchgen check` count how much, and where their limits lie."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from pitchgen.model.amount import not_what, read_number
from pitchgen.model.base import Model
from pitchgen.model.text import Name, ReadBy, invalid
from pitchgen.model.typed import any_of, matching

# How much a rule counts that nobody minds here.
OFF = "off"
MOST = 10_000
_A_COUNT = "must be a whole number from 1 to 10 000"
_A_SHARE = "must be a share from 0.5 to 1, like 0.8"


def read_count(value: object) -> int:
    """A whole number from 1 to `MOST`."""
    number = _number(value, _A_COUNT)
    if number != number.to_integral_value() or not 1 <= number <= MOST:
        raise invalid(f"{_A_COUNT}, not '{number:f}'")
    return int(number)


def read_share(value: object) -> float:
    """A share from 0.5 to 1: `0.8` is eighty in a hundred."""
    number = _number(value, _A_SHARE)
    if not Decimal("0.5") <= number <= Decimal(1):
        raise invalid(f"{_A_SHARE}, not '{number:f}'")
    return float(number)


def _number(value: object, must: str) -> Decimal:
    try:
        return read_number(value)
    except PydanticCustomError:
        # What it says of units is about metrics.
        raise invalid(must + not_what(value)) from None


_COUNT_SCHEMA = any_of(
    {"type": "integer", "minimum": 1, "maximum": MOST, "errorMessage": _A_COUNT},
    {"title": "In quotes", **matching(r"\+?(0*[1-9][0-9]{0,3}|10[ \u00a0\u202f]?000)", _A_COUNT)},
)
_SHARE_SCHEMA = any_of(
    {"type": "number", "minimum": 0.5, "maximum": 1, "errorMessage": _A_SHARE, "examples": [0.6, 0.8]},
    {"title": "In quotes", **matching(r"\+?(0[.,][5-9][0-9]*|1([.,]0{1,2})?)", _A_SHARE)},
)
Count = Annotated[int, ReadBy(read_count, _COUNT_SCHEMA)]
Share = Annotated[float, ReadBy(read_share, _SHARE_SCHEMA)]


class Limits(Model):
    """Where the rules draw their lines."""

    similarity: Share = Field(
        0.6, description="Share of words in common from which two answers count as the same, 0.5 to 1."
    )
    first_priority_personas: Count = Field(5, description="The most personas of priority 1.")
    goals_at_once: Count = Field(5, description="The most goals of a role or a person for one day.")
    review_days: Count = Field(365, description="Days after which something counts as not reviewed.")
    strategy_ends_days: Count = Field(90, description="Days before its end from which a strategy is ending.")
    shortest_pitch: Count = Field(60, description="Seconds that a pitch takes at least.")
    longest_pitch: Count = Field(90, description="Seconds that a pitch takes at most.")


class Checks(Model):
    """Settings of `pitchgen check`."""

    severities: dict[Name, Literal["error", "warning", "note", "off"]] = Field(
        {}, description="How much a rule counts here, by its code: error, warning, note or off."
    )
    limits: Limits = Field(Limits(), description="Where the rules draw their lines.")
