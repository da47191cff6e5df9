"""`pitchgen pitch`: the welcome pitch for one newcomer, or for everyone in hires/."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pitchgen.cli.output import DEFAULT_FOLDER, FORMATS, Formats, Target, check_language, deliver
from pitchgen.cli.terminal import DateType, Settings, common_options, open_workspace
from pitchgen.problems import InvalidInput, Problem
from pitchgen.render.press import Press

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
    target = Target.of(output, formats)
    press = Press() if "pdf" in target.formats else None
    # Imported while the press starts, which takes as long.
    from pitchgen.documents import Studio

    try:
        newcomer = _newcomer(hire, name, role, manager, starts_on, language)
        workspace = open_workspace(settings, newcomer)
        check_language(workspace.company.languages, language)
        hires = _hires(workspace, hire, newcomer)
        target.expect(len(hires))
        if not hires:
            click.echo("pitchgen: there is nobody in hires/ yet; see `pitchgen pitch --help`", err=True)
        studio = Studio(workspace, settings.today, press)
        return deliver(_pitches(studio, hires, language, target.formats), target, settings)
    finally:
        if press:
            press.close()


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


def _hires(workspace: Workspace, hire: str | None, newcomer: Newcomer | None) -> tuple[Hire, ...]:
    if newcomer:
        return workspace.hires[-1:]
    return workspace.hires if hire is None else (_find(workspace, hire),)


def _find(workspace: Workspace, id: str) -> Hire:
    from pitchgen.validate import suggestion

    known = {hire.model.id: hire for hire in workspace.hires}
    if id in known:
        return known[id]
    named = [hire for hire in workspace.hires if hire.model.name.casefold() == id.casefold()]
    if len(named) == 1:
        return named[0]
    hint = suggestion(id, known) or (
        f"write hires/{id}.yaml, or give --name and --role"
        if not known
        else f"the hires are: {', '.join(known)}"
    )
    raise InvalidInput([Problem("unknown-reference", f"there is no hire '{id}'", hint=hint)])


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
