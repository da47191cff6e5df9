"""The ids in a file's data: those of what stands in it, and those by which it names what stands elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

from pitchgen.model.base import Model, fields_of, model_in
from pitchgen.model.text import RefersTo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from pitchgen.problems import Loc


class WrittenId(NamedTuple):
    """An id as it was typed at `loc`: `is_own` of the thing that stands there, else of one it names."""

    loc: Loc
    noun: str
    typed: str
    is_own: bool


def ids_in(model: type[Model], data: object) -> Iterator[WrittenId]:
    """Every id in the data of a file, from the top, be the file valid or not."""
    return _ids(model, data, ())


def _ids(annotation: Any, value: object, loc: Loc) -> Iterator[WrittenId]:
    model = model_in(annotation)
    if isinstance(value, list):
        for n, each in enumerate(value):
            yield from _ids(annotation, each, (*loc, n))
    elif isinstance(value, Mapping) and model:
        for key, field in fields_of(model).items():
            if key == "id" and isinstance(value.get(key), str):
                yield WrittenId((*loc, key), model.noun(), value[key], is_own=True)
            elif key in value:
                yield from _ids(whole_type(field), value[key], (*loc, key))
    elif isinstance(value, str) and model and model.main_key:
        yield from _ids(whole_type(fields_of(model)[model.main_key]), value, loc)
    elif isinstance(value, str) and (noun := referred_to(annotation)):
        yield WrittenId(loc, noun, value, is_own=False)


def nouns_in(model: type[Model]) -> Iterator[str]:
    """What a file of this model can hold that has an id."""
    for key, field in fields_of(model).items():
        if key == "id":
            yield model.noun()
        elif inner := model_in(field.annotation):
            yield from nouns_in(inner)


def whole_type(field: FieldInfo) -> Any:
    """The type of a field with all that was said beside it, which pydantic keeps apart."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def referred_to(annotation: Any) -> str | None:
    """The noun of what a field of this type names by its id, one or several; None when it names nothing."""
    if isinstance(annotation, RefersTo):
        return annotation.noun
    return next((noun for each in get_args(annotation) if (noun := referred_to(each))), None)
