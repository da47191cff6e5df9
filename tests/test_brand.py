"""The brand in company.yaml: its logo, font and colours are in every document, or a problem says why not."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from string import ascii_letters
from textwrap import dedent
from typing import Any, Literal

import pytest
from browser import OVERFLOWING
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from hypothesis import given
from hypothesis import strategies as st
from pdf_standards import VeraPdf
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page
from poppler import said_by
from pypdf import PdfReader
from workspaces import (
    COMPANY,
    TODAY,
    linked,
    pitchgen,
    pitchgen_here,
    seconds_of_work,
    small,
    without_warnings,
)

from pitchgen.load.faults import Unreadable
from pitchgen.load.font import load_font
from pitchgen.load.logo import load_logo
from pitchgen.model.color import DEFAULT_ACCENT, DEFAULT_BRAND, PAPER, contrast
from pitchgen.problems import Problem, Severity
from pitchgen.render.fonts import FACES, FALLBACKS, embedded_css
from pitchgen.render.press import Press
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

Capture = pytest.CaptureFixture[str]
Files = Mapping[str, str | bytes]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">%s</svg>'
WIDE = SVG % '<path d="M0 60 L30 0 L60 60 Z"/><rect x="80" y="10" width="220" height="40" fill="#0B4F5C"/>'
TALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 160"><path d="M20 0 L40 160 H0 Z"/></svg>'
RIBBON = '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="60"><path d="M0 0H3000V60H0Z"/></svg>'
LETTERS = SVG % '<text y="50" font-size="50">T&#228;hti</text><rect x="150" width="150" height="60"/>'
# What the first line of `brand` is on, and where its value begins.
AT = (11, 9)

SANS = next(face.path.read_bytes() for face in FACES if face.file == "FiraSans-Medium.ttf")
THAI = next(face.path for face in FALLBACKS if "Thai" in face.family)
HEEBO = next(face.path.read_bytes() for face in FALLBACKS if face.family == "Heebo")


def branded(root: Path, brand: str, files: Files | None = None) -> Path:
    """A small workspace whose company.yaml ends with these lines of `brand`."""
    lines = "".join(f"  {line}\n" for line in brand.splitlines())
    return small(root, {"company.yaml": f"{dedent(COMPANY)}brand:\n{lines}", **(files or {})})


def only_problem(root: Path) -> Problem:
    """The one problem of a workspace, which must stand at the first line of `brand`."""
    _, problems = read_workspace(root)
    (problem,) = problems
    assert (problem.path, problem.line, problem.column) == ("company.yaml", *AT)
    return problem


def picture(width: int = 60, height: int = 60, mode: str = "RGBA", format: str = "PNG") -> bytes:
    """A round spot on nothing, which compresses well but not to nothing."""
    image = Image.new("RGBA", (width, height))
    ImageDraw.Draw(image).ellipse((0, 0, width - 1, height - 1), fill=(11, 79, 92, 200))
    file = BytesIO()
    (Image.new(mode, image.size) if mode == "I;16" else image.convert(mode)).save(file, format)
    return file.getvalue()


def sized(png: bytes, side: int) -> bytes:
    """A PNG that says it is a square of that size."""
    head = png[12:16] + struct.pack(">II", side, side) + png[24:29]
    return png[:12] + head + struct.pack(">I", zlib.crc32(head)) + png[33:]


def embedded(content: bytes, media_type: str = "image/png") -> str:
    return f'<image width="60" height="60" href="data:{media_type};base64,{b64encode(content).decode()}"/>'


def font_of(letters: str) -> bytes:
    """An OpenType font that draws each of these letters as a box, one taller than the next."""
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    shapes = {".notdef": _box(500), **{name: _box(300 + 5 * n) for n, name in enumerate(names.values())}}
    builder.setupCFF("Boxes-Regular", {"FullName": "Boxes"}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(shapes, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _box(height: int) -> Any:
    pen = T2CharStringPen(600, None)
    pen.moveTo((50, 0))
    for point in ((550, 0), (550, height), (50, height)):
        pen.lineTo(point)
    pen.closePath()
    return pen.getCharString()


# What cannot be a logo is said at the line that names it, with what to do


PNG, JPEG = picture(), picture(mode="RGB", format="JPEG")
LAUGHS = '<g id="u0"><path d="M0 0h9v9z"/></g>' + "".join(
    f'<g id="u{n + 1}">' + f'<use href="#u{n}"/>' * 10 + "</g>" for n in range(12)
)
UNFIT: dict[str, tuple[str | bytes, str, str, str]] = {
    "text": ("Lokkisilta", "wrong-file", "is not a picture in SVG, PNG or JPEG", "save it as one"),
    "nothing": ("", "wrong-file", "is not a picture in SVG, PNG or JPEG", "save it as one"),
    "another picture": (picture(format="GIF"), "wrong-file", "is not a picture in SVG", "save it as"),
    "a page": ("<html><body>404</body></html>", "wrong-file", "is not a picture in SVG", "save it as"),
    "heavy": (WIDE.encode() + b" " * 1_000_000, "too-large", "is larger than 1 MB", "smaller"),
    "broad": (picture(4_001, 10), "too-large", "has more than 4,000 x 4,000 pixels", "smaller"),
    "high": (picture(10, 4_001), "too-large", "has more than 4,000 x 4,000 pixels", "smaller"),
    "a bomb": (sized(PNG, 12_000), "too-large", "has more than 4,000 x 4,000 pixels", "smaller"),
    "a large bomb": (sized(PNG, 60_000), "too-large", "has more than 4,000 x 4,000 pixels", "smaller"),
    "cut short": (PNG[:-40], "damaged-file", "is damaged", "copy it once more"),
    "one bit off": (
        PNG[:-30] + bytes([PNG[-30] ^ 1]) + PNG[-29:],
        "damaged-file",
        "is damaged",
        "copy it once more",
    ),
    "a JPEG cut short": (JPEG[:-200], "damaged-file", "is damaged", "copy it once more"),
    "for a press": (
        picture(mode="CMYK", format="JPEG"),
        "wrong-file",
        "has the colours of printing presses (CMYK), not those of screens",
        "save it with RGB colours",
    ),
    "for science": (
        picture(mode="I;16"),
        "wrong-file",
        "has 'I;16' colours, not those of screens",
        "save it with RGB colours",
    ),
    "not well-formed": (
        SVG % "\n  <g>",
        "damaged-file",
        "is damaged: it cannot be read at its line 2, column 8 (mismatched tag)",
        "export it anew",
    ),
    "with a DOCTYPE": (
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG % "<text>&b;</text>",
        "unsafe-file",
        "has a DOCTYPE, which can make a picture grow without end",
        "delete what stands from <!DOCTYPE to its >",
    ),
    "without a namespace": (
        WIDE.replace(' xmlns="http://www.w3.org/2000/svg"', ""),
        "wrong-file",
        "is not an SVG picture",
        'it must begin with <svg xmlns="http://www.w3.org/2000/svg">',
    ),
    "without a size": (
        WIDE.replace(' viewBox="0 0 300 60"', ""),
        "wrong-file",
        "does not say how large it is",
        "give its <svg> a viewBox",
    ),
    "of no size": (WIDE.replace("300 60", "0 60"), "wrong-file", "does not say how large", "viewBox"),
    "a script": (
        SVG % "<script>alert(1)</script>",
        "unsafe-file",
        "is more than a picture: it has 'script', which can run a program",
        "export it anew from the drawing program, as plain SVG",
    ),
    "an event": (
        SVG % '<g onload="alert(1)"/>',
        "unsafe-file",
        "is more than a picture: it has 'onload'",
        "export it anew",
    ),
    "a page inside": (
        SVG % '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Hei</p></foreignObject>',
        "unsafe-file",
        "is more than a picture: it has 'foreignObject'",
        "export it anew",
    ),
    "a frame": (
        SVG % '<iframe xmlns="http://www.w3.org/1999/xhtml"/>',
        "unsafe-file",
        "is more than a picture: it has 'iframe'",
        "export it anew",
    ),
    "a picture from the web": (
        SVG % '<image href="https://example.com/logo.png"/>',
        "unsafe-file",
        "takes in something from elsewhere: 'https://example.com/logo.png'",
        "embed its pictures",
    ),
    "an old link": (
        SVG % '<a xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"/>',
        "unsafe-file",
        "takes in something from elsewhere: 'javascript:alert(1)'",
        "remove its links",
    ),
    "another file": (
        SVG % '<use href="secret.svg#a"/>',
        "unsafe-file",
        "takes in something from elsewhere: 'secret.svg#a'",
        "remove its links",
    ),
    "a ground from the web": (
        SVG % '<rect style="fill: url( &quot;//example.com/a.svg#b&quot; )"/>',
        "unsafe-file",
        "takes in something from elsewhere: '//example.com/a.svg#b'",
        "remove its links",
    ),
    "styles from the web": (
        SVG % "<style><![CDATA[@import 'https://example.com/a.css';]]></style>",
        "unsafe-file",
        "takes in something from elsewhere: 'https://example.com/a.css'",
        "remove its links",
    ),
    "a font from the web": (
        SVG % "<style>@font-face { src: URL(https://example.com/a.woff2) }</style>",
        "unsafe-file",
        "takes in something from elsewhere: 'https://example.com/a.woff2'",
        "remove its links",
    ),
    "an SVG inside": (
        SVG % embedded(WIDE.encode(), "image/svg+xml"),
        "unsafe-file",
        "holds another file that is not a PNG or JPEG picture",
        "remove it",
    ),
    "a damaged picture inside": (
        SVG % embedded(PNG[:-40]),
        "damaged-file",
        "holds a picture that is damaged",
        "save it anew",
    ),
    "itself": (
        SVG % '<g id="a"><use href="#a"/></g>',
        "never-ends",
        "never ends: its part 'a' is drawn from itself",
        "export it anew",
    ),
    "itself by way of another": (
        SVG % '<g id="a"><use href="#b"/></g><mask id="b"><g style="mask:url(#a)"/></mask>',
        "never-ends",
        "is drawn from itself",
        "export it anew",
    ),
    "parts of parts without number": (
        SVG % (LAUGHS + '<use href="#u12"/>'),
        "too-large",
        "is drawn from more than 10,000 shapes",
        "save it as PNG",
    ),
    "shapes without number": (
        SVG % ("<path/>" * 10_000),
        "too-large",
        "is drawn from more than 10,000 shapes",
        "save it as PNG",
    ),
    "a deep one": (
        SVG % ("<g>" * 5_000 + "</g>" * 5_000),
        "too-large",
        "has parts within parts, more than 200 levels deep",
        "export it anew",
    ),
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_file_that_cannot_be_a_logo_says_why_and_what_to_do(tmp_path: Path, name: str) -> None:
    content, code, said, hint = UNFIT[name]
    problem = only_problem(branded(tmp_path, "logo: logo.svg", {"logo.svg": content}))
    assert (problem.code, problem.severity, problem.where) == (code, Severity.ERROR, "brand.logo")
    assert problem.message.startswith("the logo 'logo.svg' ")
    assert said in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("content", [SVG % (LAUGHS + '<use href="#u12"/>'), sized(PNG, 12_000)])
def test_a_logo_that_grows_does_not_keep_anyone_waiting(tmp_path: Path, content: str | bytes) -> None:
    root = branded(tmp_path, "logo: logo.svg", {"logo.svg": content})
    with seconds_of_work(20):
        done = pitchgen("pitch", "aino", "--format", "pdf", "-o", "out", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("company.yaml:11:9: error[too-large]: the logo 'logo.svg' ")
    assert not (root / "out").exists()


def test_a_problem_shows_the_line_and_marks_the_name(tmp_path: Path, capsys: Capture) -> None:
    done = pitchgen_here(capsys, "check", workspace=branded(tmp_path, "logo: logo.svg"))
    assert done.returncode == 1
    assert done.stderr == (
        "company.yaml:11:9: error[missing-file]: the logo 'logo.svg' does not exist\n"
        "   11 |   logo: logo.svg\n"
        "      |         ^^^^^^^^ put the file into the workspace's folder, or correct its name\n"
        "1 error, 0 warnings; the rules wait until the errors are mended\n"
    )


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("logo.svg", "Logo.svg"),
        ("logo.svg", "images/logo.svg"),
        ("logo.svg", "logo.png"),
        ("lgo.svg", "logo.svg"),
    ],
)
def test_a_missing_logo_is_told_by_a_name_like_its_own(tmp_path: Path, typed: str, there: str) -> None:
    problem = only_problem(branded(tmp_path, f"logo: {typed}", {there: WIDE}))
    assert (problem.code, problem.hint) == ("missing-file", f"did you mean '{there}'?")


def test_a_name_typed_on_windows_is_understood(tmp_path: Path) -> None:
    problem = only_problem(
        branded(tmp_path, r"logo: Markkinointi\Kuvat 2026\logo.svg", {"images/logo.svg": WIDE})
    )
    assert problem.hint == "did you mean 'images/logo.svg'?"


def test_a_name_is_found_however_the_disk_spells_its_letters(tmp_path: Path) -> None:
    name = "käyrä.svg"
    decomposed = "ka\u0308yra\u0308.svg"
    assert linked(branded(tmp_path, f"logo: {name}", {decomposed: WIDE})).logo


@pytest.mark.parametrize(
    "typed",
    ["../logo.svg", "images/../../logo.svg", "{outside}/logo.svg", r"C:\Maija\logo.svg", r"..\logo.svg"],
)
def test_a_logo_outside_the_workspace_is_refused(tmp_path: Path, typed: str) -> None:
    (tmp_path / "logo.svg").write_text(WIDE)
    problem = only_problem(branded(tmp_path / "a", f"logo: {typed.format(outside=tmp_path)}"))
    assert problem.code == "outside-workspace"
    assert "is outside the workspace" in problem.message
    assert problem.hint == "copy the file into the workspace's folder and write 'logo.svg'"


@pytest.mark.parametrize("linked_to", ["logo.svg", "."])
def test_a_link_does_not_lead_out_of_the_workspace(tmp_path: Path, linked_to: str) -> None:
    (tmp_path / "logo.svg").write_text(WIDE)
    name = "mine.svg" if linked_to != "." else "mine/logo.svg"
    root = branded(tmp_path / "a", f"logo: {name}")
    (root / name.partition("/")[0]).symlink_to(tmp_path / linked_to)
    assert only_problem(root).code == "outside-workspace"


def test_a_link_within_the_workspace_is_followed(tmp_path: Path) -> None:
    root = branded(tmp_path, "logo: logo.svg", {"images/2026.svg": WIDE})
    (root / "logo.svg").symlink_to("images/2026.svg")
    assert linked(root).logo


def make_folder(path: Path) -> None:
    path.mkdir()


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (make_folder, "is a folder, not a file"),
        (os.mkfifo, "is not an ordinary file"),
        (make_circle, "cannot be read: too many levels of symbolic links"),
    ],
)
def test_what_is_not_a_file_is_not_waited_for(tmp_path: Path, put: Callable[[Path], None], said: str) -> None:
    root = branded(tmp_path, "logo: logo.svg")
    put(root / "logo.svg")
    problem = only_problem(root)
    assert (problem.code, said in problem.message) == ("unreadable", True)


@given(st.randoms(use_true_random=False), st.sampled_from([PNG, JPEG, (SVG % embedded(PNG)).encode()]))
def test_no_damage_to_a_logo_is_a_surprise(
    tmp_path_factory: pytest.TempPathFactory, random: Random, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "logo").write_bytes(damaged(content, random))
    try:
        load_logo(folder, "logo")
    except Unreadable as error:
        assert all(fault.message and fault.hint for fault in error.faults)


def damaged(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 9)):
        at = random.randrange(len(changed))
        changed[at : at + random.choice((0, 1, 5))] = random.randbytes(random.choice((0, 1, 5)))
    return bytes(changed)


# What is harmless is taken, whatever drawing program it is from


@pytest.mark.parametrize(
    "content",
    [
        picture(4_000, 10),
        picture(mode="LA"),
        picture(mode="P"),
        picture(mode="1"),
        JPEG,
        WIDE.replace('viewBox="0 0 300 60"', 'width="30mm" height="6.5"'),
        WIDE.replace("<svg", '<svg width="100%" height="100%"'),
        SVG % "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><path fill='url(#a)'/>",
        SVG % "<style>.a { mask: url('#m') }</style><mask id='m'/><g class='a'/>",
        SVG % '<g id="a"><path/></g><use href="#a"/><use href="#a"/><use href="#nothing"/>',
        SVG % '<metadata xmlns:i="http://www.inkscape.org/" i:about="https://inkscape.org"/>',
        SVG % embedded(PNG),
    ],
)
def test_a_sound_picture_is_taken(tmp_path: Path, content: str | bytes) -> None:
    root = branded(tmp_path, "logo: logo.jpg", {"logo.jpg": content})
    workspace, problems = read_workspace(root)
    assert (workspace and workspace.logo and True, problems) == (True, ())


def test_a_picture_is_known_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    types = {}
    pictures: Files = {"a.svg": PNG, "b.png": JPEG, "c.jpeg": WIDE}
    for name, content in pictures.items():
        logo = linked(branded(tmp_path / name, f"logo: {name}", {name: content})).logo
        types[name] = logo and logo.media_type
    assert types == {"a.svg": "image/png", "b.png": "image/jpeg", "c.jpeg": "image/svg+xml"}


def test_an_svg_is_shown_in_the_encoding_it_was_judged_in(tmp_path: Path) -> None:
    claimed = '<?xml version="1.0" encoding="UTF-16"?>\n' + SVG % "<title>Ääni</title>"
    logo = linked(branded(tmp_path, "logo: logo.svg", {"logo.svg": claimed})).logo
    assert logo
    assert logo.content.decode().strip() == SVG % "<title>Ääni</title>"


def test_a_logo_with_letters_is_taken_with_a_warning(tmp_path: Path, capsys: Capture) -> None:
    root = branded(tmp_path, "logo: logo.svg", {"logo.svg": LETTERS})
    problem = only_problem(root)
    assert (problem.code, problem.severity) == ("logo-text", Severity.WARNING)
    assert "turn its text into paths" in problem.hint
    done = pitchgen_here(capsys, "pitch", "aino", "--format", "txt", "-o", "-", workspace=root)
    assert done.returncode == 0
    assert done.stderr.startswith("company.yaml:11:9: warning[logo-text]: ")


# The logo in documents

LOGOS: Files = {
    "wide": WIDE,
    "tall": TALL,
    "ribbon": RIBBON,
    "png": PNG,
    "jpeg": JPEG,
    "mixed": SVG % embedded(PNG),
    "letters": LETTERS,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Path:
    """`none-pitch.pdf`, `wide-card.html` and so on: documents without a logo and with each of `LOGOS`."""
    folder = tmp_path_factory.mktemp("brand")
    make(folder, "none", branded(folder / "none", "tone: informal"), press)
    for name, content in LOGOS.items():
        make(folder, name, branded(folder / name, "logo: logo", {"logo": content}), press)
    return folder


def make(folder: Path, name: str, root: Path, press: Press) -> None:
    """The pitch and the card of a small workspace, in both formats."""
    workspace = linked(root)
    studio = Studio(workspace, date.fromisoformat(TODAY), press)
    made = {
        "pitch": studio.compose("pitch", workspace.hires[0], "fi"),
        "card": studio.compose("role-card", workspace.roles[0], "fi"),
    }
    for kind, document in made.items():
        for format in ("pdf", "html"):
            rendered = studio.render(document, format)
            assert {problem.code for problem in rendered.problems} <= {"pitch-length"}
            (folder / f"{name}-{kind}.{format}").write_bytes(rendered.content)


def words_of(pdf: Path) -> dict[str, tuple[float, ...]]:
    """The words of a PDF's first page, and where each stands."""
    found = re.findall(
        r'<word xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.+)</word>',
        said_by("pdftotext", "-bbox", "-l", "1", pdf, "-"),
    )
    return {word: tuple(map(float, box)) for *box, word in found}


def test_documents_with_a_logo_or_a_font_pass_verapdf(
    documents: Path, headed: Path, verapdf: VeraPdf
) -> None:
    pdfs = [*documents.glob("*-*.pdf"), *headed.glob("*-*.pdf")]
    assert len(pdfs) == 2 * (1 + len(LOGOS) + len(FONTS))
    assert verapdf.failures(pdfs) == []


def test_the_logo_stands_in_a_pdf_in_place_of_the_name_and_says_it(documents: Path) -> None:
    for name in LOGOS:
        for kind in ("pitch", "card"):
            pdf = documents / f"{name}-{kind}.pdf"
            letters = "Tähti " if name == "letters" else ""
            assert head_of(pdf) == f"{letters}21. marraskuuta 2026", pdf.name
            (figure,) = figures(PdfReader(pdf))
            assert figure["/Alt"] == "Testi Oy", pdf.name
    assert head_of(documents / "none-pitch.pdf") == "Testi Oy 21. marraskuuta 2026"
    assert figures(PdfReader(documents / "none-pitch.pdf")) == []


def head_of(pdf: Path) -> str:
    """The words in the first inch of a PDF's first page."""
    head = said_by("pdftotext", "-l", "1", "-x", "0", "-y", "0", "-W", "600", "-H", "72", pdf, "-")
    return " ".join(head.split())


def figures(pdf: PdfReader) -> list[Any]:
    """The pictures that a screen reader meets in a PDF."""
    tree: Any = pdf.root_object["/StructTreeRoot"]
    found, left = [], [tree]
    while left:
        node = left.pop()
        found += [node] if node.get("/S") == "/Figure" else []
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        left += [kid.get_object() for kid in kids if isinstance(kid.get_object(), dict)]
    return found


def test_pictures_are_in_the_pdf_and_drawings_stay_drawings(documents: Path) -> None:
    pictures = {
        name: [
            row.split()[2]
            for row in said_by("pdfimages", "-list", documents / f"{name}-pitch.pdf").splitlines()[2:]
        ]
        for name in LOGOS
    }
    assert pictures == {
        "wide": [],
        "tall": [],
        "ribbon": [],
        "png": ["image", "smask"],
        "jpeg": ["image"],
        "mixed": ["image", "smask"],
        "letters": [],
    }


def test_no_word_of_a_document_moves_for_a_logo(documents: Path) -> None:
    for kind in ("pitch", "card"):
        without = words_of(documents / f"none-{kind}.pdf")
        for name in LOGOS:
            words = words_of(documents / f"{name}-{kind}.pdf")
            moved = [word for word, box in without.items() if words.get(word) != box]
            # The name is what the logo stands for.
            assert moved in ([], ["Testi", "Oy"]), (name, kind)


def test_a_logo_is_9_mm_high_or_60_mm_wide_and_keeps_its_shape_on_paper(
    documents: Path, tmp_path: Path
) -> None:
    sizes = {"wide": (45, 9), "tall": (2.25, 9), "ribbon": (60, 1.2), "png": (9, 9), "jpeg": (9, 9)}
    dots = 100 / 25.4
    for name, size in sizes.items():
        pdf = documents / f"{name}-pitch.pdf"
        said_by("pdftoppm", "-png", "-r", "100", "-singlefile", pdf, tmp_path / name)
        with Image.open(tmp_path / f"{name}.png") as page:
            # Left of the date and above the heading.
            head = page.convert("L").crop((0, 0, int(110 * dots), int(28 * dots)))
        box = Image.eval(head, lambda value: 255 - value).getbbox()
        assert box, name
        left, top, right, bottom = (edge / dots for edge in box)
        assert left == pytest.approx(24, abs=0.5), name
        assert (right - left, bottom - top) == pytest.approx(size, abs=0.6), name
        assert top > 14, name


def opened(tabs: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    """A page in a tab, and every address that it asked for or complained about."""
    page = tabs.new_page()
    noted: list[str] = []
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    return page, noted


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BOX = "(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })"


@pytest.mark.parametrize("kind", ["pitch", "card"])
def test_the_logo_is_drawn_on_every_screen_beside_the_date(
    tabs: BrowserContext, documents: Path, kind: str
) -> None:
    for name in LOGOS:
        path = documents / f"{name}-{kind}.html"
        page, noted = opened(tabs, path)
        logo, date_, heading = (page.locator(each) for each in ("header img", "header .date", "h1"))
        assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)"), name
        assert logo.get_attribute("alt") == "Testi Oy"
        assert page.inner_text("header") == "21.\N{NO-BREAK SPACE}marraskuuta 2026"
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                _, top, right, bottom = logo.evaluate(BOX)
                assert 0 <= top < bottom <= heading.evaluate(BOX)[1], (name, width, scheme)
                assert right <= date_.evaluate(BOX)[0], (name, width, scheme)
                assert bottom - top < 65, (name, width, scheme)
                assert page.evaluate(OVERFLOWING) == [], (name, width, scheme)
        assert [note for note in noted if not note.startswith("data:")] == [path.as_uri()]
        page.close()


def test_a_dark_logo_stands_on_white_by_night(tabs: BrowserContext, documents: Path) -> None:
    ground = "e => getComputedStyle(e).backgroundColor"
    page, _ = opened(tabs, documents / "wide-pitch.html")
    page.emulate_media(color_scheme="dark")
    assert page.locator("header img").evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="light")
    assert page.locator("header img").evaluate(ground) == "rgba(0, 0, 0, 0)"
    page.close()


def test_nothing_in_a_page_moves_for_a_logo(tabs: BrowserContext, documents: Path) -> None:
    tops = {}
    for name in ("none", "wide", "tall"):
        page, _ = opened(tabs, documents / f"{name}-pitch.html")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            tops[name, scheme] = page.locator("h1").evaluate(BOX)[1]
        page.close()
    assert len(set(tops.values())) == 1, tops


def test_the_letters_of_a_logos_address_bring_no_glyphs(documents: Path) -> None:
    fonts = {
        name: re.findall(r"data:font/ttf;base64,[^']+", (documents / f"{name}-pitch.html").read_text())
        for name in ("none", "png")
    }
    assert len(fonts["png"]) == len(FACES)
    # The name that the logo stands for is in both: it is the author of both.
    assert fonts["png"] == fonts["none"]


def test_documents_are_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    made = []
    for place, seed in (("a", "1"), ("b/c", "2")):
        files: Files = {"logo.png": PNG, "fonts/Brand.ttf": HEEBO}
        root = branded(tmp_path / place, "logo: logo.png\nfont: fonts/Brand.ttf", files)
        machine = {"PYTHONHASHSEED": seed}
        done = pitchgen("pitch", "aino", "-q", "-o", "out", workspace=root, env=machine)
        assert done.returncode == 0, done.stderr
        made.append([(root / f"out/aino-pitch-fi.{format}").read_bytes() for format in ("pdf", "html")])
    assert made[0] == made[1]


def test_a_layout_of_ones_own_may_place_the_logo_elsewhere(tmp_path: Path) -> None:
    layout = "<p>{{ company }}</p>{% if logo %}<img src='{{ logo }}' alt=''>{% endif %}"
    files: Files = {"logo.png": PNG, "templates/pitch.html": layout}
    for brand in ("logo: logo.png", "tone: informal"):
        workspace = linked(branded(tmp_path, brand, files))
        with Studio(workspace, date.fromisoformat(TODAY)) as studio:
            html = studio.render(studio.compose("pitch", workspace.hires[0], "fi"), "html").content.decode()
        shown = re.fullmatch("<p>Testi Oy</p>(?:<img src='data:image/png;base64,(.*)' alt=''>)?", html)
        assert shown
        assert (b64decode(shown[1]) if shown[1] else None) == (PNG if "logo" in brand else None)


def test_a_drawing_that_the_pdf_renderer_fails_on_is_a_short_problem(tmp_path: Path) -> None:
    content = SVG % ('<rect width="a%"/>' + "<path/>" * 5_000)
    root = branded(tmp_path, "logo: logo.svg", {"logo.svg": content})
    done = pitchgen("pitch", "aino", "--format", "pdf", "-o", "out", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        "company.yaml:11:9: error[missing-resource]: 'data:image/svg+xml;base64,…' cannot be loaded"
        in done.stderr
    )
    assert len(without_warnings(done.stderr)) < 1_000


# The font of headings

NO_FONTS: dict[str, tuple[bytes, str, str, str]] = {
    "text": (b"Brand", "wrong-file", "is not a font in TTF or OTF", "(.woff)"),
    "nothing": (b"", "wrong-file", "is not a font in TTF or OTF", "(.woff)"),
    "for the web": (b"wOF2" + SANS, "wrong-file", "is not a font in TTF or OTF", "(.woff)"),
    "cut short": (SANS[: len(SANS) // 2], "damaged-file", "is damaged", "copy the font once more"),
    "only a beginning": (SANS[:4], "damaged-file", "is damaged", "copy the font once more"),
    "without Latin": (
        font_of("АБВ" + ascii_letters[1:]),
        "wrong-file",
        "lacks the letters a",
        "choose a font that has all letters",
    ),
    "too large": (SANS + b"\0" * 10_000_000, "too-large", "is larger than 10 MB", "smaller"),
}


@pytest.mark.parametrize("name", NO_FONTS)
def test_a_file_that_cannot_be_the_font_says_why_and_what_to_do(tmp_path: Path, name: str) -> None:
    content, code, said, hint = NO_FONTS[name]
    problem = only_problem(branded(tmp_path, "font: fonts/Brand.ttf", {"fonts/Brand.ttf": content}))
    assert (problem.code, problem.severity, problem.where) == (code, Severity.ERROR, "brand.font")
    assert problem.message == f"the font 'fonts/Brand.ttf' {said}" or name == "without Latin"
    assert said in problem.message
    assert hint in problem.hint


def test_a_font_that_is_missing_or_outside_is_told_like_a_logo(tmp_path: Path) -> None:
    missing = only_problem(branded(tmp_path / "a", "font: Brand.ttf", {"fonts/Brand.ttf": SANS}))
    assert (missing.code, missing.hint) == ("missing-file", "did you mean 'fonts/Brand.ttf'?")
    family = only_problem(branded(tmp_path / "b", "font: Fira Sans"))
    assert (family.code, family.message) == ("missing-file", "the font 'Fira Sans' does not exist")
    outside = only_problem(branded(tmp_path / "c", f"font: {THAI}"))
    assert outside.code == "outside-workspace"


@given(st.randoms(use_true_random=False))
def test_a_damaged_font_is_refused_before_it_can_break_a_document(
    tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "Brand.ttf"
    path.write_bytes(damaged(HEEBO, random))
    try:
        font = load_font(path.parent, path.name)
    except Unreadable as error:
        assert all(fault.message and fault.hint for fault in error.faults)
    else:
        assert embedded_css("Hei Aino!", font)


# The first is as large as a font of a whole alphabet of alphabets.
FONTS = {"static": SANS + b"\0" * 6_000_000, "variable": HEEBO, "boxes": font_of(ascii_letters + "äöå ,.!")}


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Path:
    """`static-pitch.pdf`, `boxes-card.html` and so on: documents with headings in each of `FONTS`."""
    folder = tmp_path_factory.mktemp("fonts")
    hire = "name: Örjan Åberg\nrole: asiantuntija\n"
    for name, content in FONTS.items():
        files: Files = {"fonts/It's mine.otf": content, "hires/aino.yaml": hire}
        make(folder, name, branded(folder / name, "font: fonts/It's mine.otf", files), press)
    return folder


def fonts_of_words(pdf: Path) -> dict[str, set[str]]:
    """For each piece of text in a PDF, the fonts it is set in."""
    found: dict[str, set[str]] = {}

    def note(text: str, _matrix: Any, _text_matrix: Any, font: Any, _size: Any) -> None:
        for word in text.split():
            found.setdefault(word, set()).add(font["/BaseFont"].partition("+")[2] if font else "")

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("name", FONTS)
def test_on_paper_headings_are_in_the_font_and_nothing_else_is(headed: Path, name: str) -> None:
    pitch = fonts_of_words(headed / f"{name}-pitch.pdf")
    assert all(font.startswith("Headings") for font in pitch["tervetuloa!"]), pitch
    assert [
        w
        for w, fonts in pitch.items()
        if w not in ("Hei", "Örjan,", "tervetuloa!", "Ö", "rjan,")
        and any(font.startswith("Headings") for font in fonts)
    ] == []
    card = fonts_of_words(headed / f"{name}-card.pdf")
    for word in ("Palveluasiantuntija", "Roolikortti", "palvelet"):
        assert all(font.startswith("Headings") for font in card[word]), word
    assert card["Haluaa"] == {"Spectral"}
    assert card["Testi"] == {"Fira-Sans-Semi-Bold"}


def shown_fonts(page: Page, selector: str) -> dict[str, bool]:
    """The fonts that Chromium drew an element's letters with, and whether each came with the page."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["isCustomFont"] for font in fonts}


@pytest.mark.parametrize(
    ("name", "family"), [("static", "Fira Sans Medium"), ("variable", "Heebo"), ("boxes", "Boxes")]
)
def test_on_screen_headings_are_in_the_font_and_nothing_else_is(
    tabs: BrowserContext, headed: Path, name: str, family: str
) -> None:
    page, noted = opened(tabs, headed / f"{name}-card.html")
    assert shown_fonts(page, "h1") == {family: True}
    assert shown_fonts(page, "h2") == {family: True}
    assert shown_fonts(page, ".kicker") == {family: True}
    assert shown_fonts(page, ".lead") == {"Spectral": True}
    assert [url for url in noted if not url.startswith("data:")] == [(headed / f"{name}-card.html").as_uri()]
    page.close()


def test_a_letter_that_the_font_lacks_is_in_the_shipped_one(tabs: BrowserContext, headed: Path) -> None:
    page, _ = opened(tabs, headed / "boxes-pitch.html")
    assert shown_fonts(page, "h1") == {"Boxes": True, "Spectral Light": True}
    page.close()
    fonts = {
        row.split()[0].partition("+")[2]
        for row in said_by("pdffonts", headed / "boxes-pitch.pdf").splitlines()[2:]
    }
    assert {"Headings", "Spectral-Light"} <= fonts
    assert "Spectral-Light" not in said_by("pdffonts", headed / "variable-pitch.pdf")


def test_a_page_carries_no_more_of_the_font_than_it_shows(headed: Path) -> None:
    html = (headed / "static-card.html").read_text(encoding="utf-8")
    carried = re.search(r"font-family:'Headings';[^}]*base64,([^']+)'", html)
    assert carried
    assert len(b64decode(carried[1])) < len(SANS) / 5


def test_without_a_font_headings_are_in_the_shipped_ones(tabs: BrowserContext, documents: Path) -> None:
    page, _ = opened(tabs, documents / "none-card.html")
    assert [shown_fonts(page, tag) for tag in ("h1", "h2")] == [
        {"Spectral Light": True},
        {"Fira Sans Medium": True},
    ]
    page.close()
    assert "Headings" not in said_by("pdffonts", documents / "none-card.pdf")


def test_no_pitch_is_said_to_fit_in_a_font_nobody_has_measured(tmp_path: Path) -> None:
    workspace = linked(branded(tmp_path, "font: Brand.ttf", {"Brand.ttf": SANS}))
    with Studio(workspace, date.fromisoformat(TODAY)) as studio:
        assert not studio.surely_fits(studio.compose("pitch", workspace.hires[0], "fi"))


# Colours


@pytest.mark.parametrize(
    ("typed", "ratio", "used"),
    [("#D0601F", "3.9:1", "#8d4115"), ("#FFEE00", "1.2:1", "#615a00"), ("#fff", "1.0:1", "#595959")],
)
@pytest.mark.parametrize("key", ["color", "accent"])
def test_a_color_too_pale_for_text_is_told_with_the_one_used(
    tmp_path: Path, capsys: Capture, key: str, typed: str, ratio: str, used: str
) -> None:
    root = branded(tmp_path, f'{key}: "{typed}"')
    done = pitchgen_here(capsys, "check", "--select", "pale-color", workspace=root)
    column = len(f"  {key}: ") + 1
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == (
        f"company.yaml:11:{column}: warning[pale-color]: '{typed}' is too pale for text: its contrast on "
        f"white paper is {ratio}, and text needs 4.5:1; documents use '{used}'"
    )
    assert f"write '{used}' here, or a darker colour of your own" in done.stderr
    strict = ("check", "--strict", "--select", "pale-color")
    assert pitchgen_here(capsys, *strict, workspace=root).returncode == 1
    assert contrast(used, PAPER) >= 7


@pytest.mark.parametrize(("typed", "ratio"), [("#B8501A", "4.9:1"), ("#5B5B5B", "6.7:1")])
def test_a_color_that_can_be_read_is_a_note_and_fails_nobody(
    tmp_path: Path, capsys: Capture, typed: str, ratio: str
) -> None:
    root = branded(tmp_path, f'color: "{typed}"')
    done = pitchgen_here(capsys, "check", "--strict", "--select", "pale-color", workspace=root)
    assert done.returncode == 0
    said = (
        f"company.yaml:11:10: note[pale-color]: '{typed}' can be read: its contrast on white paper is {ratio}"
    )
    assert said in done.stderr
    # Who wants it to count says so.
    with (root / "company.yaml").open("a") as company:
        company.write("checks:\n  severities:\n    pale-color: warning\n")
    assert pitchgen_here(capsys, "check", "--strict", "--select", "paper", workspace=root).returncode == 1


def test_the_color_used_instead_needs_no_warning_and_looks_the_same(tmp_path: Path) -> None:
    pages = []
    for color in ("#B8501A", "#903F14"):
        workspace = linked(branded(tmp_path, f'accent: "{color}"'))
        with Studio(workspace, date.fromisoformat(TODAY)) as studio:
            pages.append(studio.render(studio.compose("pitch", workspace.hires[0], "fi"), "html").content)
    assert pages[0] == pages[1]
    assert read_workspace(tmp_path)[1] == ()


def test_documents_are_made_in_spite_of_a_pale_color(tmp_path: Path, capsys: Capture) -> None:
    root = branded(tmp_path, 'color: "#FFEE00"\naccent: "#F8F8F8"')
    made = pitchgen_here(capsys, "role-card", "--format", "html", "-o", str(root / "out"), workspace=root)
    assert made.returncode == 0
    done = pitchgen_here(capsys, "check", "--select", "pale-color", workspace=root)
    places = re.findall(r"company.yaml:(\d+:\d+): warning\[pale-color\]", done.stderr)
    assert places == ["11:10", "12:11"]
    assert (root / "out/asiantuntija-role-card-fi.html").exists()


def test_the_shipped_colors_are_dark_enough() -> None:
    assert min(contrast(color, PAPER) for color in (DEFAULT_BRAND, DEFAULT_ACCENT)) >= 7


def test_a_picture_for_which_there_is_too_little_memory_is_not_called_damaged(tmp_path: Path) -> None:
    Image.new("RGBA", (4_000, 4_000)).save(tmp_path / "logo.png")
    code = """
import resource, sys
from pathlib import Path
import PIL.Image, PIL.PngImagePlugin
from pitchgen.load.logo import load_logo
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 5_000_000,) * 2)
try:
    load_logo(Path(sys.argv[1]), "logo.png")
except MemoryError:
    print("too little memory")
"""
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert done.stdout == "too little memory\n", done.stderr
