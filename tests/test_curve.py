"""The curves of feelings: every feeling drawn once, in its place, and nothing drawn that nobody knows."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import SHIPPED, linked, small

from pitchgen import workspace
from pitchgen.compose.curve import (
    GUTTER,
    HEIGHT,
    MOST_COLUMNS,
    MOST_LINES,
    WIDTH,
    Curve,
    CurveColumn,
    Dot,
    Line,
    compose_curves,
)
from pitchgen.compose.voice import Voice
from pitchgen.load.document import YamlMap
from pitchgen.load.faults import Mark
from pitchgen.load.files import Source
from pitchgen.load.place import Place
from pitchgen.model import journey, persona
from pitchgen.model.file_kind import JOURNEY

VOICE = Voice(SHIPPED.get("fi"), "fi")
NOWHERE = Place(Source("journey.yaml", "", YamlMap(Mark(1, 1)), JOURNEY))
PHASES = """\
    phases: [{id: arki, name: Arki}]
    touchpoints:
      - {id: soitto, name: Soitto, phase: arki}
      - {id: kaynti, name: Käynti, phase: arki}
      - {id: lasku, name: Lasku, phase: arki}
"""
# How far the markers of templates/pictures.html reach from their middle, with the line around them.
MARKER = 4.6

# How each of some people feels at each of some touchpoints, None where nobody knows.
Feelings = list[list[int | None]]
FEELING = st.none() | st.integers(-2, 2)
CROWDS = st.integers(0, 26).flatmap(
    lambda touchpoints: st.lists(st.lists(FEELING, min_size=touchpoints, max_size=touchpoints), max_size=13)
)


def drawn(feelings: Feelings, *, met: bool = True) -> tuple[Curve, ...]:
    """The curves of people who feel so: persona "p0" at touchpoint "t0", and so on.

    Where somebody feels nothing they come without a feeling, or, unless `met`, do not come.
    """
    phase = journey.Phase(id="p", name="Vaihe")
    touchpoints = [
        workspace.Touchpoint(journey.Touchpoint(id=f"t{n}", name=f"t{n}", phase="p"), NOWHERE, phase)
        for n in range(max(map(len, feelings), default=0))
    ]
    people = []
    for number, row in enumerate(feelings):
        moments = tuple(
            workspace.Moment(persona.Moment(touchpoint=at.model.id, feels=said(feels)), NOWHERE, at)
            for at, feels in zip(touchpoints, row, strict=True)
            if met or feels is not None
        )
        model = persona.Persona(id=f"p{number}", label=f"p{number}", summary="x")
        people.append(workspace.Persona(model, NOWHERE, moments=moments))
    return compose_curves(people, touchpoints, VOICE)


def said(feels: int | None) -> str | None:
    return None if feels is None else str(feels)


def points(path: str) -> list[list[tuple[float, float]]]:
    """The strokes of a path: where the pen is put down, and where it then goes."""
    strokes = [re.split("L", stroke) for stroke in path.split("M")[1:]]
    return [[(float(x), float(y)) for x, y in map(str.split, stroke)] for stroke in strokes]


def lines(curves: tuple[Curve, ...]) -> list[tuple[Curve, Line]]:
    return [(curve, line) for curve in curves for line in curve.lines]


def nearest(curve: Curve, dot: Dot) -> CurveColumn:
    """The touchpoint at which a reader sees a dot."""
    return min(curve.columns, key=lambda column: abs(column.x - dot.x))


@given(CROWDS)
def test_every_feeling_is_drawn_once_and_what_is_not_known_never(feelings: Feelings) -> None:
    curves = drawn(feelings)
    felt = {
        (f"p{row}", column + 1, feels)
        for row, known in enumerate(feelings)
        for column, feels in enumerate(known)
        if feels is not None
    }
    told = [
        (line.label, nearest(curve, dot).number, dot.feels)
        for curve, line in lines(curves)
        for dot in line.dots
    ]
    drawable = len({number for _, number, _ in felt}) >= 2
    assert sorted(told) == (sorted(felt) if drawable else [])
    tabled = [
        (line.label, column.number, feels)
        for curve, line in lines(curves)
        for column, feels in zip(curve.columns, line.feelings, strict=True)
        if feels is not None
    ]
    assert tabled == told, "the figures in the table are those of the dots"


@given(CROWDS)
def test_every_picture_can_be_read(feelings: Feelings) -> None:
    for curve in drawn(feelings):
        assert 1 <= len(curve.columns) <= MOST_COLUMNS
        assert 1 <= len(curve.lines) <= MOST_LINES
        assert [line.look for line in curve.lines] == list(range(len(curve.lines)))
        # From left to right, each with as much room as the others.
        room = (WIDTH - GUTTER) / len(curve.columns)
        assert all(
            right.x - left.x == pytest.approx(room, abs=0.11) for left, right in pairwise(curve.columns)
        )
        for line in curve.lines:
            assert len(line.feelings) == len(curve.columns)


@given(CROWDS)
def test_better_is_higher_and_a_gap_is_not_bridged(feelings: Feelings) -> None:
    for _, line in lines(drawn(feelings)):
        for one in line.dots:
            for other in line.dots:
                assert (one.feels > other.feels) == (one.y < other.y)
        strokes = points(line.path)
        assert [point for stroke in strokes for point in stroke] == [(dot.x, dot.y) for dot in line.dots]
        known = [
            len([*run]) for is_known, run in groupby(line.feelings, lambda it: it is not None) if is_known
        ]
        assert [len(stroke) for stroke in strokes] == known


@given(CROWDS)
def test_not_coming_and_coming_without_a_feeling_look_the_same(feelings: Feelings) -> None:
    assert drawn(feelings, met=False) == drawn(feelings)


@given(CROWDS)
def test_no_marker_is_cut_off_by_the_frame_or_hidden_by_another(feelings: Feelings) -> None:
    for curve in drawn(feelings):
        places = [(dot.x, dot.y) for line in curve.lines for dot in line.dots]
        assert all(GUTTER + MARKER <= x <= WIDTH - MARKER for x, _ in places)
        assert all(MARKER <= y <= HEIGHT - MARKER for _, y in places)
        assert len(set(places)) == len(places)


def test_no_picture_is_empty() -> None:
    early: list[int | None] = [1] * 7 + [None] * 6
    curves = drawn([early] * 4 + [early[::-1]] * 3)
    assert all(any(line.dots for line in curve.lines) for curve in curves)


# From the files to the picture


def test_a_curve_follows_the_journey_and_not_the_file(tmp_path: Path) -> None:
    root = small(
        tmp_path,
        {
            "journey.yaml": PHASES,
            "personas/varmistelija.yaml": """\
                label: Varmistelija
                summary: Haluaa tietää, mitä tapahtuu.
                moments:
                  - {touchpoint: lasku, feels: 2}
                  - {touchpoint: soitto, feels: -1}
                  - {touchpoint: kaynti}
            """,
        },
    )
    read = linked(root)
    (curve,) = compose_curves(read.personas, read.touchpoints, VOICE)
    assert [(column.number, column.name) for column in curve.columns] == [(1, "Soitto"), (3, "Lasku")]
    (line,) = curve.lines
    assert (line.label, line.feelings, line.path) == ("Varmistelija", (-1, 2), "M180 56L360 8")
