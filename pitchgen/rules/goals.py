"""Goals: each role knows how it will be seen that it succeeds, by when, and what the customer says of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pitchgen.rules.rule import Facts, Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pitchgen.model.metric import Kind, Metric
    from pitchgen.workspace import Goal

# These ask customers, unless the metric says that it asks somebody else.
_ASK_CUSTOMERS: frozenset[Kind] = frozenset({"nps", "csat", "ces"})
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of one role or hire: whose they are in words, and under which key they say their day."""

    whose: str
    key: Literal["day", "due"]
    goals: tuple[Goal, ...]
    starts_on: date | None = None

    def named(self) -> Iterator[tuple[str, Goal]]:
        """Every goal, and what a message calls it."""
        for n, goal in enumerate(self.goals, start=1):
            yield f"goal {n} of {self.whose}", goal


def everyone(facts: Facts) -> Iterator[Goals]:
    """The goals of every role, then of every hire."""
    for role in facts.workspace.roles:
        yield Goals(f"role '{role.model.id}'", "day", role.goals)
    for hire in facts.workspace.hires:
        yield Goals(hire.label, "due", hire.goals, hire.model.starts_on)


@rule("role-goals")
def role_goals(facts: Facts) -> Iterator[Finding]:
    """Every role has goals.

    Whoever joins wants to do well, and asks sooner or later how anybody will see it. A role without an answer
    leaves its newcomer guessing, and their manager praising whatever was loudest.

    Write two or three `goals` for the role, at least one of them measured by what customers say.

    Wrong:

        # roles/adviser.yaml
        goals:

    Right:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            day: 90
    """
    for role in facts.workspace.roles:
        if not role.goals:
            yield Finding(
                role.at / "goals",
                f"role '{role.model.id}' has no goals",
                "write under `goals` how success will be seen, with a metric and a day",
            )


@rule("goal-metric", of_newcomers=True)
def goal_metric(facts: Facts) -> Iterator[Finding]:
    """Every goal is measured by a metric.

    A goal without a figure is reached whenever somebody says so. With one, measured in the open, the
    newcomer can see for themselves how it goes, and need not ask for praise.

    Give the goal the id of a metric in metrics.yaml; if none fits, describe there how it could be seen.

    Wrong:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            day: 90

    Right:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            day: 90
    """
    for owner in everyone(facts):
        for name, goal in owner.named():
            if goal.metric is None:
                hint = "add `metric` with the id of a metric in metrics.yaml"
                yield Finding(goal.at / "metric", f"{name} has no metric", hint)


@rule("goal-day", of_newcomers=True)
def goal_day(facts: Facts) -> Iterator[Finding]:
    """Every goal has a day by which it is to be reached.

    "Some day" is no day: what has no date loses to whatever is urgent on Monday. A day also tells a
    newcomer what may wait, which is a kindness in a first month.

    Write `day: 90` in a goal of a role, counted from the first day of work, or `due: 2027-03-31` in a goal
    of a hire.

    Wrong:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps

    Right:

        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            day: 90
    """
    hints = {
        "day": "add `day: 90`, counted from the first day of work",
        "due": "add `due`, a date like 2027-03-31",
    }
    for owner in everyone(facts):
        for name, goal in owner.named():
            if goal.day is None and goal.due is None:
                yield Finding(goal.at / owner.key, f"{name} has no day", hints[owner.key])


@rule("goal-before-start", of_newcomers=True)
def goal_before_start(facts: Facts) -> Iterator[Finding]:
    """No goal is due before the first day of work.

    Nobody can reach a goal before they have begun. Usually a year was mistyped, or the first day moved and
    the goals stayed where they were; the newcomer reads it as carelessness.

    Correct the goal's `day` or `due`, or the hire's `starts_on`.

    Wrong:

        # hires/aino.yaml
        starts_on: 2026-12-01
        goals:
          - text: You lead your first outage drill.
            metric: nps
            due: 2026-03-31

    Right:

        # hires/aino.yaml
        starts_on: 2026-12-01
        goals:
          - text: You lead your first outage drill.
            metric: nps
            due: 2027-03-31
    """
    for owner in everyone(facts):
        for name, goal in owner.named():
            if goal.day is not None and goal.day < 1:
                message = f"{name} is for day {goal.day}, before the first day of work"
                yield Finding(goal.at / "day", message, "day 1 is the first day of work")
            elif goal.due and owner.starts_on and goal.due < owner.starts_on:
                message = f"{name} is due on {goal.due}, before the first day of work, {owner.starts_on}"
                yield Finding(goal.at / "due", message, "correct the date, or `starts_on`")


@rule("goals-at-once", of_newcomers=True)
def goals_at_once(facts: Facts) -> Iterator[Finding]:
    """Nobody has more goals for one day than they can keep in mind.

    Whoever has nine goals has none: they will pick what is easy to count, and what mattered most may not be
    part of it. A short list is a decision, and it is the leader's to take, not the newcomer's.

    Keep the goals that matter most, or give some of them a later day; the most that may fall on one day is
    `goals_at_once` under `checks: limits:` in company.yaml.

    Wrong:

        # company.yaml
        checks:
          limits:
            goals_at_once: 1
        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            day: 90
          - text: You lead an outage drill.
            metric: enps
            day: 90

    Right:

        # company.yaml
        checks:
          limits:
            goals_at_once: 1
        # roles/adviser.yaml
        goals:
          - text: Nine customers in ten would ask for you again.
            metric: nps
            day: 90
          - text: You lead an outage drill.
            metric: enps
            day: 180
    """
    most = facts.limits.goals_at_once
    for owner in everyone(facts):
        goals: dict[int | date, list[Goal]] = defaultdict(list)
        for goal in owner.goals:
            if horizon := goal.day or goal.due:
                goals[horizon].append(goal)
        for horizon, at_once in goals.items():
            if len(at_once) > most:
                when = f"day {horizon}" if owner.key == "day" else horizon
                yield Finding(
                    at_once[most].at / owner.key,
                    f"{owner.whose} has {len(at_once)} goals for {when}, more than {most}",
                    "keep those that matter most, or give some of them a later day",
                )


@rule("customer-metric")
def customer_metric(facts: Facts) -> Iterator[Finding]:
    """At least one goal of every role is measured by what its customers say or do.

    People look where they are measured. When nothing that a role is measured by comes from a customer,
    its people will please a machine or a budget, however warmly the promise is worded. That goes for
    those who never meet a customer too: their work reaches one through a colleague.

    Add a goal with a metric whose `source` is `customer`; a shared figure such as the NPS will do. A role
    that serves colleagues only may ask them instead, with a metric whose `source` is `staff`.

    Wrong:

        # roles/adviser.yaml
        goals:
          - text: Colleagues would recommend our shifts to a friend.
            metric: enps
            day: 90

    Right:

        # roles/adviser.yaml
        goals:
          - text: Colleagues would recommend our shifts to a friend.
            metric: enps
            day: 90
          - text: Customers get through at any hour.
            metric: nps
            day: 180
    """
    examples = [metric.id for metric in facts.workspace.metrics if _asks_customers(metric)][:_EXAMPLES]
    such_as = f", such as {', '.join(examples)}" if examples else " in metrics.yaml"
    for role in facts.workspace.roles:
        metrics = [goal.metric for goal in role.goals if goal.metric]
        asked = any(map(_asks_customers, metrics))
        if not role.personas:
            asked = asked or any(map(_asks_colleagues, metrics))
        if metrics and not asked:
            serves_only_colleagues = "" if role.personas else ", or `staff`, whom this role serves"
            yield Finding(
                role.at / "goals",
                f"no goal of role '{role.model.id}' is measured by what customers say or do",
                f"add a goal with a metric whose `source` is `customer`{such_as}{serves_only_colleagues}",
            )


def _asks_customers(metric: Metric) -> bool:
    return metric.source == "customer" or (metric.source is None and metric.kind in _ASK_CUSTOMERS)


def _asks_colleagues(metric: Metric) -> bool:
    return metric.source == "staff" or (metric.source is None and metric.kind == "enps")
