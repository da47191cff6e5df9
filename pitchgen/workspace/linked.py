"""The linked workspace: every reference is the thing itself, nothing is looked up by name any more.

`model` on each of these is what its file says, `at` where that stands; the other fields are what its
references mean. All of it is complete once `link` returns and is only read from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pitchgen.model.file_kind import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, time
    from decimal import Decimal
    from pathlib import Path

    from pitchgen.load.place import Place
    from pitchgen.model import company, hire, journey, persona, role
    from pitchgen.model.logo import Logo
    from pitchgen.model.metric import Metric
    from pitchgen.model.text import Text
    from pitchgen.workspace.languages import Languages
    from pitchgen.workspace.validate import Validated


OfFile = TypeVar("OfFile", bound="Persona | Role | Manager | Hire")


@dataclass(eq=False, slots=True)
class Touchpoint:
    """A moment in which customers meet us, in its phase."""

    model: journey.Touchpoint
    at: Place
    phase: journey.Phase


@dataclass(eq=False, slots=True)
class Need:
    """A need, and whose it is."""

    model: persona.Need
    at: Place
    persona: Persona


@dataclass(eq=False, slots=True)
class Moment:
    """A persona at a touchpoint."""

    model: persona.Moment
    at: Place
    touchpoint: Touchpoint


@dataclass(eq=False, slots=True)
class Persona:
    """A buyer persona with its needs and its moments, in the order they were written."""

    model: persona.Persona
    at: Place
    needs: tuple[Need, ...] = ()
    moments: tuple[Moment, ...] = ()
    skips: tuple[Touchpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two needs of two personas that cannot be met together; written once, true both ways."""

    one: Need
    other: Need


@dataclass(eq=False, slots=True)
class Value:
    """A company value, tied to the strategy goal it serves."""

    model: company.Value
    at: Place
    strategy_goal: company.StrategyGoal | None


@dataclass(eq=False, slots=True)
class Reward:
    """A reward and the behaviours it thanks for."""

    model: company.Reward
    at: Place
    behaviors: tuple[company.Behavior, ...]

    def evidence_of(self, behavior: company.Behavior) -> Text | None:
        """How one knows that one of its behaviours happened."""
        own = (deed.evidence for deed in self.model.for_ if deed.behavior == behavior.id)
        return next(filter(None, own), self.model.evidence)


@dataclass(eq=False, slots=True)
class Goal:
    """A goal of a role (`day`) or of one person (`due`), with the metric that shows it."""

    text: Text
    at: Place
    metric: Metric | None = None
    target: Decimal | None = None
    day: int | None = None
    due: date | None = None


@dataclass(eq=False, slots=True)
class Role:
    """A role, whom it serves and what it answers for.

    `reaches` are the personas it serves itself or through colleagues, its own
    first, each once.
    """

    model: role.Role
    at: Place
    personas: tuple[Persona, ...] = ()
    roles: tuple[Role, ...] = ()
    reaches: tuple[Persona, ...] = ()
    owns: tuple[Touchpoint, ...] = ()
    helps_at: tuple[Touchpoint, ...] = ()
    behaviors: tuple[company.Behavior, ...] = ()
    ideal_goal: company.StrategyGoal | None = None
    goals: tuple[Goal, ...] = ()

    @property
    def customers(self) -> tuple[Persona, ...]:
        """The personas that documents show of those it reaches."""
        return without_examples(self.reaches)


@dataclass(eq=False, slots=True, repr=False)
class Manager:
    """Somebody who welcomes newcomers, by a file of their own or as told of in a hire's."""

    model: hire.Manager
    at: Place


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first morning of one newcomer; whom they ask for has a file as a `person`, or is only named."""

    time: time | None = None
    place: Text | None = None
    ask_for: Text | None = None
    person: Manager | None = None


# What is known of a newcomer is personal, so that no traceback shall have it.
@dataclass(eq=False, slots=True, repr=False)
class Hire:
    """A newcomer with their role, manager, chosen personas and goals, and a buddy who is a manager."""

    model: hire.Hire
    at: Place
    role: Role
    manager: Manager | None = None
    personas: tuple[Persona, ...] = ()
    goals: tuple[Goal, ...] = ()
    buddy: Manager | None = None
    arrival: Arrival = Arrival()

    @property
    def buddy_name(self) -> str | None:
        """What the buddy is called; one with a file in managers/ as that file says it."""
        return self.buddy.model.name if self.buddy else self.model.buddy

    @property
    def label(self) -> str:
        """Who it is, for a sentence."""
        return "this newcomer" if self.at.source.is_nameless else f"hire '{self.model.id}'"


def without_examples(items: Sequence[OfFile]) -> tuple[OfFile, ...]:
    """The items that are no examples; only where there is nothing else, the examples."""
    return tuple(item for item in items if not item.model.example) or tuple(items)


@dataclass(eq=False, slots=True)
class Workspace:
    """Everything HR wrote, linked; `files` are the validated files it was linked from.

    `languages` are those that its documents can be in.
    """

    files: Validated
    company: company.Company
    languages: Languages
    values: tuple[Value, ...] = ()
    rewards: tuple[Reward, ...] = ()
    phases: tuple[journey.Phase, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    metrics: tuple[Metric, ...] = ()
    personas: tuple[Persona, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    roles: tuple[Role, ...] = ()
    managers: tuple[Manager, ...] = ()
    hires: tuple[Hire, ...] = ()

    @property
    def at(self) -> Place:
        """The place of company.yaml."""
        # There is no linked workspace without one.
        assert self.files.company
        return self.files.company.at

    @property
    def metric_places(self) -> Iterator[tuple[Metric, Place]]:
        """Every metric with its place."""
        if file := self.files.one(METRICS):
            for n, metric in enumerate(file.model.metrics):
                yield metric, file.at / "metrics" / n

    def team_of(self, manager: Manager) -> tuple[Hire, ...]:
        """The newcomers whom a manager welcomes."""
        return tuple(hire for hire in without_examples(self.hires) if hire.manager is manager)

    def language_of(self, item: Hire | Role | Persona | Manager) -> str:
        """The language of documents about it: a newcomer's own, else the company's."""
        own = item.model.language if isinstance(item, Hire) else None
        return own or self.company.language

    @property
    def root(self) -> Path:
        """The folder it was read from."""
        return self.files.root

    @property
    def logo(self) -> Logo | None:
        """The logo that the brand names."""
        return self.files.logo

    @property
    def pictures(self) -> Mapping[str, Logo]:
        """The pictures that personas name, by the names of their files."""
        return self.files.pictures

    def picture_of(self, persona: Persona) -> Logo | None:
        """The picture that a persona names; None where a mark stands for them."""
        return self.pictures.get(persona.model.picture or "")

    @property
    def font(self) -> Path | None:
        """The font of headings that the brand names."""
        return self.files.font
