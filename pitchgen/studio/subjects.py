"""Subjects: whom documents are about, found by an id or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.workspace import Hire, Manager, Persona, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pitchgen.documents.kind import Whose
    from pitchgen.workspace import Workspace


Item = Hire | Role | Persona | Manager


def items(workspace: Workspace) -> dict[Whose, Sequence[Item]]:
    """All hires, roles, personas and managers of a workspace, each of which may have documents."""
    return {
        "hire": workspace.hires,
        "role": workspace.roles,
        "persona": workspace.personas,
        "manager": workspace.managers,
    }


def item_called(workspace: Workspace, of: Whose, said: str, otherwise: str = "") -> Item:
    """The hire, role, persona or manager of this id, else the only one of this name, however it is spelled.

    Raises `InvalidInput` when there is none, with a suggestion, or `otherwise` where there are none at all.
    """
    known = {each.model.id or "": each for each in items(workspace)[of]}
    found = getattr(workspace.files.known, f"{of}s").find(said)
    if found.id in known:
        return known[found.id]
    if found.sharing:
        message = f"several {of}s are called '{said}'"
        raise InvalidInput([Problem("unknown-reference", message, hint=found.hint)])
    raise unknown(of, said, known, otherwise)


def unknown(what: str, said: str, known: Collection[str], otherwise: str = "") -> InvalidInput:
    """That nothing `known` is called so: with a suggestion, else with them all, or `otherwise` for none."""
    there_are = f"the {what}s are: {', '.join(known)}" if known else otherwise
    hint = suggestion(said, known) or there_are
    return InvalidInput([Problem("unknown-reference", f"there is no {what} '{said}'", hint=hint)])


def language_called(workspace: Workspace, said: str | None, where: str = "") -> str | None:
    """The code of a language that is called so; None for none.

    Raises `InvalidInput`, at the option `where`, for one that is not among the workspace's.
    """
    code = workspace.files.known.language(said) if said is not None else None
    if said is not None and code is None:
        message = f"'{said}' is not among the workspace's languages"
        hint = (
            f"use one of {', '.join(workspace.company.languages)}, or add it to `languages` in company.yaml"
        )
        raise InvalidInput([Problem("invalid-value", message, where, hint=hint)])
    return code
