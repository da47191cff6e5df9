"""An interrupt ends a command wherever it comes in between."""

from __future__ import annotations

import signal
import sys
import threading

import pytest
from workspaces import GUARD

from pitchgen.cli.interrupts import heeded

# Seconds between two moments at which Python can look for signals.
MOMENT = 0.01


class Interrupted:
    """Is interrupted while it is finalized, which is where Python drops what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def _python_hears_of_interrupts() -> object:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_python_drops_comes_again() -> None:
    with pytest.raises(KeyboardInterrupt), heeded():
        it = Interrupted()
        del it
        for _ in range(int(GUARD / MOMENT)):
            threading.Event().wait(MOMENT)


def test_other_errors_that_python_drops_are_told_as_before() -> None:
    told: list[sys.UnraisableHookArgs] = []
    hook = sys.unraisablehook
    sys.unraisablehook = told.append
    try:
        with heeded():
            broken = type("Broken", (), {"__del__": lambda _: [].pop()})()
            del broken
    finally:
        sys.unraisablehook, ours = hook, sys.unraisablehook
    assert [what.exc_type for what in told] == [IndexError]
    assert ours == told.append
