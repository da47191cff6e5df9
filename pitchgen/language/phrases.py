"""Words and phrases that rules look for in texts, and the lists of them for each language."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from pitchgen.language.folders import Folders, texts
from pitchgen.language.terms import filled, said_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LISTS = "lists.yaml"


# Signs that are typed in several ways, each as the plain one, and those that nobody sees as nothing.
_PLAIN = (
    dict.fromkeys("’‘ʼ′＇", "'")
    | dict.fromkeys("‐‑‒−﹣－", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", "")
)
_TO_BE_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")
# Begins with the dash, so that texts without one are passed over at once.
_DASH_IN_WORD = re.compile(r"–(?<=\w–)(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# After so many characters, one pattern of all signs has saved the time that it takes to be made.
_MUCH = 50_000
# So many words at most may stand for a "...".
_MOST_BETWEEN = 6


def in_plain_signs(text: str) -> str:
    """A text with plain apostrophes and hyphens, and without the signs for where a line may break."""
    if text.isascii():
        return text
    # Few of them stand in a text, and to look at each sign of it takes long.
    text = _TO_BE_PLAIN.sub(lambda sign: _PLAIN[sign[0]], normalize("NFC", text))
    return _DASH_IN_WORD.sub("-", text)


class Phrases:
    """Some words and phrases.

    A * at a word's end stands for every ending, one at its beginning for every beginning, and one alone
    for any word; ... for a few words; a full stop at the end for that of a sentence, written or not.
    Apostrophes and hyphens match however they are typed.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # The longer first, so that of two that begin alike all is found that was written.
        self._phrases = sorted(map(in_plain_signs, phrases), key=len, reverse=True)
        # The longest word of each phrase, and all of its words.
        words = [[word.strip("*.") for word in phrase.lower().split()] for phrase in self._phrases]
        self._signs = [(max(each, key=len), each) for each in words]
        self._asked = 0
        self._patterns: dict[tuple[int, ...], re.Pattern[str]] = {}

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Where any of them stand in a text; the `string` of each match is the text in plain signs."""
        text = in_plain_signs(text)
        lowered = text.lower()
        if self._has_none(lowered):
            return iter(())
        # Looking for words is many times quicker than a pattern, which knows where they end; and a pattern of
        # the few phrases whose words a text has is made many times quicker than one of all.
        near = [n for n, (sign, _) in enumerate(self._signs) if sign in lowered]
        near = [n for n in near if all(word in lowered for word in self._signs[n][1])]
        return self._pattern(tuple(near)).finditer(text) if near else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        """Where the first of them stands in a text."""
        return next(self.finditer(text), None)

    def in_(self, text: str) -> list[str]:
        """Those in a text, as they were written, each once."""
        return list(dict.fromkeys(" ".join(found[0].split()) for found in self.finditer(text)))

    def _has_none(self, lowered: str) -> bool:
        """Whether a text is known to hold none of them; it may still hold none where it is not."""
        if not self._phrases:
            return True
        self._asked += len(lowered)
        return self._asked > _MUCH and not self._signs_at_once.search(lowered)

    @cached_property
    def _signs_at_once(self) -> re.Pattern[str]:
        return re.compile(_any_of([sign for sign, _ in self._signs]))

    def _pattern(self, near: tuple[int, ...]) -> re.Pattern[str]:
        if near not in self._patterns:
            phrases = (self._phrases[n].split() for n in near)
            any_of = "|".join(r"\s+".join(map(_expression, words)) for words in phrases)
            self._patterns[near] = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
        return self._patterns[near]


def _any_of(words: Iterable[str]) -> str:
    """An expression for any of these words, in which those that begin alike share their beginning."""
    begun: dict[str, list[str]] = {}
    for word in words:
        if not word:
            return ""
        begun.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(first) + _any_of(rest) for first, rest in begun.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


NONE = Phrases(())


def _expression(word: str) -> str:
    # A * anywhere else is a sign like others: two in one word could make a search endless.
    if word == "*":
        return r"\w+"
    if word == "...":
        return rf"[^\s.,;:!?]+(?:\s+[^\s.,;:!?]+){{0,{_MOST_BETWEEN - 1}}}?"
    if len(word) > 1 and word.endswith("."):
        return re.escape(word[:-1]) + r"(?=\s*(?:[.!?]|$))"
    if word.endswith("*"):
        return re.escape(word[:-1]) + r"\w*"
    return (r"\w*" if word.startswith("*") else "") + re.escape(word.removeprefix("*"))


class Words:
    """Single words; a * at the end stands for every ending, one at the beginning for every beginning."""

    def __init__(self, words: Iterable[str]) -> None:
        known = list(words)
        self._whole = frozenset(known)
        self._begun = tuple(word[:-1] for word in known if word.endswith("*"))
        self._ended = tuple(word[1:] for word in known if word.startswith("*"))
        self._judged: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        # Every text has the same few hundred words, and comparing one with all beginnings takes its time.
        if word not in self._judged:
            begun, ended = word.startswith(self._begun), word.endswith(self._ended)
            self._judged[word] = word in self._whole or begun or ended
        return self._judged[word]

    def common(self, text: str) -> list[str]:
        """Those of the words of a text that are among these."""
        return [word for word in _words_of(text) if word in self]

    def hold_all_of(self, text: str) -> bool:
        """Whether a text has words, and all of them are among these."""
        return all(word in self for word in _words_of(text)) and _WORD.search(text) is not None


def _words_of(text: str) -> Iterator[str]:
    return (found[0] for found in _WORD.finditer(in_plain_signs(text).lower()))


class Lists:
    """The words that rules look for in texts of each language, by the codes of the rules.

    `terms` tells what forms of words are said as in a language. The usual ones are looked for as well.
    """

    def __init__(self, folders: Folders, terms: Callable[[str], Mapping[str, str]]) -> None:
        self.folders = folders
        self._terms = terms
        self._found: dict[tuple[str, str], Phrases] = {}
        self._words: dict[tuple[str, str], Words] = {}

    def listed(self, code: str, language: str) -> Phrases:
        """What the rule `code` looks for in texts of a language; nothing in one that has no list for it."""
        if (code, language) not in self._found:
            self._found[code, language] = Phrases(self._said(code, language))
        return self._found[code, language]

    def words(self, code: str, language: str) -> Words:
        """The single words of the list `code`, to be compared with those of a text."""
        if (code, language) not in self._words:
            self._words[code, language] = Words(self._said(code, language))
        return self._words[code, language]

    def _said(self, code: str, language: str) -> Iterable[str]:
        listed = texts(self.folders.data(language, LISTS).get(code))
        own = self._terms(language)
        usual = {form: said_as(form, {}) for form in own}
        return dict.fromkeys(filled(phrase, terms) for phrase in listed for terms in (own, usual))

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
