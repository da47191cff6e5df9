"""Reach: which files of a workspace a document about somebody can say something of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pitchgen.load.place import Place
from pitchgen.model.file_kind import FILE_KINDS, Reach, kind_of_path
from pitchgen.workspace.linked import Hire, Persona, Role

Subject = Hire | Role | Persona


def can_reach(path: str, subject: Subject) -> bool:
    """Whether what stands in this file can reach a document about the subject.

    The path is as seen from the workspace, and need not be there any more. What is of no kind, such
    as a template, can reach every document.
    """
    kind = kind_of_path(path)
    return kind is None or kind.reach is Reach.ALL or path in files_for(subject)


def files_for(subject: Subject) -> frozenset[str]:
    """The paths of the files that reach documents about the subject, of the kinds that do not reach all."""
    reaches = (kind.reach for kind in FILE_KINDS)
    return frozenset(at.path for reach in reaches for at in _places(reach, subject))


def _places(reach: Reach, subject: Subject) -> Iterator[Place]:
    """The files of this reach that reach documents about the subject."""
    match reach:
        case Reach.ALL:
            pass
        case Reach.SERVED:
            yield from (persona.at for persona in _personas(subject))
        case Reach.TEAM:
            if isinstance(subject, Hire) and subject.manager_at:
                yield subject.manager_at
        case Reach.SELF:
            if isinstance(subject, Hire):
                yield subject.at
        case never:
            assert_never(never)


def _personas(subject: Subject) -> tuple[Persona, ...]:
    if isinstance(subject, Persona):
        return (subject,)
    return (subject.role if isinstance(subject, Hire) else subject).reaches
