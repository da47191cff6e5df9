"""Sentences and passages: what is said aloud, how long it takes, and which files it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pitchgen.documents.pitch import PROSE
from pitchgen.language.speech import seconds_of
from pitchgen.load.place import Place, scalars
from pitchgen.overlay import FOLDER
from pitchgen.render.cues import sentences_of
from pitchgen.render.markdown import read_prose
from pitchgen.studio.blame import origin, sources
from pitchgen.workspace import Hire
from pitchgen.workspace.newcomer import shown_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pitchgen.language.facts import Language
    from pitchgen.render.markdown import Block
    from pitchgen.studio.document import Document
    from pitchgen.studio.studio import Studio

# Of a sentence, from which on it is that of its file and not of the template.
_MOST_OF_IT = 0.75


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A sentence, its seconds, and where it is typed: in the template, in a file with its line, or both."""

    seconds: float
    text: str
    origins: tuple[str, ...]


Timed = tuple[tuple[str, float], ...]
"""Sentences, each with its seconds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a pitch that has a name: its sentences.

    It `is_own` where it is said to this newcomer in other words than the template has.
    """

    name: str
    sentences: Timed
    is_own: bool

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(sentence for sentence, _ in self.sentences)

    @property
    def seconds(self) -> float:
        """How long that takes."""
        return sum(seconds for _, seconds in self.sentences)


def timed_sentences(studio: Studio, document: Document) -> Iterator[TimedSentence]:
    """The sentences of a document that is said aloud, in their order."""
    language = studio.workspace.languages.get(document.language)
    prose, origins = document.content.prose, _Origins(studio, document)
    for block in prose.blocks if prose else ():
        for lead, rest in sentences_of(block):
            sentence = f"{lead} {rest}".strip()
            yield TimedSentence(seconds_of(sentence, language), sentence, origins.of(lead, rest))


def passages(studio: Studio, document: Document) -> Iterator[Passage]:
    """The passages of a pitch that say something, in their order."""
    language, prose = studio.workspace.languages.get(document.language), document.content.prose
    own = document.subject.model.pitch.said if isinstance(document.subject, Hire) else {}
    for name, markdown in prose.passages if prose else ():
        if said := _timed(_blocks(markdown), language):
            yield Passage(name, said, name in own)


@lru_cache(maxsize=256)
def _blocks(markdown: str) -> tuple[Block, ...]:
    # While somebody types, most passages stay what they were.
    return read_prose(markdown).blocks


def paragraphs(studio: Studio, document: Document) -> Iterator[Timed]:
    """The paragraphs of a document that is said aloud, in their order."""
    language, prose = studio.workspace.languages.get(document.language), document.content.prose
    yield from (_timed([block], language) for block in (prose.blocks if prose else ()))


def _timed(blocks: Iterable[Block], language: Language) -> Timed:
    said = (" ".join(filter(None, parts)) for block in blocks for parts in sentences_of(block))
    return tuple((sentence, seconds_of(sentence, language)) for sentence in said)


class _Origins:
    """Where the sentences of one document are typed."""

    def __init__(self, studio: Studio, document: Document) -> None:
        workspace, subject = studio.workspace, document.subject
        self._template = f"{FOLDER}/{workspace.languages.get(document.language).file(PROSE)}"
        own = subject.at.source.data.get("pitch") if isinstance(subject, Hire) else None
        # What was typed for this newcomer comes first: others may have said the same.
        self._texts = list(scalars(own, subject.at / "pitch"))
        for source in sources(workspace, subject):
            self._texts += scalars(source.data, Place(source))

    def of(self, lead: str, sentence: str) -> tuple[str, ...]:
        """Of a sentence behind the words that lead into it."""
        found = origin(sentence, self._texts)
        if not found:
            return (self._template,)
        place, share = found
        at = shown_place(place)
        return (at,) if share >= _MOST_OF_IT and not lead else (self._template, at)
