"""What a workspace holds before something new joins it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from pitchgen.load.files import Files, Source, is_there, load_files
from pitchgen.model.file_kind import COMPANY, kind_of_path
from pitchgen.model.text import Text, read_id
from pitchgen.problems import InvalidInput, PitchgenError, Problem, errors
from pitchgen.workspace.ids import ids_of
from pitchgen.workspace.link import link
from pitchgen.workspace.validate import Validated, validate
from pitchgen.write import file_stem, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pitchgen.new.kinds import Kind
    from pitchgen.workspace import Workspace

# Windows gives these names to devices, whatever their ending.
_DEVICES = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")


class CannotCreate(PitchgenError):
    """The id asked for is no id, no file's name, or taken."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Existing:
    """The files of a workspace, what of them is valid, and the problems of the rest."""

    files: Files
    validated: Validated
    workspace: Workspace
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, root: Path) -> Existing:
        """Read the workspace at `root`. Raises `InvalidInput` when its company.yaml has errors."""
        return cls._understood(load_files(root))

    @classmethod
    def _understood(cls, files: Files) -> Existing:
        validated = validate(files)
        linking = link(validated)
        wrong = [problem for problem in errors(linking.problems) if problem.path == COMPANY.path]
        if wrong or linking.workspace is None:
            raise InvalidInput(wrong)
        return cls(files, validated, linking.workspace, linking.problems)

    def with_source(self, source: Source) -> Existing:
        """The same workspace with this file in place of what its path held."""
        others = (each for each in self.files.sources if each.path != source.path)
        problems = tuple(problem for problem in self.files.problems if problem.path != source.path)
        return self._understood(replace(self.files, sources=(*others, source), problems=problems))

    def with_sources(self, sources: Iterable[Source]) -> Existing:
        """The same workspace with these files in place of all that could be read."""
        return self._understood(replace(self.files, sources=tuple(sources)))

    def errors_in(self, path: str) -> tuple[Problem, ...]:
        """The errors of one file and its folder; that it is empty is none, for it can be filled."""
        places = (path, path.partition("/")[0])
        here = (problem for problem in errors(self.problems) if problem.path in places)
        return tuple(problem for problem in here if problem.code != "empty-file")

    def refuse_errors(self, *kinds: Kind) -> None:
        """Raises `InvalidInput` when files of these kinds have errors, for they may hold what is missed."""
        holders = {kind.holder for kind in kinds}
        if wrong := [p for p in errors(self.problems) if kind_of_path(p.path) in holders]:
            raise InvalidInput(wrong)

    def ids(self, noun: str) -> Iterator[tuple[str, str]]:
        """Each id of what is called so, also of what is not valid, with the path of its file."""
        for source in self.files.sources:
            yield from ((id.id, source.path) for id in ids_of(source) if id.is_own and id.noun == noun)

    def free_id(self, kind: Kind, stem: str) -> str:
        """The stem, or the first of `stem-2`, `stem-3`, … that nothing of its kind is called."""
        taken = {id.casefold() for id, _ in self.ids(kind.name)}
        if kind.is_file:
            folder = self.files.root / kind.holder.path
            taken |= {path.stem.casefold() for path in folder.glob("*")}
            stem = _better_name(stem)
        return numbered(stem, taken)

    def named(self, noun: str) -> Mapping[str, Text]:
        """What of one kind others can name, by its id, with what people call it."""
        workspace = self.workspace
        found: dict[str, Iterable[tuple[str, Text]]] = {
            "persona": ((each.model.id, each.model.label) for each in workspace.personas),
            "role": ((each.model.id, each.model.title) for each in workspace.roles),
            "manager": ((each.model.id or "", Text(each.model.name)) for each in workspace.managers),
            "phase": ((each.id, each.name) for each in workspace.phases),
            "strategy goal": ((each.id, each.text) for each in workspace.company.strategy.goals),
            "behavior": (
                (each.id, each.text) for value in workspace.values for each in value.model.behaviors
            ),
        }
        return dict(found.get(noun, ()))

    def id_of(self, noun: str, said: str) -> str:
        """The id of what has this id or is called so, in any language and case; else what was said."""
        for names in self.validated.known.of.values():
            if names.kind.noun == noun:
                return names.find(said).id or said
        folded = said.strip().casefold()
        called = [
            id
            for id, text in self.named(noun).items()
            if folded in {each.casefold() for each in (id, *text.spellings)}
        ]
        return called[0] if len(called) == 1 else said

    def settle_id(self, kind: Kind, typed: str, *, inside: str = "", instead: str = "") -> str:
        """The id of something new as others will write it; `inside` is what ids of its kind begin with.

        Raises `CannotCreate` when it cannot be an id or the name of a file, or is taken, be it with
        other capitals; but it may be that of what has the id `instead` now.
        """
        try:
            id = read_id(typed)
        except PydanticCustomError as error:
            said = error.context or {}
            hint = f"; {said['hint']}" if said["hint"] else ""
            instead = f"; use '{file_stem(typed)}'" if " " in typed.strip() else hint
            raise CannotCreate(f"{said['message']}{instead}") from None
        if kind.is_file and (better := _better_name(id)) != id:
            raise CannotCreate(f"'{id}' cannot be a file's name on every machine; use '{better}'")
        for taken, path in self.ids(kind.name):
            if taken.casefold() == f"{inside}{id}".casefold() and taken != instead:
                raise CannotCreate(f"{kind.name} '{taken}' is already in {path}; nothing was written")
        if kind.is_file and is_there(self.files.root / kind.path(id)):
            raise CannotCreate(f"{kind.path(id)} is already there; nothing was written")
        return inside + id


def _better_name(id: str) -> str:
    return f"{id}-1" if _DEVICES.fullmatch(id) else file_stem(id)
