"""`pitchgen build`: every document for everyone, as many at a time as the machine has cores."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli import late
from pitchgen.cli.lists import list_options, refuse_without_list
from pitchgen.cli.output import documents_option, exit_code, folder_option, formats_option
from pitchgen.cli.progress import Bar
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
from pitchgen.problems import Problem, errors
from pitchgen.render.press import DEADLINE
from pitchgen.write import expect_writable, write_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.intake.build import Outcome
    from pitchgen.intake.make import Order
    from pitchgen.intake.record import Record

STALE = 1

_PATH = click.Path(path_type=Path)
_SECONDS = click.FloatRange(0, 86_400, min_open=True)


@click.command("build")
@click.argument("only", nargs=-1, metavar="[HIRE]...")
@click.option("--hires", metavar="FILE|DIR", type=_PATH, help="A list, .csv or .xlsx, or a folder (hires/).")
@list_options
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
@click.option("--prune", is_flag=True, help="Remove documents that are no longer made, of people who left.")
@click.option("--report", metavar="FILE.json", type=_PATH, help="Note what became of each document.")
@common_options
def command(
    settings: Settings,
    report: Path | None,
    dry_run: bool,
    check: bool,
    **given: Any,
) -> int:
    """Make every document for everyone in hires/, or on a list; what is up to date is left as it is.

    With the names of one HIRE or more, only theirs are made, and those of their roles, customers and
    managers.

    \b
      pitchgen build
      pitchgen build aino-virtasalmi --format eml
      pitchgen build --hires summer.xlsx -o out/summer
      pitchgen build --hires summer.csv --columns name=Who,role=Job --dry-run
      pitchgen build --hires people.xlsx --sheet July --heading-row 3
    """
    order = late.make.Order(only_look=dry_run or check, **given)
    _refuse(order, given)
    if report:
        expect_writable(report)
    record = late.record.Record()
    try:
        _make(settings, order, record)
    finally:
        if report:
            write_to(report, late.record.report(record).encode())
    if order.only_look:
        _say_stale(record, order.folder, settings)
        return STALE if check and record.stale else 0
    _say_the_rest(record, order, settings)
    codes = {problem.code for each in record.failed for problem in errors(each.problems)}
    return exit_code(len(record.written) + len(record.unchanged), codes)


def _refuse(order: Order, given: Mapping[str, Any]) -> None:
    """Raises `click.UsageError` for options that mean nothing together."""
    known = {format for name in order.documents for format in (*DOCUMENTS[name].formats, *BUNDLES)}
    if known.isdisjoint(order.formats):
        raise click.UsageError(f"{' and '.join(order.documents)} cannot be {' or '.join(order.formats)}")
    if order.dask and order.jobs:
        raise click.UsageError("how much the workers of --dask do at a time is theirs to say, not for --jobs")
    if order.hires is None or late.files.is_folder(order.hires):
        refuse_without_list(given, "name its file with --hires")


def _make(settings: Settings, order: Order, record: Record) -> None:
    teller = _Teller(order.folder, settings)
    try:
        late.make.make_intake(
            workspace_folder(settings),
            order,
            settings.today,
            only_of_today=settings.dated,
            progress=teller,
            record=record,
        )
    finally:
        teller.close()


def _say_stale(record: Record, folder: Path, settings: Settings) -> None:
    """List the files that are not up to date, and say in sum why."""
    for output in record.stale:
        echo_path(folder / output.name)
    if not settings.quiet:
        reasons = "".join(f"; {number:,} {why}" for why, number in Counter(record.stale.values()).items())
        click.echo(f"{number_of(len(record.stale), 'file')} to make{reasons}", err=True)


def _say_the_rest(record: Record, order: Order, settings: Settings) -> None:
    """Say which files of the folder are not what they should be, and how many there are of each kind."""
    if settings.quiet:
        return
    if names := record.passed_over:
        such = printable(str(order.folder / names[0]))
        said = f"{number_of(len(names), 'file')} out of date, in what was not asked for, such as {such}"
        click.echo(said, err=True)
    said = "removed" if order.prune else "no longer made, or under another name now; --prune removes it"
    for path in record.left_over:
        click.echo(f"{printable(str(path))}: {said}", err=True)
    done = f"{number_of(len(record.written), 'file')} written, {len(record.unchanged):,} up to date"
    left = f", {len(record.stale):,} not tried" if record.stale else ""
    click.echo(f"{done}, {len(record.failed):,} failed{left}", err=True)


class _Teller:
    """Shows how far a build is, lists what was written and shows each problem once; while there is a bar, all
    of that waits for its end.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._quiet = settings.quiet
        self._bar = Bar(quiet=settings.quiet)
        self._shown: set[Problem] = set()
        self._waiting: list[Outcome] = []

    def read(self, problems: tuple[Problem, ...]) -> None:
        """Show the warnings about the workspace."""
        show(problems, quiet=self._quiet)

    def begin(self, total: int) -> None:
        """Begin the bar."""
        self._bar.begin(total)

    def done(self, outcome: Outcome) -> None:
        """Say what became of an output."""
        self._waiting.append(outcome)
        if not self._bar.is_shown:
            self._tell()
        self._bar.step()

    def close(self) -> None:
        """End the bar, and say all that waits."""
        self._bar.end()
        self._tell()

    def _tell(self) -> None:
        for outcome in self._waiting:
            show_new(outcome.problems, self._shown, quiet=self._quiet)
            output = outcome.output
            if outcome.failed:
                click.echo(f"pitchgen: {output.made.title} was not written as {output.format}", err=True)
            else:
                echo_path(self._folder / output.name)
        self._waiting.clear()
