"""What is typed of a newcomer on the command line: somebody without a file, or other words for a hire.

Whatever was typed stands in no file, so its place is `NOWHERE`, and its problems are placed at its option.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pitchgen.load.document import Value, YamlList, YamlMap
from pitchgen.load.faults import NOWHERE
from pitchgen.load.files import Source
from pitchgen.model.file_kind import HIRES
from pitchgen.model.hire import Hire
from pitchgen.workspace.references import without_removal
from pitchgen.workspace.validate import Validated, is_required, with_sources
from pitchgen.write import file_stem, numbered

if TYPE_CHECKING:
    from pitchgen.load.place import Place
    from pitchgen.problems import Loc, Problem

PATH = "<typed>"
# The key of a hire's file under which passages stand.
_PITCH = "pitch"
# Those that have an option.
_KEYS = ("name", "role", "manager", "starts_on", "language", "called", "buddy")
Said = str | Sequence[str] | Mapping[str, str | None] | None
_UNDER_KEY = re.compile(r"under `([a-z_.]+)`")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was typed, as text: a name and a role, and what else a hire's file could say.

    `say` are passages of the pitch in words of their own, by their names.
    """

    name: str
    role: str
    manager: str | None = None
    starts_on: str | None = None
    language: str | None = None
    called: str | None = None
    buddy: str | None = None
    say: Mapping[str, str] = field(default_factory=dict)

    def join(self, validated: Validated) -> Validated:
        """The same with the newcomer as its last hire; what is wrong becomes problems."""
        values = {key: said for key in _KEYS if (said := getattr(self, key)) is not None}
        return Draft({**values, _PITCH: self.say} if self.say else values).join(validated)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a newcomer's file would say, as it was typed, by its keys.

    It changes the file of the hire `of` this id where they have one, in which None takes a key away.
    """

    values: Mapping[str, Said]
    of: str | None = None

    def join(self, validated: Validated) -> Validated:
        """The same with the newcomer as its last hire; what is wrong becomes problems."""
        own = next((item for item in validated.of(HIRES) if item.model.id == self.of), None)
        data = own.source.data.copied() if own else YamlMap(NOWHERE)
        for key, said in self.values.items():
            data.put(key, _changed(data.get(key), said), NOWHERE)
        data.put("id", own.model.id if own else self._new_id(validated), NOWHERE)
        if isinstance(role := data.get("role"), str):
            data.put("role", validated.known.roles.find(role).id or role, NOWHERE)
        source = Source(PATH, "", data, HIRES, id_is_given=own is not None)
        others = replace(validated.without(own) if own else validated, before=validated.known)
        return with_sources(others, [source], validated.languages)

    def _new_id(self, validated: Validated) -> str:
        """An id by their name, their role and their first day, that no hire has."""
        name, role, starts_on = (self._text(key) for key in ("name", "role", "starts_on"))
        id = derived_id(name or "", validated.known.roles.find(role or "").id or role or "", starts_on)
        return numbered(id, {item.model.id for item in validated.of(HIRES)})

    def _text(self, key: str) -> str | None:
        said = self.values.get(key)
        return said if isinstance(said, str) else None


@dataclass(frozen=True, slots=True)
class Reworded:
    """A hire with a file, by id or name, and passages of their pitch that were typed in other words.

    The words are in the `language` of the pitch, where that was given.
    """

    hire: str
    say: Mapping[str, str]
    language: str | None = None

    def join(self, validated: Validated) -> Validated:
        """The same with these words in place of the hire's own; what is wrong becomes problems.

        That there is no such hire is said by whoever looks for them.
        """
        id = validated.known.hires.find(self.hire).id
        item = next((item for item in validated.of(HIRES) if item.model.id == id), None)
        if item is None:
            return validated
        language = validated.known.language(self.language) if self.language else None
        own = item.source.data.get(_PITCH)
        passages = own.copied() if isinstance(own, YamlMap) else YamlMap(NOWHERE)
        for name, text in self.say.items():
            passages.put(name, _typed_group({language: text}) if language else text, NOWHERE)
        data = item.source.data.copied()
        data.put(_PITCH, passages, data.values_at.get(_PITCH, NOWHERE))
        return with_sources(validated.without(item), [replace(item.source, data=data)], validated.languages)


def _changed(old: Value, said: Said) -> Value:
    """What was typed as the data of a file; of a group only what it has."""
    if isinstance(said, Mapping):
        group = old.copied() if isinstance(old, YamlMap) else YamlMap(NOWHERE)
        for key, text in said.items():
            group.put(key, text, NOWHERE)
        return group
    if said is None or isinstance(said, str):
        return said
    items = YamlList(NOWHERE)
    items += said
    items.items_at += [NOWHERE] * len(said)
    return items


def _typed_group(values: Mapping[str, Value]) -> YamlMap:
    data = YamlMap(NOWHERE)
    for key, value in values.items():
        data.put(key, value, NOWHERE)
    return data


def typed(problem: Problem) -> Problem:
    """A problem with something typed, placed at its option instead of at a line of a file."""
    if problem.path != PATH and (problem.line or not problem.loc):
        return problem
    hint = hint_without_line(problem, "leave the option out", _with_option)
    return replace(problem, path=_option(problem.loc), line=0, column=0, source="", hint=hint)


def hint_without_line(problem: Problem, instead: str, under: Callable[[str], str]) -> str:
    """The hint of a problem with a newcomer of whom no file has lines.

    `instead` of removing a line is what can be done where the value need not be there; `under` says of a key
    where else what belongs there is written.
    """
    hint = without_removal(problem.hint, "" if is_required(Hire, problem.loc) else f", or {instead}")
    return _UNDER_KEY.sub(lambda key: under(key[1]), hint)


def _with_option(key: str) -> str:
    return f"with `{_option((key,))}`" if key in _KEYS else f"under `{key}`"


def shown_place(at: Place) -> str:
    """A place as people read it: a file with its line, or the option by which it was typed."""
    return f"{at.path}:{at.line}" if at.line else _option(at.loc)


def _option(loc: Loc) -> str:
    if loc[:1] == (_PITCH,):
        return " ".join(("--say", *map(str, loc[1:2])))
    return f"--{loc[0]}".replace("_", "-") if loc else ""


def derived_id(name: str, role: str, starts_on: str | None = None) -> str:
    """The name as an id, with the id of the role, and the first day when it is known.

    Two newcomers of one name seldom share those. It begins as files of that name alone would.
    """
    parts = filter(None, (name, role, starts_on))
    return file_stem("-".join(map(file_stem, parts)))
