"""Splice: the text of a YAML file with one value of it put in, added or cut out, and every other byte left.

The parser says where each key and value begins and ends. Offsets count from 0 in a text that begins without
a byte-order mark; what is new in it gets the ends of lines that it has already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from pitchgen.keep.spelling import INDENT, Plain, in_braces, spelled
from pitchgen.load.faults import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pitchgen.problems import Loc

_BREAKS = "\n\r\x85\u2028\u2029"
_HEADER = re.compile(r"[|>][-+0-9]*")
_KEEPS = re.compile(r"[|>][1-9]?\+")
_LINE_BELOW = re.compile(f"(?<=[{_BREAKS}])(?=[^{_BREAKS}])")


class _Loader(yaml.CSafeLoader):
    """A parser that does not ask what a text could mean, which takes it long and changes no place."""

    yaml_implicit_resolvers: ClassVar[dict[str, object]] = {}  # type: ignore[misc]  # it is none of each


@dataclass(frozen=True, slots=True)
class _Slot:
    """A value, and the group or list of which it is part `n`; the whole of a file is part of none."""

    node: Any
    parent: Any = None
    n: int = 0

    @property
    def key(self) -> Any:
        return self.parent.value[self.n][0] if isinstance(self.parent, yaml.MappingNode) else None

    @property
    def in_braces(self) -> bool:
        return self.parent is None or bool(self.parent.flow_style)

    @property
    def column(self) -> int:
        """That of its key or dash."""
        return int((self.key or self.parent).start_mark.column)


def put(text: str, loc: Loc, value: Plain, *, safely: bool = False) -> str:
    """Another value in place of the one at `loc`; a text is written in the style that the one before had."""
    slot = _slot(text, loc)
    node, start, end = slot.node, _start(slot.node), _end(text, slot.node)
    if slot.in_braces:
        return text[:start] + in_braces(value) + text[end:]
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    new = spelled(value, slot.column, style, after_dash=slot.key is None, safely=safely)
    # Of the old value, what is on its first line ends at `end`, and the lines below are `first` to `last`.
    first = last = _line_end(text, end)
    if style in ("|", ">"):
        end = start + len(_HEADER.match(text, start)[0])  # type: ignore[index]  # that is how one begins
        first = _line_end(text, end)
    elif _is_block(node) and slot.key:
        # Remarks above it stay.
        first = _above(text, _line_start(text, start))
        start = end = text.index(":", _end(text, slot.key)) + 1
    head = new.head if not new.head or text[start - 1] in f" \t{_BREAKS}" else f" {new.head}"
    rest = text[end:first]
    before = text[:start] + head if head else text[:start].rstrip(" \t")
    return (
        before + (rest if head or rest.strip() else "") + _lines(text, new.lines(slot.column)) + text[last:]
    )


def add_key(
    text: str, loc: Loc, key: str, value: Plain, order: Sequence[str], *, safely: bool = False
) -> str:
    """A key more in the group at `loc`, where it stands in `order`; one that is not in it comes last."""
    group = _slot(text, loc).node
    known = [name.value for name, _ in group.value]
    earlier = {*order[: order.index(key)]} if key in order else {*known}
    n = max((n for n, name in enumerate(known) if name in earlier), default=-1)
    if group.flow_style:
        return _add_in_braces(text, group, n, f"{in_braces(key)}: {in_braces(value)}")
    column = int(group.value[0][0].start_mark.column)
    new = spelled(value, column, safely=safely)
    lines = [f"{in_braces(key)}: {new.head}".rstrip(), *new.lines(column)]
    if n < 0:
        start = _start(group.value[0][0])
        return text[:start] + _eol(text).join([*lines, " " * column]) + text[start:]
    lines[0] = " " * column + lines[0]
    last = _past_remarks(text, group.value[n][1], column)
    # Groups at the top of a file that are set apart by empty lines stay so.
    is_apart = column == 0 and new.body and not text[last : _line_end(text, last + 1)].strip() and text[last:]
    return text[:last] + _lines(text, ["", *lines] if is_apart else lines) + text[last:]


def add_item(text: str, loc: Loc, value: Plain, *, safely: bool = False) -> str:
    """An item more at the end of the list at `loc`, which has others or stands in brackets."""
    items = _slot(text, loc).node
    if items.flow_style:
        return _add_in_braces(text, items, len(items.value) - 1, in_braces(value))
    column, item = int(items.start_mark.column), items.value[-1]
    new = spelled(value, column, after_dash=True, safely=safely)
    is_apart = len(items.value) > 1 and not LINE_BREAK.split(text)[item.start_mark.line - 1].strip()
    lines = [*([""] if is_apart else []), " " * column + f"- {new.head}", *new.lines(column)]
    last = _past_remarks(text, item, column)
    return text[:last] + _lines(text, lines) + text[last:]


def _past_remarks(text: str, node: Any, column: int) -> int:
    """The end of the last line of a value, or of remarks below it that are further in than this column."""
    last = _line_end(text, _end(text, node))
    remarks = re.compile(rf"((\r\n|[{_BREAKS}]) {{{column + 1},}}#[^{_BREAKS}]*)+").match(text, last)
    return remarks.end() if remarks else last


def _add_in_braces(text: str, collection: Any, n: int, new: str) -> str:
    """Something more behind part `n` of what stands in brackets or braces; behind none if that is -1."""
    if n < 0:
        start = _start(collection) + 1
        return text[:start] + new + (", " if collection.value else "") + text[start:]
    end = _end(text, _last(collection.value[n]))
    return f"{text[:end]}, {new}{text[end:]}"


def cut(text: str, loc: Loc) -> str:
    """Without the key or the item at `loc`, of which its group or list has others too."""
    slot = _slot(text, loc)
    parts = slot.parent.value
    start, end = _start(slot.key or slot.node), _end(text, slot.node)
    following = _start(_first(parts[slot.n + 1])) if slot.n + 1 < len(parts) else None
    if slot.in_braces:
        if following is None:
            start, following = _end(text, _last(parts[slot.n - 1])), end
        return text[:start] + text[following:]
    if slot.key and following and text[_line_start(text, start) : start].strip():
        # It stands behind a dash, where the next key comes unless a remark is between them.
        return text[:start] + text[end if text[end:following].strip() else following :]
    if not slot.key:
        start = _dash(text, start, slot.column)
    first, last = _line_start(text, start), _line_end(text, end)
    if last == len(text):
        return text[: _above(text, first)]
    return text[:first] + text[LINE_BREAK.match(text, last).end() :]  # type: ignore[union-attr]  # it is there


def nest(text: str, loc: Loc, key: str | None) -> str:
    """The group or list at `loc` under this key of a new group in its place; None makes it a list's item."""
    node = _slot(text, loc).node
    start, end = _start(node), _end(text, node)
    if node.flow_style:
        opening, closing = ("[", "]") if key is None else (f"{{{key}: ", "}")
        return text[:start] + opening + text[start:end] + closing + text[end:]
    inner = _LINE_BELOW.sub(" " * INDENT, text[start:end])
    above = "- " if key is None else f"{key}:{_eol(text)}{' ' * (node.start_mark.column + INDENT)}"
    return text[:start] + above + inner + text[end:]


def _slot(text: str, loc: Loc) -> _Slot:
    """Where the value at `loc` stands, which must be there."""
    slot = _Slot(yaml.compose(text, Loader=_Loader))
    for part in loc:
        parts = slot.node.value
        n = (
            part
            if isinstance(part, int)
            else next(n for n, (key, _) in enumerate(parts) if key.value == part)
        )
        slot = _Slot(_last(parts[n]), slot.node, n)
    return slot


def _first(part: Any) -> Any:
    """The node of an item, or of a key."""
    return part[0] if isinstance(part, tuple) else part


def _last(part: Any) -> Any:
    """The node of an item, or of a key's value."""
    return part[1] if isinstance(part, tuple) else part


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _start(node: Any) -> int:
    return int(node.start_mark.index)


def _end(text: str, node: Any) -> int:
    """The place just behind what counts of a value; for a text that keeps the empty lines below it, these."""
    while _is_block(node):
        node = _last(node.value[-1])
    start, written = _start(node), text[_start(node) : node.end_mark.index]
    return start + (_above(written, len(written)) if _KEEPS.match(written) else len(written.rstrip()))


def _dash(text: str, start: int, column: int) -> int:
    """The dash in this column of the item that begins at `start`, or on a line above it."""
    line = _line_start(text, start)
    while line and text[line + column : line + column + 1] != "-":
        line = _line_start(text, line - 1)
    return line + column


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind(each, 0, offset) for each in _BREAKS) + 1


def _line_end(text: str, offset: int) -> int:
    """Where the line ends, before its line break."""
    found = LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)


def _above(text: str, line_start: int) -> int:
    """The end of the line above, before its line break."""
    return len(text[:line_start].removesuffix("\n").removesuffix("\r"))


def _eol(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _lines(text: str, lines: Iterable[str]) -> str:
    """Lines to stand below one that is there."""
    return "".join(_eol(text) + line for line in lines)
