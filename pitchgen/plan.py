"""Plan: which documents a workspace has, how each is called, and from which files it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pitchgen.documents import Document, Studio
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
        spoken = language or hire.model.language or workspace.company.language
        for document in documents:
            yield Job(document, hire, spoken, f"{stems[hire.model.id]}-{document}-{spoken}")


def jobs_of_roles(
    workspace: Workspace, documents: Iterable[str], roles: Iterable[Role], languages: Iterable[str]
) -> Iterator[Job]:
    """The documents of these roles in these languages."""
    stems = file_stems(role.model.id for role in workspace.roles)
    documents, languages = tuple(documents), tuple(languages)
    for role in roles:
        for document in documents:
            for language in languages:
                yield Job(document, role, language, f"{stems[role.model.id]}-{document}-{language}")


def all_jobs(workspace: Workspace, documents: Iterable[str] = DOCUMENTS) -> Iterator[Job]:
    """The documents of every role and hire; a role's in the company's language and those of its hires."""
    documents = tuple(documents)
    of_roles = [document for document in documents if document in OF_ROLE]
    for role in workspace.roles:
        spoken = [hire.model.language for hire in workspace.hires if hire.role is role]
        languages = dict.fromkeys([workspace.company.language, *filter(None, spoken)])
        yield from jobs_of_roles(workspace, of_roles, [role], languages)
    of_hires = [document for document in documents if document in OF_HIRE]
    yield from jobs_of_hires(workspace, of_hires, workspace.hires)
