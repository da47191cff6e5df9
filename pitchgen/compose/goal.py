"""A goal in words: what is to be reached, how it is measured, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pitchgen.compose.metrics import figure_words
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Goal

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class GoalWords:
    """A goal and how it is measured; `now` and `target` are figures with their units.

    `measured_on` is the day of `now` and `n` what it rests on. `by` is the date it is due, `by_day` the day
    of work when no date is known.
    """

    text: str
    metric: str | None
    now: str | None
    measured_on: str | None
    n: str | None
    target: str | None
    by: str | None
    by_day: int | None


def day_of_work(starts_on: date, day: int) -> date:
    """The date of a day of work: 1 is `starts_on` itself, -1 the day before it."""
    return starts_on + timedelta(days=day - 1 if day > 0 else day)


def working_day(starts_on: date, day: int) -> date:
    """The date on which what was promised for a day of work is done.

    A weekend moves to the Monday after it; before the first day, to the Friday before it.
    """
    on = day_of_work(starts_on, day)
    if on.weekday() < SATURDAY:
        return on
    return on + timedelta(days=(SUNDAY + 1 if day > 0 else SATURDAY - 1) - on.weekday())


def goal_words(goal: Goal, starts_on: date | None, voice: Voice) -> GoalWords:
    """The words of a goal; its date when the first day of work is known."""
    metric = goal.metric
    figure = target = None
    by = goal.due
    if goal.day and starts_on:
        by = day_of_work(starts_on, goal.day)
    if metric:
        figure = figure_words(metric, metric.now, voice)
        wanted = metric.target.value if goal.target is None and metric.target else goal.target
        target = voice.amount(wanted, metric.unit) if wanted is not None else None
    return GoalWords(
        text=voice.sentence(goal.text),
        metric=voice.in_sentence(voice.say(metric.name)) if metric else None,
        now=figure.text if figure else None,
        measured_on=figure.as_of if figure else None,
        n=figure.n if figure else None,
        target=target,
        by=full_date(by, voice.language) if by else None,
        by_day=goal.day if goal.day and goal.day > 0 else None,
    )
