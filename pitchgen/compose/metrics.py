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
from pitchgen.compose.trend import Change, Trend, change, trend
from pitchgen.language.locale import brief_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from pitchgen.compose.voice import Voice
    from pitchgen.model.metric import Figure, Kind, Metric
    from pitchgen.model.text import Text

# Below this one answer more moves a share by over three points and a net promoter score by up to seven, and
# a mean is not yet spread as the normal distribution that margins of error lean on: the usual rule of thumb.
FEW = 30


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A measured figure: `text` with its unit, `n` the answers it rests on, `estimate` as "88 ± 1.1%".

    The margin in the estimate is that of a 95 per cent interval, and of an
    NPS or eNPS that was typed the widest that the score allows: "at most".
    `few` says that it rests on fewer than `FEW`.
    """

    text: str
    as_of: str | None
    n: str | None
    estimate: str | None
    few: bool


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

    `now` is the newest figure, typed or measured; no figure rests on fewer than may be shown. `kind` and
    `source` are the words of metrics.yaml, for a template to look up. `target_within_margin` says that the
    way to the target is no longer than the margin of error of `now`; it is False where there is no margin.
    `trend` is the picture of its history and `change` the way since the start, as far as it can be judged.
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
    trend: Trend | None
    change: Change | None
    mine: bool

    def judged(self, words: Mapping[str, str]) -> str:
        """What can be said of chance, in words.yaml's words: "+4: more than chance explains."."""
        said = []
        if self.change and self.change.by:
            by = f"{self.change.by} {words['percentage_points']}" if self.change.in_points else self.change.by
            said.append(f"{by}: {words['change_real']}.")
        elif self.change:
            said.append(words["change_chance"])
        if self.now and self.now.few:
            said.append(words["few_answers"])
        return " ".join(said)


def metric_words(metric: Metric, voice: Voice, *, mine: bool) -> MetricWords:
    """Say `metric` in the reader's language."""
    target = metric.target
    return MetricWords(
        name=voice.say(metric.name),
        kind=metric.kind,
        start=figure_words(metric, metric.start, voice),
        now=figure_words(metric, metric.now, voice),
        target=voice.amount(target.value, metric.unit) if target else None,
        by=brief_date(target.by, voice.language) if target and target.by else None,
        source=metric.source,
        how=voice.sentence_if(metric.how),
        cadence=voice.phrase_if(metric.cadence),
        owner=voice.say_if(metric.owner),
        note=voice.sentence_if(metric.note),
        target_within_margin=target_within_margin(metric, voice.say_if(metric.unit)),
        progress=_progress(metric),
        trend=trend(metric, voice),
        change=change(metric, voice),
        mine=mine,
    )


def figure_words(metric: Metric, figure: Figure | None, voice: Voice) -> FigureWords | None:
    """Say a figure of `metric` in the reader's language."""
    if figure is None:
        return None
    margin = printed_margin(metric.kind, figure, voice.say_if(metric.unit))
    return FigureWords(
        text=voice.amount(figure.value, metric.unit),
        as_of=brief_date(figure.as_of, voice.language) if figure.as_of else None,
        n=voice.amount(figure.n, None) if figure.n is not None else None,
        estimate=_estimate(figure, margin, metric.unit, voice) if margin is not None else None,
        few=figure.n is not None and figure.n < FEW,
    )


def _estimate(figure: Figure, margin: Decimal, unit: Text | None, voice: Voice) -> str:
    """A figure and its margin, whose unit is that of both."""
    return (
        f"{voice.amount(figure.value, None)}\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{voice.amount(margin, unit)}"
    )


def _progress(metric: Metric) -> Progress | None:
    """Nothing can be drawn without a start and a target that lies elsewhere."""
    if metric.start is None or metric.target is None:
        return None
    start, target = metric.start.value, metric.target.value
    now = metric.now.value if metric.now else start
    low, high = min(start, now, target), max(start, now, target)
    if start == target:
        return None

    def share(value: Decimal) -> float:
        return round(float((value - low) / (high - low)), 3)

    return Progress(share(start), share(now), share(target), worse=(now - start) * (target - start) < 0)
