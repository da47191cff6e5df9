"""Disks that take little, and those that a test run which was killed has left behind."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What a disk is called says whose it is: the process that mounted it unmounts it, unless it is killed.
_NAME = re.compile(r"pitchgen-test-(\d+)")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[bool]:
    """Mount a disk of so many bytes on a folder; whether that may be done here."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", f"pitchgen-test-{os.getpid()}", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            unmount(folder)


def unmount(folder: Path) -> None:
    """Take a disk away."""
    subprocess.run(["umount", folder], check=True)


def left_over() -> list[Path]:
    """Where disks of tests are mounted whose process is gone; pytest cannot remove such a folder."""
    mounts = [line.split()[:2] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    named = [(match, folder) for name, folder in mounts if (match := _NAME.fullmatch(name))]
    return [_path(folder) for match, folder in named if not Path("/proc", match[1]).exists()]


def _path(told: str) -> Path:
    """A folder as /proc/mounts tells it, where blanks are octal numbers."""
    return Path(re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), told))
