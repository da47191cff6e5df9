"""Every text of a workspace with its place, and those that documents of a language say in another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pitchgen.model.amount import When
from pitchgen.model.base import Model
from pitchgen.model.hire import Hire
from pitchgen.model.text import Text
from pitchgen.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.language.facts import Language
    from pitchgen.load.place import Place
    from pitchgen.model.company import Company
    from pitchgen.workspace.validate import Item


def texts(value: object, at: Place) -> Iterator[tuple[Place, Text]]:
    """Every text in a model, a list of them, or a single field, with its place; `at` is the value's own."""
    found: list[tuple[Place, Text]] = []
    _gather_texts(value, at, found)
    return iter(found)


def _gather_texts(value: object, at: Place, found: list[tuple[Place, Text]]) -> None:
    # Into a list, because generators in generators take twice as long.
    if isinstance(value, Text):
        found.append((at, value))
    elif isinstance(value, When):
        _gather_texts(value.rhythm, at, found)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            _gather_texts(item, at / n, found)
    elif isinstance(value, Model):
        for name, key in _keys(type(value)):
            if inner := getattr(value, name):
                _gather_texts(inner, at / key, found)


def texts_of(item: Item[Any]) -> Iterator[tuple[Place, Text]]:
    """Every text of a file, with its place."""
    return texts(item.model, item.at)


def language_of(item: Item[Any], company: Company) -> str:
    """The language of a file's plain texts: a newcomer's own, else the company's."""
    return (item.model.language if isinstance(item.model, Hire) else None) or company.language


def foreign_texts(item: Item[Any], company: Company, language: Language) -> Iterator[tuple[str, str]]:
    """The texts of a file that documents in `language` say in another, each with its language."""
    own = language_of(item, company) if isinstance(item.model, Hire) else None
    for _, text in texts_of(item):
        code = text.language_of_said(*language.chain, company.language) or own
        if code and _primary(code) != _primary(language.code):
            yield one_line(text.said(code)), code


def _primary(code: str) -> str:
    """The language without its country: en of en-GB."""
    return code.partition("-")[0]


@cache
def _keys(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that may hold texts, each with the key it has in files."""
    fields = model.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _may_hold_text(field.annotation))


def _may_hold_text(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Text | When | Model):
        return True
    return any(map(_may_hold_text, get_args(annotation)))
