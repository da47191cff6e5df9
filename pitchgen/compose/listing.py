"""The roles and the personas of a workspace by their ids, with what they are called and who serves whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.model.text import Text
    from pitchgen.workspace import Persona, Role, Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them: its id, its name in each of the workspace's languages, and ids by what they are to it.

    An `example` is left out of documents where nobody names it.
    """

    id: str
    names: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    example: bool = False


def list_roles(workspace: Workspace) -> tuple[Listed, ...]:
    """Every role with the personas and the roles that it serves itself."""
    return tuple(_role(role, workspace) for role in workspace.roles)


def _role(role: Role, workspace: Workspace) -> Listed:
    serves = {
        "serves_personas": tuple(each.model.id for each in role.personas),
        "serves_roles": tuple(each.model.id for each in role.roles),
    }
    return Listed(role.model.id, _names(role.model.title, workspace), serves, role.model.example)


def list_personas(workspace: Workspace) -> tuple[Listed, ...]:
    """Every persona with the roles that serve it themselves."""
    return tuple(_persona(persona, workspace) for persona in workspace.personas)


def _persona(persona: Persona, workspace: Workspace) -> Listed:
    serving = tuple(role.model.id for role in workspace.roles if persona in role.personas)
    names = _names(persona.model.label, workspace)
    return Listed(persona.model.id, names, {"served_by": serving}, persona.model.example)


def _names(text: Text, workspace: Workspace) -> dict[str, str]:
    company = workspace.company
    return {code: text.said(code, company.language) for code in company.languages}
