"""How documents look: pages compared with pictures of them that somebody liked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures import FINE, compare_pictures, drawn, reduced
from PIL import Image, ImageChops
from snapshots import Snapshots

pytestmark = pytest.mark.xdist_group("rich")

PAGES = {"pitch": "pitch-ilona-fi", "role-card": "role-card-neuvoja-fi"}
MM = FINE / 25.4


@pytest.fixture
def pdfs(rich_pdfs: dict[str, Path]) -> dict[str, Path]:
    """The documents that are looked at."""
    return {name: rich_pdfs[pdf] for name, pdf in PAGES.items()}


def test_first_pages_look_as_they_did(snapshots: Snapshots, pdfs: dict[str, Path]) -> None:
    pictures = {f"{name}.png": reduced(drawn(pdf)) for name, pdf in pdfs.items()}
    snapshots.check("look", pictures, compare_pictures)


def test_how_letters_are_smoothed_is_no_difference(pdfs: dict[str, Path]) -> None:
    for pdf in pdfs.values():
        by_splash, by_cairo = (drawn(pdf, tool=tool) for tool in ("pdftoppm", "pdftocairo"))
        assert by_splash != by_cairo
        assert compare_pictures(reduced(by_splash), reduced(by_cairo)) == ""


def test_a_heading_that_moves_by_3_mm_is_seen(pdfs: dict[str, Path]) -> None:
    for pdf in pdfs.values():
        page = drawn(pdf)
        moved = page.copy()
        right, top, bottom = (round(length * MM) for length in (3, 28, 46))
        moved.paste(page.crop((0, top, page.width - right, bottom)), (right, top))
        assert "looks different" in compare_pictures(reduced(page), reduced(moved))


def test_another_accent_is_seen(pdfs: dict[str, Path]) -> None:
    for pdf in pdfs.values():
        page = drawn(pdf)
        red, green, blue = page.split()
        # The accent is the one colour here with more red than blue.
        accent = ImageChops.subtract(red, blue).point([0] * 20 + [255] * 236)
        other = Image.composite(Image.merge("RGB", (blue, green, red)), page, accent)
        assert "looks different" in compare_pictures(reduced(page), reduced(other))
