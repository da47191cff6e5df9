"""Metrics: a figure says where it started, where it is going and by when, and no more than it can."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pitchgen.compose.margin import margin_of_change, printed_margin, target_within_margin
from pitchgen.problems import Severity
from pitchgen.rules.goals import everyone
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import wordings
from pitchgen.workspace.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pitchgen.load.place import Place
    from pitchgen.model.metric import Kind, Metric

# Shares of what is counted anyway; nobody can be asked for more of it.
_COUNTED: frozenset[Kind] = frozenset({"ratio", "retention", "revenue_retention"})
# The least and the most that a figure can be. An amount of money may be a loss, and effort has many scales.
_RANGE: dict[Kind, tuple[int, int | None]] = {
    "nps": (-100, 100),
    "enps": (-100, 100),
    "csat": (0, 100),
    "retention": (0, 100),
    "revenue_retention": (0, None),
    "ratio": (0, None),
    "count": (0, None),
    "duration": (0, None),
    "average_billing": (0, None),
    "customer_tenure": (0, None),
}


@rule("metric-direction")
def metric_direction(facts: Facts) -> Iterator[Finding]:
    """Every metric says which way is better.

    A reader sees a figure rise and cannot tell whether to be glad. Those who know will argue about it;
    those who are new will not dare to ask.

    Write `direction: up` when more is better, `direction: down` when less is.

    Wrong:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, baseline: {value: 30}, source: customer}

    Right:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30}, source: customer}
    """
    for metric, at in facts.workspace.metric_places:
        if metric.direction is None:
            yield Finding(
                at / "direction",
                f"metric '{metric.id}' does not say which way is better",
                "write `direction: up` when more is better, `direction: down` when less is",
            )


@rule("metric-baseline")
def metric_baseline(facts: Facts) -> Iterator[Finding]:
    """Every metric says where it started.

    Without a start nobody can see that anything has become better, and neither can those who made it so. It
    need not be a proud figure: the lower it is, the better the story that can be told in a year.

    Write the first figure you have under `baseline`, with its day and how many answers it rests on.

    Wrong:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, latest: {value: 44}, source: customer}

    Right:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 44}, source: customer}
    """
    for metric, at in facts.workspace.metric_places:
        if metric.baseline is None and metric.latest is None:
            hint = "measure it once, and write the figure under `baseline`"
            yield Finding(at / "baseline", f"metric '{metric.id}' has no figure yet", hint)
        elif metric.baseline is None:
            message = f"the latest figure of metric '{metric.id}' has nothing to be compared with"
            hint = "write an earlier figure under `baseline`; if there is none, this one belongs there"
            yield Finding(at / "latest", message, hint)


@rule("impossible-figure", of_newcomers=True)
def impossible_figure(facts: Facts) -> Iterator[Finding]:
    """Every figure is one that its kind of metric can have.

    An NPS of 150 is a slip of the finger, or a sum where a difference was meant. Our documents print it
    beside its formula, and the first newcomer who does the sum stops believing the other figures as well.

    Correct the figure, or the metric's `kind`.

    Wrong:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 150}, source: customer}

    Right:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 15}, source: customer}
    """
    for metric, at in facts.workspace.metric_places:
        for key in ("baseline", "latest", "target"):
            if (figure := getattr(metric, key)) and (why_not := _impossible(figure.value, metric, facts)):
                message = f"the {key} of metric '{metric.id}' is {figure.value:f}, {why_not}"
                yield Finding(at / key / "value", message, "correct the figure, or the metric's `kind`")
    for aim in _aims(facts):
        if why_not := _impossible(aim.target, aim.metric, facts):
            yield Finding(aim.at, f"{aim.said}, {why_not}", "correct the figure")


def _impossible(figure: Decimal, metric: Metric, facts: Facts) -> str:
    """Why no metric of this kind can have this figure, in words; nothing if it can."""
    kind = metric.kind
    if kind not in _RANGE:
        return ""
    least, most = _RANGE[kind]
    if kind == "retention" and (metric.source == "finance" or _speaks("of-money", metric, facts)):
        # Of the money that customers brought last year more than all can be kept: some buy more.
        most = None
    if least <= figure and (most is None or figure <= most):
        return ""
    can_be = "is never below 0" if most is None else f"lies between {least} and {most}"
    return f"but a figure of the kind `{kind}` {can_be}"


@rule("target-direction", of_newcomers=True)
def target_direction(facts: Facts) -> Iterator[Finding]:
    """No target is worse than where the metric stands today, or where it began.

    Our documents print the two figures side by side. A target that is worse than today tells the newcomer
    that nobody looked, or that it was reached long ago and nobody noticed; both are easily put right.

    Correct the target, or the metric's `direction`; a figure that is only to be held needs none. For a
    newcomer's first step use a metric of their own work, not the company's figure.

    Wrong:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            target: 20
            day: 90

    Right:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            target: 40
            day: 90
    """
    for metric, at in facts.workspace.metric_places:
        if metric.target and (stands := _better_than(metric.target.value, metric)):
            message = f"metric '{metric.id}' aims at {metric.target.value:f}, {stands}"
            yield Finding(at / "target" / "value", message, "correct the target, or `direction`")
        elif metric.target and metric.baseline and metric.target.value == metric.baseline.value:
            message = f"metric '{metric.id}' aims at {metric.target.value:f}, where it began"
            hint = "aim further, or take the target out if the figure is only to be held"
            yield Finding(at / "target" / "value", message, hint)
    for aim in _aims(facts):
        if stands := _better_than(aim.target, aim.metric):
            hint = f"correct it, or the direction of metric '{aim.metric.id}'"
            yield Finding(aim.at, f"{aim.said}, {stands}", hint)


class _Aim(NamedTuple):
    """The figure that a goal aims at, where it stands, and what it says in words."""

    metric: Metric
    target: Decimal
    at: Place
    said: str


def _aims(facts: Facts) -> Iterator[_Aim]:
    """What goals aim at; of one that only repeats its metric's own target enough is said there."""
    for owner in everyone(facts):
        for name, goal in owner.named():
            metric, target = goal.metric, goal.target
            if metric and target is not None and not (metric.target and metric.target.value == target):
                said = f"{name} aims at {target:f} for metric '{metric.id}'"
                yield _Aim(metric, target, goal.at / "target", said)


def _better_than(target: Decimal, metric: Metric) -> str:
    """Where the metric stands, in words, if that is better than the target; else nothing."""
    figure = metric.now
    if figure is None:
        return ""
    today = f"today's {figure.value:f}, though {'more' if metric.direction == 'up' else 'less'} is better"
    if metric.direction == "up" and target < figure.value:
        return f"below {today}"
    if metric.direction == "down" and target > figure.value:
        return f"above {today}"
    return ""


@rule("target-date")
def target_date(facts: Facts) -> Iterator[Finding]:
    """A target has a day, and it lies ahead.

    A target whose day has passed says to everyone who reads it that our targets may be forgotten, and one
    without a day can never be missed. Whether it was reached or missed, that deserves a word among those who
    worked for it, and then a new day.

    Talk about how it went, then set `target` anew, with its day under `by`.

    Wrong:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2022-06-30}
            target: {value: 50, by: 2024-12-31}

    Right:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2026-06-30}
            target: {value: 50, by: 2027-12-31}
    """
    for metric, at in facts.workspace.metric_places:
        by = metric.target.by if metric.target else None
        figure = metric.now
        if metric.target and by is None:
            message = f"the target of metric '{metric.id}' has no day"
            yield Finding(at / "target" / "by", message, "write under `by` until when it is to be reached")
        if by and by < facts.today:
            message = f"the day of the target of metric '{metric.id}', {by}, has passed"
            yield Finding(at / "target" / "by", message, "say how it went, and set a new target")
        elif by and figure and figure.as_of and by < figure.as_of:
            message = f"metric '{metric.id}' is measured on {figure.as_of}, after the day of its target, {by}"
            yield Finding(at / "target" / "by", message, "correct one of the two dates")


@rule("margin-of-error", Severity.NOTE)
def margin_of_error(facts: Facts) -> Iterator[Finding]:
    """Where chance alone could explain a change, or reach a target, the metric says so.

    Ask fifty people twice and the NPS moves by ten points, though nobody changed their mind. Whoever is
    praised for that will be blamed for it next time, and nobody learns what truly helped.

    Ask more people, or say in the metric's `note` that the change lies within the margin of error; and
    write under `n` how many answered each time. In a small company that is no shame; it only means that the
    words beside the figure count for more.

    Wrong:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, n: 90}
            latest: {value: 34, n: 80}
            source: customer

    Right:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, n: 90}
            latest: {value: 34, n: 80}
            source: customer
            note: The rise is still within the margin of error.
    """
    language = facts.workspace.company.language
    for metric, at in facts.workspace.metric_places:
        if metric.baseline and metric.latest and metric.baseline.n and not metric.latest.n:
            message = f"the latest figure of metric '{metric.id}' does not say how many it rests on"
            yield Finding(at / "latest", message, "write under `n` how many answered, as with `baseline`")
            continue
        claims = list(_within_margin(metric, at, language))
        if claims and not speaks_of_chance(metric, facts):
            said = " and ".join(claim for claim, _ in claims)
            more = "wait until there is more to count" if metric.kind in _COUNTED else "ask more people"
            yield Finding(
                claims[0][1],
                f"in metric '{metric.id}', chance alone could explain {said}",
                f"{more}, or say in `note` that it lies within the margin of error",
            )


def _speaks(code: str, metric: Metric, facts: Facts) -> bool:
    """Whether a metric's name, or how it is measured, has a word of the list `code` in any language."""
    at, language = facts.workspace.at, facts.workspace.company.language
    said = wordings(texts([text for text in (metric.name, metric.how) if text], at), language)
    return any(facts.lists.listed(code, each.language).search(each.words) for each in said)


def _within_margin(metric: Metric, at: Place, language: str) -> Iterator[tuple[str, Place]]:
    """What is claimed of a metric though chance could explain it, with the margin, and where."""
    unit = metric.unit.said(language) if metric.unit else None
    before, after, target = metric.baseline, metric.latest, metric.target
    if before and after and before.value != after.value:
        margin = margin_of_change(metric.kind, before, after, unit)
        if margin is not None and abs(after.value - before.value) <= margin:
            claim = f"the change from {before.value:f} to {after.value:f} (margin of error ±{margin:f})"
            yield claim, at / "latest" / "value"
    now = after or before
    if now and target and target.value != now.value and target_within_margin(metric, unit):
        claim = f"the way from {now.value:f} to the target {target.value:f}"
        margin = printed_margin(metric.kind, now, unit)
        yield f"{claim} (margin of error ±{margin:f})", at / "target" / "value"


def speaks_of_chance(metric: Metric, facts: Facts) -> bool:
    """Whether the metric's note already says, in any language, how far the figure can be trusted."""
    notes = wordings(texts(metric.note, facts.workspace.at), facts.workspace.company.language)
    listed = facts.lists.listed
    return any(listed("margin-of-error", note.language).search(note.words) for note in notes)


@rule("staff-enthusiasm")
def staff_enthusiasm(facts: Facts) -> Iterator[Finding]:
    """Staff are asked about their enthusiasm, not only about their satisfaction.

    A contented person stays; one who is glad of their work brings a friend and carries the customer's bag.
    A company that asks only whether people are content will hear that they are, until the best of them leave.

    Ask as well whether people would recommend us as a place to work, and write it down as a metric of the
    kind `enps`.

    Wrong:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30}, source: customer}
          - {id: mood, name: Job satisfaction, kind: csat, direction: up, baseline: {value: 4}, source: staff}

    Right:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30}, source: customer}
          - {id: mood, name: Job satisfaction, kind: csat, direction: up, baseline: {value: 4}, source: staff}
          - {id: enps, name: eNPS, kind: enps, direction: up, baseline: {value: 10}, source: staff}
    """
    staff = [(m, at) for m, at in facts.workspace.metric_places if m.source == "staff" or m.kind == "enps"]
    if staff and all(m.kind == "csat" or _speaks("satisfaction", m, facts) for m, _ in staff):
        metric, at = staff[0]
        yield Finding(
            at / "kind",
            f"satisfaction, '{metric.id}', is all that our own people are asked about",
            "add a metric of the kind `enps`: would they recommend us as a place to work?",
        )
