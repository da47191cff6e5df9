"""What was found, as the page shows it: by touchpoints, whom one meets there, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from pitchgen.compose.persona import anchors
from pitchgen.documents.catalogue import DOCUMENTS
from pitchgen.documents.persona_card import KIND as CARD
from pitchgen.documents.playbook import KIND as PLAYBOOK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.keep.search import Entry, Found, Hit
    from pitchgen.web.library import Library

Marked = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it was looked for."""

# What somebody can hold in mind who looks it up while a customer is waiting.
_MOST_NEEDS_THERE, _MOST_NEEDS, _MOST_OTHERS = 1, 3, 5
_ALWAYS = ("summary", "expects", "do", "never", "recover")
_ELSEWHERE = ("need", "response", "recovery")


@dataclass(frozen=True, slots=True)
class Line:
    """Texts of one kind about a persona: what they tell, by its name among the words of the page."""

    what: str
    texts: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a persona, in a language: at a touchpoint, or of who they are.

    `card` is the address of their card, `place` that of the place in the playbook of a role, titled so.
    """

    label: Marked
    language: str
    lines: tuple[Line, ...]
    card: str
    place: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The answers at a touchpoint, or, where it has no name, about who people are.

    `recovery` is how a mistake there is put right with anybody.
    """

    touchpoint: Marked
    phase: str
    recovery: Marked
    language: str
    answers: tuple[Answer, ...]


def results(library: Library, found: Found) -> Sequence[Group]:
    """What was found by touchpoints, the best first."""
    grouped: dict[object, list[Hit]] = {}
    for hit in found.hits:
        moment = hit.entry.moment
        key = (moment.touchpoint.model.id if moment else "", hit.language)
        grouped.setdefault(key, []).append(hit)
    return [_group(library, found, hits) for hits in grouped.values()]


def _group(library: Library, found: Found, hits: Sequence[Hit]) -> Group:
    language, moment = hits[0].language, hits[0].entry.moment
    touchpoint = moment.touchpoint if moment else None
    name = library.said(touchpoint.model.name, language) if touchpoint else ""
    phase = library.said(touchpoint.phase.name, language) if touchpoint else ""
    right = touchpoint.model.recovery if touchpoint else None
    recovery = library.said(right, language) if right else ""
    answers = tuple(_answer(library, found, hit) for hit in hits)
    return Group(tuple(found.marked(name)), phase, tuple(found.marked(recovery)), language, answers)


def _answer(library: Library, found: Found, hit: Hit) -> Answer:
    entry, language = hit.entry, hit.language
    persona = entry.persona
    label = library.said(persona.model.label, language)
    return Answer(
        label=tuple(found.marked(label)),
        language=language,
        lines=tuple(_lines(library, found, hit)),
        card=library.address(DOCUMENTS[CARD.name], persona, language=language),
        place=_place(library, entry, language),
    )


def _lines(library: Library, found: Found, hit: Hit) -> Iterator[Line]:
    """What answers first, then what else has the words."""
    said = [(each.what, library.said(each.text, hit.language)) for each in hit.entry.said]
    first = [(what, text) for what, text in said if what in _ALWAYS]
    others = [
        (what, text) for what, text in said if what not in (*_ALWAYS, *_ELSEWHERE) and found.tells(text)
    ]
    if hit.entry.moment is None:
        yield from _grouped(found, first)
    needs = tuple(_needs(library, found, hit))
    if needs:
        yield Line("needs", needs)
    if hit.entry.moment:
        yield from _grouped(found, first)
    yield from _grouped(found, others[:_MOST_OTHERS])


def _grouped(found: Found, said: Sequence[tuple[str, str]]) -> Iterator[Line]:
    """Texts that tell the same and stand behind each other, under one head."""
    for what, texts in groupby(said, itemgetter(0)):
        yield Line(what, tuple(tuple(found.marked(text)) for _, text in texts))


def _needs(library: Library, found: Found, hit: Hit) -> Iterator[Marked]:
    """Needs with our answers to them: those that have the words, else the first that the persona has."""
    texts = []
    for need in hit.entry.persona.model.needs:
        parts = (need.text, need.response) if need.response else (need.text,)
        texts.append(" → ".join(library.said(part, hit.language).rstrip(".") for part in parts))
    texts.sort(key=lambda text: not found.tells(text))
    yield from (
        tuple(found.marked(text)) for text in texts[: _MOST_NEEDS_THERE if hit.entry.moment else _MOST_NEEDS]
    )


def _place(library: Library, entry: Entry, language: str) -> tuple[str, str] | None:
    """The place in the playbook of whoever answers for the touchpoint, else of one who meets the persona."""
    touchpoint = entry.moment.touchpoint if entry.moment else None
    meeting = [role for role in library.workspace.roles if entry.persona in role.customers]
    if not meeting:
        return None
    role = min(meeting, key=lambda role: touchpoint not in role.owns)
    at = anchors(role)[entry.persona]
    if touchpoint:
        at += f"-{library.workspace.touchpoints.index(touchpoint) + 1}"
    address = library.address(DOCUMENTS[PLAYBOOK.name], role, f"?at={at}", language)
    return library.said(role.model.title, language), address
