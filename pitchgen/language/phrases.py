"""Words and phrases that rules look for in texts, and the lists of them for each language."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.language.folders import Folders, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LISTS = "lists.yaml"


class Phrases:
    """Some words and phrases.

    A * at a word's end stands for every ending, one at its beginning for every beginning, and one alone for
    any word; a full stop at the end for that of a sentence, written or not.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # The longer first, so that of two that begin alike all is found that was written.
        self._phrases = sorted(phrases, key=len, reverse=True)
        self._signs = [max((word.strip("*.") for word in p.lower().split()), key=len) for p in self._phrases]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Where any of them stand in a text."""
        lowered = text.lower()
        for sign in self._signs:
            # Looking for a word is many times quicker than the pattern, which knows where words end.
            if sign in lowered:
                return self._pattern.finditer(text)
        return iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """Where the first of them stands in a text."""
        return next(self.finditer(text), None)

    def in_(self, text: str) -> list[str]:
        """Those in a text, as they were written, each once."""
        return list(dict.fromkeys(" ".join(found[0].split()) for found in self.finditer(text)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        any_of = "|".join(r"\s+".join(map(_expression, phrase.split())) for phrase in self._phrases)
        return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


NONE = Phrases(())


def _expression(word: str) -> str:
    # A * anywhere else is a sign like others: two in one word could make a search endless.
    if word == "*":
        return r"\w+"
    if len(word) > 1 and word.endswith("."):
        return re.escape(word[:-1]) + r"(?=\s*(?:[.!?]|$))"
    if word.endswith("*"):
        return re.escape(word[:-1]) + r"\w*"
    return (r"\w*" if word.startswith("*") else "") + re.escape(word.removeprefix("*"))


class Lists:
    """The words that rules look for in texts of each language, by the codes of the rules."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self._found: dict[tuple[str, str], Phrases] = {}

    def listed(self, code: str, language: str) -> Phrases:
        """What the rule `code` looks for in texts of a language; nothing in one that has no list for it."""
        if (code, language) not in self._found:
            self._found[code, language] = Phrases(texts(self.folders.data(language, LISTS).get(code)))
        return self._found[code, language]

    @cached_property
    def anywhere(self) -> Phrases:
        """The words of any language that show a blank wherever they stand."""
        return Phrases(self._of_all("placeholder"))

    @cached_property
    def alone(self) -> frozenset[str]:
        """The words of any language that show a blank when a value holds nothing else."""
        return frozenset(self._of_all("placeholder-alone"))

    def _of_all(self, code: str) -> Iterator[str]:
        for language in self.folders.codes:
            yield from texts(self.folders.data(language, LISTS).get(code))
