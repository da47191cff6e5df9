"""Why a file cannot be read as data: each fault with its place, in words for someone who is no programmer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import yaml


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be read as data, and where."""

    code: str
    message: str
    mark: Mark
    hint: str = ""


class Unreadable(Exception):
    """The text is not YAML that pitchgen accepts."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(faults[0].message)


# What libyaml says, and what a person who is not a programmer can do about it.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a text",
        "put the whole text in quotes",
    ),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        "put the whole text in quotes; indent with spaces, never with tabs",
    ),
    (
        "did not find expected key",
        "this line does not fit under the one above it",
        "check the indentation and the quotes of this line and the one above",
    ),
    (
        "did not find expected '-' indicator",
        "a list item does not line up with the items above it",
        "begin every item of the list in the same column",
    ),
    (
        "could not find expected ':'",
        "a key without its colon, or a text that runs over its line",
        "write `key: text`; put a long text in quotes or after `>-`",
    ),
    (
        "unexpected end of stream",
        "the file ends inside a quoted text",
        "close the quotation mark",
    ),
    (
        "unexpected document indicator",
        "a quoted text is not closed before `---`",
        "close the quotation mark",
    ),
    (
        "did not find expected ',' or",
        "a bracket is not closed",
        "close it, or write the items on lines of their own",
    ),
    (
        "unknown escape character",
        "a backslash stands in a text in double quotes",
        "use single quotes around a text with backslashes",
    ),
    (
        "invalid Unicode character escape code",
        "this character code is not a character",
        "remove it, or type the character itself",
    ),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What the parser tripped over."""
    said = f"{error.problem or ''}"
    at = error.problem_mark or error.context_mark
    mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
    lines = text.splitlines()
    if mark.line > len(lines):
        mark = Mark(max(len(lines), 1), 1)
    for needle, message, hint in _SYNTAX:
        if needle in said:
            return Fault("not-yaml", message, mark, hint)
    return Fault("not-yaml", f"is not YAML: {said}", mark)


def character_fault(error: yaml.reader.ReaderError, text: str) -> Fault:
    """A character that YAML does not allow anywhere."""
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Fault("control-character", "holds a character that is not text", mark, "delete the character")
