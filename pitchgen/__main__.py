"""Where the `pitchgen` command and `python -m pitchgen` begin."""

from __future__ import annotations

import gc
import os
import signal
from importlib import import_module

_STDERR, _INTERRUPTED = 2, 130
# What is imported is no garbage, and to look through it again and again takes a tenth of the time of a pitch.
_SELDOM = (20_000, 10, 10)


def main() -> None:
    """Run the command line; whoever interrupts it before all of it is imported gets no traceback either."""
    # One who has interrupts ignored, as a shell does for what runs in its background, goes on having that.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    gc.set_threshold(*_SELDOM)
    # Imported after that is heeded, for it takes long enough to be interrupted.
    import_module("pitchgen.cli").main()


def _end(*_: object) -> None:
    """End at once: nothing has been begun that would have to be tidied up."""
    os.write(_STDERR, b"interrupted\n")
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
