"""Subjects: whom documents are about, found by an id or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.workspace import Hire, Manager, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pitchgen.documents.kind import Whose
    from pitchgen.workspace import Workspace


Item = Hire | Role | Manager


def items(workspace: Workspace) -> dict[Whose, Sequence[Item]]:
    """All hires, roles and managers of a workspace, each of which may have documents."""
    return {"hire": workspace.hires, "role": workspace.roles, "manager": workspace.managers}


def item_called(workspace: Workspace, of: Whose, said: str, otherwise: str = "") -> Item:
    """The hire, role or manager of this id, else the only one of this name or title, in any case.

    Raises `InvalidInput` when there is none, with a suggestion, or `otherwise` where there are none at all.
    """
    known = {each.model.id or "": each for each in items(workspace)[of]}
    if said in known:
        return known[said]
    named = [id for id, each in known.items() if said.casefold() in map(str.casefold, _names(each))]
    if len(named) == 1:
        return known[named[0]]
    if named:
        hint = f"give the id of one: {', '.join(named)}"
        raise InvalidInput([Problem("unknown-reference", f"several {of}s are called '{said}'", hint=hint)])
    raise unknown(of, said, known, otherwise)


def unknown(what: str, said: str, known: Collection[str], otherwise: str = "") -> InvalidInput:
    """That nothing `known` is called so: with a suggestion, else with them all, or `otherwise` for none."""
    there_are = f"the {what}s are: {', '.join(known)}" if known else otherwise
    hint = suggestion(said, known) or there_are
    return InvalidInput([Problem("unknown-reference", f"there is no {what} '{said}'", hint=hint)])


def expect_language(known: Iterable[str], language: str | None, where: str = "") -> None:
    """Refuse a language that is not among the `known`. Raises `InvalidInput`, at the option `where`."""
    known = tuple(known)
    if language is not None and language not in known:
        message = f"'{language}' is not among the workspace's languages"
        hint = f"use one of {', '.join(known)}, or add it to `languages` in company.yaml"
        raise InvalidInput([Problem("invalid-value", message, where, hint=hint)])


def _names(item: Item) -> tuple[str, ...]:
    return item.model.title.spellings if isinstance(item, Role) else (item.model.name,)
