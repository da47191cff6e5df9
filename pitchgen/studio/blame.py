"""Blame: where that is typed of which only a finished page shows that something is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from pitchgen.language.lines import WORD_JOINER
from pitchgen.load.place import Place, scalars
from pitchgen.model.file_kind import Reach
from pitchgen.render.press import OF_THE_MACHINE, Pdf, missing_glyph, missing_resource
from pitchgen.render.spots import Spot, character_spot, resource_spot
from pitchgen.studio.document import Document, templates_of
from pitchgen.workspace.reach import Subject, sources_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pitchgen.load.files import Source
    from pitchgen.problems import Problem
    from pitchgen.render.templates import Templates
    from pitchgen.workspace import Workspace

# Letters.
SHORTEST_ORIGIN = 8
_TAG = re.compile(r"<[^<>]*>")


class Blame:
    """Finds who is to blame for what is wrong with printed documents of one workspace."""

    def __init__(self, workspace: Workspace, templates: Templates) -> None:
        self._workspace = workspace
        self._templates = templates

    def problems(self, document: Document, html: str, pdf: Pdf) -> Iterator[Problem]:
        """All that is wrong with a document that was printed from `html`, each at the place to mend.

        Where that cannot be told, the document is named and no file: what it is about may be as it should.
        """
        for problem in pdf.problems:
            yield problem if problem.code in OF_THE_MACHINE else _named(problem, document)
        for character in pdf.unshown:
            yield from self._unshown(character, document, html)
        for address, why in pdf.unloaded:
            yield self._unloaded(address, why, document)

    def _unshown(self, character: str, document: Document, html: str) -> Iterable[Problem]:
        problem = missing_glyph(character)
        if places := shown_places(character, sources(self._workspace, document.subject), html):
            return [_at(place, problem) for place in places]
        return [self._in_template(lambda texts: character_spot(character, texts), document, problem)]

    def _unloaded(self, address: str, why: str, document: Document) -> Problem:
        problem, logo = missing_resource(address, why), self._workspace.logo
        if logo and address == logo.data_uri:
            return _at(self._workspace.at / "brand" / "logo", problem)
        for persona in self._workspace.personas:
            picture = self._workspace.picture_of(persona)
            if picture and address == picture.data_uri:
                return _at(persona.at / "picture", problem)
        return self._in_template(lambda texts: resource_spot(address, texts), document, problem)

    def _in_template(
        self, find: Callable[[Iterable[tuple[Path, str]]], Spot | None], document: Document, problem: Problem
    ) -> Problem:
        names = templates_of(document.kind, self._workspace, document.language)
        spot = find(self._templates.sources(names))
        return self._templates.at(spot, problem) if spot else _named(problem, document)


def sources(workspace: Workspace, subject: Subject) -> Iterator[Source]:
    """The files that reach documents about the subject, what is the subject's own first."""
    yield from sources_for(workspace, subject)
    yield from (item.source for item in workspace.files.items if item.source.kind.reach is Reach.ALL)


def origin(sentence: str, texts: Iterable[tuple[Place, str]]) -> tuple[Place, float] | None:
    """The place of the longest text that a sentence says, or is part of; and how much of the sentence it is.

    Short texts are passed over: they are words that might stand in it by chance. Of texts that say as much,
    the first counts.
    """
    said = _squeezed(sentence.rstrip("."))
    best: tuple[Place, float] | None = None
    for place, text in texts:
        squeezed = _squeezed(text.rstrip("."))
        by_chance = len(squeezed) < SHORTEST_ORIGIN and squeezed != said
        if not said or by_chance or not (squeezed in said or said in squeezed):
            continue
        share = min(len(squeezed) / len(said), 1.0)
        if best is None or share > best[1]:
            best = place, share
    return best


def shown_places(character: str, files: Iterable[Source], html: str) -> list[Place]:
    """The places of texts with a character that the page shows: whole, or at least the word that has it."""
    page = _squeezed(unescape(_TAG.sub("", html)))
    found = [
        (place, text)
        for source in files
        for place, text in scalars(source.data, Place(source))
        if character in text
    ]
    whole = [place for place, text in found if _squeezed(text) in page]
    return whole or [place for place, text in found if _shows_word(page, text, character)]


def _shows_word(page: str, text: str, character: str) -> bool:
    return any(character in word and _squeezed(word) in page for word in text.split())


def _squeezed(text: str) -> str:
    """A text without what a page may set otherwise: spaces, joined words, and capitals."""
    return "".join(text.replace(WORD_JOINER, "").split()).casefold()


def _at(place: Place, problem: Problem) -> Problem:
    return place.source.problem(problem.code, problem.message, place.loc, problem.hint)


def _named(problem: Problem, document: Document) -> Problem:
    return replace(problem, message=f"{document.title}: " + problem.message)
