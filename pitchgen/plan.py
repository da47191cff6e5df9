"""Plan: which documents a workspace has, how each is called, and from which files it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pitchgen.document import Document
from pitchgen.documents import Studio
from pitchgen.workspace import Hire, Role, Workspace
from pitchgen.write import file_stems

OF_HIRE: dict[str, Callable[[Studio, Hire, str], Document]] = {
    "pitch": Studio.pitch,
    "manager-sheet": Studio.manager_sheet,
}
OF_ROLE: dict[str, Callable[[Studio, Role, str], Document]] = {
    "playbook": Studio.playbook,
    "role-card": Studio.role_card,
}
DOCUMENTS = (*OF_HIRE, *OF_ROLE)


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make: what it is, whom it is about, and in which language.

    `stem` is what its files are called before their ending, and is a job's own in its workspace.
    """

    document: str
    subject: Hire | Role
    language: str
    stem: str

    def compose(self, studio: Studio) -> Document:
        """The document, by a studio of the same workspace. Raises `InvalidInput`."""
        if isinstance(self.subject, Hire):
            return OF_HIRE[self.document](studio, self.subject, self.language)
        return OF_ROLE[self.document](studio, self.subject, self.language)

    def may_use(self, path: str) -> bool:
        """Whether what stands in this file of the workspace can reach the document.

        Other newcomers, their managers, and personas that the role does not reach never do.
        """
        role = self.subject.role if isinstance(self.subject, Hire) else self.subject
        match PurePosixPath(path).parts[0]:
            case "hires":
                return self.subject.at.path == path
            case "managers":
                return isinstance(self.subject, Hire) and self.subject.manager is not None
            case "personas":
                return any(persona.at.path == path for persona in role.reaches)
        return True


def jobs_of_hires(
    workspace: Workspace, documents: Iterable[str], hires: Iterable[Hire], language: str | None = None
) -> Iterator[Job]:
    """The documents of these hires, in each one's own language unless one is given."""
    # Names are settled over everyone, so that a document is called the same whoever else is made.
    stems = file_stems(hire.model.id for hire in workspace.hires)
    documents = tuple(documents)
    for hire in hires:
        spoken = language or workspace.language_of(hire)
        for document in documents:
            yield Job(document, hire, spoken, f"{stems[hire.model.id]}-{document}-{spoken}")


def jobs_of_roles(
    workspace: Workspace, documents: Iterable[str], spoken: Mapping[Role, Iterable[str]]
) -> Iterator[Job]:
    """The documents of these roles, each in the languages that are `spoken` there."""
    stems = file_stems(role.model.id for role in workspace.roles)
    documents = tuple(documents)
    for role, languages in spoken.items():
        for document in documents:
            for language in languages:
                yield Job(document, role, language, f"{stems[role.model.id]}-{document}-{language}")


def all_jobs(workspace: Workspace, documents: Iterable[str] = DOCUMENTS) -> Iterator[Job]:
    """The documents of every role and hire; a role's in the company's language and those of its hires."""
    documents = tuple(documents)
    # Keys of dictionaries, which are in order and each there once.
    spoken = {role: {workspace.company.language: None} for role in workspace.roles}
    for hire in workspace.hires:
        spoken[hire.role][workspace.language_of(hire)] = None
    yield from jobs_of_roles(workspace, [each for each in documents if each in OF_ROLE], spoken)
    of_hires = [each for each in documents if each in OF_HIRE]
    yield from jobs_of_hires(workspace, of_hires, workspace.hires)
