"""What an ordinary file holds, or why it cannot be read."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from pitchgen.load.faults import unreadable
from pitchgen.problems import reason

if TYPE_CHECKING:
    from pathlib import Path


def read_content(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most one more than `limit`. Raises `Unreadable`."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise unreadable("unreadable", "is a folder, not a file", "move it away, or rename it")
        if not stat.S_ISREG(status.st_mode):
            raise unreadable("unreadable", "is not an ordinary file")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise unreadable("unreadable", f"cannot be read: {reason(error)}") from None
