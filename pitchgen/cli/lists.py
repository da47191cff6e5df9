"""What is told of a list at the command line, for the commands that read one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_OPTIONS = ("columns", "sheet", "heading_row")


class Headings(click.ParamType[Mapping[str, str]]):
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


def list_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--columns`, `--sheet` and `--heading-row`."""
    for option in (
        click.option(
            "--heading-row",
            type=click.IntRange(min=1),
            metavar="N",
            help="The row of the list with its headings (found).",
        ),
        click.option("--sheet", metavar="NAME", help="The sheet of the workbook (the first with a list)."),
        click.option(
            "--columns", type=Headings(), default={}, help="Which column of the list holds what (found)."
        ),
    ):
        command = option(command)
    return command


def refuse_without_list(given: Mapping[str, Any], how: str) -> None:
    """Raises `click.UsageError` if anything was told of a list that is not there; `how` says what to do."""
    if told := [name for name in _OPTIONS if given[name]]:
        raise click.UsageError(f"--{told[0].replace('_', '-')} is about a list; {how}")
