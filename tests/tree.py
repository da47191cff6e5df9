"""A page as a tree of elements, to be asked what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from outline import VOID

from pitchgen.language.lines import NO_BREAK_SPACE, WORD_JOINER


def tree_of(html: str | bytes) -> Element:
    """The root of a page, whose tags must all be closed."""
    reader = _Reader()
    reader.feed(html.decode() if isinstance(html, bytes) else html)
    reader.close()
    return reader.builder.close()


def texts_in(element: Element) -> Iterator[str]:
    """Every piece of text below an element, in order; not its styles."""
    if element.tag != "style":
        yield element.text or ""
        for child in element:
            yield from texts_in(child)
            yield child.tail or ""


def text_of(element: Element) -> str:
    """All that is to be read in an element, on one line."""
    return re.sub("[ \n]+", " ", "".join(texts_in(element)).replace(WORD_JOINER, "")).strip(" ")


def as_typed(text: str) -> str:
    """A text without what keeps its lines together."""
    return text.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")


def with_class(element: Element, name: str) -> list[Element]:
    """The elements of a class, in order."""
    return [each for each in element.iter() if name in each.get("class", "").split()]


def by_id(page: Element, id: str) -> Element:
    """The one element with this id."""
    (found,) = [each for each in page.iter() if each.get("id") == id]
    return found


def heads(page: Element, *tags: str) -> list[str]:
    """What the headings of these kinds say."""
    return [text_of(each) for each in page.iter() if each.tag in tags]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"{tag} is not what was opened last"
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)
