"""`pitchgen clean`: remove what was made for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.output import folder_option
from pitchgen.cli.terminal import Settings, common_options, echo_path, number_of, workspace_folder
from pitchgen.plain import printable
from pitchgen.problems import NoWorkspace

if TYPE_CHECKING:
    from pathlib import Path

    from pitchgen.workspace import Workspace


@click.command("clean")
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@folder_option()
@common_options
def command(settings: Settings, people: tuple[str, ...], folder: Path) -> int:
    """Remove the documents of each PERSON from a folder, and what the folder remembers of them.

    PERSON is the name of their file in hires/, their whole name, or what their documents' names begin with.
    The documents of their role stay, and so does what HR wrote about them. Pages on a team name everyone in
    it, so they go too; the next build makes them anew.

    \b
      pitchgen clean aino-virtasalmi
      pitchgen clean "Aino Virtasalmi" -o out/summer
    """
    done = late.clean.clean(folder, people, _workspace(settings))
    for path in (*done.files, *done.teams, *done.versions):
        echo_path(path)
    if not settings.quiet:
        for stem in done.namesakes:
            click.echo(f"{printable(stem)}: left, as it may be somebody else; name it to remove it", err=True)
        number = len(done.files) + len(done.teams) + len(done.versions)
        click.echo(f"{number_of(number, 'file')} removed", err=True)
    return 0


def _workspace(settings: Settings) -> Workspace | None:
    """The workspace whose roles tell what documents may be called, if there is one that can be read."""
    try:
        root = workspace_folder(settings)
    except NoWorkspace:
        if settings.folder:
            raise
        return None
    return late.read.read_workspace(root)[0]
