"""hires/<id>.yaml and managers/<id>.yaml: the newcomer, and the person who welcomes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from pitchgen.model.amount import Date, Number
from pitchgen.model.arrival import Arrival
from pitchgen.model.base import IsExample, Model
from pitchgen.model.company import Commitment
from pitchgen.model.email import Email
from pitchgen.model.text import (
    Id,
    Language,
    ManagerId,
    MetricId,
    Name,
    Passage,
    PersonaId,
    RoleId,
    Several,
    Text,
)


class Manager(Model):
    """The whole of a manager file, or the `manager` map of a hire."""

    id: Id | None = Field(None, description="The manager's id; the file's name unless given.")
    name: Name = Field(description="The manager's name.")
    title: Text | None = Field(None, description="The manager's title.")
    email: Name | None = Field(None, description="E-mail address.")
    phone: Name | None = Field(None, description="Phone number.")
    arrival: Arrival = Field(
        Arrival(), description="The first morning of their newcomers, where it is not as the company says."
    )
    commitments: Several[Commitment] = Field(
        [], description="What the manager promises a newcomer: 'I walk you round the house.'"
    )
    example: IsExample = False


# They appear in the places of errors, so they look like no key.
TAGS = _MAP, _ID = "(map)", "(id)"


def _form(value: object) -> str:
    return _MAP if isinstance(value, Mapping | Manager) else _ID


_ManagerOrId = Annotated[Annotated[Manager, Tag(_MAP)] | Annotated[ManagerId, Tag(_ID)], Discriminator(_form)]


class HireGoal(Model):
    """A goal agreed with this person."""

    main_key = "text"

    text: Text = Field(description="The goal in one sentence.")
    metric: MetricId | None = Field(None, description="Id of the metric that shows it.")
    target: Number | None = Field(None, description="The figure to reach, without its unit.")
    due: Date | None = Field(None, description="By which date.")


class Passages(Model):
    """The passages of a pitch: what is said to one person instead of what the template says there."""

    key_noun = "passage"

    greeting: Passage | None = Field(None, description="The heading: 'Hi Aino, welcome!'")
    opening: Passage | None = Field(None, description="The strategy: what we do now, and why.")
    promise: Passage | None = Field(None, description="The promise to customers, as a quotation.")
    part: Passage | None = Field(None, description="The newcomer's part in it, and why it is theirs.")
    tools: Passage | None = Field(None, description="The line that leads to the four tools.")
    playbook: Passage | None = Field(None, description="The first tool: the playbook of the customers.")
    role: Passage | None = Field(None, description="The second tool: how the role keeps the promise.")
    goals: Passage | None = Field(None, description="The third tool: the first goal.")
    story: Passage | None = Field(None, description="The fourth tool: the story, and their link to it.")
    thanks: Passage | None = Field(None, description="How good work is thanked for, and what all share.")
    help: Passage | None = Field(None, description="Who stands by them: the manager and the buddy.")
    closing: Passage | None = Field(
        None, description="The last words, such as what is done on the first day."
    )

    @property
    def said(self) -> dict[str, Text]:
        """The passages that were written, by their names, in the order in which they are said."""
        return {name: text for name in PASSAGES if (text := getattr(self, name))}


PASSAGES = tuple(Passages.model_fields)
"""The names of the passages of a pitch, in the order in which they are said."""


class Hire(Model):
    """The whole of a hire file. Personal data."""

    id: Id = Field(description="The hire's id; the file's name unless given.")
    name: Name = Field(description="The newcomer's name.")
    called: Name | None = Field(
        None, description="What they like to be called; their first name unless given."
    )
    email: Email | None = Field(None, description="E-mail address that a message to the newcomer goes to.")
    role: RoleId = Field(description="The newcomer's role, by its id or its title.")
    language: Language | None = Field(
        None, description="The language of their documents, by its code or its name."
    )
    starts_on: Date | None = Field(None, description="First day of work, as 2026-12-01 or 1.12.2026.")
    manager: _ManagerOrId | None = Field(
        None,
        description="The manager, by the id of a file in managers/ or by name; or the manager's details.",
    )
    buddy: Name | None = Field(None, description="Who is at their side in the first weeks.")
    why_you: Text | None = Field(None, description="Why we chose this person, in one sentence.")
    arrival: Arrival = Field(
        Arrival(), description="Their first morning, where it is not as the manager or the company says."
    )
    needs: Several[Text] = Field([], description="What this person needs to do well.")
    likes: Several[Name] = Field([], description="Tags that rewards are matched with.")
    link_to_story: Text | None = Field(
        None, description="How this person's story joins ours, in one sentence."
    )
    pitch: Passages = Field(
        Passages(),
        description="Passages of the pitch in words for this person, in place of the usual ones: 1,000 "
        "characters each at most.",
    )
    personas: Several[PersonaId] = Field([], description="Ids of the personas they will meet first.")
    goals: Several[HireGoal] = Field([], description="Goals agreed with this person.")
    example: IsExample = False
