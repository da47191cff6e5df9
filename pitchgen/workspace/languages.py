"""The languages that a workspace's documents can be in, and what is wrong with its folders for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial

from babel import Locale
from pydantic import ValidationError

from pitchgen import shipped
from pitchgen.language import scaffolds
from pitchgen.language.facts import Facts, Language, locale_of
from pitchgen.language.folders import FACTS, LANGUAGES, Folders
from pitchgen.language.phrases import LISTS, Lists
from pitchgen.language.words import read_formulas, read_words
from pitchgen.load.document import Sequence, Value
from pitchgen.load.files import COMPANY, Source
from pitchgen.model.text import LANGUAGE_CODE
from pitchgen.model.typed import LANGUAGE
from pitchgen.overlay import FOLDER, Overlay
from pitchgen.problems import InvalidInput, Problem, Severity, suggestion
from pitchgen.workspace.columns import HEADINGS
from pitchgen.workspace.validate import explain

PITCH, PLAYBOOK = "pitch.md", "playbook.md"

# Of a language that falls back to another only what is its own.
_NOT_PASSED_ON = frozenset({"fallback", "locale"})
# Where the files of a language stood when all languages stood in one folder.
_FORMER = re.compile(rf"(pitch|playbook|words|metrics)\.({LANGUAGE})\.(md|yaml)")


class Languages:
    """The languages that documents of a workspace can be in, each read when it is first asked for."""

    def __init__(self, overlay: Overlay) -> None:
        self.folders = Folders(overlay)
        self._read: dict[str, Language] = {}

    def get(self, code: str) -> Language:
        """A language. Raises `InvalidInput` with all that is wrong with what is told of it."""
        if code not in self._read:
            self._read[code] = _read_language(self.folders, code)
        return self._read[code]

    @cached_property
    def lists(self) -> Lists:
        """The words that rules look for in texts."""
        return Lists(self.folders)


def language_problems(folders: Folders, declared: Iterable[str], read: Iterable[str]) -> Iterator[Problem]:
    """What the workspace's folders of languages lack, and what is wrong with them.

    `declared` are the company's languages, which must have a folder, here or among those shipped, and `read`
    those that somebody reads. What a document cannot do without is an error. Without the rest, something is
    in English or not looked for: a warning, as is a folder that is missing for a language nobody reads.
    """
    yield from _misnamed(folders)
    codes = [name for name in folders.own if LANGUAGE_CODE.fullmatch(name)]
    former = _former(folders.overlay)
    read = frozenset(read)
    for code in dict.fromkeys((*declared, *codes, *former)):
        # What is shipped lacks nothing.
        if code in former or not set(folders.chain(code)) <= set(shipped.languages()) - set(codes):
            yield from dict.fromkeys(_problems_of(folders, code, is_read=code in read))


def _problems_of(folders: Folders, code: str, *, is_read: bool) -> Iterator[Problem]:
    yield from _wrong_facts(folders, code)
    if not _has_folder(folders, code):
        missing = _no_folder(code)
        yield missing if is_read else replace(missing, severity=Severity.WARNING)
        return
    for read in (read_words, read_formulas):
        yield from _said_by(partial(read, folders, code))
    for name in (PITCH, PLAYBOOK):
        if not folders.overlay.find(folders.file(code, name)):
            yield _not_there(code, name)
    for name in (LISTS, HEADINGS):
        yield from _incomplete(folders, code, name)
    for name in scaffolds.names():
        if not folders.overlay.find(folders.file(code, name)):
            yield replace(_not_there(code, name), severity=Severity.WARNING)
        yield from _said_by(partial(scaffolds.read_scaffold, folders, name, code))


def _said_by(read: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        read()
    except InvalidInput as error:
        return error.problems
    return ()


def _read_language(folders: Folders, code: str) -> Language:
    wrong = [*_wrong_facts(folders, code)]
    if not _has_folder(folders, code):
        wrong.append(_no_folder(code))
    if wrong:
        raise InvalidInput(dict.fromkeys(wrong))
    return Language(code, Facts.model_validate(_told(folders, code)), _locale(folders, code), folders)


def _has_folder(folders: Folders, code: str) -> bool:
    return any(each in folders.codes for each in folders.chain(code))


def _no_folder(code: str) -> Problem:
    hint = f"write its files there, or take '{code}' out of `languages` in {COMPANY}"
    message = f"there is no folder for the language '{code}', so no document can be in it"
    return Problem("language", message, f"{FOLDER}/{LANGUAGES}/{code}", hint=hint)


def _wrong_facts(folders: Folders, code: str) -> Iterator[Problem]:
    """What is wrong with what is told of a language, and of those that it falls back to."""
    former = _former(folders.overlay)
    for each in folders.chain(code):
        yield from former.get(each, ())
        yield from _wrong_in(folders, each)


def _wrong_in(folders: Folders, code: str) -> Iterator[Problem]:
    own = folders.read_own(code, FACTS)
    if isinstance(own, list):
        yield from own
    elif own is None:
        if code in folders.own and code not in shipped.languages() and not folders.fallback(code):
            yield _not_there(code, FACTS)
    else:
        yield from _misfits(folders, code, own)
        yield from _no_fallback(folders, code, own)


def _misfits(folders: Folders, code: str, own: Source) -> Iterator[Problem]:
    try:
        Facts.model_validate(_told(folders, code))
    except ValidationError as error:
        yield from explain(own, error, Facts)


def _no_fallback(folders: Folders, code: str, own: Source) -> Iterator[Problem]:
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


def _misnamed(folders: Folders) -> Iterator[Problem]:
    """Folders that no language has such a name for, so that nobody looks into them."""
    for name in folders.own:
        if not LANGUAGE_CODE.fullmatch(name):
            meant = _code_meant(name)
            hint = f"rename it to {meant}" if meant else "a language's folder is named like fi, nb or en-GB"
            yield Problem(
                "language",
                f"'{name}' is not the code of a language",
                f"{FOLDER}/{LANGUAGES}/{name}",
                hint=hint,
            )


def _code_meant(name: str) -> str:
    language, _, country = name.replace("_", "-").partition("-")
    meant = f"{language.lower()}-{country.upper()}" if country else language.lower()
    return meant if LANGUAGE_CODE.fullmatch(meant) else ""


def _former(overlay: Overlay) -> dict[str, list[Problem]]:
    """The files that stand where those of a language formerly stood, by language; they are not read."""
    found: dict[str, list[Problem]] = {}
    for path in overlay.own_entries():
        if match := _FORMER.fullmatch(path.name):
            stem, code, _, suffix = match.groups()
            now = f"{FOLDER}/{LANGUAGES}/{code}/{stem}.{suffix}"
            problem = Problem(
                "moved", "is not read here any more", f"{FOLDER}/{path.name}", hint=f"move it to {now}"
            )
            found.setdefault(code, []).append(problem)
    return found


def _incomplete(folders: Folders, code: str, name: str) -> Iterator[Problem]:
    """What is wrong with lists of words, and which keys are missing."""
    wanted = shipped.language_data(shipped.REFERENCE, name)
    own = folders.read_own(code, name)
    if isinstance(own, list):
        yield from own
    elif own is not None:
        yield from _wrong_lists(own, wanted)
    found = folders.data(code, name)
    if not found and own is None:
        yield replace(_not_there(code, name), severity=Severity.WARNING)
    elif missing := [key for key in wanted if key not in found]:
        message = f"lacks a list for: {', '.join(missing)}"
        hint = "write `[]` behind the key of a list that shall be empty"
        path = f"{FOLDER}/{LANGUAGES}/{code}/{name}"
        yield Problem("language", message, path, hint=hint, severity=Severity.WARNING)


def _wrong_lists(own: Source, wanted: Iterable[str]) -> Iterator[Problem]:
    for key, value in own.data.items():
        if key not in wanted:
            hint = suggestion(key, wanted) or f"the keys here are: {', '.join(wanted)}"
            yield own.problem(
                "unknown-key", f"'{key}' is not a key that belongs here", (key,), hint, at_key=True
            )
        elif not isinstance(value, Sequence) or not all(isinstance(each, str) for each in value):
            hint = "write each item on a line of its own, beginning with `- `"
            yield own.problem("wrong-type", "must be a list of words", (key,), hint)


def _not_there(code: str, name: str) -> Problem:
    english = f"{LANGUAGES}/{shipped.REFERENCE}/{name}"
    hint = f"begin with a copy of the English one: pitchgen templates copy {english}"
    return Problem("language", "does not exist", f"{FOLDER}/{LANGUAGES}/{code}/{name}", hint=hint)
