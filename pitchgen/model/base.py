"""What all models share: unknown keys are refused, values never change, input stays out of errors."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Model(BaseModel):
    """A group of keys in a workspace file.

    A key left empty counts as not written, unless it is one of `never_empty`.
    """

    never_empty: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            # An unknown key stays, so that it is still refused.
            known = {field.alias or name for name, field in cls.__pydantic_fields__.items()}
            droppable = known - cls.never_empty
            return {k: v for k, v in data.items() if v is not None or k not in droppable}
        return data
