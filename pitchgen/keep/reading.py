"""Reading a workspace again and again, so that only what changed since the last time is read anew."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.keep.choices import choices_of
from pitchgen.load.files import Memory, disk_marks, load_files
from pitchgen.model.file_kind import FOLDERS, PERSONAS, kind_of_path
from pitchgen.overlay import FOLDER as TEMPLATES
from pitchgen.problems import InvalidInput, errors
from pitchgen.workspace.brand import with_brand, with_pictures
from pitchgen.workspace.link import Joins, Linking, link
from pitchgen.workspace.validate import Validated, validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pitchgen.keep.choices import Choice
    from pitchgen.load.files import Files
    from pitchgen.problems import Problem
    from pitchgen.workspace import Workspace
    from pitchgen.workspace.languages import Languages

Mark = tuple[str, tuple[int, ...]]
Marks = tuple[Mark, ...]
"""Every file of a workspace with what the disk says of it."""


@dataclass(frozen=True)
class Reading:
    """A workspace as its files were: linked, with every problem in it.

    `marks` are those of its `files`, `look` those among them that only change how documents look and are
    said. No other reading has its `version`.
    """

    marks: Marks
    look: Marks
    files: Files
    validated: Validated
    linking: Linking
    version: str = field(default_factory=token_urlsafe)
    _choices: dict[tuple[str, ...], Mapping[str, tuple[Choice, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def choices(self, *languages: str) -> Mapping[str, tuple[Choice, ...]]:
        """Whatever has an id in it, by its noun, as the languages call it; looked for once."""
        if languages not in self._choices:
            self._choices[languages] = choices_of(self.files.sources, *languages)
        return self._choices[languages]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The files that are named in others: the logo, the font, pictures."""
        company, personas = self.validated.company, self.validated.of(PERSONAS)
        brand = (company.model.brand.logo, company.model.brand.font) if company else ()
        return tuple(filter(None, (*brand, *(item.model.picture for item in personas))))

    @property
    def workspace(self) -> Workspace | None:
        """The linked workspace; only fit for use when none of the problems is an error."""
        return self.linking.workspace

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong in it, but for what the rules find."""
        return self.linking.problems

    @property
    def languages(self) -> Languages:
        """The languages that are known here, whichever of them the company has."""
        return self.linking.languages

    def usable(self, newcomer: Joins | None = None) -> Workspace:
        """The workspace, joined by a newcomer. Raises `InvalidInput` with its errors."""
        linking = self.linking.joined_by(newcomer) if newcomer else self.linking
        if linking.workspace is None or errors(linking.problems):
            raise InvalidInput(errors(linking.problems))
        return linking.workspace

    def with_file(self, path: str, content: bytes) -> Reading:
        """The same with another content of one file, which nobody has saved yet.

        No other file is read or judged again; what names each other is linked again.
        """
        kind = kind_of_path(path)
        assert kind
        return _understood(self.marks, self.look, self.files.with_file(kind, path, content), self.validated)


def _understood(marks: Marks, look: Marks, files: Files, before: Validated | None) -> Reading:
    valid = validate(files, before)
    return Reading(marks, look, files, valid, link(with_pictures(with_brand(valid))))


class Reader:
    """The workspace in the folder `root`, from any thread."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._memory = Memory()
        self._lock = Lock()
        self._last: Reading | None = None

    def read(self) -> Reading:
        """The workspace as its files are now."""
        with self._lock:
            marks = self._marks()
            while self._last is None or self._last.marks != marks:
                self._last = self._read(marks)
                # By now it is known which others it names.
                marks = self._marks()
            return self._last

    def _read(self, marks: Marks) -> Reading:
        before = self._last.validated if self._last else None
        look = tuple(mark for mark in marks if mark[0].startswith(f"{TEMPLATES}/"))
        return _understood(marks, look, load_files(self.root, memory=self._memory), before)

    def _marks(self) -> Marks:
        # As texts: paths as objects took longer than all that the disk is asked.
        root = str(self.root)
        marks = _marks_in(root, "")
        for kind in FOLDERS:
            marks += _marks_in(f"{root}/{kind.path}", f"{kind.path}/")
        marks += _marks_in(f"{root}/{TEMPLATES}", f"{TEMPLATES}/", deep=True)
        marks += [(name, disk_marks(self.root / name)) for name in self._last.named] if self._last else []
        return tuple(marks)


def _marks_in(folder: str, before: str, *, deep: bool = False) -> list[Mark]:
    """The files in a folder, in the order of their names, and in all that are in it where that is `deep`.

    None where it cannot be looked into.
    """
    try:
        with os.scandir(folder) as entries:
            inside = [*entries]
    except OSError:
        return []
    found = [(f"{before}{entry.name}", disk_marks(entry)) for entry in inside if entry.is_file()]
    for entry in inside if deep else ():
        if entry.is_dir(follow_symlinks=False):
            found += _marks_in(entry.path, f"{before}{entry.name}/", deep=True)
    return sorted(found)
