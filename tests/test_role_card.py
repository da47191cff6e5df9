"""The role card: what it says, that it fits two pages, and that every reader can read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from every_document import make, studio_of
from pdf_standards import VeraPdf
from poppler import said_by
from rich import RICH
from workspaces import GERMAN_FACTS, REPOSITORY, SMALL, TODAY, linked, pitchgen_here, small, us_starter

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.documents.catalogue import FOR_NEWCOMER, KINDS
from pitchgen.documents.role_card.compose import RoleCard, compose_role_card
from pitchgen.load.document import parse
from pitchgen.model.amount import read_date
from pitchgen.render.press import Press
from pitchgen.studio.document import Rendered
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Workspace

THE_DAY = read_date(TODAY)
LANGUAGES = ("fi", "en", "sv")
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


@pytest.fixture(scope="module")
def studio(starter: Workspace, press: Press) -> Studio:
    return Studio(starter, THE_DAY, press)


def card_of(workspace: Workspace, id: str, language: str = "fi") -> RoleCard:
    return compose_role_card(workspace, next(r for r in workspace.roles if r.model.id == id), language)


def test_a_role_that_meets_customers_names_them(starter: Workspace) -> None:
    card = card_of(starter, "palveluasiantuntija")
    assert card.title == "Palveluasiantuntija"
    assert "Varmistelija" in [persona.label for persona in card.personas]
    assert card.ways == ()


def test_a_back_office_role_is_shown_every_branch_to_the_customer(starter: Workspace) -> None:
    card = card_of(starter, "automaatiokehittaja", "en")
    assert card.personas == ()
    assert [way[:-1] for way in card.ways] == [
        ("Automation developer", "Service specialist"),
        ("Automation developer", "Field technician"),
        ("Automation developer", "Rollout lead"),
    ]
    assert all("Trouper" in way[-1] for way in card.ways)


def test_the_shortest_way_is_taken_around_circles(tmp_path: Path) -> None:
    role = SMALL["roles/asiantuntija.yaml"]
    files = {
        f"roles/{id}.yaml": role.replace("personas: [varmistelija]", f"roles: [{served}]")
        for id, served in [("a", "b, c"), ("b", "a"), ("c", "d"), ("d", "asiantuntija")]
    }
    workspace = linked(small(tmp_path, {**files, "roles/a.yaml": files["roles/a.yaml"] + "    id: a\n"}))
    (way,) = card_of(workspace, "a").ways
    assert len(way) == len(("a", "c", "d", "asiantuntija", "customers"))


def test_a_role_without_a_way_to_a_customer_has_no_chain(tmp_path: Path) -> None:
    lonely = SMALL["roles/asiantuntija.yaml"].replace("personas: [varmistelija]", "roles: [yksin]")
    workspace = linked(small(tmp_path, {"roles/yksin.yaml": lonely}))
    assert card_of(workspace, "yksin").ways == ()


def test_a_promise_stands_with_its_time(tmp_path: Path) -> None:
    promises = "".join(
        f"  - {{text: Kahvia., when: {when}}}\n" for when in ("2026-12-24", "day 3", "joka perjantai")
    )
    role = dedent(SMALL["roles/asiantuntija.yaml"]) + f"commitments:\n  - text: Kahvia.\n{promises}"
    root = small(tmp_path, {"roles/asiantuntija.yaml": role})
    always, *timed = card_of(linked(root), "asiantuntija").commitments
    assert [(each.date, each.day, each.rhythm) for each in timed] == [
        ("24.\N{NO-BREAK SPACE}joulukuuta 2026", None, None),
        (None, 3, None),
        (None, None, "joka perjantai"),
    ]
    assert (always.date, always.day, always.rhythm) == (None, None, None)
    studio = Studio(linked(root), THE_DAY)
    page = studio.render(
        studio.compose("role-card", studio.workspace.roles[0], "fi"), "html"
    ).content.decode()
    for said in ("24.\N{NO-BREAK SPACE}joulukuuta 2026", "päivä\N{NO-BREAK SPACE}3", "joka perjantai"):
        assert f'<li>Kahvia. <span class="aside">{said}</span></li>' in page


def test_goals_stand_with_their_figures_and_days(starter: Workspace) -> None:
    goal = card_of(starter, "kenttateknikko").goals[0]
    assert (goal.metric, goal.now, goal.target, goal.by, goal.by_day) == ("NPS", "44", "50", None, 365)


Cards = Mapping[tuple[str, str], Rendered]


def cards_of(studio: Studio) -> Cards:
    """Every card on paper, by role and language."""
    return {
        (role.model.id, language): studio.render(studio.compose("role-card", role, language), "pdf")
        for role in studio.workspace.roles
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def cards(studio: Studio) -> Cards:
    return cards_of(studio)


def test_every_card_of_the_starter_fits_two_pages_without_a_complaint(cards: Cards) -> None:
    assert {which: card.problems for which, card in cards.items() if card.problems} == {}


def test_only_the_second_page_says_whose_it_is_and_which(cards: Cards, tmp_path: Path) -> None:
    (tmp_path / "card.pdf").write_bytes(cards["palveluasiantuntija", "en"].content)
    first, second, _ = said_by("pdftotext", "-layout", tmp_path / "card.pdf", "-").split("\f")
    assert second.split("\n")[-2].split() == ["Service", "specialist", "·", "2/2"]
    assert "1/2" not in first


def test_every_card_fits_two_pages_of_us_letter_too(press: Press, tmp_path: Path) -> None:
    cards = cards_of(Studio(linked(us_starter(tmp_path)), THE_DAY, press))
    assert {which: card.problems for which, card in cards.items() if card.problems} == {}


def test_the_first_page_is_full_wherever_its_last_line_falls(press: Press, tmp_path: Path) -> None:
    """WeasyPrint moves all of a page to the next one when only the blank below a block does not fit."""
    css = (shipped.TEMPLATES / "card.css").read_text(encoding="utf-8")
    root = us_starter(tmp_path)
    (root / "templates").mkdir()
    for tenths in range(60, 100, 4):
        moved = f"{css}\nheader {{ margin-bottom: {tenths / 10}mm; }}\n"
        (root / "templates" / "card.css").write_text(moved, encoding="utf-8")
        studio = Studio(linked(root), THE_DAY, press)
        technician = next(r for r in studio.workspace.roles if r.model.id == "kenttateknikko")
        (root / "card.pdf").write_bytes(
            studio.render(studio.compose("role-card", technician, "en"), "pdf").content
        )
        first, *_ = said_by("pdftotext", "-layout", root / "card.pdf", "-").split("\f")
        assert len(first.split()) > 200, tenths


def test_cards_pass_both_pdf_standards(cards: Cards, press: Press, tmp_path: Path, verapdf: VeraPdf) -> None:
    bare = Studio(linked(small(tmp_path / "small")), THE_DAY, press)
    # The last three roles in each language.
    made = [card.content for card in [*cards.values()][-3 * len(LANGUAGES) :]]
    made += [
        bare.render(bare.compose("role-card", role, "sv"), "pdf").content for role in bare.workspace.roles
    ]
    paths = [tmp_path / f"{number}.pdf" for number in range(len(made))]
    for path, content in zip(paths, made, strict=True):
        path.write_bytes(content)
    assert verapdf.failures(paths) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_with_nothing_optional_has_no_empty_section(tmp_path: Path, language: str) -> None:
    studio = Studio(linked(small(tmp_path)), THE_DAY)
    html = studio.render(
        studio.compose("role-card", studio.workspace.roles[0], language), "html"
    ).content.decode()
    assert html.count("<h2>") == 2
    assert "None" not in html
    assert "<table" not in html


def test_values_are_never_markup(tmp_path: Path) -> None:
    role = SMALL["roles/asiantuntija.yaml"].replace("Palveluasiantuntija", '"<b>{{ 7*7 }}</b>"')
    studio = Studio(linked(small(tmp_path, {"roles/asiantuntija.yaml": role})), THE_DAY)
    html = studio.render(
        studio.compose("role-card", studio.workspace.roles[0], "fi"), "html"
    ).content.decode()
    assert "<h1>&lt;b&gt;{{ 7*7 }}&lt;/b&gt;</h1>" in html


# The command


def test_the_command_makes_a_card_for_one_role_or_for_all(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    one = pitchgen_here(capsys, "role-card", "asiantuntija", "-o", "out", "--format", "html", workspace=root)
    assert (one.returncode, one.stdout) == (0, "out/asiantuntija-role-card-fi.html\n")
    every = pitchgen_here(
        capsys, "role-card", "--language", "sv", "-o", "out", "--format", "html", workspace=root
    )
    assert (every.returncode, every.stdout) == (0, "out/asiantuntija-role-card-sv.html\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["asiantuntia"], 1, "did you mean 'asiantuntija'?"),
        (["x"], 1, "the roles are: asiantuntija"),
        (["--language", "de"], 1, "'de' is not among the workspace's languages"),
        (["--format", "md"], 2, "'md' is not one of pdf, html"),
        (["asiantuntija", "-o", "card.md"], 2, "'card.md' would be none of pdf, html"),
    ],
)
def test_what_cannot_be_made_is_said(
    capsys: Capture, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    result = pitchgen_here(capsys, "role-card", *arguments, workspace=small(tmp_path))
    assert result.returncode == code
    assert said in result.stderr
    assert result.stdout == ""


# The fixed words


def words(language: str) -> dict[str, str]:
    found = parse((shipped.TEMPLATES / f"languages/{language}/words.yaml").read_bytes())
    assert isinstance(found, dict)
    return {key: str(text) for key, text in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_the_words_in_the_same_order(language: str) -> None:
    assert [key for key in words(language) if not key.endswith("_formal")] == list(words("en"))
    assert all(text.strip() for text in words(language).values())


def test_every_word_is_used() -> None:
    layouts = "".join(path.read_text(encoding="utf-8") for path in shipped.TEMPLATES.glob("*.html"))
    # w.owner, or w["place_" ~ place], which takes every word that begins so.
    beginnings = tuple(re.findall(r'w\["(\w+_)" ~', layouts))
    # The plain-text formats of the matrix and of a message are written by a program, as is what can be said
    # of chance; a message names a document by the word for it.
    programs = "".join(
        (REPOSITORY / f"pitchgen/{name}.py").read_text(encoding="utf-8")
        for name in ("render/export", "render/mail", "render/table", "compose/metrics")
    )
    unused = [
        key
        for key in words("en")
        if not re.search(rf"w\.{key}\b", layouts)
        and not re.search(rf"[\"']{key}[\"']", programs)
        and key not in {kind.word for kind in FOR_NEWCOMER}
    ]
    assert [key for key in unused if not key.startswith(beginnings)] == []


def test_a_workspace_says_one_word_otherwise_and_keeps_the_rest(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"templates/languages/fi/words.yaml": "role_card: Tehtäväkortti\n"})
    page = pitchgen_here(capsys, "role-card", "asiantuntija", "-o", "-", workspace=root).stdout
    assert "Tehtäväkortti" in page
    assert words("fi")["promise_part"] in page


def test_a_language_that_is_not_shipped_needs_every_word(capsys: Capture, tmp_path: Path) -> None:
    text = yaml.safe_dump({key: text for key, text in words("en").items() if key != "decides"})
    files = {
        "company.yaml": SMALL["company.yaml"].replace("sv]", "sv, de]"),
        "templates/languages/de/words.yaml": text,
        **GERMAN_FACTS,
    }
    root = small(tmp_path, files)
    result = pitchgen_here(capsys, "role-card", "--language", "de", "--format", "html", workspace=root)
    assert result.returncode == 1
    assert "templates/languages/de/words.yaml: error[words]: lacks the words for: decides" in result.stderr
    assert "pitchgen templates copy languages/en/words.yaml" in result.stderr


def test_a_misspelt_word_is_told_with_its_line(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"templates/languages/fi/words.yaml": "# omat\nrole_crad: Kortti\ntools: [a]\n"})
    result = pitchgen_here(capsys, "role-card", "--format", "html", workspace=root)
    assert result.returncode == 1
    assert (
        "templates/languages/fi/words.yaml:2:1: error[words]: 'role_crad' is no word of any document"
        in result.stderr
    )
    assert "did you mean 'role_card'?" in result.stderr
    assert "templates/languages/fi/words.yaml:3:8: error[words]: must be a text" in result.stderr


# Words of the house that are said to one person, and what a formal house never says to a newcomer.
SLIP = re.compile(
    r"\b(sinä|sinu[nta]|sinulle|sinusta|palvelet|onnistumisesi|vastaat|autat|päätät|voit|viihdyt|tunnistat"
    r"|olet|aloitat|voitat|teet|korjaat|tulit|katso|anna|etsi|lue|muista|sano|näytä|tee|kysy|siirry|tarkista"
    r"|luota|kerro|käännä|\w+(tteesi|steesi|neesi|desi|tesi))\b",
    re.IGNORECASE,
)


def toned(tone: str) -> dict[str, str]:
    return {**RICH, "company.yaml": RICH["company.yaml"].replace("tone: informal", f"tone: {tone}")}


@pytest.mark.parametrize("tone", ["formal", "informal"])
def test_a_formal_house_never_slips_into_sina(tmp_path: Path, tone: str) -> None:
    studio = studio_of(toned(tone), tmp_path)
    for name in ("role-card", "playbook", "persona-card"):
        values = make(KINDS[name], studio, "fi")[0].page.values
        layout = "".join(
            (shipped.TEMPLATES / file).read_text()
            for file in ("pictures.html", "playbook-persona.html", f"{name}.html")
        )
        used = {key: values["w"][key] for key in re.findall(r"\bw\.(\w+)", layout)}
        slips = {key for key, text in used.items() if SLIP.search(text)}
        assert bool(slips) == (tone == "informal"), (name, slips)
        assert bool(SLIP.search(values.get("how_to_use", ""))) == (tone == "informal" and name == "playbook")


def test_ones_own_word_counts_for_a_formal_house_too(tmp_path: Path) -> None:
    own = {"templates/languages/fi/words.yaml": "goals: Meidän tavoitteet\n"}
    told = own | {"templates/languages/fi/words.yaml": "goals: Näin\ngoals_formal: Näin juuri\n"}
    for n, (files, said) in enumerate(
        [({}, "Tavoitteenne"), (own, "Meidän tavoitteet"), (told, "Näin juuri")]
    ):
        studio = studio_of({**toned("formal"), **files}, tmp_path / str(n))
        assert make(KINDS["role-card"], studio, "fi")[0].page.values["w"]["goals"] == said


@pytest.mark.parametrize("text", ["nps: just words", "nps: {formula: a}", "nps: {formula: a, caveat: []}"])
def test_half_a_formula_is_a_problem(capsys: Capture, tmp_path: Path, text: str) -> None:
    root = small(tmp_path, {"templates/languages/fi/metrics.yaml": text})
    result = pitchgen_here(capsys, "role-card", "--format", "html", workspace=root)
    assert result.returncode == 1
    assert "must be a `formula` and a `caveat`" in result.stderr


@pytest.mark.parametrize("text", ["- a", "a: [", "a: \ta"])
def test_broken_words_are_a_problem_and_never_a_crash(capsys: Capture, tmp_path: Path, text: str) -> None:
    root = small(tmp_path, {"templates/languages/fi/words.yaml": text})
    result = pitchgen_here(capsys, "role-card", "--format", "html", workspace=root)
    assert result.returncode == 1
    assert "templates/languages/fi/words.yaml:1:" in result.stderr


def test_what_is_wrong_with_a_card_is_reported_in_the_file_of_its_role(tmp_path: Path) -> None:
    role = SMALL["roles/asiantuntija.yaml"] + "    id: toinen\n"
    workspace = linked(small(tmp_path, {"roles/a.yml": role}))
    (other,) = [each for each in workspace.roles if each.model.id == "toinen"]
    assert Studio(workspace, THE_DAY).compose("role-card", other, "fi").path == "roles/a.yml"


def test_a_metric_keeps_the_small_letter_of_its_name(studio: Studio) -> None:
    cards = [studio.compose("role-card", role, "en") for role in studio.workspace.roles]
    pages = "".join(studio.render(card, "html").content.decode() for card in cards)
    assert "<td>eNPS</td>" in pages
    assert "ENPS" not in pages


def test_a_card_goes_to_stdout_as_a_page(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert run(["role-card", "asiantuntija", "-w", str(small(tmp_path)), "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!DOCTYPE html>")
