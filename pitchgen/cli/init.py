"""`pitchgen init`: a new workspace, copied from the starter."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option(
    "--language",
    "languages",
    multiple=True,
    help="A language of the company, its own first; once for each. Without it: all that there are.",
)
@click.option("--bare", is_flag=True, help="Only the least that works, instead of the starter.")
@common_options
def command(settings: Settings, folder: str, languages: tuple[str, ...], bare: bool) -> int:
    """Put a workspace to edit into DIR: the starter company, or with --bare an almost empty one.

    Nothing that is already there is overwritten.
    """
    root = Path(folder)
    for path in late.start.start_workspace(root, languages, bare=bare):
        click.echo(os.fsencode(path))
    if not settings.quiet:
        where = shlex.quote(folder)
        click.echo(f"next: edit {where}/company.yaml and the rest;", err=True)
        click.echo(f"      `pitchgen check -w {where}` reads along", err=True)
        click.echo(f"then: `pitchgen pitch -w {where} --name NAME --role ROLE`", err=True)
    return 0
