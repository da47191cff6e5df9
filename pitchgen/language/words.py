"""The fixed words of documents in a language, and how metrics are explained in it.

A workspace's own file holds the keys that it says otherwise; the others stay as shipped, so that a word
added to pitchgen later does not break it. A language that is not shipped, and falls back to none, needs all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from pitchgen import shipped
from pitchgen.language import FACTS, FORMULAS, WORDS
from pitchgen.language.folders import LANGUAGES, Folders
from pitchgen.language.terms import known_terms, unknown_forms
from pitchgen.load.files import YamlFile
from pitchgen.overlay import FOLDER
from pitchgen.problems import InvalidInput, Problem, quoting, suggestion

T = TypeVar("T")
Read = Callable[[object], T | None]
# What a key ends in whose words address the reader formally, and stand beside those of the key without it.
_FORMAL = "_formal"


def read_words(folders: Folders, language: str, *, formal: bool = False) -> Mapping[str, str]:
    """The fixed words of documents in a language. Raises `InvalidInput` for those that are not right."""
    return _read(folders, language, WORDS, _text, "a text", formal=formal)


def read_formulas(folders: Folders, language: str) -> Mapping[str, Mapping[str, str]]:
    """For each kind of metric its `formula` and `caveat`. Raises `InvalidInput`."""
    return _read(folders, language, FORMULAS, _formula, "a `formula` and a `caveat`")


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _formula(value: object) -> Mapping[str, str] | None:
    parts = ("formula", "caveat")
    if not isinstance(value, dict) or set(value) != set(parts):
        return None
    texts = {part: text for part in parts if (text := _text(value[part]))}
    return MappingProxyType(texts) if len(texts) == len(parts) else None


def _read(
    folders: Folders, language: str, name: str, read: Read[T], must_be: str, *, formal: bool = False
) -> Mapping[str, T]:
    wanted = shipped.language_data(shipped.REFERENCE, name)
    problems: list[Problem] = []
    found: dict[str, T] = {}
    for code in reversed(folders.chain(language)):
        found |= _right(_said(shipped.language_data(code, name), formal=formal), read)
        own = folders.read_own(code, name)
        if isinstance(own, YamlFile):
            problems += _misfits(own, wanted, read, must_be)
            problems += _misplaced(own, known_terms(folders, language))
            found |= _right(_said(own.data, formal=formal), read)
        else:
            problems += own or []
    if problems:
        raise InvalidInput(problems)
    if missing := [key for key in wanted if key not in found]:
        there = folders.overlay.find(folders.file(language, name))
        message = f"lacks the words for: {', '.join(missing)}" if there else "does not exist"
        raise InvalidInput([_lacking(f"{FOLDER}/{LANGUAGES}/{language}/{name}", name, message)])
    return MappingProxyType(found)


def _said(typed: Mapping[str, object], *, formal: bool) -> dict[str, object]:
    """What one file says in this tone, by the keys that templates know."""
    plain = {key: value for key, value in typed.items() if not key.endswith(_FORMAL)}
    return plain | {
        key.removesuffix(_FORMAL): value for key, value in typed.items() if formal and key not in plain
    }


def _right(typed: Mapping[str, object], read: Read[T]) -> dict[str, T]:
    return {key: value for key in typed if (value := read(typed[key])) is not None}


def _misfits(own: YamlFile, wanted: Mapping[str, object], read: Read[T], must_be: str) -> Iterator[Problem]:
    for key, typed in own.data.items():
        if key.removesuffix(_FORMAL) not in wanted:
            message = f"'{key}' is no word of any document"
            yield own.problem("words", message, (key,), suggestion(key, wanted), at_key=True)
        elif read(typed) is None:
            yield own.problem("words", f"must be {must_be}", (key,))


def _misplaced(own: YamlFile, terms: Mapping[str, str]) -> Iterator[Problem]:
    """Places for forms of words that there are not."""
    for key, typed in own.data.items():
        for text in typed.values() if isinstance(typed, dict) else [typed]:
            for form in unknown_forms(text, terms) if isinstance(text, str) else ():
                hint = suggestion(form, terms) or f"the forms are in {FACTS}, under terms"
                yield own.problem("words", quoting("'{}' is no form of a word", f"{{{form}}}"), (key,), hint)


def _lacking(path: str, name: str, message: str) -> Problem:
    english = f"{LANGUAGES}/{shipped.REFERENCE}/{name}"
    hint = f"begin with a copy of the English ones: pitchgen templates copy {english}"
    return Problem("words", message, path, hint=hint)
