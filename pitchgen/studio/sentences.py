"""Sentences: how long each of what is said aloud takes, and which files it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.documents.pitch import PROSE
from pitchgen.language.speech import seconds_of
from pitchgen.overlay import FOLDER
from pitchgen.render.cues import sentences_of
from pitchgen.studio.blame import origin, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def timed_sentences(studio: Studio, document: Document) -> Iterator[TimedSentence]:
    """The sentences of a document that is said aloud, in their order."""
    workspace = studio.workspace
    language = workspace.languages.get(document.language)
    template = f"{FOLDER}/{language.file(PROSE)}"
    files = tuple(sources(workspace, document.subject))
    prose = document.content.prose
    for block in prose.blocks if prose else ():
        for sentence in sentences_of(block):
            found = origin(sentence, files)
            origins = [f"{found[0].path}:{found[0].line}"] if found else []
            if not found or found[1] < _MOST_OF_IT:
                origins.insert(0, template)
            yield TimedSentence(seconds_of(sentence, language), sentence, tuple(origins))
