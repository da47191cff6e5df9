"""`pitchgen init`: a new workspace, copied from the starter."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from pitchgen.cli import late
from pitchgen.cli.questions import is_conversation
from pitchgen.cli.terminal import Settings, common_options


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option(
    "--name", metavar="COMPANY", help="What your company is called; the starter's name unless given."
)
@click.option(
    "--language",
    "languages",
    metavar="L,...",
    multiple=True,
    help="The languages of the company, its own first. Without it: all that there are, of --bare the first.",
)
@click.option("--bare", is_flag=True, help="Only the least that works, instead of the starter.")
@common_options
def command(settings: Settings, folder: str, name: str | None, languages: tuple[str, ...], bare: bool) -> int:
    """Put a workspace to edit into DIR: the starter company, or with --bare an almost empty one.

    With the name of your company, whatever documents can do without is marked as an example, and left out of
    them where there is anything of your own. Nothing that is already there is overwritten.

    \b
      pitchgen init my-company --name "Lumipaja Oy" --language fi,sv
      pitchgen init my-company --bare --language en
    """
    codes = [code.strip() for each in languages for code in each.split(",")]
    company = name if name is not None else _asked()
    root = Path(folder)
    for path in late.start.start_workspace(root, codes, bare=bare, company=company):
        click.echo(os.fsencode(path))
    if not settings.quiet:
        where = shlex.quote(folder)
        click.echo(f"next: edit {where}/company.yaml and the rest;", err=True)
        click.echo(f"      `pitchgen check -w {where}` reads along", err=True)
        if company is not None and not bare:
            click.echo(
                "      delete the line `example: true` of each file that you have made yours", err=True
            )
        click.echo(f"then: `pitchgen pitch -w {where} --name NAME --role ROLE`", err=True)
    return 0


def _asked() -> str | None:
    """The company's name as it is typed at a terminal; None to keep the example's."""
    if not is_conversation():
        return None
    question = "What is your company called? Enter keeps the name of the example."
    return click.prompt(question, default="", show_default=False, prompt_suffix=" ", err=True).strip() or None
