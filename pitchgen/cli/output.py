"""Where documents go: into a folder, a file or stdout, in which formats; and writing them there."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import Settings, open_workspace, print_out, show_new
from pitchgen.documents.kind import PAGE_FORMATS
from pitchgen.problems import BUG, CannotWrite, InvalidInput, PitchgenError, Problem, errors
from pitchgen.render.press import OF_THE_MACHINE
from pitchgen.render.presses import Presses
from pitchgen.write import DEFAULT_FOLDER, make_folder, sweep, write_file, write_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

    from pitchgen.studio.document import Rendered
    from pitchgen.studio.jobs import Bundle, Job
    from pitchgen.studio.studio import Studio
    from pitchgen.workspace.newcomer import Newcomer, Reworded

T = TypeVar("T")

STDOUT = "-"
SOME_MISSING = 3
# What follows the dot of `letter.docx`, but not of `version.2`.
_NO_FOLDER = re.compile("[a-z]{2,4}x?")
_ONE_PLACE = "one file holds one document in one format; name a folder with -o"


class CommaList(click.ParamType[tuple[str, ...]]):
    """Several of the `known` words, divided by commas; `name` is what help calls them."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words that were typed, each once."""
        words = tuple(dict.fromkeys(part.strip().lower() for part in str(value).split(",")))
        for unknown in set(words) - set(self.known):
            self.fail(f"'{unknown}' is not one of {', '.join(self.known)}", param, ctx)
        return words


def formats_option(known: Iterable[str], default: str | None = None) -> Callable[[Any], Any]:
    """`--format`, for some of the `known` formats; without a `default`, pages are made."""
    known = tuple(known)
    help = f"Any of {','.join(known)} ({default or ','.join(PAGE_FORMATS)})."
    return click.option("--format", "formats", type=CommaList("FORMATS", known), default=default, help=help)


def documents_option() -> Callable[[Any], Any]:
    """`--documents`, for some of the documents; without it, all are made."""
    names = late.catalogue.DOCUMENTS
    every = ",".join(names)
    kinds = CommaList("DOCUMENTS", names)
    return click.option("--documents", type=kinds, default=every, help=f"Any of {every} (all).")


def folder_option() -> Callable[[Any], Any]:
    """`-o`, for a folder of documents; the command gets it as `folder`."""
    # Whether it can be read is found out when it is: that is no wrong usage.
    path, help = click.Path(path_type=Path, readable=False), f"The folder ({DEFAULT_FOLDER}/)."
    return click.option(
        "-o", "--output", "folder", metavar="DIR", type=path, default=DEFAULT_FOLDER, help=help
    )


@dataclass(frozen=True, slots=True)
class Target:
    """Where documents go: into a folder, into one file, or to stdout; and in which formats."""

    formats: tuple[str, ...]
    folder: Path | None = None
    file: Path | None = None

    @classmethod
    def of(cls, output: str | None, formats: tuple[str, ...] | None, known: tuple[str, ...]) -> Target:
        """What `-o` and `--format` mean together for a document that is made in the `known` formats.

        On stdout, the last of them is what suits a reader there best.
        """
        path = Path(output or DEFAULT_FOLDER)
        suffix = path.suffix[1:].lower()
        # Unlike Path.is_dir, this does not raise where nobody may look.
        is_folder = os.path.isdir(path)  # noqa: PTH112
        if output != STDOUT and not is_folder and suffix not in known and _NO_FOLDER.fullmatch(suffix):
            raise click.UsageError(f"'{path.name}' would be none of {', '.join(known)}")
        if output != STDOUT and (is_folder or suffix not in known):
            pages = tuple(format for format in PAGE_FORMATS if format in known)
            return cls(formats or pages, folder=path)
        own = (suffix,) if suffix in known else known[-1:]
        formats = formats or own
        if len(formats) != 1:
            raise click.UsageError(_ONE_PLACE)
        if output != STDOUT and formats != own:
            raise click.UsageError(f"{path} would hold {formats[0]}; give it that ending")
        return cls(formats, file=None if output == STDOUT else path)

    def expect(self, documents: int) -> None:
        """Refuse to put several documents where only one fits. Raises `click.UsageError`."""
        if documents != 1 and self.folder is None:
            raise click.UsageError(_ONE_PLACE)

    def write(self, name: str, content: bytes) -> None:
        """Write one document and list its path, or print it. Raises `CannotWrite`."""
        if self.folder is None and self.file is None:
            print_out(content)
            return
        path = self.file or (self.folder or Path()) / name
        make_folder(path.parent)
        (write_to if self.file else write_file)(path, content)
        click.echo(os.fsencode(path))


def made(
    studio: Studio,
    jobs: Iterable[Job],
    formats: tuple[str, ...],
    bundled: tuple[str, ...] = (),
    bundles: Iterable[Bundle] = (),
) -> Iterator[tuple[str, str, Rendered]]:
    """Every job's document in every format, as name, format and content; never raises for what is wrong.

    In those formats that are `bundled`, the bundles.
    """
    single = [format for format in formats if format not in bundled]
    for job in jobs:
        for format, rendered in studio.render_all(partial(job.compose, studio), single):
            yield job.stem, format, rendered
    bundles = list(bundles)
    for format in (format for format in formats if format in bundled):
        for stem, rendered in late.jobs.packed(studio, bundles, format):
            yield stem, format, rendered


def deliver(documents: Iterable[tuple[str, str, Rendered]], target: Target, settings: Settings) -> int:
    """Write documents, each given as name, format and content, and say what is wrong with them.

    Returns the exit code. A problem that several documents share is shown once.
    """
    if target.folder:
        sweep(target.folder)
    written, failed = 0, set[str]()
    shown: set[Problem] = set()
    for name, format, rendered in documents:
        problems = tuple(map(late.newcomer.typed, rendered.problems))
        show_new(problems, shown, quiet=settings.quiet)
        if rendered.failed:
            failed.update(problem.code for problem in errors(problems))
            click.echo(f"pitchgen: {name}.{format} was not written", err=True)
        else:
            target.write(f"{name}.{format}", rendered.content)
            written += 1
    return exit_code(written, failed)


def exit_code(done: int, failed: Set[str]) -> int:
    """What a command ends with that has so many documents, and lacks others for errors of these codes."""
    if not failed:
        return 0
    if done:
        return SOME_MISSING
    if BUG in failed:
        return PitchgenError.exit_code
    return CannotWrite.exit_code if failed <= OF_THE_MACHINE else InvalidInput.exit_code


@contextmanager
def open_studio(
    settings: Settings,
    target: Target,
    newcomer: Callable[[], Newcomer | Reworded | None] = lambda: None,
    width: int | None = None,
    seconds: int | None = None,
) -> Iterator[Studio]:
    """A studio on the workspace the settings name, with a press when the target wants PDFs.

    The press starts first: the workspace is read while WeasyPrint is imported, which takes as long.
    """
    presses = Presses(early=not {"pdf", *late.catalogue.BUNDLES}.isdisjoint(target.formats))
    try:
        workspace = open_workspace(settings, newcomer())
        yield late.studio.Studio(workspace, settings.today, presses, width=width, seconds=seconds)
    finally:
        presses.close()
