"""The page in a language that a workspace brings itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import norwegian
import pytest
from lists import csv_of
from test_web_intake import posted
from web import Site, serving
from workspaces import write_tree

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
