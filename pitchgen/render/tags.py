"""Tags of templates that do not match: which one stayed when a sentence was deleted with the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError

from pitchgen.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

# What must be closed, and by which word; `set` only where it gives no value.
_OPENING = {
    word: f"end{word}"
    for word in ("if", "for", "block", "macro", "call", "filter", "with", "autoescape", "set")
}
_CLOSING = frozenset(_OPENING.values())
# What stands between an opening and its end, in which of these.
_INSIDE = {"elif": ("if",), "else": ("if", "for")}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it was typed, its first word and its line; `indent` is None where text stands before it."""

    line: int
    word: str
    text: str
    indent: int | None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A tag that stayed, by its line, and what is wrong with that in a sentence about its template."""

    line: int
    message: str


def mismatch(environment: Environment, source: str) -> Mismatch | None:
    """The first tag of a template that has no other to match it; None where all match."""
    tags = tuple(_tags(environment, source))
    count = Counter(tag.word for tag in tags)
    # What has as many ends as beginnings is not what somebody deleted.
    whole = {word for word, end in _OPENING.items() if count[word] == count[end]}
    opened: list[Tag] = []
    for tag in tags:
        if tag.word in _OPENING:
            opened.append(tag)
        elif tag.word in _CLOSING or tag.word in _INSIDE:
            wanted = _INSIDE.get(tag.word, (tag.word.removeprefix("end"),))
            around = opened[-1] if opened else None
            if not around or (around.word not in wanted and around.word in whole):
                return Mismatch(tag.line, f"{tag.text} stands here without {{% {wanted[0]} … %}} before it")
            if around.word not in wanted or _is_of_an_outer(tag, opened):
                return _unclosed(around)
            if tag.word in _CLOSING:
                opened.pop()
    return _unclosed(opened[-1]) if opened else None


def _unclosed(tag: Tag) -> Mismatch:
    return Mismatch(tag.line, f"{tag.text} stands here without its {{% {_OPENING[tag.word]} %}}")


def _is_of_an_outer(tag: Tag, opened: list[Tag]) -> bool:
    """Whether a tag stands below one further out, and not below the last that is open."""
    indents = [each.indent for each in opened if each.word == opened[-1].word]
    return tag.indent is not None and tag.indent in indents and indents[-1] not in (None, tag.indent)


def _tags(environment: Environment, source: str) -> Iterator[Tag]:
    """The tags of a template, as far as it can be read."""
    lines = source.splitlines()
    typed: list[tuple[int, str, str]] = []
    try:
        for line, kind, value in environment.lex(source):
            if kind == "block_begin":
                typed = []
            typed.append((line, kind, value))
            if kind == "block_end" and (tag := _tag(typed, lines)):
                yield tag
    except TemplateSyntaxError:
        return


def _tag(typed: list[tuple[int, str, str]], lines: list[str]) -> Tag | None:
    line = typed[0][0]
    word = next((value for _, kind, value in typed if kind == "name"), "")
    gives_a_value = any(kind == "operator" and value == "=" for _, kind, value in typed)
    if word == "set" and gives_a_value:
        return None
    text = one_line("".join(value for _, _, value in typed))
    before = lines[line - 1].partition("{%")[0]
    return Tag(line, word, text, len(before) if not before.strip() else None)
