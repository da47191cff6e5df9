"""company.yaml: who we are, where we are going, what we promise and how we thank each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from pitchgen import shipped
from pitchgen.model.amount import Date, When
from pitchgen.model.arrival import Arrival, TimeZone
from pitchgen.model.base import Model
from pitchgen.model.checks import Checks
from pitchgen.model.country import Country
from pitchgen.model.text import BehaviorId, Color, Id, LanguageCode, Name, Several, StrategyGoalId, Text
from pitchgen.model.typed import Schema, any_of


class StrategyGoal(Model):
    """One goal of the strategy."""

    id: Id = Field(description="Short id that values and ideal profiles refer to.")
    text: Text = Field(description="The goal in one sentence.")


class Strategy(Model):
    """The strategy in force: the first thing a newcomer hears."""

    name: Text = Field(description="The strategy's name in a few words: 'Closer than anyone'.")
    aim: Text = Field(description="What we want, in one sentence: 'Every customer knows what happens next.'")
    growth: Text | None = Field(None, description="Why good experiences feed our growth, in one sentence.")
    vision: Text | None = Field(None, description="What the world looks like when we have succeeded.")
    valid_from: Date | None = Field(None, description="First day of the strategy, as 2026-01-01.")
    valid_to: Date | None = Field(None, description="Last day of the strategy, as 2028-12-31.")
    goals: list[StrategyGoal] = Field([], description="The strategy's goals.")


class Promise(Model):
    """What we promise our customers."""

    main_key = "text"

    text: Text = Field(description="The customer promise in one sentence.")
    proofs: Several[Text] = Field([], description="Deeds and figures that show we keep it.")


class Story(Model):
    """Our story, told so that a newcomer can make it their own."""

    main_key = "summary"

    summary: Text = Field(description="The story in one or two sentences.")
    origin: Text | None = Field(None, description="How it began.")
    turning_point: Text | None = Field(None, description="The moment that made us who we are.")
    today: Text | None = Field(None, description="Where we are now.")
    invitation: Text | None = Field(
        None,
        description="One sentence that invites the newcomer into the story: 'The next chapter is yours.'",
    )


class _InEveryLanguage:
    """A value for each language; one that names no language is for them all."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        return any_of(by_language := handler(core), next(iter(by_language["patternProperties"].values())))

    @staticmethod
    def read(value: object, info: core_schema.ValidationInfo) -> object:
        if isinstance(value, Mapping):
            return value
        return dict.fromkeys((info.context or {}).get("languages") or shipped.languages(), value)


_Words = Annotated[dict[LanguageCode, Several[Name]], _InEveryLanguage()]


class Brand(Model):
    """How we sound and look."""

    # Without its quotes a colour is a comment to YAML, and its key looks empty.
    never_empty = frozenset({"color", "accent"})

    tone: Literal["informal", "formal"] = Field(
        "informal", description="How documents address the newcomer; write your own texts in the same tone."
    )
    color: Color = Field(None, description="The brand colour as '#0B4F5C', in quotes.")
    accent: Color = Field(None, description="A second colour for small accents, as '#C2552D'.")
    logo: Name | None = Field(
        None,
        description="The logo, a file in this workspace: 'logo.svg', or a PNG or JPEG.",
        examples=["logo.svg"],
    )
    font: Name | None = Field(
        None, description="The font of headings, a file in this workspace: 'fonts/Brand.ttf', or an OTF."
    )
    paper: Literal["a4", "letter"] = Field("a4", description="The paper that PDFs are laid out for.")
    avoid_words: _Words = Field(
        {},
        description="Words we do not use, a list, or one per language; a * at the end matches every ending.",
    )


class Behavior(Model):
    """Something people can be seen doing."""

    id: Id = Field(description="Short id that rewards and roles refer to.")
    text: Text = Field(description="What a bystander would see, in one sentence.")
    instead_of: Text | None = Field(None, description="The habit it replaces.")
    non_negotiable: bool = Field(False, description="true when there is no exception to it.")


class Value(Model):
    """A value, made visible by behaviours."""

    id: Id = Field(description="Short id.")
    name: Text = Field(description="The value's name in a word or two.")
    strategy_goal: StrategyGoalId | None = Field(None, description="Id of the strategy goal it serves.")
    behaviors: list[Behavior] = Field([], description="How the value shows in what people do.")


class Deed(Model):
    """A behaviour that a reward is for."""

    main_key = "behavior"

    behavior: BehaviorId = Field(description="Id of the behaviour.")
    evidence: Text | None = Field(None, description="How we know that this very behaviour happened.")


class Reward(Model):
    """A way to thank, tied to what it thanks for."""

    id: Id = Field(description="Short id.")
    kind: Name = Field(
        description="What kind of thank-you it is: one of the usual kinds, or your own word for it.",
        examples=["praise", "time", "money", "growth", "freedom", "gift"],
    )
    text: Text = Field(description="The reward as a short phrase that speaks to nobody: 'a bonus day off'.")
    for_: Several[Deed] = Field([], alias="for", description="The behaviours it rewards.")
    not_for: Text | None = Field(None, description="What it is never given for.")
    suits: Several[Name] = Field(
        [], description="Tags of the people it suits; compared with a newcomer's likes."
    )
    evidence: Text | None = Field(
        None, description="How we know the behaviour happened, where `for` does not say it of each."
    )
    beneficiary: Literal["colleague", "manager", "customer"] | None = Field(
        None, description="Who had the good experience."
    )


class Commitment(Model):
    """Something a newcomer may count on."""

    main_key = "text"

    text: Text = Field(description="The commitment in one sentence.")
    when: When | None = Field(None, description="A date, `day N`, or a rhythm in words ('every Friday').")
    place: Text | None = Field(
        None, description="Where, for calendars; where the newcomer comes on the first day unless given."
    )


def _read_forms(value: object) -> object:
    """The forms; none of a word alone, of which whoever knows its language says what it lacks."""
    if isinstance(value, Mapping):
        return {code: forms if isinstance(forms, Mapping) else {} for code, forms in value.items()}
    return {}


_Forms = Annotated[dict[LanguageCode, dict[Name, Name]], BeforeValidator(_read_forms)]


class Terms(Model):
    """Our own words for what fixed words of documents speak of."""

    customer: _Forms | None = Field(
        None,
        description="Our word for a customer: for each language, the forms that its fixed words take, as "
        "'customers: patients'.",
    )


class Company(Model):
    """The whole of company.yaml."""

    schema_version: Literal["1"] = Field(description="The version of this file's format: 1.")
    name: Name = Field(description="The company's name.")
    language: LanguageCode = Field(description="The code of the language used when a translation is missing.")
    languages: Several[LanguageCode] = Field(description="All languages of this workspace.", min_length=1)
    country: Country | None = Field(
        None, description="The country, as FI, whose public holidays count; DE-BY for a part of one."
    )
    time_zone: TimeZone | None = Field(
        None,
        description="The zone of times in calendars, as Europe/Helsinki; that of the reader unless given.",
    )
    arrival: Arrival = Field(Arrival(), description="The first morning: when, where to, and whom to ask for.")
    newcomer: Text | None = Field(None, description="What we call one of us.")
    terms: Terms = Field(Terms(), description="What we call others.")
    strategy: Strategy = Field(description="The strategy in force.")
    promise: Promise = Field(description="What we promise our customers.")
    story: Story | None = Field(None, description="Our story.")
    brand: Brand = Field(Brand(), description="How we sound and look.")
    values: list[Value] = Field([], description="Our values.")
    rewards: list[Reward] = Field([], description="How good work is thanked.")
    commitments: Several[Commitment] = Field([], description="What every newcomer may count on.")
    checks: Checks = Field(Checks(), description="Settings of `pitchgen check`.")
