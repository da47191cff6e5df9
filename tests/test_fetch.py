"""What a page asks for: nothing but what the company made for its documents gets into a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject
from workspaces import write_tree

from pitchgen.render.press import Paper, Pdf, Press

SECRET = "kirsikkapuu"
REFUSED = "only files in templates/, and the company's logo and font, can be loaded"
DRAWING = f"<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'><text y='15'>{SECRET}</text></svg>"
FILES = {
    "secret.txt": SECRET,
    "secret.css": f"h1::after {{ content: '{SECRET}' }}",
    "secret.svg": DRAWING,
    "inside/hires/aino.yaml": f"name: {SECRET}",
    "inside/hires/aino.svg": DRAWING,
    "inside/hires/aino.css": f"h1::after {{ content: '{SECRET}' }}",
    "inside/brand/logo.svg": DRAWING,
    "inside/templates/shown.svg": DRAWING,
    "inside/templates/shown.css": f"h1::after {{ content: '{SECRET}' }}",
    "inside/templates/note.txt": f"A note: {SECRET}!",
    "inside/templates/outer.svg": DRAWING.replace(
        f"<text y='15'>{SECRET}</text>", "<image href='../../secret.svg'/>"
    ),
    "inside/templates/entity.svg": "<!DOCTYPE svg [<!ENTITY x SYSTEM '../../secret.txt'>]>"
    + DRAWING.replace(SECRET, "&x;"),
}


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with secrets, and a workspace called `inside` in it, which has secrets of its own."""
    folder = write_tree(tmp_path_factory.mktemp("outside"), FILES)
    (folder / "inside/templates/outside.svg").symlink_to("../../secret.svg")
    (folder / "inside/templates/hire.svg").symlink_to("../hires/aino.svg")
    (folder / "inside/templates/people").symlink_to("../hires")
    return folder


def print_page(press: Press, outside: Path, fragment: str, files: tuple[Path, ...] = ()) -> Pdf:
    """A page with a fragment where it belongs, in its head or its body."""
    in_head = fragment.startswith(("<link", "<base", "<style"))
    head, body = (fragment, "") if in_head else ("", fragment)
    page = f"<html lang='en'><head><title>Page</title>{head}</head><body><h1>Page</h1>{body}</body></html>"
    return press.print(Paper(page.replace("OUTSIDE", outside.as_uri()), "", outside / "inside", files=files))


def everything_in(pdf: bytes) -> str:
    """The text of a PDF, the names and contents of its attachments, and all that it is made of."""
    reader = PdfReader(BytesIO(pdf))
    found = [page.extract_text() for page in reader.pages] + [str(reader.attachments)]
    for number in (*reader.xref[0], *reader.xref_objStm):
        part = reader.get_object(number)
        found.append(part.get_data().decode("latin-1") if isinstance(part, StreamObject) else str(part))
    return "\n".join(found)


@pytest.mark.parametrize(
    "fragment",
    [
        "<img alt='x' src='file:///etc/passwd'>",
        "<img alt='x' src='OUTSIDE/secret.svg'>",
        "<img alt='x' src='../secret.svg'>",
        "<img alt='x' src='templates/../../secret.svg'>",
        "<img alt='x' src='%2e%2e/secret.svg'>",
        "<img alt='x' src='templates/outside.svg'>",
        "<img alt='x' src='templates/outer.svg'>",
        "<object data='OUTSIDE/secret.svg'></object>",
        "<embed src='OUTSIDE/secret.svg'>",
        "<svg width='90' height='20'><image href='OUTSIDE/secret.svg' width='90' height='20'/></svg>",
        "<p style='background: url(OUTSIDE/secret.svg)'>x</p>",
        "<ul style='list-style-image: url(OUTSIDE/secret.svg)'><li>x</ul>",
        "<style>h1::before { content: url(OUTSIDE/secret.svg) }</style>",
        "<style>@import url(OUTSIDE/secret.css);</style>",
        "<link rel='stylesheet' href='OUTSIDE/secret.css'>",
        "<base href='OUTSIDE/'><img alt='x' src='secret.svg'>",
        # What stands in the workspace, but was not made for documents
        "<img alt='x' src='hires/aino.svg'>",
        "<img alt='x' src='hires/aino.yaml'>",
        "<img alt='x' src='templates/../hires/aino.svg'>",
        "<img alt='x' src='templates/%2e%2e/hires/aino.svg'>",
        "<img alt='x' src='templates/hire.svg'>",
        "<img alt='x' src='templates/people/aino.svg'>",
        "<img alt='x' src='brand/logo.svg'>",
        "<link rel='stylesheet' href='hires/aino.css'>",
        "<object data='hires/aino.svg'></object>",
        "<embed src='hires/aino.svg'>",
        "<svg width='90' height='20'><image href='hires/aino.svg' width='90' height='20'/></svg>",
        "<p style='background: url(hires/aino.svg)'>x</p>",
    ],
)
def test_a_page_that_asks_for_a_file_not_made_for_it_is_refused_by_its_address(
    press: Press, outside: Path, fragment: str
) -> None:
    pdf = print_page(press, outside, fragment)
    ((address, why),) = pdf.unloaded
    assert (pdf.problems, why) == ((), REFUSED)
    assert any(name in address for name in ("secret", "outside", "passwd", "aino", "hire.svg", "logo"))
    inside = everything_in(pdf.content)
    assert SECRET not in inside
    assert "root:" not in inside


@pytest.mark.parametrize(
    "address", ["templates/note.txt", "hires/aino.yaml", "OUTSIDE/secret.txt", "data:,a"]
)
@pytest.mark.parametrize(
    "fragment",
    [
        "<link rel='attachment' href='{}'>",
        "<link rel='stylesheet ATTACHMENT' href='{}' title='x'>",
        "<a rel='attachment' href='{}'>x</a>",
        "<a rel='nofollow Attachment' href='{}'>x</a>",
        "<svg width='90' height='20'><a rel='attachment' href='{}'><text y='9'>x</text></a></svg>",
    ],
)
def test_no_file_is_attached_to_a_page(press: Press, outside: Path, fragment: str, address: str) -> None:
    pdf = print_page(press, outside, fragment.format(address))
    assert "no file can be attached" in [why for _, why in pdf.unloaded]
    inside = everything_in(pdf.content)
    assert SECRET not in inside
    assert not any(name in inside for name in ("/EmbeddedFile", "/Filespec", "/FileAttachment", "/AF"))


@pytest.mark.parametrize(
    "fragment",
    [
        "<iframe src='hires/aino.yaml'></iframe>",
        "<video poster='hires/aino.svg'></video>",
        "<a download href='https://example.org/'>x</a>",
        "<img alt='x' src='templates/entity.svg'>",
        "<svg width='90' height='20'><use href='hires/aino.svg#x'/></svg>",
        "<style>@font-face { font-family: x; src: url(hires/aino.yaml) } h1 { font-family: x }</style>",
        "<style>h1::after { content: target-text(url(hires/aino.yaml#x)) }</style>",
    ],
)
def test_what_weasyprint_passes_over_brings_nothing_in_either(
    press: Press, outside: Path, fragment: str
) -> None:
    inside = everything_in(print_page(press, outside, fragment).content)
    assert SECRET not in inside
    assert "/EmbeddedFile" not in inside


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("OUTSIDE/secret.txt", REFUSED),
        ("https://example.org/x.icc", REFUSED),
        ("templates/gone.icc", "there is no such file"),
        ("data:;base64,YQ", "it cannot be read"),
        ("file://[", "it cannot be read"),
        ("templates/note.txt", "it is damaged, or of a kind that cannot be shown"),
    ],
)
def test_a_colour_profile_that_cannot_be_had_is_told_with_all_else_that_is_wrong(
    press: Press, outside: Path, address: str, why: str
) -> None:
    style = f"<style>@color-profile --x {{ src: url({address}) }} h1 {{ background: url(gone.png) }}</style>"
    pdf = print_page(press, outside, style)
    assert pdf.problems == ()
    assert [each for _, each in pdf.unloaded] == [why, REFUSED]
    assert address.removeprefix("OUTSIDE") in pdf.unloaded[0][0]
    assert SECRET not in everything_in(pdf.content)


@pytest.mark.parametrize(
    "fragment",
    ["<img alt='x' src='templates/shown.svg'>", "<link rel='stylesheet' href='templates/shown.css'>"],
)
def test_a_file_among_the_templates_is_taken_in(press: Press, outside: Path, fragment: str) -> None:
    pdf = print_page(press, outside, fragment)
    assert (pdf.problems, pdf.unloaded) == ((), ())
    assert SECRET in everything_in(pdf.content)


def test_a_file_that_is_handed_in_is_taken_in(press: Press, outside: Path) -> None:
    logo = outside / "inside/brand/logo.svg"
    pdf = print_page(press, outside, "<img alt='x' src='brand/logo.svg'>", (logo,))
    assert (pdf.problems, pdf.unloaded) == ((), ())
    assert SECRET in everything_in(pdf.content)


@pytest.mark.parametrize("address", ["guide/start.html", "../x", "//host/x", "/etc/x", "file:///x", "?x"])
def test_no_link_carries_a_path_of_this_machine(press: Press, outside: Path, address: str) -> None:
    pdf = print_page(press, outside, f"<a href='{address}'>x</a>")
    assert [problem.code for problem in pdf.problems] == ["link"]
    assert outside.as_posix() not in pdf.problems[0].message


@pytest.mark.parametrize(
    "address", ["https://example.org/", "mailto:a@example.org", "tel:+358401234567", "#x"]
)
def test_a_link_that_works_for_its_reader_is_kept(press: Press, outside: Path, address: str) -> None:
    pdf = print_page(press, outside, f"<p id='x'><a href='{address}'>x</a></p>")
    assert pdf.problems == ()
    assert "'/Subtype': '/Link'" in everything_in(pdf.content)
