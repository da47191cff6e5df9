"""A playbook beside bare WeasyPrint and beside Chromium, on the same page; and how its cost grows."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from shutil import which
from statistics import median

from playwright.sync_api import Page, sync_playwright
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.letters import OPTIONS, ROOT, TODAY
from benchmarks.timing import Pair, compare, seconds
from pitchgen.render.fonts import FACES, file_css
from pitchgen.render.html import paper_html, paper_styles
from pitchgen.render.press import Press
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Role, Workspace
from pitchgen.workspace.read import read_workspace

ROLE = "palveluasiantuntija"
ALLOWED_TO_COMPOSE = 0.030
ROUNDS = 7


def beside_weasyprint(_folder: Path) -> Pair:
    """Composing, filling in and printing one playbook more, against printing its HTML alone."""
    with _studio(Press()) as studio:
        html, css = page_of(studio, _playbook(studio))
        fonts = FontConfiguration()
        sheet = CSS(string=css, font_config=fonts)

        def bare() -> None:
            document = HTML(string=html).render(font_config=fonts, stylesheets=[sheet], **OPTIONS)
            document.write_pdf(**OPTIONS)

        return compare(lambda: _print(studio), bare, rounds=ROUNDS)


def beside_chromium(folder: Path) -> Pair:
    """The same, against a browser kept open that loads the page and prints it as a tagged PDF."""
    with _studio(Press()) as studio, chromium() as tab:
        html, css = page_of(studio, _playbook(studio))
        path = folder / "playbook.html"
        path.write_text(html.replace("<style>", f"<style>{css}", 1), encoding="utf-8")

        def browser() -> None:
            tab.goto(path.as_uri())
            tab.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        return compare(lambda: _print(studio), browser, rounds=ROUNDS)


def twelve_beside_five(_folder: Path) -> Pair:
    """A playbook of twelve personas, against one of five, from a role that meets them all."""
    with _studio(Press()) as studio:
        workspace = studio.workspace

        def printing(personas: int) -> Callable[[], object]:
            role = _role_meeting(workspace, personas)
            return lambda: studio.render(studio.compose("playbook", role, "fi"), "pdf")

        return compare(printing(12), printing(5), rounds=ROUNDS)


def composing(_folder: Path) -> Pair:
    """One page as HTML, everything loaded, against what it may take."""
    with _studio(None) as studio:

        def compose() -> None:
            studio.render(_playbook(studio), "html")

        compose()
        took = median(seconds(compose) for _ in range(30))
    return Pair(took, ALLOWED_TO_COMPOSE, took / ALLOWED_TO_COMPOSE)


def memory(_folder: Path) -> Pair:
    """The renderer's memory after the hundredth document, against after the tenth; in gigabytes."""
    with _studio(press := Press()) as studio:
        roles = studio.workspace.roles

        def make(first: int, last: int) -> float:
            for number in range(first, last):
                studio.render(studio.compose("role-card", roles[number % len(roles)], "fi"), "pdf")
            return resident(press.pid)

        tenth = make(0, 10)
        hundredth = make(10, 100)
    return Pair(hundredth, tenth, hundredth / tenth)


@contextmanager
def _studio(press: Press | None) -> Iterator[Studio]:
    workspace, _ = read_workspace(ROOT)
    assert workspace
    with Studio(workspace, TODAY, press) as studio:
        yield studio
    gc.collect()


def _playbook(studio: Studio) -> Document:
    role = next(role for role in studio.workspace.roles if role.model.id == ROLE)
    return studio.compose("playbook", role, "fi")


def _print(studio: Studio) -> None:
    assert not studio.render(_playbook(studio), "pdf").failed


def page_of(studio: Studio, document: Document) -> tuple[str, str]:
    """What pitchgen prints for a document, and the fonts and styles it uses."""
    html = paper_html(document.page, studio.look, studio.templates)
    return html, file_css(FACES) + paper_styles(document.page, studio.look, studio.templates)


def _role_meeting(workspace: Workspace, personas: int) -> Role:
    """A copy of a role that meets so many personas, the starter's over and over."""
    role = copy(next(role for role in workspace.roles if role.model.id == ROLE))
    people = [copy(workspace.personas[n % len(workspace.personas)]) for n in range(personas)]
    role.personas = role.reaches = tuple(people)
    return role


@contextmanager
def chromium() -> Iterator[Page]:
    """A tab of a browser that is kept open."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        executable = own if Path(own).exists() else which("chromium")
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


def resident(pid: int) -> float:
    """The memory of a process, in gigabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e9
