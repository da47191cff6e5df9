"""`pitchgen affected`: which documents a change touches, and whose they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.terminal import (
    Settings,
    common_options,
    number_of,
    print_out,
    show,
    spellings,
    workspace_folder,
)

if TYPE_CHECKING:
    from pitchgen.changes.affected import Affected


@click.command("affected")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--since", metavar="REV", help="A git revision to compare with (the last commit).")
@common_options
def command(settings: Settings, paths: tuple[str, ...], since: str | None) -> int:
    """Name the documents that a change in the workspace touches, and the hires who have one of them.

    What documents would say now is compared with what they said at a git revision. With PATHs of files,
    every document is named that these files can reach.

    \b
      pitchgen affected
      pitchgen affected --since v1.2
      pitchgen affected personas/varmistelija.yaml
    """
    if paths and since is not None:
        raise click.UsageError("a PATH needs no --since: it asks what a change in that file would touch")
    root, revision = workspace_folder(settings), "HEAD" if since is None else since
    if paths:
        found = late.affected.made_from(root, [_inside(typed, root) for typed in paths])
    else:
        found = late.affected.changed_since(root, revision, settings.today)
    if found.problems:
        show(found.problems)
        click.echo(f"pitchgen: at {revision} there were no documents, for these errors", err=True)
    print_out("".join(f"{job.stem}\n" for job in found.jobs).encode())
    if not settings.quiet:
        click.echo(_summary(found), err=True)
    return 0


def _inside(typed: str, root: Path) -> str:
    """The path of a file in the workspace, seen from the workspace. Raises `click.UsageError`."""
    for folder, inside in zip(spellings(root), spellings(Path(typed)), strict=True):
        if inside.is_file() and inside.is_relative_to(folder):
            return inside.relative_to(folder).as_posix()
    raise click.UsageError(f"'{typed}' is no file of the workspace {root}")


def _summary(found: Affected) -> str:
    """How many documents there are, and which hires they are for: their own, or those of their role."""
    documents, hires = number_of(len(found.jobs), "document"), found.hires
    if not hires:
        return f"{documents}, for none of the hires"
    return f"{documents}, for {len(hires):,} of {len(found.workspace.hires):,} hires: {', '.join(hires)}"
