"""pitchgen at a real terminal: what it asks is read, and answered as a person would type."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from workspaces import GUARD, TODAY

# Python sees a Ctrl-C that comes just before it waits for a line only when the line has come.
CTRL_C, CTRL_D = "\x03\n", "\x04"

# A process of its own opens the terminal: that takes a fork, and the tests' process has threads.
_IN_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"


def converse(*arguments: str, workspace: Path, typed: Iterable[tuple[str, str]] = ()) -> tuple[int, str]:
    """Run pitchgen at a terminal, and type each answer once its question is on the screen.

    `typed` are pairs of the end of a question and of what is typed then. Returns the exit code and all
    that was on the screen.
    """
    command = [sys.executable, "-m", "pitchgen", *arguments, "--date", TODAY]
    with subprocess.Popen(
        [sys.executable, "-c", _IN_A_TERMINAL, *command],
        cwd=workspace,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            screen = _talk(process, typed)
        except BaseException:
            # Without its terminal pitchgen ends too; otherwise it would wait for an answer for ever.
            process.kill()
            raise
    return process.returncode, screen.decode().replace("\r\n", "\n")


def _talk(process: subprocess.Popen[bytes], typed: Iterable[tuple[str, str]]) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    screen = b""
    for question, answer in typed:
        start = len(screen)
        while question.encode() not in screen[start:]:
            more = _read(process.stdout.fileno())
            assert more, f"{question!r} was never asked:\n{screen.decode()}"
            screen += more
        process.stdin.write(answer.encode())
        process.stdin.flush()
    while more := _read(process.stdout.fileno()):
        screen += more
    return screen


def _read(file: int) -> bytes:
    ready, _, _ = select.select([file], [], [], GUARD)
    assert ready, "nothing is said any more"
    return os.read(file, 65536)
