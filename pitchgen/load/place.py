"""Where in a workspace something stands: a file, and the way to a value in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pitchgen.load.document import Value, YamlMap
from pitchgen.load.files import Source, locate
from pitchgen.problems import Loc, Problem, Severity, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator


# Rules walk over places by the million, and no other immutable value is made as quickly.
class Place(NamedTuple):
    """A value of a file; `place / "needs" / 0` is a value inside it, there or not yet."""

    source: Source
    loc: Loc = ()

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.source, (*self.loc, part))

    @property
    def path(self) -> str:
        """The file's path in the workspace."""
        return self.source.path

    @property
    def line(self) -> int:
        """The value's line in the file, from 1; that of its nearest parent if it is missing."""
        return locate(self.source.data, self.loc)[0].line

    @property
    def field(self) -> str:
        """The way to the value in words: `needs[0].plays.say`."""
        return dotted(self.loc)

    def error(self, code: str, message: str, hint: str = "") -> Problem:
        """An error about the value, or about its nearest parent if it is missing."""
        return self.source.problem(code, message, self.loc, hint)

    def warning(self, code: str, message: str, hint: str = "") -> Problem:
        """A warning about the value, or about its nearest parent if it is missing."""
        return self.source.problem(code, message, self.loc, hint, severity=Severity.WARNING)


def scalars(value: Value, at: Place) -> Iterator[tuple[Place, str]]:
    """Everything that was typed as a value, names and figures too, with its place."""
    found: list[tuple[Place, str]] = []
    _gather_scalars(value, at, found)
    return iter(found)


def _gather_scalars(value: Value, at: Place, found: list[tuple[Place, str]]) -> None:
    if isinstance(value, str):
        found.append((at, value))
    elif value is not None:
        parts = value.items() if isinstance(value, YamlMap) else enumerate(value)
        for part, inner in parts:
            _gather_scalars(inner, at / part, found)
