"""Jobs: which documents a workspace has, and what the files of each are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import BUNDLE, DOCUMENTS, FOR_NEWCOMER
from pitchgen.problems import InvalidInput, errors
from pitchgen.render.bundle import CALENDAR, PDF, file_names, zip_of
from pitchgen.studio.document import Rendered
from pitchgen.studio.subjects import items
from pitchgen.workspace import Hire, Manager, Persona, Role, Workspace
from pitchgen.workspace.linked import without_examples
from pitchgen.write import file_stems

if TYPE_CHECKING:
    from pitchgen.documents.kind import DocumentKind, Whose
    from pitchgen.studio.document import Document
    from pitchgen.studio.studio import Studio
    from pitchgen.workspace.reach import Subject

_WHOSE: Mapping[type, Whose] = {
    Hire: "hire",
    Role: "role",
    Persona: "persona",
    Manager: "manager",
    Workspace: "company",
}

Spoken = tuple[Hire | Role | Persona | Manager, Iterable[str]]
"""Whom documents are about, and the languages in which they are made."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make: what it is, whom it is about, and in which language.

    `stem` is what its files are called before their ending, and is a job's own in its workspace.
    """

    kind: DocumentKind
    subject: Subject
    language: str
    stem: str

    def compose(self, studio: Studio) -> Document:
        """The document, by a studio of the same workspace. Raises `InvalidInput`."""
        return studio.compose(self.kind.name, self.subject, self.language)

    @property
    def title(self) -> str:
        """What is made, in words that fit into a log."""
        return f"the {self.kind.name} of {named(self.subject)} in '{self.language}'"

    @property
    def facts(self) -> dict[str, object]:
        """What is made, for a report."""
        return {**whose(self.subject), "document": self.kind.name, "language": self.language}


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
        """The PDFs of the parts, and a calendar, in one file, as `eml` or `zip`. Raises `InvalidInput`.

        There is no calendar where nobody knows the first day.
        """
        words = [studio.attachment_name(part.kind.name, self.language) for part in self.parts]
        files = dict(zip(file_names(words, PDF), pdfs, strict=True))
        if calendar := studio.calendar(self.subject, self.language):
            (name,) = file_names([studio.attachment_name("calendar", self.language)], CALENDAR)
            files[name] = calendar
        if format == "eml":
            return studio.message(self.subject, self.language, files)
        return zip_of(files)


def named(subject: Subject) -> str:
    """Whom a document is about in a message: by an id, or by the row when the id was made of a name."""
    if isinstance(subject, Workspace):
        return "the company"
    source = subject.at.source
    return f"'{subject.model.id}'" if source.id_is_given else f"row {source.row}"


def whose(subject: Subject) -> dict[str, object]:
    """Whom a document is about in a report: by an id that was given, and by the row on a list."""
    if isinstance(subject, Workspace):
        return {}
    source = subject.at.source
    row = {"row": source.row} if isinstance(subject, Hire) else {}
    return {_WHOSE[type(subject)]: subject.model.id if source.id_is_given else None, **row}


def jobs_of(workspace: Workspace, documents: Iterable[str], spoken: Iterable[Spoken]) -> Iterator[Job]:
    """The documents of these, newcomers and others, each in the languages that are `spoken` there."""
    kinds = [DOCUMENTS[name] for name in documents]
    # Names are settled over everyone, so that a document is called the same whoever else is made.
    stems = {
        of: file_stems(each.model.id or "" for each in everyone) for of, everyone in items(workspace).items()
    }
    for subject, languages in spoken:
        own = _WHOSE[type(subject)]
        for kind in (kind for kind in kinds if kind.of == own):
            for language in languages:
                stem = stems[own][subject.model.id or ""]
                yield Job(kind, subject, language, f"{stem}-{kind.name}-{language}")


def job_of_company(workspace: Workspace, kind: DocumentKind, language: str) -> Job:
    """The document of a kind that there is once in a workspace."""
    return Job(kind, workspace, language, f"{kind.name}-{language}")


def all_jobs(workspace: Workspace, documents: Iterable[str] = DOCUMENTS) -> Iterator[Job]:
    """The documents of all roles, personas, hires and managers.

    Those of roles and personas are in the company's language, and in that of each hire to whom they belong.
    """
    ours = workspace.company.language
    roles: dict[Role, list[str]] = {role: [ours] for role in without_examples(workspace.roles)}
    personas: dict[Persona, list[str]] = {each: [ours] for each in without_examples(workspace.personas)}
    hires, managers = without_examples(workspace.hires), without_examples(workspace.managers)
    yield from jobs_of(workspace, documents, _everyone(workspace, roles, personas, managers, hires))


def every_job(workspace: Workspace, kinds: Iterable[DocumentKind]) -> Iterator[Job]:
    """As `all_jobs`, for these kinds, with those of the company in its language."""
    kinds = tuple(kinds)
    yield from all_jobs(workspace, [kind.name for kind in kinds if kind.name in DOCUMENTS])
    for kind in kinds:
        if kind.of == _WHOSE[Workspace]:
            yield job_of_company(workspace, kind, workspace.company.language)


def intake_jobs(
    workspace: Workspace, documents: Iterable[str] = DOCUMENTS, hires: Sequence[Hire] | None = None
) -> Iterator[Job]:
    """The documents of the hires, and of their roles, personas and managers.

    Those of a role or persona are there once in each language. They are those of all hires unless some are
    named.
    """
    hires = without_examples(workspace.hires) if hires is None else hires
    hosts = dict.fromkeys(hire.manager for hire in hires)
    managers = [manager for manager in workspace.managers if manager in hosts]
    yield from jobs_of(workspace, documents, _everyone(workspace, {}, {}, managers, hires))


def _everyone(
    workspace: Workspace,
    roles: dict[Role, list[str]],
    personas: dict[Persona, list[str]],
    managers: Iterable[Manager],
    hires: Sequence[Hire],
) -> Iterator[Spoken]:
    """The hires, their roles and personas beside these, and those of the managers who have a team."""
    for hire in hires:
        language = workspace.language_of(hire)
        own = (roles.setdefault(hire.role, []), *(personas.setdefault(p, []) for p in hire.role.customers))
        for languages in own:
            if language not in languages:
                languages.append(language)
    yield from roles.items()
    yield from personas.items()
    yield from ((hire, [workspace.language_of(hire)]) for hire in hires)
    yield from ((each, [workspace.company.language]) for each in managers if workspace.team_of(each))


def bundles(
    workspace: Workspace,
    jobs: Iterable[Job],
    hires: Iterable[Hire] | None = None,
    language: str | None = None,
) -> Iterator[Bundle]:
    """A bundle for each hire, of those of the jobs that are theirs to read, in their language or in this one.

    There is one for all hires unless some are named.
    """
    found = {(job.subject, job.kind.name, job.language): job for job in jobs}
    stems = file_stems(hire.model.id for hire in workspace.hires)
    for hire in without_examples(workspace.hires) if hires is None else hires:
        own = language or workspace.language_of(hire)
        keys = [(hire if kind.of == "hire" else hire.role, kind.name, own) for kind in FOR_NEWCOMER]
        parts = tuple(found[key] for key in keys if key in found)
        yield Bundle(hire, own, f"{stems[hire.model.id]}-{BUNDLE}-{own}", parts)


def whole_bundles(workspace: Workspace, hires: Sequence[Hire], language: str | None) -> Iterator[Bundle]:
    """A bundle for each of these hires, of all that is theirs to read, in their language or in this one."""
    spoken = [
        (each, [language or workspace.language_of(hire)]) for hire in hires for each in (hire, hire.role)
    ]
    jobs = jobs_of(workspace, [kind.name for kind in FOR_NEWCOMER], spoken)
    return bundles(workspace, jobs, hires, language)


def packed(studio: Studio, bundles: Iterable[Bundle], format: str) -> Iterator[tuple[str, Rendered]]:
    """The bundles as `eml` or `zip`, each with its stem; a document that several share is made once.

    The result is empty when its problems say why it cannot be made.
    """
    made: dict[Job, Rendered] = {}
    for bundle in bundles:
        for part in bundle.parts:
            if part not in made:
                ((_, made[part]),) = studio.render_all(partial(part.compose, studio), ["pdf"])
        yield bundle.stem, _packed(studio, bundle, format, [made[part] for part in bundle.parts])


def _packed(studio: Studio, bundle: Bundle, format: str, parts: Sequence[Rendered]) -> Rendered:
    problems = tuple(problem for part in parts for problem in part.problems)
    if errors(problems):
        return Rendered(b"", problems)
    try:
        return Rendered(bundle.pack(studio, format, [part.content for part in parts]), problems)
    except InvalidInput as error:
        return Rendered(b"", error.problems)
