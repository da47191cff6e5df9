"""The page for managers is true: whoever does what it says gets what it shows."""

from __future__ import annotations

import struct
from pathlib import Path

from manual import MANUAL, follow
from playwright.sync_api import Browser, expect
from poppler import said_by
from web import serving, visiting

from pitchgen.starter.start import start_workspace

expect.set_options(timeout=120_000)


def test_the_page_for_managers_is_followed_word_for_word(browser: Browser, tmp_path: Path) -> None:
    list(start_workspace(tmp_path, ["en"], bare=False))
    with serving(tmp_path) as site, visiting(browser, site) as visitor:
        followed = list(follow(visitor.page))
        steps = [each.step.partition(".")[0] for each in followed if each.step]
        assert steps == [str(n) for n in range(1, 11)]
        (pdf,) = (each.brought for each in followed if each.brought)
        letter = " ".join(said_by("pdftotext", pdf, "-").split())
        assert "Hi Maija, welcome!" in letter
        assert "You stayed until the last customer was helped." in letter
        assert "Good work is thanked here, and first of all by me." in letter
        assert "Marjut Ketola" in letter
        pictures = [each.picture for each in followed if each.picture]
    for name in pictures:
        picture = (MANUAL.parent / f"{name}.png").read_bytes()
        # Somebody has drawn it as it is drawn, and it is a picture of a page and not of nothing.
        assert struct.unpack(">II", picture[16:24]) == (1180, 800)
        assert len(picture) > 20_000
