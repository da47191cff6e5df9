"""How people feel along the journey, as a picture: where its lines and dots lie.

Everything that has to be read with it, the names of touchpoints and personas and the feelings in
figures, stands in tables beside it, so that no label is ever cut off. The unit is that of the
pictures' view box in templates/pictures.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Persona, Touchpoint

T = TypeVar("T")

WIDTH, HEIGHT, GUTTER = 450.0, 80.0, 90.0
MOST_COLUMNS = 12
MOST_LINES = 6

_MIDDLE, _STEP = HEIGHT / 2, 16.0
_APART = 3.2


@dataclass(frozen=True, slots=True)
class Dot:
    """A feeling from -2 to 2, and where it lies."""

    x: float
    y: float
    feels: int


@dataclass(frozen=True, slots=True)
class Line:
    """How one persona feels at each column: in figures, as dots, and as the `path` between them.

    `look` numbers the lines of a picture, so that each can be drawn in a way of its own.
    """

    label: str
    look: int
    feelings: tuple[int | None, ...]
    dots: tuple[Dot, ...]
    path: str


@dataclass(frozen=True, slots=True)
class CurveColumn:
    """A touchpoint by its number on the journey and its name, and where it lies."""

    number: int
    name: str
    x: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A picture of feelings along (a part of) the journey."""

    columns: tuple[CurveColumn, ...]
    lines: tuple[Line, ...]


def compose_curves(
    personas: Sequence[Persona], touchpoints: Sequence[Touchpoint], voice: Voice
) -> tuple[Curve, ...]:
    """Pictures of how `personas` feel along the journey, so many that each can be read.

    Touchpoints at which nobody is said to feel anything are left out; none are drawn for a journey
    that is shorter than two.
    """
    felt = {(p, m.touchpoint): m.model.feels for p in personas for m in p.moments}
    numbered = [
        (number, touchpoint)
        for number, touchpoint in enumerate(touchpoints, start=1)
        if any(felt.get((persona, touchpoint)) is not None for persona in personas)
    ]
    if len(numbered) < 2:
        return ()
    people = [p for p in personas if any(m.model.feels is not None for m in p.moments)]
    curves = (
        _curve(group, stretch, felt, voice)
        for stretch in _parts(numbered, MOST_COLUMNS)
        for group in _parts(people, MOST_LINES)
    )
    return tuple(curve for curve in curves if any(line.dots for line in curve.lines))


def _curve(
    personas: Sequence[Persona],
    stretch: Sequence[tuple[int, Touchpoint]],
    felt: Mapping[tuple[Persona, Touchpoint], int | None],
    voice: Voice,
) -> Curve:
    return Curve(
        columns=tuple(
            CurveColumn(number, voice.say(each.model.name), _middle_of(at, len(stretch)))
            for at, (number, each) in enumerate(stretch)
        ),
        lines=tuple(
            _line(
                voice.say(persona.model.label),
                look,
                [felt.get((persona, each)) for _, each in stretch],
                (look - (len(personas) - 1) / 2) * _APART,
            )
            for look, persona in enumerate(personas)
        ),
    )


def _line(label: str, look: int, feelings: Sequence[int | None], aside: float) -> Line:
    """A line whose dots stand `aside` a little, so that people who feel the same do not hide each other."""
    dots: list[Dot] = []
    path = ""
    pen = "M"
    for column, feels in enumerate(feelings):
        if feels is None:
            # A gap: where nobody knows, or where they never come, no feeling is drawn.
            pen = "M"
            continue
        x = round(_middle_of(column, len(feelings)) + aside, 1)
        dot = Dot(x, _MIDDLE - feels * _STEP, feels)
        path += f"{pen}{dot.x:g} {dot.y:g}"
        pen = "L"
        dots.append(dot)
    return Line(label, look, tuple(feelings), tuple(dots), path)


def _middle_of(column: int, columns: int) -> float:
    return round(GUTTER + (column + 0.5) * (WIDTH - GUTTER) / columns, 1)


def _parts(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The items in as few parts as possible, none longer than `most`, of about one length."""
    length = ceil(len(items) / ceil(len(items) / most))
    return [items[at : at + length] for at in range(0, len(items), length)]
