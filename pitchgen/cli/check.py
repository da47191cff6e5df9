"""`pitchgen check`: everything that is wrong in the workspace, in one run."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli import late
from pitchgen.cli.lists import list_options, refuse_without_list
from pitchgen.cli.terminal import (
    Settings,
    common_options,
    number_of,
    print_out,
    show,
    spellings,
    workspace_folder,
)
from pitchgen.problems import Problem, Severity, errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from datetime import date

    from pitchgen.check import Checked

# For other programs. Each is a module of pitchgen.report, imported when it is asked for.
FORMATS = ("json", "github", "sarif")

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
@list_options
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
    **told: Any,
) -> int:
    """Say what is wrong in the workspace, where, and how to mend it.

    With PATHs, only what is in those files and folders is shown. A list, .csv or .xlsx, is read as
    `pitchgen build --hires` would read it.

    \b
      pitchgen check
      pitchgen check personas/ company.yaml
      pitchgen check people.xlsx --sheet July
    """
    if explain is not None:
        print_out(f"{late.pages.page(explain)}\n".encode())
        return 0
    chosen = late.run.selection(chain(*select), chain(*ignore))
    root = workspace_folder(settings)
    lists = [Path(path) for path in paths if _is_list(Path(path))]
    if not lists:
        refuse_without_list(told, "name its file, .csv or .xlsx")
    wanted = {each for path in paths if Path(path) not in lists for each in spellings(_wanted(path, root))}
    seen = [_of_list(path, told, root, settings.today, of_workspace=format in FORMATS) for path in lists]
    elsewhere = 0
    if wanted or not lists:
        checked = late.check.check_workspace(root, settings.today, chosen)
        inside = _inside(checked, wanted, root) if wanted else checked
        elsewhere = len(errors(checked.problems)) - len(errors(inside.problems))
        seen.append(inside)
    problems = tuple(dict.fromkeys(problem for each in seen for problem in each.problems))
    if format in FORMATS:
        report: str = import_module(f"pitchgen.report.{format}").report(problems, root)
        print_out(report.encode())
    else:
        # Quiet is about what does not matter to how the command ends.
        wordy = not settings.quiet
        show(problem for problem in problems if wordy or problem.severity in _failing(strict=strict))
        if not settings.quiet:
            complete = all(each.complete for each in seen)
            click.echo(_summary(problems, elsewhere, complete=complete), err=True)
    if failures := [failure for each in seen for failure in each.failures]:
        raise ExceptionGroup("rules failed; what the others found stands above", failures)
    return 1 if any(problem.severity in _failing(strict=strict) for problem in problems) else 0


def _failing(*, strict: bool) -> set[Severity]:
    return {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}


def _is_list(path: Path) -> bool:
    return late.table.is_table(path) and not late.files.is_folder(path)


def _of_list(path: Path, told: Mapping[str, Any], root: Path, today: date, *, of_workspace: bool) -> Checked:
    """What is wrong with a list; its path as it was typed, or as files `of_workspace` have it."""
    asked = late.table.Asked(told["sheet"], told["heading_row"])
    checked = late.check.check_list(root, late.roster.Roster(path, told["columns"], asked), today)
    if not of_workspace:
        return checked
    place = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(root))).as_posix()
    # What was told of a list is wrong with it.
    its = {str(path), *late.table.OPTIONS}
    placed = (replace(each, path=place) if each.path in its else each for each in checked.problems)
    return replace(checked, problems=tuple(placed))


def _inside(checked: Checked, wanted: Set[Path], root: Path) -> Checked:
    """What is wrong in the files and folders that are wanted."""
    paths = {path for path in {p.path for p in checked.problems} if _is_in(root / path, wanted)}
    return replace(checked, problems=tuple(p for p in checked.problems if p.path in paths))


def _wanted(path: str, root: Path) -> Path:
    wanted = Path(path)
    if not late.files.is_there(wanted) or not _is_in(wanted, set(spellings(root))):
        raise click.UsageError(f"'{path}' is no file or folder of the workspace {root}")
    return wanted


def _is_in(path: Path, folders: Set[Path]) -> bool:
    """Whether a path is one of the folders or below one, by its own name or by where its links lead."""
    return any(not folders.isdisjoint((spelling, *spelling.parents)) for spelling in spellings(path))


def _summary(problems: Sequence[Problem], elsewhere: int, *, complete: bool) -> str:
    """What was found here, and how many errors `elsewhere` were not asked about."""
    if not problems and elsewhere:
        return f"nothing to mend here; elsewhere {number_of(elsewhere, 'error')}{_WAITING}"
    if not problems:
        return "all is well"
    count = Counter(problem.severity for problem in problems)
    said = [number_of(count[Severity.ERROR], "error"), number_of(count[Severity.WARNING], "warning")]
    if count[Severity.NOTE]:
        said.append(number_of(count[Severity.NOTE], "note"))
    return ", ".join(said) + ("" if complete else _WAITING)
