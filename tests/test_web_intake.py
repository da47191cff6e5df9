"""An intake in a browser: a list is brought, mended and made, as somebody in HR would do it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
from html_standards import axe_violations
from lists import csv_of, xlsx_of
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from web import Site, serving, visiting
from workspaces import GUARD, ROLE, small

from pitchgen.intake.build import Outcome
from pitchgen.load.look import MAX_COLUMNS
from pitchgen.web.making import DONE, Making

HEADINGS = ["Nimi", "Tehtävä", "Aloituspäivä", "Esihenkilö", "Kummi", "Kengät"]
BO = ["Bo Salainen", "asiantuntija", "1.12.2026", "Maija Mäki", "Oona Salo", "44"]
CIA = ["Cia Salainen", "kokki", "2.12.2026", "Maija Mäki", "Oona Salo", "38"]
READY = {
    "managers/maija.yaml": "name: Maija Mäki\ntitle: Johtaja\n",
    "roles/asiantuntija.yaml": f"{ROLE}    first_days: [{{day: 1, text: Tapaat esihenkilösi.}}]\n",
}
# The third row, the second column.
WRONG = "#cell-3-2"
MADE = [
    "bo-salainen-asiantuntija-2026-12-01-pitch-fi.html",
    "cia-salainen-asiantuntija-2026-12-02-pitch-fi.html",
]
BOUNDARY = "the-end-of-a-part"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(small(tmp_path / "ws", READY)) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site) as visitor:
        yield visitor.page


def bring(page: Page, site: Site, rows: list[list[str]], name: str = "kesä.csv") -> None:
    page.goto(f"{site.origin}/intake")
    content = xlsx_of(rows) if name.endswith(".xlsx") else csv_of(rows)
    page.set_input_files("#list", {"name": name, "mimeType": "", "buffer": content})
    if page.locator("button.noscript").is_visible():
        page.get_by_role("button", name="Read the list").click()
    page.locator("#state").wait_for()


def choose(page: Page, *documents: str, formats: tuple[str, ...] = ("html",)) -> None:
    for name, wanted in (("documents", documents), ("formats", formats)):
        for box in page.locator(f"input[name={name}]").all():
            box.set_checked(box.get_attribute("value") in wanted)


def posted(site: Site, content: bytes, name: str = "list.csv") -> str:
    """The address of a list that was brought without a browser."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="list"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return site.send("POST", "/intake", body, kind).headers["location"]


def making(site: Site, address: str) -> Making:
    found = site.desk.lists.making(address.rpartition("/")[2])
    assert found
    return found


@pytest.mark.parametrize("name", ["kesä.csv", "kesä.xlsx"])
def test_a_list_with_a_wrong_row_is_mended_and_made(page: Page, site: Site, name: str) -> None:
    bring(page, site, [HEADINGS, BO, CIA], name)
    expect(page.locator("#state")).to_contain_text("1 row must be mended")
    expect(page.locator(WRONG)).to_contain_text("is no role of this workspace")
    expect(page.locator("#cell-1-6")).to_contain_text("not used")
    assert page.get_by_role("button", name="Make the documents").count() == 0
    page.locator(f"{WRONG} a").click()
    page.locator(f"{WRONG} textarea").fill("asiantuntija")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("#state")).to_contain_text("2 people · nothing must be mended")
    expect(page.locator(f"{WRONG} a")).to_be_focused()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the list").click()
    mended = [HEADINGS, BO, [CIA[0], "asiantuntija", *CIA[2:]]]
    assert downloading.value.path().read_bytes() == csv_of(mended, encoding="utf-8-sig")
    choose(page, "pitch")
    page.get_by_role("button", name="Make the documents").click()
    expect(page.locator("#state")).to_contain_text("All done")
    expect(page.locator(".count")).to_have_text("2 of 2")
    assert page.locator("#files a").all_text_contents() == MADE
    folder = site.desk.root / "out" / "kesä"
    assert sorted(path.name for path in folder.glob("*.html")) == MADE
    with page.expect_download() as downloading:
        page.get_by_role("link", name=MADE[1]).click()
    assert downloading.value.suggested_filename == MADE[1]
    assert downloading.value.path().read_bytes() == (folder / MADE[1]).read_bytes()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download all").click()
    with zipfile.ZipFile(downloading.value.path()) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: (folder / name).read_bytes() for name in MADE
        }
    page.get_by_role("button", name="Make what has changed").click()
    expect(page.locator("#state")).to_contain_text("2 were up to date")


def test_it_is_stopped_and_goes_on_with_what_is_left(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, take_down = Event(), Making.done

    def held(self: Making, outcome: Outcome) -> None:
        take_down(self, outcome)
        assert go_on.wait(GUARD)

    monkeypatch.setattr(Making, "done", held)
    bring(page, site, [HEADINGS, BO, ["Cia Salainen", *BO[1:]]])
    choose(page, "pitch", formats=("pdf", "html"))
    page.get_by_role("button", name="Make the documents").click()
    expect(page.locator(".count")).to_have_text("1 of 4")
    expect(page.locator("#state")).to_contain_text("Making the documents")
    page.get_by_role("button", name="Stop").click()
    go_on.set()
    expect(page.locator("#state")).to_contain_text("Stopped")
    left = making(site, page.url.removesuffix("/documents"))
    assert left.failed == []
    assert 0 < len(left.files()) < 4
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#state")).to_contain_text("All done")
    expect(page.locator("#files a")).to_have_count(4)
    expect(page.locator("#state")).to_contain_text("were up to date")


def test_what_cannot_be_made_is_told_and_the_rest_is_made(page: Page, site: Site) -> None:
    (site.desk.root / "templates").mkdir()
    (site.desk.root / "templates/pitch.html").write_text("{{ nothing_of_that_name }}")
    bring(page, site, [HEADINGS, BO])
    choose(page, "pitch", "role-card")
    page.get_by_role("button", name="Make the documents").click()
    expect(page.locator("#state")).to_contain_text("All done")
    expect(page.locator("#failed")).to_contain_text("uses something that is not there")
    expect(page.locator("#files a")).to_have_text(["asiantuntija-role-card-fi.html"])


def test_a_heading_says_what_its_column_holds(page: Page, site: Site) -> None:
    bring(page, site, [["Nimi", "Mitä tekee"], ["Bo Salainen", "asiantuntija"]])
    expect(page.locator("#of-list")).to_contain_text("no heading for the role")
    assert "--columns" not in page.content()
    page.locator("#cell-1-2 a").click()
    page.locator("#cell-1-2 select").select_option(label="Role")
    page.get_by_role("button", name="Change").click()
    expect(page.locator("#cell-1-2 .holds")).to_have_text("holds: Role")
    expect(page.locator("#state")).to_contain_text("1 person · nothing must be mended")


def test_a_row_is_left_out_and_taken_back(page: Page, site: Site) -> None:
    bring(page, site, [HEADINGS, BO, CIA])
    page.get_by_role("button", name="Leave out (Row 3)").click()
    expect(page.locator("#state")).to_contain_text("1 person · nothing must be mended")
    assert site.get(f"{urlsplit(page.url).path}/list.csv").text.count("Salainen") == 1
    page.get_by_role("button", name="Take back (Row 3)").click()
    expect(page.locator("#state")).to_contain_text("2 people · 1 row must be mended")


def test_a_row_opens_as_a_newcomer(page: Page, site: Site) -> None:
    bring(page, site, [HEADINGS, BO, CIA])
    page.get_by_role("button", name="Open (Row 2)").click()
    expect(page.locator("h1")).to_have_text("Bo Salainen")
    expect(page.locator("#role")).to_have_value("Palveluasiantuntija")
    expect(page.locator("#starts_on")).to_have_value("2026-12-01")
    expect(page.locator("#facts")).to_contain_text("aloud")
    page.go_back()
    page.get_by_role("button", name="Open (Row 3)").click()
    expect(page.locator("#starts_on")).to_have_value("2026-12-02")
    expect(page.locator("#role-problems")).to_contain_text("kokki")


def test_the_keyboard_is_enough(page: Page, site: Site) -> None:
    bring(page, site, [HEADINGS, BO, CIA])
    cell = page.locator(f"{WRONG} a")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{WRONG} textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    expect(cell).to_have_text("kokki")
    page.keyboard.press("Enter")
    expect(page.locator(f"{WRONG} textarea")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("asiantuntija")
    page.keyboard.press("Enter")
    expect(cell).to_be_focused()
    expect(cell).to_have_text("asiantuntija")
    page.keyboard.press("Tab")
    expect(page.locator("#cell-3-3 a")).to_be_focused()


def workbook(**sheets: list[list[str]]) -> bytes:
    """A workbook with a sheet of each name."""

    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)

    return xlsx_of([], fill)


ANNA = ["Anna Salainen", *BO[1:]]
SHEETS = {
    "Kesä": [HEADINGS, BO],
    "Syksy": [["Syksyllä aloittavat"], ["Kuka", "Vakanssi"], ["Nimi", "Tehtävä"], [CIA[0], "asiantuntija"]],
    "Tyhjä": [],
}


def bring_book(page: Page, site: Site, sheets: dict[str, list[list[str]]] = SHEETS) -> None:
    page.goto(f"{site.origin}/intake")
    page.set_input_files("#list", {"name": "uudet.xlsx", "mimeType": "", "buffer": workbook(**sheets)})
    if page.locator("button.noscript").is_visible():
        page.locator("button.noscript").click()
    page.locator(".whence").wait_for()


def test_a_list_is_taken_from_another_sheet_and_from_below_another_row(page: Page, site: Site) -> None:
    bring_book(page, site, {**SHEETS, "Talvi": [HEADINGS, ANNA]})
    expect(page.locator("#state")).to_contain_text("1 person")
    # It stands beside the choice that there was more than one.
    expect(page.locator("#place-problems")).to_contain_text("'Talvi' have people too")
    expect(page.locator("#place-problems")).to_contain_text("Choose the sheet here.")
    page.get_by_label("Sheet", exact=True).select_option("Syksy")
    page.get_by_role("button", name="Take the list from there").click()
    expect(page.locator(".whence summary")).to_have_text("Sheet Syksy, headings in row 3")
    expect(page.locator("#rows")).to_contain_text("Cia Salainen")
    expect(page.locator("#place-problems")).to_be_hidden()
    assert page.locator("#folder").input_value() == "uudet-syksy"
    page.locator(".whence summary").click()
    page.get_by_label("Row of the headings").select_option(label="Row 2: Kuka, Vakanssi")
    page.get_by_role("button", name="Take the list from there").click()
    expect(page.locator("#rows")).to_contain_text("Vakanssi")
    expect(page.locator("#place-problems")).to_contain_text("row 2 has no heading for the name of a newcomer")
    expect(page.locator("#place-problems")).to_contain_text("Choose here which row has the headings")
    assert "--heading-row" not in page.content()
    page.goto(f"{site.origin}/intake")
    expect(page.locator(".rows")).to_contain_text("uudet.xlsx · Syksy")


def test_what_was_mended_is_there_again_when_one_comes_back_to_a_sheet(page: Page, site: Site) -> None:
    bring_book(page, site, {"Kesä": [HEADINGS, BO, CIA], "Syksy": [HEADINGS, ANNA, CIA]})
    page.locator(f"{WRONG} a").click()
    page.locator(f"{WRONG} textarea").fill("asiantuntija")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("2 people · nothing must be mended")
    page.get_by_role("button", name="Leave out (Row 2)").click()
    expect(page.locator("#state")).to_contain_text("1 person")
    for sheet, told in [("Syksy", "2 people · 1 row must be mended"), ("Kesä", "1 person · nothing")]:
        if page.locator(".whence").get_attribute("open") is None:
            page.locator(".whence summary").click()
        page.get_by_label("Sheet", exact=True).select_option(sheet)
        page.get_by_role("button", name="Take the list from there").click()
        expect(page.locator("#state")).to_contain_text(told)
    expect(page.locator(WRONG)).to_contain_text("asiantuntija")


def test_a_place_is_chosen_with_the_keyboard_and_without_scripts(browser: Browser, site: Site) -> None:
    with visiting(browser, site, java_script_enabled=False, locale="fi") as visitor:
        page = visitor.page
        bring_book(page, site)
        summary = page.locator(".whence summary")
        expect(summary).to_have_text("Taulukko Kesä, otsikot rivillä 1")
        if page.locator(".whence").get_attribute("open") is None:
            summary.press("Enter")
        page.get_by_label("Taulukko", exact=True).press("ArrowDown")
        page.get_by_role("button", name="Lue luettelo tästä").press("Enter")
        expect(summary).to_have_text("Taulukko Syksy, otsikot rivillä 3")


def test_a_sheet_that_cannot_be_read_is_told_beside_the_choice(site: Site, browser: Browser) -> None:
    wide = [["Nimi", *(f"x{n}" for n in range(MAX_COLUMNS))], BO]
    with visiting(browser, site, locale="sv") as visitor:
        page = visitor.page
        bring_book(page, site, {"Bred": wide, "Bra": [HEADINGS, BO]})
        page.locator(".whence summary").click()
        page.get_by_label("Blad", exact=True).select_option("Bred")
        page.get_by_role("button", name="Läs listan härifrån").click()
        expect(page.locator("#place-problems")).to_contain_text("columns")
        expect(page.get_by_label("Blad", exact=True)).to_have_value("Bred")
        # What was there stays.
        expect(page.locator("#rows")).to_contain_text("Bo Salainen")
        assert all("status of 422" in said for said in visitor.complaints)
        visitor.complaints.clear()


def test_a_workbook_whose_first_list_cannot_be_read_lets_one_choose_another(page: Page, site: Site) -> None:
    wide = [[*HEADINGS, *(f"x{n}" for n in range(MAX_COLUMNS))], BO]
    bring_book(page, site, {"Leveä": wide, "Kesä": [HEADINGS, BO]})
    expect(page.locator("#place-problems .problem")).to_have_count(1)
    expect(page.locator("#place-problems")).to_contain_text("columns")
    assert axe_violations(page) == []
    page.get_by_label("Sheet", exact=True).select_option("Kesä")
    page.get_by_role("button", name="Take the list from there").click()
    expect(page.locator("#state")).to_contain_text("1 person · nothing must be mended")


def test_it_is_for_everybody_in_every_state(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/intake")
    assert axe_violations(page) == []
    bring(page, site, [HEADINGS, BO, CIA])
    page.wait_for_load_state()
    assert axe_violations(page) == []
    page.locator(f"{WRONG} a").click()
    page.locator(f"{WRONG} textarea").fill("asiantuntija")
    assert axe_violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("nothing must be mended")
    choose(page, "role-card")
    page.get_by_role("button", name="Make the documents").click()
    expect(page.locator("#state")).to_contain_text("All done")
    page.wait_for_load_state()
    assert axe_violations(page) == []


def test_a_phone_shows_each_row_as_a_card_and_nothing_beside_the_page(browser: Browser, site: Site) -> None:
    with visiting(browser, site, viewport={"width": 390, "height": 800}) as visitor:
        page = visitor.page
        bring(page, site, [HEADINGS, BO, CIA])
        expect(page.locator(f"{WRONG} .label")).to_be_visible()
        page.locator(f"{WRONG} a").click()
        expect(page.locator(f"{WRONG} textarea")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_forms_do_it(browser: Browser, site: Site) -> None:
    with visiting(browser, site, java_script_enabled=False) as visitor:
        page = visitor.page
        bring(page, site, [HEADINGS, BO, CIA])
        page.locator(f"{WRONG} a").click()
        page.locator(f"{WRONG} textarea").fill("asiantuntija")
        page.get_by_role("button", name="Change").click()
        expect(page.locator("#state")).to_contain_text("nothing must be mended")
        choose(page, "pitch")
        page.get_by_role("button", name="Make the documents").click()
        making(site, page.url.removesuffix("/documents")).join(GUARD)
        page.get_by_role("link", name="Look again").click()
        expect(page.locator("#state")).to_contain_text("All done")
        assert page.locator("#files a").all_text_contents() == MADE


def test_a_list_that_is_none_is_refused_in_words(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        _bring_what_is_none(visitor.page, site)
        # A browser says of every page that it was refused with.
        assert all("status of 422" in said for said in visitor.complaints)
        visitor.complaints.clear()


def _bring_what_is_none(page: Page, site: Site) -> None:
    bring(page, site, [])
    expect(page.locator("#state")).to_contain_text("0 people · the list must be mended")
    expect(page.locator("#of-list")).to_contain_text("there is no row below the headings")
    page.goto(f"{site.origin}/intake")
    page.evaluate("document.querySelector('#list').accept = ''")
    page.set_input_files("#list", {"name": "people.ods", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0"})
    expect(page.locator(".told")).to_contain_text("neither .xlsx nor .csv")


def test_no_address_names_anybody_and_nothing_is_left_on_disk(site: Site) -> None:
    before = set(site.desk.root.rglob("*"))
    address = posted(site, csv_of([HEADINGS, BO]), "Bo Salainen.csv")
    shown = site.get(address).text
    assert "Bo Salainen" in shown
    assert not re.search(r'(?:href|src|action)="[^"]*(?:alainen|Bo)', shown)
    assert set(site.desk.root.rglob("*")) == before
    assert site.post(f"{address}/forget", {}).headers["location"] == "/intake"
    assert site.get(address).status == 404


@pytest.mark.parametrize("folder", ["../away", "/tmp/away", "..", "a/../../b", "C:\\away", "\0"])
def test_documents_go_nowhere_but_into_out(site: Site, folder: str) -> None:
    address = posted(site, csv_of([HEADINGS, BO]))
    site.post(f"{address}/documents", {"documents": "pitch", "formats": "txt", "folder": folder})
    made = making(site, address)
    made.join(GUARD)
    assert made.phase == DONE
    assert made.order.folder.parent == site.desk.root / "out"


def test_a_folder_that_leads_elsewhere_is_refused(site: Site, tmp_path: Path) -> None:
    (site.desk.root / "out").mkdir()
    (site.desk.root / "out/away").symlink_to(tmp_path)
    address = posted(site, csv_of([HEADINGS, BO]))
    fields = {"documents": "pitch", "formats": "txt", "folder": "away"}
    assert site.post(f"{address}/documents", fields).status == 400
    assert list(tmp_path.glob("*pitch*")) == []


def test_what_cannot_be_is_answered_in_words(site: Site) -> None:
    address = posted(site, csv_of([HEADINGS, BO]))
    assert site.get(f"{address}/documents").status == 404
    assert site.post(f"{address}/documents", {"documents": "pitch", "formats": "md?"}).status == 400
    assert site.post(f"{address}/documents", {"documents": "team-page", "formats": "docx"}).status == 400
    assert site.post(f"{address}/row", {"out": "1"}).status == 404
    assert site.post(f"{address}/row", {"open": "99"}).status == 404
    assert site.post(f"{address}/cell", {"row": "99999999999", "column": "²", "value": "x"}).status == 303
    assert site.get(f"{address}?page=99&row=x").status == 200
    assert site.post("/intake", {"list": "text"}).status == 400
    assert site.post(f"{address}/place", {"sheet": "Kesä"}).status == 422
    assert site.post(f"{address}/place", {"heading_row": "99"}).status == 422
    assert site.post(f"{address}/place", {"heading_row": "²"}).status == 303
    site.post(f"{address}/documents", {"documents": "pitch", "formats": "txt"})
    making(site, address).join(GUARD)
    assert site.get(f"{address}/documents/0").status == 200
    for wrong in ("1", "-1", "x", "..%2fcompany.yaml"):
        assert site.get(f"{address}/documents/{wrong}").status == 404
    archive = zipfile.ZipFile(io.BytesIO(site.get(f"{address}/documents.zip").body))
    assert len(archive.namelist()) == 1


def test_nothing_is_made_where_nothing_may_be_written(tmp_path: Path) -> None:
    with serving(small(tmp_path, READY), read_only=True) as site:
        address = posted(site, csv_of([HEADINGS, BO]))
        assert site.post(f"{address}/documents", {"documents": "pitch", "formats": "txt"}).status == 403
        assert "Make the documents</button>" not in site.get(address).text
        assert not (tmp_path / "out").exists()


def test_errors_of_the_workspace_are_told_before_anything_is_made(site: Site) -> None:
    (site.desk.root / "roles/asiantuntija.yaml").write_text("title: Yksin\n")
    address = posted(site, csv_of([HEADINGS, BO]))
    shown = site.get(address).text
    assert "What must be mended in the company’s files first" in shown
    # The list itself is right.
    assert "1 person · nothing must be mended" in shown and "Mend first what is said above" in shown
    site.post(f"{address}/documents", {"documents": "pitch", "formats": "txt"})
    making(site, address).join(GUARD)
    shown = site.get(f"{address}/documents").text
    assert "Nothing was made" in shown
    assert "roles/asiantuntija.yaml" in shown
