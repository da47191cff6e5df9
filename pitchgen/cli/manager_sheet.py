"""`pitchgen manager-sheet`: the internal page on one newcomer for their manager."""

from __future__ import annotations

import click

from pitchgen.cli.newcomer import Wanted, deliver_to_newcomers, newcomer_options
from pitchgen.cli.output import DEFAULT_FOLDER, Target, formats_option
from pitchgen.cli.terminal import Settings, common_options
from pitchgen.documents.catalogue import OF_HIRE

FORMATS = OF_HIRE["manager-sheet"]


@click.command("manager-sheet")
@newcomer_options
@formats_option(FORMATS)
@click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/).")
@common_options
def command(settings: Settings, wanted: Wanted, formats: tuple[str, ...] | None, output: str | None) -> int:
    """Make the manager's page on HIRE, or on a newcomer given by --name and --role.

    The pitch as cue cards, questions to ask, promises to keep and what to praise. It holds personal
    data: it is for the manager only. HIRE is the name of a file in hires/. Without HIRE and --name,
    a page is made on everyone in hires/.

    \b
      pitchgen manager-sheet aino-lehtinen
      pitchgen manager-sheet aino-lehtinen --format md -o -
    """
    target = Target.of(output, formats, FORMATS)
    return deliver_to_newcomers(settings, wanted, target, "manager-sheet")
