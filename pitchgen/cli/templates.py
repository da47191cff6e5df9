"""`pitchgen templates`: see the words and the look of documents, and copy them to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen import late
from pitchgen.cli.terminal import Settings, common_options, echo_path, workspace_folder
from pitchgen.write import SHARED_FILE, SHARED_FOLDER, make_folder, write_file

if TYPE_CHECKING:
    from pitchgen.render.templates import Templates


@click.group("templates")
def command() -> None:
    """List the words and layouts of documents, or copy one into the workspace to change it."""


@command.command("list")
@common_options
def list_templates(settings: Settings) -> None:
    """Name every template; those with a file of the workspace's own are marked with *."""
    templates = _templates(settings)
    for name in templates.names():
        click.echo(f"{' ' if templates.is_shipped(name) else '*'} {name}")


@command.command("copy")
@click.argument("name")
@common_options
def copy_template(settings: Settings, name: str) -> None:
    """Copy the template NAME into the workspace's templates folder, where it counts from then on."""
    templates = _templates(settings)
    if name not in templates.names():
        hint = late.validate.suggestion(name, templates.names()) or "see `pitchgen templates list`"
        raise click.UsageError(f"there is no template '{name}'; {hint}")
    target = templates.own_path(name)
    if target.exists():
        raise click.UsageError(f"{target} is already there; nothing was written")
    content = templates.text(name)
    make_folder(target.parent, SHARED_FOLDER)
    write_file(target, content.encode(), SHARED_FILE)
    echo_path(target)


def _templates(settings: Settings) -> Templates:
    return late.templates.Templates(workspace_folder(settings))
