"""Rename: another id for a thing, in its own file and in all that name it; every other byte stays."""

from __future__ import annotations

from codecs import BOM_UTF8
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pitchgen.load.document import YamlMap, decode, parse
from pitchgen.load.faults import LINE_BREAK, Mark
from pitchgen.load.files import is_there, locate
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.model.ids import nouns_in
from pitchgen.new.existing import CannotCreate
from pitchgen.new.kinds import Kind
from pitchgen.new.scaffold import scalar
from pitchgen.problems import CannotWrite, InvalidInput, PitchgenError, errors, suggestion
from pitchgen.workspace.ids import KnownId, ids_of
from pitchgen.write import change_file, expect_changeable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pitchgen.load.files import Source
    from pitchgen.new.existing import Existing
    from pitchgen.problems import Loc

_QUOTES = ("'", '"')


class CannotRename(PitchgenError):
    """There is nothing of this id."""

    exit_code = 2


class Line(NamedTuple):
    """A line of a file, from 1, and what it says before and after."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A file, where it is to be, and its content before and after."""

    path: Path
    moved: Path
    before: bytes
    after: bytes

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that change, to be shown before that is done."""
        before, after = (LINE_BREAK.split(decode(each)) for each in (self.before, self.after))
        found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return tuple(
            Line(start + n, *pair)
            for tag, start, end, first, last in found
            if tag != "equal"
            for n, pair in enumerate(zip_longest(before[start:end], after[first:last], fillvalue=""), start=1)
        )


def kinds() -> dict[str, Kind]:
    """All that has an id, by what it is called, with hyphens for spaces: `strategy-goal`."""
    found: dict[str, Kind] = {}
    for holder in FILE_KINDS:
        for noun in nouns_in(holder.model):
            # A newcomer's file may describe a manager, but managers have files of their own.
            if noun not in found or noun == holder.noun:
                found[noun] = Kind(noun, holder)
    return {noun.replace(" ", "-"): kind for noun, kind in found.items()}


def plan(existing: Existing, kind: Kind, old: str, typed: str) -> tuple[Change, ...]:
    """What renaming does to each file that it changes, in the order in which they are read.

    `old` is the id as other files write it, `persona/need` for a need, or what it is called; of the new one
    that was `typed`, what stands before the slash is left out. Raises `InvalidInput` when the workspace has
    errors or would have them, `CannotRename` when there is no such thing, and `CannotCreate` when the new
    id does not do.
    """
    _refuse_errors(existing)
    known = [id for id, _ in existing.ids(kind.name)]
    if old not in known:
        old = existing.id_of(kind.name, old)
    if old not in known:
        hint = suggestion(old, known) or (f"it can be: {', '.join(known)}" if known else "there is none yet")
        raise CannotRename(f"there is no {kind.name} '{old}'; {hint}")
    before, slash, _ = old.rpartition("/")
    new = existing.settle_id(kind, typed, inside=before + slash, instead=old)
    renaming = _Renaming(kind, old, new)
    sources = {source.path: renaming.applied_to(source) for source in existing.files.sources}
    _refuse_errors(existing.with_sources(sources.values()))
    root = existing.files.root
    changed = [(each, sources[each.path]) for each in existing.files.sources if sources[each.path] != each]
    for source, after in changed:
        if after.path != source.path and is_there(root / after.path):
            raise CannotCreate(f"{after.path} is already there; nothing was written")
    return tuple(_change(root, source, after) for source, after in changed)


def _refuse_errors(existing: Existing) -> None:
    if wrong := errors(existing.problems):
        raise InvalidInput(wrong)


def _change(root: Path, source: Source, after: Source) -> Change:
    path = root / source.path
    before = path.read_bytes()
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    return Change(path, root / after.path, before, mark + after.text.encode())


@dataclass(frozen=True)
class _Renaming:
    """The renaming of one thing of a kind."""

    kind: Kind
    old: str
    new: str

    @cached_property
    def inside(self) -> frozenset[str]:
        """The nouns of what is known by the id of its file too, when that is what is renamed."""
        return frozenset(nouns_in(self.kind.holder.model)) if self.kind.is_file else frozenset()

    def applied_to(self, source: Source) -> Source:
        """The file as it will be: itself where nothing changes."""
        edits: dict[Loc, str] = {}
        path = source.path
        for id in ids_of(source):
            if (new := self._renamed(id)).written == id.written:
                continue
            if id.loc:
                edits[id.loc] = new.written
            if id.is_own and self.kind.is_file and id.id == source.stem:
                folder, suffix = path.rpartition("/")[0], path.rpartition(".")[2]
                path = f"{folder}/{new.id}.{suffix}"
        if not edits:
            return source if path == source.path else replace(source, path=path)
        text = _edited(source.text, source.data, edits)
        data = parse(text.encode())
        # Whatever else a file may be written like, nothing but ids changes in it.
        assert isinstance(data, YamlMap)
        assert data == _with(source.data, edits)
        return replace(source, path=path, text=text, data=data)

    def _renamed(self, id: KnownId) -> KnownId:
        if id.noun == self.kind.name and id.id == self.old:
            return id._replace(id=self.new)
        if id.noun in self.inside and id.id.startswith(f"{self.old}/"):
            return id._replace(id=self.new + id.id.removeprefix(self.old))
        return id


def _edited(text: str, data: YamlMap, edits: Mapping[Loc, str]) -> str:
    """A file's text with other scalars at these places, in the quotation marks that they had."""
    spans: dict[Mark, tuple[int, int, str]] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            quote = event.style if event.style in _QUOTES else ""
            spans[Mark(start.line + 1, start.column + 1)] = start.index, end.index, quote
    found = [(*spans[locate(data, loc)[0]], new) for loc, new in edits.items()]
    for begin, finish, quote, new in sorted(found, reverse=True):
        written = f"{quote}{new}{quote}" if quote else scalar(new)
        # A text on lines below its key ends with the last of them.
        text = text[:begin] + written + text[begin + len(text[begin:finish].rstrip()) :]
    return text


def _with(data: YamlMap, edits: Mapping[Loc, str]) -> YamlMap:
    changed = deepcopy(data)
    for loc, new in edits.items():
        parent: Any = changed
        for part in loc[:-1]:
            parent = parent[part]
        parent[loc[-1]] = new
    return changed


def carry_out(changes: Iterable[Change], by: Path | None = None) -> None:
    """Write what was planned, all of it or nothing; `by` is as of `write_file`. Raises `CannotWrite`."""
    changes = tuple(changes)
    for change in changes:
        expect_changeable(change.path)
    begun: list[Change] = []
    try:
        for change in changes:
            begun.append(change)
            if change.after != change.before:
                change_file(change.path, change.after, by)
        for change in changes:
            _move(change.path, change.moved)
    except BaseException:
        for change in begun:
            with suppress(CannotWrite):
                change_file(change.path, change.before, by)
        raise


def _move(path: Path, moved: Path) -> None:
    try:
        path.rename(moved)
    except OSError as error:
        raise CannotWrite(moved, error) from None
