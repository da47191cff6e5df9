"""Welcoming someone on the page, as a manager does who never saw it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest
from html_standards import axe_violations
from playwright.sync_api import Browser, Page, Route, expect
from poppler import said_by
from web import Site, Visitor, serving, visiting
from workspaces import REPOSITORY, linked, small

expect.set_options(timeout=120_000)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(REPOSITORY, read_only=True) as opened:
        yield opened


def begin(page: Page, **fields: str) -> None:
    """Somebody new, of whom so much is typed."""
    page.get_by_role("button", name="Someone new").click()
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def downloaded(page: Page, name: str) -> tuple[str, Path]:
    """What a link brings: its name, and where it is now."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=name, exact=True).press("Enter")
    return coming.value.suggested_filename, Path(coming.value.path())


def text_of(pdf: Path) -> str:
    return " ".join(said_by("pdftotext", pdf, "-").split())


def test_from_an_empty_form_to_a_letter_with_a_sentence_of_ones_own(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        begin(page)
        expect(page.locator("#facts")).to_have_text("The letter shows here once there are a name and a role.")
        page.get_by_label("Role", exact=True).fill("Palveluasiantuntija")
        page.get_by_label("Name", exact=True).fill("Maija Meikäläinen")
        page.get_by_label("Manager", exact=True).fill("marjut ketola")
        page.get_by_label("First day", exact=True).fill("2026-12-07")
        letter = page.frame_locator("#sheet iframe:not(.coming)")
        expect(letter.locator("h1")).to_have_text("Hei Maija, tervetuloa!")
        expect(letter.get_by_text("Marjut Ketola")).to_be_visible()
        expect(page.locator("#facts")).to_have_text(re.compile(r"\d\d s aloud · fits one page"))
        # A line of the letter is chosen, and said in other words.
        letter.get_by_text("Saat matkaasi neljä työkalua").click()
        words = page.get_by_label("In your words: Tools")
        expect(words).to_be_focused()
        expect(words).to_have_value("Saat matkaasi neljä työkalua:")
        words.fill("Tässä neljä eväsrasiaa:")
        expect(letter.get_by_text("Tässä neljä eväsrasiaa:")).to_be_visible()
        expect(page.locator("#pitch-tools-said")).to_contain_text("your words")
        name, pdf = downloaded(page, "PDF")
        assert name == "maija-meikäläinen-palveluasiantuntija-2026-12-07-pitch-fi.pdf"
        text = text_of(pdf)
        assert "Hei Maija, tervetuloa!" in text and "Tässä neljä eväsrasiaa:" in text
        # Kept when the page is loaded again, and taken back.
        page.reload()
        page.locator("#pitch-tools-said").click()
        expect(page.get_by_label("In your words: Tools")).to_have_value("Tässä neljä eväsrasiaa:")
        page.locator("#say-pitch-tools").get_by_role("button").click()
        expect(letter.get_by_text("Saat matkaasi neljä työkalua")).to_be_visible()


def test_the_letter_goes_along_in_every_form(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        page.get_by_role("button", name="Aino Virtasalmi").click()
        assert downloaded(page, "Text")[1].read_text("utf-8").startswith("Hei Aino, tervetuloa!")
        name, word = downloaded(page, "Word")
        assert name == "aino-virtasalmi-pitch-fi.docx"
        assert "word/document.xml" in ZipFile(word).namelist()
        assert b"BEGIN:VCALENDAR" in downloaded(page, "Calendar")[1].read_bytes()
        assert downloaded(page, "Web page")[1].read_bytes().startswith(b"<!DOCTYPE html>")
        assert (
            b"Content-Type: multipart/mixed" in downloaded(page, "Message with attachments")[1].read_bytes()
        )


def test_what_does_not_do_is_told_beside_its_field(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        begin(page, Role="Palveluasiantuntia", Name="Maija", Manager="Marjut Ketolaa")
        role = page.get_by_label("Role", exact=True)
        expect(page.locator("#role-problems")).to_contain_text("did you mean")
        expect(role).to_have_attribute("aria-invalid", "true")
        assert "role-problems" in (role.get_attribute("aria-describedby") or "")
        role.fill("Palveluasiantuntija")
        expect(page.locator("#role-problems")).to_be_empty()
        expect(role).not_to_have_attribute("aria-invalid", "true")
        # What was typed stays as it was while the letter follows.
        expect(page.get_by_label("Name", exact=True)).to_have_value("Maija")
        expect(page.locator("#manager-problems")).to_contain_text("did you mean 'marjut-ketola'?")


def test_the_words_of_the_company_stay_theirs_when_somebody_only_looks(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        page.get_by_role("button", name="Aino Virtasalmi").click()
        page.locator("#pitch-thanks-said").click()
        expect(page.get_by_label("In your words: Thanks")).not_to_have_value("")
        page.get_by_label("Called", exact=True).fill("Ansku")
        expect(page.frame_locator("#sheet iframe:not(.coming)").locator("h1")).to_have_text(
            "Hei Ansku, tervetuloa!"
        )
        expect(page.locator("#pitch-thanks-said")).not_to_contain_text("your words")


def test_without_scripts_the_way_to_the_letter_is_the_same(browser: Browser, site: Site) -> None:
    with visiting(browser, site, java_script_enabled=False) as visitor:
        page = visitor.page
        begin(page, Role="Palveluasiantuntija", Name="Maija Meikäläinen", Manager="Marjut")
        page.get_by_role("button", name="Show the letter").last.click()
        expect(page.locator("#manager-problems")).to_contain_text("did you mean 'marjut-ketola'?")
        page.get_by_label("Manager", exact=True).fill("Marjut Ketola")
        page.locator("#pitch-help-said").click()
        page.get_by_label("In your words: Help").fill("Soita milloin vain.")
        page.get_by_role("button", name="Show the letter").last.click()
        expect(
            page.frame_locator("#sheet iframe:not(.coming)").get_by_text("Soita milloin vain.")
        ).to_be_visible()
        assert "Soita milloin vain." in text_of(downloaded(page, "PDF")[1])


def test_the_keyboard_alone_does(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Someone new")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_label("Role", exact=True).focus()
        page.keyboard.type("Palveluasiantuntija")
        page.keyboard.press("Tab")
        page.keyboard.type("Maija")
        # As many do; it sends nothing away.
        page.keyboard.press("Enter")
        expect(page.frame_locator("#sheet iframe:not(.coming)").locator("h1")).to_have_text(
            "Hei Maija, tervetuloa!"
        )
        expect(page.get_by_label("Name", exact=True)).to_be_focused()
        page.locator("#pitch-story-said").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("In your words: Story")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_every_page_can_be_used_by_everybody(browser: Browser, site: Site, language: str) -> None:
    with visiting(browser, site, locale=language) as visitor:
        page = visitor.page
        role = page.get_by_label(re.compile("^(Role|Rooli|Roll)$"))
        _is_fit(visitor)
        page.locator("button.row").first.click()
        page.frame_locator("#sheet iframe:not(.coming)").locator("h1").wait_for()
        page.locator("#pitch-story-said").click()
        role.fill("x")
        expect(page.locator("#role-problems")).not_to_be_empty()
        _is_fit(visitor)
        role.fill("Palveluasiantuntija")
        page.locator("a[href$=practice]").click()
        _is_fit(visitor)
        page.goto(f"{site.origin}/nowhere")
        # It says that the page is not there.
        visitor.complaints.clear()
        _is_fit(visitor)


def _is_fit(visitor: Visitor) -> None:
    """Nothing is too wide for its window, and axe finds nothing."""
    page = visitor.page
    assert axe_violations(page) == []
    for width in (320, 390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_practising_shows_the_sentence_that_is_due(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page = visitor.page
        page.get_by_role("button", name="Aino Virtasalmi").click()
        page.clock.install()
        page.get_by_role("link", name="Practise saying it").click()
        expect(page.get_by_role("button", name="Start")).to_be_enabled()
        expect(page.locator(".now")).to_have_count(0)
        page.keyboard.press(" ")
        expect(page.locator(".now")).to_have_text("Hei Aino, tervetuloa!")
        page.clock.run_for(3_000)
        expect(page.locator(".now")).to_contain_text("Strategiamme")
        expect(page.locator("#clock")).to_have_text("3")
        page.keyboard.press(" ")
        page.clock.run_for(5_000)
        expect(page.locator("#clock")).to_have_text("3")
        page.get_by_role("button", name="Start").click()
        page.clock.run_for(200_000)
        expect(page.locator(".now")).to_have_count(0)


# What a server must bear


def test_what_was_typed_stands_in_no_address(site: Site) -> None:
    opened = site.post("/newcomers", {"of": "aino-virtasalmi"})
    assert opened.status == 303
    assert re.fullmatch(r"/newcomers/[\w-]{12}", opened.headers["location"])
    changed = site.post(opened.headers["location"], {"name": "Maija", "role": "x"})
    assert re.fullmatch(r"/newcomers/[\w-]{12}#letter", changed.headers["location"])


def test_somebody_who_is_not_open_any_more_is_told_of(site: Site) -> None:
    for path in ("/newcomers/nobody", "/newcomers/nobody/letter", "/newcomers/nobody/letter.pdf"):
        assert site.get(path).status == 404
    assert "This newcomer is not open any more." in site.get("/newcomers/nobody").text
    assert site.post("/newcomers/nobody", {"name": "x"}).status == 404
    assert site.post("/newcomers", {"of": "nobody"}).status == 404
    address = site.post("/newcomers", {}).headers["location"]
    assert site.get(f"{address}/letter.exe").status == 404
    # There is no letter yet.
    assert site.get(f"{address}/letter").status == 404
    assert site.get(f"{address}/letter.pdf").status == 422


def test_fifty_at_once_each_get_their_own_letter(site: Site) -> None:
    def one(number: int) -> str:
        address = site.post("/newcomers", {}).headers["location"]
        fields = {"name": f"Nimi{number} Niminen", "role": "Palveluasiantuntija"}
        page = site.post(address, fields, **{"Pitchgen-Live": "1"}).text
        return page + site.get(f"{address}/letter").text

    with ThreadPoolExecutor(50) as many:
        for number, text in enumerate(many.map(one, range(50))):
            assert f"Hei Nimi{number}, tervetuloa!" in text
            assert not re.search(rf"Nimi(?!{number}\b|nen)\d", text)


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def test_a_letter_that_would_never_end_is_told_of_and_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    root = small(tmp_path, {"templates/pitch.html": ENDLESS})
    with serving(root) as site:
        address = site.post("/newcomers", {"of": "aino"}).headers["location"]
        with ThreadPoolExecutor(2) as two:
            waiting = two.submit(site.get, address)
            assert two.submit(site.get, "/").result().status == 200
            told = waiting.result().text
            assert "What keeps the letter from being made" in told and "templates/pitch.html" in told
        assert site.get(f"{address}/letter.pdf").status == 422


def test_what_the_company_lacks_is_told_in_place_of_the_letter(tmp_path: Path) -> None:
    root = small(tmp_path, {"personas/varmistelija.yaml": "label: Varmistelija\n"})
    with serving(root) as site:
        page = site.get(site.post("/newcomers", {"of": "aino"}).headers["location"]).text
        assert "What keeps the letter from being made" in page
        assert "personas/varmistelija.yaml" in page and "summary" in page


def test_a_file_that_changes_is_seen_by_the_next_letter(tmp_path: Path) -> None:
    root = small(tmp_path)
    with serving(root) as site:
        address = site.post("/newcomers", {"of": "aino"}).headers["location"]
        assert "Et jää yksin." in site.get(f"{address}/letter").text
        company = root / "company.yaml"
        company.write_text(
            company.read_text(encoding="utf-8").replace("Et jää yksin.", "Et jää pimeään."), "utf-8"
        )
        assert "Et jää pimeään." in site.get(f"{address}/letter").text
        (root / "templates").mkdir()
        (root / "templates/pitch.html").write_text("<html><head></head><p>Oma</p></html>", "utf-8")
        assert "<p>Oma</p>" in site.get(f"{address}/letter").text


def test_a_file_that_changes_between_two_keystrokes_is_seen_by_the_second(tmp_path: Path) -> None:
    root = small(tmp_path)
    with serving(root) as site:
        address = site.post("/newcomers", {}).headers["location"]

        def typed(name: str) -> tuple[str, str]:
            """The address of the letter that the page shows then, and what it says."""
            fields = {"name": name, "role": "Palveluasiantuntija"}
            page = site.post(address, fields, **{"Pitchgen-Live": "1"}).text
            shown = page.partition('data-src="')[2].partition('"')[0]
            return shown, site.get(shown).text

        first, letter = typed("Maija")
        assert "Et jää yksin." in letter
        company = root / "company.yaml"
        said = company.read_text("utf-8")
        company.write_text(said.replace("Et jää yksin.", "Et jää pimeään."), "utf-8")
        # The frame shows what the page beside it tells of, until that is told anew.
        assert "Et jää yksin." in site.get(first).text
        second, letter = typed("Maija")
        assert second != first
        assert "Et jää pimeään." in letter and "Et jää yksin." not in letter
        # There is only the last one, so an older address shows that.
        assert "Et jää pimeään." in site.get(first).text


def test_while_somebody_types_only_what_is_told_comes_back(site: Site) -> None:
    address = site.post("/newcomers", {}).headers["location"]
    fields = {"name": "Maija", "role": "Palveluasiantuntia"}
    whole, live = site.get(address).text, site.post(address, fields, **{"Pitchgen-Live": "1"}).text
    regions = [re.findall(r'id="([^"]+)"[^>]* data-region', page) for page in (whole, live)]
    assert sorted(regions[0]) == sorted(regions[1])
    assert "<input" in whole and "<textarea" in whole and "<datalist" in whole
    in_main = live.partition("<main")[2]
    assert "<input" not in in_main and "<textarea" not in in_main and "<datalist" not in in_main


def test_what_is_told_speaks_of_fields_and_not_of_options(site: Site) -> None:
    address = site.post("/newcomers", {}).headers["location"]
    fields = {"name": "Dr. A. Lee", "role": "Palveluasiantuntija"}
    page = unescape(site.post(address, fields, **{"Pitchgen-Live": "1"}).text)
    assert "ask a colleague, and write their name here" in page
    assert "write their name, or the id of a file in managers/ here" in page
    assert "write what they like to be called under Called" in page
    assert not re.search("`--[a-z]", page)


# Keeping


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    """A workspace that may be written into."""
    with serving(small(tmp_path)) as opened:
        yield opened


def test_somebody_new_is_kept_and_their_letter_stays_the_same(browser: Browser, own: Site) -> None:
    with visiting(browser, own) as visitor:
        page = visitor.page
        begin(page, Role="Palveluasiantuntija", Name="Maija Meikäläinen")
        page.get_by_label("Why you", exact=True).fill('Kysyit: "miksi?" # aina')
        page.get_by_label("What they need", exact=True).fill("Rauhaa aamulla\n\n- ja tauon: päivällä")
        page.get_by_label("Comes at", exact=True).fill("09:30")
        page.locator("#pitch-help-said").click()
        page.get_by_label("In your words: Help").fill("Soita, kun mietit.")
        letter = page.frame_locator("#sheet iframe:not(.coming)")
        expect(letter.get_by_text("Soita, kun mietit.")).to_be_visible()
        page.get_by_role("button", name="Keep in hires/").press("Enter")
        expect(page.locator(".saved")).to_have_text("Saved: hires/maija-meikäläinen.yaml")
        expect(letter.get_by_text("Soita, kun mietit.")).to_be_visible()
        written = own.desk.root / "hires/maija-meikäläinen.yaml"
        assert written.stat().st_mode & 0o777 == 0o600
        hire = linked(own.desk.root).hires[-1].model
        assert (hire.name, hire.role, str(hire.arrival.time)) == (
            "Maija Meikäläinen",
            "asiantuntija",
            "09:30:00",
        )
        assert hire.why_you and hire.why_you.plain == 'Kysyit: "miksi?" # aina'
        assert [need.plain for need in hire.needs] == ["Rauhaa aamulla", "- ja tauon: päivällä"]
        # From then on it is their file that changes.
        page.get_by_label("Called", exact=True).fill("Maikku")
        expect(page.locator(".saved")).to_have_text("Not saved yet.")
        page.get_by_role("button", name="Save the changes").press("Enter")
        expect(page.locator(".saved")).to_have_text("Saved: hires/maija-meikäläinen.yaml")
        assert linked(own.desk.root).hires[-1].model.called == "Maikku"


OF_TWO = """\
# Mine.
name: Aino Virtanen   # so is this
role: asiantuntija

needs:
  - fi: Rauhaa.
    en: Quiet.
  # The second.
  - Tauko.
why_you:
  fi: Kysyit.
  en: You asked.
"""


def test_saving_changes_only_what_was_typed(tmp_path: Path) -> None:
    root = small(tmp_path)
    path = root / "hires/aino.yaml"
    path.write_text(OF_TWO, encoding="utf-8")
    with serving(root) as site:
        address = site.post("/newcomers", {"of": "aino"}).headers["location"]
        fields = {
            "name": "Aino Virtanen",
            "role": "Palveluasiantuntija",
            "needs": "Rauhaa.\r\nKahvia.",
            "why_you": "Kuuntelit.",
        }
        assert site.post(f"{address}/save", fields).status == 303
        assert path.read_text(encoding="utf-8") == OF_TWO.replace("Kysyit.", "Kuuntelit.").replace(
            "  - Tauko.\n", "  - Kahvia.\n"
        )
        # What was there before is kept.
        versions = [*(root / "out/.versions/hires/aino.yaml").iterdir()]
        assert [each.read_text(encoding="utf-8") for each in versions] == [OF_TWO]


def test_what_does_not_do_is_not_kept(own: Site) -> None:
    address = own.post("/newcomers", {}).headers["location"]
    for fields in ({"name": "Maija", "role": "nobody"}, {"name": "", "role": "asiantuntija"}, {}):
        assert own.post(f"{address}/save", fields).status == 303
    assert [path.name for path in (own.desk.root / "hires").iterdir()] == ["aino.yaml"]


def test_two_of_one_name_get_files_of_their_own(own: Site) -> None:
    for _ in range(2):
        address = own.post("/newcomers", {}).headers["location"]
        own.post(f"{address}/save", {"name": "Maija Ek", "role": "asiantuntija"})
    assert {"maija-ek.yaml", "maija-ek-2.yaml"} <= {path.name for path in (own.desk.root / "hires").iterdir()}


def test_where_one_may_only_read_nothing_is_written(site: Site) -> None:
    address = site.post("/newcomers", {"of": "aino-virtasalmi"}).headers["location"]
    assert 'formaction="' not in site.get(address).text
    refused = site.post(f"{address}/save", {"name": "Aino", "role": "palveluasiantuntija"})
    assert refused.status == 403
    assert "The page was opened for reading only, so nothing was changed." in refused.text


def test_what_is_typed_before_the_script_is_there_counts(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as visitor:
        page, held = visitor.page, list[Route]()
        page.route("**/live.js", lambda route: held.append(route))  # noqa: PLW0108
        page.get_by_role("button", name="Aino Virtasalmi").click(no_wait_after=True)
        page.get_by_label("Called", exact=True).fill("Ansku")
        held[0].continue_()
        letter = page.frame_locator("#sheet iframe:not(.coming)")
        expect(letter.locator("h1")).to_have_text("Hei Ansku, tervetuloa!")
