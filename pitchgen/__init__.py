"""pitchgen turns a folder of YAML, kept by HR, into welcome pitches for new hires.

What other programs may use of it is named here, and explained in docs/python.md. Each name is imported when
it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pitchgen._version import __version__

if TYPE_CHECKING:
    from pitchgen.check import Checked, check_workspace
    from pitchgen.intake.make import Order, Progress, make_intake
    from pitchgen.intake.record import Record
    from pitchgen.problems import InvalidInput, PitchgenError, Problem, Severity
    from pitchgen.render.presses import Presses
    from pitchgen.studio.document import Rendered
    from pitchgen.studio.make import make_document
    from pitchgen.workspace.linked import Workspace
    from pitchgen.workspace.read import read_workspace

__all__ = [
    "Checked",
    "InvalidInput",
    "Order",
    "PitchgenError",
    "Presses",
    "Problem",
    "Progress",
    "Record",
    "Rendered",
    "Severity",
    "Workspace",
    "__version__",
    "check_workspace",
    "make_document",
    "make_intake",
    "read_workspace",
]

_HOMES = {
    "pitchgen.check": ("Checked", "check_workspace"),
    "pitchgen.intake.make": ("Order", "Progress", "make_intake"),
    "pitchgen.intake.record": ("Record",),
    "pitchgen.problems": ("InvalidInput", "PitchgenError", "Problem", "Severity"),
    "pitchgen.render.presses": ("Presses",),
    "pitchgen.studio.document": ("Rendered",),
    "pitchgen.studio.make": ("make_document",),
    "pitchgen.workspace.linked": ("Workspace",),
    "pitchgen.workspace.read": ("read_workspace",),
}


if not TYPE_CHECKING:
    # Hidden from type checkers, which would take any name to be there.
    def __getattr__(name: str) -> object:
        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(home), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
