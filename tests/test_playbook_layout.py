"""The playbook as a page: every chapter that has something to say, none that has not, and texts as texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from every_document import LANGUAGES, THE_DAY, studio_of
from playbooks import FULL, SAID_ELSEWHERE, chapters, contents, crowd, first_page, page_of
from texts import retold
from tree import by_id, heads, text_of, tree_of, with_class
from workspaces import REPOSITORY, ROLE, SMALL, linked

from pitchgen.render.html import paper_html
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio

EMPTY: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return studio_of(FULL, tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def pages(full: Studio, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """Playbooks of the starter, of a full workspace and of the least there can be, in every language."""
    studios = {
        "starter": Studio(linked(REPOSITORY), THE_DAY),
        "full": full,
        "bare": studio_of(SMALL, tmp_path_factory.mktemp("bare")),
    }
    return {
        f"{name} {language}": page_of(
            studio, studio.workspace.roles[turn % len(studio.workspace.roles)], language
        )
        for name, studio in studios.items()
        for turn, language in enumerate(LANGUAGES)
    }


def without(studio: Studio, **parts: Any) -> Element:
    """The playbook of the first role with parts of what it says left out, as it is printed."""
    document: Document = studio.compose("playbook", studio.workspace.roles[0], "fi")
    playbook = replace(document.page.values["playbook"], **parts)
    page = replace(document.page, values={**document.page.values, "playbook": playbook})
    return tree_of(paper_html(page, studio.look, studio.templates))


# Chapters and the contents


def test_the_contents_are_the_chapters_in_their_order(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        assert contents(page) == chapters(page), name
        assert len(heads(page, "h2")) == len(chapters(page)) + 1, f"{name}: one more is the contents' own"
    assert len(contents(pages["starter fi"])) == 3 + 4 + 10, "all there are, with four people among them"
    assert [id for id, _ in contents(pages["bare sv"])] == [
        "how-to-use",
        "promise",
        "customers",
        "persona-1",
        "sources",
    ]


@pytest.mark.parametrize(("language", "compare"), [("fi", "vertaa"), ("en", "compare"), ("sv", "jämför")])
def test_one_person_is_compared_with_nobody(pages: dict[str, Element], language: str, compare: str) -> None:
    assert f": {compare}." in text_of(pages[f"starter {language}"])
    assert f": {compare}." not in text_of(pages[f"bare {language}"])


def test_every_link_leads_somewhere_on_its_page(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert len(ids) == len({*ids}), name
        links = [each.get("href", "") for each in page.iter("a")]
        assert {link for link in links if link.removeprefix("#") not in ids or link[:1] != "#"} == set(), name


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        levels = [
            int(each.tag[1]) for each in page.iter() if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        assert levels[:2] == [1, 2], name
        assert levels.count(1) == 1, name
        assert all(lower - upper <= 1 for upper, lower in pairwise(levels)), name


def test_nothing_that_is_not_there_is_printed(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        values = [value for each in page.iter() for value in each.attrib.values()]
        assert not [text for text in (text_of(page), *values) if "None" in text], name
        bare = [each for each in page.iter() if each.tag in ("p", "li", "h2", "h3", "h4") and not len(each)]
        assert [each.tag for each in bare if not text_of(each)] == [], name


@pytest.mark.parametrize(
    ("parts", "gone"),
    [
        ({"conflicts": EMPTY, "contrasts": EMPTY}, ["contrast"]),
        ({"matrix": EMPTY}, ["matrix"]),
        ({"troubles": EMPTY}, ["troubles"]),
        ({"metrics": EMPTY, "other_metrics": EMPTY}, ["metrics"]),
        ({"story": None}, ["story"]),
        ({"values": EMPTY}, ["values"]),
        ({"days": EMPTY, "rhythms": EMPTY}, ["first-days"]),
        ({"riddles": EMPTY}, ["riddles", "answers"]),
        ({"personas": EMPTY}, ["customers", "persona-1", "persona-2"]),
        (
            {"personas": EMPTY, "metrics": EMPTY, "other_metrics": EMPTY},
            ["customers", "persona-1", "persona-2", "metrics", "sources"],
        ),
        ({"conflicts": EMPTY}, []),
        ({"contrasts": EMPTY}, []),
        ({"days": EMPTY}, []),
        ({"rhythms": EMPTY}, []),
        ({"journey": EMPTY}, []),
        ({"other_metrics": EMPTY}, []),
    ],
)
def test_a_chapter_without_anything_to_say_is_gone_with_its_line(
    full: Studio, parts: dict[str, Any], gone: list[str]
) -> None:
    every, left = without(full), without(full, **parts)
    assert contents(left) == chapters(left) == [line for line in contents(every) if line[0] not in gone]


def test_how_an_answer_looks_is_told_once_whatever_there_is_to_compare(full: Studio) -> None:
    told = full.compose("playbook", full.workspace.roles[0], "fi").page.values["w"]["our_answer"]
    for parts in ({}, {"conflicts": EMPTY}, {"contrasts": EMPTY}):
        assert text_of(without(full, **parts)).count(told) == 1, parts
    assert told not in text_of(without(full, conflicts=EMPTY, contrasts=EMPTY))


@pytest.mark.parametrize(
    ("parts", "gone"),
    [
        ({"glance": None}, ["glance"]),
        ({"as_a_person": None, "quote": None, "their_words": EMPTY, "connect": EMPTY}, []),
        ({"needs": EMPTY}, ["needs_and_answers"]),
        ({"rings": EMPTY}, ["rings"]),
        ({"moments": EMPTY}, []),
        ({"moments": EMPTY, "skips": EMPTY}, ["journey"]),
        ({"troubles": EMPTY}, ["troubles"]),
    ],
)
def test_a_part_of_a_person_without_anything_to_say_is_gone(
    full: Studio, parts: dict[str, Any], gone: list[str]
) -> None:
    values = full.compose("playbook", full.workspace.roles[0], "fi").page.values
    first, *others = values["playbook"].personas
    every, left = without(full), without(full, personas=(replace(first, **parts), *others))
    before, after = (heads(by_id(page, "persona-1"), "h3") for page in (every, left))
    assert after == [head for head in before if head not in [values["w"][key] for key in gone]]
    assert len(before) - len(after) == len(gone)


def test_of_a_person_nobody_described_there_is_a_name_and_a_sentence(pages: dict[str, Element]) -> None:
    person = by_id(pages["bare fi"], "persona-1")
    head, summary, people = person
    assert (head.tag, text_of(head)) == ("h2", "Varmistelija")
    assert text_of(summary) == "Haluaa tietää, mitä tapahtuu."
    assert text_of(people) == "Varmistelija"


def test_without_an_opening_there_is_no_heading_for_it(tmp_path: Path) -> None:
    page = first_page({"templates/languages/fi/playbook.md": "{# Nobody reads this. #}\n"}, tmp_path)
    assert contents(page) == chapters(page)


# Whom a role does not reach, directly or through others, it has no way to.
LONELY = {"roles/asiantuntija.yaml": ROLE.replace("personas: [varmistelija]", "roles: [asiantuntija]")}


def test_figures_have_their_sources_even_without_people(tmp_path: Path) -> None:
    metric = "metrics: [{id: m, name: M, kind: count, owner: Maija Talous}]\n"
    assert "Maija Talous" in text_of(first_page({**LONELY, "metrics.yaml": metric}, tmp_path))


def test_who_answers_for_what_is_said_even_without_people(tmp_path: Path) -> None:
    page = first_page({**crowd(1, 1), **LONELY}, tmp_path)
    assert "Kohta 0" in text_of(by_id(page, "matrix"))


# People


def test_every_persons_page_leads_to_the_others_and_marks_itself(pages: dict[str, Element]) -> None:
    page = pages["starter en"]
    people = {id: label for id, label in contents(page) if id.startswith("persona-")}
    assert len(people) == 5
    for id, label in people.items():
        (nav,) = by_id(page, id).iter("nav")
        assert label in nav.get("aria-label", "")
        (here,) = [each for each in nav.iter() if each.get("aria-current")]
        assert (here.tag, text_of(here)) == ("span", label)
        links = {each.get("href", "")[1:]: text_of(each) for each in nav.iter("a")}
        assert links == {other: name for other, name in people.items() if other != id}


def test_a_crowd_is_shown_in_groups_and_each_keeps_what_is_theirs(tmp_path: Path) -> None:
    page = first_page(crowd(7, 2), tmp_path)
    feels = {f"Henkilö {n}": f"{n % 5 - 2:+}".replace("-", "−").replace("+0", "0") for n in range(7)}
    compared: dict[str, str] = {}
    for table in with_class(page, "matrix"):
        labels, *rows = ([text_of(cell) for cell in row] for row in table.iter("tr"))
        assert len(rows) == 2
        for row in rows:
            compared |= dict(zip(labels[1:-1], row[1:-1], strict=True))
    assert compared == feels
    expected: dict[str, str] = {}
    for table in by_id(page, "contrast").iter("table"):
        head, *told = ([text_of(cell) for cell in row] for row in table.iter("tr"))
        assert [row for row in told if len(row) == 1] == [["1 Kohta 0"], ["2 Kohta 1"]]
        for row in told[1::2]:
            expected |= dict(zip(head, row, strict=True))
    assert expected == {label: f"Odotus {n}." for n, label in enumerate(feels)}


@pytest.mark.parametrize(("people", "touchpoints"), [(6, 2), (1, 13)])
def test_every_region_has_a_name_of_its_own(tmp_path: Path, people: int, touchpoints: int) -> None:
    page = first_page(crowd(people, touchpoints), tmp_path)
    names = [each.get("aria-label") for each in page.iter() if each.get("role") == "region"]
    assert len(names) == len({*names})


# Texts are texts


def tags_in(page: Element) -> list[tuple[str, list[str]]]:
    """All tags of a page with their attributes, but for where words may be divided."""
    drawn = ("part", "join")
    return [(each.tag, [*each.attrib]) for each in page.iter() if each.get("class") not in drawn]


def test_a_text_is_never_markup_wherever_it_stands(full: Studio, tmp_path: Path) -> None:
    told: dict[str, str] = {}

    def hostile(place: str, _: str) -> str:
        n = len(told)
        # With words that no other text has, or two people would say the same and the quiz could not ask.
        own = "/".join(f"{letter}{n}" for letter in "uvwxyz")
        text = f"<script>alert({n})</script>{{{{ 7*7 }}}}{{% raw %}}</style>\"'&amp;<b a='{n}'> {own}"
        told[text] = place
        return text

    own = {name: text for name, text in FULL.items() if name != "roles/varasto.yaml"}
    files = {**FULL, **retold(own, hostile)}
    company = '"name": "</title><i>&quot;"'
    files["company.yaml"] = files["company.yaml"].replace('"name": "Polkupaja Oy"', company, 1)
    studio = studio_of(files, tmp_path)
    page = page_of(studio, studio.workspace.roles[0])
    # As many tags of the same kinds, with the same attributes: nothing that was written is among them.
    plain = page_of(full, full.workspace.roles[0])
    assert tags_in(page) == tags_in(plain)
    assert "</title><i>&quot;" in text_of(next(page.iter("title")))
    shown = text_of(page)
    assert {place for text, place in told.items() if text not in shown} == SAID_ELSEWHERE
    assert len(told) > 80
