"""The text of a file is typed in an editor that knows the models: it completes, explains and marks."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from html_standards import axe_violations
from playwright.sync_api import Browser, Locator, Page, Route, expect
from web import Site, serving, visiting
from workspaces import REPOSITORY, small

PATH = "personas/varmistelija.yaml"
PERSONA = """\
# Who this is; a remark that stays.
label: Varmistelija  # as we say it

summary: {fi: Haluaa tietää., en: "Wants to know."}
needs:
  - id: aika
    text:   Milloin hän tulee?
    response: Kerromme kellonajan.
"""
JOURNEY = """\
phases:
  - {id: alku, name: Alku}
touchpoints:
  - {id: soitto, name: {fi: Soitto, en: The call}, phase: alku}
"""
BUNDLE = REPOSITORY / "pitchgen/web/static/editor.js"
# Of the editor with all that it is made of, as it would travel.
MOST_BYTES = 250_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path, {PATH: PERSONA, "journey.yaml": JOURNEY})


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site) as visitor:
        visitor.page.on("dialog", lambda dialog: dialog.accept())
        yield visitor.page


def open_text(page: Page, site: Site, path: str = PATH) -> Locator:
    """The editor with the text of a file."""
    page.goto(f"{site.origin}/keep/text/{path}")
    editor = page.locator(".editor").get_by_role("textbox", name=path)
    expect(editor).to_be_visible()
    return editor


def said(root: Path, path: str = PATH) -> str:
    return (root / path).read_bytes().decode()


def write(page: Page, text: str) -> None:
    """Put a text in the place of all that stands there, with the caret where it has a |."""
    before, _, after = text.partition("|")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(before + after)
    expect(page.locator("#text")).to_have_value(before + after)
    for _ in after:
        page.keyboard.press("ArrowLeft")


def options(page: Page) -> Locator:
    return page.locator(".editor").get_by_role("option")


def take(page: Page, name: str) -> None:
    """Take what is offered first, which has that name."""
    option = options(page).filter(has_text=name)
    expect(option).to_have_attribute("aria-selected", "true")
    # Who is just typing on may mean a new line: an Enter in the list's first moment is none for it.
    shown = page.evaluate("document.timeline.currentTime")
    page.wait_for_function("shown => document.timeline.currentTime > shown + 75", arg=shown)
    page.keyboard.press("Enter")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("main").get_by_role("status")).to_have_text("Saved.")


def test_a_key_and_then_its_value_are_completed_by_keyboard(page: Page, site: Site, root: Path) -> None:
    open_text(page, site).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("prio")
    take(page, "priority")
    expect(page.locator("#text")).to_have_value(f"{PERSONA}priority: ")
    take(page, "1, central")
    save(page)
    assert said(root) == f"{PERSONA}priority: 1"


def test_a_group_and_a_list_begin_on_a_line_of_their_own(page: Page, site: Site) -> None:
    open_text(page, site).focus()
    write(page, "mom|")
    page.keyboard.press("Control+Space")
    take(page, "moments")
    take(page, "touchpoint")
    take(page, "The call")
    expect(page.locator("#text")).to_have_value("moments:\n  - touchpoint: soitto")
    page.keyboard.press("Enter")
    page.keyboard.type("feel")
    take(page, "feels")
    expect(page.locator("#text")).to_have_value("moments:\n  - touchpoint: soitto\n    feels: ")


PLACES = [
    ("label: A\n|\nneeds:\n  - id: a\n", ["summary", "priority", "picture", "..."]),
    ("needs:\n  - |", ["id", "text", "response", "..."]),
    ("needs:\n  - id: a\n    |\n  - id: b\n", ["text", "response", "..."]),
    ("needs: [{id: a, |}]\n", ["text", "response", "..."]),
    ("label:\n  |", ["fi", "en", "sv"]),
    ("label: {fi: A, |}\n", ["en", "sv"]),
    ("priority: |\nlabel: A\n", ["1", "2", "3"]),
    ("moments:\n  - touchpoint: |\n", ["soitto"]),
    ("skips: [|]\nlabel: A\n", ["soitto"]),
    ("evidence: |\n", ["assumption", "interviews", "data"]),
    # What is wrong elsewhere matters nothing.
    ("label: [A}\nx x\nbuying:\n  |\n", ["trigger", "success", "..."]),
]


def test_what_may_stand_at_a_place_is_offered_and_nothing_else(page: Page, site: Site) -> None:
    open_text(page, site).focus()
    for text, wanted in PLACES:
        write(page, text)
        page.keyboard.press("Control+Space")
        expect(options(page).first).to_be_visible()
        offered = options(page).locator(".cm-completionLabel").all_text_contents()
        known = [each for each in wanted if each != "..."]
        assert (offered if known == wanted else offered[: len(known)]) == known, text
        page.keyboard.press("Escape")


def test_nothing_is_offered_in_what_people_say(page: Page, site: Site) -> None:
    open_text(page, site).focus()
    for text in ("# need|", "label: 'need|'", "label: Who need|", "label: >\n  need|"):
        write(page, text)
        page.keyboard.press("Control+Space")
        # Whatever was asked for has been answered when the next is.
        page.keyboard.press("Control+End")
        page.keyboard.insert_text("\nsumma")
        expect(options(page)).to_have_text(["summaryIn one sentence"])
        page.keyboard.press("Escape")


def test_what_has_just_got_an_id_can_be_named(page: Page, site: Site) -> None:
    open_text(page, site, "journey.yaml").focus()
    write(
        page, JOURNEY.replace("{id: alku, name: Alku}", "{id: loppu, name: Viimein}").replace("alku}", "|}")
    )
    page.keyboard.press("Control+Space")
    expect(options(page).filter(has_text="loppu")).to_contain_text("Viimein")


def test_a_key_is_explained_to_who_hovers_over_it_and_below_to_all(page: Page, site: Site) -> None:
    editor = open_text(page, site)
    editor.get_by_text("response", exact=True).hover()
    told = page.locator(".editor .about")
    expect(told).to_contain_text("Our answer")
    expect(told).to_contain_text("How we answer it")
    about = page.locator("#about")
    expect(about).to_contain_text("Tab leaves the text")
    editor.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    expect(about).to_contain_text("Our answer")


@pytest.mark.parametrize(("language", "name"), [("fi", "Vastauksemme"), ("sv", "Vårt svar")])
def test_keys_are_explained_in_the_language_of_the_page(
    browser: Browser, site: Site, language: str, name: str
) -> None:
    with visiting(browser, site, locale=language) as visitor:
        open_text(visitor.page, site).get_by_text("response", exact=True).hover()
        expect(visitor.page.locator(".editor .about")).to_contain_text(name)


def test_what_is_wrong_is_marked_where_it_stands(page: Page, site: Site) -> None:
    open_text(page, site).focus()
    write(page, PERSONA + "evidence: {source: 🙂🙂🙂, level: nope|}")
    marked = page.locator(".editor .cm-lintRange-error")
    expect(marked).to_have_text("nope")
    expect(page.locator("#lines li")).to_have_count(1)
    expect(page.get_by_role("link", name="line 9")).to_be_visible()
    in_gutter = page.locator(".editor .cm-lint-marker-error")
    expect(in_gutter).to_have_count(1)
    heights = [each.bounding_box() for each in (marked, in_gutter)]
    assert heights[0] and heights[1]
    assert abs(heights[0]["y"] - heights[1]["y"]) < 12
    marked.hover()
    expect(page.locator(".editor .cm-diagnostic")).to_contain_text("must be mended")
    page.keyboard.press("Control+Backspace")
    page.keyboard.type("data")
    expect(marked).to_have_count(0)
    expect(page.locator("#standing")).to_contain_text("Nothing to mend here.")


def test_a_problem_leads_to_its_line_and_a_key_to_the_next(page: Page, site: Site) -> None:
    editor = open_text(page, site)
    editor.focus()
    write(page, "label: A\nsummary: B\npriority: 8\nx: 1\n")
    page.get_by_role("link", name="line 4").click()
    expect(editor).to_be_focused()
    page.keyboard.type("owner: HR")
    expect(page.locator("#text")).to_have_value("label: A\nsummary: B\npriority: 8\nowner: HR\n")
    page.keyboard.press("F8")
    page.keyboard.type("1")
    expect(page.locator("#text")).to_have_value("label: A\nsummary: B\npriority: 1\nowner: HR\n")


def test_tab_leaves_the_editor_whatever_it_shows(page: Page, site: Site) -> None:
    editor = open_text(page, site)
    editor.focus()
    page.keyboard.press("Control+Space")
    expect(options(page).first).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
        expect(editor).not_to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(editor).to_be_focused()
    assert page.locator("#text").input_value() == PERSONA
    page.get_by_text(f"Text of {PATH}").click()
    expect(editor).to_be_focused()


def test_saving_changes_what_was_typed_alone_and_takes_nothing_back(
    page: Page, site: Site, root: Path
) -> None:
    editor = open_text(page, site)
    before = PERSONA.replace("\n", "\r\n")
    (root / PATH).write_bytes(before.encode())
    open_text(page, site).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type("!")
    save(page)
    assert (root / PATH).read_bytes() == before.replace("say it", "say it!").encode()
    # The caret is where it was, and what was done before can still be undone.
    expect(editor).to_be_focused()
    page.keyboard.type("?")
    expect(page.locator("#text")).to_have_value(PERSONA.replace("say it", "say it!?"))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value(PERSONA)
    save(page)
    assert (root / PATH).read_bytes() == before.encode()


def test_nothing_of_a_person_stays_in_the_browser(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}/keep")
    page.get_by_role("link", name="Aino Virtanen").click()
    page.get_by_role("button", name="As text").click()
    page.locator(".editor").get_by_role("textbox").focus()
    page.keyboard.type("# Aino")
    # As the page is left.
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    page.keyboard.press("Control+s")
    assert "Aino" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_what_somebody_else_saves_meanwhile_is_not_lost(page: Page, site: Site, root: Path) -> None:
    open_text(page, site).focus()
    (root / PATH).write_text(PERSONA.replace("label: Varmistelija", "label: Toinen"), encoding="utf-8")
    page.keyboard.press("Control+End")
    page.keyboard.type("owner: HR")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("It changed meanwhile")
    page.get_by_role("button", name="Go on with both").click()
    wanted = PERSONA.replace("label: Varmistelija", "label: Toinen") + "owner: HR"
    expect(page.locator("#text")).to_have_value(wanted)
    expect(page.locator(".editor")).to_contain_text("Toinen")
    save(page)
    assert said(root) == wanted


def test_where_nothing_may_be_written_the_text_can_be_read(browser: Browser, root: Path) -> None:
    with serving(root, read_only=True) as site, visiting(browser, site) as visitor:
        editor = open_text(visitor.page, site)
        expect(editor).to_have_attribute("aria-readonly", "true")
        editor.focus()
        visitor.page.keyboard.type("x")
        visitor.page.keyboard.press("ArrowDown")
        expect(visitor.page.locator("#text")).to_have_value(PERSONA)


def test_where_the_editor_does_not_come_a_plain_area_does(page: Page, site: Site, root: Path) -> None:
    page.route("**/editor.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.goto(f"{site.origin}/keep/text/{PATH}")
    area = page.get_by_role("textbox", name=f"Text of {PATH}")
    area.fill(PERSONA.replace("summary:", "sumary:"))
    page.get_by_role("link", name="line 4").first.click()
    chosen = "a => a.value.slice(a.selectionStart, a.selectionEnd)"
    assert area.evaluate(chosen).startswith("sumary:")
    area.fill(PERSONA.replace("Haluaa tietää.", "Kysyy kahdesti."))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main").get_by_role("status")).to_have_text("Saved.")
    assert said(root) == PERSONA.replace("Haluaa tietää.", "Kysyy kahdesti.")


def test_who_types_before_the_editor_comes_goes_on_in_it(page: Page, site: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/static/editor\.js"), hold)
    page.goto(f"{site.origin}/keep/text/{PATH}", wait_until="commit")
    area = page.locator("#text")
    area.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# yksi\n")
    held[0].continue_()
    editor = page.locator(".editor").get_by_role("textbox", name=PATH)
    expect(editor).to_be_focused()
    page.keyboard.type("# kaksi\n")
    expect(area).to_have_value(f"# yksi\n# kaksi\n{PERSONA}")


def test_a_word_is_found_however_far_down_it_stands(page: Page, site: Site) -> None:
    editor = open_text(page, site)
    editor.focus()
    write(page, "# down there\n" + "# a line\n" * 300 + "# down here\n")
    page.keyboard.press("Control+f")
    field = page.locator(".editor").get_by_role("textbox", name="Find")
    expect(field).to_be_focused()
    page.keyboard.type("Down HERE")
    page.keyboard.press("Enter")
    expect(editor.get_by_text("down here")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(editor).to_be_focused()
    page.keyboard.type("found")
    assert page.locator("#text").input_value().endswith("# a line\n# found\n")


def test_nobody_is_kept_out_of_the_editor(page: Page, site: Site) -> None:
    open_text(page, site).focus()
    write(page, "priority: 9\n|")
    expect(page.locator(".editor .cm-lint-marker-error")).to_be_visible()
    page.keyboard.press("Control+Space")
    expect(options(page).first).to_be_visible()
    # The list is scrolled by the arrow keys of its text box, which axe knows of boxes of one line alone;
    # and it finds its place a moment after the window has another size.
    known = (
        "scrollable-region-focusable: Scrollable region must have keyboard access: <ul",
        "stands elsewhere",
    )
    assert [each for each in axe_violations(page) if not any(part in each for part in known)] == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    expect(page.locator(".editor").get_by_role("textbox", name="Find")).to_be_focused()
    assert axe_violations(page) == []


def test_the_editor_is_small_and_says_what_it_is_made_of() -> None:
    made = BUNDLE.read_bytes()
    assert len(gzip.compress(made, mtime=0)) < MOST_BYTES
    text = made.decode()
    packages = json.loads((REPOSITORY / "editor/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(name in text for name in packages if name != "esbuild")
    assert "Permission is hereby granted" in text
    lock = (REPOSITORY / "editor/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
