"""The playbook on paper: chapters where the contents say, tags for who listens, room for odd workspaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from io import BytesIO
from itertools import count
from math import hypot
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from every_document import LANGUAGES, THE_DAY
from pdf_standards import VeraPdf
from playbooks import FULL, SAID_ELSEWHERE, chapters, contents, crowd, page_of
from poppler import said_by
from pypdf import PageObject, PdfReader
from tags import Tag, tags_of
from texts import Tell, retold
from tree import as_typed, heads, text_of, tree_of
from workspaces import REPOSITORY, SMALL, linked, us_starter, write_tree

from pitchgen.render.html import paper_html
from pitchgen.render.press import Press
from pitchgen.studio.document import Rendered
from pitchgen.studio.studio import Studio

STARTER = [f"starter {language}" for language in LANGUAGES]
ON_LETTER = [name.replace("starter", "letter") for name in STARTER]


def endless(number: int) -> str:
    """A text of about 5,000 characters, in words that are all different."""
    return " ".join(f"t{number}s{word:03}" for word in range(625))


def numbered(tell: Callable[[int], str], *kept: str) -> Tell:
    """Tells every text as the next number says it, but for the places that are `kept`."""
    numbers = count(100)
    return lambda place, text: text if place in kept else tell(next(numbers))


def crowded() -> dict[str, str]:
    """Twelve people, four of them of other scripts, and a touchpoint that nobody feels anything about."""
    files = {name: text for name, text in SMALL.items() if not name.startswith("personas")} | crowd(12, 3)
    files["journey.yaml"] += "  - {id: hiljainen, name: Hiljainen kohta, phase: p}\n"
    for number, name in enumerate(("محمد علي", "रवि शर्मा", "דוד כהן", "สมชาย ใจดี")):
        path = f"personas/p{number}.yaml"
        files[path] = files[path].replace(f"Henkilö {number}", name)
    return files


def halved(_place: str, text: str) -> str:
    words = text.split()
    return " ".join(words[: (len(words) + 1) // 2])


def doubled(place: str, text: str) -> str:
    """A text twice as long, unless it names something."""
    return text if place in NAMES else f"{text} {text}"


def starter_texts() -> dict[str, str]:
    """The starter's files but for people's."""
    files = (path for path in REPOSITORY.glob("*.yaml"))
    more = (path for folder in ("personas", "roles") for path in (REPOSITORY / folder).glob("*.yaml"))
    return {
        path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in (*files, *more)
    }


NAMES = {
    "Background.label",
    "Commitment.when",
    "Metric.name",
    "Metric.unit",
    "Persona.label",
    "Phase.name",
    "Role.title",
    "Touchpoint.name",
    "Value.name",
}
RUSHER = {"personas/kiirehtija.yaml": FULL["personas/kiirehtija.yaml"]}
ODD: Mapping[str, Mapping[str, str]] = {
    "full": FULL,
    "alone": SMALL,
    "crowd": crowded(),
    "long": {**FULL, **retold(RUSHER, numbered(endless, "Persona.label"))},
    "half": retold(starter_texts(), halved),
    "twice": retold(starter_texts(), doubled),
    "wide": {**FULL, **retold(FULL, numbered(lambda number: f"T{number}" + "äiti" * 49))},
}
COMPANIES = {name: REPOSITORY / "tests" / "companies" / name for name in ("harrow-quay", "tandhuset")}
# Books of companies as they are and of texts half and twice as long.
MEASURED = [*STARTER, *ON_LETTER, "harrow-quay en", "tandhuset sv", "half", "twice"]
RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")
A4 = (595.276, 841.89)
LETTER = (612, 792)
# Above it are running heads, in points.
MARGIN = 36
# Ways from one place to another, for the screen.
HIDDEN = ("people", "skip", "jump", "everything")
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
    rendered: Rendered
    page: Element
    on_screen: Element

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

    def __init__(self, folder: Path, press: Press) -> None:
        self.folder = folder
        self.press = press
        self.books: dict[str, Book] = {}

    def __getitem__(self, name: str) -> Book:
        if name not in self.books:
            self.books[name] = self.printed(name)
        return self.books[name]

    def printed(self, name: str) -> Book:
        kind, _, language = name.partition(" ")
        files = ODD.get(kind)
        if kind == "letter" and not (self.folder / kind).exists():
            us_starter(self.folder / kind)
        root = {"starter": REPOSITORY, **COMPANIES}.get(kind, self.folder / kind)
        if files:
            write_tree(root, files)
        studio = Studio(linked(root), THE_DAY, self.press)
        # Of the starter's roles, one that reaches everybody.
        role = max(studio.workspace.roles, key=lambda role: len(role.reaches))
        document = studio.compose("playbook", role, language or "fi")
        rendered = studio.render(document, "pdf")
        path = self.folder / f"{name}.pdf"
        path.write_bytes(rendered.content)
        page = tree_of(paper_html(document.page, studio.look, studio.templates))
        return Book(path, rendered, page, page_of(studio, role, language or "fi"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("shelf"), press)


def squeezed(text: str) -> str:
    """Letters only, as typed: no white space, no marks of direction, no joined forms, no hyphenation."""
    return re.sub(r"[-\s\u200b-\u2010\u202a-\u202e\u2060-\u2069]", "", unicodedata.normalize("NFKC", text))


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
    first = heads(book.page, "h2")[1]
    lists = [tag for tag in book.tags if tag.name == "L"]
    told = next(n for n, tag in enumerate(lists) if tag.text.startswith(first))
    # One for each column.
    entries = [tag for column in lists[told : told + 2] for tag in column if tag.name == "LI"]
    assert {sum(each.name == "Link" for each in entry) for entry in entries} == {1}
    lines = [re.fullmatch(r"(.+)\s(\d+)", tag.text) for tag in entries]
    shown = [(line[1], int(line[2])) for line in lines if line]
    assert shown == [(mark.title, mark.page) for mark in book.bookmarks[2:]]
    # And there they are: the first heading is that of the contents.
    begun = [(tag.text, book.page_of(tag)) for tag in book.tags if tag.name == "H2"]
    assert begun[1:] == shown


@pytest.mark.parametrize("name", [*STARTER, *ON_LETTER])
def test_every_person_of_the_starter_has_two_pages(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    people = [label for id, label in contents(book.page) if id.startswith("persona-")]
    marks = book.bookmarks
    first = [mark.title for mark in marks].index(people[0])
    pages = [mark.page for mark in marks[first : first + len(people) + 1]]
    assert pages == [pages[0] + 2 * n for n in range(len(people) + 1)]
    assert len(people) == 5
    box = book.reader.pages[0].mediabox
    size = LETTER if name in ON_LETTER else A4
    assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.01)


# How pages are filled


def starts_of_parts(book: Book) -> set[int]:
    """The pages on which a part begins: the first after the cover, each person's, and what follows them."""
    named = dict(zip((id for id, _ in contents(book.page)), book.bookmarks[2:], strict=True))
    return {2} | {mark.page for id, mark in named.items() if id == "contrast" or id.startswith("persona-")}


@pytest.mark.parametrize("name", MEASURED)
def test_only_the_last_page_of_a_part_may_be_short_and_none_holds_a_line_or_two(
    shelf: Shelf, name: str
) -> None:
    book = shelf[name]
    height = float(book.reader.pages[0].mediabox.height)
    first = starts_of_parts(book)
    for number, words in enumerate(book.words[1:], start=2):
        text = [word for word in words if word.top > MARGIN]
        assert len({round(word.bottom) for word in text}) > 3, f"page {number} has three lines"
        if number + 1 not in first and number < len(book.words):
            assert max(word.bottom for word in text) > height / 3, f"page {number} is nearly empty"


@pytest.mark.parametrize("name", MEASURED)
def test_no_heading_is_left_behind_by_what_it_heads(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    told = [*book.tags]
    headings = [at for at, tag in enumerate(told) if re.fullmatch("H[2-4]", tag.name)]
    assert len(headings) > 10
    for at in headings:
        after = told[at + len([*told[at]]) :]
        # A heading may be that of a table or of a part, which begin where their first words stand.
        first = next(
            tag for tag in after if any(isinstance(each, str) and each.strip() for each in tag.inside)
        )
        assert book.page_of(first) == book.page_of(told[at]), told[at].text


@pytest.mark.parametrize("name", MEASURED)
def test_no_text_is_smaller_than_nine_points_but_captions_of_eight(shelf: Shelf, name: str) -> None:
    sizes = Counter(size for page in shelf[name].reader.pages for size in sizes_on(page))
    captions = {size for size in sizes if size < 9}
    # Those in a picture grow with the page it fills.
    assert captions <= {8.0, 8.1, 8.3}
    assert sizes[9.0] > sum(sizes[size] for size in captions)


def sizes_on(page: PageObject) -> list[float]:
    """The size of each piece of text, in points."""
    sizes: list[float] = []

    def note(text: str, page_matrix: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            sizes.append(round(size * hypot(*matrix[:2]) * hypot(*page_matrix[:2]), 1))

    page.extract_text(visitor_text=note)
    return sizes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_of_a_service_specialist_is_of_fourteen_pages(language: str, press: Press) -> None:
    studio = Studio(linked(REPOSITORY), THE_DAY, press)
    (role,) = (role for role in studio.workspace.roles if role.model.id == "palveluasiantuntija")
    book = studio.render(studio.compose("playbook", role, language), "pdf")
    assert 12 <= len(PdfReader(BytesIO(book.content)).pages) <= 14


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
    if element.tag in ("head", "svg") or element.get("class") in HIDDEN:
        return
    yield element.text or ""
    for child in element:
        yield from seen(child)
        yield child.tail or ""


@pytest.mark.parametrize("name", [*STARTER, "full", "alone", "wide"])
def test_who_listens_hears_every_text_in_the_order_of_the_page(shelf: Shelf, name: str) -> None:
    told, at = squeezed(shelf[name].tags.text), 0
    for text in filter(None, map(squeezed, seen(shelf[name].page))):
        found = told.find(text, at)
        assert found >= 0, f"{text} is not heard after {told[at - 80 : at]}"
        at = found + len(text)


def test_every_picture_is_told_in_words(shelf: Shelf) -> None:
    book = shelf["full"]
    figures = [tag.entry["/Alt"] for tag in book.tags if tag.name == "Figure"]
    drawn = (each for each in book.page.iter() if each.tag in ("title", "img"))
    _of_the_page, *pictures = (each.get("alt") or text_of(each) for each in drawn)
    assert figures == pictures
    assert pictures.pop(0) == "Polkupaja Oy"
    assert len({*pictures}) == 7, "two people and their curves, what is one's own, and a metric"
    assert len(pictures) == 17


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
    # The name is too long for its narrow column.
    assert ("+2", ["2 Nouto", "Huolelli-nen"]) in cells
    assert ("–", ["2 Nouto", "Vastuussa"]) in cells
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


# Odd workspaces


@pytest.mark.parametrize("name", [name for name in ODD if name not in ("half", "twice")])
def test_all_that_was_written_is_on_the_page_and_the_screen(shelf: Shelf, name: str) -> None:
    book, written = shelf[name], dict[str, str]()

    def note(place: str, text: str) -> str:
        return written.setdefault(text, place) and text

    # What the other role says of itself is for its own book.
    retold({path: text for path, text in ODD[name].items() if path != "roles/varasto.yaml"}, note)
    shown = as_typed(text_of(book.page)).casefold()
    lost = {
        place for text, place in written.items() if as_typed(text).casefold().removesuffix(".") not in shown
    }
    assert lost <= SAID_ELSEWHERE
    (body,), (screen,) = book.page.iter("body"), book.on_screen.iter("body")
    assert text_of(body) == text_of(screen)


@pytest.mark.parametrize("name", [*STARTER, *ODD])
def test_nothing_on_the_page_is_lost_in_print_or_complained_about(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    assert book.rendered.problems == ()
    lines = [text for tag in book.tags for text in tag.inside if isinstance(text, str)]
    heard = {squeezed(word) for line in lines for word in line.split()}
    printed = squeezed("".join(lines))
    words = {squeezed(word) for text in seen(book.page) for word in text.split()}
    # Letters from right to left are heard in the order in which they are painted.
    backwards = {word for word in words if RIGHT_TO_LEFT.search(word)}
    # What is not a word to itself was broken at the end of a line, or stands close to another.
    assert {word for word in words - backwards - heard if word not in printed} == set()
    assert {letter for word in backwards for letter in word} <= {*printed}


@pytest.mark.parametrize("name", ["starter fi", *ODD])
def test_no_word_leaves_the_page(shelf: Shelf, name: str) -> None:
    # What is longer than a page may take its margins.
    margin = 0 if name in ("long", "wide") else 36
    width, height = A4
    for words in shelf[name].words:
        for word in words:
            assert margin <= word.left <= word.right <= width - margin, word
            # A line begins above its letters, by more than this.
            assert -3 <= word.top < word.bottom <= height - margin, word


LETTERS = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize("name", STARTER)
def test_no_word_is_broken_but_by_a_hyphen(shelf: Shelf, name: str) -> None:
    book = shelf[name]
    whole = {word.casefold() for text in seen(book.page) for word in LETTERS.findall(as_typed(text))}
    printed = {word.text for words in book.words for word in words}
    parts = {part.casefold() for word in printed for part in LETTERS.findall(as_typed(word))} - whole
    ended = {word.casefold() for text in printed if text.endswith("-") for word in LETTERS.findall(text)[-1:]}
    # What is left is the begin of a word before its hyphen, or the end of one after it.
    ends = {word[len(begin) :] for begin in ended for word in whole if word.startswith(begin)}
    assert parts - ended - ends == set()


# For archives


def test_books_pass_both_pdf_standards(shelf: Shelf, verapdf: VeraPdf) -> None:
    assert verapdf.failures([shelf[name].path for name in ("starter en", "full", "alone")]) == []


def test_the_same_book_is_the_same_file(shelf: Shelf, tmp_path: Path) -> None:
    with Studio(linked(write_tree(tmp_path, FULL)), THE_DAY) as studio:
        again = studio.render(studio.compose("playbook", studio.workspace.roles[0], "fi"), "pdf")
    assert again.content == shelf["full"].rendered.content
