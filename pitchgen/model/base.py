"""What all models share: unknown keys are refused, values never change, input stays out of errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from pitchgen.model.text import LANGUAGE_CODE, Text

if TYPE_CHECKING:
    from pitchgen.problems import Loc

# Of what has a file of its own, and may be there only to show how such a file is written.
IsExample = Annotated[
    bool,
    Field(description="true while this is only an example, which documents leave out if there are others."),
]
# Where a word of a class's name begins, but the first.
_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


class Model(BaseModel):
    """A group of keys in a workspace file.

    A key left empty counts as not written, unless it is one of `never_empty`. A group that is often
    nothing but what stands under the key `main_key` may be written as that alone: `target: 90`. What people
    call one of the keys is its `key_noun`.
    """

    never_empty: ClassVar[frozenset[str]] = frozenset()
    main_key: ClassVar[str] = ""
    key_noun: ClassVar[str] = "key"

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _as_written_out(cls, data: Any) -> Any:
        if cls.main_key and cls.is_main(data):
            return {cls.main_key: data}
        if isinstance(data, dict) and None in data.values():
            # An unknown key stays, so that it is still refused.
            droppable = cls.keys() - cls.never_empty
            return {k: v for k, v in data.items() if v is not None or k not in droppable}
        return data

    @classmethod
    def noun(cls) -> str:
        """What one of these is called: `StrategyGoal` is a strategy goal."""
        return _CAPITAL.sub(" ", cls.__name__).lower()

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys that a group may have."""
        return frozenset(fields_of(cls))

    @classmethod
    def is_main(cls, data: object) -> bool:
        """Whether this, where a group may stand, is nothing but what stands under its main key."""
        if isinstance(data, Mapping) and cls.__pydantic_fields__[cls.main_key].annotation is Text:
            # In several languages.
            return bool(data) and not cls.keys() & data.keys() and all(map(LANGUAGE_CODE.fullmatch, data))
        return isinstance(data, str)


def fields_of(model: type[Model]) -> dict[str, FieldInfo]:
    """The fields of a model by the keys that they have in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def model_in(annotation: Any) -> type[Model] | None:
    """The model inside `list[Model]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((m for a in get_args(annotation) if (m := model_in(a))), None)


def annotation_at(model: type[Model], loc: Loc) -> Any:
    """The type of what stands at `loc`, or of the list or map that it is in."""
    annotation: Any = model
    for part in loc:
        group = model_in(annotation)
        if group and isinstance(part, str):
            field = fields_of(group).get(part)
            annotation = field.annotation if field else None
    return annotation
