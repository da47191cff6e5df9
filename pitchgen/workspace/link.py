"""Link: validated files to one workspace in which every reference is the thing it names."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pitchgen.model.file_kind import (
    HIRES,
    JOURNEY,
    MANAGERS,
    METRICS,
    PERSONAS,
    ROLES,
)
from pitchgen.overlay import Overlay
from pitchgen.problems import Problem, by_place
from pitchgen.workspace import linked
from pitchgen.workspace.languages import Languages
from pitchgen.workspace.linker import Linker
from pitchgen.workspace.terms import wrong_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.workspace.validate import Validated


class Joins(Protocol):
    """Somebody who joins the hires of a workspace."""

    def join(self, validated: Validated) -> Validated:
        """The same with them as its last hire, in place of the one who they are in other words."""


@dataclass(frozen=True, slots=True)
class Linking:
    """A linked workspace (None without a valid company.yaml), and all problems so far, sorted by place.

    What could not be resolved is left out of the workspace, so it is only fit for use when no problem is an
    error.
    """

    workspace: linked.Workspace | None
    problems: tuple[Problem, ...]
    languages: Languages
    _linker: Linker
    _conflicts: tuple[linked.Conflict, ...]

    def joined_by(self, newcomer: Joins) -> Linking:
        """The same with a newcomer; nothing else is linked again."""
        linker = self._linker.joined(newcomer.join(self._linker.validated))
        return _linking(linker, self.languages, self._conflicts)


def link(validated: Validated) -> Linking:
    """Resolve every reference. The problems of loading and validating stay among those of the linking."""
    linker = Linker(validated)
    languages = Languages(Overlay(validated.root), _own_terms(validated))
    if validated.company:
        linker.link_company(validated.company)
        linker.problems += wrong_terms(validated.company, languages.folders)
    if journey_ := validated.one(JOURNEY):
        linker.link_journey(journey_)
    if metrics := validated.one(METRICS):
        linker.link_metrics(metrics)
    personas = validated.of(PERSONAS)
    for persona_ in personas:
        linker.link_persona(persona_)
    conflicts = linker.link_conflicts(personas)
    # Roles serve each other, in circles even: all must exist before any is linked.
    roles = [(item, linked.Role(item.model, item.at)) for item in validated.of(ROLES)]
    for item, role_ in roles:
        linker.roles.add(item.model.id, role_, item.source)
    for item, role_ in roles:
        linker.link_role(item, role_)
    for _, role_ in roles:
        role_.reaches = reachable_personas(role_)
    linker.settle_reach()
    for manager in validated.of(MANAGERS):
        result = linked.Manager(manager.model, manager.at)
        linker.managers.add(manager.model.id or "", result, manager.source)
    for hire_ in validated.of(HIRES):
        linker.link_hire(hire_)
    return _linking(linker, languages, conflicts)


def _linking(linker: Linker, languages: Languages, conflicts: tuple[linked.Conflict, ...]) -> Linking:
    problems = sorted([*linker.validated.problems, *linker.problems], key=by_place)
    return Linking(_workspace(linker, languages, conflicts), tuple(problems), languages, linker, conflicts)


def _own_terms(validated: Validated) -> Mapping[str, Mapping[str, str]]:
    return (validated.company.model.terms.customer if validated.company else None) or {}


def reachable_personas(start: linked.Role) -> tuple[linked.Persona, ...]:
    """The personas a role serves itself, then those its colleagues do, nearest first, each once."""
    found: dict[linked.Persona, None] = {}
    seen: dict[linked.Role, None] = {start: None}
    queue = deque([start])
    while queue:
        role_ = queue.popleft()
        found.update(dict.fromkeys(role_.personas))
        queue.extend(colleague for colleague in role_.roles if colleague not in seen)
        seen.update(dict.fromkeys(role_.roles))
    return tuple(found)


def _workspace(
    linker: Linker, languages: Languages, conflicts: tuple[linked.Conflict, ...]
) -> linked.Workspace | None:
    validated = linker.validated
    if validated.company is None:
        return None
    return linked.Workspace(
        files=validated,
        company=validated.company.model,
        languages=languages,
        values=tuple(linker.values.items.values()),
        rewards=tuple(linker.rewards.items.values()),
        phases=tuple(linker.phases.items.values()),
        touchpoints=tuple(linker.touchpoints.items.values()),
        metrics=tuple(linker.metrics.items.values()),
        personas=tuple(linker.personas.items.values()),
        conflicts=conflicts,
        roles=tuple(linker.roles.items.values()),
        managers=tuple(linker.managers.items.values()),
        hires=tuple(linker.hires.items.values()),
    )
