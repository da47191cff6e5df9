"""What an ordinary file holds, or why it cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path

from pitchgen.problems import Problem, reason


def read_content(path: Path, shown: str, limit: int) -> bytes | Problem:
    """The bytes of a file, at most one more than `limit`; or why there are none, said of the path `shown`."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            hint = "move it away, or rename it"
            return Problem("unreadable", "is a folder, not a file", shown, hint=hint)
        if not stat.S_ISREG(status.st_mode):
            return Problem("unreadable", "is not an ordinary file", shown)
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        return Problem("unreadable", f"cannot be read: {reason(error)}", shown)
