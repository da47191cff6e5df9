"""Versions: of pitchgen and of all that its documents pass through, down to the system's own libraries.

And the command that installs those of these libraries that are missing.
"""

from __future__ import annotations

import re
import sys
from ctypes import CDLL, c_char_p, c_int
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen._version import __version__
from pitchgen.problems import is_lack_of_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MISSING = "missing"
_APT = "sudo apt-get install --yes"


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: what it is for, its names to the linker, its Debian package, how it says its version.

    The first of its names is that of the file which the linker takes on Linux.
    """

    name: str
    purpose: str
    linker_names: tuple[str, ...]
    package: str
    version: Callable[[CDLL], str]

    @property
    def found(self) -> str:
        """Its version on this machine, or that it is `MISSING`; looked at without loading anything else."""
        for name in self.linker_names:
            try:
                # By its file's name first: to look for another, Python runs programs.
                return self.version(CDLL(name if ".so" in name else late.util.find_library(name) or name))
            except (OSError, AttributeError) as error:
                if is_lack_of_memory(error):
                    return "not loaded, for lack of memory"
        return MISSING


def _text(function: str) -> Callable[[CDLL], str]:
    """The version that a library has a function for which returns it as text."""

    def read(library: CDLL) -> str:
        call = library[function]
        call.restype = c_char_p
        return str(call().decode("ascii"))

    return read


def _parts(*variables: str) -> Callable[[CDLL], str]:
    """The version that a library keeps in variables."""
    return lambda library: ".".join(str(c_int.in_dll(library, name).value) for name in variables)


def _fontconfig(library: CDLL) -> str:
    number = library.FcGetVersion()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


_HARFBUZZ = _text("hb_version_string")
_PANGO = _text("pango_version_string")
LIBRARIES = (
    Library(
        "GLib",
        "PDF",
        ("libglib-2.0.so.0", "glib-2.0"),
        "libglib2.0-0",
        _parts("glib_major_version", "glib_minor_version", "glib_micro_version"),
    ),
    Library("Pango", "PDF", ("libpango-1.0.so.0", "pango-1.0"), "libpango-1.0-0", _PANGO),
    # The functions of the libraries that these two are built on are theirs as well.
    Library("PangoFT2", "PDF", ("libpangoft2-1.0.so.0", "pangoft2-1.0"), "libpangoft2-1.0-0", _PANGO),
    Library("HarfBuzz", "PDF", ("libharfbuzz.so.0", "harfbuzz"), "libharfbuzz0b", _HARFBUZZ),
    Library("Fontconfig", "PDF", ("libfontconfig.so.1", "fontconfig"), "libfontconfig1", _fontconfig),
    Library(
        "HarfBuzz subset",
        "PDF ten times faster",
        ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
        "libharfbuzz-subset0",
        _HARFBUZZ,
    ),
)


def missing_for_pdf() -> tuple[Library, ...]:
    """The system libraries without which no PDF can be made, and that are not here."""
    return tuple(library for library in LIBRARIES if library.purpose == "PDF" and library.found == MISSING)


def install_command(*libraries: Library) -> str:
    """The command that installs system libraries: the given ones, or all that are missing."""
    missing = libraries or tuple(library for library in LIBRARIES if library.found == MISSING)
    if sys.platform == "darwin":
        return "brew install pango harfbuzz"
    if sys.platform == "win32":
        return "install Pango with MSYS2: pacman -S mingw-w64-x86_64-pango"
    return " ".join((_APT, *(library.package for library in missing)))


def versions() -> dict[str, str]:
    """pitchgen, the packages it and its renderer are built on, and the system's libraries, with versions.

    What is not there is `MISSING`.
    """
    packages = dict.fromkeys([*_required("pitchgen"), *_required("weasyprint")])
    found = {name: _version(name) for name in packages}
    libraries = {library.name: library.found for library in LIBRARIES}
    return {"pitchgen": __version__, **found, **libraries}


def _required(package: str) -> Iterator[str]:
    """What a package needs in any case, each name as it is written there."""
    try:
        lines = late.metadata.requires(package) or ()
    except late.metadata.PackageNotFoundError:
        return
    yield from (re.split(r"[^\w.-]", line)[0].lower() for line in lines if "extra ==" not in line)


def _version(package: str) -> str:
    try:
        return late.metadata.version(package)
    except late.metadata.PackageNotFoundError:
        return MISSING
