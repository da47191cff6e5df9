"""The HTML letter in a real browser: it loads nothing, fits a phone, and can be read by day and by night."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import OVERFLOWING, Opened, open_file
from playwright.sync_api import Browser
from workspaces import COMPANY, REPOSITORY, TODAY, linked, small

from pitchgen.render.markdown import Prose
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio

GLARING = re.sub("(?m)^    ", "", COMPANY) + "brand:\n  color: '#FFEE00'\n  accent: '#F8F8F8'\n"
HOSTILE = (
    "<img src='http://127.0.0.1:9/x.png'><script src='http://127.0.0.1:9/x.js'></script>"
    "<link rel=stylesheet href='http://127.0.0.1:9/x.css'></style><style>@import 'http://127.0.0.1:9/y.css';"
)
# Every text of a page that is seen: the contrast of its letters on what is behind them, and its size.
CONTRASTS = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const color = parse(getComputedStyle(element).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (!text) continue;
    const element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    const pair = [luminance(parse(style.color)), luminance(ground(element))].sort((a, b) => b - a);
    found.push({text, ratio: (pair[0] + 0.05) / (pair[1] + 0.05), size: parseFloat(style.fontSize)});
  }
  return found;
}"""


def prose_of(document: Document) -> Prose:
    assert document.content.prose
    return document.content.prose


@dataclass(frozen=True)
class Letter:
    """An HTML file, and the composed words it must show."""

    path: Path
    text: str
    language: str
    heading: str


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Letter]:
    folder = tmp_path_factory.mktemp("html")
    names = {
        "long": "name: " + "Väinö" * 40,
        "words": "name: Aino Virtanen\ncalled: " + "Pitkänimi " * 18,
        "hostile": f'name: "{HOSTILE[:199]}"\nlink_to_story: "{HOSTILE}"',
        "ali": "name: محمد علي",
        "bo": "name: Bo\nlanguage: sv",
    }
    hires = {f"hires/{id}.yaml": f"{text}\nrole: asiantuntija\n" for id, text in names.items()}
    letters = {}
    for root in (REPOSITORY, small(folder / "odd", {"company.yaml": GLARING, **hires})):
        with Studio(linked(root), date.fromisoformat(TODAY)) as studio:
            for hire in studio.workspace.hires:
                if hire.model.id == "joonas-makiranta":
                    continue
                document = studio.compose("pitch", hire, studio.workspace.language_of(hire))
                path = folder / f"{hire.model.id}.html"
                path.write_bytes(studio.render(document, "html").content)
                letters[hire.model.id] = Letter(
                    path, prose_of(document).text, document.language, prose_of(document).heading
                )
    return letters


@pytest.fixture(scope="module")
def opened(browser: Browser, letters: dict[str, Letter]) -> dict[str, Opened]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    return {name: open_file(context, letter.path) for name, letter in letters.items()}


# A file that loads nothing


class Links(HTMLParser):
    """Everything in a page that could point elsewhere, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.styles = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        pointing = ("src", "href", "srcset", "data", "poster", "action", "background", "style", "ping")
        self.addresses += [value or "" for name, value in attrs if name in pointing]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "style":
            self.styles += data


def test_no_letter_points_anywhere(letters: dict[str, Letter]) -> None:
    for name, letter in letters.items():
        links = Links(letter.path.read_text(encoding="utf-8"))
        assert links.addresses == [], name
        assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & {*links.tags}, (
            name
        )
        urls = re.findall(r"url\(\s*['\"]?([^)'\"]{0,20})", links.styles)
        assert len(urls) > 2, name
        assert [url for url in urls if not url.startswith("data:font/")] == [], name
        assert "@import" not in links.styles, name


def test_the_browser_asks_for_the_file_itself_and_nothing_else(
    letters: dict[str, Letter], opened: dict[str, Opened]
) -> None:
    for name, tab in opened.items():
        asked = [url for url in tab.asked if not url.startswith("data:font/")]
        assert asked == [letters[name].path.as_uri()], name
        assert tab.complaints == [], name


LOADING_LAYOUT = """\
{% extends "base.html" %}
{% block body %}
<link rel="stylesheet" href="style.css"><link rel="prefetch" href="frame.html">
<script src="script.js"></script><script>document.title = "changed"</script>
<h1 onclick="document.title = 'changed'">{{ heading }}</h1><img src="picture.svg" alt="x">
<iframe src="frame.html"></iframe><object data="picture.svg"></object><embed src="picture.svg">
<video poster="picture.svg"></video><svg><image href="picture.svg"/></svg>
{% endblock %}
"""
LOADING_STYLE = (
    "@import 'style.css'; h1 { background: url(picture.svg); list-style-image: url('picture.svg') }"
)
BESIDE = {
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "style.css": "h1 { color: rgb(1, 2, 3) }",
    "script.js": "document.title = 'changed'",
    "frame.html": "<p>A frame",
}


def test_a_page_with_a_layout_of_ones_own_loads_nothing_either(tmp_path: Path, browser: Browser) -> None:
    templates = {"templates/pitch.html": LOADING_LAYOUT, "templates/tokens.css": LOADING_STYLE}
    with Studio(linked(small(tmp_path, {**templates, **BESIDE})), date.fromisoformat(TODAY)) as studio:
        made = studio.render(studio.compose("pitch", studio.workspace.hires[0], "fi"), "html")
    letter = tmp_path / "letter.html"
    letter.write_bytes(made.content)
    tab = open_file(browser.new_context(), letter)
    assert [url for url in tab.got if not url.startswith("data:font/")] == [letter.as_uri()]
    assert tab.page.title() == "Hei Aino, tervetuloa! – Testi Oy"
    color = tab.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert color != "rgb(1, 2, 3)"
    refused = " ".join(tab.complaints)
    assert [name for name in BESIDE if name not in refused] == []


def test_the_fonts_inside_are_the_ones_shown(opened: dict[str, Opened]) -> None:
    expected = {
        "aino-virtasalmi": {"Spectral", "Fira Sans"},
        "ali": {"Spectral", "Fira Sans", "Noto Sans Arabic"},
    }
    for name, families in expected.items():
        loaded = opened[name].page.evaluate(
            "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
        )
        assert families <= set(loaded), name


# On a phone


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(opened: dict[str, Opened], width: int) -> None:
    for name, tab in opened.items():
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert tab.page.evaluate(OVERFLOWING) == [], name


def test_letters_on_a_phone_are_large_enough_to_read(opened: dict[str, Opened]) -> None:
    page = opened["aino-virtasalmi"].page
    page.set_viewport_size({"width": 390, "height": 844})
    texts = page.evaluate(CONTRASTS)
    assert min(text["size"] for text in texts) >= 12
    assert [text for text in texts if text["size"] < 16 and len(text["text"]) > 60] == []


def test_the_page_may_be_zoomed(opened: dict[str, Opened]) -> None:
    viewport = opened["bo"].page.get_attribute('meta[name="viewport"]', "content") or ""
    assert "width=device-width" in viewport
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport


# By day and by night


def test_every_text_stands_out_from_its_ground_by_day_and_by_night(opened: dict[str, Opened]) -> None:
    for name in ("aino-virtasalmi", "bo"):
        page = opened[name].page
        for dark in (False, True):
            page.emulate_media(color_scheme="dark" if dark else "light")
            texts = page.evaluate(CONTRASTS)
            assert len(texts) > 15
            weak = [(text["text"], text["ratio"]) for text in texts if text["ratio"] < 4.5]
            assert weak == [], (name, dark)


def test_the_night_is_dark_and_the_day_is_light(opened: dict[str, Opened]) -> None:
    page = opened["aino-virtasalmi"].page
    ground = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    page.emulate_media(color_scheme="light")
    assert min(page.evaluate(ground)) > 200
    page.emulate_media(color_scheme="dark")
    assert max(page.evaluate(ground)) < 60


# What a screen reader finds


def test_the_letter_has_one_heading_one_main_part_a_title_and_a_language(
    letters: dict[str, Letter], opened: dict[str, Opened]
) -> None:
    for name, letter in letters.items():
        page = opened[name].page
        headings = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName)")
        assert headings == ["H1"], name
        assert page.inner_text("h1").split() == letter.heading.split(), name
        assert page.title().startswith(letter.heading[:20]), name
        assert page.get_attribute("html", "lang") == letter.language, name
        assert page.locator("main").count() == 1, name
        assert page.evaluate("document.compatMode") == "CSS1Compat", name
        assert page.locator("main :is(p, li, ul, strong, blockquote):empty").count() == 0, name


def test_every_word_of_the_letter_is_on_the_page_in_its_order(
    letters: dict[str, Letter], opened: dict[str, Opened]
) -> None:
    for name, letter in letters.items():
        shown = "".join(opened[name].page.evaluate("document.querySelector('main').textContent").split())
        heading, _, rest = letter.text.partition("\n")
        assert shown.startswith("".join(heading.split())), name
        assert shown.endswith("".join(rest.split())), name
