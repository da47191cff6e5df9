"""The files of a workspace: which there are, and what they hold."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pitchgen.load.content import read_content
from pitchgen.load.document import MAX_BYTES, Value, YamlList, YamlMap, parse
from pitchgen.load.faults import LINE_BREAK, Fault, Mark, Unreadable
from pitchgen.load.misread import misread
from pitchgen.model.file_kind import COMPANY, FILE_KINDS, FOLDERS, FileKind
from pitchgen.problems import Loc, NoWorkspace, Problem, Severity, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILES = 20_000
MAX_PROBLEMS = 100

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file of keys and values: its path in the workspace, text and data."""

    path: str
    # What it holds may be personal, so that no traceback shall have it.
    text: str = field(repr=False)
    data: YamlMap = field(repr=False)

    @property
    def quotable(self) -> str:
        """The text of which problems quote a line."""
        return self.text

    def problem(
        self,
        code: str,
        message: str,
        loc: Loc = (),
        hint: str = "",
        *,
        at_key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem with the value (or the key) at `loc`, or with its nearest parent if missing."""
        mark, typed = locate(self.data, loc, at_key=at_key)
        return _problem_at(self.path, self.quotable, mark, code, message, loc, hint, typed, severity)


Key = tuple[str, int | None]
"""The path of a file, and the row of one that is a row of a list."""


@dataclass(frozen=True, slots=True)
class Source(YamlFile):
    """A file of one of the workspace's kinds.

    Or one row of a list: then `row` is its number as a spreadsheet shows it, from 1, `text` the same for the
    same data wherever the row stands, and no problem quotes it. `id_is_given` is False when the id was made
    from the name, and changes with it.
    """

    kind: FileKind[Any]
    row: int | None = None
    id_is_given: bool = True

    @property
    def stem(self) -> str:
        """The file's name without its ending, which is the item's id unless it has one."""
        name = self.path.rpartition("/")[2].rpartition(".")[0]
        return unicodedata.normalize("NFC", name)

    @property
    def key(self) -> Key:
        """What no other source has."""
        return self.path, self.row

    @property
    def is_nameless(self) -> bool:
        """Whether no message may say the id, because that can be made of a name: it is in no file's name."""
        return self.row is not None or not self.id_is_given

    @property
    def quotable(self) -> str:
        """The text of which problems quote a line: none of a list."""
        return self.text if self.row is None else ""


class _Found(NamedTuple):
    """A file to read: its kind, where it is, and its path in the workspace."""

    kind: FileKind[Any]
    path: Path
    shown: str


class _Loaded(NamedTuple):
    """What a file holds, unless it cannot be read, and what is wrong with it."""

    source: Source | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Everything that was read from a workspace folder, and what could not be."""

    root: Path
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]

    def with_file(self, kind: FileKind[Any], path: str, content: bytes) -> Files:
        """The same with this content in a file of that kind, be it there or new."""
        loaded = _understood(kind, path, content)
        # In its place, for what stands first counts where two have one id.
        sources = [loaded.source if each.path == path else each for each in self.sources]
        if loaded.source and loaded.source not in sources:
            sources.append(loaded.source)
        others = (problem for problem in self.problems if problem.path != path)
        return Files(self.root, tuple(filter(None, sources)), (*others, *loaded.problems))


def is_there(path: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere too. Raises `OSError` if hidden."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def workspace_at(folder: Path) -> Path:
    """The workspace in `folder` itself. Raises `NoWorkspace`."""
    if not is_there(folder / COMPANY.path):
        raise NoWorkspace(folder.absolute(), above=False)
    return folder.absolute()


def find_workspace(start: Path) -> Path:
    """The nearest folder with a company.yaml, from `start` upwards. Raises `NoWorkspace`."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if is_there(folder / COMPANY.path):
            return folder
    raise NoWorkspace(start)


class Memory:
    """What the files of a workspace held when they were last read, so that only changed ones are read again.

    A file counts as unchanged by what the disk says of it: when it was written, how large it is, which it is.
    """

    def __init__(self) -> None:
        self._held: dict[_Found, tuple[object, _Loaded]] = {}

    def load(self, found: _Found) -> _Loaded:
        """The file as it is now."""
        marks = disk_marks(found.path)
        known = self._held.get(found)
        if known and known[0] == marks:
            return known[1]
        loaded = _load_one(found)
        self._held[found] = marks, loaded
        return loaded


def disk_marks(path: Path | os.DirEntry[str]) -> tuple[int, ...]:
    """What the disk says of a file, which changes when the file does; nothing of one that is not there."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns


def load_files(
    root: Path,
    kinds: Iterable[FileKind[Any]] = FILE_KINDS,
    linked_to: Path | None = None,
    memory: Memory | None = None,
) -> Files:
    """Read every file of these kinds in the workspace at `root`; faults become problems, not exceptions.

    A link may not lead out of the workspace, but into the folder `linked_to`. What stands in a `memory` and
    has not changed is not read again.
    """
    homes = (root, linked_to or root)
    problems: list[Problem] = []
    found = _list_files(root, tuple(kinds), homes, problems)
    return _load(root, _inside(found, homes, problems), problems, memory)


def load_folder(kind: FileKind[Any], folder: Path) -> Files:
    """Read the files of one kind in any folder; their paths begin as the folder was typed."""
    problems: list[Problem] = []
    found = _list_folder(kind, folder, folder.as_posix(), problems)
    return _load(folder, _inside(found, (folder,), problems), problems)


def _inside(found: Iterable[_Found], homes: tuple[Path, ...], problems: list[Problem]) -> Iterator[_Found]:
    """Those of the files found that are in one of the folders; of the others it becomes a problem."""
    for each in found:
        if is_link(each.path) and leads_out(each.path, homes):
            problems.append(_outside(each.shown))
        else:
            yield each


def leads_out(path: Path, homes: Iterable[Path]) -> bool:
    """Whether a link leads out of all these folders, which may be behind links themselves."""
    # Unlike Path.resolve, this does not raise for a link to itself.
    end = Path(os.path.realpath(path))
    return not any(end.is_relative_to(os.path.realpath(home)) for home in homes)


def _outside(shown: str) -> Problem:
    message = "is a link that leads out of the workspace"
    hint = "put what it leads to in its place, or link to something inside the workspace"
    return Problem("outside-workspace", message, shown, hint=hint)


def _load(
    root: Path, found: Iterable[_Found], problems: list[Problem], memory: Memory | None = None
) -> Files:
    load = memory.load if memory else _load_one
    loaded = [load(each) for each in found]
    problems += (problem for each in loaded for problem in each.problems)
    return Files(root, tuple(each.source for each in loaded if each.source), tuple(problems))


def _load_one(found: _Found) -> _Loaded:
    try:
        content = read_content(found.path, MAX_BYTES)
    except Unreadable as error:
        return _Loaded(None, tuple(fault.problem(found.shown) for fault in error.faults))
    return _understood(found.kind, found.shown, content)


def _understood(kind: FileKind[Any], path: str, content: bytes) -> _Loaded:
    loaded = _parsed(path, content)
    if not isinstance(loaded, YamlFile):
        return _Loaded(None, tuple(loaded))
    source = Source(loaded.path, loaded.text, loaded.data, kind)
    return _Loaded(source, tuple(misread(loaded.path, _lines(loaded.text), loaded.data)))


def _list_files(
    root: Path, kinds: tuple[FileKind[Any], ...], homes: tuple[Path, ...], problems: list[Problem]
) -> list[_Found]:
    """Every file of these kinds that there is to read."""
    problems += _misnamed(root, [kind.path for kind in kinds if kind.is_folder])
    found: list[_Found] = []
    for kind in kinds:
        path = root / kind.path
        # A link that leads nowhere is there, so that it is reported and not taken for an absent file.
        if kind != COMPANY and not is_there(path):
            continue
        if kind.is_folder and is_link(path) and leads_out(path, homes):
            problems.append(_outside(kind.path))
        elif kind.is_folder:
            found += _list_folder(kind, path, kind.path, problems)
        else:
            found.append(_Found(kind, path, kind.path))
    return found


def _list_folder(kind: FileKind[Any], folder: Path, shown: str, problems: list[Problem]) -> list[_Found]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem("unreadable", f"cannot be listed: {reason(error)}", shown))
        return []
    problems += _passed_over(entries, shown)
    items = [path for path in entries if is_item(path)]
    if len(items) > MAX_FILES:
        problems.append(Problem("too-large", f"holds more than {MAX_FILES:,} files", shown))
        return []
    return [_Found(kind, path, f"{shown}/{path.name}") for path in items]


def _passed_over(entries: list[Path], shown: str) -> Iterator[Problem]:
    """Warnings about what looks like an item but is not read."""
    for path in entries:
        if path.name.startswith(".") or is_item(path):
            continue
        if is_folder(path):
            yield _not_read(f"{shown}/{path.name}", f"folders inside {shown}/ are not looked into")
        elif any(f"{suffix}." in path.name for suffix in _SUFFIXES):
            yield _not_read(f"{shown}/{path.name}", "rename it so that it ends in .yaml, or delete it")


def _misnamed(root: Path, folders: list[str]) -> Iterator[Problem]:
    """Warnings about folders whose name is nearly that of a folder pitchgen reads."""
    known = {kind.path for kind in FOLDERS}
    for path in sorted(root.iterdir()):
        if path.name in known or not is_folder(path):
            continue
        if meant := get_close_matches(path.name.casefold(), folders, n=1, cutoff=0.75):
            yield _not_read(path.name, f"did you mean '{meant[0]}'?")


def is_link(path: Path) -> bool:
    """Whether a link has this name."""
    # Unlike Path.is_symlink, this does not raise where nobody may look.
    return os.path.islink(path)  # noqa: PTH114


def is_folder(path: Path) -> bool:
    """Whether a folder, or a link to one, has this name."""
    # Unlike Path.is_dir, this does not raise where nobody may look.
    return os.path.isdir(path)  # noqa: PTH112


def _not_read(path: str, hint: str) -> Problem:
    return Problem("not-read", "is not read", path, hint=hint, severity=Severity.WARNING)


def is_item(path: Path) -> bool:
    """Whether a file of this name, in a folder of a workspace, is read."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")


def load_yaml(path: Path, relative: str) -> YamlFile | list[Problem]:
    """One file of keys and values, or what is wrong with it; `relative` is its path in the workspace."""
    try:
        content = read_content(path, MAX_BYTES)
    except Unreadable as error:
        return [fault.problem(relative) for fault in error.faults]
    return _parsed(relative, content)


def _parsed(path: str, content: bytes) -> YamlFile | list[Problem]:
    try:
        data = parse(content)
    except Unreadable as error:
        is_text = not any(fault.code == "encoding" for fault in error.faults) or b"\0" not in content
        text = content[:MAX_BYTES].decode("utf-8-sig", errors="replace") if is_text else ""
        return limited(_fault_problem(path, text, fault) for fault in error.faults)
    text = content.decode("utf-8-sig")
    if not isinstance(data, YamlMap):
        return [_not_a_mapping(path, text, data)]
    return YamlFile(path, text, data)


def _not_a_mapping(path: str, text: str, data: Value) -> Problem:
    if data is None:
        return _problem_at(path, text, Mark(1, 1), "empty-file", "is empty")
    must = "but must be lines of `key: value`"
    if isinstance(data, YamlList):
        hint = "write the key that the list belongs to on the line above it"
        return _problem_at(path, text, data.mark, "not-a-mapping", f"is a list, {must}", hint=hint)
    return _problem_at(path, text, Mark(1, 1), "not-a-mapping", f"is a text, {must}")


def _fault_problem(path: str, text: str, fault: Fault) -> Problem:
    return _problem_at(path, text, fault.mark, fault.code, fault.message, hint=fault.hint)


def _problem_at(
    path: str,
    text: str,
    mark: Mark,
    code: str,
    message: str,
    loc: Loc = (),
    hint: str = "",
    typed: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    lines = _lines(text)
    line = lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""
    width = max(1, len(typed)) if typed and line[mark.column - 1 :].lstrip("\"'").startswith(typed) else 1
    return Problem(code, message, path, mark.line, mark.column, loc, hint, severity, line, width)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return LINE_BREAK.split(text)


def limited(problems: Iterable[Problem]) -> list[Problem]:
    """The first problems of one file, and how many more there are."""
    shown = list(islice(iterator := iter(problems), MAX_PROBLEMS))
    if more := sum(1 for _ in iterator):
        message = f"has {more:,} more problems like these"
        shown.append(Problem("too-many-problems", message, shown[0].path))
    return shown


def locate(data: YamlMap, loc: Loc, *, at_key: bool = False) -> tuple[Mark, str]:
    """Where the value (or the key) at `loc` stands, and its typed text; else its nearest parent."""
    mark, value, found = walk(data, loc, at_key=at_key)
    if at_key and loc and found:
        return mark, str(loc[-1])
    return mark, value if isinstance(value, str) else ""


def walk(data: YamlMap, loc: Loc, *, at_key: bool = False) -> tuple[Mark, Value, bool]:
    """Where the value (or the key) at `loc` stands, the value, and True; else its nearest parent, and False.

    A single value may stand where a list of it, or a group with nothing but it, is meant.
    """
    value: Value = data
    mark = data.mark
    for part in loc:
        if isinstance(value, YamlMap) and isinstance(part, str) and part in value:
            mark = value.keys_at[part] if at_key and part is loc[-1] else value.values_at[part]
            value = value[part]
        elif isinstance(value, YamlList) and isinstance(part, int) and part < len(value):
            mark, value = value.items_at[part], value[part]
        elif part != 0 or isinstance(value, YamlList):
            return mark, value, False
    return mark, value, True
