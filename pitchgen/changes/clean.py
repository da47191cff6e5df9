"""Clean: remove what was made for a person, and what a folder remembers of it."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.documents.catalogue import BUNDLE, BUNDLES, DOCUMENTS, FORMATS
from pitchgen.intake.lock import locked
from pitchgen.intake.manifest import Manifest
from pitchgen.keep.versions import Versions
from pitchgen.load.document import YamlMap, parse
from pitchgen.load.faults import Unreadable
from pitchgen.model.file_kind import HIRES, kind_of_path
from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.workspace.newcomer import derived_id
from pitchgen.write import file_stem, file_stems, sweep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pitchgen.documents.kind import Whose
    from pitchgen.workspace import Workspace

_WHOSE: dict[str, Whose] = {**{name: kind.of for name, kind in DOCUMENTS.items()}, BUNDLE: "hire"}
# The last that is called like a document is the document: somebody's id may hold such a word, too.
_FILE = re.compile(rf"(.+)-({'|'.join(_WHOSE)})-[\w-]+\.(?:{'|'.join((*FORMATS, *BUNDLES))})")
_DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed: the `files` of the people, and pages on whole `teams`, which name everyone in them.

    `versions` are the folders of what their files in the workspace were before. `namesakes` are what names
    of other documents begin with that may be theirs, and were left.
    """

    files: tuple[Path, ...]
    teams: tuple[Path, ...]
    versions: tuple[Path, ...]
    namesakes: tuple[str, ...]


def clean(folder: Path, people: Iterable[str], workspace: Workspace | None) -> Cleaned:
    """Remove the documents of each of the people from a folder, and what it remembers of them.

    It remembers what their files were before, too. One is called by the id of a hire, by their whole name,
    or by what names of their documents begin with. What those without a file are called holds their role,
    so the `workspace` tells who is meant. Raises `InvalidInput`, before anything is removed, when it is not
    clear whose documents are; `InUse` and `CannotWrite`.
    """
    personal, by_manager = _grouped(folder, "hire"), _grouped(folder, "manager")
    teams = [path for paths in by_manager.values() for path in paths]
    versions = Versions(folder)
    kept = _kept(versions, workspace)
    known = personal.keys() | {each.stem for each in kept}
    names = [_Name(typed, known, workspace, kept) for typed in people]
    if unclear := [name for name in names if not (name.is_clear and (teams or name.meant <= known))]:
        raise InvalidInput(name.unclear(folder, teams) for name in unclear)
    chosen = sorted({stem for name in names for stem in name.meant})
    files = [path for stem in chosen for path in personal.get(stem, ())]
    forgotten = [each.path for each in kept if each.stem in chosen]
    with locked(folder):
        sweep(folder)
        Manifest(folder).remove([*files, *teams])
        for path in forgotten:
            versions.forget(path)
    namesakes = {stem for name in names for stem in name.others}.difference(chosen)
    before = tuple(versions.folder / path for path in forgotten)
    return Cleaned(tuple(files), tuple(teams), before, tuple(sorted(namesakes)))


def _grouped(folder: Path, whose: Whose) -> dict[str, list[Path]]:
    """The documents in the folder that are about one of these, by what their names begin with."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (match := _FILE.fullmatch(path.name)) and _WHOSE[match[2]] == whose:
            found[match[1]].append(path)
    return dict(found)


class _Kept(NamedTuple):
    """A newcomer's file with versions, what names of their documents begin with, and their name."""

    path: str
    stem: str
    name: str


def _kept(versions: Versions, workspace: Workspace | None) -> tuple[_Kept, ...]:
    """The files of newcomers of which there are versions, be they in the workspace still or not."""
    stems = file_stems(hire.model.id for hire in workspace.hires) if workspace else {}
    there = {each.at.source.path: stems[each.model.id] for each in workspace.hires} if workspace else {}
    return tuple(
        _Kept(
            path,
            there.get(path) or file_stem(said.get("id") or PurePosixPath(path).stem),
            said.get("name", ""),
        )
        for path in versions.paths()
        if kind_of_path(path) == HIRES
        for said in [_said(versions, path)]
    )


def _said(versions: Versions, path: str) -> dict[str, str]:
    """The texts of the newest version of a file that can be read."""
    for version in versions.of(path):
        with suppress(Unreadable):
            data = parse(versions.read(path, version.number))
            if isinstance(data, YamlMap):
                return {key: each for key, each in data.items() if isinstance(each, str)}
    return {}


class _Name:
    """What somebody was called when their documents were to be removed.

    `meant` are all whom that may mean, by what names of documents begin with, and `others` those of the
    `known` who may be the same person under a longer name.
    """

    def __init__(
        self, typed: str, known: Collection[str], workspace: Workspace | None, kept: Iterable[_Kept]
    ) -> None:
        self.typed = typed
        self._stem = file_stem(typed)
        self._known = frozenset(known)
        with_file = {each.stem: file_stem(each.name) for each in kept} | (
            _with_file(workspace) if workspace else {}
        )
        called = {stem for stem, name in with_file.items() if name == self._stem}
        called |= self._with_role(workspace) - with_file.keys() if workspace else set()
        is_id = self._stem in self._known or self._stem in with_file
        self.meant = frozenset({self._stem} if is_id else called & self._known or called)
        begun = {stem for stem in known if stem.startswith(f"{self._stem}-")}
        self.others = (called | begun) & self._known - self.meant

    def _with_role(self, workspace: Workspace) -> set[str]:
        """What documents begin with that were made for this name and a role, and perhaps a first day."""
        without_day = {derived_id(self.typed, role.model.id) for role in workspace.roles}
        return {stem for stem in self._known if without_day & {stem, _DAY.sub("", stem)}}

    @property
    def is_clear(self) -> bool:
        """Whether one person is meant: one name in two files, in two roles or from two days on may be two."""
        return len(self.meant) == 1

    def unclear(self, folder: Path, teams: Collection[Path]) -> Problem:
        """Why nothing is removed that was made for this name."""
        if candidates := sorted(self.meant & self._known | self.others):
            message = f"'{self.typed}' is not enough to tell whose documents in {folder} are meant"
            return Problem("unknown-person", message, hint=f"say which: {', '.join(candidates)}")
        # Of two numbers that are alike, one is no slip of the other.
        slip = "" if self._stem.isdigit() else suggestion(self._stem, sorted(self._known))
        pages = f"pages on teams may name them: {', '.join(path.name for path in teams)}" if teams else ""
        hint = "; ".join(filter(None, (slip, pages)))
        return Problem("unknown-person", f"there are no documents of '{self.typed}' in {folder}", hint=hint)


def _with_file(workspace: Workspace) -> dict[str, str]:
    """What documents of each hire begin with, and their name in the same form."""
    stems = file_stems(hire.model.id for hire in workspace.hires)
    return {stems[hire.model.id]: file_stem(hire.model.name) for hire in workspace.hires}
