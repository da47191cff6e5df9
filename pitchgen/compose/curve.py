"""How a person feels along the journey, as a picture: where its points lie.

The names of the touchpoints stand below it as text, so that none is ever cut off. The unit is that of the
picture's view box in templates/pictures.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pitchgen.compose.moment import MomentWords

WIDTH, HEIGHT = 440.0, 62.0
MOST_POINTS = 10

_MIDDLE, _STEP = HEIGHT / 2, 12.0


@dataclass(frozen=True, slots=True)
class Point:
    """A moment and where its feeling lies."""

    moment: MomentWords
    feels: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A picture of feelings along (a part of) the journey; the `path` leads through its points."""

    points: tuple[Point, ...]
    path: str


def compose_curves(moments: Iterable[MomentWords]) -> tuple[Curve, ...]:
    """Pictures of how a person feels at these moments, so many that each can be read.

    Moments without a feeling are left out; none is drawn of fewer than two.
    """
    felt = [(moment, moment.feels) for moment in moments if moment.feels is not None]
    if len(felt) < 2:
        return ()
    # As even as can be, so that no picture has a few points alone.
    size = ceil(len(felt) / ceil(len(felt) / MOST_POINTS))
    return tuple(_curve(felt[at : at + size]) for at in range(0, len(felt), size))


def lowest_of(moments: Iterable[MomentWords]) -> MomentWords | None:
    """Where a person feels worst, if not alike everywhere: of several, one that concerns the reader."""
    felt = [moment for moment in moments if moment.feels is not None]
    if len({moment.feels for moment in felt}) < 2:
        return None
    return min(felt, key=lambda moment: (moment.feels, not moment.mine, not moment.helping))


def highest_of(moments: Iterable[MomentWords]) -> MomentWords | None:
    """Where a person feels best, the first of several."""
    felt = [moment for moment in moments if moment.feels is not None]
    return max(felt, key=attrgetter("feels"), default=None)


def _curve(felt: Sequence[tuple[MomentWords, int]]) -> Curve:
    room = WIDTH / len(felt)
    points = tuple(
        Point(moment, feels, round((at + 0.5) * room, 1), _MIDDLE - feels * _STEP)
        for at, (moment, feels) in enumerate(felt)
    )
    return Curve(points, "M" + "L".join(f"{point.x:g} {point.y:g}" for point in points))
