"""Sentences: how long each of what is said aloud takes, and which files it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.documents.pitch import PROSE
from pitchgen.language.speech import seconds_of, sentences
from pitchgen.overlay import FOLDER
from pitchgen.plain import one_line
from pitchgen.studio.blame import origin, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def timed_sentences(studio: Studio, document: Document) -> Iterator[TimedSentence]:
    """The sentences of a document that is said aloud, in their order."""
    workspace = studio.workspace
    language = workspace.languages.get(document.language)
    template = f"{FOLDER}/{language.file(PROSE)}"
    files = tuple(sources(workspace, document.subject))
    prose = document.content.prose
    for block in prose.blocks if prose else ():
        for sentence in _sentences(block):
            found = origin(sentence, files)
            origins = [f"{found[0].path}:{found[0].line}"] if found else []
            if not found or found[1] < _MOST_OF_IT:
                origins.insert(0, template)
            yield TimedSentence(seconds_of(sentence, language), sentence, tuple(origins))


def _sentences(block: Block) -> Iterator[str]:
    """Those of a block; the words that lead into it are no sentence of their own."""
    said = [one_line(sentence) for sentence in sentences(block.text)]
    if len(said) > 1 and said[0] == one_line(block.lead):
        said[:2] = [f"{said[0]} {said[1]}"]
    return iter(said)
