"""Saves: when files of a workspace are saved, told once after each burst of changes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch as file_events

from pitchgen.load.files import is_folder
from pitchgen.model.file_kind import FOLDERS
from pitchgen.overlay import FOLDER as TEMPLATES
from pitchgen.problems import PitchgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from threading import Event

    from watchfiles.main import FileChange

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


def saves(
    root: Path,
    named: Callable[[], Iterable[Path]],
    *,
    poll: bool = False,
    until: Event | None = None,
) -> Iterator[None]:
    """Once after each burst of changes to files of the workspace at `root`; may say so once too often.

    Files elsewhere count that are `named` in it. It goes on without end, or `until` that is set.
    With `poll`, no watches of the system are used: every second each file is looked at.
    Raises `OSError` when the workspace's folder is gone, `CannotWatch`, and `NoWatches`.
    """
    while not (until and until.is_set()):
        try:
            yield from _saves_in(lambda: _folders(root, named()), poll=poll, until=until)
        except FileNotFoundError:
            # A folder that was deleted while it was being listed is not looked for again.
            if not is_folder(root):
                raise


def _saves_in(folders: Callable[[], set[Path]], *, poll: bool, until: Event | None) -> Iterator[None]:
    """As `saves`, until other folders are there than now."""
    at_first, unseen = folders(), True
    for events in _bursts(at_first, poll=poll, until=until):
        # What was saved before the watching began is seen at its first pulse.
        if events or unseen:
            unseen = False
            yield
        if at_first != folders():
            return


def _folders(root: Path, named: Iterable[Path]) -> set[Path]:
    """The folders whose files count; the others, such as out/, are not watched."""
    folders = {root, *(path.parent for path in named)}
    folders |= {root / kind.path for kind in FOLDERS}
    folders |= {root / TEMPLATES, *(root / TEMPLATES).rglob("*")}
    folders = {path for path in folders if is_folder(path)}
    return folders.union(*map(_linked_to, folders))


def _linked_to(folder: Path) -> set[Path]:
    """The folders of the files that links in `folder` lead to: there such a file is saved."""
    with suppress(OSError), os.scandir(folder) as entries:
        links = [entry.path for entry in entries if entry.is_symlink() and entry.is_file()]
        return {Path(os.path.realpath(link)).parent for link in links}
    return set()


def _bursts(folders: Iterable[Path], *, poll: bool, until: Event | None) -> Iterator[set[FileChange]]:
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
            stop_event=until,
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
