"""`pitchgen templates`: see the words and the look of documents, and copy them to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, echo_path, workspace_folder
from pitchgen.problems import suggestion
from pitchgen.write import SHARED_FILE, SHARED_FOLDER, make_folder, write_file

if TYPE_CHECKING:
    from pitchgen.overlay import Overlay


@click.group("templates")
def command() -> None:
    """List the words and layouts of documents, or copy one into the workspace to change it."""


@command.command("list")
@common_options
def list_templates(settings: Settings) -> None:
    """Name every template; those with a file of the workspace's own are marked with *."""
    overlay = _overlay(settings)
    for name in overlay.names():
        click.echo(f"{' ' if overlay.is_shipped(name) else '*'} {name}")


@command.command("copy")
@click.argument("name")
@common_options
def copy_template(settings: Settings, name: str) -> None:
    """Copy the template NAME into the workspace's templates folder, where it counts from then on."""
    overlay = _overlay(settings)
    path = overlay.find(name)
    if path is None or name not in overlay.names():
        hint = suggestion(name, overlay.names()) or "see `pitchgen templates list`"
        raise click.UsageError(f"there is no template '{name}'; {hint}")
    target = overlay.own_path(name)
    if target.exists():
        raise click.UsageError(f"{target} is already there; nothing was written")
    make_folder(target.parent, SHARED_FOLDER)
    write_file(target, path.read_bytes(), SHARED_FILE)
    echo_path(target)


def _overlay(settings: Settings) -> Overlay:
    return late.overlay.Overlay(workspace_folder(settings))
