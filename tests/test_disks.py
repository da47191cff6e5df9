"""The disks of the tests themselves: one that a killed run has left is found by its name, and no other is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from disks import left_over, small_disk, unmount

# Mounts a disk and is killed before it can unmount it.
KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from disks import small_disk
with small_disk(Path(sys.argv[2]), 10_000) as mounted:
    if mounted:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_has_left_mounted_is_found_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "their disk"
    ours.mkdir()
    theirs.mkdir()
    with small_disk(ours, 10_000) as mounted:
        if not mounted:
            pytest.skip("no disk may be mounted here")
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(Path(__file__).parent), theirs], check=False
        )
        assert killed.returncode == -9
        assert theirs in left_over()
        assert ours not in left_over()
        unmount(theirs)
        assert theirs not in left_over()
    assert not ours.is_mount()
