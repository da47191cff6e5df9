"""`pitchgen doctor`: whether this machine has all that pitchgen needs."""

from __future__ import annotations

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, common_options


@click.command("doctor")
@common_options
def command(settings: Settings) -> int:
    """Look at Python, libraries and fonts; say what is missing and the command that mends it."""
    conditions = list(late.doctor.examine())
    width = max(len(each.name) for each in conditions)
    for condition in conditions:
        if settings.quiet and condition.fine:
            continue
        mark = click.style("ok  ", fg="green") if condition.fine else click.style("FAIL", fg="red")
        click.echo(f"{mark}  {condition.name.ljust(width)}  {condition.found}")
        if not condition.fine:
            click.echo(f"      {''.ljust(width)}  {condition.mend}")
    missing = sum(not each.fine for each in conditions)
    if not settings.quiet:
        click.echo("all is well" if not missing else f"{missing} to mend")
    return 0 if all(each.fine for each in conditions) else 4
