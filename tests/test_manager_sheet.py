"""The manager's sheet: what it says about a newcomer, that it fits two sides, and that nothing is lost."""

from __future__ import annotations

import html as html_module
import re
import stat
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest
from pdf_standards import VeraPdf
from poppler import said_by
from workspaces import COMPANY, HIRE, REPOSITORY, ROLE, TODAY, linked, pitchgen_here, small, without_warnings

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.compose.goal import working_day
from pitchgen.documents.manager_sheet.compose import MOST_BEHAVIORS, ManagerSheet, compose_manager_sheet
from pitchgen.model.amount import read_date
from pitchgen.render.markdown import read_prose
from pitchgen.render.press import Press
from pitchgen.studio.document import Rendered
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Hire, Workspace
from pitchgen.workspace.newcomer import Newcomer
from pitchgen.workspace.read import read_workspace

THE_DAY = read_date(TODAY)
LANGUAGES = ("fi", "en", "sv")
NBSP = "\u00a0"
STARTS = "starts_on: 2026-12-01\n"  # a Tuesday
Capture = pytest.CaptureFixture[str]

BEHAVIORS = """\
    values:
      - id: sana
        name: Sana pitää
        behaviors:
          - {id: aika, text: Sanomme kellonajan, instead_of: lupaus ilman aikaa}
          - {id: uutinen, text: Kerromme huonon uutisen itse, non_negotiable: true}
      - id: loppuun
        name: Loppuun asti
        behaviors:
          - {id: kokeilu, text: Asiakas kokeilee ensin}
"""
REWARDS = """\
    rewards:
      - {id: kiitos, kind: praise, text: kiitos ääneen, for: [aika, uutinen], suits: [julkinen]}
      - id: vapaa
        kind: time
        text: vapaapäivä
        for: [aika]
        suits: [perhe]
        not_for: Ylitöistä saa palkan
        evidence: Kellonajat pitivät
      - {id: kurssi, kind: growth, text: kurssi, suits: [oppiminen], not_for: Toiveesta ei makseta}
"""


def yaml(*parts: str) -> str:
    return "".join(dedent(part) for part in parts)


def promises(*pairs: tuple[str, str | None]) -> str:
    lines = ["commitments:"]
    for text, when in pairs:
        lines += [f"  - text: {text}"] + ([f"    when: {when}"] if when else [])
    return "\n".join(lines) + "\n"


def manager(*pairs: tuple[str, str | None]) -> str:
    return "manager:\n  name: Marjut Ketola\n" + "".join(
        f"  {line}\n" for line in promises(*pairs).splitlines()
    )


def sheet_in(root: Path, language: str = "fi") -> ManagerSheet:
    workspace = linked(root)
    return compose_manager_sheet(workspace, workspace.hires[0], language)


def sheet_for(tmp_path: Path, hire: str = "", role: str = "", company: str = "") -> ManagerSheet:
    changes = {
        "company.yaml": yaml(COMPANY, company),
        "roles/asiantuntija.yaml": yaml(ROLE, role),
        "hires/aino.yaml": yaml(HIRE, hire),
    }
    return sheet_in(small(tmp_path, changes))


def made(workspace: Workspace, format: str, language: str = "fi", hire: Hire | None = None) -> str:
    """The sheet as `html` or `md`."""
    studio = Studio(workspace, THE_DAY)
    rendered = studio.render(studio.compose("manager-sheet", hire or workspace.hires[0], language), format)
    # What somebody wrote of them in another language is said, and not what is looked at here.
    assert {problem.code for problem in rendered.problems} <= {"missing-translation"}
    return rendered.content.decode()


def without_style(html: str) -> str:
    """A page without its style sheets, and without signs of where a line may end."""
    return re.sub(r"(?s)<style>.*?</style>|<span class=\"(?:part|join)\"></span>", "", html)


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A small workspace that fills every section."""
    return small(
        tmp_path,
        {
            "company.yaml": yaml(COMPANY, BEHAVIORS, REWARDS, promises(("Talo tarjoaa lounaan", "day 1"))),
            "metrics.yaml": """\
                metrics:
                  - id: enps
                    name: eNPS
                    kind: enps
                    latest:
                      value: 31
                    target:
                      value: 40
            """,
            "hires/aino.yaml": yaml(
                HIRE,
                STARTS,
                manager(("Haen sinut ovelta", "day 1"), ("Juttelemme", "joka perjantai")),
                "needs: [Aino tarvitsee rauhaa]\nlikes: [perhe]\nbuddy: Kerttu Salo\n",
            ),
        },
    )


# The calendar


@pytest.mark.parametrize(
    ("when", "stop", "date"),
    [
        ("day -7", "before", "ti 24.11."),
        ("2026-11-30", "before", "ma 30.11."),
        ("day 1", "day_1", "ti 1.12."),
        ("2026-12-01", "day_1", "ti 1.12."),
        ("day 2", "week_1", "ke 2.12."),
        ("day 5", "week_1", "ma 7.12."),  # a Saturday
        ("day 7", "week_1", "ma 7.12."),
        ("2026-12-05", "week_1", "la 5.12."),  # HR named that very day
        ("day 8", "day_30", "ti 8.12."),
        ("day 30", "day_30", "ke 30.12."),
        ("day 31", "day_60", "to 31.12."),
        ("day 60", "day_60", "pe 29.1."),
        ("day 61", "day_90", "ma 1.2."),  # a Saturday
        ("day 90", "day_90", "ma 1.3."),  # a Sunday
        ("day 91", "later", "ma 1.3.2027"),
        ("2027-11-30", "later", "ti 30.11.2027"),
        ("joka perjantai", "again", None),
        ("ensimmäisen viikon joka päivä", "week_1", None),
        (None, "undated", None),
    ],
)
def test_a_promise_stands_at_its_stop_with_its_date(
    tmp_path: Path, when: str | None, stop: str, date: str | None
) -> None:
    (found,) = sheet_for(tmp_path, STARTS + manager(("Kahvit", when))).stops
    (promise,) = found.promises
    assert found.name == stop
    assert promise.date == (date.replace(" ", NBSP) if date else None)
    assert (promise.text, promise.whose, promise.day) == ("Kahvit.", "manager", None)
    assert promise.rhythm == (when if when and "joka" in when else None)


@pytest.mark.parametrize(
    ("day", "on"), [(-1, "2027-01-01"), (-2, "2027-01-01"), (1, "2027-01-04"), (6, "2027-01-11")]
)
def test_a_weekend_is_moved_to_monday_and_before_the_first_day_to_friday(day: int, on: str) -> None:
    assert working_day(read_date("2027-01-04"), day) == read_date(on)


@pytest.mark.parametrize(
    ("when", "stop", "day", "date"),
    [
        ("day 1", "day_1", None, None),
        ("day 14", "day_30", "14", None),
        ("day -7", "before", "\N{MINUS SIGN}7", None),
        ("2026-12-02", "dated", None, f"ke{NBSP}2.12.2026"),
    ],
)
def test_while_nobody_knows_the_first_day_a_day_of_work_stays_one(
    tmp_path: Path, when: str, stop: str, day: str | None, date: str | None
) -> None:
    (found,) = sheet_for(tmp_path, manager(("Kahvit", when))).stops
    (promise,) = found.promises
    assert (found.name, promise.day, promise.date) == (stop, day, date)


def test_each_promise_says_whose_it_is_and_the_managers_own_come_first_on_a_day(tmp_path: Path) -> None:
    sheet = sheet_for(
        tmp_path,
        hire=STARTS + manager(("Lounas kanssani", "day 7"), ("Juttelemme", "joka perjantai")),
        role=promises(("Kollega vieressä", "day 3"), ("Tauko", "joka päivä")),
        company=promises(("Talon lounas", "day 7"), ("Avaimet", "day 1")),
    )
    said = [(stop.name, [(line.text, line.whose) for line in stop.promises]) for stop in sheet.stops]
    assert said == [
        ("day_1", [("Avaimet.", "company")]),
        (
            "week_1",
            [("Kollega vieressä.", "role"), ("Lounas kanssani.", "manager"), ("Talon lounas.", "company")],
        ),
        ("again", [("Juttelemme.", "manager"), ("Tauko.", "role")]),
    ]


def test_a_days_number_and_an_unset_date_are_said_on_the_page(tmp_path: Path) -> None:
    hire = yaml(HIRE, manager(("Kahvit", "day 14"), ("Kävely", None)))
    workspace = linked(small(tmp_path, {"hires/aino.yaml": hire}))
    assert "- päivä 14 – Kahvit. (sinun)" in made(workspace, "md")
    assert "### Sovi päivä\n\n- Kävely. (sinun)" in made(workspace, "md")
    assert f'<span class="when">päivä{NBSP}14</span>' in made(workspace, "html")


# Thanks and praise


def test_a_behaviour_is_thanked_for_with_the_reward_that_suits_the_person(tmp_path: Path) -> None:
    company, role = BEHAVIORS + REWARDS, "behaviors: [aika, uutinen, kokeilu]\n"
    aika, uutinen, kokeilu = sheet_for(tmp_path, "likes: [PERHE]\n", role, company).praise
    assert (aika.behavior, aika.reward, aika.suits) == ("Sanomme kellonajan.", "vapaapäivä.", True)
    assert (aika.evidence, aika.instead_of) == ("Kellonajat pitivät.", "lupaus ilman aikaa.")
    assert (uutinen.reward, uutinen.suits, uutinen.evidence) == (None, False, None)
    assert (kokeilu.reward, kokeilu.suits, kokeilu.instead_of) == (None, False, None)


def test_who_likes_quiet_thanks_is_not_praised_in_front_of_everyone(tmp_path: Path) -> None:
    quiet = "      - {id: kortti, kind: praise, text: kortti kotiin, suits: [hiljaa]}\n"
    role = "behaviors: [uutinen]\n"
    (line,) = sheet_for(tmp_path / "a", "likes: [hiljaa]\n", role, BEHAVIORS + REWARDS + quiet).praise
    assert (line.reward, line.suits) == ("kortti kotiin.", True)
    (line,) = sheet_for(tmp_path / "b", "likes: [hiljaa]\n", role, BEHAVIORS + REWARDS).praise
    assert (line.reward, line.suits) == (None, False)
    (line,) = sheet_for(tmp_path / "c", "", role, BEHAVIORS + REWARDS + quiet).praise
    assert (line.reward, line.suits) == ("kiitos ääneen.", False)


def test_evidence_stands_with_the_deed_that_it_proves(tmp_path: Path) -> None:
    rewards = """\
    rewards:
      - id: vapaa
        kind: time
        text: vapaapäivä
        evidence: Asiakas kertoi siitä
        for:
          - {behavior: aika, evidence: Kellonajat pitivät}
          - uutinen
    """
    company, role = yaml(BEHAVIORS, rewards), "behaviors: [aika, uutinen, kokeilu]\n"
    evidence = [line.evidence for line in sheet_for(tmp_path, "", role, company).praise]
    assert evidence == ["Kellonajat pitivät.", "Asiakas kertoi siitä.", None]


def test_the_first_like_decides_and_without_likes_the_first_reward(tmp_path: Path) -> None:
    company, role = BEHAVIORS + REWARDS, "behaviors: [aika]\n"
    (line,) = sheet_for(tmp_path / "a", "likes: [julkinen, perhe]\n", role, company).praise
    assert (line.reward, line.suits) == ("kiitos ääneen.", True)
    (line,) = sheet_for(tmp_path / "b", "likes: [perhe, julkinen]\n", role, company).praise
    assert (line.reward, line.suits) == ("vapaapäivä.", True)
    (line,) = sheet_for(tmp_path / "c", "", role, company).praise
    assert (line.reward, line.suits) == ("kiitos ääneen.", False)


def test_what_a_reward_is_not_for_is_said_of_those_on_the_sheet_only(tmp_path: Path) -> None:
    company, role = BEHAVIORS + REWARDS, "behaviors: [aika]\n"
    sheet = sheet_for(tmp_path / "a", "likes: [perhe, oppiminen]\n", role, company)
    assert [(no.reward, no.text) for no in sheet.not_for] == [
        ("vapaapäivä", "Ylitöistä saa palkan."),
        ("kurssi", "Toiveesta ei makseta."),
    ]
    assert sheet_for(tmp_path / "b", "likes: [julkinen]\n", role, company).not_for == ()


def test_a_role_without_behaviours_takes_the_companys_the_non_negotiable_first(tmp_path: Path) -> None:
    praise = sheet_for(tmp_path / "a", company=BEHAVIORS).praise
    assert [line.behavior for line in praise] == [
        "Kerromme huonon uutisen itse.",
        "Sanomme kellonajan.",
        "Asiakas kokeilee ensin.",
    ]
    many = "values:\n  - id: sana\n    name: Sana\n    behaviors:\n" + "".join(
        f"      - {{id: b{n}, text: Teko {n}}}\n" for n in range(MOST_BEHAVIORS + 3)
    )
    assert len(sheet_for(tmp_path / "b", company=many).praise) == MOST_BEHAVIORS


def test_a_behaviour_without_a_reward_is_thanked_for_in_words(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path, {"company.yaml": yaml(COMPANY, BEHAVIORS)}))
    for format in ("md", "html"):
        said = made(workspace, format)
        assert "sano kiitos heti ja kerro, mistä." in said
        assert "Älä palkitse tästä" not in said


@pytest.mark.parametrize(
    ("likes", "said", "rewards"),
    [
        ("[perhe]", "- Vapaapäivä\n", ("vapaapäivä",)),
        ("[oppiminen, perhe]", "- Kurssi\n- Vapaapäivä\n", ("kurssi", "vapaapäivä")),
        (
            "[sienet, sukellus]",
            "Mikään palkintomme ei vastaa näitä mieltymyksiä: sienet, sukellus. "
            "Kysy: ”Mikä kiitos ilahduttaisi?” Vaikka jokin näistä:\n\n- Kiitos ääneen\n- Vapaapäivä\n",
            ("kiitos ääneen", "vapaapäivä"),
        ),
        (
            "[]",
            "Sitä ei vielä tiedetä. Kysy: ”Mikä kiitos ilahduttaisi?” Vaikka jokin näistä:\n\n",
            ("kiitos ääneen", "vapaapäivä"),
        ),
    ],
)
def test_how_someone_likes_to_be_thanked_is_known_or_a_question_to_ask(
    tmp_path: Path, likes: str, said: str, rewards: tuple[str, ...]
) -> None:
    changes = {
        "company.yaml": yaml(COMPANY, BEHAVIORS, REWARDS),
        "hires/aino.yaml": yaml(HIRE, f"likes: {likes}\n"),
    }
    workspace = linked(small(tmp_path, changes))
    note = made(workspace, "md")
    assert f"## Mikä kiitos sopii\n\n{said}" in note
    html = made(workspace, "html")
    assert ("Kysy:" in html) == ("Kysy:" in said)
    thanks = compose_manager_sheet(workspace, workspace.hires[0], "fi").thanks
    assert thanks
    assert thanks.rewards == rewards


def test_without_rewards_only_likes_that_nothing_matches_are_mentioned(tmp_path: Path) -> None:
    assert sheet_for(tmp_path / "a").thanks is None
    changes = {"hires/aino.yaml": yaml(HIRE, "likes: [sienet]\n")}
    note = made(linked(small(tmp_path / "b", changes)), "md")
    assert "mieltymyksiä: sienet. Kysy: ”Mikä kiitos ilahduttaisi?”\n" in note
    assert "Vaikka jokin näistä" not in note


def test_enthusiasm_has_its_figure_when_the_company_measures_it(full: Path) -> None:
    said = "älä pelkkää tyytyväisyyttä. eNPS: nyt 31, tavoitetaso 40."
    assert said in made(linked(full), "md")
    assert said in made(linked(full), "html")


# The pitch as cue cards


def test_cards_begin_at_the_seconds_of_the_text_to_read_aloud(starter: Workspace) -> None:
    studio = Studio(starter, THE_DAY)
    for hire in starter.hires:
        text = studio.render(studio.compose("pitch", hire, "fi"), "txt").content.decode()
        starts = re.findall(r"^(\d:\d\d) ", text, re.MULTILINE)
        total = text.splitlines()[-1].strip()
        html = made(starter, "html", hire=hire)
        assert re.findall(r'<span class="at">(.*?)</span>', html) == starts
        assert re.findall(r"(?m)^- (\d:\d\d) ", made(starter, "md", hire=hire)) == starts
        seconds = sum(map(int, re.findall(r'<span class="seconds">(\d+)', html)))
        # Each is rounded.
        assert abs(seconds - int(total.split()[0])) <= len(starts)
        assert f'<span class="aside">{total.replace(" s", f"{NBSP}s")}</span>' in html


def test_a_card_begins_when_the_cards_before_it_have_been_said(tmp_path: Path) -> None:
    # 850 characters are a minute of Finnish.
    prose = f"# {'a' * 85}\n\n{'b' * 850}\n\nLoppu.\n"
    workspace = linked(small(tmp_path, {"templates/languages/fi/pitch.md": prose}))
    assert re.findall(r'<span class="at">(.*?)</span>', made(workspace, "html")) == ["0:00", "0:06", "1:06"]


def test_lead_in_words_are_bold_as_in_the_prose(tmp_path: Path) -> None:
    prose = "# Hei {{ called }}\n\n- **Rooli**: sinun on **ovi**.\n- Ei **mitään**\n\n**Marjut**\\\nPomo\n"
    workspace = linked(small(tmp_path, {"templates/languages/fi/pitch.md": prose}))
    html = re.sub('<span class="seconds">.*?</span> ', "", made(workspace, "html"))
    assert "<p><strong>Rooli:</strong> sinun on ovi.</p>" in html
    assert "<p>Ei mitään</p>" in html
    assert "<p><strong>Marjut</strong> Pomo</p>" in html
    assert " **Rooli:** sinun on ovi. (1 s)\n" in made(workspace, "md")


def test_each_sentence_stands_for_itself_with_its_seconds(tmp_path: Path) -> None:
    # 850 characters are a minute of Finnish.
    prose = f"# Hei\n\n- **Rooli.** {'a' * 84}. {'B' * 42}.\n"
    workspace = linked(small(tmp_path, {"templates/languages/fi/pitch.md": prose}))
    cues = re.findall(r'<p><span class="seconds">(\d+)\s+s</span> (.*?)</p>', made(workspace, "html"))
    assert cues == [("1", "Hei"), ("6", f"<strong>Rooli.</strong> {'a' * 84}."), ("3", f"{'B' * 42}.")]
    assert f"{'a' * 84}. (6 s) {'B' * 42}. (3 s)\n" in made(workspace, "md")


# What is there and what is not


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_without_data_vanish(tmp_path: Path, language: str) -> None:
    workspace = linked(small(tmp_path))
    html = without_style(made(workspace, "html", language))
    assert html.count("<h2>") == html.count("<section>") == 3
    assert not re.search(r"\bNone\b|<h3>|<(p|ul|ol|span|div|section)[^>]*>\s*</\1>", html)
    note = made(workspace, "md", language)
    assert note.count("\n## ") == 3
    assert not re.search(r"\bNone\b|###|\(\)|\n\n\n", note)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_sheet_has_every_section_and_headings_without_gaps(full: Path, language: str) -> None:
    html = without_style(made(linked(full), "html", language))
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert (levels[0], levels.count(2)) == (1, 7)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "None" not in html
    for said in ("Kerttu Salo", "Marjut Ketola", "Aino tarvitsee rauhaa.", "Ylitöistä saa palkan."):
        assert said in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_says_everything_the_page_says(full: Path, language: str) -> None:
    def words_of(text: str) -> set[str]:
        return set(re.findall(r"[^\W\d_]{2,}", text.casefold()))

    workspace = linked(full)
    page = re.sub("<[^>]+>", " ", without_style(made(workspace, "html", language)).partition("<body>")[2])
    note = words_of(made(workspace, "md", language))
    today = words_of("21. marraskuuta 21 November november")
    assert words_of(html_module.unescape(page)) - note <= today | words_of(workspace.company.name)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Luottamuksellinen, vain esihenkilölle."),
        ("en", "Confidential, for the manager only."),
        ("sv", "Konfidentiellt, bara för chefen."),
    ],
)
def test_it_says_that_it_is_confidential(starter: Workspace, language: str, said: str) -> None:
    assert f"<strong>{said}</strong>" in made(starter, "html", language)
    assert f"**{said}**" in made(starter, "md", language)


# The page

PAPERS = ("a4", "letter")


def on_paper(workspace: Workspace, paper: str) -> Workspace:
    brand = workspace.company.brand.model_copy(update={"paper": paper})
    workspace.company = workspace.company.model_copy(update={"brand": brand})
    return workspace


Sheets = Mapping[tuple[str, str], Rendered]


def sheets_on(paper: str, press: Press) -> Sheets:
    """The starter's sheets on such paper, by newcomer and language."""
    studio = Studio(on_paper(linked(REPOSITORY), paper), THE_DAY, press)
    return {
        (hire.model.id, language): studio.render(studio.compose("manager-sheet", hire, language), "pdf")
        for hire in studio.workspace.hires
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def sheets(press: Press) -> Sheets:
    return sheets_on("a4", press)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sheet_of_the_starter_fits_two_sides_without_a_complaint(
    press: Press, sheets: Sheets, paper: str
) -> None:
    for which, rendered in (sheets if paper == "a4" else sheets_on(paper, press)).items():
        assert rendered.problems == (), which


@pytest.mark.parametrize("role", sorted(path.stem for path in (REPOSITORY / "roles").glob("*.yaml")))
def test_a_typed_newcomer_in_any_role_fits_two_sides(press: Press, role: str) -> None:
    newcomer = Newcomer("Maria-Eveliina Korkeakoski", role, "marjut-ketola", "2026-12-01")
    workspace, _ = read_workspace(REPOSITORY, newcomer)
    assert workspace
    for paper in PAPERS:
        studio = Studio(on_paper(workspace, paper), THE_DAY, press)
        for language in LANGUAGES:
            rendered = studio.render(studio.compose("manager-sheet", workspace.hires[-1], language), "pdf")
            assert rendered.problems == (), (paper, language)


def test_what_does_not_fit_goes_to_a_third_page_with_a_warning(press: Press, tmp_path: Path) -> None:
    steps = manager(*((f"Lupaus numero {n}, joka on pitkä kuin talvi", f"day {n}") for n in range(1, 90)))
    workspace = linked(small(tmp_path, {"hires/aino.yaml": yaml(HIRE, STARTS, steps)}))
    studio = Studio(workspace, THE_DAY, press)
    rendered = studio.render(studio.compose("manager-sheet", workspace.hires[0], "fi"), "pdf")
    assert [(p.code, p.path) for p in rendered.problems] == [("too-many-pages", "hires/aino.yaml")]
    assert "should fit 2" in rendered.problems[0].message
    text = text_of(rendered.content, tmp_path)
    assert [n for n in range(1, 90) if f"Lupaus numero {n}," not in text] == []


def test_a_sheet_with_little_to_say_has_one_side(
    press: Press, starter: Workspace, sheets: Sheets, tmp_path: Path
) -> None:
    workspace = linked(small(tmp_path))
    studio = Studio(workspace, THE_DAY, press)
    sheet = studio.render(studio.compose("manager-sheet", workspace.hires[0], "fi"), "pdf")
    assert pages_of(sheet.content, tmp_path) == 1
    for rendered in sheets.values():
        assert pages_of(rendered.content, tmp_path) == 2


def pages_of(pdf: bytes, folder: Path) -> int:
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    return int(re.findall(r"(?m)^Pages: +(\d+)", said_by("pdfinfo", path))[0])


def text_of(pdf: bytes, folder: Path) -> str:
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    return " ".join(said_by("pdftotext", path, "-").split())


def test_sheets_pass_both_pdf_standards(
    sheets: Sheets, full: Path, press: Press, tmp_path: Path, verapdf: VeraPdf
) -> None:
    made = [rendered.content for rendered in sheets.values()]
    for workspace in (linked(full), linked(small(tmp_path / "bare"))):
        studio = Studio(workspace, THE_DAY, press)
        made += [
            studio.render(studio.compose("manager-sheet", hire, language), "pdf").content
            for hire in workspace.hires
            for language in LANGUAGES
        ]
    paths = [tmp_path / f"{number}.pdf" for number in range(len(made))]
    for path, content in zip(paths, made, strict=True):
        path.write_bytes(content)
    assert verapdf.failures(paths) == []


# Values stay the text they are

HOSTILE = "<b>{{ 7*7 }}</b> *x* _y_ [z](http://a.example) `c` # 1. & &amp; {% raw %}"


def hostile_workspace(root: Path) -> Workspace:
    text = f"'{HOSTILE}'"
    company = f"""\
        values:
          - id: v
            name: V
            behaviors:
              - id: teko
                text: {text}
                instead_of: {text}
        rewards:
          - id: r
            kind: gift
            text: {text}
            for: [teko]
            not_for: {text}
            evidence: {text}
            suits: [perhe]
    """
    hire = f"""\
        name: {text}
        role: asiantuntija
        buddy: {text}
        needs: [{text}]
        likes: [perhe]
        manager:
          name: {text}
          commitments:
            - text: {text}
              when: {text}
    """
    return linked(small(root, {"company.yaml": yaml(COMPANY, company), "hires/aino.yaml": hire}))


def test_values_are_never_markup(tmp_path: Path) -> None:
    html = without_style(made(hostile_workspace(tmp_path), "html"))
    assert f"<h1>{html_module.escape(HOSTILE)}</h1>" in html
    assert "<b>" not in html
    assert "49" not in html
    assert html.count("{{ 7*7 }}") >= 11


def test_values_are_never_markdown(tmp_path: Path) -> None:
    note = read_prose(made(hostile_workspace(tmp_path), "md"))
    assert note.heading == f"Esihenkilön muistilappu: {HOSTILE}"
    assert note.text.count(HOSTILE) >= 11
    assert "<a " not in note.body
    assert "49" not in note.text


# The command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = small(tmp_path / "workspace")
    monkeypatch.chdir(root)
    return root


def test_a_hire_gets_a_private_pdf_and_html(here: Path, capsys: Capture) -> None:
    done = pitchgen_here(capsys, "manager-sheet", "aino")
    assert (done.returncode, without_warnings(done.stderr)) == (0, "")
    assert done.stdout == "out/aino-manager-sheet-fi.pdf\nout/aino-manager-sheet-fi.html\n"
    for line in done.stdout.splitlines():
        assert stat.S_IMODE((here / line).stat().st_mode) == 0o600


def test_everyone_gets_one_in_their_own_language(here: Path, capsys: Capture) -> None:
    (here / "hires/bo.yaml").write_text("name: Bo\nrole: asiantuntija\nlanguage: sv\n")
    done = pitchgen_here(capsys, "manager-sheet", "--format", "md")
    assert done.returncode == 0
    assert done.stdout == "out/aino-manager-sheet-fi.md\nout/bo-manager-sheet-sv.md\n"
    assert (here / "out/bo-manager-sheet-sv.md").read_text().startswith("# Chefens minneslapp: Bo\n")


def test_a_newcomer_can_be_typed(here: Path, capsys: Capture) -> None:
    typed = ["--name", "Eeva Ääri", "--role", "asiantuntija", "--manager", "Mirja Yksi"]
    arguments = [*typed, "--starts-on", "2026-12-01", "--language", "en", "-o", "-"]
    done = pitchgen_here(capsys, "manager-sheet", *arguments)
    assert (done.returncode, without_warnings(done.stderr)) == (0, "")
    assert done.stdout.startswith("# Manager’s sheet: Eeva Ääri\n")
    assert f"Palveluasiantuntija · first day 1{NBSP}December 2026 · manager Mirja Yksi\n" in done.stdout


@pytest.mark.parametrize(("format", "start"), [("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF-1.7")])
def test_stdout_takes_any_one_format(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], format: str, start: bytes
) -> None:
    assert run(["manager-sheet", "aino", "-o", "-", "--format", format, "-w", str(here)]) == 0
    assert capfdbinary.readouterr().out.startswith(start)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ano"], 1, "did you mean 'aino'?"),
        (["aino", "--language", "de"], 1, "'de' is not among the workspace's languages"),
        (["--name", "Bo", "--role", "asiantuntia"], 1, "did you mean 'asiantuntija'?"),
        (["aino", "--format", "txt"], 2, "'txt' is not one of pdf, html, docx, ics, md"),
        (["aino", "-o", "sheet.txt"], 2, "'sheet.txt' would be none of pdf, html, docx, ics, md"),
        (["aino", "--name", "Bo", "--role", "asiantuntija"], 2, "describe someone without a file"),
        (["--name", "Bo"], 2, "needs both --name and --role"),
    ],
)
def test_what_cannot_be_made_is_said(
    here: Path, capsys: Capture, arguments: list[str], code: int, said: str
) -> None:
    result = pitchgen_here(capsys, "manager-sheet", *arguments, workspace=here)
    assert result.returncode == code
    assert said in result.stderr
    assert result.stdout == ""
    assert not (here / "out").exists()


@pytest.mark.parametrize("name", ["manager-sheet.md", "manager-sheet.html"])
def test_a_mistake_in_a_template_is_shown_in_its_file_and_line(
    here: Path, capsys: Capture, name: str
) -> None:
    (here / "templates").mkdir()
    (here / "templates" / name).write_text("Hei\n\n{{ sheet.nimi }}\n")
    done = pitchgen_here(capsys, "manager-sheet", "--format", name.rpartition(".")[2])
    assert done.returncode == 1
    assert without_warnings(done.stderr).startswith(f"templates/{name}:3:1: error[template]: ")


def test_the_note_uses_the_words_that_the_page_uses() -> None:
    page, note = (
        set(re.findall(r"w\.(\w+)", (shipped.TEMPLATES / f"manager-sheet.{ending}").read_text("utf-8")))
        for ending in ("html", "md")
    )
    assert page == note
