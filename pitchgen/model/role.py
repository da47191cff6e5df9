"""roles/<id>.yaml: a clearly described role, with its part in the customer promise."""

from __future__ import annotations

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from pitchgen.model.amount import Day, Number
from pitchgen.model.base import IsExample, Model
from pitchgen.model.company import Commitment
from pitchgen.model.text import (
    BehaviorId,
    Id,
    MetricId,
    PersonaId,
    RoleId,
    Several,
    StrategyGoalId,
    Text,
    TouchpointId,
    invalid,
)
from pitchgen.model.typed import Schema


class Part(Model):
    """The role's part in the customer promise. Speaks to the newcomer: 'You …'."""

    why: Text = Field(description="Why the role matters to the promise, in one sentence.")
    how: Text = Field(
        description="How the promise is kept in this role, in one whole sentence that says you."
    )


class Serves(Model):
    """Whom the role serves: customers, or colleagues who serve them."""

    personas: Several[PersonaId] = Field([], description="Ids of personas the role meets.")
    roles: Several[RoleId] = Field([], description="Ids of roles whose work depends on this one.")

    @model_validator(mode="after")
    def _someone(self) -> Serves:
        if not self.personas and not self.roles:
            raise invalid(
                "names nobody",
                hint="list `personas` the role meets, or `roles` whose work it helps",
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        reference = handler(core)
        handler.resolve_ref_schema(reference)["anyOf"] = [
            {"required": [whom], "properties": {whom: {"not": {"type": "null"}, "minItems": 1}}}
            for whom in ("personas", "roles")
        ]
        return reference


class Ideal(Model):
    """Who thrives in the role."""

    main_key = "text"

    text: Text = Field(description="The ideal person in one sentence.")
    strategy_goal: StrategyGoalId | None = Field(None, description="Id of the strategy goal this serves.")


class RoleGoal(Model):
    """A goal that comes with the role."""

    main_key = "text"

    text: Text = Field(description="The goal in one sentence.")
    metric: MetricId | None = Field(None, description="Id of the metric that shows it.")
    target: Number | None = Field(None, description="The figure to reach, without its unit.")
    day: Day | None = Field(None, description="By which day: 1 is the first day of work, 180 half a year in.")


class FirstDay(Model):
    """Something that happens in the first weeks."""

    day: Day = Field(description="Which day: 1 is the first day of work, 30 a month in.")
    text: Text = Field(description="What happens, in one sentence.")
    place: Text | None = Field(
        None, description="Where, for calendars; where they come on the first day unless given."
    )


class Role(Model):
    """The whole of a role file."""

    id: Id = Field(description="The role's id; the file's name unless given.")
    title: Text = Field(description="The role's title.")
    purpose: Text = Field(description="What the role is for, in one sentence.")
    part: Part = Field(description="The role's part in the customer promise.")
    serves: Serves = Field(description="Whom the role serves; at least one persona or role.")
    exciting: Text | None = Field(None, description="What is exciting about it.")
    ideal: Ideal | None = Field(None, description="Who thrives in it.")
    owns: Several[TouchpointId] = Field([], description="Ids of touchpoints the role answers for.")
    helps_at: Several[TouchpointId] = Field([], description="Ids of touchpoints the role helps at.")
    outcomes: Several[Text] = Field([], description="What can be seen when the work is done well.")
    decides: Several[Text] = Field([], description="What you decide yourself, as short phrases.")
    tools: Several[Text] = Field([], description="What you work with.")
    behaviors: Several[BehaviorId] = Field([], description="Ids of the behaviours that matter most here.")
    commitments: Several[Commitment] = Field([], description="What someone in this role may count on.")
    goals: Several[RoleGoal] = Field([], description="How success is seen.")
    first_days: list[FirstDay] = Field([], description="The first 90 days.")
    example: IsExample = False
