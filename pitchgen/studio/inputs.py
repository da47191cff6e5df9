"""Inputs: all that a document is made from. By them a build, a watch and `affected` tell what is out of date.

Equal inputs mean equal bytes on one day. What cannot reach a document is none of its inputs: the files of
other newcomers, of personas whom its role never meets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from pitchgen.overlay import FOLDER
from pitchgen.render.fonts import FACES, FALLBACKS
from pitchgen.render.mail import LAYOUT as MESSAGE
from pitchgen.render.templates import Templates
from pitchgen.studio.document import templates_of
from pitchgen.versions import versions
from pitchgen.workspace.languages import NAMES
from pitchgen.workspace.reach import reaching_all, sources_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pitchgen.documents.kind import DocumentKind
    from pitchgen.load.files import Source
    from pitchgen.studio.jobs import Job
    from pitchgen.workspace import Persona, Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """Some inputs, which several documents may share: the digest of each by its path, and one of them all."""

    files: Mapping[str, str]
    digest: str

    @classmethod
    def of(cls, files: Iterable[tuple[str, str]]) -> Part:
        """These files, by their paths."""
        known = dict(files)
        return cls(known, digest(text for pair in sorted(known.items()) for text in pair))


class Inputs:
    """The inputs of the documents of one workspace, as this program and its libraries make them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._templates = Templates(workspace.root)
        self._of_kinds: dict[tuple[str, str], Part] = {}
        self._digests: dict[str, str] = {}
        self._shared: dict[frozenset[str], Part] = {}

    def files(self, job: Job) -> dict[str, str]:
        """The digest of each file that the document is made from, by its path."""
        return {path: digest for part in self._parts(job) for path, digest in part.files.items()}

    def digest(self, job: Job, format: str) -> str:
        """The digest of all that the document in this format is made from."""
        about = (job.kind.name, job.language, format, job.stem)
        return digest([*about, *(part.digest for part in self._parts(job))])

    @cached_property
    def message(self) -> str:
        """The digest of what every message is made from, beside the pitch and the documents in it."""
        return self._of_templates([MESSAGE]).digest

    def _parts(self, job: Job) -> tuple[Part, Part, Part]:
        return self._general, self._of_kind(job.kind, job.language), self._own(job)

    def _of_kind(self, kind: DocumentKind, language: str) -> Part:
        """The templates and words that documents of a kind in a language are made from."""
        if (kind.name, language) not in self._of_kinds:
            names = templates_of(kind, self.workspace, language)
            self._of_kinds[kind.name, language] = self._of_templates(names)
        return self._of_kinds[kind.name, language]

    def _of_templates(self, names: Iterable[str]) -> Part:
        """These files of templates/, and all that they take in; every one, if that cannot be told."""
        overlay = self._templates.overlay
        closure = self._templates.closure(names)
        found = ((name, overlay.find(name)) for name in (overlay.names() if closure is None else closure))
        return Part.of((self._shown(name), _of_file(path)) for name, path in found if path)

    def _shown(self, name: str) -> str:
        """A file of templates/ by its path in the workspace, or as one that is not there."""
        return f"{'(shipped) ' if self._templates.overlay.is_shipped(name) else ''}{FOLDER}/{name}"

    def _own(self, job: Job) -> Part:
        """What reaches documents about this subject, but not all documents."""
        sources = sources_for(self.workspace, job.subject)
        key = frozenset(map(_name, sources))
        if key not in self._shared:
            faces = (face for source in sources for face in self._faces.get(source.path, ()))
            self._shared[key] = Part.of([*map(self._source, sources), *faces])
        return self._shared[key]

    @cached_property
    def _faces(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What stands for each persona, by their files: a picture, and a mark by their place among all."""
        personas = enumerate(self.workspace.personas)
        return {persona.at.path: tuple(self._face(persona, place)) for place, persona in personas}

    def _face(self, persona: Persona, place: int) -> Iterator[tuple[str, str]]:
        if picture := self.workspace.picture_of(persona):
            yield str(persona.model.picture), sha256(picture.content).hexdigest()
        yield f"(mark) {persona.at.path}", str(place)

    def _source(self, source: Source) -> tuple[str, str]:
        name = _name(source)
        if name not in self._digests:
            self._digests[name] = sha256(source.text.encode()).hexdigest()
        return name, self._digests[name]

    @cached_property
    def _general(self) -> Part:
        """What every document may use."""
        return Part.of(self._all_general())

    def _all_general(self) -> Iterator[tuple[str, str]]:
        workspace = self.workspace
        yield from map(self._source, reaching_all(workspace))
        brand = workspace.company.brand
        if brand.logo and workspace.logo:
            yield brand.logo, sha256(workspace.logo.content).hexdigest()
        if brand.font and workspace.font:
            yield brand.font, _of_file(workspace.font)
        # They tell which `when` is a day of work.
        yield "(words for a day)", digest(sorted(workspace.files.day_words))
        # They tell by which word of a name somebody is greeted.
        folders = workspace.languages.folders
        yield "(words in names)", digest("\n".join(sorted(folders.in_any(key))) for key in NAMES)
        yield from ((f"(font) {face.file}", _of_file(face.path)) for face in FACES + FALLBACKS)
        yield "(versions)", digest(f"{name} {version}" for name, version in versions().items())


def _name(source: Source) -> str:
    """A file by its path; a row of a list by its path and its id, wherever it stands."""
    return source.path if source.row is None else f"{source.path}: {source.data.get('id')}"


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts, in their order; where one ends and the next begins counts."""
    whole = sha256()
    for part in parts:
        whole.update(sha256(part.encode()).digest())
    return whole.hexdigest()


def _of_file(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
