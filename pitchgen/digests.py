"""Digests: of all that a document is made from, so that equal digests mean equal bytes on one day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from importlib.metadata import requires, version
from pathlib import Path

from pitchgen import __version__, shipped
from pitchgen.plan import Job
from pitchgen.render.fonts import FACES, FALLBACKS
from pitchgen.render.templates import Templates
from pitchgen.workspace import Hire, Role, Workspace

_OF_SOME = ("personas", "managers", "hires")


class Digests:
    """The digests of the documents of one workspace, as this program and its libraries make them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._of_roles: dict[Role, str] = {}
        self._managers = {item.model.id: item.source.text for item in workspace.files.managers}

    def of(self, job: Job, format: str) -> str:
        """The digest of what the job's document in this format is made from."""
        hire = job.subject if isinstance(job.subject, Hire) else None
        role = hire.role if hire else job.subject
        assert isinstance(role, Role)
        parts = [self._common, self._of_role(role), job.document, job.language, format, job.subject.model.id]
        if hire:
            parts.append(hire.at.source.text)
            # One who is no file of their own is told of in the hire's.
            parts.append(self._managers.get(str(hire.model.manager), ""))
        return digest(parts)

    @cached_property
    def _common(self) -> str:
        """Of what every document may use."""
        workspace = self._workspace
        files = [item.source for item in workspace.files.items if item.source.kind not in _OF_SOME]
        parts = [part for source in files for part in (source.path, source.text)]
        parts += [_of_file(path) for path in Templates(workspace.root).own_files()]
        parts += [_of_file(path) for path in sorted(shipped.TEMPLATES.iterdir()) if path.is_file()]
        parts += [_of_file(face.path) for face in FACES + FALLBACKS]
        parts.append(sha256(workspace.logo.content).hexdigest() if workspace.logo else "")
        parts.append(_of_file(workspace.font) if workspace.font else "")
        return digest([*parts, *versions()])

    def _of_role(self, role: Role) -> str:
        """Of the personas that the role reaches."""
        if role not in self._of_roles:
            sources = [persona.at.source for persona in role.reaches]
            self._of_roles[role] = digest(part for source in sources for part in (source.path, source.text))
        return self._of_roles[role]


def versions() -> tuple[str, ...]:
    """pitchgen and the libraries it is built on, each with its version."""
    names = [re.split(r"[^\w.-]", line)[0] for line in requires("pitchgen") or () if "extra ==" not in line]
    return (f"pitchgen {__version__}", *(f"{name} {version(name)}" for name in names))


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts, in their order; where one ends and the next begins counts."""
    whole = sha256()
    for part in parts:
        whole.update(sha256(part.encode()).digest())
    return whole.hexdigest()


def _of_file(path: Path) -> str:
    return f"{path.name} {sha256(path.read_bytes()).hexdigest()}"
