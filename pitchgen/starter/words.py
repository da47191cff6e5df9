"""What the starter and a bare workspace say, to tell it from what a company says of itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pitchgen import shipped
from pitchgen.language.phrases import Phrases
from pitchgen.model.file_kind import COMPANY
from pitchgen.plain import one_line
from pitchgen.starter.files import starter_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMES = Path(__file__).with_name("names.yaml")
_COMPANY = re.compile(r"^name: (.+)$", re.MULTILINE)
_SENTENCE_ENDS = '.?!…”’"'
# So many words are hardly the same by chance; fewer are when they are a sentence.
_MANY_WORDS = 8
_WORDS_OF_SENTENCE = 4


@cache
def company_name(language: str = "") -> str:
    """What the starter's company is called, or that of the bare workspace in a language."""
    path = shipped.language_file(language, "bare") / COMPANY.path if language else _starters_company()
    named = _COMPANY.search(path.read_text(encoding="utf-8"))
    assert named
    return named[1]


def _starters_company() -> Path:
    return dict(starter_files())[COMPANY.path]


def is_example(company: str) -> bool:
    """Whether a company is still called what `init` called it."""
    return spoken(company) in _examples()


@cache
def _examples() -> frozenset[str]:
    return frozenset(spoken(company_name(code)) for code in ("", *shipped.languages()))


def spoken(company: str) -> str:
    """A company's name as people say it, without Oy or Ltd."""
    name, space, form = one_line(company).rpartition(" ")
    return name.rstrip(",") if space and form in _names("legal_forms") else one_line(company)


def called(company: str, text: str) -> str:
    """A text of the starter with the name of the `company` in place of that of its own."""
    own = company_name()
    return text.replace(own, one_line(company)).replace(spoken(own), spoken(company))


def names_of_company() -> Phrases:
    """What the starter's company is called."""
    return Phrases(_names("company"))


def names_of_people() -> Phrases:
    """What the people of the starter are called."""
    return Phrases(_names("people"))


def names_of_personas(labels: Iterable[str]) -> Phrases:
    """What the personas of the starter are called, but for those of whom a company has one of that label."""
    own = [label.casefold() for label in labels]
    return Phrases(name for name in _names("personas") if not _is_any(name.casefold().rstrip("*"), own))


def _is_any(stem: str, labels: Iterable[str]) -> bool:
    return any(label.startswith(stem) for label in labels)


@cache
def _names(of: str) -> tuple[str, ...]:
    return tuple(yaml.load(_NAMES.read_bytes(), Loader=yaml.CBaseLoader)[of])  # noqa: S506


def sentences(company: str) -> frozenset[str]:
    """All that is said in them at length, in every language; also where the `company` is named instead."""
    said = {text for text in map(one_line, _texts()) if _is_sentence(text)}
    return frozenset(said | {called(company, text) for text in said})


def _is_sentence(text: str) -> bool:
    words = text.count(" ") + 1
    return words >= _MANY_WORDS or (words >= _WORDS_OF_SENTENCE and text[-1] in _SENTENCE_ENDS)


def _texts() -> Iterator[str]:
    """Everything that is written in their files; tokens are all that is needed, and half the work."""
    bare = [
        path for code in shipped.languages() for path in shipped.language_file(code, "bare").rglob("*.yaml")
    ]
    for path in [*(path for _, path in starter_files()), *bare]:
        for token in yaml.scan(path.read_bytes(), Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken):
                yield token.value
