"""All items of one kind by their ids: how a reference finds what it names, or becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pitchgen.problems import Loc, Problem, quoting
from pitchgen.workspace.known import choices_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.files import Source
    from pitchgen.workspace.known import Names

T = TypeVar("T")


@dataclass(slots=True)
class Index(Generic[T]):
    """All items of one kind by id. `complete` is False when some could not be read.

    `names` are what else they are called, where those who name them may say that; then ids stand in place of
    names already, and whatever is found here by neither is known to be nothing's name.
    """

    noun: str
    problems: list[Problem]
    broken: set[str] = field(default_factory=set)
    complete: bool = True
    names: Names | None = None
    items: dict[str, T] = field(default_factory=dict)
    places: dict[str, Source] = field(default_factory=dict)

    def add(self, id: str, item: T, source: Source, loc: Loc = ()) -> None:
        """Enter an item; a second one of the same id is a problem."""
        if id in self.items:
            message = quoting(f"{self.noun} id '{{}}' is already used in {{}}", id, self.places[id].path)
            self.problems.append(
                source.problem("duplicate-id", message, (*loc, "id"), "give one of them another id")
            )
            return
        self.items[id] = item
        self.places[id] = source

    def find(self, id: str, said: str, source: Source, loc: Loc) -> T | None:
        """The item called `id`, or a problem: "{said} {noun} 'id', which does not exist"."""
        if id in self.items:
            return self.items[id]
        if self.complete and id not in self.broken:
            found = self.names.find(id) if self.names else None
            message = quoting(f"{said} {self.noun} '{{}}', which does not exist", id)
            if found and found.sharing:
                message = quoting(f"{found.sharing} {self.noun}s are called '{{}}'", id)
            hint = found.hint if found else choices_hint(id, self.items, self.noun)
            self.problems.append(source.problem("unknown-reference", message, loc, hint))
        return None

    def find_all(self, ids: Iterable[str], said: str, source: Source, loc: Loc) -> tuple[T, ...]:
        """The items called `ids`, in that order, each once."""
        found = [self.find(id, said, source, (*loc, n)) for n, id in enumerate(ids)]
        return tuple(dict.fromkeys(item for item in found if item is not None))
