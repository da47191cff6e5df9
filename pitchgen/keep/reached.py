"""Reached: how many documents each file of a workspace can change, and of which roles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pitchgen.model.file_kind import Reach
from pitchgen.studio.jobs import all_jobs
from pitchgen.workspace import Role
from pitchgen.workspace.reach import sources_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.workspace import Workspace


@dataclass(slots=True)
class Reached:
    """What a file reaches: so many `documents`, those of `roles` among them unless it is all of them."""

    documents: int = 0
    roles: list[Role] = field(default_factory=list)


def reached(workspace: Workspace) -> Mapping[str, Reached]:
    """What each file reaches, by its path."""
    found: defaultdict[str, Reached] = defaultdict(Reached)
    jobs = list(all_jobs(workspace))
    known = {id(job.subject): sources_for(workspace, job.subject) for job in jobs}
    for job in jobs:
        for source in known[id(job.subject)]:
            reaches = found[source.path]
            reaches.documents += 1
            if isinstance(job.subject, Role) and job.subject not in reaches.roles:
                reaches.roles.append(job.subject)
    for item in workspace.files.items:
        if item.source.kind.reach is Reach.ALL:
            found[item.source.path] = Reached(len(jobs))
    return found
