"""The playbook on a phone: it opens on the people, and whom one meets where is two touches away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import open_file
from every_document import LANGUAGES, THE_DAY
from html_standards import WIDTHS, axe_violations
from playbooks import chapters
from playwright.sync_api import Browser, Page, ViewportSize
from tree import by_id, text_of, tree_of, with_class
from workspaces import REPOSITORY, linked

from pitchgen.studio.studio import Studio

PHONE: ViewportSize = {"width": 390, "height": 700}

# What is seen of some elements, from top to bottom, and where its lower edge is in screens.
SEEN = """selector => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility())
  .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
  .map(element => [element.id || element.className || element.textContent.trim(),
    element.getBoundingClientRect().bottom / innerHeight])"""
SCREENS = "() => document.documentElement.scrollHeight / innerHeight"
# Words that stand on several lines, with no hyphen or dash where these end.
BROKEN = """() => {
  const broken = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (const word of node.data.matchAll(/[^\\s\\-\\u2013\\u2014/]+/g)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length); const lines =
      [...range.getClientRects()].filter(box => box.width > 0.5).map(box => Math.round(box.top)); const tall
      = getComputedStyle(node.parentElement).writingMode !== 'horizontal-tb'; if (!tall && new
      Set(lines).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
# Headings, of the page and of tables, whose letters stand in one another's.
COVERED = """() => {
  const range = document.createRange();
  const box = head => (range.selectNodeContents(head), range.getBoundingClientRect());
  const heads = [...document.querySelectorAll('h1, h2, h3, h4, th, dt')]
    .filter(head => head.checkVisibility())
    .map(head => [head.textContent, box(head)]);
  const covers = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6;
  return heads.flatMap(([text, one], n) => heads.slice(n + 1)
    .filter(([_, other]) => covers(one, other))
    .map(([under]) => `${text} | ${under}`));
}"""
# Boxes that scroll sideways.
WIDE = """() => [...document.querySelectorAll('.scroll')]
  .filter(box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.getAttribute('aria-label'))"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The starter's fullest playbook in every language."""
    folder, files = tmp_path_factory.mktemp("phone"), {}
    studio = Studio(linked(REPOSITORY), THE_DAY)
    (role,) = (each for each in studio.workspace.roles if each.model.id == "palveluasiantuntija")
    for language in LANGUAGES:
        files[language] = folder / f"{language}.html"
        files[language].write_bytes(studio.render(studio.compose("playbook", role, language), "html").content)
    return files


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest, books: dict[str, Path]) -> Path:
    path: Path = books[request.param]
    return path


@pytest.fixture
def phone(browser: Browser, book: Path) -> Iterator[Page]:
    """The book as a phone opens it."""
    with browser.new_context(viewport=PHONE) as context:
        yield open_file(context, book).page


def test_it_opens_on_the_people(phone: Page) -> None:
    assert [name for name, _ in phone.evaluate(SEEN, ".chapter, .contents")] == ["customers"]
    (_, first), *_ = phone.evaluate(SEEN, ".card")
    assert first < 1
    assert phone.evaluate(SCREENS) < 2


def test_a_person_is_a_card_on_one_screen_and_then_needs(phone: Page) -> None:
    people = phone.locator(".card a").count()
    assert people == 4
    for n in range(people):
        phone.goto(phone.url.partition("#")[0])
        start = phone.evaluate(SCREENS)
        phone.locator(".card a").nth(n).click()
        assert phone.evaluate(SEEN, ".chapter, .contents")[0][0] == f"persona-{n + 1}"
        assert phone.evaluate("scrollY") == 0
        (_, card), *_ = phone.evaluate(SEEN, ".glance")
        (_, bar), *_ = phone.evaluate(
            "s => [[s, document.querySelector(s).offsetTop / innerHeight]]", ".jump"
        )
        assert card < bar <= 1
        parts = [name for name, _ in phone.evaluate(SEEN, ".persona > *")]
        assert parts[:4] == [parts[0], "summary", "glance", "people"]
        assert parts[4] == "needs"
        person = phone.evaluate(SCREENS)
        phone.locator(".jump a").nth(1).click()
        assert start + person + phone.evaluate(SCREENS) < 20


def test_every_touchpoint_of_everybody_is_two_touches_away(phone: Page, book: Path) -> None:
    page = tree_of(book.read_bytes())
    labels = {label: id for id, label in chapters(page) if id.startswith("persona-")}
    (matrix,) = with_class(page, "matrix")
    head, *rows = matrix.iter("tr")
    led = 0
    for row in rows:
        touchpoint, *cells = row
        number, name = text_of(touchpoint).split(maxsplit=1)
        for column, cell in zip([text_of(each) for each in head][1:], cells, strict=True):
            for link in cell.iter("a"):
                place = link.get("href", "")[1:]
                assert place == f"{labels[column]}-{number}"
                reached = by_id(page, place)
                assert reached in [*by_id(page, labels[column]).iter("tr")]
                theirs, shown = text_of(reached[0]).split(maxsplit=1)
                assert theirs == number
                assert name.startswith(shown.split("\N{NO-BREAK SPACE}")[0])
                led += 1
    assert led > 30
    # And so the touches go, from the page of somebody else.
    phone.goto(f"{book.as_uri()}#persona-1")
    phone.locator(".jump a").nth(1).click()
    phone.locator(".matrix a").last.click()
    assert phone.url.endswith(f"#{place}")
    ((_, lower),) = phone.evaluate(SEEN, "tr:target")
    assert 0 < lower < 1


def test_no_word_is_broken_and_nothing_is_covered_or_too_wide(browser: Browser, book: Path) -> None:
    with browser.new_context() as context:
        page = open_file(context, book, "all").page
        assert len(page.evaluate(SEEN, ".chapter")) > 15
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(BROKEN) == [], width
            assert page.evaluate(COVERED) == [], width
            assert page.evaluate(WIDE) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_phone_keeps_nobody_out_of_what_it_opens_on(browser: Browser, books: dict[str, Path]) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = open_file(context, books["fi"]).page
        assert axe_violations(page) == []


def test_the_first_key_offers_to_skip_to_the_content(phone: Page) -> None:
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.className") == "skip"
    ((_, lower),) = phone.evaluate(SEEN, ".skip")
    assert 0 < lower < 1
    phone.keyboard.press("Enter")
    assert phone.url.endswith("#customers")


def test_a_browser_prints_all_of_it_in_its_colours(phone: Page) -> None:
    phone.emulate_media(media="print", color_scheme="dark")
    assert len(phone.evaluate(SEEN, ".chapter, .contents, .cover")) > 17
    assert phone.evaluate(SEEN, ".jump, .people, .skip, .everything") == []
    band = "getComputedStyle(document.querySelector('.band'))"
    assert phone.evaluate(f"{band}.printColorAdjust") == "exact"
