"""What a document says about a metric: its figures, how sure they are, and where it is going.

What each kind means, in words, stands in templates/languages/*/metrics.yaml. Where the formulas come from:

- nps, enps: Reichheld 2003, "The One Number You Need to Grow", Harvard Business Review 81(12). The
  eNPS is the same figure with staff answering about their workplace.
- csat: the share who chose the two best of five answers ("top two box").
- ces: Dixon, Freeman & Toman 2010, "Stop Trying to Delight Your Customers", Harvard Business Review
  88(7/8), asked for effort on 1-5. Here it is CES 2.0 (CEB 2013): the mean agreement, 1-7, that
  getting help was easy, so that higher is easier.
- clv: Gupta & Lehmann 2003, "Customers as Assets", Journal of Interactive Marketing 17(1),
  doi:10.1002/dir.10045: m * r / (1 + i - r) for a constant margin, retention and discount rate,
  without end, the first margin coming after a year.
- retention and churn: of the customers at a period's start, the share still there at its end, and
  the rest. Of revenue, "net revenue retention": what those customers bring in at its end, more than
  before included, of what they brought in at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.margin import printed_margin, target_within_margin
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from decimal import Decimal

    from pitchgen.compose.voice import Voice
    from pitchgen.model.metric import Figure, Kind, Metric
    from pitchgen.model.text import Text


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A measured figure: `text` with its unit, `n` the answers it rests on, `estimate` as "88 ± 1.1%".

    The margin in the estimate is that of a 95 per cent interval, and of an
    NPS or eNPS the widest that the score allows: "at most".
    """

    text: str
    as_of: str | None
    n: str | None
    estimate: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a metric started, is now and shall be, as shares of the way that a picture shows, 0 to 1."""

    start: float
    now: float
    target: float
    worse: bool


@dataclass(frozen=True, slots=True)
class MetricWords:
    """A metric from where it `start`ed to its `target`; what nobody wrote is None.

    `now` is the newest figure, typed or measured. `kind` and `source` are
    the words of metrics.yaml, for a template to look up. `target_within_margin` says that the way to
    the target is no longer than the margin of error of `now`; it is False where there is no margin.
    `mine` marks a metric that the reader's own goals refer to.
    """

    name: str
    kind: Kind
    start: FigureWords | None
    now: FigureWords | None
    target: str | None
    by: str | None
    source: str | None
    how: str | None
    cadence: str | None
    owner: str | None
    note: str | None
    target_within_margin: bool
    progress: Progress | None
    mine: bool


def metric_words(metric: Metric, voice: Voice, *, mine: bool) -> MetricWords:
    """Say `metric` in the reader's language."""
    start = _figure(metric, metric.baseline, voice)
    target = metric.target
    return MetricWords(
        name=voice.say(metric.name),
        kind=metric.kind,
        start=start,
        now=_figure(metric, metric.now, voice),
        target=voice.amount(target.value, metric.unit) if target else None,
        by=full_date(target.by, voice.language) if target and target.by else None,
        source=metric.source,
        how=voice.sentence_if(metric.how),
        cadence=voice.phrase_if(metric.cadence),
        owner=voice.say_if(metric.owner),
        note=voice.sentence_if(metric.note),
        target_within_margin=target_within_margin(metric, voice.say_if(metric.unit)),
        progress=_progress(metric),
        mine=mine,
    )


def _figure(metric: Metric, figure: Figure | None, voice: Voice) -> FigureWords | None:
    if figure is None:
        return None
    margin = printed_margin(metric.kind, figure, voice.say_if(metric.unit))
    return FigureWords(
        text=voice.amount(figure.value, metric.unit),
        as_of=full_date(figure.as_of, voice.language) if figure.as_of else None,
        n=voice.amount(figure.n, None) if figure.n is not None else None,
        estimate=_estimate(figure, margin, metric.unit, voice) if margin is not None else None,
    )


def _estimate(figure: Figure, margin: Decimal, unit: Text | None, voice: Voice) -> str:
    """A figure and its margin, whose unit is that of both."""
    return (
        f"{voice.amount(figure.value, None)}\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{voice.amount(margin, unit)}"
    )


def _progress(metric: Metric) -> Progress | None:
    """Nothing can be drawn without a start and a target that lies elsewhere."""
    if metric.baseline is None or metric.target is None:
        return None
    start, target = metric.baseline.value, metric.target.value
    now = metric.now.value if metric.now else start
    low, high = min(start, now, target), max(start, now, target)
    if start == target:
        return None

    def share(value: Decimal) -> float:
        return round(float((value - low) / (high - low)), 3)

    return Progress(share(start), share(now), share(target), worse=(now - start) * (target - start) < 0)
