"""`pitchgen pitch`: the welcome pitch for one newcomer, or for everyone in hires/."""

from __future__ import annotations

import click

from pitchgen.cli.newcomer import Wanted, deliver_to_newcomers, newcomer_options
from pitchgen.cli.output import DEFAULT_FOLDER, Target, formats_option
from pitchgen.cli.terminal import Settings, common_options
from pitchgen.documents.catalogue import FORMATS


@click.command("pitch")
@newcomer_options
@formats_option(FORMATS)
@click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/).")
@common_options
def command(settings: Settings, wanted: Wanted, formats: tuple[str, ...] | None, output: str | None) -> int:
    """Make the welcome pitch for HIRE, or for a newcomer given by --name and --role.

    HIRE is the name of a file in hires/. Without HIRE and --name, everyone in hires/ gets one.

    \b
      pitchgen pitch aino-lehtinen
      pitchgen pitch --name "Aino Lehtinen" --role palveluasiantuntija
      pitchgen pitch aino-lehtinen --format txt -o -
    """
    target = Target.of(output, formats, FORMATS)
    return deliver_to_newcomers(settings, wanted, target, "pitch")
