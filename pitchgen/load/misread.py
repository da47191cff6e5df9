"""Texts that YAML reads otherwise than they were meant, without a word of it: warnings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from pitchgen.load.document import Value, YamlList, YamlMap
from pitchgen.load.faults import Mark
from pitchgen.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH_BEFORE_WORD = re.compile(r"\S\s+#[^\s#]")
_ITEM = re.compile(r"( *)- +(?![\"'|>#\[{]|[\w-]+:(?:\s|$))(?=\S)")
_ITEM_ON_NEXT_LINE = re.compile(r"- |[\"“”‘«]?[A-ZÅÄÖ]")
_WHOLE = re.compile(r".*[.!?…][\"“”’»]?\s*")


def misread(path: str, lines: list[str], data: YamlMap) -> Iterator[Problem]:
    """Warnings about the lines of one file: texts cut short by a #, and list items that became one."""
    yield from _cut_short(path, lines)
    yield from _run_together(path, lines, data)


def _cut_short(path: str, lines: list[str]) -> Iterator[Problem]:
    """Texts that YAML cuts at a # that was hardly meant to begin a comment."""
    if not any("#" in line and _HASH_BEFORE_WORD.search(line) for line in lines):
        return
    message = "what follows # is a comment to YAML, and will not be said"
    hint = "put the whole text in quotes; if it is a remark, put a space after the #"
    for token in yaml.scan("\n".join(lines), Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.ScalarToken) and token.plain:
            n, end = token.end_mark.line, token.end_mark.column
            line = lines[n]
            if cut := _HASH_BEFORE_WORD.match(line, max(end - 1, 0)):
                yield _warning("cut-text", message, path, Mark(n + 1, cut.end() - 1), hint, line)


def _run_together(path: str, lines: list[str], data: YamlMap) -> Iterator[Problem]:
    """Lines that go on with the list item above, though they look like items of their own."""
    suspects = [
        (n, item, following)
        for n, (line, following) in enumerate(pairwise(lines), start=1)
        if (item := _ITEM.match(line)) and _looks_like_an_item(line, following, len(item[1]))
    ]
    # In a block of text such lines are what they are.
    places = set(_places_of_items(data)) if suspects else set()
    for n, item, following in suspects:
        if Mark(n, item.end() + 1) in places:
            message = f"this line goes on with the list item on line {n}"
            column = len(item[1]) + 1
            hint = f"if it is an item of its own, begin it with `- ` in column {column}; if not, use `>-`"
            yield _warning(
                "run-together", message, path, Mark(n + 1, _indent(following) + 1), hint, following
            )


def _looks_like_an_item(line: str, following: str, indent: int) -> bool:
    """Whether a line that stands further in than a list item was rather meant to be the next one."""
    meant = _ITEM_ON_NEXT_LINE.match(following, inner := _indent(following))
    return bool(meant and inner > indent and (meant[0] == "- " or _WHOLE.fullmatch(line)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _places_of_items(value: Value) -> Iterator[Mark]:
    if isinstance(value, YamlList):
        yield from value.items_at
    inner = value.values() if isinstance(value, YamlMap) else value if isinstance(value, YamlList) else ()
    for each in inner:
        yield from _places_of_items(each)


def _warning(code: str, message: str, path: str, mark: Mark, hint: str, line: str) -> Problem:
    return Problem(code, message, path, *mark, hint=hint, severity=Severity.WARNING, source=line)
