"""What all commands share: their common options, and showing problems."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from errno import EBADF
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli import late
from pitchgen.dates import FORMS, date_of, is_date, why_no_day
from pitchgen.plain import printable
from pitchgen.problems import CannotWrite, InvalidInput, Problem, Severity, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pitchgen.workspace import Workspace
    from pitchgen.workspace.newcomer import Newcomer, Reworded

MOST_SHOWN = 200

_ORDER = tuple(Severity)
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class DateType(click.ParamType[date]):
    """A date as 2026-12-01 or 1.12.2026."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that was typed."""
        if isinstance(value, date):
            return value
        try:
            return date_of(value.strip())
        except ValueError:
            if is_date(value.strip()):
                self.fail(f"'{value}' is not a day of the calendar: {why_no_day(value.strip())}", param, ctx)
            self.fail(f"'{value}' must be a date like {FORMS}", param, ctx)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options every command has; `dated` says that the day was given, and not asked of the clock."""

    folder: Path | None
    today: date
    dated: bool
    quiet: bool
    verbose: bool

    def day_by_day(self) -> date:
        """The day of each moment, for what goes on over midnight."""
        return self.today if self.dated else date.today()


def _common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say which workspace is used."),
        click.option("-q", "--quiet", is_flag=True, help="Show errors only."),
        click.option("--date", "today", type=DateType(), help="The day to work on (today)."),
        click.option("-w", "--workspace", metavar="DIR", help="The workspace's folder."),
    ):
        command = option(command)
    return command


def common_options_of_all(group: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `-w`, `--date`, `-q` and `-v` to the group of all commands, to stand before a command."""

    @_common_options
    @wraps(group)
    def with_common(**given: Any) -> None:
        click.get_current_context().obj = given
        group()

    return with_common


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `-w`, `--date`, `-q` and `-v`; the command gets them as its first argument.

    What stands behind the command counts before what stands in front of it.
    """

    @_common_options
    @wraps(command)
    def with_settings(
        workspace: str | None, today: date | None, quiet: bool, verbose: bool, **options: Any
    ) -> Any:
        before = click.get_current_context().find_root().obj or {}
        folder = workspace if workspace is not None else before.get("workspace")
        day = today or before.get("today")
        settings = Settings(
            Path(folder) if folder is not None else None,
            # Here and in `Settings` alone does pitchgen ask the clock.
            day or date.today(),
            day is not None,
            quiet or before.get("quiet", False),
            verbose or before.get("verbose", False),
        )
        return command(settings, **options)

    return with_settings


def show(problems: Iterable[Problem], *, quiet: bool = False) -> None:
    """Print problems to stderr, errors only if quiet.

    Of very many the first are shown, those that matter most, and how many more there are of each code.
    """
    problems = [problem for problem in problems if not quiet or problem.severity is Severity.ERROR]
    shown = problems
    if len(problems) > MOST_SHOWN:
        shown = sorted(problems, key=lambda problem: _ORDER.index(problem.severity))[:MOST_SHOWN]
    for problem in shown:
        head, newline, rest = late.text.as_text(problem).partition("\n")
        mark = f"{problem.severity}[{problem.code}]"
        colored = click.style(mark, fg=_COLORS[problem.severity], bold=True)
        click.echo(head.replace(mark, colored, 1) + newline + rest, err=True)
    if more := Counter(problem.code for problem in problems) - Counter(problem.code for problem in shown):
        click.echo(f"and {number_of(more.total(), 'more problem')}:", err=True)
        for code, number in more.most_common():
            click.echo(f"{number:8,} {code}", err=True)


def show_new(problems: Iterable[Problem], shown: set[Problem], *, quiet: bool) -> None:
    """Print those of the problems that are not among the `shown` yet, where they are from then on."""
    news = [problem for problem in dict.fromkeys(problems) if problem not in shown]
    shown.update(news)
    show(news, quiet=quiet)


def number_of(number: int, noun: str) -> str:
    """`1 error`, `2,000 errors`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_out(content: bytes) -> None:
    """Print what was asked for, whatever letters the terminal or pipe takes. Raises `CannotWrite`."""
    if sys.stdout is None:
        raise CannotWrite(Path("stdout"), OSError(EBADF, "it is closed"))
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def terminal_width() -> int | None:
    """The columns of the terminal that is printed on; None where that is none."""
    on_terminal = sys.stdout and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if on_terminal else None


def spellings(path: Path) -> tuple[Path, Path]:
    """A path from the top by its own names, and by where its links lead; neither has a `..` in it."""
    # Unlike Path.resolve, this does not raise for a link to itself.
    return Path(os.path.normpath(path.absolute())), Path(os.path.realpath(path))


def from_here(path: Path) -> Path:
    """A path as it is typed in the current folder; one that is not below it stays absolute."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def echo_path(path: Path) -> None:
    """Print the path of what was written, whatever bytes its name has."""
    click.echo(os.fsencode(from_here(path)))


def workspace_folder(settings: Settings) -> Path:
    """The folder of the workspace that the settings name. Raises `NoWorkspace`."""
    files = late.files
    root = files.workspace_at(settings.folder) if settings.folder else files.find_workspace(Path())
    if settings.verbose:
        click.echo(f"workspace: {printable(str(root))}", err=True)
    return root


def open_workspace(settings: Settings, newcomer: Newcomer | Reworded | None = None) -> Workspace:
    """Read the workspace the settings name and show its warnings. Raises `InvalidInput`."""
    workspace, problems = late.read.read_workspace(workspace_folder(settings), newcomer)
    if workspace is None or errors(problems):
        raise InvalidInput(problems)
    show(problems, quiet=settings.quiet)
    return workspace
