"""What all commands share: their common options, and showing problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.problems import InvalidInput, Problem, Severity, errors

if TYPE_CHECKING:
    from pitchgen.newcomer import Newcomer
    from pitchgen.workspace import Workspace

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


class DateType(click.ParamType[date]):
    """A date as 2026-12-01."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that was typed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' must be a date like 2026-12-01", param, ctx)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options every command has."""

    folder: Path | None
    today: date
    quiet: bool
    verbose: bool


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `-w`, `--date`, `-q` and `-v`; the command gets them as its first argument."""

    @click.option("-w", "--workspace", metavar="DIR", help="The workspace's folder.")
    @click.option("--date", "today", type=DateType(), help="The day to work on (today).")
    @click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
    @click.option("-v", "--verbose", is_flag=True, help="Say which workspace is used.")
    @wraps(command)
    def with_settings(
        workspace: str | None, today: date | None, quiet: bool, verbose: bool, **options: Any
    ) -> Any:
        folder = Path(workspace) if workspace is not None else None
        # The only place where pitchgen asks the clock.
        settings = Settings(folder, today or date.today(), quiet, verbose)
        return command(settings, **options)

    return with_settings


def show(problems: Iterable[Problem], *, quiet: bool = False) -> None:
    """Print problems to stderr, warnings only unless quiet."""
    from pitchgen.report import as_text

    for problem in problems:
        if quiet and problem.severity is not Severity.ERROR:
            continue
        head, newline, rest = as_text(problem).partition("\n")
        mark = f"{problem.severity}[{problem.code}]"
        colored = click.style(mark, fg=_COLORS[problem.severity], bold=True)
        click.echo(head.replace(mark, colored, 1) + newline + rest, err=True)


def workspace_folder(settings: Settings) -> Path:
    """The folder of the workspace that the settings name. Raises `NoWorkspace`."""
    from pitchgen.load.files import find_workspace, workspace_at

    root = workspace_at(settings.folder) if settings.folder else find_workspace(Path())
    if settings.verbose:
        click.echo(f"workspace: {root}", err=True)
    return root


def from_here(path: Path) -> Path:
    """A path as it is said to the user: from the current folder when it is in there."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def open_workspace(settings: Settings, newcomer: Newcomer | None = None) -> Workspace:
    """Read the workspace the settings name and show its warnings. Raises `InvalidInput`."""
    from pitchgen.read import read_workspace

    workspace, problems = read_workspace(workspace_folder(settings), newcomer)
    if workspace is None or errors(problems):
        raise InvalidInput(problems)
    show(problems, quiet=settings.quiet)
    return workspace
