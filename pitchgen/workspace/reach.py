"""Reach: which files of a workspace a document about somebody can say something of."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pitchgen.model.file_kind import FILE_KINDS, Reach
from pitchgen.workspace.linked import Hire, Manager, Persona, Role, Workspace, without_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.load.files import Source
    from pitchgen.load.place import Place

Subject = Hire | Role | Persona | Manager | Workspace
"""What a document is about: one newcomer, role, persona or manager, or the whole company."""


def reaching_all(workspace: Workspace) -> tuple[Source, ...]:
    """The files that reach every document."""
    kinds = (kind for kind in FILE_KINDS if kind.reach is Reach.ALL)
    return tuple(each.source for kind in kinds for each in workspace.files.of(kind))


def sources_for(workspace: Workspace, subject: Subject) -> tuple[Source, ...]:
    """The files that reach documents about the subject, of the kinds that do not reach all, each once."""
    reaches = dict.fromkeys(kind.reach for kind in FILE_KINDS)
    places = (place for reach in reaches for place in _places(workspace, reach, subject))
    # The rows of a list stand in one file.
    return tuple({place.source.key: place.source for place in places}.values())


def _places(workspace: Workspace, reach: Reach, subject: Subject) -> Iterator[Place]:
    """The files of this reach that reach documents about the subject."""
    if isinstance(subject, Manager):
        for hire in workspace.team_of(subject):
            yield from _places(workspace, reach, hire)
    match reach:
        case Reach.ALL:
            pass
        case Reach.SERVED:
            yield from (persona.at for persona in _personas(subject))
        case Reach.TEAM:
            if isinstance(subject, Manager):
                yield subject.at
            elif isinstance(subject, Hire):
                people = (subject.manager, subject.buddy, subject.arrival.person)
                yield from (each.at for each in people if each)
        case Reach.SELF:
            if isinstance(subject, Hire):
                yield subject.at
        case never:
            assert_never(never)


def _personas(subject: Subject) -> tuple[Persona, ...]:
    if isinstance(subject, Hire):
        return subject.role.customers
    if isinstance(subject, Role):
        return subject.customers
    if isinstance(subject, Persona):
        return (subject,)
    return without_examples(subject.personas) if isinstance(subject, Workspace) else ()
