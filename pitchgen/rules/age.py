"""Age: the strategy is in force, and somebody has looked at customers and figures within the last year."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from pitchgen.problems import Severity
from pitchgen.rules.rule import Facts, Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pitchgen.load.place import Place
    from pitchgen.workspace import Persona


@rule("strategy-in-force")
def strategy_in_force(facts: Facts) -> Iterator[Finding]:
    """The strategy is in force on the day the pitch is held.

    The strategy is the first thing a newcomer hears. When it ended in December, the speech begins with
    yesterday's direction, and everyone in the room but the newcomer knows.

    Write the new strategy into company.yaml, or set `valid_from` and `valid_to` right; without them the
    strategy counts as in force.

    Wrong:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By 2025 our customers hear of delays from us before they notice.
          valid_from: 2023-01-01
          valid_to: 2025-12-31
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.

    Right:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By 2028 our customers hear of delays from us before they notice.
          valid_from: 2026-01-01
          valid_to: 2028-12-31
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.
    """
    strategy, at = facts.workspace.company.strategy, facts.workspace.at / "strategy"
    begins, ends = strategy.valid_from, strategy.valid_to
    if begins and ends and ends < begins:
        message = f"the strategy ends on {ends}, before it begins on {begins}"
        yield Finding(at / "valid_to", message, "correct one of the two days")
    elif ends and ends < facts.today:
        message = f"the strategy ended on {ends}"
        yield Finding(at / "valid_to", message, "write the strategy that is in force now, or a later day")
    elif begins and begins > facts.today:
        message = f"the strategy begins on {begins} and is not in force yet"
        yield Finding(at / "valid_from", message, "until then, tell newcomers the one that is in force")


@rule("strategy-ends-soon", Severity.NOTE)
def strategy_ends_soon(facts: Facts) -> Iterator[Finding]:
    """A strategy that ends within three months has a successor in the making.

    Whoever starts in the last weeks of a strategy hears of a direction that will have changed before their
    trial period is over. They would rather be told that the next one is being written.

    Write the next strategy, or say in `growth` or `vision` what comes after. How long before its end you
    are told is `strategy_ends_days` under `checks: limits:` in company.yaml.

    Wrong:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By new year our customers hear of delays from us before they notice.
          valid_to: 2026-12-31
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.

    Right:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By 2028 our customers hear of delays from us before they notice.
          valid_to: 2028-12-31
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.
    """
    strategy = facts.workspace.company.strategy
    begins, ends = strategy.valid_from, strategy.valid_to
    if not ends or (begins and begins > min(ends, facts.today)):
        return
    left = (ends - facts.today).days
    if 0 <= left <= facts.limits.strategy_ends_days:
        message = f"the strategy ends in {left} days, on {ends}" if left else "the strategy ends today"
        yield Finding(facts.workspace.at / "strategy" / "valid_to", message, "is the next one being written?")


@rule("stale-persona")
def stale_persona(facts: Facts) -> Iterator[Finding]:
    """Somebody has looked at each persona within the last year.

    Customers change their minds, their systems and their jobs. A newcomer who meets last decade's customer
    in the playbook is surprised by the real one at the first visit, and stops reading.

    Read the persona with somebody who met such a customer lately, and write the day into `reviewed_on`.
    A review vouches for older evidence, and new evidence for an older review: the later of the two days
    counts. After how many days it is too old is `review_days` under `checks: limits:` in company.yaml.

    Wrong:

        # personas/careful.yaml
        evidence:
          level: interviews
          as_of: 2024-03-01
        reviewed_on: 2025-05-15

    Right:

        # personas/careful.yaml
        evidence:
          level: interviews
          as_of: 2024-03-01
        reviewed_on: 2026-09-15
    """
    for persona in facts.workspace.personas:
        if days := _looked_at(persona):
            day, at = max(days, key=itemgetter(0))
            if age := _too_old(day, facts):
                yield Finding(
                    at,
                    f"nobody has looked at persona '{persona.model.id}' for {age:,} days",
                    "read it with somebody who meets such customers, and write today into `reviewed_on`",
                )


@rule("undated-persona", Severity.NOTE)
def undated_persona(facts: Facts) -> Iterator[Finding]:
    """A persona that rests on evidence says when it was gathered.

    Interviews from last spring and interviews from before the merger look the same on the page. Without a
    day nobody dares to rely on them, and nobody is told when they have grown old.

    Write when the evidence was gathered into `as_of`, or the day of the last review into `reviewed_on`.

    Wrong:

        # personas/careful.yaml
        evidence:
          level: interviews
        reviewed_on:

    Right:

        # personas/careful.yaml
        evidence:
          level: interviews
          as_of: 2026-03-01
        reviewed_on:
    """
    for persona in facts.workspace.personas:
        evidence = persona.model.evidence
        # What is only assumed has no day; that it is assumed is a finding of another rule.
        if evidence and evidence.level != "assumption" and not _looked_at(persona):
            yield Finding(
                persona.at / "evidence" / "as_of",
                f"nothing says when the evidence of persona '{persona.model.id}' was gathered",
                "write the day into `as_of`, or that of the last review into `reviewed_on`",
            )


@rule("stale-metric")
def stale_metric(facts: Facts) -> Iterator[Finding]:
    """A metric with a target ahead has been measured within the last year.

    A goal that is measured openly draws people on; one whose figure is from the year before last tells
    them that nobody is looking, and that the target was never meant.

    Measure, and write the figure and its day into `latest`; or take back the target. After how many days a
    figure is too old is `review_days` under `checks: limits:` in company.yaml.

    Wrong:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            latest: {value: 30, as_of: 2025-06-30}
            target: {value: 50, by: 2027-12-31}
          - id: enps
            name: eNPS
            kind: enps

    Right:

        # metrics.yaml
        metrics:
          - id: nps
            name: NPS
            kind: nps
            latest: {value: 30, as_of: 2026-06-30}
            target: {value: 50, by: 2027-12-31}
          - id: enps
            name: eNPS
            kind: enps
    """
    for metric, at in facts.workspace.metric_places:
        target = metric.target
        if target is None or (target.by and target.by < facts.today):
            continue
        figures = ((key, getattr(metric, key)) for key in ("baseline", "latest"))
        days = [(figure.as_of, key) for key, figure in figures if figure and figure.as_of]
        if days and (age := _too_old(max(days)[0], facts)):
            yield Finding(
                at / max(days)[1] / "as_of",
                f"metric '{metric.id}' was last measured {age:,} days ago, and its target is still ahead",
                "measure, and write the figure and its day under `latest`",
            )


@rule("future-date")
def future_date(facts: Facts) -> Iterator[Finding]:
    """What is written down as done or measured lies in the past.

    A review of next year has not happened. Usually a slip of the keyboard, it keeps a page looking fresh
    long after it has gone stale.

    Correct the day: `reviewed_on` and `as_of` say when something was done.

    Wrong:

        # personas/careful.yaml
        reviewed_on: 2062-09-15

    Right:

        # personas/careful.yaml
        reviewed_on: 2026-09-15
    """
    for persona in facts.workspace.personas:
        for day, at in _looked_at(persona):
            if day > facts.today:
                yield _future(at, day, f"persona '{persona.model.id}'")
    for metric, at in facts.workspace.metric_places:
        for key in ("baseline", "latest"):
            figure = getattr(metric, key)
            if figure and figure.as_of and figure.as_of > facts.today:
                yield _future(at / key / "as_of", figure.as_of, f"metric '{metric.id}'")


def _future(at: Place, day: date, whose: str) -> Finding:
    message = f"`{at.loc[-1]}` of {whose} is {day}, a day still to come"
    return Finding(at, message, "write the day on which it was done")


def _looked_at(persona: Persona) -> list[tuple[date, Place]]:
    """The days on which somebody looked at a persona, each with its place, the review first."""
    model, days = persona.model, []
    if model.reviewed_on:
        days.append((model.reviewed_on, persona.at / "reviewed_on"))
    if model.evidence and model.evidence.as_of:
        days.append((model.evidence.as_of, persona.at / "evidence" / "as_of"))
    return days


def _too_old(day: date, facts: Facts) -> int:
    """How many days ago it was when that is longer than the company allows, else 0."""
    age = (facts.today - day).days
    return age if age > facts.limits.review_days else 0
