"""What was measured, as a person reads it and as other programs do; never what a row says or whose it is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pitchgen import shipped
from pitchgen.compose.margin import margin_of_change
from pitchgen.language.terms import filled
from pitchgen.language.words import read_formulas
from pitchgen.measure.counted import AGAIN, CURRENCY, HIDDEN, OPEN, SAME, SCALE
from pitchgen.measure.kinds import SCALES
from pitchgen.measure.rows import BLANK, TOLD
from pitchgen.model.metric import Figure
from pitchgen.render.export import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pitchgen.language.facts import Language
    from pitchgen.measure.measured import Measured, MeasuredFigure
    from pitchgen.model.metric import Metric
    from pitchgen.workspace import Workspace

_LEFT_OUT = {
    TOLD: "as told",
    BLANK: "blank",
    SCALE: "off the scale",
    AGAIN: "earlier answers of the same customer in the period",
    SAME: "there twice",
    CURRENCY: "in another currency",
    OPEN: "not finished yet",
    HIDDEN: "hidden by a filter",
}

_HEADINGS = ("metric", "period", "as_of", "value", "unit", "n", "margin")


def formulas_of(workspace: Workspace) -> dict[str, str]:
    """The formula of each kind in words, with the company's word for a customer."""
    terms = workspace.languages.terms(shipped.REFERENCE)
    formulas = read_formulas(workspace.languages.folders, shipped.REFERENCE)
    return {kind: filled(said["formula"], terms) for kind, said in formulas.items()}


def as_text(measured: Sequence[Measured], formulas: Mapping[str, str]) -> str:
    """Each metric in a few lines: its last figure, what it rests on, what was left out, and its formula."""
    return "\n".join("\n".join(_lines(each, formulas)) + "\n" for each in measured)


def as_json(measured: Iterable[Measured], formulas: Mapping[str, str]) -> str:
    """A list of metrics with all their figures."""
    data = [
        {
            "id": each.metric.id,
            "kind": each.metric.kind,
            "unit": _unit(each) or None,
            "scale": _told_scale(each.metric) or SCALES.get(each.metric.kind),
            "formula": formulas.get(each.metric.kind),
            "figures": [_figure(figure) for figure in each.figures],
            "left_out": dict(each.left_out),
            "too_few": [period.name for period in each.too_few],
            "notes": list(each.notes),
        }
        for each in measured
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_table(measured: Iterable[Measured], language: Language) -> str:
    """A row for each figure of each metric, for a spreadsheet."""
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for each in measured:
        for figure in each.figures:
            found = _figure(figure)
            cells = (str(found[key]) if found.get(key) is not None else "" for key in _HEADINGS[1:4])
            n, margin = figure.n, figure.margin
            rows.append(
                (
                    each.metric.id,
                    *cells,
                    _unit(each),
                    "" if n is None else str(n),
                    "" if margin is None else f"{margin:f}",
                )
            )
    return as_csv(rows, language)


def _figure(figure: MeasuredFigure) -> dict[str, Any]:
    return {
        "period": figure.period.name,
        "as_of": figure.period.last.isoformat(),
        "value": f"{figure.value:f}",
        "n": figure.n,
        "margin": None if figure.margin is None else f"{figure.margin:f}",
        **{name.replace(" ", "_"): f"{value:f}" for name, value in figure.beside.items()},
    }


def _lines(measured: Measured, formulas: Mapping[str, str]) -> Iterator[str]:
    metric, latest = measured.metric, measured.latest
    yield f"{metric.id}: {metric.name.said(shipped.REFERENCE)}"
    if latest is None:
        yield "  not yet: there is no period that is over and has enough to count"
    else:
        yield f"  {_amount(latest, measured)}, {latest.period.name}{_rests_on(latest)}"
        if latest.beside:
            yield "  " + ", ".join(f"{name} {value:,f}" for name, value in latest.beside.items())
        yield from _change(measured, latest)
    if measured.left_out:
        said = (f"{number:,} {_LEFT_OUT.get(reason, reason)}" for reason, number in measured.left_out.items())
        yield f"  left out: {', '.join(said)}"
    if measured.too_few:
        yield f"  too few to be shown: {', '.join(period.name for period in measured.too_few)}"
    yield from (f"  {note}" for note in measured.notes)
    if formula := formulas.get(metric.kind):
        yield f"  {formula}"
    scale = _told_scale(metric)
    if scale and scale != SCALES.get(metric.kind):
        yield f"  here on the scale {scale}"


def _told_scale(metric: Metric) -> str | None:
    return metric.origin.scale if metric.origin else None


def _rests_on(figure: MeasuredFigure) -> str:
    return f", n = {figure.n:,}" if figure.n is not None else ""


def _amount(figure: MeasuredFigure, measured: Measured) -> str:
    margin = f" ± {figure.margin:,f}" if figure.margin is not None else ""
    unit = _unit(measured)
    return f"{figure.value:,f}{margin}{f' {unit}' if unit else ''}"


def _unit(measured: Measured) -> str:
    return measured.metric.unit.said(shipped.REFERENCE) if measured.metric.unit else ""


def _change(measured: Measured, latest: MeasuredFigure) -> Iterator[str]:
    """Where it stands beside its baseline: a change only where chance alone does not explain it."""
    before = measured.metric.baseline
    if before is None or latest.value == before.value:
        return
    since = f" since {before.as_of}" if before.as_of else ""
    n = None if latest.n is None else Decimal(latest.n)
    now = Figure.model_construct(value=latest.value, as_of=latest.period.last, n=n, margin=latest.margin)
    margin = margin_of_change(measured.metric.kind, before, now, _unit(measured) or None)
    said = f"  {latest.value - before.value:+f}{since}, from {before.value:f}"
    if margin is None:
        yield said
    elif abs(latest.value - before.value) <= margin:
        yield f"{said}: chance alone could explain that (±{margin:f})"
    else:
        yield f"{said}: more than chance (±{margin:f})"
