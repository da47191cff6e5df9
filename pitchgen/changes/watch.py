"""Watch: whenever files of the workspace are saved, the documents that this changes are made anew."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.changes.affected import Snapshot, affected
from pitchgen.changes.saves import saves
from pitchgen.load.files import is_folder
from pitchgen.problems import Problem, errors, reason
from pitchgen.rules import Facts
from pitchgen.rules.run import OF_DOCUMENTS, run_rules, selection
from pitchgen.studio.jobs import Job, all_jobs
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from pitchgen.render.presses import Presses


@dataclass(frozen=True, slots=True)
class Round:
    """One look at the workspace: what is wrong with it, and the documents to make anew by `studio`.

    `studio` is None while errors keep the workspace from being used; `gone` are documents of the
    round before that the workspace has no more.
    """

    problems: tuple[Problem, ...]
    studio: Studio | None = None
    jobs: tuple[Job, ...] = ()
    gone: tuple[str, ...] = ()


class Watch:
    """The documents of the workspace at `root`, looked at again and again on the day `today`."""

    def __init__(self, root: Path, today: date, documents: Iterable[str], presses: Presses) -> None:
        self._root = root.resolve()
        self._today = today
        self._documents = tuple(documents)
        self._presses = presses
        self._brand: tuple[Path, ...] = ()
        self._before: Snapshot | None = None

    def look(self) -> Round:
        """Read the workspace, and say which documents are new or changed since it last had no errors.

        Raises `OSError` when the workspace's folder is gone.
        """
        try:
            return self._look()
        except OSError as error:
            if not is_folder(self._root):
                raise
            # What may not be read, or was just being replaced, is looked at again after the next save.
            path = os.path.relpath(error.filename, self._root) if error.filename else ""
            return Round((Problem("unreadable", f"cannot be read: {reason(error)}", path),))

    def _look(self) -> Round:
        workspace, problems = read_workspace(self._root)
        if workspace is None or errors(problems):
            return Round(problems)
        found = run_rules(Facts(workspace, self._today), selection(without=OF_DOCUMENTS)).problems
        studio = Studio(workspace, self._today, self._presses)
        brand = workspace.company.brand
        named = (brand.logo, brand.font, *workspace.pictures)
        self._brand = tuple(self._root / name for name in named if name)
        now, before = Snapshot.of(studio, all_jobs(workspace, self._documents)), self._before
        jobs = affected(before, now) if before else tuple(now.jobs.values())
        now.settle()
        self._before = now
        gone = tuple(stem for stem in (before.jobs if before else ()) if stem not in now.jobs)
        return Round((*problems, *found), studio, jobs, gone)

    def changes(self, *, poll: bool = False) -> Iterator[None]:
        """As `saves` of the workspace, without end."""
        yield from saves(self._root, lambda: self._brand, poll=poll)
