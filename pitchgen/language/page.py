"""The words of the page that `pitchgen serve` opens, in the languages that have them."""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import PAGE
from pitchgen.language.folders import LANGUAGES
from pitchgen.load.files import YamlFile
from pitchgen.overlay import FOLDER
from pitchgen.problems import Problem, Severity, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pitchgen.language.folders import Folders

# So many missing words are named.
_MOST_NAMED = 10
_NAME = "language_name"


def page_languages(folders: Folders) -> Mapping[str, str]:
    """The languages that have words of the page themselves, by their codes, as they call themselves."""
    spoken = [code for code in folders.codes if _has_page(folders, code)]
    return {code: str(folders.data(code, PAGE).get(_NAME, code)) for code in spoken}


def page_words(folders: Folders, code: str) -> Mapping[str, str]:
    """The words of the page in a language, and in the one there always is for those it lacks."""
    said = {**_reference()}
    for each in reversed(folders.chain(code)):
        said |= shipped.language_data(each, PAGE)
        own = folders.read_own(each, PAGE)
        if isinstance(own, YamlFile):
            said |= {key: text for key, typed in own.data.items() if (text := _fitting(key, typed))}
    return said


def page_problems(folders: Folders, code: str) -> Iterator[Problem]:
    """What is wrong with a workspace's own words of the page, and which are missing; nothing without any."""
    own = folders.read_own(code, PAGE)
    if not isinstance(own, YamlFile):
        yield from own or ()
        return
    said = _reference()
    for key, typed in own.data.items():
        if key not in said:
            message = f"'{key}' is no word of the page"
            yield own.problem("words", message, (key,), suggestion(key, said), at_key=True)
        elif not isinstance(typed, str) or not typed.strip():
            yield own.problem("words", "must be a text", (key,))
        elif not _fitting(key, typed):
            places = ", ".join(sorted(f"{{{each}}}" for each in _places(said[key]) or ()))
            hint = f"what may be filled in here: {places}" if places else "nothing is filled in here"
            yield own.problem("words", "has a place in braces that nothing fills in", (key,), hint)
    found = folders.data(code, PAGE)
    if missing := [key for key in said if key not in found]:
        more = len(missing) - _MOST_NAMED
        named = ", ".join(missing[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        path, hint = f"{FOLDER}/{LANGUAGES}/{code}/{PAGE}", "until then the page says them in English"
        message = f"lacks the words for: {named}"
        yield Problem("words", message, path, hint=hint, severity=Severity.WARNING)


def _reference() -> Mapping[str, str]:
    return shipped.language_data(shipped.REFERENCE, PAGE)


def _has_page(folders: Folders, code: str) -> bool:
    own = folders.read_own(code, PAGE)
    return isinstance(own, YamlFile) or bool(shipped.language_data(code, PAGE))


def _fitting(key: str, typed: object) -> str:
    """A text that can be filled in as that of this key is; "" for what cannot."""
    if not isinstance(typed, str) or not typed.strip() or key not in _reference():
        return ""
    places = _places(typed)
    return "" if places is None or not places <= (_places(_reference()[key]) or frozenset()) else typed


@lru_cache(maxsize=5000)
def _places(text: str) -> frozenset[str] | None:
    """The names of what is filled in; None for what is no such text."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None
