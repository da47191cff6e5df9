"""`pitchgen schema`: what an editor needs to complete, explain and check what is typed."""

from __future__ import annotations

from pathlib import Path

import click

from pitchgen.cli.terminal import Settings, common_options, echo_path, workspace_folder


@click.command("schema")
@click.option("-o", "--output", metavar="DIR", help="Where they go (schemas/ in the workspace).")
@common_options
def command(settings: Settings, output: str | None) -> None:
    """Write the JSON Schemas by which an editor completes and explains the workspace's files."""
    from pitchgen.schema import FOLDER, as_text, schemas
    from pitchgen.write import SHARED_FILE, SHARED_FOLDER, make_folder, write_file

    folder = Path(output) if output else workspace_folder(settings) / FOLDER
    make_folder(folder, SHARED_FOLDER)
    for name, schema in schemas().items():
        path = folder / name
        write_file(path, as_text(schema).encode(), SHARED_FILE)
        echo_path(path)
