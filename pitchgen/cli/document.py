"""The command of a document: one for each kind, with the options that suit whom it is about."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from pitchgen.cli import late
from pitchgen.cli.newcomer import Wanted, newcomer_options
from pitchgen.cli.output import (
    STDOUT,
    Target,
    deliver,
    formats_option,
    made,
    open_studio,
)
from pitchgen.cli.terminal import Settings, common_options, show, terminal_width
from pitchgen.plain import printable
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.write import DEFAULT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pitchgen.documents.kind import DocumentKind
    from pitchgen.studio.jobs import Job
    from pitchgen.studio.studio import Studio
    from pitchgen.workspace import Workspace

_OUTPUT = click.option("-o", "--output", metavar="DIR|FILE|-", help=f"Where to ({DEFAULT_FOLDER}/).")
_SECONDS = click.option(
    "--seconds",
    type=click.IntRange(min=1),
    metavar="N",
    help="Leave out what may be left out until it can be said in so long.",
)
_LANGUAGE = click.option("--language", metavar="L", help="A language of the company; its own unless given.")


def command_of(kind: DocumentKind) -> click.Command:
    """The command that makes documents of a kind."""
    return _COMMANDS[kind.of](kind)


def _of_hire(kind: DocumentKind) -> click.Command:
    known = (*kind.bundles, *kind.formats)

    @click.command(kind.name, help=_help(kind, _ABOUT_HIRE), short_help=kind.summary)
    @newcomer_options
    @_SECONDS
    @formats_option(known)
    @_OUTPUT
    @common_options
    def command(
        settings: Settings,
        wanted: Wanted,
        seconds: int | None,
        formats: tuple[str, ...] | None,
        output: str | None,
    ) -> int:
        target = Target.of(output, formats, known)
        with open_studio(settings, target, wanted.newcomer, seconds=seconds) as studio:
            language = late.subjects.language_called(studio.workspace, wanted.language, "--language")
            hires = wanted.hires(studio.workspace)
            _refuse_nobody(hires, "hires", _instead_of_hires(studio.workspace.files.root))
            target.expect(len(hires))
            doubtful = late.newcomers.newcomer_problems(studio.workspace, hires, settings.today)
            leaking = late.leaks.leaks(studio.workspace, hires, settings.today)
            _say_before(settings, (*doubtful, *leaking))
            spoken = [(hire, [language or studio.workspace.language_of(hire)]) for hire in hires]
            jobs = tuple(late.jobs.jobs_of(studio.workspace, [kind.name], spoken))
            if settings.verbose and "txt" in target.formats:
                _time_sentences(studio, jobs)
            bundles = late.jobs.whole_bundles(studio.workspace, hires, language)
            documents = made(studio, jobs, target.formats, kind.bundles, bundles)
            return deliver(documents, target, settings)

    return command


def _time_sentences(studio: Studio, jobs: Iterable[Job]) -> None:
    """Say how long each sentence takes, and where it comes from."""
    for job in jobs:
        # What keeps it from being composed is said when it is delivered.
        with suppress(InvalidInput):
            for each in late.sentences.timed_sentences(studio, job.compose(studio)):
                click.echo(f"{each.seconds:5.1f} s  {each.text}  [{', '.join(each.origins)}]", err=True)


def _say_before(settings: Settings, problems: tuple[Problem, ...]) -> None:
    """Show what is doubtful before documents are made of it. Raises `InvalidInput` where that is an error."""
    if errors(problems):
        raise InvalidInput(problems)
    show(problems, quiet=settings.quiet)


def _of_file(kind: DocumentKind) -> click.Command:
    """For what has a file of its own: a role, a persona or a manager."""
    noun = kind.of

    @click.command(kind.name, help=_help(kind, _ABOUT_FILE), short_help=kind.summary)
    @click.argument("id", metavar=f"[{noun.upper()}]", required=False)
    @_LANGUAGE
    @formats_option(kind.formats)
    @_OUTPUT
    @common_options
    def command(
        settings: Settings,
        id: str | None,
        language: str | None,
        formats: tuple[str, ...] | None,
        output: str | None,
    ) -> int:
        target = Target.of(output, formats, kind.formats)
        with open_studio(settings, target) as studio:
            workspace = studio.workspace
            language = late.subjects.language_called(workspace, language, "--language")
            everyone = late.subjects.items(workspace)[noun]
            folder = f"{noun}s"
            _refuse_nobody(everyone, folder, f"write {folder}/<id>.yaml")
            others = late.linked.without_examples(everyone)
            chosen = others if id is None else [late.subjects.item_called(workspace, noun, id)]
            target.expect(len(chosen))
            _say_before(settings, late.leaks.leaks(workspace, chosen, settings.today))
            spoken = [(each, [language or workspace.language_of(each)]) for each in chosen]
            jobs = late.jobs.jobs_of(workspace, [kind.name], spoken)
            return deliver(made(studio, jobs, target.formats), target, settings)

    return command


def _instead_of_hires(root: Path) -> str:
    """What to do when there is nobody in hires/; a list that lies there is no file of a newcomer."""
    hint = "write hires/<name>.yaml, or give --name and --role"
    with suppress(OSError):
        lists = sorted(path.name for path in (root / "hires").iterdir() if late.table.is_table(path))
        return f"{hint}; for a list: `pitchgen build --hires hires/{printable(lists[0])}`" if lists else hint
    return hint


def _refuse_nobody(items: Any, folder: str, hint: str) -> None:
    if not items:
        message = f"there is nothing to make this of: {folder}/ has no .yaml file"
        raise InvalidInput([Problem("nothing-to-make", message, folder, hint=hint)])


def _of_company(kind: DocumentKind) -> click.Command:
    """For what there is once in a workspace, which is mostly looked at in the terminal."""
    formats = kind.formats[1:]
    # What a plain text is called here, by what its files end in.
    shown = {"text" if format == "txt" else format: format for format in formats}

    @click.command(kind.name, help=_help(kind, _ABOUT_COMPANY), short_help=kind.summary)
    @click.option("--format", "format", type=click.Choice(list(shown)), help="How to show it (text).")
    @_LANGUAGE
    @click.option("-o", "--output", metavar="DIR|FILE|-", default=STDOUT, help="Where to (-, the terminal).")
    @common_options
    def command(settings: Settings, format: str | None, language: str | None, output: str) -> int:
        target = Target.of(output, (shown[format],) if format else None, formats)
        width = terminal_width() if output == STDOUT else None
        with open_studio(settings, target, width=width) as studio:
            workspace = studio.workspace
            language = late.subjects.language_called(workspace, language, "--language")
            _say_what_is_missing(settings, workspace)
            _say_before(settings, late.leaks.leaks(workspace, [workspace], settings.today))
            job = late.jobs.job_of_company(workspace, kind, language or workspace.company.language)
            return deliver(made(studio, [job], target.formats), target, settings)

    return command


def _say_what_is_missing(settings: Settings, workspace: Workspace) -> None:
    if not settings.quiet and not (workspace.touchpoints and workspace.personas):
        missing = "touchpoints in journey.yaml" if not workspace.touchpoints else "personas"
        click.echo(f"pitchgen: there are no {missing} yet", err=True)


_ABOUT_HIRE = """\
HIRE is the name of a file in hires/. A newcomer without one is given by --name and --role. Without either,
everyone in hires/ gets one.

\b
  pitchgen {name} aino-virtasalmi
  pitchgen {name} --name "Aino Lehtinen" --role palveluasiantuntija
  pitchgen {name} aino-virtasalmi --format {last} -o -
"""
_ABOUT_FILE = """\
{noun} is the name of a file in {of}s/. Without it, every {of} gets one.

\b
  pitchgen {name} {example}
  pitchgen {name} {example} --format {last} -o -
"""
_ABOUT_COMPANY = """\
\b
  pitchgen {name}
  pitchgen {name} -o out/{name}.html
  pitchgen {name} --format csv -o out/{name}.csv
"""
_EXAMPLES = {"role": "palveluasiantuntija", "persona": "varmistelija", "manager": "marjut-ketola"}


def _help(kind: DocumentKind, about: str) -> str:
    filled = about.format(
        name=kind.name,
        of=kind.of,
        noun=kind.of.upper(),
        last=kind.formats[-1],
        example=_EXAMPLES.get(kind.of, ""),
    )
    return "\n\n".join(filter(None, (kind.summary, kind.about, filled)))


_COMMANDS: dict[str, Callable[[DocumentKind], click.Command]] = {
    "hire": _of_hire,
    "role": _of_file,
    "persona": _of_file,
    "manager": _of_file,
    "company": _of_company,
}
