"""Printing: pages handed to any executor, which finds a renderer that is free, or starts one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakSet

from pitchgen.render.press import Paper, Pdf, Press

# The presses of this process, and those of them that are free. One executor runs at a time, here or on a
# machine of a cluster, and there are as many presses as it has threads.
_presses: WeakSet[Press] = WeakSet()
_free: list[Press] = []


@dataclass(frozen=True, slots=True)
class Pool:
    """An executor that prints, and how many pages it prints at the same time.

    `check` raises a `PitchgenError` when there is nobody left to print.
    """

    executor: Executor
    width: int
    check: Callable[[], None] = lambda: None


def print_paper(paper: Paper) -> Pdf:
    """Print one page; what executors are asked to do."""
    try:
        press = _free.pop()
    except IndexError:
        press = _started()
    try:
        return press.print(paper)
    finally:
        _free.append(press)


def _started() -> Press:
    press = Press()
    _presses.add(press)
    return press


def start_presses(number: int) -> None:
    """Have so many presses free; those that start early save the starting time of their first page."""
    _free.extend(_started() for _ in range(number - len(_free)))


def end_presses() -> None:
    """End the presses that are free."""
    while _free:
        _free.pop().close()


@contextmanager
def local_pool(jobs: int) -> Iterator[Pool]:
    """So many renderers on this machine, or none; they start at once, and in the end none is left."""
    width = max(jobs, 1)
    executor = ThreadPoolExecutor(width)
    start_presses(jobs)
    try:
        yield Pool(executor, width)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for press in tuple(_presses):
            press.stop()
        executor.shutdown()
        end_presses()
