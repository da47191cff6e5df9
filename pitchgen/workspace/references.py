"""All items of one kind by their ids: how a reference finds what it names, or becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pitchgen.problems import Loc, Problem, Quoting, quoting, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.files import Source

T = TypeVar("T")
SHORT_LIST = 8


@dataclass(slots=True)
class Index(Generic[T]):
    """All items of one kind by id. `complete` is False when some could not be read."""

    noun: str
    problems: list[Problem]
    broken: set[str] = field(default_factory=set)
    complete: bool = True
    is_personal: bool = False
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
            message = quoting(f"{said} {self.noun} '{{}}', which does not exist", id)
            hint = choices_hint(id, self.items, self.noun, is_personal=self.is_personal)
            self.problems.append(source.problem("unknown-reference", message, loc, hint))
        return None

    def find_all(self, ids: Iterable[str], said: str, source: Source, loc: Loc) -> tuple[T, ...]:
        """The items called `ids`, in that order, each once."""
        found = [self.find(id, said, source, (*loc, n)) for n, id in enumerate(ids)]
        return tuple(dict.fromkeys(item for item in found if item is not None))


def choices_hint(typed: str, known: Iterable[str], noun: str, *, is_personal: bool) -> str:
    """Which of the known ids was probably meant, or which there are."""
    names = list(known)
    if not names:
        return f"there is no {noun} in this workspace yet"
    shown = ", ".join(names[:SHORT_LIST]) + (", …" if len(names) > SHORT_LIST else "")
    hint = suggestion(typed, names) or f"it can be: {shown}"
    return Quoting(hint, "") if is_personal else hint
