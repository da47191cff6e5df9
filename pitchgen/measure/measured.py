"""What was measured: the figures of a metric, as they are shown and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.compose.margin import rounded_up
from pitchgen.measure.counted import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from pitchgen.load.place import Place
    from pitchgen.measure.counted import Value
    from pitchgen.model.metric import Kind, Metric
    from pitchgen.periods import Period
    from pitchgen.problems import Problem

# Decimals of a figure, by kind; an amount of a thousand or more has none, nor has a time of ten or more.
_PLACES: Mapping[Kind, int] = {"nps": 0, "enps": 0, "ces": 1, "count": 0}
_SHARES = frozenset({"csat", "retention", "revenue_retention", "ratio"})
_THOUSAND, _TEN = 1_000, 10


@dataclass(frozen=True, slots=True)
class MeasuredFigure:
    """The figure of a period as it is shown and kept: rounded, in the metric's unit.

    `exact` is what it was rounded from. `beside` are other figures worth knowing, by their names.
    """

    period: Period
    value: Decimal
    n: int | None
    margin: Decimal | None
    exact: Fraction
    beside: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric's figures, oldest first, and what is to be said of them.

    `left_out` are numbers of rows by why they do not count, `too_few` the periods of which fewer answered
    than may be shown. With `problems`, there are no figures.
    """

    metric: Metric
    at: Place
    figures: tuple[MeasuredFigure, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    too_few: tuple[Period, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def latest(self) -> MeasuredFigure | None:
        """The figure of the last period that has one."""
        return self.figures[-1] if self.figures else None


def figure_of(metric: Metric, period: Period, value: Value) -> MeasuredFigure:
    """The figure of a period as it is shown and kept."""
    places = _places(metric, value.exact)
    beside = {name: rounded(each, _places(metric, each)) for name, each in value.beside.items()}
    n = None if metric.kind == "clv" else value.n
    margin = _margin(value.margin, places) if value.margin is not None else None
    return MeasuredFigure(period, rounded(value.exact, places), n, margin, value.exact, beside)


def _margin(exact: float, places: int) -> Decimal:
    """A margin of error, rounded up, to at most one decimal more than its figure has."""
    margin, least = rounded_up(exact), Decimal(1).scaleb(-places - 1)
    return max(margin, margin.quantize(least, ROUND_CEILING))


def _places(metric: Metric, value: Fraction) -> int:
    """How many decimals a figure has at most: as many as anyone would read."""
    if metric.kind in _PLACES:
        return _PLACES[metric.kind]
    if metric.kind in _SHARES:
        return 1 if metric.unit and metric.unit.said(shipped.REFERENCE) == "%" else 3
    if metric.kind in ("duration", "customer_tenure"):
        return 0 if abs(value) >= _TEN else 1
    return 0 if abs(value) >= _THOUSAND else 2
