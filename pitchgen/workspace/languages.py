"""The languages that a workspace's documents can be in, each read from its folder when it is asked for."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pitchgen import shipped
from pitchgen.language import FACTS
from pitchgen.language.facts import Facts, Language, locale_of
from pitchgen.language.folders import LANGUAGES, Folders
from pitchgen.language.names import NameReader
from pitchgen.language.phrases import Lists
from pitchgen.language.terms import said_as, usual_terms
from pitchgen.model.file_kind import COMPANY
from pitchgen.model.text import LANGUAGE_CODE
from pitchgen.model.typed import LANGUAGE
from pitchgen.overlay import FOLDER, Overlay
from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.workspace.validate import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from babel import Locale

    from pitchgen.load.document import Value
    from pitchgen.load.files import YamlFile

PITCH, MESSAGE, PLAYBOOK = "pitch.md", "message.md", "playbook.md"
# What language.yaml tells of names of people.
NAMES = ("titles", "particles", "first_names", "surnames")

# Of a language that falls back to another only what is its own.
_NOT_PASSED_ON = frozenset({"fallback", "locale"})
# Where the files of a language stood when all languages stood in one folder.
_FORMER = re.compile(rf"(pitch|playbook|words|metrics)\.({LANGUAGE})\.(md|yaml)")


class Languages:
    """The languages that documents of a workspace can be in, each read when it is first asked for.

    `own_terms` are the company's words, by language and by the usual one in each form.
    """

    def __init__(self, overlay: Overlay, own_terms: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.folders = Folders(overlay)
        self._own_terms = own_terms or {}
        self._read: dict[str, Language] = {}

    def get(self, code: str) -> Language:
        """A language. Raises `InvalidInput` with all that is wrong with what is told of it."""
        if code not in self._read:
            self._read[code] = _read_language(self.folders, code, self.terms(code))
        return self._read[code]

    def terms(self, code: str) -> Mapping[str, str]:
        """What each form of a word is said as in a language, by the usual one; those of English beside them.

        What nobody has translated yet is in English.
        """
        return {**self._terms_of(shipped.REFERENCE), **self._terms_of(code)}

    def _terms_of(self, code: str) -> Mapping[str, str]:
        own = next(
            (self._own_terms[each] for each in self.folders.chain(code) if each in self._own_terms), {}
        )
        return {form: said_as(form, own) for form in usual_terms(self.folders, code)}

    @cached_property
    def names(self) -> NameReader:
        """The reader of names of people."""
        return NameReader(**{key: self.folders.in_any(key) for key in NAMES})

    @cached_property
    def lists(self) -> Lists:
        """The words that rules look for in texts."""
        return Lists(self.folders, self.terms)


def _read_language(folders: Folders, code: str, terms: Mapping[str, str]) -> Language:
    wrong = [*wrong_facts(folders, code)]
    if not has_folder(folders, code):
        wrong.append(no_folder(code))
    if wrong:
        raise InvalidInput(dict.fromkeys(wrong))
    return Language(code, Facts.model_validate(_told(folders, code)), _locale(folders, code), folders, terms)


def has_folder(folders: Folders, code: str) -> bool:
    """Whether there is a folder for a language, or for one that it falls back to."""
    return any(each in folders.codes for each in folders.chain(code))


def no_folder(code: str) -> Problem:
    """That a language has no folder."""
    hint = f"write its files there, or take '{code}' out of `languages` in {COMPANY.path}"
    message = f"there is no folder for the language '{code}', so no document can be in it"
    return Problem("language", message, f"{FOLDER}/{LANGUAGES}/{code}", hint=hint)


def wrong_facts(folders: Folders, code: str) -> Iterator[Problem]:
    """What is wrong with what is told of a language, and of those that it falls back to."""
    former = former_files(folders.overlay)
    for each in folders.chain(code):
        yield from former.get(each, ())
        yield from _wrong_in(folders, each)


def _wrong_in(folders: Folders, code: str) -> Iterator[Problem]:
    own = folders.read_own(code, FACTS)
    if isinstance(own, list):
        yield from own
    elif own is None:
        tells_itself = folders.fallback(code) not in folders.codes
        if code in folders.own and code not in shipped.languages() and tells_itself:
            yield not_there(code, FACTS)
    else:
        yield from _misfits(folders, code, own)
        yield from _no_fallback(folders, code, own)


def _misfits(folders: Folders, code: str, own: YamlFile) -> Iterator[Problem]:
    try:
        Facts.model_validate(_told(folders, code))
    except ValidationError as error:
        yield from explain(own, error, Facts)


def _no_fallback(folders: Folders, code: str, own: YamlFile) -> Iterator[Problem]:
    """A fallback that is no language here, or leads back to where it began."""
    told = own.data.get("fallback")
    if not isinstance(told, str) or not LANGUAGE_CODE.fullmatch(told):
        return
    chain = folders.chain(code)
    if told not in folders.codes:
        known = [each for each in folders.codes if each != code]
        hint = suggestion(told, known) or f"it can be: {', '.join(known)}"
        yield own.problem("language", f"there is no folder for the language '{told}'", ("fallback",), hint)
    elif folders.fallback(chain[-1]):
        way = " -> ".join((*chain, folders.fallback(chain[-1]) or ""))
        hint = "delete one of these lines `fallback:`"
        yield own.problem("language", f"falls back in a circle: {way}", ("fallback",), hint)


def _told(folders: Folders, code: str) -> dict[str, Value]:
    """What is told of a language, and of the one that it falls back to where it tells nothing."""
    _, *others = folders.chain(code)
    inherited = folders.data(others[0], FACTS) if others else {}
    passed_on = {key: value for key, value in inherited.items() if key not in _NOT_PASSED_ON}
    return passed_on | folders.told(code)


def _locale(folders: Folders, code: str) -> Locale:
    """The locale that a language names, or its own, or that of the next one it falls back to."""
    for each in (*folders.chain(code), shipped.REFERENCE):
        if found := locale_of(str(folders.told(each).get("locale") or each)):
            return found
    raise AssertionError("Babel knows English")


def former_files(overlay: Overlay) -> dict[str, list[Problem]]:
    """The files that stand where those of a language formerly stood, by language; they are not read."""
    found: dict[str, list[Problem]] = {}
    for path in overlay.own_entries():
        if match := _FORMER.fullmatch(path.name):
            stem, code, _, suffix = match.groups()
            now = f"{FOLDER}/{LANGUAGES}/{code}/{stem}.{suffix}"
            shown, hint = f"{FOLDER}/{path.name}", f"move it to {now}"
            problem = Problem("moved", "is not read here any more", shown, hint=hint)
            found.setdefault(code, []).append(problem)
    return found


def not_there(code: str, name: str) -> Problem:
    """That a language's folder lacks a file."""
    english = f"{LANGUAGES}/{shipped.REFERENCE}/{name}"
    hint = f"begin with a copy of the English one: pitchgen templates copy {english}"
    return Problem("language", "does not exist", f"{FOLDER}/{LANGUAGES}/{code}/{name}", hint=hint)
