"""Paired timing: two things in turn, many times, and the median of their ratios."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 15


class NotHere(Exception):
    """This machine lacks what a figure is to be measured against."""


@dataclass(frozen=True)
class Pair:
    """Median seconds of ours and theirs, and the median ratio of neighbouring runs."""

    ours: float
    theirs: float
    ratio: float


def compare(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = perf_counter,
) -> Pair:
    """Run both in turn, after one uncounted run each, so that a drifting machine harms neither."""
    ours()
    theirs()
    return paired([(seconds(ours, clock), seconds(theirs, clock)) for _ in range(rounds)])


def paired(times: Sequence[tuple[float, float]]) -> Pair:
    """What the seconds of ours and theirs come to, which were taken in turn."""
    return Pair(median(a for a, _ in times), median(b for _, b in times), median(a / b for a, b in times))


def command(arguments: Sequence[str]) -> Callable[[], object]:
    """A whole process, from start to end."""

    def run() -> None:
        subprocess.run(arguments, check=True, capture_output=True)

    return run


def seconds(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """How long it takes by the clock."""
    start = clock()
    work()
    return clock() - start
