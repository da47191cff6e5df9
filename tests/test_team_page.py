"""The team page: who is coming to whom, what their manager promised for when, and a page for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from every_document import THE_DAY
from html_standards import vnu_errors
from tree import text_of, tree_of, with_class
from workspaces import SMALL, linked, small

from pitchgen.documents.team_page.compose import EventWords, TeamPage, compose_team_page
from pitchgen.studio.studio import Studio

MARJUT = {
    "managers/marjut.yaml": """\
        name: Marjut Ketola
        commitments:
          - {text: Kierrän kanssasi talon., when: day 1}
          - {text: Kysyn kuulumiset., when: every Friday}
    """
}
AINO = {
    "hires/aino.yaml": "name: Aino Lehto\nrole: asiantuntija\nmanager: marjut\nstarts_on: 2026-12-01\n",
    "roles/asiantuntija.yaml": SMALL["roles/asiantuntija.yaml"]
    + "    first_days:\n      - {day: 1, text: Kuuntelet kymmenen puhelua.}\n",
}


def page_of(root: Path, files: Mapping[str, str]) -> tuple[TeamPage, Element]:
    """The team page of the one manager in a small workspace: what it says, and the page in Finnish."""
    workspace = linked(small(root, files))
    (manager,) = workspace.managers
    studio = Studio(workspace, THE_DAY)
    html = studio.render(studio.compose("team-page", manager, "fi"), "html").content
    (root / "page.html").write_bytes(html)
    return compose_team_page(workspace, manager, "fi", THE_DAY), tree_of(html)


def test_what_the_manager_promised_stands_first_and_is_marked(tmp_path: Path) -> None:
    team, page = page_of(tmp_path, MARJUT | AINO)
    (day,) = team.dates
    assert (day.date, day.name) == ("ti\N{NO-BREAK SPACE}1.12.2026", "Aino Lehto")
    assert day.events == (
        EventWords("Kierrän kanssasi talon.", is_own=True),
        EventWords("Kuuntelet kymmenen puhelua.", is_own=False),
    )
    assert [text_of(mark) for mark in with_class(page, "mark")] == ["Lupasit:"]
    assert "Lupasit: Kierrän kanssasi talon." in text_of(page)


def test_days_that_are_over_are_not_named(tmp_path: Path) -> None:
    begun = AINO | {"hires/aino.yaml": AINO["hires/aino.yaml"].replace("2026-12-01", "2026-11-20")}
    assert page_of(tmp_path, MARJUT | begun)[0].dates == ()


def test_a_manager_to_whom_nobody_comes_is_told_so(tmp_path: Path) -> None:
    team, page = page_of(tmp_path, MARJUT)
    assert (team.members, team.dates) == ((), ())
    assert "Kukaan uusi ei ole vielä tulossa." in text_of(page)
    assert vnu_errors([tmp_path / "page.html"]) == []
