"""Circles in who leads to whom: the groups in which everyone leads, by some way, to everyone."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def circles(following: Mapping[T, Sequence[T]]) -> Iterator[tuple[T, ...]]:
    """Each circle once, its members in the order of `following`; who follows itself is a circle alone.

    Circles that touch are one. They are the strongly connected components, found in one walk over all
    steps: Gabow, "Path-based depth-first search for strong and biconnected components" (2000). The walk
    keeps its own path, because a chain may be longer than Python lets functions call each other.
    """
    place = {member: n for n, member in enumerate(following)}
    for component in _components(following):
        if len(component) > 1 or component[0] in following[component[0]]:
            yield tuple(sorted(component, key=place.__getitem__))


def _components(following: Mapping[T, Sequence[T]]) -> Iterator[list[T]]:
    entered: dict[T, int] = {}
    settled: set[T] = set()
    # Those met whose component is still open, and among them the first of each component so far.
    open_: list[T] = []
    firsts: list[T] = []
    for start in following:
        path = [] if start in entered else [(start, iter(following[start]))]
        while path:
            member, steps = path[-1]
            if member not in entered:
                entered[member] = len(entered)
                open_.append(member)
                firsts.append(member)
            for other in steps:
                if other not in entered:
                    path.append((other, iter(following[other])))
                    break
                if other not in settled:
                    # A way back: whatever lies between belongs together.
                    while entered[firsts[-1]] > entered[other]:
                        firsts.pop()
            else:
                path.pop()
                if firsts[-1] == member:
                    firsts.pop()
                    component = [open_.pop()]
                    while component[-1] != member:
                        component.append(open_.pop())
                    settled.update(component)
                    yield component
