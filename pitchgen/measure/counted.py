"""What counting gives: the figure of each period, what it rests on, and what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pitchgen.measure.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pitchgen.measure.engine import Engine
    from pitchgen.measure.rows import Rows
    from pitchgen.model.metric import Kind
    from pitchgen.model.origin import Origin, PeriodName
    from pitchgen.periods import Period

# Why rows do not count, beside what stands in `rows`.
SAME, AGAIN, SCALE, CURRENCY, OPEN, HIDDEN = "same", "again", "scale", "currency", "open", "hidden"


@dataclass(frozen=True, slots=True)
class Value:
    """The figure of a period, exact, in the metric's unit; `n` is what it rests on.

    `margin` is half the 95 per cent interval, None where there is none to be known. `beside` are other
    figures worth knowing, by their names in words.
    """

    exact: Fraction
    n: int
    margin: float | None = None
    beside: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(slots=True)
class Counted:
    """The figures by period, how many rows were left out by why, and what else is to be said."""

    values: dict[Period, Value] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Job:
    """What a kind is to count: the rows of its metric, for which periods, in which unit."""

    kind: Kind
    origin: Origin
    # Of which length the periods are.
    name: PeriodName
    engine: Engine
    rows: Rows
    percent: bool
    periods: Sequence[Period] = ()
    # How many rows do not count, by why.
    left_out: Counter[str] = field(default_factory=Counter)

    def has(self, column: str) -> bool:
        """Whether the exports have a column."""
        return column in self.rows.columns

    def period(self, day: str) -> str:
        """The SQL of the first day of the period in which a day lies."""
        return f"date_trunc('{self.name}', CAST({day} AS DATE))::DATE"

    def in_time(self, day: str) -> str:
        """The SQL of whether a day belongs to periods that count."""
        first = self.periods[0].first
        first = max(first, self.origin.since or first)
        return f"CAST({day} AS DATE) BETWEEN DATE '{first}' AND DATE '{self.periods[-1].last}'"

    def refused(self, code: str, message: str, hint: str) -> Refused:
        """That the data cannot give such a figure."""
        return Refused([self.rows.search.at.error(code, message, hint)])

    def share(self, part: int, whole: int) -> Fraction:
        """A share in the metric's unit: of 100 where that is per cent, else of 1."""
        return Fraction(part * (100 if self.percent else 1), whole)


def rounded(value: Fraction, places: int) -> Decimal:
    """A figure with so many decimals, halves away from zero, without zeros at its end."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    whole = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    # Without the sum, a hundred would be 1E+2.
    return whole.normalize() + 0
