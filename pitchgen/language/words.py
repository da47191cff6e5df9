"""The data files among the templates: the fixed words of documents, and how metrics are explained.

A workspace's own file holds the keys that it says otherwise; the others stay as shipped, so that a word
added to pitchgen later does not break it. A language that is not shipped needs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from pitchgen import shipped
from pitchgen.load.document import parse
from pitchgen.load.files import YamlFile, load_yaml
from pitchgen.problems import InvalidInput, Problem
from pitchgen.render.templates import FOLDER, Templates
from pitchgen.workspace.validate import suggestion

if TYPE_CHECKING:
    from pitchgen.compose.overview import MendWords

T = TypeVar("T")
Read = Callable[[object], T | None]

_REFERENCE = "en"


def read_words(templates: Templates, language: str) -> Mapping[str, str]:
    """The fixed words of documents in a language. Raises `InvalidInput` for those that are not right."""
    return _read(templates, "words", language, _text, "a text")


def read_formulas(templates: Templates, language: str) -> Mapping[str, Mapping[str, str]]:
    """For each kind of metric its `formula` and `caveat`. Raises `InvalidInput`."""
    return _read(templates, "metrics", language, _formula, "a `formula` and a `caveat`")


def mend_text(mend: MendWords, words: Mapping[str, str], beside: MendWords | None = None) -> str:
    """What to mend, in words: "Double-Checker: One name to call: write what to say".

    Whose it is needs no saying twice `beside` another mend.
    """
    said = beside is not None and mend.about[0] == beside.about[0]
    return ": ".join((*mend.about[said:], words[f"mend_{mend.what}"]))


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _formula(value: object) -> Mapping[str, str] | None:
    parts = ("formula", "caveat")
    if not isinstance(value, dict) or set(value) != set(parts):
        return None
    texts = {part: text for part in parts if (text := _text(value[part]))}
    return MappingProxyType(texts) if len(texts) == len(parts) else None


def _read(templates: Templates, stem: str, language: str, read: Read[T], must_be: str) -> Mapping[str, T]:
    name = f"{stem}.{language}.yaml"
    wanted = _shipped(f"{stem}.{_REFERENCE}.yaml")
    found = {key: value for key, typed in _shipped(name).items() if (value := read(typed)) is not None}
    if not templates.is_shipped(name):
        found |= _own(templates, name, wanted, read, must_be)
    if missing := [key for key in wanted if key not in found]:
        message = f"lacks the words for: {', '.join(missing)}"
        hint = f"begin with a copy of the English ones: pitchgen templates copy {stem}.{_REFERENCE}.yaml"
        raise InvalidInput([Problem("words", message, f"{FOLDER}/{name}", hint=hint)])
    return MappingProxyType(found)


def _own(
    templates: Templates, name: str, wanted: Mapping[str, object], read: Read[T], must_be: str
) -> dict[str, T]:
    path = templates.overlay.find(name)
    if path is None:
        return {}
    loaded = load_yaml(path, f"{FOLDER}/{name}")
    if not isinstance(loaded, YamlFile):
        raise InvalidInput(loaded)
    found: dict[str, T] = {}
    problems: list[Problem] = []
    for key, typed in loaded.data.items():
        value = read(typed)
        if key not in wanted:
            message = f"'{key}' is no word of any document"
            problems.append(loaded.problem("words", message, (key,), suggestion(key, wanted), at_key=True))
        elif value is None:
            problems.append(loaded.problem("words", f"must be {must_be}", (key,)))
        else:
            found[key] = value
    if problems:
        raise InvalidInput(problems)
    return found


@cache
def _shipped(name: str) -> Mapping[str, object]:
    """A shipped data file; empty for a language that is not shipped."""
    path = shipped.TEMPLATES / name
    data: object = parse(path.read_bytes()) if path.is_file() else {}
    assert isinstance(data, dict)
    return data
