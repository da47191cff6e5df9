"""metrics.yaml: what we measure, in the open."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pitchgen.model.amount import Date, Number
from pitchgen.model.base import Model
from pitchgen.model.origin import Origin, PeriodName
from pitchgen.model.text import Id, Text
from pitchgen.model.typed import explained

Kind = Literal[
    "nps",
    "csat",
    "ces",
    "average_billing",
    "customer_tenure",
    "retention",
    "revenue_retention",
    "clv",
    "enps",
    "count",
    "ratio",
    "money",
    "duration",
]


# How long a figure is about, by kind, where `from` does not say it.
_QUARTERLY: frozenset[Kind] = frozenset({"nps", "enps", "csat", "ces"})


class Figure(Model):
    """A measured figure."""

    main_key = "value"

    value: Number = Field(description="The figure, without its unit.")
    as_of: Date | None = Field(None, description="The day it was measured.")
    n: Number | None = Field(None, description="How many answers or customers it rests on.")
    margin: Number | None = Field(
        None, description="Its margin of error, in its unit; `pitchgen measure` writes it."
    )


class Target(Model):
    """Where a figure is to be, and by when."""

    main_key = "value"

    value: Number = Field(description="The figure, without its unit.")
    by: Date | None = Field(None, description="The day it is to be reached.")


class Metric(Model):
    """One thing we measure."""

    id: Id = Field(description="Short id that goals refer to.")
    name: Text = Field(description="The metric's name.")
    kind: Kind = Field(
        description="What kind of figure it is; the formula printed beside it follows from this.",
        json_schema_extra=explained(
            "How many more recommend us than warn of us, from -100 to 100.",
            "The share of customers who are satisfied.",
            "How easy it was to do business with us.",
            "What a customer is billed in a month, on average.",
            "How long customers stay, on average.",
            "The share of customers who stayed.",
            "How much the customers of a year ago bring in today, of what they brought in then.",
            "What a customer brings in all the time they stay.",
            "How many more of us recommend working here than warn of it, from -100 to 100.",
            "A number of things.",
            "A share of something.",
            "An amount of money.",
            "A length of time.",
        ),
    )
    unit: Text | None = Field(
        None, description="The unit: %, €, min, months.", examples=["%", "€", "€/kk", "min"]
    )
    direction: Literal["up", "down"] | None = Field(
        None,
        description="Which way is better.",
        json_schema_extra=explained("More is better.", "Less is better."),
    )
    baseline: Figure | None = Field(None, description="Where we started.")
    latest: Figure | None = Field(None, description="Where we are now.")
    target: Target | None = Field(None, description="Where we want to be.")
    source: Literal["customer", "staff", "finance", "operations"] | None = Field(
        None,
        description="Whose voice or behaviour the figure comes from.",
        json_schema_extra=explained(
            "What customers say or do.",
            "What our own people say or do.",
            "Our books.",
            "Our systems and the work in them.",
        ),
    )
    how: Text | None = Field(None, description="How it is measured.")
    cadence: Text | None = Field(None, description="How often it is measured.")
    owner: Text | None = Field(None, description="Who answers for the figure.")
    note: Text | None = Field(None, description="What to keep in mind when reading it.")
    origin: Origin | None = Field(
        None,
        alias="from",
        description="The export or database that `pitchgen measure` makes the figure from.",
    )
    history: list[Figure] = Field(
        [], description="The figure of each period, oldest first; `pitchgen measure --write` keeps it."
    )

    @property
    def period(self) -> PeriodName:
        """How long each measured figure is about."""
        told = self.origin.period if self.origin else None
        return told or ("quarter" if self.kind in _QUARTERLY else "month")

    @property
    def now(self) -> Figure | None:
        """The newest figure there is, typed or measured; one without a day is older than all others."""
        return max(self._shown(), key=lambda each: each.as_of or date.min, default=None)

    @property
    def start(self) -> Figure | None:
        """The baseline, if that may be shown."""
        return next((each for each in self._shown() if each is self.baseline), None)

    @property
    def dated(self) -> list[Figure]:
        """The figures of known days that may be shown, one for each day, oldest first."""
        by_day = {each.as_of: each for each in reversed(self._shown()) if each.as_of}
        return [by_day[day] for day in sorted(by_day)]

    def _shown(self) -> list[Figure]:
        """What rests on enough answers to be shown; of two figures of a day, the one that counts first."""
        least = self.origin.least_answers if self.origin else 0
        figures = (self.latest, *reversed(self.history), self.baseline)
        return [each for each in figures if each and (each.n is None or each.n >= least)]


class MetricsFile(Model):
    """The whole of metrics.yaml."""

    metrics: list[Metric] = Field([], description="The metrics.")
