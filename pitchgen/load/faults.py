"""Why a file cannot be read: each fault with its place, in words for someone who is no programmer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pitchgen.problems import Problem

if TYPE_CHECKING:
    import yaml

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int


# Of the file as a whole, and of what stands in none.
NOWHERE = Mark(0, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be used, as the end of a sentence that begins with its name."""

    code: str
    message: str
    mark: Mark = NOWHERE
    hint: str = ""

    def problem(self, path: str) -> Problem:
        """The fault of the file at this path, none of whose lines is quoted."""
        return Problem(self.code, self.message, path, *self.mark, hint=self.hint)


class Unreadable(Exception):
    """A file that cannot be had, or holds nothing that pitchgen accepts."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(faults[0].message)


def unreadable(code: str, message: str, hint: str = "", mark: Mark = NOWHERE) -> Unreadable:
    """A file with one fault."""
    return Unreadable(Fault(code, message, mark, hint))


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
