"""Lock: one build at a time in a folder of documents."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from pitchgen.problems import CannotWrite, PitchgenError
from pitchgen.write import PRIVATE_FILE, make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".pitchgen.lock"


class InUse(PitchgenError):
    """Another build, or `clean`, is at work in the folder."""

    exit_code = CannotWrite.exit_code

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is in use by another build; try again when that has ended")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if need be; a process that ends in any way lets go of it.

    Raises `InUse` and `CannotWrite`.
    """
    make_folder(folder)
    lock = FileLock(folder / NAME, timeout=0, mode=PRIVATE_FILE, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise InUse(folder) from None
    except OSError as error:
        raise CannotWrite(folder / NAME, error) from None
    try:
        yield
    finally:
        lock.release()
