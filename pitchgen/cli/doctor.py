"""`pitchgen doctor`: whether this machine has all that pitchgen needs."""

from __future__ import annotations

import click

from pitchgen import late
from pitchgen.cli.terminal import Settings, common_options


@click.command("doctor")
@common_options
def command(settings: Settings) -> int:
    """Look at Python, libraries and fonts; say what is missing and the command that mends it."""
    findings = list(late.doctor.examine())
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        if settings.quiet and finding.fine:
            continue
        mark = click.style("ok  ", fg="green") if finding.fine else click.style("FAIL", fg="red")
        click.echo(f"{mark}  {finding.name.ljust(width)}  {finding.found}")
        if not finding.fine:
            click.echo(f"      {''.ljust(width)}  {finding.mend}")
    missing = sum(not finding.fine for finding in findings)
    if not settings.quiet:
        click.echo("all is well" if not missing else f"{missing} to mend")
    return 0 if all(finding.fine for finding in findings) else 4
