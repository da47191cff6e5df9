"""How far a long command has come: a bar at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from time import monotonic

import click

# Where there is no terminal, so many lines are written in all.
LINES = 10


class Bar:
    """Says on stderr how many things are made by now, how fast, and how long the rest takes."""

    def __init__(self, *, quiet: bool) -> None:
        self.is_shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
        """Whether there is a terminal for a bar, which nothing else may be written over."""
        self._quiet = quiet
        self._stack = ExitStack()

    def begin(self, total: int) -> None:
        """So many things are to be made."""
        self._began, self._done, self._total = monotonic(), 0, total
        self._bar = self._stack.enter_context(
            click.progressbar(
                length=total,
                label=f"0 of {total:,}",
                bar_template="%(bar)s %(label)s",
                show_eta=False,
                show_percent=False,
                hidden=self._quiet,
                file=sys.stderr,
            )
        )

    def step(self) -> None:
        """One more is made."""
        self._done += 1
        # Elsewhere than at a terminal, the bar prints its label as a line whenever that changes.
        if self.is_shown or self._done * LINES // self._total > (self._done - 1) * LINES // self._total:
            rate = self._done / max(monotonic() - self._began, 0.001)
            left = (self._total - self._done) / rate
            self._bar.label = f"{self._done:,} of {self._total:,}, {rate:.1f} a second, {left:.0f} s left"
        self._bar.update(1)

    def end(self) -> None:
        """Leave the line of the bar."""
        self._stack.close()
