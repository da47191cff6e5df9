"""Figures: those that are measured are fresh, rest on as many as before, and are no chance.

What only the data itself shows, that a typed figure differs from it or a customer answered twice, is told by
`pitchgen measure --check`, so that checking texts need not read a million rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.compose.margin import printed_margin
from pitchgen.periods import period_of
from pitchgen.problems import Severity
from pitchgen.rules.goals import everyone
from pitchgen.rules.metrics import speaks_of_chance
from pitchgen.rules.rule import Facts, Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.load.place import Place
    from pitchgen.model.metric import Figure, Metric

_HALF = 2


@rule("old-figure")
def old_figure(facts: Facts) -> Iterator[Finding]:
    """A measured figure is no older than the period before the one that is over.

    Whoever is told "today we stand at 44" takes it for today's. When the export has not been saved for two
    quarters, the goal of a newcomer hangs on a figure that nobody has looked at since.

    Save the newest export where `from` says, then let `pitchgen measure --write` write the figure.

    Wrong:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2026-03-31}
            source: customer
            from: {file: data/answers.csv, period: month}

    Right:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2026-03-31}
            latest: {value: 31, as_of: 2026-10-31}
            source: customer
            from: {file: data/answers.csv, period: month}
    """
    for metric, at in facts.workspace.metric_places:
        now = metric.now
        if metric.origin is None or now is None or now.as_of is None:
            continue
        name = metric.period
        # One period is over, and the one before it may still be waiting for its export.
        due = period_of(facts.today, name).later(-2)
        if now.as_of < due.last:
            message = (
                f"metric '{metric.id}' is measured by the {name}, and its newest figure is of {now.as_of}"
            )
            yield Finding(
                _place(metric, at, now), message, "save the newest export, then: pitchgen measure --write"
            )


def _place(metric: Metric, at: Place, now: Figure) -> Place:
    if now is metric.latest:
        return at / "latest" / "as_of"
    if now is metric.baseline:
        return at / "baseline" / "as_of"
    return at / "history" / metric.history.index(now) / "as_of"


@rule("fewer-answers")
def fewer_answers(facts: Facts) -> Iterator[Finding]:
    """A source that is asked goes on answering: no figure rests on half as many as the one before.

    When a survey tool changes its export, or a form falls out of a mail, the figure itself may look better
    than ever. That the answers went away shows in how many there are, and nobody looks at that.

    See whether the export is whole and the survey still goes out; then measure again.

    Wrong:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2025-12-31, n: 400}
            latest: {value: 48, as_of: 2026-09-30, n: 190}
            source: customer
            history:
              - {value: 30, as_of: 2026-06-30, n: 400}
              - {value: 48, as_of: 2026-09-30, n: 190}

    Right:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            direction: up
            baseline: {value: 30, as_of: 2025-12-31, n: 400}
            latest: {value: 48, as_of: 2026-09-30, n: 390}
            source: customer
            history:
              - {value: 30, as_of: 2026-06-30, n: 400}
              - {value: 48, as_of: 2026-09-30, n: 390}
    """
    for metric, at in facts.workspace.metric_places:
        dated = [(each.as_of, n) for n, each in enumerate(metric.history) if each.as_of and each.n]
        if len(dated) < _HALF:
            continue
        (_, before), (_, last) = sorted(dated)[-2:]
        was, now = metric.history[before].n, metric.history[last].n
        if was and now and now * _HALF <= was:
            message = f"metric '{metric.id}' rests on {now:f}, half or fewer of the {was:f} before"
            yield Finding(
                at / "history" / last / "n",
                message,
                "see whether the export is whole, and the survey goes out",
            )


@rule("goal-within-margin", Severity.NOTE, of_newcomers=True)
def goal_within_margin(facts: Facts) -> Iterator[Finding]:
    """A goal's own target lies further from today's figure than chance reaches.

    Who is to bring a figure from 30 to 33 when ±13 is its margin of error may reach that by doing nothing,
    or miss it after the best year of their life. Either way they learn that goals here are a lottery. Where
    the metric's `note` already speaks of its margin of error, nobody is misled.

    Set the target further away, ask more people, or give the goal a metric that moves with what they do.

    Wrong:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30, n: 90}, source: customer}

        # roles/adviser.yaml
        goals:
          - {text: Our customers recommend us to their friends, metric: nps, target: 33, day: 90}

    Right:

        # metrics.yaml
        metrics:
          - {id: nps, name: NPS, kind: nps, direction: up, baseline: {value: 30, n: 900}, source: customer}

        # roles/adviser.yaml
        goals:
          - {text: Our customers recommend us to their friends, metric: nps, target: 45, day: 90}
    """
    language = facts.workspace.company.language
    for goal in (goal for goals in everyone(facts) for goal in goals.goals):
        metric = goal.metric
        if metric is None or goal.target is None or metric.now is None or speaks_of_chance(metric, facts):
            continue
        unit = metric.unit.said(language) if metric.unit else None
        margin = printed_margin(metric.kind, metric.now, unit)
        if margin is not None and abs(goal.target - metric.now.value) <= margin:
            message = (
                f"the target {goal.target:f} lies within the margin of error of metric '{metric.id}', "
                f"{metric.now.value:f} ±{margin:f}"
            )
            yield Finding(goal.at / "target", message, "set it further away, or count more")
