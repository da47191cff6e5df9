"""Search: what is known of whom at which touchpoint, by the words somebody types while a customer is waiting.

A word finds every word that holds it, whatever its ending, in compounds too: "laskutus" finds "laskussa" and
"ennakkolaskun". A word that is found nowhere is taken for a slip of one that is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from pitchgen.language.phrases import in_plain_signs
from pitchgen.similarity import STEM
from pitchgen.workspace.linked import without_examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pitchgen.model.text import Text
    from pitchgen.workspace import Moment, Persona, Workspace

_WORD = re.compile(r"[^\W_]+")
# The dots and accents of letters, taken apart from them.
_MARKS = re.compile("[\u0300-\u036f]")
_BETWEEN = "\n"
# Letters from which on a word may stand in the middle of another, or be a slip.
_TELLING = 4
# Who types more says nothing more by it.
_MOST_WORDS = 12
# So many letters of a slip are right.
_SURE = 2
# How much alike a slip is to what was meant (difflib): "ensimäinen", and "hinta" for "hinnan".
_ALIKE, _MOST_MEANT = 0.7, 4
# How much a word tells by where it stands: in a name, or in what is said there.
_NAME, _SAID = 4, 1
# How well a word is found: itself, its beginning, inside another, by its stem alone.
_WHOLE, _BEGUN, _INSIDE, _STEM = 4, 3, 2, 1


class Said(NamedTuple):
    """A text of a persona, and what it tells: the field it stands in, `need` and `response` for needs."""

    what: str
    text: Text


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What is found as one: a persona at a touchpoint, or, without a `moment`, who they are."""

    persona: Persona
    moment: Moment | None
    names: tuple[Text, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found in a language, and how well: the most first."""

    entry: Entry
    language: str
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """The best of what was found, how many more there are, and the `words` by which, folded."""

    hits: tuple[Hit, ...] = ()
    more: int = 0
    words: frozenset[str] = frozenset()

    def marked(self, text: str) -> Iterator[tuple[str, bool]]:
        """A text in parts, each with whether it is a word that was looked for."""
        text, end = in_plain_signs(text), 0
        for word in _WORD.finditer(text):
            if folded(word[0]) in self.words:
                if text[end : word.start()]:
                    yield text[end : word.start()], False
                yield word[0], True
                end = word.end()
        if text[end:]:
            yield text[end:], False

    def tells(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return any(is_found for _, is_found in self.marked(text))


NOTHING = Found()


class Index:
    """The personas and touchpoints of a workspace by their words, in every language of the company.

    `first` is what people call the first touchpoint at which a persona is met: "first contact".
    """

    def __init__(self, workspace: Workspace, first: Text | None = None) -> None:
        self._entries = tuple(_entries(workspace, first))
        self._languages = {
            code: _Words(self._entries, code, workspace.company.language)
            for code in workspace.company.languages
        }

    def find(self, said: str, language: str, most: int) -> Found:
        """What has most of the words that somebody `said`, at most so many.

        Each entry is found once: in this `language` where it can be, else in another of the company.
        """
        wanted = words_of(said)[:_MOST_WORDS]
        likes = {code: [words.like(word) for word in wanted] for code, words in self._languages.items()}
        # What is known in no language is taken for a slip.
        for n, word in enumerate(wanted):
            if not any(like[n] for like in likes.values()):
                for code, words in self._languages.items():
                    likes[code][n] = words.meant(word)
        best, found, matched = 1, dict[int, tuple[str, int]](), set[str]()
        for code in sorted(likes, key=lambda code: code != language):
            count, scores = self._languages[code].scores(likes[code])
            if count > best:
                best, found, matched = count, {}, set()
            if count == best:
                matched.update(*likes[code])
                for entry, score in scores.items():
                    found.setdefault(entry, (code, score))
        hits = [
            Hit(self._entries[entry], *found[entry])
            for entry in nsmallest(most, found, self._order(found, language))
        ]
        return Found(tuple(hits), len(found) - len(hits), frozenset(matched))

    def _order(
        self, found: Mapping[int, tuple[str, int]], language: str
    ) -> Callable[[int], tuple[bool, int, str, int]]:
        """What comes first: what the reader's language says, what fits best, who is most central."""

        def order(n: int) -> tuple[bool, int, str, int]:
            code, score = found[n]
            return code != language, -score, self._entries[n].persona.model.priority, n

        return order


class _Words:
    """The words of all entries in one language: in which each stands, and how much it tells there."""

    def __init__(self, entries: Sequence[Entry], language: str, fallback: str) -> None:
        at: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for n, entry in enumerate(entries):
            said = words_of("\n".join(said.text.said(language, fallback) for said in entry.said))
            names = words_of("\n".join(name.said(language, fallback) for name in entry.names))
            for word, weight in {**dict.fromkeys(said, _SAID), **dict.fromkeys(names, _NAME)}.items():
                at[word].append((n, weight))
        self._at = dict(at)
        # Looking through one text for all places of a word takes a tenth of asking each of its words.
        self._all = _BETWEEN.join(["", *sorted(at), ""])

    def like(self, word: str) -> Mapping[str, int]:
        """The known words that hold a word or its stem, and how well they fit."""
        if len(word) == 1:
            return {word: _WHOLE} if word in self._at else {}
        begun = f"{_BETWEEN}{word}" if len(word) < _TELLING else word[:STEM]
        return {known: _fit(word, known) for known in self._with(begun)}

    def _with(self, part: str) -> Iterator[str]:
        """The known words with a part of one, or with their beginning and what stands before it."""
        text = self._all
        place = text.find(part)
        while place >= 0:
            start = text.rfind(_BETWEEN, 0, place + 1) + 1
            end = text.index(_BETWEEN, start)
            yield text[start:end]
            place = text.find(part, end)

    def meant(self, word: str) -> Mapping[str, int]:
        """The known words that somebody who typed one that is nowhere may have meant."""
        if len(word) < _TELLING:
            return {}
        begun = list(self._with(f"{_BETWEEN}{word[:_SURE]}"))
        return dict.fromkeys(get_close_matches(word, begun, _MOST_MEANT, _ALIKE), _STEM)

    def scores(self, wanted: Sequence[Mapping[str, int]]) -> tuple[int, Mapping[int, int]]:
        """The entries that have the most of the words, each in one of its forms, and how many these are."""
        counts, sums = Counter[int](), Counter[int]()
        for forms in wanted:
            best: dict[int, int] = {}
            for known, fit in forms.items():
                for n, weight in self._at[known]:
                    if best.get(n, 0) < weight * fit:
                        best[n] = weight * fit
            counts.update(best.keys())
            sums.update(best)
        most = max(counts.values(), default=0)
        return most, {n: sums[n] for n, count in counts.items() if count == most}


def _fit(word: str, known: str) -> int:
    if known == word:
        return _WHOLE
    if known.startswith(word):
        return _BEGUN
    return _INSIDE if word in known else _STEM


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, each once."""
    return tuple(dict.fromkeys(_WORD.findall(folded(text))))


def folded(text: str) -> str:
    """A text as it is compared: without capitals, and without the marks that not every keyboard has."""
    plain = in_plain_signs(text).casefold()
    return plain if plain.isascii() else _MARKS.sub("", normalize("NFKD", plain))


def _entries(workspace: Workspace, first: Text | None) -> Iterator[Entry]:
    order = {touchpoint: n for n, touchpoint in enumerate(workspace.touchpoints)}
    for persona in without_examples(workspace.personas):
        label = persona.model.label
        yield Entry(persona, None, (label,), tuple(_of_person(persona)))
        moments = sorted(persona.moments, key=lambda moment: order[moment.touchpoint])
        for n, moment in enumerate(moments):
            touchpoint = moment.touchpoint
            called = (touchpoint.model.name, touchpoint.phase.name, touchpoint.model.channel)
            names = (label, *called, first if n == 0 else None)
            yield Entry(persona, moment, tuple(filter(None, names)), tuple(_of_moment(moment)))


def _of_moment(moment: Moment) -> Iterator[Said]:
    model = moment.model
    texts = {"expects": model.expects, "do": model.do, "never": model.never, "recover": model.recover}
    texts["recovery"] = moment.touchpoint.model.recovery
    yield from (Said(what, text) for what, text in texts.items() if text)


def _of_person(persona: Persona) -> Iterator[Said]:
    model = persona.model
    yield Said("summary", model.summary)
    for need in model.needs:
        yield Said("need", need.text)
        yield from _said("response", need.response)
        for play in (need.plays.know, need.plays.say, need.plays.show, need.plays.do):
            yield from _said("plays", *play)
    yield from _said("as_a_person", model.as_a_person, model.quote)
    yield from _said("recognize", *model.recognize)
    yield from _said("their_words", *model.their_words)
    yield from _said("signature_moment", model.signature_moment)
    yield from _said("connect", model.connect.opening, *model.connect.do)
    yield from _said("avoid", *model.connect.avoid)
    yield from _said("questions", *model.questions)
    for objection in model.objections:
        yield from _said("objections", objection.text, objection.answer, objection.proof)
    buying = model.buying
    yield from _said("buying", buying.trigger, buying.success, *buying.barriers, *buying.criteria)
    yield from _said("buying", *buying.journey)
    yield from _said("lost_because", *model.lost_because)
    yield from _said("leaving_signs", *model.leaving_signs)
    for fact in model.background:
        yield from _said("background", fact.label, fact.text)


def _said(what: str, *texts: Text | None) -> Iterator[Said]:
    yield from (Said(what, text) for text in texts if text)
