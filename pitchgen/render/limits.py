"""Limits of time and memory for work that may not end by itself, such as filling in a template.

They hold in any thread, and in several at once. Time is what the working thread has computed, so that nothing
is refused because a machine is busy; a thread of our own looks at that, and raises in the one that is late.
"""

from __future__ import annotations

import faulthandler
import sys
import time
from contextlib import suppress
from ctypes import c_ulong, py_object, pythonapi
from functools import partial
from math import inf
from pathlib import Path
from threading import Condition, Thread, get_ident
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

if sys.platform != "win32":
    from resource import RLIM_INFINITY, RLIMIT_AS, getpagesize, getrlimit, setrlimit

T = TypeVar("T")

MEMORY = 250_000_000
# Bytes of addresses that the system's allocator may set aside for one thread more.
ARENA = 128_000_000
# Seconds from one time of raising to the next, and the fewest between two looks.
AGAIN, LOOK = 0.5, 0.01
# Work stuck inside one C function ends the process, so many times its own time and so many seconds later.
TIMES, GRACE = 60, 5.0
# Seconds without work after which nothing can be stuck.
IDLE = 1.0
STDERR = 2
# Begins with the pages of memory that this process has; other systems than Linux have no such file.
PAGES = Path("/proc/self/statm")


class OutOfTime(Exception):
    """The work has computed for longer than it may, which is so many `seconds`."""

    seconds = 0.0

    def __str__(self) -> str:
        return f"takes longer than {self.seconds:g} s"


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `OutOfTime` when it computes longer, `MemoryError` when it grows too large.

    That is by `MEMORY`, for each thread that works at the same time. Work inside such work has the limits of
    that. What is stuck inside one C function, where nothing can be raised, ends the process in the end, with
    its stack on stderr.
    """
    if get_ident() in _WATCH.tasks:
        return work()
    task = _Task(seconds)
    try:
        try:
            _WATCH.begin(task)
            return work()
        finally:
            task.is_done = True
            _WATCH.let_go(task)
    except OutOfTime as error:
        # It may have come while the task was let go, but then there is no other.
        _WATCH.let_go(task)
        error.seconds = seconds
        raise
    finally:
        _WATCH.end(task)


class _Task:
    """Work of the thread that makes this, and when it is late by that thread's clock."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_done = False
        self.thread = get_ident()
        self._clock = _clock_of(self.thread)
        self._due = self._clock() + seconds

    @property
    def left(self) -> float:
        """The seconds of computing until it is late."""
        return self._due - self._clock()

    def put_off(self) -> None:
        """Have it late again somewhat later, because in some places Python and Jinja drop an exception."""
        self._due = self._clock() + AGAIN


class _Memory:
    """The memory that this process may grow by; the first task sets the limit, the last lifts it."""

    def __init__(self) -> None:
        self._before: tuple[int, int] | None = None
        self._size = 0
        self._most_tasks = 0

    def allow(self, tasks: int) -> None:
        """Have room for so many tasks at once."""
        if tasks <= self._most_tasks or not PAGES.is_file():
            return
        if self._before is None:
            self._size = int(PAGES.read_text(encoding="ascii").split()[0]) * getpagesize()
            self._before = getrlimit(RLIMIT_AS)
        self._most_tasks = tasks
        soft, hard = self._before
        most = self._size + tasks * MEMORY + (tasks - 1) * ARENA
        setrlimit(RLIMIT_AS, (most if soft == RLIM_INFINITY else min(soft, most), hard))

    def lift(self) -> None:
        """Take the limit off."""
        self._most_tasks = 0
        if self._before is not None:
            setrlimit(RLIMIT_AS, self._before)
            self._before = None


class _Watch:
    """All tasks of this process by their threads, with its limit of memory and its timer in C."""

    def __init__(self) -> None:
        self.tasks: dict[int, _Task] = {}
        self._changed = Condition()
        self._memory = _Memory()
        self._next_look = inf
        self._armed_for = 0.0
        self._raising: _Task | None = None
        self._thread: Thread | None = None

    def begin(self, task: _Task) -> None:
        """Watch a task. Raises `MemoryError` when there is not even room for a thread to do so."""
        with self._changed:
            try:
                self._look_after(task)
            except RuntimeError as error:
                raise MemoryError(str(error)) from None

    def _look_after(self, task: _Task) -> None:
        if self._thread is None:
            thread = Thread(target=self._run, name="pitchgen-limits", daemon=True)
            thread.start()
            self._thread = thread
        self.tasks[task.thread] = task
        if task.seconds > self._armed_for:
            self._arm()
        self._memory.allow(len(self.tasks))
        # No thread computes for longer than the time that passes.
        if time.monotonic() + task.seconds < self._next_look:
            self._changed.notify()

    def let_go(self, task: _Task) -> None:
        """In its own thread, see to it that nothing is raised there any later for a task that is done.

        It takes no lock, which would stay taken if something were raised right here. Nor does it take back
        what is about to be: asked to, Python 3.11 looks for it at every step from then on, and hangs when
        it is traced.
        """
        while self._raising is task:
            time.sleep(0)
        # At the latest when a function begins, Python raises what is to be raised.
        _begin()

    def end(self, task: _Task) -> None:
        """Watch a task no more that was let go."""
        with self._changed:
            self.tasks.pop(task.thread, None)
            if not self.tasks:
                self._memory.lift()

    def _run(self) -> None:
        with self._changed:
            woken = True
            while True:
                for task in self.tasks.values():
                    self._raise_if_late(task)
                if self.tasks:
                    # Without room for it, the timer is armed the next time.
                    with suppress(RuntimeError):
                        self._arm()
                elif not woken:
                    # Not after each task, because that waits for a thread in C to end.
                    self._disarm()
                pause = self._pause()
                self._next_look = time.monotonic() + pause
                woken = self._changed.wait(None if pause == inf else pause)

    def _pause(self) -> float:
        """The seconds until there may be something to do."""
        otherwise = IDLE if self._armed_for else inf
        return max(min((task.left for task in self.tasks.values()), default=otherwise), LOOK)

    def _raise_if_late(self, task: _Task) -> None:
        # Its thread says that it is done and then waits for this to be over, so that one sees the other.
        self._raising = task
        if not task.is_done and task.left <= 0:
            pythonapi.PyThreadState_SetAsyncExc(c_ulong(task.thread), py_object(OutOfTime))
            task.put_off()
        self._raising = None

    def _arm(self) -> None:
        """Put off the end of the process, which comes when nobody gets to do this any more."""
        self._armed_for = max(task.seconds for task in self.tasks.values())
        faulthandler.dump_traceback_later(TIMES * self._armed_for + GRACE, exit=True, file=STDERR)

    def _disarm(self) -> None:
        self._armed_for = 0.0
        faulthandler.cancel_dump_traceback_later()


_WATCH = _Watch()


def _clock_of(thread: int) -> Callable[[], float]:
    """What tells the seconds a thread has computed; where the system cannot, those that pass."""
    if hasattr(time, "pthread_getcpuclockid"):
        return partial(time.clock_gettime, time.pthread_getcpuclockid(thread))
    return time.monotonic


def _begin() -> None:
    """Do nothing."""
