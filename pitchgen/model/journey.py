"""journey.yaml: where customers meet us, from first contact to the day they leave or stay."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pitchgen.model.base import Model
from pitchgen.model.text import Id, PhaseId, Several, Text
from pitchgen.model.typed import explained


class Phase(Model):
    """A stretch of the journey."""

    id: Id = Field(description="Short id that touchpoints refer to.")
    name: Text = Field(description="The phase's name.")


class Touchpoint(Model):
    """A moment in which a customer meets us."""

    id: Id = Field(description="Short id that roles and personas refer to.")
    name: Text = Field(description="The touchpoint's name.")
    phase: PhaseId = Field(description="Id of the phase it belongs to.")
    place: Literal["inside", "threshold", "outside"] | None = Field(
        None,
        description="Inside our walls, on the doorstep, or outside.",
        json_schema_extra=explained(
            "At our end.",
            "Where we and they meet.",
            "At the customer's.",
        ),
    )
    channel: Text | None = Field(None, description="Phone, e-mail, on site…")
    partners: Several[Text] = Field([], description="Other parties and experts who take part.")
    risk: Text | None = Field(None, description="What can go wrong here.")
    recovery: Text | None = Field(None, description="How we put it right.")
    tools: Several[Text] = Field([], description="What is used here.")


class Journey(Model):
    """The whole of journey.yaml."""

    phases: list[Phase] = Field([], description="The phases, in order.")
    touchpoints: list[Touchpoint] = Field([], description="The touchpoints, in order.")
