"""Keeping: every file of the workspace with what is wrong with it, how old it is, and whom it reaches."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pitchgen.changes.git import CannotCommit, NoGit, commit, uncommitted
from pitchgen.compose.metrics import MetricWords, metric_words
from pitchgen.compose.voice import Voice
from pitchgen.keep.choices import called
from pitchgen.keep.helps import helps
from pitchgen.keep.reached import reached
from pitchgen.load.document import YamlList
from pitchgen.load.files import is_there, walk
from pitchgen.model.file_kind import COMPANY, FileKind, kind_of_path
from pitchgen.new.existing import Existing
from pitchgen.new.kinds import KINDS
from pitchgen.problems import InvalidInput
from pitchgen.web.asked import ASKED, answers, asked
from pitchgen.web.moments import Moments
from pitchgen.web.place import LISTED
from pitchgen.web.visit import Visit, route
from pitchgen.write import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from starlette.responses import Response

    from pitchgen.changes.git import Uncommitted
    from pitchgen.compose.trend import Trend
    from pitchgen.keep.reached import Reached
    from pitchgen.keep.reading import Reading
    from pitchgen.load.files import Source
    from pitchgen.problems import Loc, Problem

# What is listed, in the order of how often it is changed: folders by their names, and lists of files.
_SHELVES = (
    *("personas", "roles", "touchpoints", "phases", "values", "rewards", "metrics", "managers", "hires"),
    "company",
)
# Roles that a row names; files that were changed lately.
_MOST_ROLES, _MOST_LATELY = 2, 10


@dataclass(frozen=True, slots=True)
class Row:
    """A file, or an item of one: what it is called, and what is to be known of it."""

    address: str
    name: str
    path: str
    counts: Sequence[tuple[str, str]]
    facts: Sequence[str]
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of one kind under their name, and what makes another."""

    name: str
    noun: str
    rows: Sequence[Row]


class _Shelves:
    """The rows of all shelves, as one visitor reads them."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.reading: Reading = visit.reading
        valid = self.reading.validated
        self.languages = (visit.language, *(valid.declared or ()))
        self.moments = Moments(visit)
        self.reached: Mapping[str, Reached] = (
            reached(self.reading.workspace) if self.reading.workspace else {}
        )
        self.checked = {each.source.path: getattr(each.model, "reviewed_on", None) for each in valid.items}

    def all(self) -> Iterator[Shelf]:
        for name in _SHELVES:
            if kind := LISTED.get(name):
                yield Shelf(f"field.{name}", kind.name, tuple(self._items(name, kind.holder)))
                continue
            kind_ = kind_of_path(name if name != "company" else COMPANY.path)
            assert kind_
            title = f"field.{name}" if name in ("personas", "roles") else f"keep_{name}"
            yield Shelf(title, kind_.noun if kind_.is_folder else "", tuple(self._files(kind_)))

    def _files(self, kind: FileKind[Any]) -> Iterator[Row]:
        known = {each.path: each for each in self.reading.files.sources if each.kind == kind}
        broken = (
            each.path
            for each in self.reading.files.problems
            if kind_of_path(each.path) == kind and is_there(self.reading.files.root / each.path)
        )
        paths = dict.fromkeys([*known, *(path for path in broken if path != kind.name)])
        rows = [self._row(path, known.get(path), (), [*self._facts(path)]) for path in paths]
        yield from sorted(rows, key=lambda row: row.name.casefold())

    def _items(self, name: str, holder: FileKind[Any]) -> Iterator[Row]:
        source = next((each for each in self.reading.files.sources if each.kind == holder), None)
        items = source.data.get(name) if source else None
        if source and isinstance(items, YamlList):
            for n in range(len(items)):
                words = (
                    self._metrics.get(str(walk(source.data, (name, n, "id"))[1]))
                    if name == "metrics"
                    else None
                )
                row = self._row(source.path, source, (name, n), [*_now(words)])
                yield replace(row, trend=words.trend if words else None)

    @cached_property
    def _metrics(self) -> Mapping[str, MetricWords]:
        """What documents say of each metric, by its id; of a workspace with errors, nothing."""
        workspace = self.reading.workspace
        if workspace is None:
            return {}
        voice = Voice.of(workspace, self.visit.language_in(workspace))
        return {each.id: metric_words(each, voice, mine=False) for each in workspace.metrics}

    def _row(self, path: str, source: Source | None, loc: Loc, facts: Sequence[str]) -> Row:
        said = called(source, loc, self.languages) if source else ""
        problems = [each for each in self.reading.problems if each.path == path]
        if loc:
            problems = [each for each in problems if each.loc[:2] == loc]
        elif "/" not in path:
            problems = [each for each in problems if not self._is_listed(each)]
        at = f"{loc[0]}[{loc[1]}]" if loc else ""
        name = said or path.rpartition("/")[2]
        address = self.visit.keep_address(path, at)
        return Row(address, name, "" if loc else path, self.moments.counts(problems), facts)

    @staticmethod
    def _is_listed(problem: Problem) -> bool:
        """Whether a problem is with an item that has a row of its own."""
        return len(problem.loc) > 1 and problem.loc[0] in LISTED

    def _facts(self, path: str) -> Iterator[str]:
        """How old a file is, and whom it reaches."""
        said = self.visit.said
        if day := self.checked.get(path):
            yield said["keep_checked"].format(day=self.moments.day(day))
        elif day := self.moments.written(self.reading, path):
            yield said["keep_changed"].format(day=self.moments.day(day))
        if found := self.reached.get(path):
            yield (
                said["keep_whom_one"] if found.documents == 1 else said["keep_whom"].format(n=found.documents)
            )
            if found.roles:
                roles = [role.model.title.said(*self.languages) for role in found.roles]
                shown = said["keep_whom_roles"].format(roles=", ".join(roles[:_MOST_ROLES]))
                more = len(roles) - _MOST_ROLES
                yield f"{shown} {said['keep_whom_more'].format(n=more)}" if more > 0 else shown


def _now(words: MetricWords | None) -> Iterator[str]:
    """The newest figure of a metric, its day, and how many it rests on."""
    if words and words.now:
        yield words.now.estimate or words.now.text
        yield from (words.now.as_of,) if words.now.as_of else ()
        yield from (f"n = {words.now.n}",) if words.now.n else ()


def everything(visit: Visit) -> Response:
    """All that is kept, and what has changed since it was committed."""
    return _everything(visit)


def _everything(visit: Visit, status: int = 200, refused: str = "") -> Response:
    store, root = visit.desk.store, visit.desk.root
    changes: tuple[Uncommitted, ...] = ()
    has_git = False
    with suppress(NoGit, CannotCommit):
        changes, has_git = uncommitted(root), True
    changed_here = store.versions.paths()
    moments = Moments(visit)
    lately = sorted(
        ((store.versions.of(path)[0].until, path) for path in changed_here if is_there(root / path)),
        reverse=True,
    )
    return visit.page(
        "keep",
        status,
        shelves=tuple(_Shelves(visit).all()),
        has_git=has_git,
        changes=[(each.path, each.state, visit.keep_address(each.path)) for each in changes],
        removed=[(path, visit.keep_address(path)) for path in changed_here if not is_there(root / path)],
        lately=[
            (path, visit.keep_address(path), moments.day(day.date())) for day, path in lately[:_MOST_LATELY]
        ],
        refused=refused,
        message=visit.typed("message"),
    )


def commit_all(visit: Visit) -> Response:
    """Commit what has changed."""
    visit.refuse_to_write()
    try:
        commit(visit.desk.root, visit.typed("message"))
    except (CannotCommit, NoGit) as error:
        return _everything(visit, 409, str(error))
    return visit.go("/keep#changed")


def something_new(visit: Visit) -> Response:
    """What must be known of something new before there is a file or an entry of it."""
    return _asked(visit, 200, ())


def make(visit: Visit) -> Response:
    """Make something new from its scaffold, and open its form."""
    visit.refuse_to_write()
    kind = KINDS.get(visit.path("noun"))
    if kind is None or kind.name not in ASKED:
        raise visit.gone()
    try:
        existing = Existing.read(visit.desk.root)
        given = answers(visit, kind)
        if not (called_ := str(given.get(ASKED[kind.name][0], "")).strip()):
            return _asked(visit, 422, ())
        id = existing.free_id(kind, file_stem(called_))
        kept = visit.desk.store.create(existing, kind, id, given, visit.desk.today())
    except InvalidInput as error:
        return _asked(visit, 422, error.problems)
    if not kind.lists:
        return visit.go(visit.keep_address(kept.path))
    source = next(each for each in visit.desk.reading().files.sources if each.path == kept.path)
    items = source.data.get(kind.lists[-1])
    last = len(items) - 1 if isinstance(items, YamlList) else 0
    return visit.go(visit.keep_address(kept.path, f"{kind.lists[-1]}[{last}]"))


def _asked(visit: Visit, status: int, problems: Iterable[Problem]) -> Response:
    kind = KINDS.get(visit.path("noun"))
    if kind is None or kind.name not in ASKED:
        raise visit.gone()
    reading = visit.reading
    return visit.page(
        "keep-new",
        status,
        noun=kind.name,
        title=visit.said[f"keep_new_{kind.lists[-1] if kind.lists else kind.holder.name}"],
        questions=asked(visit, kind, helps(reading.languages.folders, visit.language, kind.holder)),
        problems=tuple(problems),
    )


ROUTES = (
    route("/keep", everything),
    route("/keep/commit", commit_all, "POST"),
    route("/keep/new/{noun}", something_new),
    route("/keep/new/{noun}", make, "POST"),
)
