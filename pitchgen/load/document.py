"""YAML text to plain data with exact positions, refusing whatever YAML can be abused for.

Every scalar stays the text that was typed: `no`, `010`, `12:30` and `+358…` are what they look
like, and the field that receives them decides what they mean. An empty value, `~` and `null` are
`None`. The C parser's events are read in a single pass, so a file is judged while it streams: a
bomb is refused before it is built, and no recursion can overflow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from pitchgen.load.faults import Fault, Mark, Unreadable, character_fault, mark_after
from pitchgen.load.syntax import QUOTES, syntax_fault, unclosed_quote
from pitchgen.problems import quoting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000

_NOTHING = frozenset({"", "~", "null"})
_ENDS_IN_KEY = re.compile(r"\s[\w-]+: $")


class YamlMap(dict[str, "Value"]):
    """A YAML mapping: a dict that knows where it, its keys and its values stand."""

    __slots__ = ("in_braces", "keys_at", "mark", "values_at")

    def __init__(self, mark: Mark, *, in_braces: bool = False) -> None:
        super().__init__()
        self.mark = mark
        self.in_braces = in_braces
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}

    def put(self, key: str, value: Value, mark: Mark) -> None:
        """Enter a value that stands at `mark`, and its key with it."""
        self[key] = value
        self.keys_at[key] = self.values_at[key] = mark

    def copied(self) -> YamlMap:
        """The same, to enter something else in."""
        copy = YamlMap(self.mark, in_braces=self.in_braces)
        copy.update(self)
        copy.keys_at, copy.values_at = dict(self.keys_at), dict(self.values_at)
        return copy


class YamlList(list["Value"]):
    """A YAML sequence: a list that knows where it and its items stand."""

    __slots__ = ("items_at", "mark")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.items_at: list[Mark] = []


Value = str | None | YamlMap | YamlList


@dataclass(slots=True)
class _Builder:
    """Grows the data from the parser's events; `stack` holds the open collections."""

    root: Value = None
    root_seen: bool = False
    stack: list[YamlMap | YamlList] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    nodes: int = 0
    faults: list[Fault] = field(default_factory=list)
    # The last list item found to have a key twice.
    merged: YamlMap | None = None

    def add(self, value: Value, mark: Mark) -> None:
        """Put a finished or just opened value where the parser stands."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Unreadable(
                Fault("too-large", f"holds more than {MAX_NODES:,} values", mark, "split the file")
            )
        if not self.stack:
            self.root, self.root_seen = value, True
            return
        parent = self.stack[-1]
        if isinstance(parent, YamlList):
            parent.append(value)
            parent.items_at.append(mark)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self.read_key(parent, value, mark)
            return
        self.keys[-1] = None
        if value is None and parent.in_braces:
            self.faults.append(_stray(key, parent.keys_at[key]))
        parent[key] = value
        parent.values_at[key] = mark

    def read_key(self, parent: YamlMap, value: Value, mark: Mark) -> str:
        if value is None or isinstance(value, YamlMap | YamlList):
            raise Unreadable(
                Fault(
                    "bad-key",
                    "a key must be a word",
                    mark,
                    "write `key: value`; put quotes around a text that holds `: ` or `{`",
                )
            )
        if value in parent.keys_at:
            self.faults += self.twice(value, parent, mark)
        parent.keys_at[value] = mark
        return value

    def twice(self, key: str, parent: YamlMap, mark: Mark) -> Iterator[Fault]:
        """A key that its group has already; in a list item the first only, for mostly its dash is missing."""
        first = parent.keys_at[key].line
        message = quoting(f"'{{}}' stands twice here; the first is on line {first}", key)
        in_list = len(self.stack) > 1 and isinstance(self.stack[-2], YamlList)
        if not in_list:
            yield Fault("duplicate-key", message, mark, "keep one of them")
        elif self.merged is not parent:
            self.merged = parent
            hint = "if a new list item begins here, write `- ` before it; else keep one of them"
            yield Fault("duplicate-key", message, mark, hint)

    def open(self, collection: YamlMap | YamlList) -> None:
        self.add(collection, collection.mark)
        if len(self.stack) >= MAX_DEPTH:
            raise Unreadable(
                Fault("too-deep", f"is nested more than {MAX_DEPTH} levels deep", collection.mark)
            )
        self.stack.append(collection)
        self.keys.append(None)

    def close(self) -> None:
        self.stack.pop()
        self.keys.pop()


def parse(content: bytes) -> Value:
    """Read one YAML document.

    Raises `Unreadable` with every fault found: bytes that are not UTF-8, a syntax error, several
    documents, anchors, aliases, tags, duplicate keys, or more bytes, values or levels than
    `MAX_BYTES`, `MAX_NODES` and `MAX_DEPTH`.
    """
    text = decode(content)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if handle := _HANDLERS.get(type(event)):
                handle(builder, event)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(*builder.faults, syntax_fault(error, text)) from None
    except yaml.reader.ReaderError as error:
        raise Unreadable(*builder.faults, character_fault(error, text)) from None
    if builder.faults:
        raise Unreadable(*builder.faults)
    return builder.root


def decode(content: bytes) -> str:
    """UTF-8 bytes, with or without a byte-order mark, to text. Raises `Unreadable`."""
    if len(content) > MAX_BYTES:
        size = f"is larger than {MAX_BYTES // 1_000_000} MB"
        raise Unreadable(Fault("too-large", size, Mark(1, 1), "split the file"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            Fault(
                "encoding", "is saved as UTF-16", Mark(1, 1), "save it as UTF-8 (Notepad: Save as, Encoding)"
            )
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = mark_after(content[: error.start].decode("utf-8-sig", errors="replace"))
        raise Unreadable(Fault("encoding", "is not UTF-8 text", mark, "save the file as UTF-8")) from None


def _mark(event: yaml.Event) -> Mark:
    start: Any = event.start_mark
    return Mark(start.line + 1, start.column + 1)


def _stray(key: str, mark: Mark) -> Fault:
    return Fault(
        "stray-key",
        quoting("'{}' has no value; inside {{ }} a comma ends a text", key),
        mark,
        "put the text in quotes, or write each key on a line of its own without { }",
    )


def _on_scalar(builder: _Builder, event: yaml.ScalarEvent) -> None:
    mark = _mark(event)
    if event.anchor is not None or event.tag is not None:
        _refuse_extras(event, mark)
    value = event.value
    if _swallows_a_key(event):
        raise Unreadable(unclosed_quote(mark))
    if not event.style and value in _NOTHING:
        builder.add(None, mark)
    else:
        builder.add(value, mark)


def _swallows_a_key(event: yaml.ScalarEvent) -> bool:
    """Whether a text in quotes runs on to the next text in quotes: from `a: "b` to `c: "` on a line below."""
    start: Any = event.start_mark
    end: Any = event.end_mark
    return event.style in QUOTES and end.line > start.line and bool(_ENDS_IN_KEY.search(event.value))


def _on_mapping(builder: _Builder, event: yaml.MappingStartEvent) -> None:
    mark = _mark(event)
    _refuse_extras(event, mark)
    builder.open(YamlMap(mark, in_braces=bool(event.flow_style)))


def _on_sequence(builder: _Builder, event: yaml.SequenceStartEvent) -> None:
    mark = _mark(event)
    _refuse_extras(event, mark)
    builder.open(YamlList(mark))


def _on_end(builder: _Builder, _event: yaml.Event) -> None:
    builder.close()


def _on_document(builder: _Builder, event: yaml.DocumentStartEvent) -> None:
    if builder.root_seen:
        raise Unreadable(
            Fault(
                "several-documents",
                "holds more than one document",
                _mark(event),
                "remove the line `---`, or move what follows it to a file of its own",
            )
        )


def _on_alias(_builder: _Builder, event: yaml.AliasEvent) -> None:
    raise Unreadable(
        Fault(
            "alias",
            quoting("'*{}' is a YAML alias, which pitchgen does not read", str(event.anchor)),
            _mark(event),
            'write the text out, or put it in quotes: "*…"',
        )
    )


def _refuse_extras(event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark) -> None:
    """Anchors and tags: nothing HR needs, and the door to alias bombs and code execution."""
    if event.anchor is not None:
        message = quoting("'&{}' is a YAML anchor, which pitchgen does not read", event.anchor)
        raise Unreadable(Fault("anchor", message, mark, 'put a text in quotes: "&…"'))
    if event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = quoting("'{}' is a YAML tag, which pitchgen does not read", tag)
        raise Unreadable(Fault("tag", message, mark, 'put a text in quotes: "!…"'))


_HANDLERS: dict[type[yaml.Event], Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _on_scalar,
    yaml.MappingStartEvent: _on_mapping,
    yaml.SequenceStartEvent: _on_sequence,
    yaml.MappingEndEvent: _on_end,
    yaml.SequenceEndEvent: _on_end,
    yaml.DocumentStartEvent: _on_document,
    yaml.AliasEvent: _on_alias,
}
