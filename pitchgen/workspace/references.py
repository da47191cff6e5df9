"""All items of one kind by their ids: how a reference finds what it names, or becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pitchgen.problems import Loc, Problem, quoting, slip
from pitchgen.workspace.known import available
from pitchgen.workspace.validate import is_required

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.files import Source
    from pitchgen.workspace.known import Found, Names

T = TypeVar("T")

_OR_REMOVE = ", or remove"


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
            problem = source.problem("unknown-reference", message, loc)
            self.problems.append(replace(problem, hint=self._hint(id, found, source, problem)))
        return None

    def _hint(self, id: str, found: Found | None, source: Source, problem: Problem) -> str:
        """What was meant if it was a slip; else what there is, for what was meant may be there no more."""
        if found:
            return found.hint if found.like else found.hint + _removal(source, problem)
        return slip(id, self.items) or available(self.items, self.noun) + _removal(source, problem)

    def find_all(self, ids: Iterable[str], said: str, source: Source, loc: Loc) -> tuple[T, ...]:
        """The items called `ids`, in that order, each once."""
        found = [self.find(id, said, source, (*loc, n)) for n, id in enumerate(ids)]
        return tuple(dict.fromkeys(item for item in found if item is not None))


def _removal(source: Source, problem: Problem) -> str:
    """How to do without a reference, unless it must be there or stands in no file."""
    loc = problem.loc
    if not source.quotable:
        return ""
    if is_required(source.kind.model, loc):
        in_list = len(loc) > 1 and isinstance(loc[-2], int)
        return f"{_OR_REMOVE} the whole item" if in_list else ""
    shares_line = set("[{") & set(problem.source[: problem.column - 1])
    return f"{_OR_REMOVE} {'it' if shares_line else 'the line'}"


def without_removal(hint: str, instead: str = "") -> str:
    """A hint for where there is no line that could be removed; `instead` is what can be done there."""
    advice, removal, _ = hint.partition(_OR_REMOVE)
    return advice + instead if removal else hint
