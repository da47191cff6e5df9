"""Staying: how long customers stay, and how many of them.

- Tenure: Kaplan & Meier 1958, "Nonparametric Estimation from Incomplete Observations", Journal of the
  American Statistical Association 53(282): S(t) is the product of 1 - d/n over all times up to t at which d
  of n customers left; those still here are censored, not left out. The figure is the median, the first t
  with S(t) <= 1/2, its interval that of Brookmeyer & Crowley 1982 on the log-log scale; or, with
  `restricted_to`, the mean over that long a time, the area under S, its variance that of Greenwood. The
  average age of those still here would grow by itself each day, and is refused.
- Retention: of the customers at the end of a month, the share who are customers a year (or `over`) later.
  Churn is the rest of it.

Stretches of one customer that touch or overlap are one. Whoever left and came back counts as one stretch for
each time, and is here at a day within any of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.compose.margin import Z, share_margin
from pitchgen.measure.counted import Counted, Job, Value
from pitchgen.measure.spans import expect_order
from pitchgen.periods import MONTHS, period_of, shifted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pitchgen.periods import Period

DAYS: dict[str, Fraction] = {
    "days": Fraction(1),
    "months": Fraction(3652425, 120000),
    "years": Fraction(3652425, 10000),
}
"""Days in each unit, by the calendar's 400 years."""
_FAR = "9999-12-31"

_SPELLS = f"""
SELECT customer, min(first) AS first, max(last) AS last FROM (
  SELECT *, sum(is_new) OVER (
    PARTITION BY customer ORDER BY first, last ROWS UNBOUNDED PRECEDING
  ) AS stretch FROM (
    SELECT *, CASE WHEN first <= max(last) OVER (
      PARTITION BY customer ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) THEN 0 ELSE 1 END AS is_new FROM (
      SELECT customer, CAST(started AS DATE) AS first, coalesce(CAST(ended AS DATE), DATE '{_FAR}') AS last
      FROM rows WHERE why IS NULL
    )
  )
) GROUP BY customer, stretch
"""


def count_staying(job: Job) -> Counted:
    """Tenure or retention. Raises `Refused` when somebody left before they came."""
    expect_order(job)
    job.engine.view("spells", _SPELLS)
    counted = Counted(left_out=job.left_out)
    values = _tenure(job, counted) if job.kind == "customer_tenure" else _retention(job)
    counted.values.update(values)
    ((back,),) = job.engine.ask(
        "SELECT count(*) FROM (SELECT customer FROM spells GROUP BY customer HAVING count(*) > 1)"
    )
    if back:
        counted.notes.append(f"{back:,} left and came back; each time counts by itself")
    return counted


def _retention(job: Job) -> Iterator[tuple[Period, Value]]:
    over = MONTHS[job.origin.over or "year"]
    days = ", ".join(
        f"(DATE '{period.first}', DATE '{_before(period.last, over)}', DATE '{period.last}')"
        for period in job.periods
    )
    asked = (
        "SELECT period, count(DISTINCT past.customer), count(DISTINCT present.customer) "
        f"FROM (VALUES {days}) AS days(period, start, finish) "
        "JOIN spells past ON past.first <= start AND past.last > start "
        "LEFT JOIN spells present ON present.customer = past.customer "
        "AND present.first <= finish AND present.last > finish GROUP BY period"
    )
    whole = 100 if job.percent else 1
    for first, customers, stayed in job.engine.ask(asked):
        period = period_of(first, job.name)
        yield (
            period,
            Value(
                job.share(stayed, customers), customers, whole * share_margin(stayed / customers, customers)
            ),
        )


def _before(day: date, months: int) -> date:
    """The last day of the month so many months before that of the last day of a month."""
    return period_of(shifted(day, -months), "month").last


class Step(NamedTuple):
    """So many customers `left` after a time, in days, of those `at_risk` who were here as long."""

    days: int
    left: int
    at_risk: int


def _tenure(job: Job, counted: Counted) -> Iterator[tuple[Period, Value]]:
    ends = ", ".join(f"(DATE '{period.first}', DATE '{period.last}')" for period in job.periods)
    asked = (
        "SELECT period, least(last, finish) - first AS days, sum(CAST(last <= finish AS INTEGER)), count(*) "
        f"FROM spells JOIN (VALUES {ends}) AS days(period, finish) ON first <= finish GROUP BY ALL"
    )
    found: defaultdict[date, list[tuple[int, int, int]]] = defaultdict(list)
    for first, *of_length in job.engine.ask(asked):
        found[first].append((int(of_length[0]), int(of_length[1]), int(of_length[2])))
    unit = DAYS[job.origin.unit or "months"]
    latest = max(found, default=None)
    for first, lengths in sorted(found.items()):
        steps, n = life_table(lengths), sum(number for _, _, number in lengths)
        to = job.origin.restricted_to
        value = (
            _restricted(steps, n, Fraction(to) * unit, unit) if to is not None else _median(steps, n, unit)
        )
        if value:
            yield period_of(first, job.name), value
        elif first == latest:
            longest = max(days for days, _, _ in lengths)
            mean = areas(steps, Fraction(longest))[0] / float(unit)
            name, over = job.origin.unit or "months", float(longest / unit)
            counted.notes.append(
                "half of the customers have not left yet, so there is no median; over the first "
                f"{over:.0f} {name} they stay {mean:.1f} on average, which `restricted_to: {over:.0f}` takes"
            )


def life_table(lengths: Sequence[tuple[int, int, int]]) -> list[Step]:
    """The times at which somebody left, from days, how many left after them and how many stayed so long."""
    at_risk = sum(number for _, _, number in lengths)
    steps = []
    for days, left, number in sorted(lengths):
        if left:
            steps.append(Step(days, left, at_risk))
        at_risk -= number
    return steps


def _median(steps: Sequence[Step], n: int, unit: Fraction) -> Value | None:
    median = median_days(steps)
    if median is None:
        return None
    low, high = median_interval(steps)
    margin = max(median - low, high - median) / float(unit) if low is not None and high is not None else None
    return Value(median / unit, n, margin)


def median_days(steps: Sequence[Step]) -> int | None:
    """The first time at which no more than half are still here; None where more than half are.

    Whether it is exactly half is decided by whole numbers, which floats cannot.
    """
    numerator = denominator = 1
    for step in steps:
        numerator *= step.at_risk - step.left
        denominator *= step.at_risk
        if 2 * numerator <= denominator:
            return step.days
    return None


def median_interval(steps: Sequence[Step]) -> tuple[int | None, int | None]:
    """The 95 per cent interval of the median, in days; None for an end that is not reached."""
    survival, hazard = 1.0, 0.0
    low = high = None
    for step in steps:
        survival *= 1 - step.left / step.at_risk
        if step.at_risk == step.left:
            bounds = (0.0, 0.0)
        else:
            hazard += step.left / (step.at_risk * (step.at_risk - step.left))
            spread = Z * math.sqrt(hazard) / math.log(survival)
            bounds = survival ** math.exp(-spread), survival ** math.exp(spread)
        if low is None and min(bounds) <= 0.5:
            low = step.days
        if high is None and max(bounds) <= 0.5:
            high = step.days
    return low, high


def _restricted(steps: Sequence[Step], n: int, to: Fraction, unit: Fraction) -> Value:
    mean, *since = areas(steps, to)
    variance = sum(
        area**2 * step.left / (step.at_risk * (step.at_risk - step.left))
        for step, area in zip(steps, since, strict=True)
        if step.at_risk > step.left
    )
    return Value(Fraction(mean) / unit, n, Z * math.sqrt(variance) / float(unit))


def areas(steps: Sequence[Step], to: Fraction) -> list[float]:
    """The areas under the survival curve up to a time, in days: from the start on, and from each step on."""
    end = float(to)
    times, survival = [0.0], [1.0]
    for step in steps:
        times.append(min(float(step.days), end))
        survival.append(survival[-1] * (1 - step.left / step.at_risk))
    found, area = [], 0.0
    for time, share in zip(reversed(times), reversed(survival), strict=True):
        area += share * (end - time)
        end = time
        found.append(area)
    return found[::-1]
