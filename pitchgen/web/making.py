"""Making: the build of a list, in a thread of its own, as its page looks at it."""

from __future__ import annotations

import logging
from contextlib import aclosing
from threading import Event, Thread
from typing import TYPE_CHECKING

from pitchgen.intake.make import make_intake
from pitchgen.intake.record import Record
from pitchgen.problems import InvalidInput, PitchgenError, reason
from pitchgen.render.printing import LocalPrinter
from pitchgen.web.bell import Bell

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from datetime import date
    from pathlib import Path

    from pitchgen.intake.build import Outcome, Output
    from pitchgen.intake.make import Order
    from pitchgen.problems import Problem

# What a making can be doing: the words for each are `intake_is_…`.
READING, MAKING, DONE, STOPPED, FAILED = "reading", "making", "done", "stopped", "failed"

log = logging.getLogger(__name__)


class _Stopped(Exception):  # nothing went wrong
    """Somebody stopped it."""


class Making:
    """One build, which is told of its own progress.

    `outputs` are all its files, once that is known; `problems` and `said` are what kept it from making any.
    """

    def __init__(self, root: Path, order: Order, today: date) -> None:
        self.order = order
        self.phase = READING
        self.total = 0
        self.outputs: Sequence[Output] = ()
        self.outcomes: list[Outcome] = []
        self.problems: Sequence[Problem] = ()
        self.said = ""
        self._root = root
        self._today = today
        self._bell = Bell()
        self._record = Record()
        self._printer: LocalPrinter | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="making")
        self._version = 0

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self.phase in (READING, MAKING)

    @property
    def version(self) -> str:
        """What tells whether a page shows how far it is."""
        return str(self._version)

    @property
    def failed(self) -> list[Outcome]:
        """What could not be made by now."""
        return [outcome for outcome in tuple(self.outcomes) if outcome.failed]

    @property
    def unchanged(self) -> int:
        """How many files were up to date when it began."""
        return len(self.outputs) - self.total

    def files(self) -> list[tuple[int, Output]]:
        """The files that are there and up to date, by their places among `outputs`."""
        outcomes = tuple(self.outcomes)
        written = {outcome.output for outcome in outcomes if not outcome.failed}
        there = written.union(self.outputs[: self.unchanged])
        return [(n, output) for n, output in enumerate(self.outputs) if output in there]

    def path(self, n: int) -> Path | None:
        """Where one of the `outputs` is, if it is one of its `files`."""
        return next((self.order.folder / each.name for place, each in self.files() if place == n), None)

    async def versions(self) -> AsyncGenerator[str]:
        """The version there is now, and each that follows."""
        async with aclosing(self._bell.rings()) as rings:
            async for _ in rings:
                yield self.version

    def start(self) -> None:
        """Begin."""
        self._printer = LocalPrinter(self.order.width, self.order.at_first)
        self._thread.start()

    def stop(self) -> None:
        """End soon; what is whole by then stays."""
        if self.is_running and self._printer:
            self._stopping.set()
            self._printer.stop()

    def close(self) -> None:
        """End soon, and let go of whoever looks on."""
        self.stop()
        self._bell.close()

    def join(self, seconds: float) -> None:
        """Wait for its end."""
        self._thread.join(seconds)

    def read(self, problems: tuple[Problem, ...]) -> None:
        """What the page of the list says already."""

    def begin(self, total: int) -> None:
        """It is known what must be made."""
        self.outputs = (*self._record.unchanged, *self._record.stale)
        self.total = total
        self._become(MAKING)

    def done(self, outcome: Outcome) -> None:
        """Take down what became of one file."""
        if self._stopping.is_set():
            # One that failed may have been stopped with its renderer, and will be made when it goes on.
            raise _Stopped
        self.outcomes.append(outcome)
        self._become(MAKING)

    def _run(self) -> None:
        try:
            make_intake(
                self._root,
                self.order,
                self._today,
                progress=self,
                record=self._record,
                printer=self._printer,
            )
            self.outputs = self.outputs or tuple(self._record.unchanged)
            self._become(DONE)
        except Exception as error:
            # Whatever happens to it once it is being stopped is due to that.
            if not self._stopping.is_set():
                self._take_down(error)
            self._become(STOPPED if self._stopping.is_set() else FAILED)

    def _take_down(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.problems = error.problems
        elif isinstance(error, PitchgenError):
            self.said = str(error)
        elif isinstance(error, OSError):
            self.said = reason(error)
        else:
            # What it says may be about somebody.
            log.error("%s while a list was being made", type(error).__name__)

    def _become(self, phase: str) -> None:
        self.phase = phase
        self._version += 1
        self._bell.ring()
