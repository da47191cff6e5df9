"""Make an intake: all that a build does, from reading the workspace to clearing away what is left over."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pitchgen.doctor import cores
from pitchgen.documents.catalogue import BUNDLES, DOCUMENTS
from pitchgen.intake.build import Build, Outcome, Output, left_over, outputs_of, passed_over, why_stale
from pitchgen.intake.lock import locked
from pitchgen.intake.manifest import Manifest
from pitchgen.intake.read import read_intake
from pitchgen.intake.record import Record
from pitchgen.load.table import Asked
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.render.cluster import dask_printer
from pitchgen.render.press import DEADLINE
from pitchgen.render.printing import LocalPrinter, Printer
from pitchgen.studio.inputs import Inputs
from pitchgen.studio.studio import Studio
from pitchgen.studio.subjects import item_called
from pitchgen.workspace import Hire
from pitchgen.workspace.roster import Roster
from pitchgen.write import expect_folder, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pitchgen.load.table import Table
    from pitchgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: which documents of whom, in which formats, into which folder, and how.

    Without `hires`, a list or a folder, those of the workspace get theirs, or only those of them who are
    called as `only` says, by id or name. A `table` is what stands on the list, where that need not be read;
    `columns` are headings of the list, by field, `sheet` and `heading_row` say where in its file they are.
    `jobs` PDFs are made at a time, as many as there are cores unless it is given, or by the workers of the
    Dask scheduler at the address `dask`. With `only_look`, it is only told what would be made. With
    `fail_fast` the first document that cannot be made is the last; with `prune`, files of people who are
    gone are removed.
    """

    folder: Path
    hires: Path | None = None
    table: Table | None = None
    only: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    documents: tuple[str, ...] = tuple(DOCUMENTS)
    formats: tuple[str, ...] = ("pdf", "html")
    jobs: int | None = None
    deadline: float = DEADLINE
    dask: str | None = None
    only_look: bool = False
    fail_fast: bool = False
    prune: bool = False

    @property
    def roster(self) -> Roster | None:
        """The list or the folder, with what was told of it."""
        asked = Asked(self.sheet, self.heading_row)
        return Roster(self.hires, self.columns, asked, self.table) if self.hires else None

    @property
    def width(self) -> int:
        """How many PDFs are made at a time on this machine."""
        return self.jobs or cores()

    @property
    def at_first(self) -> int:
        """How many renderers will be needed for sure, and may start while the workspace is being read."""
        # Where there is a folder already, all in it may be up to date.
        needless = self.only_look or self.dask or self.folder.exists()
        return 0 if needless or {"pdf", *BUNDLES}.isdisjoint(self.formats) else self.width


class Progress(Protocol):
    """Who is told of a build while it goes on."""

    def read(self, problems: tuple[Problem, ...]) -> None:
        """The workspace is read, with these warnings."""

    def begin(self, total: int) -> None:
        """So many files are to be made."""

    def done(self, outcome: Outcome) -> None:
        """What became of one of them."""


class _Nobody:
    def read(self, problems: tuple[Problem, ...]) -> None: ...

    def begin(self, total: int) -> None: ...

    def done(self, outcome: Outcome) -> None: ...


def make_intake(
    root: Path,
    order: Order,
    today: date,
    *,
    only_of_today: bool = False,
    progress: Progress | None = None,
    record: Record | None = None,
    printer: LocalPrinter | None = None,
) -> Record:
    """Make the documents of an intake that are not up to date, by the workspace at `root` on the day `today`.

    A document keeps the day on which it was made, unless `only_of_today` asks for those of today. What
    becomes of each is noted in the `record` while it happens, so that one who brings it along has it in any
    case; one who brings a `printer` can stop it.

    Raises `InvalidInput` when the workspace or the list has errors and nothing was made; `InUse` and
    `CannotWrite`; and `NoCluster`.
    """
    record = Record() if record is None else record
    day = today if only_of_today else None
    try:
        with printer or LocalPrinter(order.width, order.at_first) as printing:
            _Making(root, order, today, day, printing, progress or _Nobody(), record).run()
    except InvalidInput as error:
        record.problems = error.problems
        raise
    return record


@dataclass(slots=True)
class _Making:
    """One build on its way; a `day` is one that all documents must be of."""

    root: Path
    order: Order
    today: date
    day: date | None
    printer: Printer
    progress: Progress
    record: Record

    def run(self) -> None:
        workspace = self._workspace()
        inputs = Inputs(workspace)
        outputs = outputs_of(inputs, self.order.documents, self.order.formats, self._asked_for(workspace))
        if self.order.only_look:
            expect_folder(self.order.folder)
            self._look(workspace, outputs, Manifest(self.order.folder))
            return
        with locked(self.order.folder):
            sweep(self.order.folder)
            manifest = Manifest(self.order.folder)
            self._look(workspace, outputs, manifest)
            if self.record.stale:
                self._make(workspace, manifest)
                self.record.passed_over = passed_over(inputs, manifest, self.order.documents, outputs)
            if self.record.left_over and self.order.prune:
                manifest.remove(self.record.left_over)

    def _workspace(self) -> Workspace:
        """The workspace with its hires, or with those on the list. Raises `InvalidInput`."""
        workspace, problems = read_intake(self.root, self.order.roster, self.today, self.order.documents)
        if workspace is None or errors(problems):
            raise InvalidInput(problems)
        self.progress.read(problems)
        return workspace

    def _asked_for(self, workspace: Workspace) -> list[Hire] | None:
        """The hires who were named, each once; None when nobody was. Raises `InvalidInput`."""
        found = [item_called(workspace, "hire", said) for said in self.order.only]
        return [hire for hire in dict.fromkeys(found) if isinstance(hire, Hire)] or None

    def _look(self, workspace: Workspace, outputs: Iterable[Output], manifest: Manifest) -> None:
        """Note what the folder lacks, and what it has too much. Raises `OSError` where nobody may look."""
        stale = {output: why for output in outputs if (why := why_stale(output, manifest, self.day))}
        self.record.note(outputs, stale)
        self.record.left_over = left_over(workspace, manifest)

    def _make(self, workspace: Workspace, manifest: Manifest) -> None:
        stale = list(self.record.stale)
        self.progress.begin(len(stale))
        studio = Studio(workspace, self.today, deadline=self.order.deadline)
        with self._printer(prints=any(output.format == "pdf" for output in stale)) as printer:
            for outcome in Build(studio, printer, self.order.folder, manifest).run(stale):
                self.record.add(outcome)
                self.progress.done(outcome)
                if self.order.fail_fast and outcome.failed:
                    return

    def _printer(self, *, prints: bool) -> AbstractContextManager[Printer]:
        """The workers of a cluster if they were asked for, else this machine's renderers."""
        return dask_printer(self.order.dask) if self.order.dask and prints else nullcontext(self.printer)
