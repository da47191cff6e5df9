"""The curves of feelings: every feeling drawn once, in its place, and nothing drawn that nobody knows."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitchgen.compose.curve import (
    HEIGHT,
    MOST_POINTS,
    WIDTH,
    compose_curves,
    highest_of,
    lowest_of,
)
from pitchgen.compose.moment import MomentWords

# How far the markers of templates/pictures.html reach from their middle, with the line around them.
MARKER = 6

JOURNEYS = st.lists(st.none() | st.integers(-2, 2), max_size=26)


def moments(*feelings: int | None, mine: int | None = None) -> list[MomentWords]:
    """Moments at which somebody feels so; that at the number `mine` is the reader's own."""
    return [
        MomentWords(
            number,
            f"t{number}",
            expects=None,
            feels=feels,
            do=None,
            never=None,
            recover=None,
            mine=number == mine,
            helping=False,
            others=(),
            assumed=False,
        )
        for number, feels in enumerate(feelings, start=1)
    ]


@given(JOURNEYS)
def test_every_feeling_is_drawn_once_and_what_is_not_known_never(feelings: list[int | None]) -> None:
    along = moments(*feelings)
    felt = [(moment, moment.feels) for moment in along if moment.feels is not None]
    drawn = [(point.moment, point.feels) for curve in compose_curves(along) for point in curve.points]
    assert drawn == (felt if len(felt) > 1 else [])


@given(JOURNEYS)
def test_every_picture_can_be_read(feelings: list[int | None]) -> None:
    curves = compose_curves(moments(*feelings))
    sizes = [len(curve.points) for curve in curves]
    assert all(1 <= size <= MOST_POINTS for size in sizes)
    assert max(sizes, default=0) - min(sizes, default=0) <= len(sizes), "no picture has a few points alone"
    for curve in curves:
        # From left to right, each with as much room as the others, and better is higher.
        room = WIDTH / len(curve.points)
        for left, right in pairwise(curve.points):
            assert right.x - left.x == pytest.approx(room, abs=0.11)
            assert (left.feels > right.feels) == (left.y < right.y)
        assert all(MARKER <= point.x <= WIDTH - MARKER for point in curve.points)
        assert all(MARKER <= point.y <= HEIGHT - MARKER for point in curve.points)
        assert [(point.x, point.y) for point in curve.points] == points(curve.path)


def points(path: str) -> list[tuple[float, float]]:
    """Where the one stroke of a path goes."""
    assert path.rfind("M") == 0
    return [(float(x), float(y)) for x, y in map(str.split, re.split("L", path[1:]))]


def test_the_lowest_moment_is_one_that_concerns_the_reader_if_any_does() -> None:
    for mine, lowest in ((None, 2), (4, 4), (1, 2)):
        found = lowest_of(moments(1, -2, None, -2, 2, mine=mine))
        assert found is not None
        assert found.number == lowest
    highest = highest_of(moments(1, -2, None, 2, 2))
    assert highest is not None
    assert highest.number == 4


def test_where_all_moments_feel_the_same_none_is_the_lowest() -> None:
    assert lowest_of(moments(1, None, 1)) is None
    assert lowest_of(moments(None)) is highest_of(moments()) is None
