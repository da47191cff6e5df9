"""Affected: which documents a change in the workspace touches, told by composing them before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pitchgen.documents.jobs import Job
from pitchgen.documents.studio import Studio
from pitchgen.intake.digests import inputs_of
from pitchgen.problems import InvalidInput


@dataclass(slots=True)
class Snapshot:
    """The documents of a workspace at one time: `jobs` by their stems, and what each would say.

    `inputs` are the digests of the files that documents are made from, by their paths.
    """

    studio: Studio
    jobs: dict[str, Job]
    inputs: dict[str, str]
    fingerprints: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, studio: Studio, jobs: Iterable[Job]) -> Snapshot:
        """A snapshot of the studio's workspace as it is now."""
        return cls(studio, {job.stem: job for job in jobs}, inputs_of(studio.workspace))

    def fingerprint(self, stem: str) -> str:
        """A digest of all that the document shows, or what keeps it from being made."""
        if stem not in self.fingerprints:
            try:
                found = self.studio.fingerprint(self.jobs[stem].compose(self.studio))
            except InvalidInput as error:
                found = str(error.problems)
            self.fingerprints[stem] = found
        return self.fingerprints[stem]


def affected(before: Snapshot, after: Snapshot) -> tuple[Job, ...]:
    """The documents of `after` that are new or no longer say what they said in `before`."""
    changed = {path for path, _ in before.inputs.items() ^ after.inputs.items()}
    found = []
    for stem, job in after.jobs.items():
        if stem in before.jobs and not any(job.may_use(path) for path in changed):
            # It says what it said, and where that is not known yet, it need not be composed for this.
            if stem in before.fingerprints:
                after.fingerprints[stem] = before.fingerprints[stem]
        elif stem not in before.jobs or before.fingerprint(stem) != after.fingerprint(stem):
            found.append(job)
    return tuple(found)


def made_from(jobs: Iterable[Job], paths: Iterable[str]) -> tuple[Job, ...]:
    """The documents that any of these files of the workspace can reach."""
    paths = tuple(paths)
    return tuple(job for job in jobs if any(job.may_use(path) for path in paths))
