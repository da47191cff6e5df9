"""A persona's picture: it is on its pages, or a problem says why not; who has none has a mark."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from every_document import studio_of
from PIL import Image
from playbooks import page_of
from tree import with_class
from workspaces import PERSONA, SMALL, linked, small

from pitchgen.check import check_workspace
from pitchgen.load.raster import MAX_SIDE
from pitchgen.studio.studio import Studio

DAY = date(2026, 11, 21)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s">%s</svg>'
ROUND = SVG % ("40 40", '<circle cx="20" cy="20" r="18"/>')
NAMED = PERSONA + "    picture: %s\n"


def png(width: int, height: int) -> bytes:
    content = BytesIO()
    Image.new("L", (width, height)).save(content, "PNG")
    return content.getvalue()


def with_picture(root: Path, content: str | bytes, name: str = "kuva.png") -> Path:
    return small(root, {"personas/varmistelija.yaml": NAMED % name, name: content})


@pytest.mark.parametrize("content", [png(60, 60), png(61, 60), ROUND])
def test_a_square_picture_stands_on_the_pages_and_nothing_is_said_of_it(
    tmp_path: Path, content: str | bytes
) -> None:
    name = "kuva.svg" if isinstance(content, str) else "kuva.png"
    root = with_picture(tmp_path, content, name)
    assert [problem for problem in check_workspace(root, DAY).problems if problem.where == "picture"] == []
    studio = Studio(linked(root), DAY)
    page = page_of(studio, studio.workspace.roles[0])
    (card,) = with_class(page, "mark-of")
    assert (card.tag, card.get("alt")) == ("img", "Varmistelija")
    assert card.get("src") == studio.workspace.pictures[name].data_uri


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("Kuva", "wrong-file", "is not a picture in SVG, PNG or JPEG"),
        (png(60, 80), "not-square", "is not square: it is 60 wide and 80 high"),
        (SVG % ("40 30", ""), "not-square", "is not square: it is 40 wide and 30 high"),
        (png(MAX_SIDE + 1, 4), "too-large", "has more than 4,000 x 4,000 pixels"),
        (png(60, 60)[:60], "damaged-file", "is damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 1_000_001, "too-large", "is larger than 1 MB"),
        (
            SVG % ("9 9", '<g id="a"><use href="#a"/></g>'),
            "never-ends",
            "never ends: its part 'a' is drawn from itself",
        ),
    ],
)
def test_what_cannot_be_a_picture_says_why_where_it_is_named(
    tmp_path: Path, content: str | bytes, code: str, says: str
) -> None:
    root = with_picture(tmp_path, content)
    found = [problem for problem in check_workspace(root, DAY).problems if problem.where == "picture"]
    (problem,) = found
    assert (problem.code, problem.path) == (code, "personas/varmistelija.yaml")
    assert problem.message.startswith(f"the picture 'kuva.png' {says}")
    assert problem.hint
    assert "logo" not in problem.hint


def test_a_picture_is_in_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "kuva.png").write_bytes(png(60, 60))
    root = small(tmp_path / "yritys", {"personas/varmistelija.yaml": NAMED % "../kuva.png"})
    codes = [problem.code for problem in check_workspace(root, DAY).problems if problem.where == "picture"]
    assert codes == ["outside-workspace"]


def test_marks_differ_in_shape(tmp_path: Path) -> None:
    people = {f"personas/p{n}.yaml": PERSONA.replace("Varmistelija", f"Henkilö {n}") for n in range(32)}
    role = SMALL["roles/asiantuntija.yaml"].replace(
        "[varmistelija]", f"[{', '.join(f'p{n}' for n in range(32))}]"
    )
    files = {name: text for name, text in SMALL.items() if not name.startswith("personas/")}
    studio = studio_of({**files, **people, "roles/asiantuntija.yaml": role}, tmp_path)
    page = page_of(studio, studio.workspace.roles[0])
    shapes = {mark.get("aria-label"): mark[1].get("d") for mark in with_class(page, "mark-of")}
    assert len(shapes) == 32
    assert all(one != other for one, other in combinations(shapes.values(), 2))
