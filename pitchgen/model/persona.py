"""personas/<id>.yaml: a kind of buyer, described as a person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pitchgen.model.amount import Date, Feeling
from pitchgen.model.base import IsExample, Model
from pitchgen.model.text import Id, Name, NeedId, Several, Text, TouchpointId
from pitchgen.model.typed import explained


class Evidence(Model):
    """What a persona rests on."""

    main_key = "level"

    level: Literal["assumption", "interviews", "data"] = Field(
        description="How sure we are.",
        json_schema_extra=explained("We suppose so.", "Customers told us.", "Figures show it."),
    )
    source: Text | None = Field(None, description="Where it comes from.")
    as_of: Date | None = Field(None, description="When it was gathered.")


class Plays(Model):
    """What to know, say, show and do when a need is in the room."""

    know: Several[Text] = Field([], description="What to know beforehand.")
    say: Several[Text] = Field([], description="Words that work.")
    show: Several[Text] = Field([], description="What to show.")
    do: Several[Text] = Field([], description="What to do.")


class Need(Model):
    """Something this persona needs from us."""

    id: Id = Field(description="Short id; other personas refer to it as persona/need.")
    text: Text = Field(description="The need in one sentence.")
    response: Text | None = Field(None, description="Our answer to it in one sentence.")
    value_to_us: Text | None = Field(None, description="What answering it well brings us.")
    conflicts_with: Several[NeedId] = Field(
        [],
        description="Needs of others, as persona/need: it and they cannot both be met; enter each once.",
    )
    plays: Plays = Field(Plays(), description="The answer in detail.")
    assumed: bool = Field(False, description="true when nobody has verified it yet.")


class Buying(Model):
    """The five rings of buying insight."""

    trigger: Text | None = Field(None, description="What makes them look for help now.")
    success: Text | None = Field(None, description="What they expect to change.")
    barriers: Several[Text] = Field([], description="What keeps them from buying from us.")
    criteria: Several[Text] = Field([], description="What they compare.")
    journey: Several[Text] = Field([], description="Who takes part in the decision, and how it goes.")


class Connect(Model):
    """How to meet this person in general."""

    opening: Text | None = Field(None, description="A way to begin.")
    do: Several[Text] = Field([], description="What works.")
    avoid: Several[Text] = Field([], description="What does not.")


class Objection(Model):
    """Something this persona holds against us."""

    text: Text = Field(description="What they say.")
    answer: Text = Field(description="What we say to it.")
    proof: Text | None = Field(None, description="What shows that it is so.")


class Moment(Model):
    """This persona at one touchpoint."""

    touchpoint: TouchpointId = Field(description="Id of the touchpoint.")
    expects: Text | None = Field(None, description="What they expect there.")
    feels: Feeling | None = Field(None, description="How it usually feels to them today, from -2 to 2.")
    do: Text | None = Field(None, description="What to do there.")
    never: Text | None = Field(None, description="What never to do there.")
    recover: Text | None = Field(None, description="How to put things right with them.")
    assumed: bool = Field(False, description="true when nobody has verified it yet.")


class Background(Model):
    """A fact about the persona's work."""

    label: Text = Field(description="What the fact is: 'Reports to'.")
    text: Text = Field(description="The fact.")


class Persona(Model):
    """The whole of a persona file."""

    id: Id = Field(description="The persona's id; the file's name unless given.")
    label: Text = Field(description="What we call this persona: 'Double-Checker'.")
    summary: Text = Field(description="The persona in one sentence.")
    priority: Literal["1", "2", "3"] = Field("2", description="1 for the central personas, 3 for the rest.")
    picture: Name | None = Field(
        None,
        description="A square picture, a file in this workspace: 'pictures/anna.jpg', or a PNG or SVG.",
        examples=["pictures/anna.jpg"],
    )
    as_a_person: Text | None = Field(None, description="A short portrait.")
    quote: Text | None = Field(None, description="Something they would say.")
    evidence: Evidence | None = Field(None, description="What the persona rests on.")
    owner: Text | None = Field(None, description="Who keeps this file up to date.")
    reviewed_on: Date | None = Field(None, description="The day somebody last checked it.")
    recognize: Several[Text] = Field([], description="Cues by which to recognise them.")
    their_words: Several[Text] = Field([], description="What they say, in their words.")
    signature_moment: Text | None = Field(None, description="The one moment they will retell.")
    needs: list[Need] = Field([], description="What they need from us.")
    questions: Several[Text] = Field([], description="What to ask them.")
    objections: list[Objection] = Field([], description="What they hold against us, and what we say to it.")
    buying: Buying = Field(Buying(), description="The five rings of buying insight.")
    connect: Connect = Field(Connect(), description="How to meet them.")
    moments: list[Moment] = Field([], description="This persona at each touchpoint.")
    skips: Several[TouchpointId] = Field([], description="Touchpoints they never meet.")
    lost_because: Several[Text] = Field([], description="Why we lose them.")
    leaving_signs: Several[Text] = Field([], description="Signs that they are about to leave.")
    background: list[Background] = Field([], description="Facts: title, reports to, measured by.")
    example: IsExample = False
