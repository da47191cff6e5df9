"""`pitchgen matrix`: who meets what, who answers for it, and the weakest links."""

from __future__ import annotations

import shutil
import sys

import click

from pitchgen.cli.output import STDOUT, Target, check_language, deliver, open_studio
from pitchgen.cli.terminal import Settings, common_options

# What each format's files end in; the last suits a reader on stdout best.
ENDINGS = {"html": "html", "csv": "csv", "json": "json", "text": "txt"}


@click.command("matrix")
@click.option("--format", "format", type=click.Choice(list(ENDINGS)), help="How to show it (text).")
@click.option("--language", metavar="L", help="Its code; the company's own unless given.")
@click.option("-o", "--output", metavar="DIR|FILE|-", default=STDOUT, help="Where to (-, the terminal).")
@common_options
def command(settings: Settings, format: str | None, language: str | None, output: str) -> int:
    """Show every persona at every touchpoint, who answers for it, and the weakest links.

    A chain from the promise to a customer's need is as strong as its weakest link; the fields that
    would mend the weakest ones are named.

    \b
      pitchgen matrix
      pitchgen matrix -o out/matrix.html
      pitchgen matrix --format csv -o out/matrix.csv
    """
    target = Target.of(output, (ENDINGS[format],) if format else None, tuple(ENDINGS.values()))
    with open_studio(settings, target) as studio:
        workspace = studio.workspace
        check_language(workspace.company.languages, language)
        if not settings.quiet and not (workspace.touchpoints and workspace.personas):
            missing = "touchpoints in journey.yaml" if not workspace.touchpoints else "personas"
            click.echo(f"pitchgen: there are no {missing} yet", err=True)
        spoken = language or workspace.company.language
        rendered = studio.render_all(lambda: studio.matrix(spoken, _width(output)), target.formats)
        made = ((f"matrix-{spoken}", ending, each) for ending, each in rendered)
        return deliver(made, target, settings)


def _width(output: str) -> int:
    """The columns of the terminal that it is printed on; a usual number elsewhere."""
    from pitchgen.documents.studio import TABLE_WIDTH

    if output == STDOUT and sys.stdout and sys.stdout.isatty():
        return shutil.get_terminal_size((TABLE_WIDTH, 0)).columns
    return TABLE_WIDTH
