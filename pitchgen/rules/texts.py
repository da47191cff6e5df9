"""Every text of a workspace with its place, and the lists of words that rules look for in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pitchgen.model.amount import When
from pitchgen.model.base import Model
from pitchgen.model.text import Text
from pitchgen.place import Place
from pitchgen.validate import Item

_CLAUSE_END = re.compile(r"[.,;:!?–—\n]")
_LISTS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language, and its place; a plain text is in the company's language."""

    at: Place
    language: str
    words: str


def texts(value: object, at: Place) -> Iterator[tuple[Place, Text]]:
    """Every text in a model, a list of them, or a single field, with its place; `at` is the value's own."""
    if isinstance(value, Text):
        yield at, value
    elif isinstance(value, When):
        yield from texts(value.rhythm, at)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from texts(item, at / n)
    elif isinstance(value, Model):
        for name, key in _keys(type(value)):
            yield from texts(getattr(value, name), at / key)


def texts_of(item: Item[Model]) -> Iterator[tuple[Place, Text]]:
    """Every text of a file, with its place."""
    return texts(item.model, item.at)


def wordings(found: Iterable[tuple[Place, Text]], language: str) -> Iterator[Wording]:
    """What the texts say in each of their languages; `language` is that of a plain text."""
    for at, text in found:
        if text.plain is not None:
            yield Wording(at, language, text.plain)
        for code, words in text.languages.items():
            yield Wording(at / code, code, words)


@cache
def _keys(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model, each with the key it has in files."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


@cache
def word_list(code: str, language: str) -> re.Pattern[str] | None:
    """What finds the words that the rule `code` has for a language; None when it has none."""
    path = _LISTS / f"{language}.yaml"
    if not path.is_file():
        return None
    lists = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return pattern(lists.get(code, ()))


def outright(code: str, wording: Wording) -> str:
    """The first words in a text that the rule `code` has in its list, unless their clause refuses them.

    "Offer no compromises" has a word like that, and does not say it outright.
    """
    listed, refusals = word_list(code, wording.language), word_list("refusals", wording.language)
    for hit in listed.finditer(wording.words) if listed else ():
        before = _CLAUSE_END.split(wording.words[: hit.start()])[-1]
        after = _CLAUSE_END.split(wording.words[hit.end() :], maxsplit=1)[0]
        if not (refusals and refusals.search(f"{before} {after}")):
            return hit[0]
    return ""


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these words; a * at a word's end stands for every ending. None without words."""
    any_of = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE) if any_of else None
