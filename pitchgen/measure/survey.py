"""Surveys: NPS, eNPS, CSAT and CES from the answers that people gave.

- NPS, eNPS: 100 * (promoters - detractors) / answers; on 0-10, promoters give 9 or 10 and detractors 0 to 6
  (Reichheld 2003, "The One Number You Need to Grow", Harvard Business Review 81(12)). Margin: adjusted
  Wald, three answers added, 3/4 of them promoters and 3/4 detractors (Rocks 2016, "Interval Estimation for
  the Net Promoter Score", The American Statistician 70(4)). Other scales have no agreed reading: they are
  mapped only where `scale` tells them, and figures of two scales never compare.
- CSAT: the share of the two best answers of the scale. Margin: Agresti & Coull 1998, as `share_margin`.
- CES: the mean answer. Margin: 1.96 * s / sqrt(n), s the standard deviation of the answers.

Who answers more often in a period counts once, with the last answer. All of it says nothing of those who did
not answer.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from pitchgen.compose.margin import Z, share_margin
from pitchgen.measure.cells import GOOD_BAD
from pitchgen.measure.counted import AGAIN, SCALE, Counted, Value
from pitchgen.measure.kinds import SCALES
from pitchgen.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.measure.counted import Job
    from pitchgen.periods import Period

# More than any scale has.
_ANSWERS = 1_000
# From so many answers on, a scale on which nobody gave more than this is surely another one.
_MANY, _SHORT = 30, 5
# The least answer of a promoter and the most of a detractor, by scale.
_NET = {"0-10": (9, 6), "1-10": (9, 6), "1-5": (5, 3), "1-7": (7, 5)}


def count_survey(job: Job) -> Counted:
    """The figures of a survey. Raises `Refused` when the answers are on another scale."""
    scale, low, high = _scale(job)
    if job.kind in ("nps", "enps") and scale not in _NET:
        raise job.refused("wrong-scale", f"an NPS on the scale {scale} has no agreed reading", "ask on 0-10")
    counted = Counted(left_out=job.left_out)
    found: defaultdict[Period, Counter[int]] = defaultdict(Counter)
    for first, answer, more, number in job.engine.ask(_question(job, low, high)):
        found[period_of(first, job.name)][answer] += number
        counted.left_out[AGAIN] += int(more)
    _expect_scale(job, sum(found.values(), Counter[int]()), job.left_out[SCALE], low, high)
    for period, answers in found.items():
        counted.values[period] = _value(job, answers, scale)
    return counted


def off_scale(job: Job) -> str:
    """The SQL of why an answer does not count."""
    _, low, high = _scale(job)
    return f"CASE WHEN answer NOT BETWEEN {low} AND {high} THEN '{SCALE}' END"


def _scale(job: Job) -> tuple[str, int, int]:
    """The scale of the answers, and its ends."""
    scale = job.origin.scale or SCALES[job.kind]
    low, high = (0, 1) if scale == GOOD_BAD else map(int, scale.split("-"))
    return scale, low, high


def _question(job: Job, low: int, high: int) -> str:
    """The number of each answer in each period."""
    kept = f"""
        SELECT {job.period("answered")} AS period, * FROM rows
        WHERE why IS NULL AND answer BETWEEN {low} AND {high} AND {job.in_time("answered")}
    """
    if not job.has("customer"):
        return f"SELECT period, answer, 0, count(*) FROM ({kept}) GROUP BY ALL"
    # Of two answers at the same moment, the worse one counts; whole numbers compare more quickly than pairs.
    return f"""
        WITH kept AS ({kept}), of_each AS (
          SELECT
            period,
            arg_max(answer, epoch_us(answered) * {_ANSWERS} - answer) AS answer,
            count(*) - 1 AS more
          FROM kept WHERE customer IS NOT NULL GROUP BY period, customer
        )
        SELECT period, answer, sum(more), count(*) FROM of_each GROUP BY ALL
        UNION ALL SELECT period, answer, 0, count(*) FROM kept WHERE customer IS NULL GROUP BY ALL
    """


def _expect_scale(job: Job, answers: Counter[int], outside: int, low: int, high: int) -> None:
    """Raises `Refused` when the answers are plainly on another scale than is meant."""
    total = answers.total()
    if outside > total:
        hint = "say which it is: `scale:` under `from`, as 1-5"
        raise job.refused("wrong-scale", f"most answers are off the scale {low}-{high}", hint)
    told = job.origin.scale is not None
    if not told and high > _SHORT and total >= _MANY and max(answers) <= _SHORT and not answers[0]:
        looks = f"this looks like the scale 1-{_SHORT}, not {low}-{high}"
        hint = f"if it is, say so: `scale: 1-{_SHORT}` under `from`; else `scale: {low}-{high}`"
        raise job.refused("wrong-scale", f"none of {total:,} answers is above {_SHORT}: {looks}", hint)


def _value(job: Job, answers: Mapping[int, int], scale: str) -> Value:
    n = sum(answers.values())
    if job.kind == "ces":
        return _mean(answers, n)
    if job.kind == "csat":
        low, high = (0, 1) if scale == GOOD_BAD else map(int, scale.split("-"))
        best = range(high if high - low < 2 else high - 1, high + 1)
        satisfied = sum(answers.get(each, 0) for each in best)
        whole = 100 if job.percent else 1
        return Value(job.share(satisfied, n), n, whole * share_margin(satisfied / n, n))
    promoter, detractor = _NET[scale]
    promoters = sum(number for answer, number in answers.items() if answer >= promoter)
    detractors = sum(number for answer, number in answers.items() if answer <= detractor)
    beside = {"promoters": Fraction(promoters), "detractors": Fraction(detractors)}
    return Value(Fraction(100 * (promoters - detractors), n), n, net_margin(promoters, detractors, n), beside)


def net_margin(promoters: int, detractors: int, n: int) -> float:
    """The margin of error of an NPS, on -100..100: adjusted Wald as Rocks 2016 has it, see the module."""
    answers = n + 3
    p, d = (promoters + 0.75) / answers, (detractors + 0.75) / answers
    return 100 * Z * math.sqrt((p + d - (p - d) ** 2) / answers)


def _mean(answers: Mapping[int, int], n: int) -> Value:
    total = sum(answer * number for answer, number in answers.items())
    mean = Fraction(total, n)
    if n < 2:
        return Value(mean, n)
    squares = sum(number * (answer - mean) ** 2 for answer, number in answers.items())
    return Value(mean, n, Z * math.sqrt(squares / (n - 1) / n))
