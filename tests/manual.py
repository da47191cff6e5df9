"""The page of the docs for managers, followed word for word in a browser, and drawn as it is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect
from workspaces import REPOSITORY

MANUAL = REPOSITORY / "docs/managers.md"

_STEP = re.compile(r"^\d+\. (?:.+\n(?: .+\n)*)", re.MULTILINE)
_PICTURE = re.compile(r"^!\[.*\]\((page-[a-z]+)\.png\)", re.MULTILINE)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LETTER = "#sheet iframe:not(.coming)"


@dataclass(frozen=True)
class Followed:
    """What was done by now: the words of a step, or the name of a picture of what is to be seen there."""

    step: str = ""
    picture: str = ""
    brought: Path | None = None


def follow(page: Page) -> Iterator[Followed]:
    """Do what the page says, step by step, and see what it says one sees."""
    text = MANUAL.read_text(encoding="utf-8")
    places = [*_STEP.finditer(text), *_PICTURE.finditer(text)]
    for place in sorted(places, key=lambda each: each.start()):
        if place.re is _PICTURE:
            yield Followed(picture=place[1])
        else:
            yield Followed(step=place[0], brought=_do(page, " ".join(place[0].split())))


def _do(page: Page, step: str) -> Path | None:
    bold = _BOLD.findall(step)
    if "Type **" in step:
        text, field, *seen = bold
        page.get_by_label(field, exact=True).fill(text)
        for each in seen:
            expect(page.frame_locator(_LETTER).get_by_text(each).last).to_be_visible()
    elif step.endswith("Beside it opens what you clicked."):
        page.frame_locator(_LETTER).get_by_text(bold[0]).click()
        expect(page.locator("details.passage[open]")).to_have_count(1)
    elif "downloads" in step:
        with page.expect_download() as coming:
            page.get_by_role("link", name=bold[0], exact=True).press("Enter")
        return Path(coming.value.path())
    elif "Press space" in step:
        page.get_by_role("link", name=bold[0], exact=True).press("Enter")
        page.get_by_role("heading", name="Practice").wait_for()
        page.keyboard.press(" ")
        expect(page.locator(".now")).to_have_count(1)
    else:
        page.get_by_role("button", name=bold[0], exact=True).click()
    return None


def draw(page: Page, folder: Path) -> None:
    """Follow it, and keep the pictures that it shows."""
    for followed in follow(page):
        if followed.picture:
            page.locator("iframe.coming").wait_for(state="detached")
            page.screenshot(path=folder / f"{followed.picture}.png")
