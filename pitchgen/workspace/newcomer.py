"""A newcomer who is typed in on the command line instead of written into a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from pitchgen.load.document import Value, YamlMap
from pitchgen.load.faults import Mark
from pitchgen.load.files import Source
from pitchgen.model.file_kind import HIRES, MANAGERS, PERSONAS, ROLES
from pitchgen.workspace.validate import Validated, with_sources
from pitchgen.write import file_stem, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.problems import Problem

PATH = "<typed>"
_START = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was typed: a name and the id of a role; perhaps a manager and the first day, as text."""

    name: str
    role: str
    manager: str | None = None
    starts_on: str | None = None
    language: str | None = None


def with_newcomer(validated: Validated, newcomer: Newcomer) -> Validated:
    """The same with the newcomer as its last hire; what is wrong becomes problems."""
    role = known_role(newcomer.role, validated)
    id = derived_id(newcomer.name, role, newcomer.starts_on)
    values: dict[str, Value] = {
        "id": numbered(id, {item.model.id for item in validated.of(HIRES)}),
        "name": newcomer.name,
        "role": role,
        "starts_on": newcomer.starts_on,
        "language": newcomer.language,
        "manager": manager_data(known_manager(newcomer.manager, validated), _START),
    }
    data = YamlMap(_START)
    for key, value in values.items():
        if value is not None:
            data.put(key, value, _START)
    source = Source(PATH, "", data, HIRES, id_is_given=False)
    return with_sources(validated, [source], validated.languages)


def typed(problem: Problem) -> Problem:
    """A problem with something typed, placed at its option instead of at a line of a file."""
    if problem.path != PATH:
        return problem
    option = f"--{problem.loc[0]}".replace("_", "-") if problem.loc else ""
    return replace(problem, path=option, line=0, column=0, source="")


def known_role(said: str, validated: Validated) -> str:
    """The id of the role of this id, or of this title, in any language and case; else what was said."""
    return _known(said, ((item.model.id, item.model.title.spellings) for item in validated.of(ROLES)))


def known_persona(said: str, validated: Validated) -> str:
    """The id of the persona of this id or label, in any language and case; else what was said."""
    return _known(said, ((item.model.id, item.model.label.spellings) for item in validated.of(PERSONAS)))


def known_manager(said: str | None, validated: Validated) -> str | None:
    """The id of the manager of this id or name, in any case; else what was said, without spaces around."""
    managers = (item.model for item in validated.of(MANAGERS))
    return _known(said.strip(), ((each.id or "", (each.name,)) for each in managers)) if said else said


def _known(said: str, known: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The id that was said, else the only one that has what was said among its names; else what was said."""
    folded = _folded(said)
    named: list[str] = []
    for id, names in known:
        if _folded(id) == folded:
            return id
        if folded in map(_folded, names):
            named.append(id)
    return named[0] if len(named) == 1 else said


def _folded(text: str) -> str:
    return normalize("NFC", text.strip().casefold())


def manager_data(known: str | None, mark: Mark) -> str | YamlMap | None:
    """What `known_manager` found, as the data of a hire has it: an id, or somebody of that name at `mark`."""
    if known is None or " " not in known:
        return known
    # Two words that are no manager's are a name; one word that is no manager's id is a slip.
    person = YamlMap(mark)
    person.put("name", known, mark)
    return person


def derived_id(name: str, role: str, starts_on: str | None = None) -> str:
    """The name as an id, with the id of the role, and the first day when it is known.

    Two newcomers of one name seldom share those. It begins as files of that name alone would.
    """
    parts = filter(None, (name, role, starts_on))
    return file_stem("-".join(map(file_stem, parts)))
