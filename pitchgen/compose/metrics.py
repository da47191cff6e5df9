"""What a document says about a metric: its figures, how sure they are, and where it is going.

What each kind means, in words, stands in templates/metrics.*.yaml. Where the formulas come from:

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
  the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from pitchgen.compose.locale import full_date
from pitchgen.compose.voice import Voice
from pitchgen.model.metric import Figure, Kind, Metric

Z = 1.96
"""Standard errors to either side of a 95 per cent interval."""

_PLACES = 3
_NET_SCORES = frozenset({"nps", "enps"})
# What a whole is in that unit. A csat of 4.3 is a mean and a ratio without a unit may be calls per
# customer: they are not shares, and get no margin.
_WHOLES: dict[tuple[Kind, str | None], int] = {
    ("csat", "%"): 100,
    ("csat", None): 1,
    ("retention", "%"): 100,
    ("retention", None): 1,
    ("ratio", "%"): 100,
}


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A measured figure: `text` with its unit, `n` the answers it rests on, `margin` as "± 7.2".

    The margin is that of a 95 per cent interval, and of an
    NPS or eNPS the widest that the score allows: "at most".
    """

    text: str
    as_of: str | None
    n: str | None
    margin: str | None


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

    `now` is the latest figure, or the baseline where there is no later one. `kind` and `source` are
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
        now=_figure(metric, metric.latest, voice) or start,
        target=voice.amount(target.value, metric.unit) if target else None,
        by=full_date(target.by, voice.language) if target and target.by else None,
        source=metric.source,
        how=voice.sentence_if(metric.how),
        cadence=voice.phrase_if(metric.cadence),
        owner=voice.say_if(metric.owner),
        note=voice.sentence_if(metric.note),
        target_within_margin=_target_within_margin(metric, voice),
        progress=_progress(metric),
        mine=mine,
    )


def margin_of_error(kind: Kind, value: float, n: float, unit: str | None) -> float | None:
    """Half the width of the 95 per cent interval of a figure from `n` answers, in the figure's unit.

    NPS and eNPS lie on -100…100, shares on 0…100 when the unit is "%", else on 0…1. None for a value
    off its scale, for fewer than one answer, and for a mean (ces, average_billing, customer_tenure,
    duration) or a model (clv): the spread that their margin would need is not in metrics.yaml.
    """
    if n < 1:
        return None
    if kind in _NET_SCORES:
        return 100 * net_score_margin(value / 100, n) if -100 <= value <= 100 else None
    whole = _WHOLES.get((kind, unit))
    if whole is None or not 0 <= value <= whole:
        return None
    return whole * share_margin(value / whole, n)


def net_score_margin(score: float, n: float) -> float:
    """The largest margin of error a net promoter score from `n` answers can have, both on -1…1.

    Adjusted Wald (Rocks 2016, "Interval Estimation for the Net Promoter Score", The American
    Statistician 70(4), doi:10.1080/00031305.2016.1198279): three answers are added, 3/4 promoters,
    3/4 detractors and 3/2 passives, and then

        n' = n + 3, p' = (n * p + 3/4) / n', d' = (n * d + 3/4) / n'
        margin = z * sqrt((p' + d' - (p' - d')**2) / n')

    metrics.yaml holds the score p - d but not the shares p and d. For a given score the variance
    grows with p + d, which is largest when nobody is passive, p + d = 1; that gives

        p' + d' = (n + 3/2) / n', p' - d' = n * score / n'

    Whoever answered 7 or 8 only narrows it, so a document may say "at most". The interval lies around
    p' - d', which is closer to zero than the score by 3 * |score| / n': under a point from n = 300 on.
    """
    answers = n + 3
    extremes = (n + 1.5) / answers
    adjusted = n * score / answers
    return Z * math.sqrt((extremes - adjusted**2) / answers)


def share_margin(share: float, n: float) -> float:
    """The margin of error of a share out of `n`, both on 0…1.

    Adjusted Wald (Agresti & Coull 1998, "Approximate is Better than 'Exact' for Interval Estimation of
    Binomial Proportions", The American Statistician 52(2), doi:10.1080/00031305.1998.10480550):

        n' = n + z**2, p' = (n * p + z**2 / 2) / n', margin = z * sqrt(p' * (1 - p') / n')

    The interval lies around p'. Of a retention, which counts all customers and not a sample, it says
    how far chance alone can move the figure.
    """
    answers = n + Z**2
    adjusted = (n * share + Z**2 / 2) / answers
    return Z * math.sqrt(adjusted * (1 - adjusted) / answers)


def _figure(metric: Metric, figure: Figure | None, voice: Voice) -> FigureWords | None:
    if figure is None:
        return None
    margin = _printed_margin(metric, figure, voice)
    return FigureWords(
        text=voice.amount(figure.value, metric.unit),
        as_of=full_date(figure.as_of, voice.language) if figure.as_of else None,
        n=voice.amount(figure.n, None) if figure.n is not None else None,
        margin=f"±\N{NO-BREAK SPACE}{voice.amount(margin, metric.unit)}" if margin is not None else None,
    )


def _target_within_margin(metric: Metric, voice: Voice) -> bool:
    figure = metric.latest or metric.baseline
    if figure is None or metric.target is None:
        return False
    margin = _printed_margin(metric, figure, voice)
    # Against the margin as printed, so that what a reader can work out agrees with what is said.
    return margin is not None and abs(metric.target.value - figure.value) <= margin


def _progress(metric: Metric) -> Progress | None:
    """Nothing can be drawn without a start and a target that lies elsewhere."""
    if metric.baseline is None or metric.target is None:
        return None
    start, target = metric.baseline.value, metric.target.value
    now = metric.latest.value if metric.latest else start
    low, high = min(start, now, target), max(start, now, target)
    if start == target:
        return None

    def share(value: Decimal) -> float:
        return round(float((value - low) / (high - low)), 3)

    return Progress(share(start), share(now), share(target), worse=(now - start) * (target - start) < 0)


def _printed_margin(metric: Metric, figure: Figure, voice: Voice) -> Decimal | None:
    if figure.n is None:
        return None
    unit = voice.say_if(metric.unit)
    margin = margin_of_error(metric.kind, float(figure.value), float(figure.n), unit)
    return _rounded_up(margin) if margin is not None else None


def _rounded_up(margin: float) -> Decimal:
    """Two significant digits, upwards, as JCGM 100:2008 (the GUM), 7.2.6, has it for uncertainties.

    Never more decimals than a number is printed with.
    """
    exact = Decimal(margin)
    places = min(1 - exact.adjusted(), _PLACES)
    return exact.quantize(Decimal(1).scaleb(-max(places, 0)), rounding=ROUND_CEILING)
