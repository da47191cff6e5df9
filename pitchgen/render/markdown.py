"""Markdown prose to blocks: what is printed as HTML and what is said aloud come from the same parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import nh3

from pitchgen.render.commonmark import LEFT_OVER, NUMBER, Parser, Stars
from pitchgen.render.links import SCHEMES, works_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from pitchgen.problems import Problem

_TAGS = {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a", "br", "hr", "blockquote"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start", "style"}, "li": {"value", "style"}}
_EMPTY_LINES = re.compile(r"\n{3,}")
_MARKERS = re.compile(r"\s*((>|[-*+]|#{1,6}|\d{1,9}[.)])\s+)*")
_START_ESCAPE = re.compile(r"(?<=[^\w\\])(\d*)\\([>~+=.)-])")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as it is said: `kind` is heading, paragraph, item, step or quote.

    A step is an item of a numbered list; its text begins with its number. `lead` are the bold words that
    a block begins with, if it does, behind that number.
    """

    kind: str
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A filled-in prose template: as Markdown, as clean HTML, and as spoken blocks.

    `body` is the HTML without the heading the prose begins with; `heading` is that heading's text,
    or the first line of a prose without one. `local_links` are the addresses that lead nowhere for its
    reader, `stars` those left in each paragraph that has some, and `problems` what is weak in it. `passages`
    are the Markdown of those parts that have names, with these.
    """

    markdown: str
    heading: str
    body: str
    blocks: tuple[Block, ...]
    local_links: tuple[str, ...] = ()
    stars: tuple[tuple[Stars, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """Everything that is said."""
        return "\n".join(block.text for block in self.blocks)


def read_prose(markdown: str) -> Prose:
    """Parse Markdown once; raw HTML in it is text, and only plain links survive."""
    parser = _parser()
    aside: dict[str, list[tuple[Stars, ...]]] = {LEFT_OVER: []}
    tokens = parser.parse(markdown, aside)
    blocks = _blocks(tokens)
    has_heading = bool(blocks) and blocks[0].kind == "heading"
    html = parser.renderer.render(tokens[3:] if has_heading else tokens, parser.options, {})
    return Prose(
        _tidy(markdown),
        blocks[0].text if blocks else "",
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None),
        blocks,
        tuple(_local_links(tokens)),
        tuple(aside[LEFT_OVER]),
    )


@cache
def _parser() -> Parser:
    parser = Parser()
    # With the first text it puts its rules in order, which no two threads may be at once.
    parser.parse("*")
    return parser


def _local_links(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and not works_elsewhere(address := str(child.attrs["href"])):
                yield address


def _tidy(markdown: str) -> str:
    lines = [_without_needless_escapes(line.rstrip(" \t")) for line in markdown.splitlines()]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def _without_needless_escapes(line: str) -> str:
    """Take back the escapes that only matter at the start of a line, where they are not there."""
    start = _MARKERS.match(line)
    at = start.end() if start else 0
    return line[:at] + _START_ESCAPE.sub(r"\1\2", line[at:])


def _blocks(tokens: list[Token]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    enclosing: list[str] = []
    number = ""
    for token in tokens:
        if token.type == "list_item_open":
            number = token.meta.get(NUMBER, "")
        if token.nesting == 1:
            enclosing.append(token.tag)
        elif token.nesting == -1:
            enclosing.pop()
        elif token.type == "inline":
            blocks.append(_block(_kind(enclosing), token, number))
            number = ""
        elif token.type in ("fence", "code_block"):
            blocks.append(Block("paragraph", token.content.strip()))
    return tuple(blocks)


def _block(kind: str, inline: Token, number: str) -> Block:
    text, lead = _plain(inline.children or ()), _lead(inline)
    if not number:
        return Block(kind, text, lead)
    return Block("step", f"{number} {text}", f"{number} {lead}" if lead else "")


def _kind(enclosing: list[str]) -> str:
    if enclosing[-1].startswith("h"):
        return "heading"
    if "li" in enclosing:
        return "item"
    return "quote" if "blockquote" in enclosing else "paragraph"


def _lead(inline: Token) -> str:
    children = [child for child in inline.children or () if child.type != "text" or child.content]
    types = [child.type for child in children]
    return _plain(children[: types.index("strong_close")]) if types[:1] == ["strong_open"] else ""


def _plain(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
