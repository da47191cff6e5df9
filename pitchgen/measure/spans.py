"""Spans: counts and shares of what happened, and how long things took.

- Count: the rows of a period. Ratio: those of them that `counts` describes / all of them; margin as of any
  share.
- Duration: the median of the times from start to end, and beside it the 90th percentile, both interpolated
  (Hyndman & Fan 1996, type 7). What has not ended yet has no length, and is told of: where much is still
  open, the median is too low.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from pitchgen.compose.margin import share_margin
from pitchgen.measure.counted import OPEN, Counted, Value
from pitchgen.measure.kinds import NEEDS
from pitchgen.measure.refusal import MOST_PLACES, Refused
from pitchgen.periods import period_of
from pitchgen.problems import Problem

if TYPE_CHECKING:
    from pitchgen.measure.counted import Job

SECONDS: dict[str, int] = {"minutes": 60, "hours": 3600, "days": 86_400}


def count_spans(job: Job) -> Counted:
    """A count, a ratio or a duration. Raises `Refused` when something ended before it began."""
    is_duration = job.kind == "duration"
    if is_duration and job.has("ended"):
        expect_order(job)
    length = _length(job) if is_duration else "0"
    counted = Counted(left_out=job.left_out)
    day = NEEDS[job.kind].day
    quantiles_of = f"quantile_cont({length}, [0.5, 0.9])" if is_duration else "[]"
    found = job.engine.ask(f"""
        SELECT {job.period(day)}, count(*), sum(CAST(part AS INTEGER)), {quantiles_of}
        FROM rows WHERE why IS NULL AND {length} IS NOT NULL AND {job.in_time(day)} GROUP BY ALL
    """)
    for start, n, part, quantiles in found:
        counted.values[period_of(start, job.name)] = _value(job, n, part, quantiles)
    return counted


def not_ended(job: Job) -> str:
    """The SQL of why something does not count."""
    return f"CASE WHEN {_length(job)} IS NULL THEN '{OPEN}' END" if job.kind == "duration" else "NULL"


def _value(job: Job, n: int, part: int, quantiles: list[float]) -> Value:
    if job.kind == "count":
        return Value(Fraction(n), n)
    if job.kind == "ratio":
        return Value(job.share(part, n), n, (100 if job.percent else 1) * share_margin(part / n, n))
    median, most = map(Fraction, quantiles)
    return Value(median, n, None, {"90th percentile": most})


def _length(job: Job) -> str:
    """How long something took, in the metric's unit."""
    if job.has("took"):
        return "CAST(took AS DOUBLE)"
    return f"((epoch(ended) - epoch(started)) / {SECONDS[job.origin.unit or 'minutes']})"


def expect_order(job: Job) -> None:
    """Raises `Refused` with the rows in which something ended before it began."""
    found = job.engine.ask(
        f"SELECT file, row FROM rows WHERE why IS NULL AND ended < started ORDER BY ALL LIMIT {MOST_PLACES}"
    )
    problems = []
    for number, row in found:
        part = job.rows.parts[number]
        message, hint = "ends before it starts", "correct one of the two days"
        problems.append(
            Problem("dates-reversed", message, part.data.path, row or 0, part.columns["ended"] + 1, hint=hint)
        )
    if problems:
        raise Refused(problems)
