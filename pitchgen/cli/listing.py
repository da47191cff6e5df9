"""What `pitchgen roles` and `pitchgen personas` share: the command of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, open_workspace, print_out, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pitchgen.compose.listing import Listed
    from pitchgen.workspace import Workspace

FORMATS = ("text", "json", "csv")


def listing_command(
    name: str, about: str, items: Callable[[], Callable[[Workspace], Sequence[Listed]]]
) -> click.Command:
    """The command that lists what `items` gets from a workspace, once it is asked; `about` is its help."""

    @click.command(name, help=about)
    @click.option(
        "--format", "format", type=click.Choice(FORMATS), default="text", help="How to show it (text)."
    )
    @common_options
    def command(settings: Settings, format: str) -> int:
        workspace = open_workspace(settings)
        listed = items()(workspace)
        if not listed and not settings.quiet:
            click.echo(f"pitchgen: there are no {name} yet", err=True)
        print_out(_shown(listed, format, workspace).encode())
        return 0

    return command


def _shown(listed: Sequence[Listed], format: str, workspace: Workspace) -> str:
    columns = late.columns
    if format == "json":
        return columns.as_json(listed)
    if format == "csv":
        return columns.as_csv_of(listed, workspace.languages.get(workspace.company.language))
    return columns.as_text(listed, terminal_width())
