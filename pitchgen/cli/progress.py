"""How far a long command has come: a bar at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

import click

T = TypeVar("T")

# Where there is no terminal, so many lines are written in all.
LINES = 10


def shows_bar(*, quiet: bool) -> bool:
    """Whether there is a terminal for a bar, which nothing else may be written over."""
    return not quiet and sys.stderr is not None and sys.stderr.isatty()


def with_progress(items: Iterable[T], total: int, *, quiet: bool) -> Iterator[T]:
    """The items, as they come; meanwhile stderr says how many there were, how fast, and how long it takes."""
    at_terminal = shows_bar(quiet=quiet)
    began = monotonic()
    with click.progressbar(
        length=total,
        label=f"0 of {total:,}",
        bar_template="%(bar)s %(label)s",
        show_eta=False,
        show_percent=False,
        hidden=quiet,
        file=sys.stderr,
    ) as bar:
        for number, item in enumerate(items, start=1):
            yield item
            # Elsewhere than at a terminal, the bar prints its label as a line whenever that changes.
            if at_terminal or number * LINES // total > (number - 1) * LINES // total:
                rate = number / max(monotonic() - began, 0.001)
                left = (total - number) / rate
                bar.label = f"{number:,} of {total:,}, {rate:.1f} a second, {left:.0f} s left"
            bar.update(1)
