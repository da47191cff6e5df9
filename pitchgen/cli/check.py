"""`pitchgen check`: everything that is wrong in the workspace, in one run."""

from __future__ import annotations

from pathlib import Path

import click

from pitchgen.cli.terminal import Settings, common_options, show, workspace_folder
from pitchgen.problems import Problem, Severity, errors


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@common_options
def command(settings: Settings, paths: tuple[str, ...], format: str, strict: bool) -> int:
    """Say what is wrong in the workspace, where, and how to mend it.

    With PATHs, only what is in those files and folders is shown.
    """
    from pitchgen.check import check_workspace

    root = workspace_folder(settings)
    wanted = [_wanted(path, root) for path in paths]
    problems = check_workspace(root, settings.today)
    if wanted:
        problems = tuple(p for p in problems if _is_in(root / p.path, wanted))
    if format == "json":
        from pitchgen.report import as_json

        click.echo(as_json(problems))
    else:
        show(problems, quiet=settings.quiet)
        if not settings.quiet:
            click.echo(_summary(problems), err=True)
    stopping = problems if strict else errors(problems)
    return 1 if stopping else 0


def _wanted(path: str, root: Path) -> Path:
    from pitchgen.load.files import is_there

    wanted = Path(path)
    if not is_there(wanted) or not _is_in(wanted, [root]):
        raise click.UsageError(f"'{path}' is no file or folder of the workspace {root}")
    return wanted


def _is_in(path: Path, folders: list[Path]) -> bool:
    """Whether a path is one of the folders or below one, by its own name or by where its links lead."""
    return any(
        path.absolute().is_relative_to(folder.absolute()) or path.resolve().is_relative_to(folder.resolve())
        for folder in folders
    )


def _summary(problems: tuple[Problem, ...]) -> str:
    failures = len(errors(problems))
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    if not problems:
        return "all is well"
    return f"{_count(failures, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
