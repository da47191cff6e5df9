"""Digests: of all that a document is made from, so that equal digests mean equal bytes on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pitchgen import shipped
from pitchgen.documents.jobs import Job
from pitchgen.render.fonts import FACES, FALLBACKS
from pitchgen.render.templates import Templates
from pitchgen.versions import versions
from pitchgen.workspace import Hire, Role, Workspace

_OF_SOME = ("personas", "managers", "hires")


def inputs_of(workspace: Workspace) -> dict[str, str]:
    """The digest of every file of the workspace that documents are made from, by its path."""
    return {path: sha256(content).hexdigest() for path, content in _contents(workspace)}


def _contents(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    for item in workspace.files.items:
        yield item.source.path, item.source.text.encode()
    for path in Templates(workspace.root).own_files():
        yield path.relative_to(workspace.root).as_posix(), path.read_bytes()
    brand = workspace.company.brand
    if brand.logo and workspace.logo:
        yield brand.logo, workspace.logo.content
    if brand.font and workspace.font:
        yield brand.font, workspace.font.read_bytes()


class Digests:
    """The digests of the documents of one workspace, as this program and its libraries make them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._inputs = inputs_of(workspace)
        self._of_roles: dict[Role, str] = {}
        self._managers = {item.model.id: item.source.text for item in workspace.files.managers}

    def of(self, job: Job, format: str) -> str:
        """The digest of what the job's document in this format is made from."""
        subject = job.subject
        parts = [self._common, self._of_role(job.role), job.document, job.language, format, subject.model.id]
        if isinstance(subject, Hire):
            parts.append(subject.at.source.text)
            # One who has no file of their own is told of in the hire's.
            parts.append(self._managers.get(str(subject.model.manager), ""))
        return digest(parts)

    @cached_property
    def _common(self) -> str:
        """Of what every document may use."""
        of_some = {item.source.path for item in self.workspace.files.items if item.source.kind in _OF_SOME}
        parts = [part for path, one in self._inputs.items() if path not in of_some for part in (path, one)]
        parts += [_of_file(path) for path in sorted(shipped.TEMPLATES.iterdir()) if path.is_file()]
        parts += [_of_file(face.path) for face in FACES + FALLBACKS]
        return digest([*parts, *(f"{name} {found}" for name, found in versions().items())])

    def _of_role(self, role: Role) -> str:
        """Of the personas that the role reaches."""
        if role not in self._of_roles:
            paths = [persona.at.path for persona in role.reaches]
            self._of_roles[role] = digest(part for path in paths for part in (path, self._inputs[path]))
        return self._of_roles[role]


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts, in their order; where one ends and the next begins counts."""
    whole = sha256()
    for part in parts:
        whole.update(sha256(part.encode()).digest())
    return whole.hexdigest()


def _of_file(path: Path) -> str:
    return f"{path.name} {sha256(path.read_bytes()).hexdigest()}"
