"""Lifetime value: what a customer is worth, from two other figures and two numbers of the company's own.

CLV = m * r / (1 + i - r) (Gupta & Lehmann 2003, "Customers as Assets", Journal of Interactive Marketing
17(1), doi:10.1002/dir.10045), with the yearly margin m = average monthly billing * 12 * margin, the yearly
retention r and the discount rate i, all constant and without end, the first margin coming after a year.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.measure.counted import Value
from pitchgen.measure.refusal import Refused
from pitchgen.periods import Period, period_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pitchgen.load.place import Place
    from pitchgen.measure.measured import Measured
    from pitchgen.model.metric import Metric
    from pitchgen.workspace import Workspace

_MONTHS = 12


def lifetime(billing: Fraction, margin: Fraction, retention: Fraction, interest: Fraction) -> Fraction | None:
    """The lifetime value of what is billed in a month; the others are shares. None where it has no end."""
    rest = 1 + interest - retention
    return billing * _MONTHS * margin * retention / rest if rest > 0 else None


def lifetime_values(
    workspace: Workspace, metric: Metric, at: Place, found: Mapping[str, Measured]
) -> dict[Period, Value]:
    """The value at the end of each period that has both figures. Raises `Refused` when one is missing."""
    origin = metric.origin
    assert origin and origin.billing and origin.retention
    assert origin.margin is not None
    assert origin.interest is not None
    billing = _figures(workspace, origin.billing, at / "billing", found)
    retention = _figures(workspace, origin.retention, at / "retention", found)
    in_per_cent = any(
        each.id == origin.retention and each.unit and each.unit.said(shipped.REFERENCE) == "%"
        for each in workspace.metrics
    )
    values: dict[Period, Value] = {}
    for day in sorted(billing.keys() & retention.keys()):
        exact = lifetime(
            billing[day],
            Fraction(origin.margin) / 100,
            # No share is above 1, whatever its unit.
            retention[day] / 100 if in_per_cent or retention[day] > 1 else retention[day],
            Fraction(origin.interest) / 100,
        )
        period = period_of(day, metric.period)
        if exact is not None and period.last == day:
            values[period] = Value(exact, 0)
    return values


def _figures(workspace: Workspace, id: str, at: Place, found: Mapping[str, Measured]) -> dict[date, Fraction]:
    """The figures of a metric by the day they are of: measured, else as they were typed."""
    if id in found:
        if found[id].problems:
            raise Refused(
                [at.error("missing-figure", f"metric '{id}' could not be measured", "mend that one first")]
            )
        return {figure.period.last: figure.exact for figure in found[id].figures}
    typed = next((metric for metric in workspace.metrics if metric.id == id), None)
    figures = [each for each in (typed.baseline, *typed.history, typed.latest) if each] if typed else []
    return {each.as_of: Fraction(each.value) for each in figures if each.as_of}
