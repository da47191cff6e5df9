"""Chromium for tests, and questions that they put to a page in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
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


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser: Playwright's own, or else the system's."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        executable = own if Path(own).exists() else shutil.which("chromium")
        assert executable, "the tests need Chromium; run '.ci/setup test'"
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()
