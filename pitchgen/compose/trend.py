"""How a metric has moved: its history as a picture, and whether it moved by more than chance.

The unit of the picture is that of its view box in templates/pictures.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from pitchgen.compose.margin import margin_of_change, printed_margin
from pitchgen.language.locale import brief_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pitchgen.compose.voice import Voice
    from pitchgen.model.metric import Figure, Metric

WIDTH, HEIGHT = 150.0, 30.0
# So much room is left around the points for the marks that are drawn on them.
EDGE = 4.0

_LEAST_POINTS = 2
_ALONE = 2.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Where a figure lies, and the ends of its margin of error, `low` the smaller figure; y counts down."""

    x: float
    y: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A picture of the figures that a metric had, oldest first, each as far along as its day.

    `line` is a path through the points and `bands` are paths around their margins of error, one for
    each run of points that have one. `target` is how far down the target lies. `first` and `last` are
    the figures at its ends with their days: "41 (31.12.2025)".
    """

    points: tuple[TrendPoint, ...]
    line: str
    bands: tuple[str, ...]
    target: float | None
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Change:
    """The way from the baseline to the newest figure, beside its margin of error.

    `by` is how far, with its sign and unit, when chance alone explains no such way; None when it may
    be chance. `in_points` says that `by` counts percentage points, which it does not name.
    """

    by: str | None
    in_points: bool


def trend(metric: Metric, voice: Voice) -> Trend | None:
    """A picture of `metric` over time; None when its history has fewer than two days to draw."""
    figures = metric.dated
    history = {each.as_of for each in metric.history}
    if sum(each.as_of in history for each in figures) < _LEAST_POINTS:
        return None
    unit = voice.say_if(metric.unit)
    target = metric.target.value if metric.target else None
    measured = [(each, printed_margin(metric.kind, each, unit)) for each in figures]
    down = _scale(measured, target)
    points = tuple(_points(measured, down))
    return Trend(
        points=points,
        line=_path((each.x, each.y) for each in points),
        bands=tuple(_bands(points)),
        target=down(target) if target is not None else None,
        first=_labelled(figures[0], metric, voice),
        last=_labelled(figures[-1], metric, voice),
    )


def change(metric: Metric, voice: Voice) -> Change | None:
    """How far `metric` is from its baseline; None when there is no way, or nothing is known of chance.

    The two figures are taken for independent samples: their variances add up (`margin_of_change`), and
    a difference beyond the root of the margins' squares is one that chance alone makes once in twenty
    times. Where both count partly the same people, as tenure and a rolling retention do, they move
    together, and the true margin is smaller: then some real changes are called chance, and no chance real.
    """
    before, after = metric.start, metric.now
    if before is None or after is None or before.value == after.value:
        return None
    unit = voice.say_if(metric.unit)
    margin = margin_of_change(metric.kind, before, after, unit)
    if margin is None:
        return None
    way = after.value - before.value
    if abs(way) <= margin:
        return Change(by=None, in_points=False)
    if any(printed_margin(metric.kind, each, unit) is None for each in (before, after)):
        # What one of them adds to the margin is not known.
        return None
    in_points = unit == "%"
    said = voice.amount(way, None if in_points else metric.unit)
    return Change(by=f"+{said}" if way > 0 else said, in_points=in_points)


def _labelled(figure: Figure, metric: Metric, voice: Voice) -> str:
    assert figure.as_of
    return f"{voice.amount(figure.value, metric.unit)} ({brief_date(figure.as_of, voice.language)})"


def _scale(
    measured: Sequence[tuple[Figure, Decimal | None]], target: Decimal | None
) -> Callable[[Decimal], float]:
    """How far down a value lies, so that all values, their margins and the target have room."""
    ends = [each.value + way * (margin or 0) for each, margin in measured for way in (-1, 1)]
    ends += [] if target is None else [target]
    high, span = max(ends), max(ends) - min(ends)

    def down(value: Decimal) -> float:
        share = (high - value) / span if span else Decimal("0.5")
        return round(EDGE + (HEIGHT - 2 * EDGE) * float(share), 1)

    return down


def _points(
    measured: Sequence[tuple[Figure, Decimal | None]], down: Callable[[Decimal], float]
) -> Iterator[TrendPoint]:
    days = [each.as_of.toordinal() for each, _ in measured if each.as_of]
    for day, (figure, margin) in zip(days, measured, strict=True):
        x = round(EDGE + (WIDTH - 2 * EDGE) * (day - days[0]) / (days[-1] - days[0]), 1)
        low, high = (None if margin is None else down(figure.value + way * margin) for way in (-1, 1))
        yield TrendPoint(x, down(figure.value), low, high)


def _bands(points: Sequence[TrendPoint]) -> Iterator[str]:
    """A path around each run of points with a margin; a point alone has one as wide as its mark."""
    for has_margin, run in groupby(points, key=lambda each: each.high is not None):
        if not has_margin:
            continue
        ends = [(each.x, each.high, each.low) for each in run]
        if len(ends) == 1:
            ((x, high, low),) = ends
            ends = [(x - _ALONE, high, low), (x + _ALONE, high, low)]
        above = [(x, high) for x, high, _ in ends if high is not None]
        below = [(x, low) for x, _, low in reversed(ends) if low is not None]
        yield f"{_path((*above, *below))}Z"


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
