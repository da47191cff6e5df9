"""Why a metric cannot be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pitchgen.problems import Problem

MOST_PLACES = 20
"""How many places are told of where more of a file is wrong in the same way."""


class Refused(Exception):
    """A metric that gets no figure, and all that is wrong with its data."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        # Without one, a metric would have no figure and nobody would know why.
        assert self.problems
        super().__init__(f"{len(self.problems)} problems")
