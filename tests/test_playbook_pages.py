"""The playbook on paper: chapters where the contents say, tags for who listens, room for odd workspaces."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from every_document import LANGUAGES, THE_DAY
from playbooks import FULL, chapters, contents, crowd
from pypdf import PdfReader
from tags import Tag, tags_of
from tree import heads, text_of, tree_of
from workspaces import REPOSITORY, SMALL, linked, write_tree

from pitchgen.documents import Document, Rendered, Studio
from pitchgen.render.html import paper_html
from pitchgen.render.press import Press

STARTER = [f"starter {language}" for language in LANGUAGES]
ODD: Mapping[str, Mapping[str, str]] = {"full": FULL, "alone": SMALL, "twelve": {**SMALL, **crowd(12, 3)}}
NBSP = "\u00a0"
A4 = (595.276, 841.89)
# Above it are running heads, in points.
MARGIN = 40


WORD = re.compile('<word xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.*)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def word_of(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    return Word(unescape(text), float(left), float(top), float(right), float(bottom))


@dataclass(frozen=True)
class Mark:
    """A bookmark: its page, from 1, and how far up on it."""

    title: str
    page: int
    top: float


@dataclass(frozen=True)
class Book:
    """A playbook on paper, and the page it was made from."""

    path: Path
    document: Document
    rendered: Rendered
    page: Element

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def bookmarks(self) -> list[Mark]:
        """The book's own bookmark, and those inside it."""
        own, inside = self.reader.outline
        assert isinstance(inside, list)
        return [self._mark(each) for each in (own, *inside)]

    def _mark(self, place: Any) -> Mark:
        number = self.reader.get_destination_page_number(place)
        assert number is not None
        return Mark(place.title, number + 1, float(place.top))

    @cached_property
    def page_references(self) -> list[Any]:
        return [page.indirect_reference for page in self.reader.pages]

    def page_of(self, tag: Tag) -> int:
        """The number of the page on which something begins."""
        return self.page_references.index(tag.entry["/Pg"].indirect_reference) + 1

    @cached_property
    def tags(self) -> Tag:
        return tags_of(self.reader)

    @cached_property
    def words(self) -> list[list[Word]]:
        """The words of every page, in the order in which they are painted."""
        layout = said_by("pdftotext", "-bbox", self.path, "-")
        return [[word_of(*found) for found in WORD.findall(page)] for page in layout.split("<page ")[1:]]


class Shelf:
    """Books that are printed when they are first asked for, by one press."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.press = Press()
        self.books: dict[str, Book] = {}

    def __getitem__(self, name: str) -> Book:
        if name not in self.books:
            self.books[name] = self.printed(name)
        return self.books[name]

    def printed(self, name: str) -> Book:
        kind, _, language = name.partition(" ")
        files = ODD.get(kind)
        root = write_tree(self.folder / kind, files) if files else REPOSITORY
        studio = Studio(linked(root), THE_DAY, self.press)
        # Of the starter's roles, one that reaches everybody.
        role = max(studio.workspace.roles, key=lambda role: len(role.reaches))
        document = studio.playbook(role, language or "fi")
        rendered = studio.render(document, "pdf")
        path = self.folder / f"{name}.pdf"
        path.write_bytes(rendered.content)
        page = tree_of(paper_html(document.page, studio.look, studio.templates))
        return Book(path, document, rendered, page)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    yield shelf
    shelf.press.close()


def said_by(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def squeezed(text: str) -> str:
    """Letters only, as typed: no white space, no marks of direction, no joined forms, no hyphenation."""
    return re.sub(r"[\s\u200b-\u2010\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))


def line_of(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


# Where things are


@pytest.mark.parametrize("name", [*STARTER, "full", "alone"])
def test_the_bookmarks_are_the_cover_and_the_chapters(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    title, head, *rest = book.bookmarks
    assert (title.title, title.page) == (*heads(book.page, "h1"), 1)
    assert head.title == heads(book.page, "h2")[0]
    assert [mark.title for mark in rest] == [chapter for _, chapter in chapters(book.page)]


@pytest.mark.parametrize("name", [*STARTER, "full", "alone"])
def test_the_contents_show_the_pages_on_which_chapters_begin(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    told = next(tag for tag in book.tags if tag.name == "L")
    lines = [re.fullmatch(r"(.+?)\.+(\d+)", tag.text) for tag in told if tag.name == "LI"]
    shown = [(line[1], int(line[2])) for line in lines if line]
    assert shown == [(mark.title, mark.page) for mark in book.bookmarks[2:]]
    # And there they are: the first heading is that of the contents.
    begun = [(tag.text, book.page_of(tag)) for tag in book.tags if tag.name == "H2"]
    assert begun[1:] == shown


@pytest.mark.parametrize("name", STARTER)
def test_every_person_of_the_starter_has_two_pages(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    people = [label for id, label in contents(book.page) if id.startswith("persona-")]
    marks = book.bookmarks
    first = [mark.title for mark in marks].index(people[0])
    pages = [mark.page for mark in marks[first : first + len(people) + 1]]
    assert pages == [pages[0] + 2 * n for n in range(len(people) + 1)]
    assert len(people) == 5
    box = book.reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4, abs=0.01)


@pytest.mark.parametrize("name", ["starter fi", "full", "alone"])
def test_every_page_says_which_chapter_it_is_in(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    marks = book.bookmarks[1:]
    top = max(mark.top for mark in marks)
    for number, words in enumerate(book.words, start=1):
        head = line_of(word for word in words if word.top < MARGIN and number > 1)
        begun = [mark for mark in marks if mark.page < number or (mark.page, mark.top) == (number, top)]
        assert head == (f"{begun[-1].title} · {number}" if begun else ""), number


def test_the_answers_are_on_the_last_page(shelf: Shelf) -> None:
    *_, riddles, sources, answers = shelf["starter fi"].bookmarks
    assert riddles.page <= sources.page <= answers.page == len(shelf["starter fi"].words)


# For who listens


def seen(element: Element) -> Iterator[str]:
    """The texts of a page that are printed, in order."""
    if element.tag in ("head", "svg") or element.get("class") in ("people", "back"):
        return
    yield element.text or ""
    for child in element:
        yield from seen(child)
        yield child.tail or ""


@pytest.mark.parametrize("name", [*STARTER, "full", "alone", "twelve"])
def test_who_listens_hears_every_text_in_the_order_of_the_page(shelf: Shelf, name: str) -> None:
    told, at = squeezed(shelf[name].tags.text), 0
    for text in filter(None, map(squeezed, seen(shelf[name].page))):
        found = told.find(text, at)
        assert found >= 0, f"{text} is not heard after {told[at - 80 : at]}"
        at = found + len(text)


def test_every_picture_is_told_in_words(shelf: Shelf) -> None:
    book = shelf["full"]
    figures = [tag.entry["/Alt"] for tag in book.tags if tag.name == "Figure"]
    _of_the_page, *pictures = (text_of(each) for each in book.page.iter("title"))
    assert figures == ["Polkupaja Oy", *pictures]
    assert len(pictures) == 5, "one curve of each person, one of both with its legend, one metric"


def test_every_cell_of_a_table_knows_its_headings(shelf: Shelf) -> None:
    book = shelf["full"]
    names = {tag.entry["/ID"]: " ".join(tag.text.split()) for tag in book.tags if tag.name == "TH"}
    cells = [
        (tag.text, [names[head] for head in tag.entry["/A"]["/Headers"]])
        for tag in book.tags
        if tag.name == "TD"
    ]
    # Who comes to the second touchpoint, how it feels to them, and who answers for it.
    assert ("×", ["2 Nouto", "Kiirehtijä"]) in cells
    assert (f"+2{NBSP}○", ["2 Nouto", "Huolellinen"]) in cells
    assert ("–", ["2 Nouto", "Vastuussa"]) in cells
    # The same figure in the table of the curves, whose columns have numbers.
    assert ("+2", ["Huolellinen", "2"]) in cells
    assert ("Ketju katkesi.", ["Mikä sai liikkeelle"]) in cells


def test_every_line_of_the_contents_leads_to_its_chapter(shelf: Shelf) -> None:
    book = shelf["starter sv"]
    places = book.reader.named_destinations
    pages = book.page_references
    on_page: Any = book.reader.pages[1]["/Annots"]
    links = [link.get_object() for link in on_page]
    led = {link["/Dest"]: pages.index(places[link["/Dest"]].page) + 1 for link in links}
    wanted = {id: mark.page for (id, _), mark in zip(contents(book.page), book.bookmarks[2:], strict=True)}
    assert led == wanted
