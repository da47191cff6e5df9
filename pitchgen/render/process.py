"""A renderer as its owner sees it: a process that is asked, waited for, and ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Timer
from typing import TYPE_CHECKING, Any

from pitchgen.scratch import Scratch, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What the system ends a process with that has computed for longer than it may.
_OUT_OF_TIME = -signal.SIGPROF if hasattr(signal, "SIGPROF") else None


class Ended(Exception):
    """The process ended before it had answered; `late` if it had taken all the time that it may."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("out of time" if late else "lost")


class Renderer:
    """A process that lays out pages (`worker.py`), with a folder of its own for temporary files.

    It begins at once and answers when it is ready. Raises `OSError` when the system lets no process begin,
    `CannotWrite` when there is no room for the folder.
    """

    def __init__(self) -> None:
        self.scratch = Scratch()
        try:
            # -P: a file in the current folder must not pass for a module of the renderer.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", "pitchgen.render.worker", str(self.scratch.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(self.scratch),
            )
        except OSError:
            self.scratch.remove()
            raise
        sweep()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process, from any thread; what it is printing is lost."""
        self._process.kill()

    def close(self) -> None:
        """End the process and tidy up after it."""
        self._process.kill()
        self._process.communicate()
        self.scratch.remove()

    def started(self, patience: float) -> Mapping[str, Any]:
        """What it says once it has started, which may take so many seconds. Raises `Ended`."""
        with self._ended_after(patience):
            return self._answer()

    def ask(self, request: Mapping[str, Any], patience: float) -> tuple[Mapping[str, Any], bytes]:
        """What it answers, and the bytes that come with that, within so many seconds. Raises `Ended`."""
        to_process, from_process = self._process.stdin, self._process.stdout
        assert to_process and from_process
        with self._ended_after(patience):
            to_process.write(json.dumps(request).encode() + b"\n")
            to_process.flush()
            answer = self._answer()
            size = answer.get("size", 0)
            content = from_process.read(size)
            if len(content) < size:
                raise EOFError
            return answer, content

    def _answer(self) -> Mapping[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        late = Event()

        def end() -> None:
            late.set()
            self.kill()

        timer = Timer(seconds, end)
        timer.start()
        try:
            yield
        except (BrokenPipeError, EOFError):
            code = self._process.wait()
            raise Ended(late=late.is_set() or code == _OUT_OF_TIME) from None
        finally:
            timer.cancel()


def _environment(scratch: Scratch) -> dict[str, str]:
    # fontTools stamps what it changes with the time, and equal input shall give equal bytes.
    ours = {"SOURCE_DATE_EPOCH": "0", "TMPDIR": str(scratch.path)}
    if sys.platform != "win32":
        # Where there is a compiler, importing WeasyPrint asks it a dozen times for libraries that are not
        # there, which takes a quarter of its time. Below a device there are no programs.
        ours["PATH"] = os.devnull
    return {**os.environ, **ours}
