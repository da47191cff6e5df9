"""A newcomer who is typed in on the command line instead of written into a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import ValidationError

from pitchgen.load.document import Mapping
from pitchgen.load.faults import Mark
from pitchgen.load.files import Source
from pitchgen.model.hire import Hire
from pitchgen.problems import Problem
from pitchgen.validate import Item, Validated, explain, read_model
from pitchgen.write import file_stem, numbered

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


def add_newcomer(validated: Validated, newcomer: Newcomer) -> None:
    """Put the newcomer among the hires of a validated workspace; what is wrong becomes problems."""
    source = Source("hires", PATH, "", _as_data(newcomer, validated))
    languages = tuple(validated.company.model.languages) if validated.company else None
    try:
        hire = read_model(source, languages)
    except ValidationError as error:
        validated.problems += explain(source, error)
    else:
        assert isinstance(hire, Hire)
        validated.hires.append(Item(source, hire))


def typed(problem: Problem) -> Problem:
    """A problem with something typed, placed at its option instead of at a line of a file."""
    if problem.path != PATH:
        return problem
    option = problem.where.partition(".")[0].partition("[")[0].replace("_", "-")
    return replace(problem, path=f"--{option}" if option else "", line=0, column=0, source="")


def _as_data(newcomer: Newcomer, validated: Validated) -> Mapping:
    data = Mapping(_START)

    def put(target: Mapping, key: str, value: str | Mapping | None) -> None:
        if value is not None:
            target[key] = value
            target.keys_at[key] = target.values_at[key] = _START

    put(data, "id", _new_id(newcomer, validated))
    put(data, "name", newcomer.name)
    put(data, "role", known_role(newcomer.role, validated))
    put(data, "starts_on", newcomer.starts_on)
    put(data, "language", newcomer.language)
    manager = known_manager(newcomer.manager, validated)
    if manager and " " in manager:
        # Two words that are no manager's are a name; one word that is no manager's id is a slip.
        person = Mapping(_START)
        put(person, "name", manager)
        put(data, "manager", person)
    else:
        put(data, "manager", manager)
    return data


def known_role(said: str, validated: Validated) -> str:
    """The id of the role of this id or title, in any language and case; else what was said."""
    for item in validated.roles:
        names = (item.model.id, item.model.title.plain or "", *item.model.title.languages.values())
        if said.casefold() in map(str.casefold, names):
            return item.model.id
    return said


def known_manager(said: str | None, validated: Validated) -> str | None:
    """The id of the manager of this id or name, in any case; else what was said, without spaces around."""
    for item in validated.managers:
        if said and said.strip().casefold() in ((item.model.id or "").casefold(), item.model.name.casefold()):
            return item.model.id
    return said.strip() if said else said


def _new_id(newcomer: Newcomer, validated: Validated) -> str:
    """The name as an id, with the role, and the first day when it is known.

    Two newcomers of one name seldom share those; an id that a hire's file has already is numbered.
    """
    parts = filter(None, (newcomer.name, newcomer.role, newcomer.starts_on))
    stem = file_stem(" ".join(parts).encode(errors="replace").decode())
    return numbered(stem, {item.model.id for item in validated.hires})
