"""Spelling: a text, a list or a group as YAML that pitchgen reads back as what it was."""

from __future__ import annotations

import re
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import yaml

from pitchgen.load.document import YamlMap, parse
from pitchgen.load.faults import LINE_BREAK, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# What an edit can put into a file: a text, a list or a group of keys.
Plain = str | list["Plain"] | dict[str, "Plain"]

INDENT = 2


class OneLine(dict[str, Plain]):
    """A group that stands on one line: `{value: 44, n: 598}`."""


# Longer texts are folded into lines of this width, as people write them by hand.
WIDTH = 118
# What needs no quotation marks though other programs take it for a number, a date or a truth: it is one.
_AS_IT_IS = re.compile(
    r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}:[0-9]{2}|true|false"
)
_TEXT_TAG = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()


class Spelled(NamedTuple):
    """What stands behind a key or a dash, and the lines below it, not yet indented."""

    head: str
    body: tuple[str, ...] = ()

    def lines(self, column: int) -> tuple[str, ...]:
        """The lines below, indented for a key or a dash in this column, from 0."""
        return tuple(" " * (column + INDENT) + line if line else "" for line in self.body)


def spelled(
    value: Plain, column: int, style: str | None = None, *, after_dash: bool = False, safely: bool = False
) -> Spelled:
    """A value for a key or a dash in this column, from 0; a text in the style that it had, if that does.

    `safely` writes texts as they can stand anywhere, though nobody would by hand.
    """
    if isinstance(value, str):
        return Spelled(_in_double_quotes(value)) if safely else _text(value, column, style)
    if not value or isinstance(value, OneLine):
        return Spelled(in_braces(value))
    inner = [line for part in _parts(value, column + INDENT, safely=safely) for line in part]
    return Spelled(inner[0], tuple(inner[1:])) if after_dash else Spelled("", tuple(inner))


def _parts(value: list[Plain] | dict[str, Plain], column: int, *, safely: bool) -> Iterator[tuple[str, ...]]:
    """The lines of each item or key, with what is below it indented as far as it must be inside."""
    if isinstance(value, list):
        for each in value:
            new = spelled(each, column, after_dash=True, safely=safely)
            yield f"- {new.head}", *new.lines(0)
    else:
        for key, each in value.items():
            new = spelled(each, column, safely=safely)
            yield f"{in_braces(key)}: {new.head}".rstrip(), *new.lines(0)


def in_braces(value: Plain) -> str:
    """A value on one line, as it can stand in brackets and braces."""
    if isinstance(value, list):
        return f"[{', '.join(map(in_braces, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{in_braces(key)}: {in_braces(each)}' for key, each in value.items())}}}"
    spellings = _on_one_line(value, None)
    fitting = (each for each in spellings if _reads(f"k: {{{each}: [{each}, {each}]}}\n", [value, value]))
    return next(fitting, _in_double_quotes(value))


def _text(value: str, column: int, style: str | None) -> Spelled:
    fitting = (each for each in _spellings(value, column, style) if _reads(_alone(each), value))
    return next(fitting, Spelled(_in_double_quotes(value)))


def _spellings(value: str, column: int, style: str | None) -> Iterator[Spelled]:
    room = WIDTH - column - INDENT
    if style == ">" or (style is None and len(value) > room and "\n" not in value):
        yield Spelled(f">{_chomping(value)}", tuple(_folded(value, room)))
    if "\n" in value:
        indicator = INDENT if value[0] in " \n" else ""
        yield Spelled(f"|{indicator}{_chomping(value)}", tuple(value.removesuffix("\n").split("\n")))
    yield from (Spelled(each) for each in _on_one_line(value, style))


def _on_one_line(value: str, style: str | None) -> Iterator[str]:
    """A text without quotation marks, in single and in double ones; first as it was before."""
    single, double = "'" + value.replace("'", "''") + "'", _in_double_quotes(value)
    first = {"'": [single], '"': [f'"{value}"']}.get(style or "", [])
    resolved: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    is_plain = resolved == _TEXT_TAG or _AS_IT_IS.fullmatch(value)
    for each in chain(first, [value] if is_plain else (), [single]):
        if not LINE_BREAK.search(each):
            yield each
    yield double


def _in_double_quotes(value: str) -> str:
    written: str = yaml.safe_dump(value, allow_unicode=True, width=inf, default_style='"')
    return written.rstrip("\n")


def _chomping(value: str) -> str:
    """What says behind | and > how many line breaks the text ends in."""
    if not value.endswith("\n"):
        return "-"
    return "+" if value.endswith("\n\n") or value == "\n" else ""


def _folded(value: str, room: int) -> Iterator[str]:
    """A text in lines of at most so many characters; what was a line break is an empty line."""
    for n, paragraph in enumerate(value.removesuffix("\n").split("\n")):
        if n:
            yield ""
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > room:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line or not n:
            yield line


def _alone(written: Spelled) -> str:
    """A document with nothing but this."""
    return "\n".join((f"k: {written.head}", *written.lines(0), ""))


def _reads(document: str, value: object) -> bool:
    """Whether the value of the document's key is this."""
    try:
        data = parse(document.encode())
    except (Unreadable, UnicodeEncodeError):
        return False
    assert isinstance(data, YamlMap)
    found = data.get("k")
    return (next(iter(found.values())) if isinstance(found, YamlMap) else found) == value
