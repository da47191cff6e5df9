"""Proofs: documents laid out on paper for rules that look at pages, and what no font can show."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.render.press import MISSING_GLYPH
from pitchgen.studio.document import TOO_MANY_PAGES, UNFILLED
from pitchgen.studio.jobs import every_job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.documents.kind import DocumentKind
    from pitchgen.studio.document import Document
    from pitchgen.studio.studio import Studio

# What rules say, at better places.
_OF_RULES = frozenset({TOO_MANY_PAGES, MISSING_GLYPH, UNFILLED})


class Proofs:
    """Documents of one workspace as they will be printed.

    `problems` are what else is wrong with those that were: with their layouts, or with this machine.
    """

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.problems: list[Problem] = []

    def documents(self, kinds: Iterable[DocumentKind]) -> Iterator[Document]:
        """All documents of these kinds that the workspace has and that can be composed."""
        for job in every_job(self._studio.workspace, kinds):
            # Why one cannot be is said of its templates.
            with suppress(InvalidInput):
                yield job.compose(self._studio)

    def pages(self, document: Document) -> int:
        """How many pages it fills; none when it cannot be laid out."""
        rendered = self._studio.render(document, "pdf")
        known = document.content.problems
        self.problems += [p for p in rendered.problems if p not in known and p.code not in _OF_RULES]
        return rendered.pages

    def html(self, document: Document) -> str:
        """All that is on its pages; nothing when it cannot be filled in."""
        with suppress(InvalidInput):
            return self._studio.paper(document).html
        return ""

    def unshown(self, words: Iterable[str]) -> frozenset[str]:
        """The characters in these words that no font on this machine can show."""
        pdf = self._studio.words_tried(words)
        self.problems += errors(pdf.problems)
        return frozenset(pdf.unshown)
