"""Choices: everything in a workspace that has an id, with what people call it, for whoever may name it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_origin

from pitchgen.keep.helps import is_blank
from pitchgen.load.document import YamlMap
from pitchgen.load.files import walk
from pitchgen.model.base import annotation_at, fields_of, model_in
from pitchgen.model.text import Text
from pitchgen.workspace.ids import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pitchgen.load.document import Value
    from pitchgen.load.files import Source
    from pitchgen.problems import Loc


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the value that a file has of it, what it is called, and what that means."""

    value: str
    label: str
    meaning: str = ""


def choices_of(sources: Iterable[Source], *languages: str) -> Mapping[str, tuple[Choice, ...]]:
    """Whatever has an id in these files, valid or not, by its noun; as the languages call it."""
    found: defaultdict[str, list[Choice]] = defaultdict(list)
    for source in sources:
        for id in ids_of(source):
            if id.is_own:
                found[id.noun].append(Choice(id.id, called(source, id.loc[:-1], languages) or id.id))
    return {noun: tuple(choices) for noun, choices in found.items()}


def called(source: Source, loc: Loc, languages: tuple[str, ...]) -> str:
    """What people call the thing at `loc`: the first text, else line, that it must have; "" for none."""
    model = model_in(annotation_at(source.kind.model, loc))
    _, value, _ = walk(source.data, loc)
    if not model or not isinstance(value, YamlMap):
        return ""
    needed = {
        key: field
        for key, field in fields_of(model).items()
        if field.is_required() and key != "id" and get_origin(field.annotation) is not Literal
    }
    texts = (key for key, field in needed.items() if field.annotation is Text)
    return said(value.get(next(texts, next(iter(needed), ""))), *languages)


def said(value: Value, *languages: str) -> str:
    """A text of a file in the first of these languages that it has, else in any; "" for none yet."""
    texts = (value.get(code) for code in (*languages, *value)) if isinstance(value, YamlMap) else [value]
    found = (text.strip() for text in texts if isinstance(text, str) and not is_blank(text))
    return next(filter(None, found), "")
