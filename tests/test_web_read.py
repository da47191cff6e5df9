"""Reading, searching and the weakest link in a browser: each document, each answer, each field to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from html_standards import axe_violations
from playwright.sync_api import Browser, Page, expect
from rich import RICH
from web import Site, serving, visiting
from workspaces import small, write_tree

LANGUAGES = ("fi", "en", "sv")
# What the script that follows typing sends.
LIVE = {"Pitchgen-Live": "1"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The pages of a workspace that uses every field."""
    with serving(write_tree(tmp_path_factory.mktemp("web") / "yritys", RICH)) as pages:
        yield pages


def addresses(html: str) -> list[str]:
    """Where the links of a page lead."""
    return [unescape(found) for found in re.findall(r'href="([^"#][^"]*)"', html)]


def documents(html: str) -> list[str]:
    return [each for each in addresses(html) if re.fullmatch(r"/read/\w+/(?!asked)[\w-]+/[^/]+", each)]


def plain(html: str) -> str:
    """What a page says."""
    body = html[html.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_opens_in_every_language_of_the_company(site: Site, language: str) -> None:
    found = documents(site.get(f"/read/{language}").text)
    kinds = {each.split("/")[3] for each in found}
    assert kinds == {"playbook", "role-card", "persona-card", "team-page", "manager-sheet"}
    for address in found:
        page = site.get(address)
        assert page.status == 200, address
        framed = site.get(f"{address}/page")
        assert f'<html lang="{language}"' in framed.text
        assert framed.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_a_document_is_taken_along_as_a_file(site: Site) -> None:
    (address,) = (each for each in documents(site.get("/read/en").text) if "persona-card/kiire" in each)
    pdf, html = site.get(f"{address}/as.pdf"), site.get(f"{address}/as.html")
    assert pdf.body.startswith(b"%PDF") and pdf.headers["content-type"] == "application/pdf"
    assert html.headers["content-disposition"].endswith("kiirehtija-persona-card-en.html")
    assert site.get(f"{address}/as.docx").status == 404


def test_no_address_tells_who_a_person_is(site: Site) -> None:
    pages = [site.get(path).text for path in ("/read", "/chain", "/chain/findings")]
    told = [each for page in pages for each in addresses(page)]
    assert any("/manager-sheet/" in each for each in told) and any("/team-page/" in each for each in told)
    assert not [each for each in told for name in ("ilona", "onni", "elsa") if name in each.casefold()]


@pytest.mark.parametrize(
    "path",
    ["/read/de", "/read/en/playbook/nobody", "/read/en/manager-sheet/ilona", "/read/en/pitch/ilona",
     "/read/en/team-page/neuvoja"],
)  # fmt: skip
def test_what_there_is_not_is_said(site: Site, path: str) -> None:
    assert site.get(path).status == 404


def test_what_is_looked_for_stands_in_no_address(site: Site) -> None:
    sent = site.post("/read/en", {"said": "Handing in"})
    assert (sent.status, "anding" in sent.headers["location"]) == (303, False)
    page = site.get(sent.headers["location"]).text
    assert 'value="Handing in"' in page and "Handing in the bike" in plain(page)


def test_with_nothing_to_look_for_all_is_shown(site: Site) -> None:
    assert site.post("/read/sv", {"said": "  "}).headers["location"] == "/read/sv"


def search(site: Site, said: str, language: str = "en") -> str:
    return plain(site.post(f"/read/{language}", {"said": said}, **LIVE).text)


@pytest.mark.parametrize(
    ("said", "language", "answers"),
    [
        # The moment in which a persona is met first, whatever it is called there.
        ("first contact", "en", ["Rusher", "a time at once", "Give the time first.", "Never say perhaps."]),
        (
            "ensikohtaaminen",
            "fi",
            ["Kiirehtijä", "kellonajan heti", "Haluan pyörän tänään", "Sano aika ensin."],
        ),
        ("första kontakten", "sv", ["Den snabba", "ett klockslag genast", "Säg aldrig kanske."]),
        # Forms of a word, within compounds too, without the dots, and with a slip.
        ("tiskillä", "fi", ["Pyörä tiskille", "Sano aika ensin."]),
        ("haastatteluja kypärässä", "fi", ["Kypärä päässä tiskillä."]),
        ("katkesi ketjun", "fi", ["Ketju katkesi."]),
        ("pyora", "fi", ["Pyörä tiskille"]),
        ("kelonaika", "fi", ["kellonajan heti"]),
        # A language that the reader has not chosen.
        ("kypärä", "en", ["Kiirehtijä", "Kypärä päässä tiskillä."]),
    ],
)
def test_an_answer_is_found_by_any_form_of_its_words(
    site: Site, said: str, language: str, answers: list[str]
) -> None:
    shown = re.sub(r"<mark>|</mark>", "", site.post(f"/read/{language}", {"said": said}, **LIVE).text)
    assert [each for each in answers if each not in plain(shown)] == []


def test_words_that_were_looked_for_are_marked_and_nothing_else(site: Site) -> None:
    page = site.post("/read/en", {"said": "queue"}, **LIVE).text
    assert set(re.findall("<mark>([^<]*)</mark>", page)) == {"queue"}


def test_nothing_found_is_said(site: Site) -> None:
    assert "Nothing is written about that." in search(site, "xylophone")


def test_a_name_finds_documents_of_people_too(site: Site) -> None:
    found = documents(site.post("/read/en", {"said": "ilo"}, **LIVE).text)
    assert [each.split("/")[3] for each in found] == ["manager-sheet"]


def test_an_answer_leads_to_its_place_in_the_playbook(site: Site) -> None:
    page = site.post("/read/en", {"said": "first contact"}, **LIVE).text
    (place,) = (each for each in addresses(page) if "?at=" in each)
    frame = re.search(r'<iframe src="([^"]+)"', site.get(place).text)
    assert frame
    address, _, anchor = frame[1].partition("#")
    assert (anchor, f'id="{anchor}"' in site.get(address).text) == ("persona-1-1", True)


def test_what_a_file_says_now_is_found(tmp_path: Path) -> None:
    with serving(small(tmp_path)) as site:
        assert "Varmistelija" in search(site, "tietää", "fi")
        persona = tmp_path / "personas" / "varmistelija.yaml"
        persona.write_text("label: Varmistelija\nsummary: Kysyy kahdesti.\n", encoding="utf-8")
        assert "Kysyy kahdesti." in search(site, "kysyi", "fi").replace(" .", ".")


def test_every_cell_leads_to_what_is_written_or_is_to_be(site: Site) -> None:
    page = site.get("/chain").text
    cells = re.findall(r'<td class="who"[^>]* data-label="([^"]+)"><a href="([^"]+)"', page)
    assert [who for who, _ in cells] == ["Rusher", "Careful Owner"] * 2
    places = [(urlsplit(to).path, *parse_qs(urlsplit(unescape(to)).query)["at"]) for _, to in cells]
    assert ("/keep/file/personas/kiirehtija.yaml", "skips") in places
    assert ("/keep/file/personas/huolellinen.yaml", "moments") in places


def test_what_to_mend_first_says_each_link_in_words(site: Site) -> None:
    shown = plain(site.get("/chain").text)
    assert "The weakest link" in shown and "holds back" in shown
    assert re.search(r"promise whole.*touchpoint broken", shown)


def test_more_personas_than_fit_stand_on_pages_of_their_own(tmp_path: Path) -> None:
    people = {f"personas/p{n}.yaml": f"label: Persoona {n}\nsummary: Odottaa.\n" for n in range(9)}
    with serving(small(tmp_path, {**people, "journey.yaml": RICH["journey.yaml"]})) as site:
        first, second, none = (site.get(f"/chain{query}").text for query in ("", "?from=8", "?from=x"))
    shown = [re.findall(r'<th scope="col" class="who"[^>]*>([^<]+)</th>', page) for page in (first, second)]
    assert [*map(len, shown)] == [8, 2] and len({*shown[0], *shown[1]}) == 10
    assert none == first


def test_without_a_journey_it_is_said_what_chains_need(tmp_path: Path) -> None:
    with serving(small(tmp_path)) as site:
        assert "There are no chains yet" in plain(site.get("/chain").text)


FAULTS = {
    "managers/elsa.yaml": "name: Elsa Ek\n",
    "hires/aino.yaml": "name: Aino Virtanen\nrole: asiantuntija\nmanager: elsa\nstarts_on: 2020-01-01\n",
    "personas/varmistelija.yaml": """\
        label: Varmistelija
        summary: Haluaa tietää, mitä tapahtuu.
        owner: Kaisa Koski
        needs:
          - id: varmuus
            text: Haluan tietää.
        """,
}


def test_findings_stand_with_who_can_mend_them(tmp_path: Path) -> None:
    with serving(small(tmp_path, FAULTS)) as site:
        page = site.get("/chain/findings").text
    heads = re.findall(r'<h2 class="head">(.*?) <small>', page)
    assert heads == ["Elsa Ek, manager", "Kaisa Koski keeps the file", "HR"]
    assert "need-response" in page and "Why it matters" in page


def test_a_finding_is_allowed_by_the_lines_that_are_shown(tmp_path: Path) -> None:
    with serving(small(tmp_path, FAULTS)) as site:
        page = site.get("/chain/findings").text
        shown = re.findall(r'aria-label="[^"]*need-response [^"]*"[^>]*>([^<]*)</pre>', page)
        remark, _, line = unescape(shown[0]).partition("\n")
        persona = tmp_path / "personas" / "varmistelija.yaml"
        text = persona.read_text(encoding="utf-8")
        assert text.count(line) == 1
        persona.write_text(text.replace(line, f"{remark[:-1]}we ask first\n{line}"), encoding="utf-8")
        again = site.get("/chain/findings").text
    assert ("need-response" in page, "need-response" in again, "unused-remark" in again) == (
        True,
        False,
        False,
    )


def test_of_very_many_findings_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    people = {f"personas/p{n}.yaml": f"label: Persoona {n}\nsummary: Odottaa.\n" for n in range(60)}
    with serving(small(tmp_path, people)) as site:
        page = site.get("/chain/findings").text
    (count,) = (int(found) for found in re.findall(r'<h2 class="head">HR <small>(\d+)<', page))
    assert page.count("Why it matters") <= 100 < count
    assert f"and {count - 100} more, when these are mended" in page


def test_a_workspace_with_errors_says_them_and_whose_they_are(tmp_path: Path) -> None:
    with serving(small(tmp_path, {"personas/varmistelija.yaml": "label: Varmistelija\n"})) as site:
        read, found = site.get("/read"), site.get("/chain/findings")
    assert (read.status, "summary" in plain(read.text)) == (422, True)
    assert "First mend what must be mended" in plain(found.text)


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A tab in English that has come in."""
    with visiting(browser, site) as visitor:
        yield visitor.page


def test_answers_come_as_one_types_and_are_there_again_on_the_way_back(site: Site, page: Page) -> None:
    page.goto(f"{site.origin}/read")
    page.get_by_label("Find an answer").press_sequentially("first cont")
    answer = page.get_by_role("article").filter(has_text="Give the time first.")
    expect(answer.get_by_role("heading")).to_have_text("Rusher")
    answer.get_by_role("link", name="Rusher").click()
    expect(page.frame_locator("iframe").get_by_role("heading", name="Rusher")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Find an answer")).to_have_value("first cont")
    expect(page.get_by_role("article").first).to_be_visible()


def test_answers_come_by_the_button_without_scripts(site: Site, browser: Browser) -> None:
    with visiting(browser, site, locale="fi", java_script_enabled=False) as visitor:
        page = visitor.page
        page.goto(f"{site.origin}/read")
        page.get_by_label("Etsi vastaus").fill("tiski")
        page.get_by_role("button", name="Etsi").click()
        expect(page.get_by_role("article").first).to_contain_text("Sano aika ensin.")


@pytest.mark.parametrize("path", ["/read", "/read/fi/playbook/neuvoja", "/chain", "/chain/findings"])
def test_nothing_keeps_people_out(site: Site, page: Page, path: str) -> None:
    page.goto(f"{site.origin}{path}")
    # What is in a frame out of reach is judged as a file, with all documents.
    assert axe_violations(page) == []


def test_nothing_keeps_people_out_of_what_was_found(site: Site, page: Page) -> None:
    page.goto(f"{site.origin}/read")
    page.get_by_label("Find an answer").fill("first contact")
    expect(page.get_by_role("article").first).to_be_visible()
    assert axe_violations(page) == []


# Allowing a finding


def test_a_finding_is_allowed_with_a_reason_and_is_gone(browser: Browser, tmp_path: Path) -> None:
    with serving(small(tmp_path, FAULTS)) as site, visiting(browser, site) as visitor:
        page, persona = visitor.page, tmp_path / "personas/varmistelija.yaml"
        before = persona.read_text(encoding="utf-8")
        page.goto(f"{site.origin}/chain/findings")
        finding = page.locator("li", has_text="need-response").first
        finding.get_by_text("Allow it, with a reason").click()
        finding.get_by_label("Because").fill("  we ask first  ")
        finding.get_by_role("button", name="Allow it").click()
        expect(page.locator("li", has_text="need-response")).to_have_count(0)
        after = persona.read_text(encoding="utf-8").splitlines(keepends=True)
        (remark,) = [n for n, line in enumerate(after) if "pitchgen: allow need-response" in line]
        assert after[remark].strip() == "# pitchgen: allow need-response because we ask first"
        assert "".join([*after[:remark], *after[remark + 1 :]]) == before
        # What was there before is kept.
        assert (tmp_path / "out/.versions/personas/varmistelija.yaml").is_dir()


def findings_of(page: str) -> list[str]:
    return re.findall(r'name="finding" value="(\w+)"', page)


def test_a_finding_that_is_not_there_any_more_is_not_allowed(tmp_path: Path) -> None:
    with serving(small(tmp_path, FAULTS)) as site:
        found = findings_of(site.get("/chain/findings").text)
        before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
        assert site.post("/chain/findings", {"finding": "x", "reason": "y"}).status == 404
        assert site.post("/chain/findings", {"finding": found[0], "reason": " \n"}).status == 409
        assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before
        for path, content in before.items():
            path.write_bytes(b"# New.\n" + content)
        assert site.post("/chain/findings", {"finding": found[0], "reason": "y"}).status == 404
    with serving(tmp_path, read_only=True) as site:
        assert findings_of(site.get("/chain/findings").text) == []
        assert site.post("/chain/findings", {"finding": found[0], "reason": "y"}).status == 403


def test_every_finding_can_be_allowed_without_touching_another_byte(tmp_path: Path) -> None:
    root = small(tmp_path, FAULTS)
    for path in root.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    files = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    with serving(root) as site:
        while found := findings_of(site.get("/chain/findings").text):
            assert (
                site.post("/chain/findings", {"finding": found[0], "reason": "it is meant: # so"}).status
                == 303
            )
            assert len(findings_of(site.get("/chain/findings").text)) < len(found)
    remark = re.compile(rb"^[ ]*# pitchgen: allow [\w-]+ because it is meant: # so\r\n", re.MULTILINE)
    for path, before in files.items():
        assert b"\xef\xbb\xbf" + remark.sub(b"", path.read_bytes().removeprefix(b"\xef\xbb\xbf")) == before
