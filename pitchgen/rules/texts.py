"""What texts say in each language, for rules to look at."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from pitchgen.plain import shortened
from pitchgen.workspace.known import SHORT_LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pitchgen.language.phrases import Lists
    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.workspace.validate import Item

_CLAUSE_END = re.compile(r"[.,;:!?–—\n]")


class Wording(NamedTuple):
    """A text in one language, and its place; a plain text is in the company's language."""

    at: Place
    language: str
    words: str


def owner(item: Item[Any]) -> str:
    """Whose file it is, for a sentence: `role 'adviser'`, or the file's name; nobody's name."""
    source = item.source
    if source.is_nameless:
        return "this newcomer"
    return f"{source.kind.noun} '{item.model.id}'" if source.kind.is_folder else source.path


def wordings(found: Iterable[tuple[Place, Text]], language: str) -> Iterator[Wording]:
    """What the texts say in each of their languages; `language` is that of a plain text."""
    for at, text in found:
        if text.plain is not None:
            yield Wording(at, language, text.plain)
        for code, words in text.languages.items():
            yield Wording(at / code, code, words)


def outright(code: str, lists: Lists, wording: Wording) -> list[str]:
    """The words in a text that the rule `code` has in its list, but for those that their clause refuses.

    "Offer no compromises" has a word like that, and does not say it outright.
    """
    refusals, said = lists.listed("refusals", wording.language), []
    for hit in lists.listed(code, wording.language).finditer(wording.words):
        before = _CLAUSE_END.split(hit.string[: hit.start()])[-1]
        after = _CLAUSE_END.split(hit.string[hit.end() :], maxsplit=1)[0]
        if not refusals.search(f"{before} {after}"):
            said.append(hit[0])
    return said


def found_in(
    look: Callable[[Wording], list[str]], at: Place, text: Text, language: str
) -> Iterator[tuple[Place, list[str]]]:
    """What `look` finds in a text, in all its languages at once, and the place of the first; or nothing."""
    found = [(wording.at, words) for wording in wordings([(at, text)], language) if (words := look(wording))]
    if found:
        yield found[0][0], list(dict.fromkeys(chain.from_iterable(words for _, words in found)))


def short_list(ids: Iterable[str]) -> str:
    """Ids in a row, the first few of many: a, b and 3 more."""
    names = list(ids)
    more = len(names) - SHORT_LIST
    return ", ".join(names[:SHORT_LIST]) + (f" and {more} more" if more > 0 else "")


def quoted(words: Iterable[str]) -> str:
    """Words for a sentence: 'a', 'b' and 'c'."""
    *others, last = (f"'{shortened(word)}'" for word in words)
    return f"{', '.join(others)} and {last}" if others else last
