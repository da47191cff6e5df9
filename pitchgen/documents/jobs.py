"""Plan: which documents a workspace has, how each is called, and from which files it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pitchgen.documents.catalogue import BUNDLE, DOCUMENTS, FOR_NEWCOMER, OF_HIRE, OF_ROLE
from pitchgen.documents.document import Document
from pitchgen.documents.studio import Studio
from pitchgen.workspace import Hire, Role, Workspace
from pitchgen.write import file_stems

_HIRE_DOCUMENTS: dict[str, Callable[[Studio, Hire, str], Document]] = {
    "pitch": Studio.pitch,
    "manager-sheet": Studio.manager_sheet,
}
_ROLE_DOCUMENTS: dict[str, Callable[[Studio, Role, str], Document]] = {
    "playbook": Studio.playbook,
    "role-card": Studio.role_card,
}


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
            return _HIRE_DOCUMENTS[self.document](studio, self.subject, self.language)
        return _ROLE_DOCUMENTS[self.document](studio, self.subject, self.language)

    @property
    def title(self) -> str:
        """What is made, in words that fit into a log."""
        return f"the {self.document} of {named(self.subject)} in '{self.language}'"

    @property
    def facts(self) -> dict[str, object]:
        """What is made, for a report."""
        return {**whose(self.subject), "document": self.document, "language": self.language}

    @property
    def role(self) -> Role:
        """The role it is about, or that of the newcomer it is about."""
        return self.subject.role if isinstance(self.subject, Hire) else self.subject

    def may_use(self, path: str) -> bool:
        """Whether what stands in this file of the workspace can reach the document.

        Other newcomers, their managers, and personas that the role does not reach never do.
        """
        match PurePosixPath(path).parts[0]:
            case "hires":
                return self.subject.at.path == path
            case "managers":
                return isinstance(self.subject, Hire) and self.subject.manager is not None
            case "personas":
                return any(persona.at.path == path for persona in self.role.reaches)
        return True


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one newcomer gets, in one file that is called `stem`: the documents of `parts`."""

    subject: Hire
    language: str
    stem: str
    parts: tuple[Job, ...]

    @property
    def title(self) -> str:
        """What is made, in words that fit into a log."""
        return f"the bundle of {named(self.subject)}"

    @property
    def facts(self) -> dict[str, object]:
        """What is made, for a report."""
        return {**whose(self.subject), "document": BUNDLE, "language": self.language}

    def pack(self, studio: Studio, format: str, pdfs: Sequence[bytes]) -> bytes:
        """The PDFs of the parts in one file, as `eml` or `zip`. Raises `InvalidInput`."""
        # Imported here, because few commands pack anything.
        from pitchgen.render.bundle import pdf_names, zip_of

        words = [studio.attachment_name(part.document, self.language) for part in self.parts]
        files = dict(zip(pdf_names(words), pdfs, strict=True))
        if format == "eml":
            return studio.message(self.subject, self.language, files)
        return zip_of(files)


def named(subject: Hire | Role) -> str:
    """A newcomer or a role in a message: by its id, or by the row when the id was made of a name."""
    source = subject.at.source
    return f"'{subject.model.id}'" if source.id_is_given else f"row {source.row}"


def whose(subject: Hire | Role) -> dict[str, object]:
    """A newcomer or a role in a report: by an id that was given, and by the row on a list."""
    if isinstance(subject, Role):
        return {"role": subject.model.id}
    source = subject.at.source
    return {"hire": subject.model.id if source.id_is_given else None, "row": source.row}


def bundles(workspace: Workspace, jobs: Iterable[Job]) -> Iterator[Bundle]:
    """A bundle for each hire, of those of the jobs that are theirs to read."""
    found = {(job.subject, job.document, job.language): job for job in jobs}
    stems = file_stems(hire.model.id for hire in workspace.hires)
    for hire in workspace.hires:
        language = workspace.language_of(hire)
        keys = [(hire if kind in OF_HIRE else hire.role, kind, language) for kind in FOR_NEWCOMER]
        parts = tuple(found[key] for key in keys if key in found)
        yield Bundle(hire, language, f"{stems[hire.model.id]}-{BUNDLE}-{language}", parts)


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
    spoken = {role: [workspace.company.language] for role in workspace.roles}
    yield from _jobs(workspace, documents, spoken)


def intake_jobs(workspace: Workspace, documents: Iterable[str] = DOCUMENTS) -> Iterator[Job]:
    """The documents that the hires get; those of a role once in each language, before those of its hires."""
    yield from _jobs(workspace, documents, {})


def _jobs(workspace: Workspace, documents: Iterable[str], spoken: dict[Role, list[str]]) -> Iterator[Job]:
    documents = tuple(documents)
    for hire in workspace.hires:
        languages = spoken.setdefault(hire.role, [])
        if workspace.language_of(hire) not in languages:
            languages.append(workspace.language_of(hire))
    yield from jobs_of_roles(workspace, [each for each in documents if each in OF_ROLE], spoken)
    of_hires = [each for each in documents if each in OF_HIRE]
    yield from jobs_of_hires(workspace, of_hires, workspace.hires)
