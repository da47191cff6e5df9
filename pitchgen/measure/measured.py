"""What was measured: the figures of a metric, as they are shown and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

    from pitchgen.load.place import Place
    from pitchgen.model.metric import Metric
    from pitchgen.periods import Period
    from pitchgen.problems import Problem


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
