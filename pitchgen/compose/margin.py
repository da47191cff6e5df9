"""How sure a figure is: the margin of error of what was asked of some people only."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def printed_margin(kind: Kind, figure: Figure, unit: str | None) -> Decimal | None:
    """The margin of error of a figure as documents print it; None where there is none to be known."""
    if figure.margin is not None:
        return figure.margin
    margin = _margin_of(kind, figure, unit)
    return rounded_up(margin) if margin is not None else None


def target_within_margin(metric: Metric, unit: str | None) -> bool:
    """Whether the way from where the metric stands to its target is no longer than the margin of error."""
    figure = metric.now
    if figure is None or metric.target is None:
        return False
    margin = printed_margin(metric.kind, figure, unit)
    # Against the margin as printed, so that what a reader can work out agrees with what is said.
    return margin is not None and abs(metric.target.value - figure.value) <= margin


def margin_of_change(kind: Kind, before: Figure, after: Figure, unit: str | None) -> Decimal | None:
    """The margin of error of the difference of two figures, rounded up as they are printed.

    Whoever answered the first time says nothing about who answers the second time, so the variances
    add up: the root of the sum of the margins' squares. A figure without a margin of its own counts
    as exact, and the margin is then the least that it can be; None when both are.
    """
    margins = [margin for figure in (before, after) if (margin := _margin_of(kind, figure, unit)) is not None]
    return rounded_up(math.hypot(*margins)) if margins else None


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


def _margin_of(kind: Kind, figure: Figure, unit: str | None) -> float | None:
    if figure.margin is not None:
        return float(figure.margin)
    if figure.n is None:
        return None
    return margin_of_error(kind, float(figure.value), float(figure.n), unit)


def rounded_up(margin: float) -> Decimal:
    """Two significant digits, upwards, as JCGM 100:2008 (the GUM), 7.2.6, has it for uncertainties.

    Never more decimals than a number is printed with.
    """
    exact = Decimal(margin)
    places = min(1 - exact.adjusted(), _PLACES)
    return exact.quantize(Decimal(1).scaleb(-max(places, 0)), rounding=ROUND_CEILING)
