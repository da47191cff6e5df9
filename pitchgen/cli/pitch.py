"""`pitchgen pitch`: the welcome pitch for one newcomer, or for everyone in hires/."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pitchgen.cli.output import (
    DEFAULT_FOLDER,
    FORMATS,
    Formats,
    Target,
    check_language,
    choose,
    deliver,
    open_studio,
)
from pitchgen.cli.terminal import DateType, Settings, common_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pitchgen.documents import Rendered, Studio
    from pitchgen.newcomer import Newcomer
    from pitchgen.workspace import Hire, Workspace


@click.command("pitch")
@click.argument("hire", required=False)
@click.option("--name", help="The newcomer's name, when there is no file for them.")
@click.option("--role", help="The id of their role.")
@click.option("--manager", help="The id or the full name of their manager.")
@click.option("--starts-on", type=DateType(), help="Their first day of work.")
@click.option("--language", metavar="L", help="fi, en or sv; the newcomer's own unless given.")
@click.option("--format", "formats", type=Formats(FORMATS), help="Any of pdf,html,md,txt (pdf,html).")
@click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/).")
@common_options
def command(
    settings: Settings,
    hire: str | None,
    name: str | None,
    role: str | None,
    manager: str | None,
    starts_on: date | None,
    language: str | None,
    formats: tuple[str, ...] | None,
    output: str | None,
) -> int:
    """Make the welcome pitch for HIRE, or for a newcomer given by --name and --role.

    HIRE is the name of a file in hires/. Without HIRE and --name, everyone in hires/ gets one.

    \b
      pitchgen pitch aino-lehtinen
      pitchgen pitch --name "Aino Lehtinen" --role palveluasiantuntija
      pitchgen pitch aino-lehtinen --format txt -o -
    """
    target = Target.of(output, formats, FORMATS)
    newcomer = partial(_newcomer, hire, name, role, manager, starts_on, language)
    with open_studio(settings, target, newcomer) as studio:
        check_language(studio.workspace.company.languages, language)
        hires = _hires(studio.workspace, hire, is_typed=name is not None)
        target.expect(len(hires))
        if not hires:
            click.echo("pitchgen: there is nobody in hires/ yet; see `pitchgen pitch --help`", err=True)
        return deliver(_pitches(studio, hires, language, target.formats), target, settings)


def _newcomer(
    hire: str | None,
    name: str | None,
    role: str | None,
    manager: str | None,
    starts_on: date | None,
    language: str | None,
) -> Newcomer | None:
    if name is None and role is None and manager is None and starts_on is None:
        return None
    if hire is not None:
        raise click.UsageError(
            "--name, --role, --manager and --starts-on describe someone without a file; "
            f"for '{hire}', edit hires/{hire}.yaml"
        )
    if name is None or role is None:
        raise click.UsageError("a newcomer without a file needs both --name and --role")
    from pitchgen.newcomer import Newcomer

    return Newcomer(name, role, manager, starts_on.isoformat() if starts_on else None, language)


def _hires(workspace: Workspace, hire: str | None, *, is_typed: bool) -> tuple[Hire, ...]:
    if is_typed:
        return workspace.hires[-1:]
    if hire is None:
        return workspace.hires
    known = {each.model.id: each for each in workspace.hires}
    named = [each for each in workspace.hires if each.model.name.casefold() == hire.casefold()]
    if hire not in known and len(named) == 1:
        return (named[0],)
    return (choose("hire", known, hire, f"write hires/{hire}.yaml, or give --name and --role"),)


def _pitches(
    studio: Studio, hires: Sequence[Hire], language: str | None, formats: tuple[str, ...]
) -> Iterator[tuple[str, str, Rendered]]:
    from pitchgen.write import file_stems

    # Names are settled over everyone, so that a document is called the same whoever else is made.
    stems = file_stems(hire.model.id for hire in studio.workspace.hires)
    for hire in hires:
        spoken = language or studio.language_of(hire)
        for format, rendered in studio.render_all(partial(studio.pitch, hire, spoken), formats):
            yield f"{stems[hire.model.id]}-pitch-{spoken}", format, rendered
