"""Keeping: measured figures in metrics.yaml, and no byte of anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.keep.edit import Edit, edited
from pitchgen.keep.spelling import OneLine
from pitchgen.model.file_kind import METRICS
from pitchgen.model.metric import MetricsFile
from pitchgen.problems import CannotWrite
from pitchgen.write import change_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.measure.measured import Measured, MeasuredFigure
    from pitchgen.model.metric import Figure
    from pitchgen.problems import Loc
    from pitchgen.workspace import Workspace


def keep_figures(workspace: Workspace, measured: Iterable[Measured]) -> bool:
    """Write `latest` and `history` of the metrics; whether that changed the file.

    A `latest` that is of a later day stays. Raises `CannotEdit`, `CannotWrite`, also when the file is not
    what was read.
    """
    path = workspace.root / METRICS.path
    try:
        before = path.read_bytes()
    except OSError as error:
        raise CannotWrite(path, error) from None
    edits = [edit for each in measured for edit in _edits(each)]
    file = workspace.files.one(METRICS)
    if file is None or file.source.text != before.decode("utf-8-sig"):
        raise CannotWrite(path, OSError("it changed meanwhile; measure again"))
    after = edited(before, edits, MetricsFile, workspace.company.languages)
    if after == before:
        return False
    change_file(path, after)
    return True


def _edits(measured: Measured) -> Iterator[Edit]:
    latest, loc = measured.latest, measured.at.loc
    if latest is None:
        return
    typed = measured.metric.latest
    if typed is None or typed.as_of is None or typed.as_of <= latest.period.last:
        yield from _figure(typed, latest, (*loc, "latest"))
    yield from _history(measured, (*loc, "history"))


def _history(measured: Measured, loc: Loc) -> Iterator[Edit]:
    kept = measured.metric.history
    days = [figure.as_of for figure in kept]
    new = [each for each in measured.figures if each.period.last not in days]
    known = [day for day in days if day]
    if not kept or len(known) < len(kept) or any(each.period.last < max(known) for each in new):
        # What is no longer measured stays, in the order of the days.
        others = {day: _typed(figure) for day, figure in zip(days, kept, strict=True) if day}
        whole = others | {each.period.last: _spelled(each) for each in measured.figures}
        yield Edit(loc, [OneLine(whole[day]) for day in sorted(whole)])
        return
    for each in measured.figures:
        if each.period.last in days:
            n = days.index(each.period.last)
            yield from _figure(kept[n], each, (*loc, n))
    for n, each in enumerate(new, start=len(kept)):
        yield Edit((*loc, n), OneLine(_spelled(each)))


def _figure(before: Figure | None, figure: MeasuredFigure, loc: Loc) -> Iterator[Edit]:
    """What changes of a figure."""
    wanted = _spelled(figure)
    if before is None:
        yield Edit(loc, dict(wanted))
        return
    was = _typed(before)
    for key in ("value", "as_of", "n", "margin"):
        if was.get(key) != wanted.get(key):
            yield Edit((*loc, key), wanted.get(key))


def _spelled(figure: MeasuredFigure) -> dict[str, str]:
    found = {"value": f"{figure.value:f}", "as_of": figure.period.last.isoformat()}
    if figure.n is not None:
        found["n"] = str(figure.n)
    if figure.margin is not None:
        found["margin"] = f"{figure.margin:f}"
    return found


def _typed(figure: Figure) -> dict[str, str]:
    values = {"value": figure.value, "n": figure.n, "margin": figure.margin}
    found = {key: f"{value:f}" for key, value in values.items() if value is not None}
    return found | ({"as_of": figure.as_of.isoformat()} if figure.as_of else {})
