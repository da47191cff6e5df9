"""Measuring: the figures of metrics, from what `from` names, each row judged before it is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from shutil import rmtree
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.measure import counted as why
from pitchgen.measure.billing import count_billing, in_other_currency
from pitchgen.measure.cells import Reading
from pitchgen.measure.counted import Counted, Job
from pitchgen.measure.data import Reader, damaged
from pitchgen.measure.database import ask_database
from pitchgen.measure.engine import DEADLINE, Engine, Engines, TooSlow
from pitchgen.measure.exports import find_exports
from pitchgen.measure.headings import Search, Usual
from pitchgen.measure.kinds import NEEDS
from pitchgen.measure.lifetime import lifetime_values
from pitchgen.measure.measured import Measured, figure_of
from pitchgen.measure.refusal import Refused
from pitchgen.measure.rows import OTHER, WRONG, Part, Rows, conditions
from pitchgen.measure.spans import count_spans, not_ended
from pitchgen.measure.staying import count_staying
from pitchgen.measure.survey import count_survey, off_scale
from pitchgen.periods import Period, complete
from pitchgen.plain import some
from pitchgen.problems import Problem
from pitchgen.scratch import Scratch, sweep
from pitchgen.write import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pitchgen.load.place import Place
    from pitchgen.measure.exports import Export
    from pitchgen.model.metric import Kind, Metric
    from pitchgen.workspace import Workspace

_COUNT: Mapping[Kind, Callable[[Job], Counted]] = {
    "nps": count_survey,
    "enps": count_survey,
    "csat": count_survey,
    "ces": count_survey,
    "average_billing": count_billing,
    "revenue_retention": count_billing,
    "money": count_billing,
    "customer_tenure": count_staying,
    "retention": count_staying,
    "count": count_spans,
    "ratio": count_spans,
    "duration": count_spans,
}
# Why else a row does not count.
_WHY: Mapping[Kind, Callable[[Job], str]] = {
    "nps": off_scale,
    "enps": off_scale,
    "csat": off_scale,
    "ces": off_scale,
    "average_billing": in_other_currency,
    "money": in_other_currency,
    "revenue_retention": in_other_currency,
    "duration": not_ended,
}
# Lines of an invoice share its number; elsewhere what has the same id is the same.
_OF_LINES = frozenset({"average_billing", "revenue_retention", "money"})
# So many periods have a figure, the last ones, unless `since` says from when on.
MOST_PERIODS = 24
# In what no group is too small to be told of: it is the figure itself.
_NO_GROUP = frozenset({"count", "clv"})


def measure(
    workspace: Workspace, today: date, ids: Iterable[str] = (), deadline: float = DEADLINE
) -> list[Measured]:
    """The figures of the metrics with these ids, or of all that say what they are measured from.

    `deadline` is in seconds, for each question to the data. Raises `NoEngine` and `CannotWrite`.
    """
    wanted = set(ids)
    metrics = [(metric, at) for metric, at in workspace.metric_places if metric.origin]
    sweep()
    measuring = [
        _Measuring.begin(workspace, metric, at, today, deadline)
        for metric, at in metrics
        if metric.kind != "clv" and (not wanted or metric.id in wanted or _is_term(metric, metrics, wanted))
    ]
    found = {each.metric.id: measured for each, measured in zip(measuring, _run(measuring), strict=True)}
    for metric, at in metrics:
        if metric.kind == "clv" and (not wanted or metric.id in wanted):
            found[metric.id] = _lifetime(workspace, metric, at, found)
    return [
        found[metric.id]
        for metric, _ in metrics
        if metric.id in found and (not wanted or metric.id in wanted)
    ]


def _is_term(metric: Metric, metrics: Sequence[tuple[Metric, Place]], wanted: set[str]) -> bool:
    """Whether a lifetime value that is wanted follows from this metric."""
    values = [each.origin for each, _ in metrics if each.id in wanted and each.kind == "clv"]
    return any(origin and metric.id in (origin.billing, origin.retention) for origin in values)


def _run(measuring: Sequence[_Measuring]) -> Iterator[Measured]:
    scratch = Scratch()
    engines = Engines([export.file.resolve() for each in measuring for export in each.exports], scratch.path)
    try:
        for each in measuring:
            yield each.run(engines)
    finally:
        engines.close()
        scratch.remove()


@dataclass(slots=True)
class _Measuring:
    """One metric while it is measured, with the exports it is measured from, unless something is wrong."""

    workspace: Workspace
    metric: Metric
    at: Place
    today: date
    deadline: float
    exports: tuple[Export, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def begin(
        cls, workspace: Workspace, metric: Metric, at: Place, today: date, deadline: float
    ) -> _Measuring:
        """A metric with its exports found."""
        measuring = cls(workspace, metric, at, today, deadline)
        assert metric.origin
        try:
            if metric.origin.file is not None:
                measuring.exports = find_exports(workspace.root, metric.origin.file, at / "from" / "file")
        except Refused as error:
            measuring.problems = error.problems
        return measuring

    def run(self, engines: Engines) -> Measured:
        """Its figures, or what is wrong."""
        folder = engines.folder / str(self.at.loc[1])
        try:
            counted = self._counted(engines, folder)
        except Refused as error:
            return Measured(self.metric, self.at, problems=error.problems)
        except TooSlow:
            message = f"was not measured in {self.deadline:.0f} s"
            hint = (
                "measure a part of the data: `since:` under `from`; or give it more time: --deadline SECONDS"
            )
            return Measured(self.metric, self.at, problems=(self._origin.error("too-slow", message, hint),))
        finally:
            rmtree(folder, ignore_errors=True)
        return self._shown(counted)

    @property
    def _origin(self) -> Place:
        return self.at / "from"

    @property
    def _is_asked(self) -> bool:
        return self.metric.origin is not None and self.metric.origin.database is not None

    def _counted(self, engines: Engines, folder: Path) -> Counted:
        search = Search(self.metric, self._origin, Usual(self.workspace.languages.folders))
        if problems := [*search.check(), *self.problems]:
            raise Refused(problems)
        make_folder(folder)
        with engines.one(self.deadline) as engine:
            try:
                counted = self._of_exports(engine, folder, search)
            except Refused:
                # What is wrong with a file that somebody writes to may be that it is half written.
                _expect_unchanged(self.exports)
                raise
            except engine.error as error:
                _expect_unchanged(self.exports)
                hint = "see whether the file is whole; if it is, tell us"
                message = f"the data cannot be counted: {type(error).__name__}"
                found = [*damaged(self.exports, engine)] or [
                    self._origin.error("damaged-file", message, hint)
                ]
                raise Refused(found) from None
        _expect_unchanged(self.exports)
        return counted

    def _of_exports(self, engine: Engine, folder: Path, search: Search) -> Counted:
        # A database is asked once.
        for exactly in (True,) if self._is_asked else (False, True):
            try:
                rows, hidden = self._rows(engine, folder, search, exactly=exactly)
                counted = self._count(engine, rows, hidden)
            except engine.error:
                # What the engine cannot read, its own reader can tell of, or read.
                if exactly:
                    raise
                continue
            except _NotExact:
                continue
            return counted
        raise AssertionError("what is read exactly is final")

    def _rows(self, engine: Engine, folder: Path, search: Search, *, exactly: bool) -> tuple[Rows, int]:
        origin = self.metric.origin
        assert origin
        if origin.database:
            data = [ask_database(self.workspace.root, origin, self._origin, engine, self.deadline)]
        else:
            reader = Reader(folder, origin, self._origin, search.judge(), exactly)
            data = [reader.open(export, engine) for export in self.exports]
        parts: list[Part] = []
        problems: list[Problem] = []
        for each in data:
            try:
                columns = search.find(each.headings, each.path, each.heading_row)
                others = [
                    search.place(heading, each.headings, self._origin / key / heading, each.path)
                    for key in ("filter", "leave_out", "counts")
                    for heading in getattr(origin, key)
                ]
                relation = each.relate(sorted({*columns.values(), *others}))
                part = Part(each, columns, relation, Reading())
                part.conditions = conditions(part, search, origin, self._origin)
                parts.append(part)
            except Refused as error:
                problems += error.problems
        if problems:
            raise Refused(problems)
        rows = Rows(engine, parts, search, origin)
        rows.view()
        return rows, sum(each.hidden for each in data)

    def _count(self, engine: Engine, rows: Rows, hidden: int) -> Counted:
        origin = self.metric.origin
        assert origin
        unit = self.metric.unit.said(shipped.REFERENCE) if self.metric.unit else None
        job = Job(self.metric.kind, origin, self.metric.period, engine, rows, percent=unit == "%")
        judged = self._judged(job)
        if judged.left_out[WRONG] and rows.settle():
            judged = self._judged(job)
        is_exact = all(part.relation.row for part in rows.parts)
        expected = [part.relation.rows for part in rows.parts if part.relation.rows is not None]
        is_short = len(expected) == len(rows.parts) and sum(expected) != judged.total
        if not is_exact and (judged.left_out[WRONG] or is_short):
            raise _NotExact
        if judged.left_out[WRONG]:
            raise Refused(rows.wrong())
        if hidden:
            judged.left_out[why.HIDDEN] += hidden
        self._expect_some(rows, judged.total, judged.left_out[OTHER])
        periods = self._periods(judged.first)
        if not periods:
            return Counted(left_out=judged.left_out)
        counted = _COUNT[job.kind](replace(job, periods=periods, left_out=judged.left_out))
        counted.notes += _gaps(counted, periods)
        return counted

    def _once(self, rows: Rows) -> str:
        """The rows, each of which counts once."""
        if "id" not in rows.columns:
            return "SELECT * FROM data"
        if self.metric.kind in _OF_LINES:
            if len(rows.parts) == 1:
                return "SELECT * FROM data"
            again = "file > min(file) OVER (PARTITION BY id)"
        else:
            again = "row_number() OVER (PARTITION BY id, why ORDER BY file, row) > 1"
        case = f"CASE WHEN why IS NULL AND id IS NOT NULL AND {again} THEN '{why.SAME}' ELSE why END"
        return f"SELECT * REPLACE ({case} AS why) FROM data"

    def _expect_some(self, rows: Rows, total: int, other: int) -> None:
        """Raises `Refused` when there is no row at all, or none is what `filter` asks for."""
        if not total:
            message = "has no rows below its headings"
            hint = "export it again, without a filter or a time that leaves nothing"
            raise Refused(
                Problem("empty-file", message, each.data.path, each.data.heading_row, 1, hint=hint)
                for each in rows.parts
            )
        if other == total:
            hint = "see how it is written in the export; * at the end stands for any ending"
            message = f"none of {total:,} rows is what `filter` asks for"
            raise Refused([(self._origin / "filter").error("empty-file", message, hint)])

    def _judged(self, job: Job) -> _Judged:
        # Texts are read once; what is stored as numbers and days is read as quickly as it is kept.
        keep = job.engine.keep if job.rows.are_texts else job.engine.view
        keep("rows", self._once(job.rows))
        day = NEEDS[job.kind].day or "started"
        reason = _WHY[job.kind](job) if job.kind in _WHY else "NULL"
        judged = _Judged()
        for reason_, number, first in job.engine.ask(
            f"SELECT coalesce(why, {reason}), count(*), min(CAST({day} AS DATE)) FILTER (why IS NULL) "
            "FROM rows GROUP BY 1"
        ):
            judged.total += number
            judged.first = min(filter(None, (judged.first, first)), default=None)
            if reason_ is not None:
                judged.left_out[reason_] = number
        return judged

    def _periods(self, first: date | None) -> list[Period]:
        """The periods that have data, from this day on, and are over."""
        origin = self.metric.origin
        assert origin
        if first is None:
            return []
        begin = max(first, origin.since or first)
        periods = complete(begin, self.today, self.metric.period)
        return periods if origin.since else periods[-MOST_PERIODS:]

    def _shown(self, counted: Counted) -> Measured:
        origin = self.metric.origin
        assert origin
        least = 0 if self.metric.kind in _NO_GROUP else origin.least_answers
        shown = {period: value for period, value in sorted(counted.values.items()) if value.n >= least}
        left_out = {
            reason: number for reason, number in counted.left_out.items() if number and reason != OTHER
        }
        return Measured(
            self.metric,
            self.at,
            tuple(figure_of(self.metric, period, value) for period, value in shown.items()),
            left_out,
            tuple(sorted(counted.values.keys() - shown.keys())),
            tuple(counted.notes),
        )


def _expect_unchanged(exports: Iterable[Export]) -> None:
    """Raises `Refused` when an export is not what it was when it was found."""
    hint = "measure again, once nobody writes to it"
    problems = [
        Problem("changed-file", "changed while it was read", each.path, hint=hint)
        for each in exports
        if each.has_changed()
    ]
    if problems:
        raise Refused(problems)


def _gaps(counted: Counted, periods: Iterable[Period]) -> Iterator[str]:
    """The periods without anything to count, from the first one on that has something."""
    first = min(counted.values, default=None)
    empty = [each.name for each in periods if first and each > first and each not in counted.values]
    if empty:
        yield f"nothing to count in {some(empty)}"


@dataclass(slots=True)
class _Judged:
    """How many rows there are, how many of them do not count, by why, and the first day of one that does."""

    total: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    first: date | None = None


class _NotExact(Exception):
    """Something is wrong with rows whose numbers are not known."""


def _lifetime(workspace: Workspace, metric: Metric, at: Place, found: Mapping[str, Measured]) -> Measured:
    try:
        values = lifetime_values(workspace, metric, at / "from", found)
    except Refused as error:
        return Measured(metric, at, problems=error.problems)
    return Measured(
        metric, at, tuple(figure_of(metric, period, value) for period, value in sorted(values.items()))
    )
