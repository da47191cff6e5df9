"""All items of one kind by their ids: how a reference finds what it names, or becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pitchgen.problems import Loc, Problem, Quoting, quoting, slip, suggestion
from pitchgen.workspace.validate import is_required

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.load.files import Source

T = TypeVar("T")
SHORT_LIST = 8

_OR_REMOVE = ", or remove"


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
            problem = source.problem("unknown-reference", message, loc)
            self.problems.append(replace(problem, hint=self._hint(id, source, problem)))
        return None

    def _hint(self, id: str, source: Source, problem: Problem) -> str:
        """What was meant if it was a slip; else what there is, for what was meant may be there no more."""
        meant = slip(id, self.items)
        hint = meant or available(self.items, self.noun) + _removal(source, problem)
        return Quoting(hint, "") if self.is_personal else hint

    def find_all(self, ids: Iterable[str], said: str, source: Source, loc: Loc) -> tuple[T, ...]:
        """The items called `ids`, in that order, each once."""
        found = [self.find(id, said, source, (*loc, n)) for n, id in enumerate(ids)]
        return tuple(dict.fromkeys(item for item in found if item is not None))


def choices_hint(typed: str, known: Iterable[str], noun: str, *, is_personal: bool) -> str:
    """Which of the known ids was probably meant, or which there are."""
    names = list(known)
    hint = suggestion(typed, names) or available(names, noun)
    return Quoting(hint, "") if is_personal else hint


def available(known: Iterable[str], noun: str) -> str:
    """Which ids there are, the first few of many."""
    names = list(known)
    if not names:
        return f"there is no {noun} in this workspace yet"
    return "it can be: " + ", ".join(names[:SHORT_LIST]) + (", …" if len(names) > SHORT_LIST else "")


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


def without_removal(hint: str) -> str:
    """A hint for where there is no line that could be removed."""
    return hint.partition(_OR_REMOVE)[0]
