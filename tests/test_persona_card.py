"""The card of a persona: what is on its two sides of A6, and that its front is one screen of a phone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from browser import open_file
from every_document import LANGUAGES, THE_DAY
from html_standards import vnu_errors
from playbooks import yaml
from playwright.sync_api import Browser
from poppler import said_by
from tree import text_of, tree_of, with_class
from workspaces import PERSONA, REPOSITORY, linked, pitchgen_here, small

from pitchgen.compose.glance import MOST_WORDS
from pitchgen.compose.moment import NeverWords
from pitchgen.compose.persona import GlanceCard
from pitchgen.documents.persona_card.compose import AnswerWords, PersonaCard, compose_persona_card
from pitchgen.render.press import Press
from pitchgen.studio.inputs import Inputs
from pitchgen.studio.jobs import all_jobs
from pitchgen.studio.studio import Studio

Capture = pytest.CaptureFixture[str]
JOURNEY = """\
    phases: [{id: arki, name: Arki}]
    touchpoints:
      - {id: alku, name: Alku, phase: arki}
      - {id: kaytto, name: Käyttö, phase: arki}
"""
# Of the width that words have in the starter, where Finnish ones are longest.
WORD = "kahdeksas"


def card_with(root: Path, text: str, files: Mapping[str, str] | None = None) -> PersonaCard:
    """The card of a persona of whom this is written too."""
    persona = {"personas/varmistelija.yaml": yaml(PERSONA, text)}
    workspace = linked(small(root, {"journey.yaml": JOURNEY, **persona, **(files or {})}))
    (persona_,) = workspace.personas
    return compose_persona_card(workspace, persona_, "fi")


def test_the_front_helps_at_first_contact_and_the_back_answers_needs(tmp_path: Path) -> None:
    card = card_with(
        tmp_path,
        """\
        recognize: [vihko, kello]
        connect: {opening: mitä kuuluu, avoid: [älä kiirehdi, kiire]}
        needs:
          - {id: a, text: ensin, response: vastaamme}
          - {id: b, text: sitten}
          - {id: c, text: lopuksi, response: vastaamme taas}
        moments:
          - {touchpoint: kaytto, do: auta}
          - {touchpoint: alku, do: tervehdi}
        """,
    )
    assert card.glance == GlanceCard(
        need="Ensin.",
        contact="Tervehdi.",
        touchpoint="Alku",
        opening="Mitä kuuluu.",
        pitfall=NeverWords("Älä kiirehdi.", negated=True),
        sign="Vihko.",
    )
    # What nobody has an answer to is no answer.
    assert card.answers == (AnswerWords("Ensin.", "Vastaamme."), AnswerWords("Lopuksi.", "Vastaamme taas."))
    assert not card.close


def test_where_no_need_is_answered_the_summary_is_on_the_front(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path))
    studio = Studio(workspace, THE_DAY)
    html = studio.render(studio.compose("persona-card", workspace.personas[0], "fi"), "html").content
    (tmp_path / "card.html").write_bytes(html)
    page = tree_of(html)
    assert [text_of(each) for each in with_class(page, "lead")] == ["Haluaa tietää, mitä tapahtuu."]
    assert (len(with_class(page, "front")), with_class(page, "back")) == (1, [])
    assert vnu_errors([tmp_path / "card.html"]) == []


def full(letters: int) -> str:
    """A persona with more than a card could ever hold: the front has all its words, and needs are many."""
    word = (WORD * 2)[:letters]
    line = " ".join([word] * (MOST_WORDS // 5))
    needs = "".join(f"  - {{id: n{n}, text: {line}, response: {line} {line}}}\n" for n in range(6))
    return f"""\
evidence: {{level: assumption}}
recognize: [{line}]
connect: {{opening: {line}, avoid: [{line}]}}
needs:
{needs}moments: [{{touchpoint: alku, do: {line}}}]
"""


@pytest.mark.parametrize(("letters", "close"), [(4, False), (6, True), (9, True)])
def test_a_full_card_is_two_sides_of_a6(letters: int, close: bool, press: Press, tmp_path: Path) -> None:
    card = card_with(tmp_path, full(letters))
    assert card.glance and card.glance.sign and card.glance.opening and card.glance.contact
    assert (card.close, 1 <= len(card.answers) < 6) == (close, True)
    studio = Studio(linked(tmp_path), THE_DAY, press)
    made = studio.render(studio.compose("persona-card", studio.workspace.personas[0], "fi"), "pdf")
    assert (made.problems, made.pages) == ((), 2)
    (tmp_path / "card.pdf").write_bytes(made.content)
    assert "297.638 x 419.528 pts" in said_by("pdfinfo", tmp_path / "card.pdf")
    front, back, _ = said_by("pdftotext", tmp_path / "card.pdf", "-").split("\f")
    assert card.glance.sign.split()[0] in front
    assert "Tarpeet ja meidän vastauksemme" in back


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_is_one_screen_of_a_phone(browser: Browser, language: str, tmp_path: Path) -> None:
    studio = Studio(linked(REPOSITORY), THE_DAY)
    full_one = linked(small(tmp_path / "full", {"journey.yaml": JOURNEY, **full_persona()}))
    with browser.new_context(viewport={"width": 390, "height": 700}) as context:
        for number, maker in enumerate((studio, Studio(full_one, THE_DAY))):
            for persona in maker.workspace.personas:
                path = tmp_path / f"{number}-{persona.model.id}.html"
                path.write_bytes(
                    maker.render(maker.compose("persona-card", persona, language), "html").content
                )
                page = open_file(context, path).page
                seen = page.evaluate("document.querySelector('.front').getBoundingClientRect().bottom")
                assert 350 < seen <= 700, persona.model.id
                smallest = page.evaluate(
                    "Math.min(...[...document.querySelectorAll('.front dd')]"
                    ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
                )
                assert smallest >= 13 * 96 / 72
                page.close()


def full_persona() -> dict[str, str]:
    """One whose card is full."""
    return {"personas/varmistelija.yaml": yaml(PERSONA, full(6))}


def test_who_comes_before_a_persona_counts_for_the_mark(tmp_path: Path) -> None:
    def digest(root: Path) -> tuple[int, str]:
        workspace = linked(root)
        (job,) = (each for each in all_jobs(workspace, ["persona-card"]) if each.stem.startswith("varm"))
        (persona,) = (each for each in workspace.personas if each is job.subject)
        card = compose_persona_card(workspace, persona, "fi")
        return card.mark, Inputs(workspace).digest(job, "html")

    alone = digest(small(tmp_path))
    second = digest(
        small(tmp_path, {"personas/ennakoija.yaml": PERSONA.replace("Varmistelija", "Ennakoija")})
    )
    assert (alone[0], second[0]) == (0, 1)
    assert alone[1] != second[1]


def test_one_card_or_all_of_them(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"personas/pikainen.yaml": PERSONA.replace("Varmistelija", "Pikainen")})
    options = ("--format", "html", "--language", "sv")
    one = pitchgen_here(capsys, "persona-card", "pikainen", *options, workspace=root)
    assert (one.returncode, one.stdout) == (0, "out/pikainen-persona-card-sv.html\n")
    every = pitchgen_here(capsys, "persona-card", *options, workspace=root)
    assert every.stdout.split() == [
        "out/pikainen-persona-card-sv.html",
        "out/varmistelija-persona-card-sv.html",
    ]
    wrong = pitchgen_here(capsys, "persona-card", "pikanen", workspace=root)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "there is no persona 'pikanen'" in wrong.stderr
    assert "did you mean 'pikainen'?" in wrong.stderr
