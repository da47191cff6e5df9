"""`pitchgen affected`: which documents a change touches, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from pitchgen.cli.terminal import (
    Settings,
    common_options,
    number_of,
    print_out,
    show,
    spellings,
    workspace_folder,
)
from pitchgen.problems import InvalidInput, errors

if TYPE_CHECKING:
    from pitchgen.changes.affected import Snapshot
    from pitchgen.documents.jobs import Job
    from pitchgen.workspace import Workspace


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
    root = workspace_folder(settings)
    workspace = _read(root)
    jobs = _made_from(workspace, paths) if paths else _changed(settings, workspace, since)
    print_out("".join(f"{job.stem}\n" for job in jobs).encode())
    if not settings.quiet:
        click.echo(_summary(workspace, jobs), err=True)
    return 0


def _read(root: Path, linked_to: Path | None = None) -> Workspace:
    from pitchgen.workspace.read import read_workspace

    workspace, problems = read_workspace(root, linked_to=linked_to)
    if workspace is None or errors(problems):
        raise InvalidInput(errors(problems))
    return workspace


def _made_from(workspace: Workspace, paths: Iterable[str]) -> tuple[Job, ...]:
    from pitchgen.changes.affected import made_from
    from pitchgen.documents.jobs import all_jobs
    from pitchgen.intake.digests import inputs_of

    # Other files of the workspace are no part of any document: schemas, notes.
    inputs = inputs_of(workspace)
    files = [path for typed in paths if (path := _inside(typed, workspace.root)) in inputs]
    return made_from(all_jobs(workspace), files)


def _inside(typed: str, root: Path) -> str:
    """The path of a file in the workspace, seen from the workspace. Raises `click.UsageError`."""
    for folder, inside in zip(spellings(root), spellings(Path(typed)), strict=True):
        if inside.is_file() and inside.is_relative_to(folder):
            return inside.relative_to(folder).as_posix()
    raise click.UsageError(f"'{typed}' is no file of the workspace {root}")


def _changed(settings: Settings, workspace: Workspace, since: str | None) -> tuple[Job, ...]:
    from pitchgen.changes.affected import affected
    from pitchgen.changes.git import check_out

    revision = "HEAD" if since is None else since
    with TemporaryDirectory(prefix="pitchgen-") as folder:
        earlier = check_out(workspace.root, revision, Path(folder))
        after = _snapshot(settings, workspace)
        try:
            before = _snapshot(settings, _read(earlier, linked_to=workspace.root))
        except InvalidInput as error:
            show(error.problems)
            click.echo(f"pitchgen: at {revision} there were no documents, for these errors", err=True)
            return tuple(after.jobs.values())
        return affected(before, after)


def _snapshot(settings: Settings, workspace: Workspace) -> Snapshot:
    from pitchgen.changes.affected import Snapshot
    from pitchgen.documents.jobs import all_jobs
    from pitchgen.documents.studio import Studio

    return Snapshot.of(Studio(workspace, settings.today), all_jobs(workspace))


def _summary(workspace: Workspace, jobs: Sequence[Job]) -> str:
    """How many documents there are, and which hires they are for: their own, or those of their role."""
    subjects = {id(job.subject) for job in jobs}
    hires = [h.model.id for h in workspace.hires if id(h) in subjects or id(h.role) in subjects]
    documents = number_of(len(jobs), "document")
    if not hires:
        return f"{documents}, for none of the hires"
    return f"{documents}, for {len(hires):,} of {len(workspace.hires):,} hires: {', '.join(hires)}"
