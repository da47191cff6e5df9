"""The page in a language that a workspace brings itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import norwegian
import pytest
from lists import csv_of
from playwright.sync_api import Browser
from test_web_intake import posted
from web import Site, serving, visiting
from workspaces import small, write_tree

from pitchgen import shipped
from pitchgen.language import PAGE

WHERE = f"{norwegian.IN_WORKSPACE}/{PAGE}"
NORWEGIAN = shipped.language_file("en", PAGE).read_text(encoding="utf-8")
for english, own in {
    "language_name: English": "language_name: norsk bokmål",
    "nav_welcome: Welcome": "nav_welcome: Velkommen",
    "nav_keep: Keep": "nav_keep: Filer",
}.items():
    assert english in NORWEGIAN
    NORWEGIAN = NORWEGIAN.replace(english, own)
TREE = {**norwegian.COMPANY, **norwegian.FILES}
ASKED = {"Accept-Language": "nb-NO, nb;q=0.9, sv;q=0.5"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(write_tree(tmp_path, {**TREE, WHERE: NORWEGIAN})) as opened:
        yield opened


def test_every_page_is_in_it_and_the_switch_shows_it_too(site: Site) -> None:
    mine = posted(site, csv_of([["Navn", "Stillingstittel"], ["Ida Berg", "Kunderådgiver"]]))
    paths = ["/", "/read", "/keep", "/keep/file/personas/dobbeltsjekker.yaml", "/chain", "/chain/findings"]
    for path in [*paths, "/keep/text/company.yaml", "/keep/new/persona", "/intake", mine, "/nowhere"]:
        answer = site.get(path, **ASKED)
        assert answer.status == (404 if path == "/nowhere" else 200), path
        assert '<html lang="nb">' in answer.text and ">Velkommen</a>" in answer.text
    for code, name in [("en", "English"), ("fi", "suomi"), ("nb", "norsk bokmål"), ("sv", "svenska")]:
        assert f'value="{code}" lang="{code}" title="{name}"' in answer.text
    chosen = site.post("/language", {"language": "nb", "back": "/keep"}).headers["set-cookie"]
    assert chosen.startswith("pitchgen-language=nb;")


def test_without_its_words_the_page_stays_in_the_languages_it_comes_in(tmp_path: Path) -> None:
    with serving(write_tree(tmp_path, TREE)) as site:
        text = site.get("/", **ASKED).text
        assert '<html lang="sv">' in text
        assert 'value="nb"' not in text
        assert "set-cookie" not in site.post("/language", {"language": "nb", "back": "/"}).headers


def test_a_word_that_is_missing_or_cannot_be_filled_in_is_in_english(site: Site) -> None:
    # In no language of the workspace's own either, until it is written.
    where = site.desk.root / WHERE
    where.write_text("nav_keep: Filer\nintake_rows: '{x} personer'\nnav_read: [a]\n", encoding="utf-8")
    mine = posted(
        site, csv_of([["Navn", "Stillingstittel"], *([name, "radgiver"] for name in ("A B", "C D"))])
    )
    text = site.get(mine, **ASKED).text
    assert '<html lang="nb">' in text
    assert ">Filer</a>" in text and ">Read</a>" in text and "2 people" in text
    where.write_text("{", encoding="utf-8")
    assert '<html lang="sv">' in site.get("/", **ASKED).text


def test_a_word_of_a_language_that_comes_with_it_can_be_another(site: Site) -> None:
    write_tree(site.desk.root, {"templates/languages/fi/page.yaml": "nav_keep: Tiedostomme\n"})
    text = site.get("/", **{"Accept-Language": "fi"}).text
    assert ">Tiedostomme</a>" in text and ">Lue</a>" in text


# In no sentence of the page's own in another language; "text" and "person" are Swedish, too.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|your|this|not|save|page|letter|choose|open|show|what|no)\b", re.IGNORECASE
)
# What is said of a problem is in English everywhere, and what is marked so.
_OWN_TEXT = """
    document.querySelectorAll("[lang=en], .problem, .told, .languages, iframe, textarea, select, pre")
        .forEach(each => each.remove());
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    const named = ["aria-label", "title", "placeholder", "alt"].flatMap(
        name => [...document.querySelectorAll(`[${name}]`)].map(each => each.getAttribute(name)));
    return [document.body.innerText, document.title, ...named].join("\\n");
"""


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_is_no_problem_is_in_the_language_of_the_page_and_its_head_has_two_rows_on_a_phone(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    phone = {"width": 390, "height": 844}
    with (
        serving(small(tmp_path / "ws")) as site,
        visiting(browser, site, locale=language, viewport=phone) as visitor,
    ):
        page = visitor.page
        mine = posted(site, csv_of([["Nimi", "Tehtävä"], ["Bo Salainen", "asiantuntija"], ["Cia", "kokki"]]))
        newcomer = site.post("/newcomers", {"of": "aino"}).headers["location"]
        kept = [f"/keep/{face}/personas/varmistelija.yaml" for face in ("file", "text", "rename")]
        paths = ["/", newcomer, f"{newcomer}/practice", "/read", "/keep", *kept, "/keep/new/role", "/chain"]
        for path in [*paths, "/chain/findings", "/intake", mine, "/keep/file/company.yaml"]:
            answer = page.goto(f"{site.origin}{path}")
            assert answer and answer.ok, path
            assert page.evaluate("document.querySelector('header.top').offsetHeight") < 100, path
            assert page.evaluate("document.documentElement.scrollWidth") == 390, path
            said = page.evaluate(f"(() => {{ {_OWN_TEXT} }})()")
            assert [line for line in said.splitlines() if ENGLISH.search(line)] == [], path
