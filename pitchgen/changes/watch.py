"""Watch: whenever files of the workspace are saved, the documents that this changes are made anew."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch as file_events

from pitchgen.changes.affected import Snapshot, affected
from pitchgen.load.files import is_folder
from pitchgen.model.file_kind import FOLDERS
from pitchgen.overlay import FOLDER as TEMPLATES
from pitchgen.problems import PitchgenError, Problem, errors, reason
from pitchgen.rules import Facts
from pitchgen.rules.run import OF_DOCUMENTS, run_rules, selection
from pitchgen.studio.jobs import Job, all_jobs
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from watchfiles.main import FileChange

    from pitchgen.render.presses import Presses

# Milliseconds: so long without an event a burst of them is over, so long it takes at most, and so often
# the watching is interrupted; when files are looked at in turn, this long after the last was.
QUIET, LONGEST, PULSE, POLL = 100, 1000, 500, 1000


# How watchfiles says that the system's limit of watched folders is reached.
_WATCH_LIMIT = "watch limit reached"


class CannotWatch(PitchgenError):
    """The name of a folder is bytes that are no text."""

    exit_code = 4

    def __init__(self, folder: str) -> None:
        super().__init__(f"cannot watch {folder}: its name is not text; rename the folder")


class NoWatches(PitchgenError):
    """The system lets this user's programs watch no more folders."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__("the system has no watches left for this user's programs")


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
        """Once after each burst of changes to the workspace's files, without end; may say so once too often.

        With `poll`, no watches of the system are used: every second each file is looked at.
        Raises `OSError` when the workspace's folder is gone, `CannotWatch`, and `NoWatches`.
        """
        while True:
            try:
                yield from self._changes_in(self._folders(), poll=poll)
            except FileNotFoundError:
                # A folder that was deleted while it was being listed is not looked for again.
                if not is_folder(self._root):
                    raise

    def _changes_in(self, folders: set[Path], *, poll: bool) -> Iterator[None]:
        """As `changes`, until other folders are there than these."""
        unseen = True
        for events in _bursts(folders, poll=poll):
            # What was saved before the watching began is seen at its first pulse.
            if events or unseen:
                unseen = False
                yield
            if folders != self._folders():
                return

    def _folders(self) -> set[Path]:
        """The folders whose files count; the others, such as out/, are not watched."""
        folders = {self._root, *(path.parent for path in self._brand)}
        folders |= {self._root / kind.path for kind in FOLDERS}
        folders |= {self._root / TEMPLATES, *(self._root / TEMPLATES).rglob("*")}
        folders = {path for path in folders if is_folder(path)}
        return folders.union(*map(_linked_to, folders))


def _linked_to(folder: Path) -> set[Path]:
    """The folders of the files that links in `folder` lead to: there such a file is saved."""
    with suppress(OSError), os.scandir(folder) as entries:
        links = [entry.path for entry in entries if entry.is_symlink() and entry.is_file()]
        return {Path(os.path.realpath(link)).parent for link in links}
    return set()


def _bursts(folders: Iterable[Path], *, poll: bool) -> Iterator[set[FileChange]]:
    """The changes of each burst in these folders, and none at each pulse.

    Raises `CannotWatch` and `NoWatches`.
    """
    try:
        yield from file_events(
            *folders,
            recursive=False,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=PULSE,
            yield_on_timeout=True,
            force_polling=poll or None,
            poll_delay_ms=POLL,
        )
    except UnicodeEncodeError as error:
        raise CannotWatch(error.object) from None
    except RuntimeError:
        # So watchfiles says that no watching can begin: the system gives a user's programs so many in all.
        raise NoWatches from None
    except OSError as error:
        if _WATCH_LIMIT in str(error):
            raise NoWatches from None
        raise
