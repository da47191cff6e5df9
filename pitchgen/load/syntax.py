"""What a parser of YAML tripped over, in words for someone who is no programmer.

The parser notices many slips only lines later and calls them by other names. So the lines before are looked
at first, for a quotation mark that is never closed, and a space or a dash left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import yaml

from pitchgen.load.faults import LINE_BREAK, Fault, Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUOTES = ('"', "'")

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
        "a key has no colon, a list item no dash, or a text runs over its line",
        "write `key: text` or `- text`; put a long text in quotes or after `>-`",
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
    "did not find expected ',' or",
)

# The second is said of a line in the first column when what is above it is indented.
_OUT_OF_ITS_GROUP = ("did not find expected key", "did not find expected <document start>")

_KEY = re.compile(r"\s*(- )?[\w-]+")
_KEY_OR_ITEM = re.compile(r"\s*(- |[\w-]+:(\s|$))")
_COMMENT_OR_EMPTY = re.compile(r"\s*(#.*)?")
_GLUED_COLON = re.compile(r"\s*(?:- +)?[^\W\d][\w-]*:(?=[^\s:/])")
_GLUED_DASH = re.compile(r"\s*-(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class _Stop:
    """What the parser said of a text, the place where it gave up, and where what it was parsing began."""

    said: str
    text: str
    lines: list[str]
    at: Mark
    began: Mark

    @property
    def line(self) -> str:
        return self.lines[self.at.line - 1]

    @property
    def before(self) -> str:
        return self.line[: self.at.column - 1]

    @property
    def above(self) -> int:
        """The number of the nearest line above that says anything; 1 when there is none."""
        return next(self.numbers(range(self.at.line - 1, 0, -1)), 1)

    @property
    def at_a_key(self) -> bool:
        """Whether the parser did not expect the key, or the item that begins with one, of its line."""
        return "mapping values are not allowed" in self.said and bool(_KEY.fullmatch(self.before))

    def numbers(self, within: range) -> Iterator[int]:
        """The numbers of the lines that are not empty and no comments."""
        return (n for n in within if not _COMMENT_OR_EMPTY.fullmatch(self.lines[n - 1]))

    def indent(self, number: int) -> int:
        return len(_indent(self.lines[number - 1]))


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """What the parser tripped over."""
    lines = LINE_BREAK.split(text)
    at = _mark(error.problem_mark or error.context_mark, lines)
    stop = _Stop(
        error.problem or "", text, lines, at, _mark(error.context_mark, lines) if error.context_mark else at
    )
    for look in _LOOKS:
        if fault := look(stop):
            return fault
    for needle, message, hint in _SYNTAX:
        if needle in stop.said:
            from_start = needle in _FROM_THE_START and stop.began.line < stop.at.line
            return _fault(message, stop.began if from_start else stop.at, hint)
    return _fault("this line cannot be understood", stop.at, f"check its indentation, or {_QUOTE}")


def unclosed_quote(mark: Mark) -> Fault:
    """A text in quotes that begins at `mark` and never ends."""
    return _fault("this quotation mark is never closed", mark, "close it")


def _mark(mark: Any, lines: list[str]) -> Mark:
    """A place of the parser, who may stop behind the last line."""
    if mark is None:
        return Mark(1, 1)
    return Mark(mark.line + 1, mark.column + 1) if mark.line < len(lines) else Mark(len(lines), 1)


def _fault(message: str, mark: Mark, hint: str) -> Fault:
    return Fault("not-yaml", message, mark, hint)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _odd_blanks(stop: _Stop) -> Fault | None:
    """A no-break space or a tab where only spaces may stand."""
    above = stop.lines[stop.at.line - 2] if stop.at.line > 1 else ""
    if "\u00a0" in _indent(stop.line) + _indent(above):
        message = "this line or the one above begins with a no-break space"
        return _fault(message, stop.at, "type its indentation anew")
    if "\t" in _indent(stop.line) and "cannot start any token" in stop.said:
        return _fault("this line begins with a tab", stop.at, "indent with spaces")
    return None


def _unclosed_quote(stop: _Stop) -> Fault | None:
    """A text whose quotation mark is closed only by the one that opens a text some lines below."""
    for began, ended in _quoted_texts(stop.text):
        inside = stop.lines[began.line : ended.line]
        if ended.line == stop.at.line and any(_KEY_OR_ITEM.match(line) for line in inside):
            return unclosed_quote(began)
    return None


def _quoted_texts(text: str) -> Iterator[tuple[Mark, Mark]]:
    """Where each text in quotes begins and ends, up to where nothing can be told any more."""
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in QUOTES:
                start: Any = token.start_mark
                end: Any = token.end_mark
                yield Mark(start.line + 1, start.column + 1), Mark(end.line + 1, end.column + 1)
    except yaml.YAMLError:
        return


def _glued(stop: _Stop) -> Fault | None:
    """A key or a dash without the space that makes it one."""
    if stop.at_a_key:
        n = stop.above
    elif "could not find expected ':'" in stop.said:
        n = stop.began.line
    elif "did not find expected '-' indicator" in stop.said:
        n = stop.at.line
    else:
        return None
    for sign, pattern in (("colon", _GLUED_COLON), ("dash", _GLUED_DASH)):
        if found := pattern.match(stop.lines[n - 1]):
            hint = f"put a space after it; or, if it belongs to a text, {_QUOTE}"
            return _fault(f"there is no space after this {sign}", Mark(n, found.end()), hint)
    return None


def _further_in(stop: _Stop) -> Fault | None:
    """A group that stands further in than what follows: mostly one whose dash or first line is missing."""
    if not any(words in stop.said for words in _OUT_OF_ITS_GROUP) or stop.before.strip():
        return None
    column = len(stop.before)
    group = list(takewhile(lambda n: stop.indent(n) > column, stop.numbers(range(stop.at.line - 1, 0, -1))))
    if not group:
        return None
    first = group[-1]
    lost_dash = _is_item(stop.line) and not _is_item(stop.lines[first - 1])
    # When what comes next lines up with the group, it is the line of the fault that stands too far out.
    after = stop.numbers(range(stop.at.line + 1, len(stop.lines) + 1))
    next_in_group = next((n for n in after if stop.indent(n) <= stop.indent(first)), None)
    if not lost_dash and (next_in_group is None or stop.indent(next_in_group) != column):
        return None
    message = f"this does not line up with line {stop.at.line}"
    hint = "begin all keys of a group in one column, and likewise all items of a list, each with `- `"
    return _fault(message, Mark(first, stop.indent(first) + 1), hint)


def _out_of_line(stop: _Stop) -> Fault | None:
    """A key that stands further in than the one above."""
    if not stop.at_a_key:
        return None
    if _is_item(stop.line):
        message = "this list item belongs to no key, or does not line up with the lines above it"
        hint = (
            "write the key of the list, such as `needs:`, above its first item; begin all items in one column"
        )
        return _fault(message, Mark(stop.at.line, stop.indent(stop.at.line) + 1), hint)
    message = "this line does not line up with the one above it, or that one has no colon after its key"
    return _fault(message, stop.at, "begin keys of one group in the same column, each with `: ` after it")


def _after_quote(stop: _Stop) -> Fault | None:
    """A text that goes on behind what closed it."""
    if "did not find expected key" not in stop.said or not stop.before.rstrip().endswith(
        ('"', "'", "]", "}")
    ):
        return None
    message = "the text goes on after its closing quotation mark or bracket"
    return _fault(message, stop.at, "put the whole text in single quotes, and write '' for a ' in it")


_LOOKS: tuple[Callable[[_Stop], Fault | None], ...] = (
    _odd_blanks,
    _unclosed_quote,
    _glued,
    _further_in,
    _out_of_line,
    _after_quote,
)
