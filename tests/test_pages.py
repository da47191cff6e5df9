"""Every document as a page: valid, open to everybody, at rest, and at home on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import Opened, open_file
from every_document import write_pages
from html_standards import WIDTHS, axe_violations, vnu_errors
from playwright.sync_api import Browser
from reach import keyboard_faults, sideways_faults

from pitchgen.documents.catalogue import KINDS

FAULTY = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Faults</title>
<style>
html { color: #1c2326; background: #fff; colour: red }
.weak { color: #666 }
@media (prefers-color-scheme: dark) {
  html { color: #fff; background: #000 }
  .night { color: #555; padding-top: 1px }
}
@media (width < 500px) { .box { color: #001 } }
.wide { width: 40rem }
.box { overflow-x: auto }
.cut { overflow: hidden; width: 10rem; white-space: nowrap }
.unseen:focus { outline: none }
</style>
</head>
<body>
<main>
<h1>Faults</h1>
<h3>No second level above</h3>
<p class="weak">Enough for AA, and not for AAA.</p>
<p class="night">Enough by day, and not by night.</p>
<p class="wide">Wider than a phone.</p>
<div class="box"><p class="wide">Scrolls, but not by keyboard.</p></div>
<div class="box" tabindex="0"><p class="wide">May scroll, for a keyboard can.</p></div>
<p class="cut">Ends in the middle of a sentence, for there is more.</p>
<p><a href="#a">Seen</a> <a href="#b" class="unseen">Unseen</a> <a href="#c" tabindex="-1">Unreached</a></p>
<ul><p>Not an item.</p></ul>
<img src="nowhere.png">
</main>
</body>
</html>
"""


# From where to where texts of the subtitle stand on their line.
PLACES = """texts => texts.map(text => {
  const nodes = document.createTreeWalker(document.querySelector('.subtitle'), NodeFilter.SHOW_TEXT);
  while (!nodes.nextNode().data.includes(text));
  const range = document.createRange();
  const start = nodes.currentNode.data.indexOf(text);
  range.setStart(nodes.currentNode, start);
  range.setEnd(nodes.currentNode, start + text.length);
  const box = range.getBoundingClientRect();
  return [box.left, box.right];
})"""


@dataclass(frozen=True)
class Tab:
    """A page in the browser, and the file it is in."""

    path: Path
    opened: Opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module", params=KINDS)
def tabs(
    request: pytest.FixtureRequest, browser: Browser, pages: dict[str, dict[str, Path]]
) -> Iterator[dict[str, Tab]]:
    with browser.new_context() as context:
        files = pages[request.param].items()
        # Where a phone shows a chapter at a time, all of them are asked for.
        yield {name: Tab(path, open_file(context, path, "all")) for name, path in files}


def test_every_page_is_valid(pages: dict[str, dict[str, Path]], tmp_path: Path) -> None:
    # A page with faults, by a name that is not plain, shows that the checker is awake.
    faulty = tmp_path / "Äijälä.html"
    faulty.write_text(FAULTY, encoding="utf-8")
    told = vnu_errors([*(path for paths in pages.values() for path in paths.values()), faulty])
    assert [fault for fault in told if not fault.startswith(faulty.name)] == []
    for part in ("“colour” doesn't exist", "“p” not allowed as child of element “ul”", "“alt” attribute"):
        assert any(part in fault for fault in told), told


def test_axe_finds_nothing_that_keeps_anybody_out(tabs: dict[str, Tab]) -> None:
    faults = {name: axe_violations(tab.opened.page) for name, tab in tabs.items()}
    assert {name: told for name, told in faults.items() if told} == {}


def test_no_page_asks_for_anything_or_complains(tabs: dict[str, Tab]) -> None:
    for name, tab in tabs.items():
        # The browser counts what the file itself carries.
        asked = [url for url in tab.opened.asked if not url.startswith("data:")]
        assert asked == [tab.path.as_uri()], name
        assert tab.opened.complaints == [], name


def test_no_page_makes_its_reader_scroll_sideways(tabs: dict[str, Tab]) -> None:
    faults = {name: sideways_faults(tab.opened.page) for name, tab in tabs.items()}
    assert {name: told for name, told in faults.items() if told} == {}


def test_every_link_is_reached_by_keyboard_and_shows_it(tabs: dict[str, Tab]) -> None:
    for tab in tabs.values():
        tab.opened.page.goto(tab.path.as_uri())
    faults = {name: keyboard_faults(tab.opened.page) for name, tab in tabs.items()}
    assert {name: told for name, told in faults.items() if told} == {}


def test_a_name_from_right_to_left_does_not_change_places_with_the_title(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    with browser.new_context() as context:
        page = open_file(context, pages["pitch"]["pitch-right-to-left-fi"]).page
        name, title = page.evaluate(PLACES, ["محمد علي (2)", "מנהל 2. שירות (Palvelu)"])
        assert name[1] < title[0]


# The judges themselves


def test_the_browser_sees_what_keeps_people_out(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "faulty.html"
    path.write_text(FAULTY, encoding="utf-8")
    with browser.new_context() as context:
        opened = open_file(context, path)
        assert opened.asked[1:] == [(tmp_path / "nowhere.png").as_uri()]
        assert "net::ERR_FILE_NOT_FOUND" in opened.complaints[0]
        asked = zip(WIDTHS, ("light", "dark", "light", "dark"), strict=True)
        told = {": ".join(fault.split(": ")[:2]) for fault in axe_violations(opened.page)}
        assert told > {
            *(f"{width} px, {scheme}: heading-order" for width, scheme in asked),
            *(f"{width} px: something stands elsewhere by night than by day" for width in WIDTHS),
            "320 px, light: image-alt",
            "1440 px, light: color-contrast-enhanced",
            "1440 px, dark: color-contrast",
            "light: something has another colour on another screen",
        }
        assert "1440 px, light: color-contrast" not in told
        assert sideways_faults(opened.page)[:4] == [
            "320 px: the page is 648 wide",
            '320 px: <p class="wide"></p> stands outside: Wider than a phone.',
            '320 px: <div class="box"></div> scrolls, but not by keyboard: Scrolls, but not by keyboard.',
            '320 px: <p class="cut"></p> is cut off: Ends in the middle of a sentence, for th',
        ]
        assert keyboard_faults(opened.page) == [
            'not reached by Tab: <a href="#c" tabindex="-1">Unreached</a>',
            'focus is not seen: <a href="#b" class="unseen">Unseen</a>',
        ]


def test_a_judge_without_a_page_does_not_call_it_good(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing would be proved"):
        vnu_errors([])
    with pytest.raises(ValueError, match="nothing would be proved"):
        vnu_errors([tmp_path / "missing.html"])
