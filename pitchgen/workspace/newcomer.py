"""A newcomer who is typed in on the command line instead of written into a file."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING

from pitchgen.load.document import Value, YamlMap
from pitchgen.load.faults import Mark
from pitchgen.load.files import Source
from pitchgen.model.file_kind import HIRES
from pitchgen.workspace.validate import Validated, with_sources
from pitchgen.write import file_stem, numbered

if TYPE_CHECKING:
    from pitchgen.problems import Problem

PATH = "<typed>"
_START = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was typed, as text: a name and a role, and what else a hire's file could say."""

    name: str
    role: str
    manager: str | None = None
    starts_on: str | None = None
    language: str | None = None
    called: str | None = None
    buddy: str | None = None


_UNDER_KEY = re.compile(rf"under `({'|'.join(each.name for each in dataclass_fields(Newcomer))})`")


def with_newcomer(validated: Validated, newcomer: Newcomer) -> Validated:
    """The same with the newcomer as its last hire; what is wrong becomes problems."""
    role = validated.known.roles.find(newcomer.role).id or newcomer.role
    id = derived_id(newcomer.name, role, newcomer.starts_on)
    values: dict[str, Value] = {
        **asdict(newcomer),
        "id": numbered(id, {item.model.id for item in validated.of(HIRES)}),
        "role": role,
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
    option = _option(problem.loc[0]) if problem.loc else ""
    hint = _UNDER_KEY.sub(lambda key: f"with `{_option(key[1])}`", problem.hint)
    return replace(problem, path=option, line=0, column=0, source="", hint=hint)


def _option(key: str | int) -> str:
    return f"--{key}".replace("_", "-")


def derived_id(name: str, role: str, starts_on: str | None = None) -> str:
    """The name as an id, with the id of the role, and the first day when it is known.

    Two newcomers of one name seldom share those. It begins as files of that name alone would.
    """
    parts = filter(None, (name, role, starts_on))
    return file_stem("-".join(map(file_stem, parts)))
