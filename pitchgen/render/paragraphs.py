"""A filled-in page as paragraphs of runs, which is what a word processor holds of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE_BREAK = "\n"

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol")
_BLOCKS = {*_HEADINGS, *_LISTS, "body", "header", "main", "section", "div", "p", "li", "blockquote"}
# A drawing's title is for who cannot see it; what a document says in one stands beside it as text.
_UNSEEN = {"head", "style", "script", "svg"}
_VOID = {"meta", "br", "hr", "img", "link", "wbr"}
# What HTML takes for one space; no-break spaces stay.
_SPACES = re.compile("[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind, or a `LINE_BREAK`.

    `marks` are the elements and classes it stands in inside its paragraph; an `img` is one with the text that
    it has instead. `language` is the code of its own, and `link` the address it leads to, if there are.
    """

    text: str
    marks: frozenset[str] = frozenset()
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `kind` is a heading's element, or `blockquote`, `ul`, `ol` or `p`.

    `marks` are the elements and classes that it stands in. An item is in a list so many `levels` deep,
    which `goes_on` when it is not the first paragraph of its item; in one that somebody numbered it has its
    `number`.
    """

    kind: str
    runs: tuple[Run, ...]
    marks: frozenset[str]
    levels: int = 0
    number: int | None = None
    goes_on: bool = False


@dataclass(slots=True)
class _Element:
    tag: str
    marks: frozenset[str]
    language: str
    link: str
    number: int | None = None
    begun: bool = False


def paragraphs_of(html: str) -> list[Paragraph]:
    """The paragraphs of a whole page, those without text left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.paragraphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[Paragraph] = []
        self._open: list[_Element] = []
        self._runs: list[Run] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._runs.append(Run(LINE_BREAK))
        elif tag == "img":
            self._say(given.get("alt", ""), {tag, *given.get("class", "").split()})
        elif tag not in _VOID:
            if tag in _BLOCKS and not self._begins_its_item(tag):
                self._end_paragraph()
            marks = frozenset([tag, *given.get("class", "").split()])
            element = _Element(tag, marks, given.get("lang", ""), given.get("href", ""))
            # As in the style sheets, a list with a class has no numbers.
            if tag == "ol" and not given.get("class"):
                element.number = _whole(given.get("start"), 1)
            elif tag == "li":
                element.number = self._count(given.get("value"))
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(element.tag in _UNSEEN for element in self._open):
            self._say(_SPACES.sub(" ", data))

    def _say(self, text: str, marks: Iterable[str] = ()) -> None:
        around = [element for element in self._open if element.tag not in _BLOCKS]
        language = next((each.language for each in reversed(self._open) if each.language), "")
        link = next((each.link for each in reversed(around) if each.link), "")
        self._runs.append(
            Run(text, frozenset().union(marks, *(each.marks for each in around)), language, link)
        )

    def _begins_its_item(self, tag: str) -> bool:
        """Whether the paragraph that begins is one with what its item began with, such as a time."""
        return (
            tag == "p" and self._open[-1:] != [] and self._open[-1].tag == "li" and not self._open[-1].begun
        )

    def _count(self, value: str | None) -> int | None:
        """The number of the item that begins in the innermost list, if it is a numbered one."""
        around = next((each for each in reversed(self._open) if each.tag in _LISTS), None)
        if around is None or around.number is None:
            return None
        number = _whole(value, around.number)
        around.number = number + 1
        return number

    def _end_paragraph(self) -> None:
        runs, self._runs = _trimmed(self._runs), []
        if not runs:
            return
        item = next((each for each in reversed(self._open) if each.tag == "li"), None)
        self.paragraphs.append(
            Paragraph(
                kind=self._kind(),
                runs=runs,
                marks=frozenset().union(*(each.marks for each in self._open if each.tag in _BLOCKS)),
                levels=sum(each.tag in _LISTS for each in self._open),
                number=item.number if item else None,
                goes_on=bool(item and item.begun),
            )
        )
        if item:
            item.begun = True

    def _kind(self) -> str:
        kinds = (*_HEADINGS, *_LISTS, "blockquote")
        return next((each.tag for each in reversed(self._open) if each.tag in kinds), "p")


def _whole(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() else otherwise


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without spaces where lines begin and end, nor two in a row."""
    kept: list[Run] = []
    for run in runs:
        begins = not kept or kept[-1].text.endswith((" ", LINE_BREAK))
        text = run.text.lstrip(" ") if begins and run.text != LINE_BREAK else run.text
        if text:
            kept.append(replace(run, text=text))
    while kept and not (text := kept[-1].text.rstrip(f" {LINE_BREAK}")):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=text)
    return tuple(kept)
