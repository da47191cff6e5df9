"""What this machine has of what pitchgen needs, and the command that installs the rest."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.render.fonts import FACES, FALLBACKS
from pitchgen.versions import LIBRARIES, MISSING, Library, install_command, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = (
    "weasyprint",
    "pydantic",
    "jinja2",
    "pyyaml",
    "markdown-it-py",
    "nh3",
    "babel",
    "uharfbuzz",
    "pillow",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing looked at: whether it is fine, what was found, and the command that mends it."""

    name: str
    fine: bool
    found: str
    mend: str = ""


def examine() -> Iterator[Condition]:
    """Everything pitchgen needs, looked at one by one."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Condition("Python", sys.version_info >= (3, 11), python, "install Python 3.11 or newer")
    found = versions()
    for package in PACKAGES:
        mend = "pip install pitchgen" if found[package] == MISSING else ""
        yield Condition(package, not mend, found[package], mend)
    yield from map(_library, LIBRARIES)
    yield from _fonts()


def _library(library: Library) -> Condition:
    if (found := library.found) == MISSING:
        return Condition(library.name, False, f"{MISSING} (for {library.purpose})", install_command(library))
    return Condition(library.name, True, found)


def _fonts() -> Iterator[Condition]:
    for package, family in dict.fromkeys((face.package, face.family) for face in FACES + FALLBACKS):
        here = find_spec(package) is not None
        name = package.replace("_", "-")
        mend = "" if here else f"pip install {name}"
        yield Condition(f"font {family}", here, late.metadata.version(name) if here else "missing", mend)


def cores() -> int:
    """How many cores this process may use."""
    # A process may be held to some of the cores, which macOS and Windows do not tell.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
