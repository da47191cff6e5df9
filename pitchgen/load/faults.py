"""Why a file cannot be read as data: each fault with its place, in words for someone who is no programmer."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """The file holds no data that pitchgen accepts."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(faults[0].message)


# What libyaml says, what a person who is not a programmer would say, and what they can do.
_QUOTE = "put the whole text in quotes"
_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a text",
        f"{_QUOTE}; or the line above has a key without a space after its colon",
    ),
    ("found a tab character", "this line begins with a tab", "indent with spaces"),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        f"{_QUOTE}; indent with spaces, never with tabs",
    ),
    (
        "did not find expected alphabetic or numeric",
        "a text cannot begin with * or &",
        f"{_QUOTE}; for a list, begin items with `- `",
    ),
    (
        "block sequence entries are not allowed",
        "a list item stands on the line of its key",
        "begin the list on the line below, with `- ` before each item",
    ),
    (
        "did not find expected comment or line break",
        "a text stands beside | or >",
        "write the text on the lines below, indented",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not line up with the list items above it",
        "begin every item of a list in the same column, with `- `",
    ),
    (
        "did not find expected key",
        "this line does not fit under the one above it",
        "check the indentation and the quotes of this line and the one above",
    ),
    (
        "could not find expected ':'",
        "a key has no colon, or a text runs over its line",
        "write `key: text`; put a long text in quotes or after `>-`",
    ),
    ("unexpected end of stream", "this quotation mark is never closed", "close it"),
    ("unexpected document indicator", "this quotation mark is not closed before `---`", "close it"),
    (
        "did not find expected ',' or",
        "this bracket is not closed, or something stands between its items",
        "close it and put commas between the items, or write each item on a line of its own",
    ),
    (
        "unknown escape character",
        "a backslash stands in a text in double quotes",
        "use single quotes around a text with backslashes",
    ),
    (
        "did not find expected hexdecimal",
        "a backslash stands in a text in double quotes",
        "use single quotes around a text with backslashes",
    ),
    (
        "invalid Unicode character escape code",
        "this code stands for no character",
        "remove it, or type the character itself",
    ),
    ("directive", "a line cannot begin with %", _QUOTE),
    ("incompatible YAML document", "a line cannot begin with %", "remove the line"),
    (
        "did not find expected <document start>",
        "something stands after the end of the data",
        "remove the line `...` or `---`, or what follows it",
    ),
    (
        "did not find expected node content",
        "a text or a list item is missing, or a bracket is not in its place",
        f"{_QUOTE} if the character belongs to it",
    ),
)
# For these the place that matters is where the text began, not where the parser gave up.
_FROM_THE_START = (
    "could not find expected ':'",
    "unexpected end of stream",
    "unexpected document indicator",
    "expected ',' or",
)

_KEY = re.compile(r"\s*(- )?[\w-]+")
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What the parser tripped over."""
    said = error.problem or ""
    began, at = error.context_mark, error.problem_mark or error.context_mark
    if began and at and began.line < at.line and any(words in said for words in _FROM_THE_START):
        at = began
    mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
    lines = LINE_BREAK.split(text)
    if mark.line > len(lines):
        mark = Mark(len(lines), 1)
    for needle, message, hint in (*_slips_around(lines, mark), *_SYNTAX):
        if needle in said:
            return Fault("not-yaml", message, mark, hint)
    return Fault("not-yaml", "this line cannot be understood", mark, f"check its indentation, or {_QUOTE}")


def _slips_around(lines: list[str], mark: Mark) -> Iterator[tuple[str, str, str]]:
    """What the lines themselves say about the slip, which the parser's words do not."""
    line = lines[mark.line - 1]
    before = line[: mark.column - 1]
    indent = line[: len(line) - len(line.lstrip())]
    above = lines[mark.line - 2] if mark.line > 1 else ""
    if "\u00a0" in indent or above[: len(above) - len(above.lstrip())].count("\u00a0"):
        yield "", "this line or the one above begins with a no-break space", "type its indentation anew"
    if "\t" in indent:
        yield "cannot start any token", "this line begins with a tab", "indent with spaces"
    if _KEY.fullmatch(before):
        yield (
            "mapping values are not allowed",
            "this line does not line up with the one above it, or that one has no space after its colon",
            "begin keys of one group in the same column, each with a space after its colon",
        )
    if before.rstrip().endswith(('"', "'", "]", "}")):
        yield (
            "did not find expected key",
            "the text goes on after its closing quotation mark or bracket",
            "put the whole text in single quotes, and write '' for a ' in it",
        )


def character_fault(error: yaml.reader.ReaderError, text: str) -> Fault:
    """A character that YAML does not allow anywhere."""
    # The C parser counts in bytes.
    before = text.encode()[: error.position].decode(errors="ignore")
    return Fault(
        "control-character",
        "holds a character that is not text",
        mark_after(before),
        "delete the character",
    )


def mark_after(text: str) -> Mark:
    """The place just behind `text`, for one who begins at the start of a file."""
    lines = LINE_BREAK.split(text)
    return Mark(len(lines), len(lines[-1]) + 1)
