"""`pitchgen pitch`: the welcome pitch for one newcomer, or for everyone in hires/."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from errno import EBADF
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli.terminal import DateType, Settings, common_options, open_workspace, show
from pitchgen.problems import CannotWrite, InvalidInput, Problem, errors
from pitchgen.render.press import MISSING_LIBRARY, Press

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pitchgen.documents import Studio
    from pitchgen.newcomer import Newcomer
    from pitchgen.workspace import Hire, Workspace

FORMATS = ("pdf", "html", "md", "txt")
DEFAULT_FORMATS = ("pdf", "html")
DEFAULT_FOLDER = "out"
STDOUT = "-"
SOME_MISSING = 3
_ONE_PLACE = "one file holds one pitch in one format; name a folder with -o"


class _Formats(click.ParamType[tuple[str, ...]]):
    name = "FORMATS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        formats = tuple(dict.fromkeys(part.strip().lower() for part in str(value).split(",")))
        for unknown in set(formats) - set(FORMATS):
            self.fail(f"'{unknown}' is not one of {', '.join(FORMATS)}", param, ctx)
        return formats


@click.command("pitch")
@click.argument("hire", required=False)
@click.option("--name", help="The newcomer's name, when there is no file for them.")
@click.option("--role", help="The id of their role.")
@click.option("--manager", help="The id or the full name of their manager.")
@click.option("--starts-on", type=DateType(), help="Their first day of work.")
@click.option("--language", metavar="L", help="fi, en or sv; the newcomer's own unless given.")
@click.option("--format", "formats", type=_Formats(), help="Any of pdf,html,md,txt (pdf,html).")
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
    target = _Target.of(output, formats)
    press = Press() if "pdf" in target.formats else None
    # Imported while the press starts, which takes as long.
    from pitchgen.documents import Studio

    try:
        newcomer = _newcomer(hire, name, role, manager, starts_on, language)
        workspace = open_workspace(settings, newcomer)
        _check_language(workspace, language)
        hires = _hires(workspace, hire, newcomer)
        if len(hires) != 1 and target.folder is None:
            raise click.UsageError(_ONE_PLACE)
        studio = Studio(workspace, settings.today, press)
        return _make(studio, hires, language, target, settings)
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
        raise click.UsageError("give either HIRE or --name and --role, not both")
    if name is None or role is None:
        raise click.UsageError("a newcomer without a file needs both --name and --role")
    from pitchgen.newcomer import Newcomer

    return Newcomer(name, role, manager, starts_on.isoformat() if starts_on else None, language)


def _hires(workspace: Workspace, hire: str | None, newcomer: Newcomer | None) -> tuple[Hire, ...]:
    if newcomer:
        return workspace.hires[-1:]
    return workspace.hires if hire is None else (_find(workspace, hire),)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where documents go: into a folder, into one file, or to stdout; and in which formats."""

    formats: tuple[str, ...]
    folder: Path | None = None
    file: Path | None = None

    @classmethod
    def of(cls, output: str | None, formats: tuple[str, ...] | None) -> _Target:
        """What `-o` and `--format` mean together."""
        path = Path(output or DEFAULT_FOLDER)
        suffix = path.suffix[1:].lower()
        if output != STDOUT and (suffix not in FORMATS or path.is_dir()):
            return cls(formats or DEFAULT_FORMATS, folder=path)
        own = (suffix,) if suffix in FORMATS else ("txt",)
        formats = formats or own
        if len(formats) != 1:
            raise click.UsageError(_ONE_PLACE)
        if output != STDOUT and formats != own:
            raise click.UsageError(f"{path} would hold {formats[0]}; give it that ending")
        return cls(formats, file=None if output == STDOUT else path)

    def write(self, stem: str, language: str, format: str, content: bytes) -> None:
        """Write one document and list its path, or print it. Raises `CannotWrite`."""
        if self.folder is None and self.file is None:
            _print(content)
            return
        from pitchgen.write import make_folder, write_file

        path = self.file or (self.folder or Path()) / f"{stem}-pitch-{language}.{format}"
        make_folder(path.parent)
        write_file(path, content)
        click.echo(os.fsencode(path))


def _print(content: bytes) -> None:
    if sys.stdout is None:
        raise CannotWrite(Path("stdout"), OSError(EBADF, "it is closed"))
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _find(workspace: Workspace, id: str) -> Hire:
    from pitchgen.validate import suggestion

    known = {hire.model.id: hire for hire in workspace.hires}
    if id in known:
        return known[id]
    hint = suggestion(id, known) or (
        f"write hires/{id}.yaml, or give --name and --role"
        if not known
        else f"the hires are: {', '.join(known)}"
    )
    raise InvalidInput([Problem("unknown-reference", f"there is no hire '{id}'", hint=hint)])


def _check_language(workspace: Workspace, language: str | None) -> None:
    known = workspace.company.languages
    if language is not None and language not in known:
        message = f"'{language}' is not among the workspace's languages"
        hint = f"use one of {', '.join(known)}, or add it to `languages` in company.yaml"
        raise InvalidInput([Problem("invalid-value", message, "--language", hint=hint)])


def _make(
    studio: Studio, hires: Sequence[Hire], language: str | None, target: _Target, settings: Settings
) -> int:
    """Render, write and say what is wrong; returns the exit code."""
    from pitchgen.newcomer import typed
    from pitchgen.write import file_stems, sweep

    # Names are settled over everyone, so that a document is called the same whoever else is made.
    stems = file_stems(hire.model.id for hire in studio.workspace.hires)
    if target.folder:
        sweep(target.folder)
    written, failed = 0, set[str]()
    shown: set[Problem] = set()
    for hire in hires:
        spoken = language or studio.language_of(hire)
        if settings.verbose:
            click.echo(f"{hire.model.id}: {spoken}, {', '.join(target.formats)}", err=True)
        for format, rendered in studio.render_all(hire, spoken, target.formats):
            problems = dict.fromkeys(map(typed, rendered.problems))
            show((p for p in problems if p not in shown), quiet=settings.quiet)
            shown.update(problems)
            if rendered.failed:
                failed.update(problem.code for problem in errors(problems))
                click.echo(f"pitchgen: {hire.model.id}: no {format} was written", err=True)
            else:
                target.write(stems[hire.model.id], spoken, format, rendered.content)
                written += 1
    if not hires:
        click.echo("pitchgen: there is nobody in hires/ yet; see `pitchgen pitch --help`", err=True)
    if not failed:
        return 0
    if written:
        return SOME_MISSING
    return CannotWrite.exit_code if failed == {MISSING_LIBRARY} else InvalidInput.exit_code
