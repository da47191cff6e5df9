"""What this machine has of what pitchgen needs, and the command that installs the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from ctypes import CDLL
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec

_APT = "sudo apt-get install --yes"


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: what it is for, its name to the linker, and its Debian package."""

    name: str
    purpose: str
    linker_names: tuple[str, ...]
    package: str


LIBRARIES = (
    Library("GLib", "PDF", ("gobject-2.0", "libgobject-2.0.so.0"), "libglib2.0-0"),
    Library("Pango", "PDF", ("pango-1.0", "libpango-1.0.so.0"), "libpango-1.0-0"),
    Library("PangoFT2", "PDF", ("pangoft2-1.0", "libpangoft2-1.0.so.0"), "libpangoft2-1.0-0"),
    Library("HarfBuzz", "PDF", ("harfbuzz", "libharfbuzz.so.0"), "libharfbuzz0b"),
    Library("Fontconfig", "PDF", ("fontconfig", "libfontconfig.so.1"), "libfontconfig1"),
    Library(
        "HarfBuzz subset",
        "PDF ten times faster",
        ("harfbuzz-subset", "libharfbuzz-subset.so.0"),
        "libharfbuzz-subset0",
    ),
)

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
class Finding:
    """One thing looked at: whether it is fine, what was found, and the command that mends it."""

    name: str
    fine: bool
    found: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Everything pitchgen needs, looked at one by one."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), python, "install Python 3.11 or newer")
    for package in PACKAGES:
        yield _package(package)
    for library in LIBRARIES:
        here = _is_loadable(library)
        found = "found" if here else f"missing (for {library.purpose})"
        yield Finding(library.name, here, found, "" if here else install_command(library))
    yield from _fonts()


def install_command(*libraries: Library) -> str:
    """The command that installs system libraries: the given ones, or all that are missing."""
    missing = libraries or tuple(lib for lib in LIBRARIES if not _is_loadable(lib))
    if sys.platform == "darwin":
        return "brew install pango harfbuzz"
    if sys.platform == "win32":
        return "install Pango with MSYS2: pacman -S mingw-w64-x86_64-pango"
    return " ".join((_APT, *(lib.package for lib in missing)))


def _package(name: str) -> Finding:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "missing", "pip install pitchgen")


def _is_loadable(library: Library) -> bool:
    for name in library.linker_names:
        try:
            CDLL(find_library(name) or name)
        except OSError:
            continue
        return True
    return False


def _fonts() -> Iterator[Finding]:
    from importlib.metadata import version

    from pitchgen.render.fonts import FACES, FALLBACKS

    for package, family in dict.fromkeys((face.package, face.family) for face in FACES + FALLBACKS):
        here = find_spec(package) is not None
        name = package.replace("_", "-")
        mend = "" if here else f"pip install {name}"
        yield Finding(f"font {family}", here, version(name) if here else "missing", mend)


def cores() -> int:
    """How many cores this process may use."""
    # A process may be held to some of the cores, which macOS and Windows do not tell.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
