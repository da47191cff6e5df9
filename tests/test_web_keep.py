"""Files are kept in the browser: as forms or as text, beside the page that they make, and never lost."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from html_standards import axe_violations
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from web import Answer, Site, serving, visiting
from workspaces import small, write_tree

PATH = "personas/varmistelija.yaml"
PERSONA = """\
# Who this is; a remark that stays.
label: Varmistelija  # as we say it

summary: {fi: Haluaa tietää., en: "Wants to know."}
needs:
  # The first of all.
  - id: aika
    text:   Milloin hän tulee?
    response: Kerromme kellonajan.
"""
MATTERS = {
    PATH: PERSONA,
    "journey.yaml": """\
        phases:
          - {id: alku, name: Alku}
        touchpoints:
          - {id: soitto, name: Soitto, phase: alku}
        """,
    "company.yaml": """\
        schema_version: 1
        name: Testi Oy
        language: fi
        languages: [fi, en]
        strategy: {name: Lähellä arkea, aim: Asiakas tietää aina.}
        promise: {text: Et jää yksin.}
        values:
          - id: kerro
            name: Kerro
        rewards:
          - id: kukka  # from the garden
            kind: praise
            text: kukka
        """,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path, MATTERS)


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site) as visitor:
        visitor.page.on("dialog", lambda dialog: dialog.accept())
        yield visitor.page


def open_form(page: Page, site: Site, path: str = PATH, face: str = "file") -> None:
    page.goto(f"{site.origin}/keep/{face}/{path}")


def said(root: Path, path: str = PATH) -> str:
    return (root / path).read_bytes().decode()


def beside(page: Page, text: str) -> None:
    """The page beside the form says this."""
    expect(page.frame_locator("#sheet iframe:not(.coming)").locator("body")).to_contain_text(text)


def retype(page: Page, text: str) -> None:
    """Put another text in the place of that in the editor."""
    # The plain area stands there until the editor takes its place.
    expect(page.locator("#text")).to_be_hidden()
    page.get_by_role("textbox", name="Text of").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    expect(page.locator("#text")).to_have_value(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main").get_by_role("status")).to_have_text("Saved.")


def test_a_form_changes_its_page_while_somebody_types_and_its_line_when_it_is_saved(
    page: Page, root: Path
) -> None:
    page.get_by_role("link", name="Keep").click()
    page.get_by_role("link", name="Varmistelija").click()
    page.get_by_label("Name: fi").fill("Tarkistelija")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tarkistelija")
    page.get_by_role("combobox", name="In", exact=True).select_option("fi")
    beside(page, "Tarkistelija")
    assert said(root) == PERSONA
    save(page)
    assert said(root) == PERSONA.replace("label: Varmistelija", "label: Tarkistelija")


def test_a_text_that_is_broken_says_on_which_line_until_it_is_mended(
    page: Page, root: Path, site: Site
) -> None:
    open_form(page, site)
    page.get_by_role("button", name="As text").click()
    editor = page.get_by_role("textbox", name=f"Text of {PATH}")
    expect(page.locator("#text")).to_have_value(PERSONA)
    retype(page, PERSONA.replace("summary:", "sumary:"))
    page.get_by_role("link", name="line 4").first.click()
    expect(editor).to_be_focused()
    expect(page.locator("#faults")).to_contain_text("once nothing must be mended")
    retype(page, PERSONA.replace("Haluaa tietää.", "Kysyy kahdesti."))
    expect(page.locator("#standing")).to_contain_text("Nothing to mend here.")
    page.get_by_role("combobox", name="In", exact=True).select_option("fi")
    beside(page, "Kysyy kahdesti.")
    save(page)
    assert said(root) == PERSONA.replace("Haluaa tietää.", "Kysyy kahdesti.")


def test_a_broken_file_is_kept_and_mended_as_text(page: Page, root: Path, site: Site) -> None:
    write_tree(root, {PATH: 'label: "Varmis'})
    open_form(page, site)
    assert page.url.startswith(f"{site.origin}/keep/text/{PATH}")
    expect(page.locator("#standing")).to_contain_text("1 must be mended")
    page.goto(f"{site.origin}/keep")
    expect(page.get_by_role("link", name="varmistelija.yaml")).to_contain_text("1 must be mended")


def test_what_is_wrong_stands_beside_its_field(page: Page, site: Site) -> None:
    open_form(page, site, f"{PATH}?at=needs[0].text")
    field = page.get_by_label("The need: fi").first
    expect(field).to_be_focused()
    field.fill("")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[id='needs[0].text-problems']")).to_contain_text("'text' is missing")
    # There is no second list of what stands beside a field.
    expect(page.locator("#told")).to_be_empty()


def test_of_two_who_save_the_second_sees_both_sides_and_loses_nothing(
    page: Page, root: Path, site: Site
) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        open_form(tab, site)
    other.get_by_label("Name: fi").fill("Toinen")
    save(other)
    page.get_by_label("In one sentence: fi").fill("Ensimmäisen lause.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It changed meanwhile")
    expect(page.get_by_role("region", name="What you changed")).to_contain_text("Ensimmäisen lause.")
    expect(page.get_by_role("region", name="What they changed")).to_contain_text("label: Toinen")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Go on with both").click()
    expect(page.get_by_label("In one sentence: fi")).to_have_value("Ensimmäisen lause.")
    expect(page.get_by_label("Name: fi")).to_have_value("Toinen")
    save(page)
    wanted = PERSONA.replace("label: Varmistelija", "label: Toinen")
    assert said(root) == wanted.replace("Haluaa tietää.", "Ensimmäisen lause.")


@pytest.mark.parametrize(("way", "label"), [("theirs", "Muiden"), ("mine", "Oma")])
def test_one_side_can_win(site: Site, root: Path, way: str, label: str) -> None:
    draft, digest = opened(site)
    (root / PATH).write_text(PERSONA.replace("Varmistelija", "Muiden"), encoding="utf-8")
    fields = {"_draft": draft, "_digest": digest, "label:fi": "Oma"}
    refused = site.post(f"/keep/file/{PATH}", {**fields, "_do": "save"})
    assert refused.headers["location"].startswith(f"/keep/both/{PATH}?draft=")
    assert "Muiden" in said(root)
    site.post(f"/keep/file/{PATH}", {"_draft": draft, "_do": way})
    assert said(root) == PERSONA.replace("Varmistelija", label)


def test_what_another_program_writes_is_told_of_while_somebody_types(
    page: Page, root: Path, site: Site
) -> None:
    open_form(page, site)
    (root / PATH).write_text(PERSONA.replace("kellonajan", "hinnan"), encoding="utf-8")
    page.get_by_label("Name: fi").fill("Tarkistelija")
    expect(page.locator("main").get_by_role("status")).to_contain_text("has changed on the disk")
    page.get_by_role("button", name="Look at both").click()
    page.get_by_role("button", name="Put mine on top").click()
    expect(page.locator("main").get_by_role("status")).to_have_text("Saved.")
    assert said(root) == PERSONA.replace("kellonajan", "hinnan").replace("Varmistelija", "Tarkistelija")


def test_a_file_that_is_gone_comes_back_with_what_was_typed(site: Site, root: Path) -> None:
    draft, digest = opened(site)
    (root / PATH).unlink()
    fields = {"_draft": draft, "_digest": digest, "label:fi": "Oma"}
    refused = site.post(f"/keep/file/{PATH}", {**fields, "_do": "save"})
    assert "has been removed" in site.get(refused.headers["location"]).text
    site.post(f"/keep/file/{PATH}", {"_draft": draft, "_do": "mine"})
    assert said(root) == PERSONA.replace("Varmistelija", "Oma")


def test_what_was_typed_survives_a_draft_that_made_room(site: Site, root: Path) -> None:
    _, digest = opened(site)
    fields = {"_draft": "gone", "_digest": digest, "label:fi": "Oma", "_do": "save"}
    site.post(f"/keep/file/{PATH}", fields)
    assert said(root) == PERSONA.replace("Varmistelija", "Oma")
    refused = site.post(f"/keep/file/{PATH}", {**fields, "label:fi": "Toinen"})
    assert "/keep/both/" in refused.headers["location"]
    assert "Toinen" in site.get(refused.headers["location"]).text


def test_changes_are_taken_back_and_versions_restored(page: Page, root: Path, site: Site) -> None:
    open_form(page, site)
    for name in ("Yksi", "Kaksi"):
        page.get_by_label("Name: fi").fill(name)
        save(page)
    page.get_by_role("button", name="Take the last change back").click()
    expect(page.get_by_label("Name: fi")).to_have_value("Yksi")
    assert "label: Yksi" in said(root)
    page.get_by_text("Earlier versions", exact=True).click()
    page.get_by_role("button", name="Make it so again").last.click()
    expect(page.get_by_label("Name: fi")).to_have_value("Varmistelija")
    assert said(root) == PERSONA


def test_a_file_is_removed_and_brought_back(page: Page, root: Path, site: Site) -> None:
    open_form(page, site)
    page.get_by_text("Remove it", exact=True).click()
    page.get_by_role("button", name="Yes, remove it").click()
    assert not (root / PATH).exists()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Varmistelija")
    assert said(root) == PERSONA


def test_an_item_of_a_list_has_a_form_of_its_own(page: Page, root: Path, site: Site) -> None:
    before = said(root, "company.yaml")
    page.goto(f"{site.origin}/keep")
    page.get_by_role("region", name="Rewards").get_by_role("link", name="kukka").click()
    page.get_by_label("Text: fi").fill("kimppu")
    save(page)
    assert said(root, "company.yaml") == before.replace("text: kukka", "text: kimppu")
    page.get_by_text("Remove it", exact=True).click()
    page.get_by_role("button", name="Yes, remove it").click()
    assert "kimppu" not in said(root, "company.yaml")
    assert "name: Kerro" in said(root, "company.yaml")


def test_a_persona_is_made_from_its_scaffold_and_written_without_yaml(
    page: Page, root: Path, site: Site
) -> None:
    page.goto(f"{site.origin}/keep")
    page.get_by_role("link", name="New persona").click()
    page.get_by_label("Name").fill("Pikku Kiireinen")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pikku Kiireinen")
    # What a scaffold leaves to be filled in is asked for, and is no text.
    summary = page.get_by_label("In one sentence: fi")
    expect(summary).to_have_value("")
    summary.fill("Haluaa kaiken heti.")
    page.get_by_label("The need: fi").first.fill("Haluan tietää nyt.")
    page.locator("summary", has_text="Need").last.click()
    page.get_by_label("The need: fi").last.fill("Haluan olla ensimmäinen jonossa.")
    save(page)
    file = next((root / "personas").glob("pikku*"))
    data = file.read_text(encoding="utf-8")
    assert "fi: Haluaa kaiken heti." in data
    assert "id: haluan-olla-ensimmäinen" in data
    assert data.startswith("# Ostajapersoona")
    assert "<what we call this persona>" in data


@pytest.mark.parametrize(
    ("noun", "fields", "at"),
    [
        ("role", {"title": "Neuvoja", "serves": "varmistelija"}, "roles/neuvoja.yaml"),
        ("manager", {"name": "Bo Berg"}, "managers/bo-berg.yaml"),
        ("hire", {"name": "Ida Salo", "role": "asiantuntija"}, "hires/ida-salo.yaml"),
        ("value", {"name": "Rohkeus"}, "company.yaml"),
        ("reward", {"text": "vapaapäivä", "kind": "time"}, "company.yaml"),
        ("metric", {"name": "Suosittelu", "kind": "nps"}, "metrics.yaml"),
        ("phase", {"name": "Loppu"}, "journey.yaml"),
        ("touchpoint", {"name": "Kirje", "phase": "alku"}, "journey.yaml"),
    ],
)
def test_everything_that_can_be_new_is_made(
    site: Site, root: Path, noun: str, fields: dict[str, str], at: str
) -> None:
    assert site.get(f"/keep/new/{noun}").status == 200
    answer = site.post(f"/keep/new/{noun}", fields)
    assert answer.status == 303, answer.text
    assert next(iter(fields.values())) in said(root, at)
    form = site.get(answer.headers["location"])
    assert (form.status, next(iter(fields.values())) in form.text) == (200, True)
    # No name of a person stands in an address.
    assert all(part.lower() not in answer.headers["location"].lower() for part in ("berg", "salo"))
    again = site.post(f"/keep/new/{noun}", fields)
    assert again.status == 303, again.text


def test_a_renaming_is_shown_line_by_line_and_then_done(page: Page, root: Path, site: Site) -> None:
    open_form(page, site)
    page.get_by_role("link", name="Change the id").click()
    page.get_by_label("New id").fill("tarkistelija")
    expect(page.locator("#changes")).to_contain_text("personas: [tarkistelija]")
    assert (root / PATH).exists()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Change it everywhere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Varmistelija")
    assert said(root, "personas/tarkistelija.yaml") == PERSONA
    assert "personas: [tarkistelija]" in said(root, "roles/asiantuntija.yaml")
    page.goto(f"{site.origin}/keep/rename/personas/tarkistelija.yaml?at=needs[0]")
    page.get_by_label("New id").fill("kello")
    page.get_by_role("button", name="Change it everywhere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Varmistelija")
    assert said(root, "personas/tarkistelija.yaml") == PERSONA.replace("id: aika", "id: kello")


def test_a_renaming_of_what_changed_meanwhile_is_shown_once_more(site: Site, root: Path) -> None:
    where = f"/keep/rename/{PATH}"
    shown = site.get(site.post(where, {"new": "toinen"}).headers["location"]).text
    digest, draft = (attribute(shown, name) for name in ("shown", "draft"))
    role = root / "roles/asiantuntija.yaml"
    role.write_text(f"{said(root, 'roles/asiantuntija.yaml')}# later\n", encoding="utf-8")
    answer = site.post(where, {"draft": draft, "new": "toinen", "shown": digest, "do": "rename"})
    assert "look once more" in site.get(answer.headers["location"]).text
    assert (root / PATH).exists()


def test_an_id_that_is_taken_or_none_is_refused(site: Site) -> None:
    for new in ("Äiti Maa", "a b"):
        answer = site.post(f"/keep/rename/{PATH}", {"new": new})
        assert 'class="problem error"' in site.get(answer.headers["location"]).text


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Aino", "-c", "user.email=aino@example.com")
    done = subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, check=True)
    return done.stdout.decode()


def test_what_changed_is_committed_with_one_button(
    page: Page, root: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "init", "--quiet")
    git(root, "add", "company.yaml", "journey.yaml", "personas", "roles")
    git(root, "commit", "--quiet", "-m", "first")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Aino")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "aino@example.com")
    open_form(page, site)
    page.get_by_label("Name: fi").fill("Tarkistelija")
    save(page)
    page.get_by_role("link", name="All files").click()
    expect(page.get_by_role("region", name="Changed since the last commit")).to_contain_text(PATH)
    page.get_by_label("What has changed").fill("Call her what she is")
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_text("Everything is committed.")).to_be_visible()
    assert git(root, "log", "-1", "--format=%s", "--name-only").split("\n")[0] == "Call her what she is"
    assert "hires" not in git(root, "ls-files")
    answer = site.post("/keep/commit", {"message": "again"})
    assert (answer.status, "nothing has changed" in answer.text) == (409, True)


def test_everything_can_be_done_by_keyboard(page: Page, root: Path, site: Site) -> None:
    open_form(page, site, f"{PATH}?at=label")
    expect(page.get_by_label("Name: fi")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("n")
    page.locator("summary", has_text="Portrait").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Portrait: fi")).to_be_focused()
    page.keyboard.type("Hän avaa oven.")
    page.keyboard.press("Control+s")
    expect(page.locator("main").get_by_role("status")).to_have_text("Saved.")
    assert "label: Varmistelijan  # as we say it" in said(root)
    assert "Hän avaa oven." in said(root)


def test_nothing_typed_is_left_behind_unasked(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    open_form(page, site)
    page.get_by_label("Name: fi").press_sequentially("x")
    page.get_by_role("link", name="All files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep")
    assert asked == ["beforeunload"]


def test_without_scripts_a_file_is_changed_by_buttons(browser: Browser, root: Path, site: Site) -> None:
    with visiting(browser, site, java_script_enabled=False) as visitor:
        page = visitor.page
        open_form(page, site, f"{PATH}?at=needs[0].response")
        expect(page.get_by_label("Our answer: fi").first).to_be_focused()
        page.get_by_label("Name: fi").fill("Tarkistelija")
        page.get_by_role("button", name="Show the page").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tarkistelija")
        assert said(root) == PERSONA
        page.locator("summary", has_text="How to recognise them").click()
        page.get_by_label("How to recognise them: fi").fill("Kysyy aina.")
        save(page)
        assert "recognize:\n  - fi: Kysyy aina.\n" in said(root)
        page.locator("summary", has_text="How to recognise them").first.click()
        page.get_by_label("Remove: How to recognise them").check()
        page.get_by_role("button", name="As text").click()
        area = page.get_by_label(f"Text of {PATH}")
        expect(area).to_have_value(PERSONA.replace("Varmistelija", "Tarkistelija"))
        area.fill(PERSONA)
        save(page)
    assert said(root) == PERSONA


def opened(site: Site, path: str = PATH) -> tuple[str, str]:
    """The draft of a file that was opened, and the digest that it had."""
    text = site.get(f"/keep/file/{path}").text
    return attribute(text, "_draft"), attribute(text, "_digest")


def attribute(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, text
    return found[1]


@pytest.mark.parametrize(
    "content",
    [
        PERSONA.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PERSONA.encode(),
        PERSONA.rstrip("\n").encode(),
        PERSONA.replace("# The first of all.\n", "# The first of all.\r\n").encode() + b"\n\n# last",
    ],
    ids=["windows", "mark", "no last break", "mixed"],
)
@pytest.mark.parametrize("face", ["file", "text"])
def test_all_other_bytes_stay_however_the_file_is_written(
    site: Site, root: Path, content: bytes, face: str
) -> None:
    (root / PATH).write_bytes(content)
    page = site.get(f"/keep/{face}/{PATH}").text
    fields = {name: attribute(page, name) for name in ("_draft", "_digest")}
    if face == "file":
        fields["label:fi"] = "Tarkistelija"
    else:
        text = content.decode().replace("\r\n", "\n").replace("\n", "\r\n")
        fields["_text"] = text.replace("label: Varmistelija", "label: Tarkistelija")
    site.post(f"/keep/{face}/{PATH}", {**fields, "_do": "save"})
    assert (root / PATH).read_bytes() == content.replace(b"label: Varm", b"label: Tark")


def test_where_nothing_may_be_written_everything_can_be_looked_at(root: Path) -> None:
    with serving(root, read_only=True) as site:
        draft, digest = opened(site)
        fields = {"_draft": draft, "_digest": digest, "label:fi": "Oma"}
        live = site.post(f"/keep/file/{PATH}", fields, **{"Pitchgen-Live": "1"})
        assert ">Oma</h1>" in live.text
        for do in ("save", "undo", "restore-1", "delete", "mine"):
            assert site.post(f"/keep/file/{PATH}", {**fields, "_do": do}).status == 403
        assert site.post("/keep/new/persona", {"label": "Uusi"}).status == 403
        assert site.post("/keep/commit", {"message": "x"}).status == 403
        renaming = site.post(f"/keep/rename/{PATH}", {"new": "toinen"})
        shown = attribute(site.get(renaming.headers["location"]).text, "shown")
        done = site.post(f"/keep/rename/{PATH}", {"new": "toinen", "shown": shown, "do": "rename"})
        assert done.status == 403
        assert "Yes, remove it" not in site.get(f"/keep/file/{PATH}").text
    assert said(root) == PERSONA
    assert not (root / "out").exists()


def test_people_are_named_on_pages_and_in_no_address(site: Site) -> None:
    text = site.get("/keep").text
    assert "Aino Virtanen" in text
    assert "hires/aino" not in re.findall(r'href="([^"]*)"', text)
    (address,) = re.findall(r'href="(/keep/file/[\w-]{12})"', text)
    form = site.get(address)
    assert (form.status, "Aino Virtanen" in form.text) == (200, True)
    assert not any("aino" in each.lower() for each in re.findall(r'(?:href|src|action)="([^"]*)"', form.text))


def faults(page: Page) -> list[str]:
    """What axe-core finds where everything is open, but for the document in the frame, judged elsewhere."""
    page.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate("document.fonts.ready.then(() => true)")
    return axe_violations(page)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_nobody_is_kept_out(browser: Browser, site: Site, language: str) -> None:
    pages = ["", f"/file/{PATH}?at=needs[0].text", "/file/company.yaml?at=rewards[0]", "/new/role"]
    with visiting(browser, site, locale=language) as visitor:
        for path in pages if language == "en" else pages[1:2]:
            visitor.page.goto(f"{site.origin}/keep{path}")
            assert faults(visitor.page) == []
        if language == "en":
            open_form(visitor.page, site, face="text")
            retype(visitor.page, "label: [")
            expect(visitor.page.get_by_role("link", name="line 1").first).to_be_visible()
            assert faults(visitor.page) == []


# Harmless wherever they lead to.
_PARTS = st.sampled_from(
    ["..", ".", "personas", "hires", "varmistelija.yaml", "company.yaml", "%2e%2e", "etc", "", "a\\b", "x:y"]
)
_ODD = st.text(st.characters(codec="utf-8"), max_size=12)


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(small(tmp_path_factory.mktemp("odd") / "inside", MATTERS)) as opened_site:
        yield opened_site


def is_an_answer(answer: Answer) -> bool:
    return answer.status in (200, 303, 403, 404, 405, 409, 413, 422)


@settings(max_examples=60)
@given(
    st.sampled_from(["file", "text", "both", "page", "rename", "new", "hints"]),
    st.lists(_PARTS | _ODD, min_size=1, max_size=4).map("/".join),
    _ODD,
    _ODD,
)
def test_no_path_leads_out_of_the_workspace(
    odd_site: Site, face: str, path: str, at: str, draft: str
) -> None:
    where = f"/keep/{face}/{quote(path, safe='/%')}?at={quote(at)}&draft={quote(draft)}"
    assert is_an_answer(odd_site.get(where))
    assert is_an_answer(
        odd_site.post(where, {"_text": "x: 1", "_do": "save", "new": at, "at": at, "text": draft})
    )
    outside = odd_site.desk.root.parent
    assert [each.name for each in outside.iterdir()] == ["inside"]
    assert not (odd_site.desk.root / "x:y").exists()


def live(site: Site, fields: dict[str, str]) -> str:
    """What comes back while somebody types in the form."""
    return site.post(f"/keep/file/{PATH}", fields, **{"Pitchgen-Live": "1"}).text


def test_while_somebody_types_only_what_is_told_comes_back(site: Site) -> None:
    draft, digest = opened(site)
    whole = site.get(f"/keep/file/{PATH}").text
    told = live(site, {"_draft": draft, "_digest": digest, "label:fi": "Oma"})
    regions = [set(re.findall(r'id="([^"]+)"[^>]* data-region', text)) for text in (whole, told)]
    assert "needs[0]-gist" in regions[0] and "label-problems" in regions[0]
    assert regions[0] <= regions[1]
    assert "<textarea" in whole and "<textarea" not in told
    assert ">Oma</h1>" in told


def test_a_file_that_changes_between_two_keystrokes_is_seen_by_the_second(site: Site, root: Path) -> None:
    draft, digest = opened(site)
    fields = {"_draft": draft, "_digest": digest, "label:fi": "Oma"}

    def shown() -> str:
        return address_of_frame(live(site, fields))

    first = shown()
    assert "Testi Oy" in site.get(first).text
    company = said(root, "company.yaml")
    (root / "company.yaml").write_text(company.replace("Testi Oy", "Toinen Oy"), "utf-8")
    # The frame shows what the form beside it tells of, until that is told anew.
    assert "Testi Oy" in site.get(first).text
    second = shown()
    assert second != first
    assert "Toinen Oy" in site.get(second).text and "Testi Oy" not in site.get(second).text


def address_of_frame(text: str) -> str:
    """The address of the page beside."""
    found = re.search('data-src="([^"]+)"', text)
    assert found
    return unescape(found[1])


_NAMES = st.sampled_from(
    [
        *("label:fi", "label:", "label", "needs[0].text:fi", "needs[1].text:fi", "needs[999999].text:fi"),
        *("needs[0]-remove", "needs[-1].text", "priority", "example", "moments[0].feels", "evidence.level"),
        *("_do", "_draft", "_digest", "_shown", "_tongue", "_text", "reviewed_on", "needs[0].plays.do[3]:en"),
    ]
)


@settings(max_examples=60)
@given(
    st.dictionaries(_NAMES | _ODD, _ODD | st.sampled_from(["save", "undo", "restore-", "restore-9", "text"])),
    st.booleans(),
)
def test_no_form_is_too_odd_to_be_answered(odd_site: Site, fields: dict[str, str], live: bool) -> None:
    more = {"Pitchgen-Live": "1"} if live else {}
    answer = odd_site.post(f"/keep/file/{PATH}", fields, **more)
    assert is_an_answer(answer), answer.text
    (odd_site.desk.root / PATH).write_text(PERSONA, encoding="utf-8")


def test_what_is_no_file_is_told_of_in_words(site: Site, root: Path) -> None:
    (root / "personas/kansio.yaml").mkdir()
    os.mkfifo(root / "roles/putki.yaml")
    for path in ("personas/kansio.yaml", "roles/putki.yaml"):
        for face in ("file", "text", "both"):
            answer = site.get(f"/keep/{face}/{path}")
            assert answer.status == 422
            assert "must be mended" in answer.text and "fault of pitchgen" not in answer.text
