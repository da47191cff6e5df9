"""A new entry at the end of a list in a YAML file, with every byte that was there left where it was."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass

import yaml

from pitchgen.load.document import Value, YamlList, YamlMap, decode, parse
from pitchgen.load.faults import LINE_BREAK, Unreadable

_INDENT = 2
# The head of a text in which the empty lines below it count.
_KEEPS = re.compile(r"[|>][1-9]?\+")
_BY_HAND = "nothing can be added to this list safely"


class CannotInsert(Exception):
    """The list is written in a way that a text cannot be added to."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A text, the offset in it where new lines go, their column, and lines to put before them."""

    text: str
    offset: int
    column: int
    before: tuple[str, ...] = ()


def append(content: bytes, key: str, entry: str) -> bytes:
    """The file with `entry`, a list item such as `- id: nps` on lines of its own, as the last under `key`.

    `content` is YAML that `parse` reads. A missing key is added at the end of the file; an empty list
    (nothing, `~` or `[]`) gets its first item. Raises `CannotInsert` when the list stands in brackets,
    or when the result would not read as what was there and the entry.
    """
    text = decode(content)
    eol = "\r\n" if "\r\n" in text else "\n"
    place = _find_place(text, key)
    head, tail = place.text[: place.offset], place.text[place.offset :]
    if head and not LINE_BREAK.fullmatch(head[-1]):
        head += eol
    lines = (*place.before, *(" " * place.column + line if line else "" for line in entry.splitlines()))
    result = head + "".join(line + eol for line in lines) + tail
    added = (BOM_UTF8 if content.startswith(BOM_UTF8) else b"") + result.encode()
    if not _is_with_entry(added, content, key, entry):
        raise CannotInsert(_BY_HAND)
    return added


def _is_with_entry(added: bytes, content: bytes, key: str, entry: str) -> bool:
    """Whether `added` reads as `content` does, but with the entry last under `key`."""
    before, items = parse(content), parse(entry.encode())
    assert isinstance(items, YamlList)
    expected: dict[str, Value | list[Value]] = dict(before) if isinstance(before, YamlMap) else {}
    known = expected.get(key)
    expected[key] = [*(known if isinstance(known, YamlList) else ()), *items]
    try:
        return parse(added) == expected
    except Unreadable:
        return False


def _find_place(text: str, key: str) -> _Place:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return _Place(text, len(text), _INDENT, (f"{key}:",))
    if root.flow_style:
        raise CannotInsert("the file is written in { }")
    for name, value in root.value:
        if name.value == key:
            return _place_in(text, value, name.start_mark.column)
    column = root.start_mark.column
    return _Place(text, len(text), column + _INDENT, ("", " " * column + f"{key}:"))


def _place_in(text: str, value: yaml.Node, column: int) -> _Place:
    if isinstance(value, yaml.SequenceNode) and not value.flow_style:
        leaf = _last_leaf(value)
        written = _next_line(text, leaf.end_mark.index)
        offset = _after_comments(text, written, value.start_mark.column)
        return _Place(text, offset, value.start_mark.column, _gap(text, value, leaf))
    start, end = value.start_mark.index, value.end_mark.index
    if text[start:end].strip("[] \t\r\n") not in {"", "~", "null"}:
        raise CannotInsert("the list is written in [ ]")
    shortened = text[:start] + text[end:]
    return _Place(shortened, _next_line(shortened, start), column + _INDENT)


def _last_leaf(node: yaml.Node) -> yaml.Node:
    """What stands last in a list: a text, or something in brackets."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _next_line(text: str, offset: int) -> int:
    """Where the line after the one at `offset` begins; `offset` itself at the beginning of a line."""
    if offset and LINE_BREAK.fullmatch(text[offset - 1]):
        return offset
    found = LINE_BREAK.search(text, offset)
    return found.end() if found else len(text)


def _after_comments(text: str, offset: int, column: int) -> int:
    """The end of the comments that follow at `offset` and are indented as parts of an item at `column`."""
    end = offset
    while offset < len(text):
        line_end = _next_line(text, offset + 1)
        line = text[offset:line_end]
        stripped = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if stripped and not (stripped.startswith("#") and indent > column):
            break
        offset = line_end
        if stripped:
            end = offset
    return end


def _gap(text: str, items: yaml.SequenceNode, leaf: yaml.Node) -> tuple[str, ...]:
    """An empty line, if one stands above the last of several items and would not become part of it."""
    if len(items.value) == 1 or _KEEPS.match(text, leaf.start_mark.index):
        return ()
    above = LINE_BREAK.split(text)[items.value[-1].start_mark.line - 1]
    return () if above.strip() else ("",)
