"""The browser that pages are opened in: a real Chromium, told to keep to itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What is wider than the window or stands outside it.
OVERFLOWING = """() => [...document.querySelectorAll('*')]
  .filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
  })
  .map(element => element.tagName + ' ' + element.textContent.slice(0, 40))"""


@dataclass(frozen=True)
class Opened:
    """A file in a tab, the addresses the tab asked for and got, and what the browser complained about."""

    page: Page
    asked: list[str]
    got: list[str]
    complaints: list[str]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Playwright's own Chromium where that is installed, else the system's."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        executable = own if Path(own).exists() else shutil.which("chromium")
        assert executable, "the tests need Chromium; run '.ci/setup test'"
        launched = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield launched
        launched.close()


def open_file(context: BrowserContext, path: Path, place: str = "") -> Opened:
    """Open a file in a tab of its own, at a place in it or at its beginning, and wait for its fonts."""
    opened = Opened(context.new_page(), [], [], [])
    opened.page.on("request", lambda request: opened.asked.append(request.url))
    opened.page.on("requestfinished", lambda request: opened.got.append(request.url))
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.goto(f"{path.as_uri()}#{place}" if place else path.as_uri())
    opened.page.evaluate("document.fonts.ready.then(() => true)")
    return opened
