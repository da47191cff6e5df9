"""`pitchgen check`: everything that is wrong in the workspace, in one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import click

from pitchgen.cli.terminal import Settings, common_options, show, workspace_folder
from pitchgen.problems import Problem, Severity, errors

MOST_SHOWN = 200
# For other programs. Each is a module of pitchgen.report, imported when it is asked for.
FORMATS = ("json", "github", "sarif")

_ORDER = tuple(Severity)
_WAITING = "; the rules wait until the errors are mended"


class Codes(click.ParamType[tuple[str, ...]]):
    """Codes of rules, or their groups, separated by commas."""

    name = "CODES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The codes that were typed."""
        if isinstance(value, tuple):
            return value
        codes = tuple(code.strip() for code in value.split(",") if code.strip())
        return codes or self.fail("names no rule", param, ctx)


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "format", type=click.Choice(["text", *FORMATS]), default="text", help="How to show it (text)."
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--select", type=Codes(), multiple=True, help="Only these rules or groups, comma-separated.")
@click.option("--ignore", type=Codes(), multiple=True, help="All rules and groups but these.")
@click.option("--explain", metavar="CODE", help="Print the page of a rule, and check nothing.")
@common_options
def command(
    settings: Settings,
    paths: tuple[str, ...],
    format: str,
    strict: bool,
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    explain: str | None,
) -> int:
    """Say what is wrong in the workspace, where, and how to mend it.

    With PATHs, only what is in those files and folders is shown.
    """
    if explain is not None:
        from pitchgen.rules.pages import page

        click.echo(page(explain))
        return 0
    from pitchgen.check import check_workspace
    from pitchgen.rules.run import selection

    chosen = selection(chain(*select), chain(*ignore))
    root = workspace_folder(settings)
    wanted = [_wanted(path, root) for path in paths]
    checked = check_workspace(root, settings.today, chosen)
    problems, elsewhere = checked.problems, 0
    if wanted:
        problems = tuple(p for p in problems if _is_in(root / p.path, wanted))
        elsewhere = len(errors(checked.problems)) - len(errors(problems))
    if format in FORMATS:
        report: str = import_module(f"pitchgen.report.{format}").report(problems, root)
        # As bytes, because not every terminal or pipe takes every letter.
        click.echo(report.encode(), nl=False)
    else:
        _show(problems, settings, strict=strict)
        if not settings.quiet:
            click.echo(_summary(problems, elsewhere, complete=checked.complete), err=True)
    if checked.failures:
        raise ExceptionGroup("rules failed; what the others found stands above", checked.failures)
    return 1 if any(problem.severity in _failing(strict=strict) for problem in problems) else 0


def _failing(*, strict: bool) -> set[Severity]:
    return {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}


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


def _show(problems: Sequence[Problem], settings: Settings, *, strict: bool) -> None:
    """Print the first problems, those that matter most, and how many more there are of each code."""
    if settings.quiet:
        problems = [problem for problem in problems if problem.severity in _failing(strict=strict)]
    shown = problems
    if len(problems) > MOST_SHOWN:
        shown = sorted(problems, key=lambda problem: _ORDER.index(problem.severity))[:MOST_SHOWN]
    show(shown)
    if more := Counter(problem.code for problem in problems) - Counter(problem.code for problem in shown):
        click.echo(f"and {_count(more.total(), 'more problem')}:", err=True)
        for code, number in more.most_common():
            click.echo(f"{number:8,} {code}", err=True)


def _summary(problems: Sequence[Problem], elsewhere: int, *, complete: bool) -> str:
    """What was found here, and how many errors `elsewhere` were not asked about."""
    if not problems and elsewhere:
        return f"nothing to mend here; elsewhere {_count(elsewhere, 'error')}{_WAITING}"
    if not problems:
        return "all is well"
    count = Counter(problem.severity for problem in problems)
    said = [_count(count[Severity.ERROR], "error"), _count(count[Severity.WARNING], "warning")]
    if count[Severity.NOTE]:
        said.append(_count(count[Severity.NOTE], "note"))
    return ", ".join(said) + ("" if complete else _WAITING)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
