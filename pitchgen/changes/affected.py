"""Affected: which documents a change touches, told by what they would say before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pitchgen.changes.git import check_out
from pitchgen.problems import InvalidInput, Problem
from pitchgen.studio.inputs import Inputs
from pitchgen.studio.jobs import Job, all_jobs
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import usable_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pitchgen.workspace import Workspace


@dataclass(slots=True)
class Snapshot:
    """The documents of a workspace at one time, by their stems, and what each would say."""

    studio: Studio
    jobs: dict[str, Job]
    inputs: Inputs
    fingerprints: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, studio: Studio, jobs: Iterable[Job]) -> Snapshot:
        """A snapshot of the studio's workspace as it is now."""
        return cls(studio, {job.stem: job for job in jobs}, Inputs(studio.workspace))

    def files(self, stem: str) -> dict[str, str]:
        """The digest of each file that the document is made from."""
        return self.inputs.files(self.jobs[stem])

    def fingerprint(self, stem: str) -> str:
        """A digest of all that the document shows, or what keeps it from being made."""
        if stem not in self.fingerprints:
            try:
                found = self.studio.fingerprint(self.jobs[stem].compose(self.studio))
            except InvalidInput as error:
                found = str(error.problems)
            self.fingerprints[stem] = found
        return self.fingerprints[stem]

    def settle(self) -> None:
        """Look at everything now: when it is asked for, files may no longer be what they are."""
        for stem in self.jobs:
            self.files(stem)
            self.fingerprint(stem)


@dataclass(frozen=True, slots=True)
class Affected:
    """The documents of a workspace that a change touches.

    `problems` are what kept it from having any documents before.
    """

    workspace: Workspace
    jobs: tuple[Job, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def hires(self) -> list[str]:
        """The ids of the newcomers who have one of the documents, theirs or of their role or customers."""
        subjects = {id(job.subject) for job in self.jobs}
        return [
            hire.model.id
            for hire in self.workspace.hires
            if not subjects.isdisjoint(map(id, (hire, hire.role, *hire.role.customers)))
        ]


def affected(before: Snapshot, after: Snapshot) -> tuple[Job, ...]:
    """The documents of `after` that are new or no longer say what they said in `before`."""
    found = []
    for stem, job in after.jobs.items():
        if stem in before.jobs and before.files(stem) == after.files(stem):
            # It says what it said, and where that is not known yet, it need not be composed for this.
            if stem in before.fingerprints:
                after.fingerprints[stem] = before.fingerprints[stem]
        elif stem not in before.jobs or before.fingerprint(stem) != after.fingerprint(stem):
            found.append(job)
    return tuple(found)


def changed_since(root: Path, revision: str, today: date) -> Affected:
    """The documents that no longer say what they said at a git revision.

    Raises `InvalidInput` when the workspace has errors, `NoRevision` and `CannotCheckOut`.
    """
    workspace = usable_workspace(root)
    with TemporaryDirectory(prefix="pitchgen-") as folder:
        earlier = check_out(root, revision, Path(folder))
        after = _snapshot(workspace, today)
        try:
            before = _snapshot(usable_workspace(earlier, linked_to=root), today)
        except InvalidInput as error:
            return Affected(workspace, tuple(after.jobs.values()), error.problems)
        return Affected(workspace, affected(before, after))


def made_from(root: Path, paths: Iterable[str]) -> Affected:
    """The documents that any of these files can reach, given by their paths in the workspace.

    Raises `InvalidInput` when the workspace has errors.
    """
    workspace = usable_workspace(root)
    inputs, wanted = Inputs(workspace), set(paths)
    jobs = (job for job in all_jobs(workspace) if not wanted.isdisjoint(inputs.files(job)))
    return Affected(workspace, tuple(jobs))


def _snapshot(workspace: Workspace, today: date) -> Snapshot:
    return Snapshot.of(Studio(workspace, today), all_jobs(workspace))
