"""The ids of a file as other files write them, be it valid or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from pitchgen.model.ids import ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.load.files import Source
    from pitchgen.problems import Loc


class KnownId(NamedTuple):
    """An id: that of a thing of its file, or one by which the file names another thing.

    What stands inside a file that has an id of its own is known by both: `persona/need`. No `loc` means
    that the name of the file is the id.
    """

    loc: Loc
    noun: str
    id: str
    is_own: bool

    @property
    def written(self) -> str:
        """What the file has of it."""
        return self.id.rpartition("/")[2] if self.is_own else self.id


def ids_of(source: Source) -> Iterator[KnownId]:
    """Every id in a file, its own first."""
    noun, of_file = source.kind.noun, _of_file(source)
    if of_file and not isinstance(source.data.get("id"), str):
        yield KnownId((), noun, of_file, is_own=True)
    for loc, noun, typed, is_own in ids_in(source.kind.model, source.data):
        inside = f"{of_file}/" if of_file and is_own and loc != ("id",) else ""
        yield KnownId(loc, noun, inside + _normal(typed), is_own)


def _of_file(source: Source) -> str:
    """The id of what a file of a folder holds; nothing for a file at the top."""
    given = source.data.get("id")
    return (_normal(given) if isinstance(given, str) else source.stem) if source.kind.is_folder else ""


def _normal(typed: str) -> str:
    return normalize("NFC", typed.strip())
