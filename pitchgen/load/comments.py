"""The comments of a YAML file: what stands behind a # that is no part of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from pitchgen.load.faults import LINE_BREAK, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH = re.compile(r"(?<!\S)#")
_BLOCK_STYLES = ("|", ">")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line; `alone` when no data stands before it."""

    mark: Mark
    text: str
    alone: bool


def comments(text: str) -> Iterator[Comment]:
    """Every comment of a text that is valid YAML, from the top."""
    spans = list(_scalars(text))
    starts = [start for start, _ in spans]
    for n, line in enumerate(LINE_BREAK.split(text), start=1):
        for found in _HASH.finditer(line):
            mark = Mark(n, found.start() + 1)
            before = bisect_right(starts, mark) - 1
            if before < 0 or spans[before][1] <= mark:
                yield Comment(mark, line[found.start() :].rstrip(), not line[: found.start()].strip(" \t-"))
                break


def _scalars(text: str) -> Iterator[tuple[Mark, Mark]]:
    """Where each scalar's text begins, and the place just behind it."""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            # Behind | and > a comment may stand: such a text begins on the next line.
            block = event.style in _BLOCK_STYLES
            yield (
                Mark(start.line + 2, 1) if block else Mark(start.line + 1, start.column + 1),
                Mark(end.line + 1, end.column + 1),
            )
