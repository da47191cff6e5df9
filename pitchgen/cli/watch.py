"""`pitchgen watch`: documents that follow what is saved in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pitchgen.cli import late
from pitchgen.cli.output import Target, deliver, documents_option, folder_option, formats_option, made
from pitchgen.cli.terminal import Settings, common_options, show, workspace_folder
from pitchgen.documents.kind import PAGE_FORMATS
from pitchgen.render.presses import Presses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pitchgen.changes.watch import Round, Watch
    from pitchgen.problems import Problem


@click.command("watch")
@documents_option()
@formats_option(PAGE_FORMATS, default="html")
@folder_option()
@common_options
def command(settings: Settings, documents: tuple[str, ...], formats: tuple[str, ...], folder: Path) -> int:
    """Make the documents, then make anew what changes whenever a file of the workspace is saved.

    Problems are shown, and the watching goes on. Ctrl-C ends it.
    """
    root = workspace_folder(settings)
    presses = Presses(early="pdf" in formats)
    try:
        watch = late.watch.Watch(root, settings.today, documents, presses)
        follower = _Follower(settings, Target(formats, folder=folder))
        follower.follow(watch.look())
        for _ in _changes(watch, quiet=settings.quiet):
            follower.follow(watch.look())
    finally:
        presses.close()
    return 0


def _changes(watch: Watch, *, quiet: bool) -> Iterator[None]:
    try:
        yield from watch.changes()
    except late.saves.NoWatches as error:
        if not quiet:
            click.echo(f"{error}; the files are looked at once a second instead", err=True)
        yield from watch.changes(poll=True)


class _Follower:
    """Makes what each look finds changed, and shows the problems that the look before did not find."""

    def __init__(self, settings: Settings, target: Target) -> None:
        self._settings = settings
        self._target = target
        self._shown: set[tuple[str, str, str, str]] = set()
        self._waiting = False

    def follow(self, round: Round) -> None:
        problems = {_same(problem): problem for problem in round.problems}
        news = [problem for key, problem in problems.items() if key not in self._shown]
        self._shown = set(problems)
        show(news, quiet=self._settings.quiet)
        for stem in round.gone:
            click.echo(f"{stem} is no longer among the documents; its files are left as they are", err=True)
        if round.studio and round.jobs:
            deliver(made(round.studio, round.jobs, self._target.formats), self._target, self._settings)
        was_waiting, self._waiting = self._waiting, round.studio is None
        something = news or round.jobs or round.gone or was_waiting != self._waiting
        if something and not self._settings.quiet:
            said = "waiting for the errors to be mended" if self._waiting else "watching; Ctrl-C ends it"
            click.echo(said, err=True)


def _same(problem: Problem) -> tuple[str, str, str, str]:
    # Not its line, which changes whenever something is written above it.
    return problem.code, problem.path, problem.where, problem.message
