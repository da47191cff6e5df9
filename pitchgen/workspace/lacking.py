"""What a workspace's folders of languages lack and what is wrong with them, without making a document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import FIGURES, scaffolds
from pitchgen.language.folders import LANGUAGES, Folders
from pitchgen.language.page import page_problems
from pitchgen.language.phrases import LISTS
from pitchgen.language.words import read_formulas, read_words
from pitchgen.load.document import YamlList
from pitchgen.model.text import LANGUAGE_CODE
from pitchgen.overlay import FOLDER
from pitchgen.problems import InvalidInput, Problem, Severity, suggestion
from pitchgen.workspace.columns import HEADINGS
from pitchgen.workspace.languages import (
    MESSAGE,
    PITCH,
    PLAYBOOK,
    former_files,
    has_folder,
    no_folder,
    not_there,
    wrong_facts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pitchgen.load.files import YamlFile


def language_problems(folders: Folders, declared: Iterable[str], read: Iterable[str]) -> Iterator[Problem]:
    """What the workspace's folders of languages lack, and what is wrong with them.

    `declared` are the company's languages, which must have a folder, here or among those shipped, and `read`
    those that somebody reads. What a document cannot do without is an error. Without the rest, something is
    in English or not looked for: a warning, as is a folder that is missing for a language nobody reads.
    """
    yield from _misnamed(folders)
    codes = [name for name in folders.own if LANGUAGE_CODE.fullmatch(name)]
    former = former_files(folders.overlay)
    read = frozenset(read)
    for code in dict.fromkeys((*declared, *codes, *former)):
        # What is shipped lacks nothing.
        if code in former or not set(folders.chain(code)) <= set(shipped.languages()) - set(codes):
            yield from dict.fromkeys(_problems_of(folders, code, is_read=code in read))


def _problems_of(folders: Folders, code: str, *, is_read: bool) -> Iterator[Problem]:
    yield from wrong_facts(folders, code)
    if not has_folder(folders, code):
        missing = no_folder(code)
        yield missing if is_read else replace(missing, severity=Severity.WARNING)
        return
    for read in (read_words, read_formulas):
        yield from _said_by(partial(read, folders, code))
    for name in (PITCH, MESSAGE, PLAYBOOK):
        if not folders.overlay.find(folders.file(code, name)):
            yield not_there(code, name)
    yield from page_problems(folders, code)
    for name in (LISTS, HEADINGS, FIGURES):
        yield from _incomplete(folders, code, name)
    for name in scaffolds.names():
        if not folders.overlay.find(folders.file(code, name)):
            yield replace(not_there(code, name), severity=Severity.WARNING)
        yield from _said_by(partial(scaffolds.read_scaffold, folders, name, code))


def _said_by(read: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        read()
    except InvalidInput as error:
        return error.problems
    return ()


def _misnamed(folders: Folders) -> Iterator[Problem]:
    """Folders that no language has such a name for, so that nobody looks into them."""
    for name in folders.own:
        if not LANGUAGE_CODE.fullmatch(name):
            meant = _code_meant(name)
            hint = f"rename it to {meant}" if meant else "a language's folder is named like fi, nb or en-GB"
            message = f"'{name}' is not the code of a language"
            yield Problem("language", message, f"{FOLDER}/{LANGUAGES}/{name}", hint=hint)


def _code_meant(name: str) -> str:
    language, _, country = name.replace("_", "-").partition("-")
    meant = f"{language.lower()}-{country.upper()}" if country else language.lower()
    return meant if LANGUAGE_CODE.fullmatch(meant) else ""


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
        yield replace(not_there(code, name), severity=Severity.WARNING)
    elif missing := [key for key in wanted if key not in found]:
        message = f"lacks a list for: {', '.join(missing)}"
        hint = "write `[]` behind the key of a list that shall be empty"
        path = f"{FOLDER}/{LANGUAGES}/{code}/{name}"
        yield Problem("language", message, path, hint=hint, severity=Severity.WARNING)


def _wrong_lists(own: YamlFile, wanted: Iterable[str]) -> Iterator[Problem]:
    for key, value in own.data.items():
        if key not in wanted:
            message = f"'{key}' is not a key that belongs here"
            hint = suggestion(key, wanted) or f"the keys here are: {', '.join(wanted)}"
            yield own.problem("unknown-key", message, (key,), hint, at_key=True)
        elif not isinstance(value, YamlList) or not all(isinstance(each, str) for each in value):
            hint = "write each item on a line of its own, beginning with `- `"
            yield own.problem("wrong-type", "must be a list of words", (key,), hint)
