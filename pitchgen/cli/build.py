"""`pitchgen build`: every document for everyone, as many at a time as the machine has cores."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli.output import documents_option, exit_code, folder_option, formats_option
from pitchgen.cli.progress import shows_bar, with_progress
from pitchgen.cli.terminal import (
    Settings,
    common_options,
    echo_path,
    number_of,
    show,
    show_new,
    workspace_folder,
)
from pitchgen.documents.catalogue import BUNDLES, DOCUMENTS, FORMATS
from pitchgen.plain import printable
from pitchgen.problems import InvalidInput, Problem, errors, without_content
from pitchgen.render.press import DEADLINE

if TYPE_CHECKING:
    from pitchgen.intake.build import Outcome, Output
    from pitchgen.intake.manifest import Manifest
    from pitchgen.intake.record import Record
    from pitchgen.render.printing import Printer
    from pitchgen.workspace import Workspace

STALE = 1

_PATH = click.Path(path_type=Path)
_SECONDS = click.FloatRange(0, 86_400, min_open=True)


class Columns(click.ParamType[Mapping[str, str]]):
    """What columns hold: `name=Henkilö,role=Tehtävä`."""

    name = "FIELD=COLUMN,..."

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Mapping[str, str]:
        """The heading of the column of each field."""
        if isinstance(value, Mapping):
            return value
        pairs = [part.partition("=") for part in value.split(",")]
        if not all(heading.strip() for _, _, heading in pairs):
            self.fail(f"'{value}' must be like name=Henkilö,role=Tehtävä", param, ctx)
        return {field.strip(): heading.strip() for field, _, heading in pairs}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for: of whom, which documents, where to, and how."""

    hires: Path | None
    columns: Mapping[str, str]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    jobs: int | None
    deadline: float
    dask: str | None
    folder: Path
    dry_run: bool
    check: bool
    fail_fast: bool
    prune: bool


@click.command("build")
@click.option("--hires", metavar="FILE|DIR", type=_PATH, help="A list, .csv or .xlsx, or a folder (hires/).")
@click.option("--columns", type=Columns(), default={}, help="Which column of the list holds what.")
@documents_option()
@formats_option((*FORMATS, *BUNDLES), default="pdf,html")
@click.option("--jobs", type=click.IntRange(1, 256), help="So many PDFs at a time (as many as cores).")
@click.option(
    "--deadline", type=_SECONDS, default=DEADLINE, help=f"Seconds of computing for one PDF ({DEADLINE:g})."
)
@click.option("--dask", metavar="ADDRESS", help="A Dask scheduler whose workers make the PDFs.")
@folder_option()
@click.option("--dry-run", is_flag=True, help="Only say what would be made.")
@click.option("--check", is_flag=True, help="Only say what is not up to date; fail if anything is not.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first document that cannot be made.")
@click.option("--prune", is_flag=True, help="Remove the documents of people who are not there any more.")
@click.option("--report", metavar="FILE.json", type=_PATH, help="Note what became of each document.")
@common_options
def command(settings: Settings, report: Path | None, **options: Any) -> int:
    """Make every document for everyone in hires/, or on a list; what is up to date is left as it is.

    \b
      pitchgen build
      pitchgen build --hires summer.xlsx -o out/summer
      pitchgen build --hires summer.csv --columns name=Who,role=Job --dry-run
    """
    wanted = _Wanted(**options)
    _refuse(wanted)
    from pitchgen.render.printing import LocalPrinter

    with LocalPrinter(_jobs(wanted), _at_first(wanted)) as printer:
        return _reported(settings, wanted, printer, report)


def _reported(settings: Settings, wanted: _Wanted, printer: Printer, report: Path | None) -> int:
    from pitchgen.intake.record import Record
    from pitchgen.intake.record import report as as_json
    from pitchgen.write import write_file

    record = Record()
    try:
        return _build(settings, wanted, printer, record)
    except InvalidInput as error:
        record.problems = error.problems
        raise
    finally:
        if report:
            write_file(report, as_json(record).encode())


def _refuse(wanted: _Wanted) -> None:
    """Raises `click.UsageError` for options that mean nothing together."""
    known = {format for document in wanted.documents for format in (*DOCUMENTS[document], *BUNDLES)}
    if known.isdisjoint(wanted.formats):
        raise click.UsageError(f"{' and '.join(wanted.documents)} cannot be {' or '.join(wanted.formats)}")
    if wanted.dask and wanted.jobs:
        raise click.UsageError("how much the workers of --dask do at a time is theirs to say, not for --jobs")
    if not wanted.columns:
        return
    from pitchgen.load.files import is_folder

    if wanted.hires is None or is_folder(wanted.hires):
        raise click.UsageError("--columns is about a list; name its file with --hires")


def _at_first(wanted: _Wanted) -> int:
    """How many renderers will be needed for sure, and may start while the workspace is still being read."""
    # Where there is a folder already, all in it may be up to date.
    none = wanted.dry_run or wanted.check or wanted.dask or os.path.exists(wanted.folder)  # noqa: PTH110
    return 0 if none or {"pdf", *BUNDLES}.isdisjoint(wanted.formats) else _jobs(wanted)


def _jobs(wanted: _Wanted) -> int:
    from pitchgen.doctor import cores

    return wanted.jobs or cores()


def _build(settings: Settings, wanted: _Wanted, printer: Printer, record: Record) -> int:
    from pitchgen.intake.build import left_over, outputs_of, passed_over, why_stale
    from pitchgen.intake.digests import Digests
    from pitchgen.intake.lock import locked
    from pitchgen.intake.manifest import Manifest
    from pitchgen.write import sweep

    workspace = _read(settings, wanted)
    digests = Digests(workspace)
    outputs = outputs_of(digests, wanted.documents, wanted.formats)
    day = settings.today if settings.dated else None

    def stale(manifest: Manifest) -> dict[Output, str]:
        return {output: why for output in outputs if (why := why_stale(output, manifest, day))}

    if wanted.dry_run or wanted.check:
        found = stale(Manifest(wanted.folder))
        record.note(outputs, found)
        _say_stale(found, wanted.folder, settings)
        return STALE if wanted.check and found else 0
    with locked(wanted.folder):
        sweep(wanted.folder)
        manifest = Manifest(wanted.folder)
        found = stale(manifest)
        record.note(outputs, found)
        if found:
            _make(list(found), workspace, manifest, settings, wanted, printer, record)
            _say_passed_over(passed_over(digests, manifest, wanted.documents, outputs), wanted, settings)
        files = left_over(workspace, manifest)
        record.left_over = len(files)
        _clear_away(files, wanted, manifest, settings)
    if not settings.quiet:
        click.echo(_summary(record), err=True)
    codes = {problem.code for each in record.failed for problem in errors(each.problems)}
    return exit_code(len(record.written) + len(record.unchanged), codes)


def _summary(record: Record) -> str:
    done = f"{number_of(len(record.written), 'file')} written, {len(record.unchanged):,} up to date"
    left = f", {len(record.stale):,} not tried" if record.stale else ""
    return f"{done}, {len(record.failed):,} failed{left}"


def _read(settings: Settings, wanted: _Wanted) -> Workspace:
    """The workspace with its hires, or with those on the list; warnings are shown. Raises `InvalidInput`."""
    from pitchgen.workspace.read import read_workspace
    from pitchgen.workspace.roster import Roster

    roster = Roster(wanted.hires, wanted.columns) if wanted.hires else None
    workspace, found = read_workspace(workspace_folder(settings), roster=roster)
    problems = tuple(without_content(problem) for problem in found)
    if workspace is None or errors(problems):
        raise InvalidInput(problems)
    show(problems, quiet=settings.quiet)
    if not workspace.hires:
        hint = "write hires/<name>.yaml, say by `pitchgen new hire <name>`, or name a list with --hires"
        raise InvalidInput([Problem("no-hires", "there is nobody to make documents for", "hires", hint=hint)])
    return workspace


def _say_stale(stale: Mapping[Output, str], folder: Path, settings: Settings) -> None:
    """List the files that are not up to date, and say in sum why."""
    for output in stale:
        echo_path(folder / output.name)
    if not settings.quiet:
        reasons = "".join(f"; {number:,} {why}" for why, number in Counter(stale.values()).items())
        click.echo(f"{number_of(len(stale), 'file')} to make{reasons}", err=True)


def _make(
    stale: Sequence[Output],
    workspace: Workspace,
    manifest: Manifest,
    settings: Settings,
    wanted: _Wanted,
    printer: Printer,
    record: Record,
) -> None:
    """Make these files, and say what became of each."""
    from pitchgen.documents.studio import Studio
    from pitchgen.intake.build import Build

    studio = Studio(workspace, settings.today, deadline=wanted.deadline)
    prints = any(output.format == "pdf" for output in stale)
    with (
        closing(_Teller(wanted.folder, settings)) as teller,
        _cluster(wanted.dask) if wanted.dask and prints else nullcontext(printer) as chosen,
    ):
        outcomes = Build(studio, chosen, wanted.folder, manifest).run(stale)
        for outcome in with_progress(outcomes, len(stale), quiet=settings.quiet):
            record.add(outcome)
            teller.tell(outcome)
            if wanted.fail_fast and outcome.failed:
                return


def _cluster(address: str) -> AbstractContextManager[Printer]:
    from pitchgen.render.cluster import dask_printer

    return dask_printer(address)


def _clear_away(files: Sequence[Path], wanted: _Wanted, manifest: Manifest, settings: Settings) -> None:
    """Remove these files of people who are gone if that was asked for, else name them."""
    if files and wanted.prune:
        manifest.remove(files)
    said = "removed" if wanted.prune else "of nobody who is there; --prune removes it"
    for path in () if settings.quiet else files:
        click.echo(f"{printable(str(path))}: {said}", err=True)


def _say_passed_over(names: Sequence[str], wanted: _Wanted, settings: Settings) -> None:
    """Say that some files, such as drafts of the days before, no longer say what the others do."""
    if names and not settings.quiet:
        such = printable(str(wanted.folder / names[0]))
        said = f"{number_of(len(names), 'file')} out of date, in what was not asked for, such as {such}"
        click.echo(said, err=True)


class _Teller:
    """Lists what was written and shows each problem once; all of it waits while there is a bar."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._quiet = settings.quiet
        self._shown: set[Problem] = set()
        self._waiting: list[Outcome] = []

    def tell(self, outcome: Outcome) -> None:
        """Say what became of an output."""
        self._waiting.append(outcome)
        if not shows_bar(quiet=self._quiet):
            self.close()

    def close(self) -> None:
        """Say all that waits."""
        for outcome in self._waiting:
            show_new(outcome.problems, self._shown, quiet=self._quiet)
            output = outcome.output
            if outcome.failed:
                click.echo(f"pitchgen: {output.made.title} was not written as {output.format}", err=True)
            else:
                echo_path(self._folder / output.name)
        self._waiting.clear()
