"""Field: a field of a form as pages show it, and what a type of a model asks to be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pitchgen.model.amount import When
from pitchgen.model.base import Model, model_in
from pitchgen.model.text import ReadBy, RefersTo, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.keep.choices import Choice
    from pitchgen.problems import Loc, Problem


class Kind(StrEnum):
    """What is typed into a field."""

    TEXT = "text, one for each language"
    LINE = "line, the same in every language"
    ID = "id, which only renaming changes"
    CHOICE = "one of the choices"
    REFERENCE = "one of the choices, which are things of the workspace"
    YES_NO = "yes or no"
    DATE = "date"
    CLOCK = "time of day"
    NUMBER = "number"
    DAY = "number of a day"
    FEELING = "feeling, from -2 to 2"
    WHEN = "date, day of work or rhythm in words, one for each language"
    EMAIL = "e-mail address"
    GROUP = "fields of its own"
    LIST = "items, each a field"
    OTHER = "something that only the text of the file can say"


# Kinds of which there is an input for each language.
BY_LANGUAGE = (Kind.TEXT, Kind.WHEN)


_BY_READER = {
    "read_id": Kind.ID,
    "read_date": Kind.DATE,
    "read_clock": Kind.CLOCK,
    "read_number": Kind.NUMBER,
    "read_day": Kind.DAY,
    "read_feeling": Kind.FEELING,
    "read_email": Kind.EMAIL,
    "read_language": Kind.CHOICE,
    "read_language_name": Kind.CHOICE,
}


@dataclass(frozen=True, slots=True)
class Input:
    """Where something is typed: under which `name`, in which language, what it says and `was` in the file."""

    name: str
    language: str = ""
    # They may be personal, so that no traceback shall have them.
    text: str = field(default="", repr=False)
    was: str = field(default="", repr=False)

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed; white space around it is nothing."""
        return self.text.strip() != self.was.strip()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, with what the file has at `loc`; `key` is the last key of that.

    A list has its items for `fields`, and at the end one that is new and empty; whatever is typed under
    `remove` takes an item away. `problems` are those with the value that are with none of its fields.
    """

    loc: Loc
    key: str
    label: str
    help: str
    kind: Kind
    name: str
    required: bool = False
    inputs: tuple[Input, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    problems: tuple[Problem, ...] = ()
    # How a text stands in the file: "plain", in "languages", or "" when it is not there.
    written: str = ""
    is_new: bool = False
    is_removed: bool = False

    @property
    def remove(self) -> str:
        """The name under which whatever is typed takes an item away."""
        return f"{self.name}-remove"


def kind_of_type(annotation: Any, value: Any) -> tuple[Kind, Any]:
    """What a type asks to be typed, and beside it a group's model, a list's items' type or the choices.

    Of a map whose keys are no fields it is the types of the keys and of the values.
    """
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind_as_said(parts[0], parts[1:], value)
    if origin is Literal:
        return Kind.CHOICE, parts
    if origin is list:
        return Kind.LIST, parts[0]
    if origin is None:
        if issubclass(annotation, Model):
            return Kind.GROUP, annotation
        return {Text: Kind.TEXT, When: Kind.WHEN, bool: Kind.YES_NO}.get(annotation, Kind.OTHER), None
    if origin is dict:
        return Kind.OTHER, parts
    # Of several types that which the file has: a group where it has one.
    others = [part for part in parts if part is not NoneType]
    return kind_of_type(
        max(others, key=lambda each: bool(model_in(each)) is isinstance(value, Mapping)), value
    )


def _kind_as_said(annotation: Any, beside: Sequence[Any], value: Any) -> tuple[Kind, Any]:
    """The same of a type beside which something is said."""
    if noun := next((each.noun for each in beside if isinstance(each, RefersTo)), ""):
        return Kind.REFERENCE, noun
    if reader := next((each.function for each in beside if isinstance(each, ReadBy)), None):
        return _BY_READER.get(reader.__name__, Kind.LINE), None
    return kind_of_type(annotation, value)
