"""The library: what a workspace has to read in one language, with the addresses of it all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from pitchgen.keep.search import NOTHING, Found, Index, words_of
from pitchgen.model.text import Text
from pitchgen.studio.subjects import items
from pitchgen.workspace.linked import Hire, Manager, Persona, Role, without_examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.documents.kind import DocumentKind, Whose
    from pitchgen.keep.reading import Reading
    from pitchgen.studio.studio import Studio
    from pitchgen.studio.subjects import Item
    from pitchgen.web.desk import Desk
    from pitchgen.workspace import Workspace

# What documents call the first touchpoint at which somebody is met.
_FIRST = "card_contact"


@dataclass(frozen=True, slots=True)
class Named:
    """Whom or what documents are about, what people call it, and the words of that as they are compared."""

    called: str
    words: tuple[str, ...]
    subject: Item


@dataclass(frozen=True)
class Library:
    """The documents of a reading that is fit for use, in one of the company's languages."""

    desk: Desk
    reading: Reading
    workspace: Workspace
    language: str

    @cached_property
    def studio(self) -> Studio:
        """What makes the documents."""
        return self.desk.studio(self.reading, self.workspace)

    def languages(self, reader: str) -> Iterator[tuple[str, str]]:
        """The company's languages by their codes, as somebody calls them who reads `reader`."""
        for code in self.workspace.company.languages:
            yield code, self.workspace.languages.get(code).called(reader)

    def address(self, kind: DocumentKind, subject: Item, part: str = "", language: str | None = None) -> str:
        """Where a document stands, or a part of it."""
        return f"/read/{language or self.language}/{kind.name}/{quote(name_of(self.desk, subject))}{part}"

    def said(self, text: Text, language: str | None = None) -> str:
        """A text as it is read here, or in another of the company's languages."""
        return text.said(language or self.language, self.workspace.company.language)

    def called(self, subject: Item) -> str:
        """What people call somebody or something."""
        if isinstance(subject, Role):
            return self.said(subject.model.title)
        return self.said(subject.model.label) if isinstance(subject, Persona) else subject.model.name

    def shelf(self, of: Whose) -> Sequence[Named]:
        """Those whom documents are about, by what they are called."""
        return self.desk.once(self.reading, (Named, of, self.language), lambda: self._shelf(of))

    def _shelf(self, of: Whose) -> Sequence[Named]:
        having = (each for each in without_examples(items(self.workspace)[of]) if self._has_documents(each))
        named = ((self.called(each), each) for each in having)
        known = [Named(called, words_of(called), each) for called, each in named]
        return sorted(known, key=lambda each: each.called.casefold())

    def _has_documents(self, subject: Item) -> bool:
        return not isinstance(subject, Manager) or bool(self.workspace.team_of(subject))

    def find(self, said: str, most: int) -> Found:
        """What is known by the words that somebody typed."""
        return (
            self.desk.once(self.reading, Index, self._index).find(said, self.language, most)
            if said
            else NOTHING
        )

    def _index(self) -> Index:
        spoken = self.workspace.company.languages
        return Index(
            self.workspace, Text(languages={code: self.studio.words(code)[_FIRST] for code in spoken})
        )


def name_of(desk: Desk, subject: Item) -> str:
    """What stands for somebody or something in addresses: an id, unless that tells who a person is."""
    if isinstance(subject, Hire | Manager):
        return desk.alias(subject.at.path)
    return subject.model.id
