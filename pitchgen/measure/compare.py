"""Comparing: whether metrics.yaml says what its data says, and of when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.measure.counted import AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.measure.measured import Measured, MeasuredFigure
    from pitchgen.model.metric import Figure
    from pitchgen.problems import Problem

_WRITE = "let `pitchgen measure --write` write it"


def compare(measured: Measured) -> Iterator[Problem]:
    """What of a metric is not as its data has it: errors, and warnings about the data."""
    yield from measured.problems
    if number := measured.left_out.get(AGAIN):
        message = f"{number:,} answers to '{measured.metric.id}' are second ones of a customer in a period"
        hint = "the last one of each counts; ask each customer once a period"
        yield (measured.at / "from").warning("several-answers", message, hint)
    latest = measured.latest
    if measured.problems or latest is None:
        return
    typed, at = measured.metric.latest, measured.at / "latest"
    if typed is None or typed.as_of is None or typed.as_of < latest.period.last:
        newest = f"the data has {latest.value:f} for {latest.period.name}"
        said = f"says {typed.value:f}" if typed else "has no latest figure"
        of_when = f", of {typed.as_of}" if typed and typed.as_of else ""
        message = f"metric '{measured.metric.id}' {said}{of_when}; {newest}"
        yield at.error("stale-figure", message, _WRITE)
    elif typed.as_of == latest.period.last and (difference := _difference(typed, latest)):
        message = f"metric '{measured.metric.id}' says {difference} for {latest.period.name}"
        yield at.error("wrong-figure", message, f"{_WRITE}, or correct what it is measured from")
    for n, kept in enumerate(measured.metric.history):
        figure = next((each for each in measured.figures if each.period.last == kept.as_of), None)
        if figure and (difference := _difference(kept, figure)):
            message = f"metric '{measured.metric.id}' says {difference} for {figure.period.name}"
            yield (measured.at / "history" / n).error("wrong-figure", message, _WRITE)


def _difference(typed: Figure, figure: MeasuredFigure) -> str:
    if typed.value != figure.value:
        return f"{typed.value:f}, and the data {figure.value:f},"
    if typed.n is not None and figure.n is not None and typed.n != figure.n:
        return f"{typed.n:f} answers, and the data {figure.n},"
    return ""
