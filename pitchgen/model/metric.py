"""metrics.yaml: what we measure, in the open."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pitchgen.model.amount import Date, Number
from pitchgen.model.base import Model
from pitchgen.model.text import Id, Text

Kind = Literal[
    "nps",
    "csat",
    "ces",
    "average_billing",
    "customer_tenure",
    "retention",
    "clv",
    "enps",
    "count",
    "ratio",
    "money",
    "duration",
]


class Figure(Model):
    """A measured figure."""

    value: Number = Field(description="The figure, without its unit.")
    as_of: Date | None = Field(None, description="The day it was measured.")
    n: Number | None = Field(None, description="How many answers or customers it rests on.")


class Target(Model):
    """Where a figure is to be, and by when."""

    value: Number = Field(description="The figure, without its unit.")
    by: Date | None = Field(None, description="The day it is to be reached.")


class Metric(Model):
    """One thing we measure."""

    id: Id = Field(description="Short id that goals refer to.")
    name: Text = Field(description="The metric's name.")
    kind: Kind = Field(
        description="What kind of figure it is; the formula printed beside it follows from this."
    )
    unit: Text | None = Field(None, description="The unit: %, €, min, months.")
    direction: Literal["up", "down"] | None = Field(None, description="Which way is better.")
    baseline: Figure | None = Field(None, description="Where we started.")
    latest: Figure | None = Field(None, description="Where we are now.")
    target: Target | None = Field(None, description="Where we want to be.")
    source: Literal["customer", "staff", "finance", "operations"] | None = Field(
        None, description="Whose voice or behaviour the figure comes from."
    )
    how: Text | None = Field(None, description="How it is measured.")
    cadence: Text | None = Field(None, description="How often it is measured.")
    owner: Text | None = Field(None, description="Who answers for the figure.")
    note: Text | None = Field(None, description="What to keep in mind when reading it.")


class MetricsFile(Model):
    """The whole of metrics.yaml."""

    metrics: list[Metric] = Field([], description="The metrics.")
