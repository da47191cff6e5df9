"""`pitchgen schema`: what an editor needs to complete, explain and check what is typed."""

from __future__ import annotations

from pathlib import Path

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options, echo_path, workspace_folder
from pitchgen.write import SHARED_FILE, SHARED_FOLDER, make_folder, write_file


@click.command("schema")
@click.option("-o", "--output", metavar="DIR", help="Where they go (schemas/ in the workspace).")
@common_options
def command(settings: Settings, output: str | None) -> None:
    """Write the JSON Schemas by which an editor completes and explains the workspace's files."""
    schema = late.schema
    folder = Path(output) if output else workspace_folder(settings) / schema.FOLDER
    make_folder(folder, SHARED_FOLDER)
    for name, each in schema.schemas().items():
        path = folder / name
        write_file(path, schema.as_text(each).encode(), SHARED_FILE)
        echo_path(path)
