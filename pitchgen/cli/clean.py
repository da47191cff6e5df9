"""`pitchgen clean`: remove what was made for a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import click

from pitchgen.cli.output import folder_option
from pitchgen.cli.terminal import Settings, common_options, echo_path, number_of
from pitchgen.documents.catalogue import BUNDLE, BUNDLES, OF_HIRE
from pitchgen.problems import InvalidInput, Problem

_KINDS = "|".join((*OF_HIRE, BUNDLE))
_FORMATS = "|".join({*BUNDLES, *(format for formats in OF_HIRE.values() for format in formats)})
_PERSONAL = re.compile(rf"(?P<person>.+)-(?:{_KINDS})-[\w-]+\.(?:{_FORMATS})")


@click.command("clean")
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@folder_option()
@common_options
def command(settings: Settings, people: tuple[str, ...], folder: Path) -> int:
    """Remove the documents of each PERSON from a folder, and what the folder remembers of them.

    PERSON is the name of their file in hires/, their whole name, or what their documents' names begin with.
    The documents of their role stay, and so does what HR wrote about them.

    \b
      pitchgen clean aino-virtasalmi
      pitchgen clean "Aino Virtasalmi" -o out/summer
    """
    from pitchgen.intake.lock import locked
    from pitchgen.intake.manifest import Manifest
    from pitchgen.write import sweep

    files = _files_by_person(folder)
    chosen = [path for person in people for path in files[_choose(person, files, folder)]]
    with locked(folder):
        sweep(folder)
        Manifest(folder).remove(chosen)
    for path in chosen:
        echo_path(path)
    if not settings.quiet:
        click.echo(f"{number_of(len(chosen), 'file')} removed", err=True)
    return 0


def _files_by_person(folder: Path) -> dict[str, list[Path]]:
    """The personal documents in the folder, by what their names begin with."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if match := _PERSONAL.fullmatch(path.name):
            found[match["person"]].append(path)
    return dict(found)


def _choose(person: str, known: Iterable[str], folder: Path) -> str:
    """Whom PERSON means, of those who have documents. Raises `InvalidInput`."""
    from pitchgen.problems import suggestion
    from pitchgen.write import file_stem

    known, stem = list(known), file_stem(person)
    if stem in known:
        return stem
    begun = [each for each in known if each.startswith(f"{stem}-")]
    # A whole name is enough. A first name could be that of somebody whose namesake has gone already.
    if len(begun) == 1 and "-" in stem:
        return begun[0]
    message = f"there are no documents of '{person}' in {folder}"
    # Of two numbers that are alike, one is no slip of the other.
    hint = "" if stem.isdigit() else suggestion(stem, known)
    if begun:
        message = f"'{person}' is not enough to tell whose documents in {folder} are meant"
        hint = f"say which: {', '.join(begun)}"
    raise InvalidInput([Problem("unknown-person", message, hint=hint)])
