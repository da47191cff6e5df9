"""Clean: remove what was made for a person, and what a folder remembers of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import BUNDLE, BUNDLES, DOCUMENTS
from pitchgen.intake.lock import locked
from pitchgen.intake.manifest import Manifest
from pitchgen.problems import InvalidInput, Problem, suggestion
from pitchgen.write import file_stem, sweep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from pitchgen.workspace import Role, Workspace

_OF_HIRE = [kind for kind in DOCUMENTS.values() if kind.of == "hire"]
_OF_TEAM = [kind for kind in DOCUMENTS.values() if kind.of == "manager"]


def _files_of(names: Iterable[str], formats: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?P<whose>.+)-(?:{'|'.join(names)})-[\w-]+\.(?:{'|'.join(formats)})")


_PERSONAL = _files_of(
    [*(kind.name for kind in _OF_HIRE), BUNDLE],
    {*BUNDLES, *(format for kind in _OF_HIRE for format in kind.formats)},
)
_TEAM = _files_of([kind.name for kind in _OF_TEAM], {format for kind in _OF_TEAM for format in kind.formats})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed: the `files` of the people, and pages on whole `teams`, which name everyone in them.

    `namesakes` are what names of other documents begin with that may be theirs, and were left.
    """

    files: tuple[Path, ...]
    teams: tuple[Path, ...]
    namesakes: tuple[str, ...]


def clean(folder: Path, people: Iterable[str], workspace: Workspace | None) -> Cleaned:
    """Remove the documents of each of the people from a folder, and what it remembers of them.

    One is called by the id of a hire, by their whole name, or by what names of their documents begin with.
    Documents that were made for a name and a role carry both, so the roles of the `workspace` are needed to
    know them by the name alone. Raises `InvalidInput`, before anything is removed, when it is not clear whose
    documents are meant; `InUse` and `CannotWrite`.
    """
    personal, teams = _grouped(folder, _PERSONAL), _grouped(folder, _TEAM)
    names = [_Name(person, workspace) for person in people]
    chosen = dict.fromkeys(stem for name in names for stem in name.choose(personal, folder))
    files = [path for stem in chosen for path in personal[stem]]
    of_teams = [path for paths in teams.values() for path in paths]
    with locked(folder):
        sweep(folder)
        Manifest(folder).remove([*files, *of_teams])
    namesakes = {stem for name in names for stem in name.begun(personal) if stem not in chosen}
    return Cleaned(tuple(files), tuple(of_teams), tuple(sorted(namesakes)))


def _grouped(folder: Path, pattern: re.Pattern[str]) -> dict[str, list[Path]]:
    """The files of the folder with such names, by what these begin with."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if match := pattern.fullmatch(path.name):
            found[match["whose"]].append(path)
    return dict(found)


class _Name:
    """What somebody was called when their documents were to be removed."""

    def __init__(self, typed: str, workspace: Workspace | None) -> None:
        self.typed = typed
        self.stem = file_stem(typed)
        # Whoever has no id of their own is called by name and role, as these were typed.
        self.with_role = {
            file_stem(f"{typed} {spelling}"): role.model.id
            for role in (workspace.roles if workspace else ())
            for spelling in _spellings(role)
        }

    def choose(self, known: Collection[str], folder: Path) -> list[str]:
        """What the names of this person's documents begin with. Raises `InvalidInput`."""
        if self.stem in known:
            return [self.stem]
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for stem in known:
            before, day = _parted(stem)
            if role := self.with_role.get(stem) or self.with_role.get(before):
                found[role, day].append(stem)
        # The same name in two roles, or from two days on, may be two people.
        if len(found) == 1:
            return next(iter(found.values()))
        raise InvalidInput([self._unclear(known, folder)])

    def begun(self, known: Iterable[str]) -> list[str]:
        """What begins with the name and goes on."""
        return [each for each in known if each.startswith(f"{self.stem}-")]

    def _unclear(self, known: Iterable[str], folder: Path) -> Problem:
        message = f"there are no documents of '{self.typed}' in {folder}"
        # Of two numbers that are alike, one is no slip of the other.
        hint = "" if self.stem.isdigit() else suggestion(self.stem, list(known))
        if begun := self.begun(known):
            message = f"'{self.typed}' is not enough to tell whose documents in {folder} are meant"
            hint = f"say which: {', '.join(begun)}"
        return Problem("unknown-person", message, hint=hint)


def _parted(stem: str) -> tuple[str, str]:
    """What comes before the first day of work at the end of a stem, and that day."""
    match = re.fullmatch(r"(.+)-(\d{4}-\d{2}-\d{2})", stem)
    return (match[1], match[2]) if match else (stem, "")


def _spellings(role: Role) -> Iterator[str]:
    """What a role can be called: by its id, and by its title in each language."""
    title = role.model.title
    yield from filter(None, (role.model.id, title.plain, *title.languages.values()))
