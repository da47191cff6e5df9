"""What is said more than once in a workspace, in the same or nearly the same words, in any language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pitchgen.language.blanks import blank_in
from pitchgen.rules.texts import Wording, wordings
from pitchgen.similarity import Words, echoes, likeness, words_of
from pitchgen.workspace.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What an item says, and who is its owner: by language, where and in which words."""

    item: T
    owner: object
    words: Mapping[str, tuple[Place, Words]]


@dataclass(frozen=True, slots=True)
class Repeat(Generic[T]):
    """Something said again: by which item, after which, and where; `share` of the words are common."""

    item: T
    at: Place
    first: T
    first_at: Place
    share: float

    @property
    def as_(self) -> str:
        """How it is said, ready to be followed by what it repeats: "the same words as"."""
        return "the same words as" if self.share == 1 else "nearly the same words as"

    @property
    def where(self) -> str:
        """Where it was said before and, unless all is the same, how much is: "(roles/a.yaml:7; …)"."""
        where = f"{self.first_at.path}:{self.first_at.line}"
        return f"({where})" if self.share == 1 else f"({where}; {int(self.share * 100)} % in common)"


def sentence(item: T, owner: object, text: Text | None, at: Place, workspace: Workspace) -> Said[T]:
    """What one text says, nothing if it is not there."""
    found = _filled_in(texts(text, at), workspace)
    return Said(item, owner, {w.language: (w.at, words_of(w.words)) for w in found})


def lines(item: T, owner: object, value: object, at: Place, workspace: Workspace) -> Said[T]:
    """What all texts of a value say together: each line as a whole is equal to another, or is not."""
    said: dict[str, set[str]] = defaultdict(set)
    for wording in _filled_in(texts(value, at), workspace):
        said[wording.language].add(" ".join(wording.words.casefold().split()))
    return Said(item, owner, {code: (at, frozenset(found)) for code, found in said.items()})


def _filled_in(found: Iterable[tuple[Place, Text]], workspace: Workspace) -> Iterator[Wording]:
    """What the texts say in each language, but for what is still to be written."""
    said, lists = wordings(found, workspace.company.language), workspace.languages.lists
    return (wording for wording in said if not blank_in(wording.words, lists))


def repeats(said: Sequence[Said[T]], least: float) -> Iterator[Repeat[T]]:
    """Each that repeats an earlier one of another owner, in the language in which it does so most.

    `least` is the share of common words from which on it does.
    """
    found: dict[int, Repeat[T]] = {}
    for language in dict.fromkeys(code for one in said for code in one.words):
        speaking = [(n, one, *one.words[language]) for n, one in enumerate(said) if language in one.words]
        spoken = [words for _, _, _, words in speaking]
        for echo in echoes(spoken, [one.owner for _, one, _, _ in speaking], least):
            n, one, at, _ = speaking[echo.n]
            _, first, first_at, _ = speaking[echo.of]
            if n not in found or echo.share > found[n].share:
                found[n] = Repeat(one.item, at, first.item, first_at, echo.share)
    yield from (found[n] for n in sorted(found))


def repeat(said: Said[T], first: Said[T], least: float) -> Repeat[T] | None:
    """How the one repeats the other, if it does, in the language in which it does so most."""
    found = None
    for language, (at, words) in said.words.items():
        if language in first.words:
            first_at, first_words = first.words[language]
            share = likeness(words, first_words)
            if share >= least and (found is None or share > found.share):
                found = Repeat(said.item, at, first.item, first_at, share)
    return found
