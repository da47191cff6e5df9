"""Scratch: a folder for temporary files, of which nothing outlives the processes that use it.

The pages of people who are welcomed pass through such, and the answers of customers. Who makes the folder
holds a lock on a file beside it, which the operating system drops when a process dies, however it dies:
what is left of runs that are no more is told by that, and removed by the next.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from pitchgen.problems import CannotWrite

try:
    import fcntl
except ImportError:
    # Windows has no such locks; there, the two processes alone tidy up.
    fcntl = None  # type: ignore[assignment]

_PREFIX, _LOCK = "pitchgen-", ".lock"


class Scratch:
    """A folder of its own, for nobody but its owner. Raises `CannotWrite` when there is no room for it."""

    def __init__(self) -> None:
        self.path = _temporary_folder() / f"{_PREFIX}{os.urandom(8).hex()}"
        try:
            self._lock = _locked(_lock_of(self.path))
            self.path.mkdir(mode=0o700)
        except OSError as error:
            raise CannotWrite(self.path, error) from None

    def remove(self) -> None:
        """Remove the folder with all that is in it, and let go of it."""
        discard(self.path)
        os.close(self._lock)


def discard(folder: Path) -> None:
    """Remove such a folder and its lock; what the system will not remove stays for the next run."""
    rmtree(folder, ignore_errors=True)
    if not folder.exists():
        with suppress(OSError):
            _lock_of(folder).unlink()


def sweep() -> None:
    """Remove what is left of the owner's runs that are no more."""
    with suppress(CannotWrite):
        for lock in _temporary_folder().glob(f"{_PREFIX}*{_LOCK}") if fcntl else ():
            with suppress(OSError):
                _sweep(lock)


def _sweep(lock: Path) -> None:
    descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            # Raises where somebody holds it.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            discard(lock.with_suffix(""))
    finally:
        os.close(descriptor)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _locked(path: Path) -> int:
    """The descriptor of a new file that is locked as long as this process lives."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Somebody who sweeps may have come between.
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def _temporary_folder() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except OSError as error:
        raise CannotWrite(Path(os.environ.get("TMPDIR", os.sep)), error) from None
