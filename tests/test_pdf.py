"""PDFs as screen readers, archives and printers meet them, judged by tools that pitchgen does not use."""

from __future__ import annotations

import re
import struct
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pdf_standards import VeraPdf
from poppler import said_by
from pypdf import PdfReader
from workspaces import COMPANY, HIRE, REPOSITORY, TODAY, linked, pitchgen, small

from pitchgen.problems import errors
from pitchgen.render.markdown import Prose
from pitchgen.render.press import Paper, Press
from pitchgen.studio.document import Document, Rendered
from pitchgen.studio.studio import Studio

A4, LETTER = (595.276, 841.89), (612, 792)
# Nobody's: no font shows it, on any machine.
NOBODYS = "\U0010fffd"
# The fonts that pitchgen depends on show these scripts.
SCRIPTS = {
    "arabic": "محمد علي",
    "hebrew": "דוד כהן",
    "hindi": "रवि शर्मा",
    "thai": "สมชาย ใจดี",
    "russian": "Жанна Щукина",
    "greek": "Ιωάννης Ψαρράς",
    "latin": "Łukasz Ŋuorti Nguyễn-Phượng",
}
RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")
# Whether a machine shows these depends on its own fonts.
PERHAPS = {"emoji": "Aino 😀", "chinese": "李小龙"}


def prose_of(document: Document) -> Prose:
    assert document.content.prose
    return document.content.prose


@dataclass(frozen=True)
class Made:
    """A pitch, the PDF of it, and what is expected of that."""

    path: Path
    document: Document
    rendered: Rendered
    paper: tuple[float, float]


def hires(names: dict[str, str]) -> dict[str, str]:
    return {f"hires/{id}.yaml": f'name: "{name}"\nrole: asiantuntija\n' for id, name in names.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, press: Press) -> dict[str, Made]:
    """PDFs by what is odd about them: the starter's in its three languages, other scripts, other paper."""
    folder = tmp_path_factory.mktemp("pdf")
    letter = re.sub("(?m)^    ", "", COMPANY) + "brand:\n  paper: letter\n  color: '#FFEE00'\n"
    names = {**SCRIPTS, **PERHAPS, "missing": f"Aino {NOBODYS}", "long": "Väinö" * 40}
    workspaces = [
        (REPOSITORY, ("fi", "en", "sv"), A4),
        (small(folder / "names", hires(names)), ("fi",), A4),
        (small(folder / "paper", {"company.yaml": letter, "hires/aino.yaml": HIRE_OF_MANY}), ("sv",), LETTER),
    ]
    made = {}
    for root, languages, paper in workspaces:
        studio = Studio(linked(root), date.fromisoformat(TODAY), press)
        for hire in studio.workspace.hires:
            for language in languages:
                name = f"{hire.model.id} {language}"
                document = studio.compose("pitch", hire, language)
                rendered = studio.render(document, "pdf")
                path = folder / f"{name}.pdf"
                if not errors(rendered.problems):
                    path.write_bytes(rendered.content)
                made[name] = Made(path, document, rendered, paper)
    return made


HIRE_OF_MANY = "name: Aino Virtanen\nrole: asiantuntija\nmanager: {name: Marjut Ketola}\n"


def whole(made: dict[str, Made]) -> Iterator[tuple[str, Made]]:
    """Those that became a PDF: all but those with letters that no font here has."""
    missing = {name for name, pdf in made.items() if not pdf.path.exists()}
    assert missing - {f"{name} fi" for name in PERHAPS} == {"missing fi"}
    yield from ((name, pdf) for name, pdf in made.items() if name not in missing)


def squeezed(text: str) -> str:
    """Letters only, as typed: no white space, no marks of direction, no joined forms."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFKC", text))


def test_every_pdf_passes_verapdf_for_pdf_ua_1_and_pdf_a_3a(made: dict[str, Made], verapdf: VeraPdf) -> None:
    like_others = ("russian fi", "greek fi", "latin fi", "hebrew fi", "thai fi")
    pdfs = [pdf.path for name, pdf in whole(made) if name not in like_others]
    assert len(pdfs) >= 10
    assert verapdf.failures(pdfs) == []


def test_every_pdf_is_sound(made: dict[str, Made]) -> None:
    for name, pdf in whole(made):
        check = subprocess.run(["qpdf", "--check", pdf.path], capture_output=True, text=True, check=False)
        assert (check.returncode, check.stderr) == (0, ""), name


def test_every_pdf_is_one_tagged_page_with_title_language_and_date(made: dict[str, Made]) -> None:
    for name, pdf in whole(made):
        info = dict(line.split(":", 1) for line in said_by("pdfinfo", "-isodates", pdf.path).splitlines())
        page = pdf.document.page
        assert info["Tagged"].strip() == "yes", name
        assert info["Pages"].strip() == ("1" if name != "long fi" else "2"), name
        assert info["JavaScript"].strip() == "no", name
        assert info["Encrypted"].strip() == "no", name
        assert info["CreationDate"].strip().startswith(TODAY), name
        assert squeezed(info["Title"]) == squeezed(page.title), name
        assert info["Author"].strip() == page.company, name
        root: Any = PdfReader(pdf.path).root_object
        assert root["/Lang"] == page.language.code, name
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], name


def test_the_paper_is_a4_unless_letter_is_chosen(made: dict[str, Made]) -> None:
    for name, pdf in whole(made):
        box = PdfReader(pdf.path).pages[0].mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(pdf.paper, abs=0.01), name
    assert {pdf.paper for _, pdf in whole(made)} == {A4, LETTER}


def test_no_word_is_near_the_edge_of_the_paper(made: dict[str, Made]) -> None:
    for name, pdf in whole(made):
        width, height = pdf.paper
        for box in re.findall(
            r'xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">', said_by("pdftotext", "-bbox", pdf.path, "-")
        ):
            left, top, right, bottom = map(float, box)
            assert left > 36, name
            assert top > 36, name
            assert right < width - 36, name
            assert bottom < height - 18, name


def test_who_listens_hears_every_word_in_its_order(made: dict[str, Made]) -> None:
    for name in ("aino-virtasalmi fi", "priya-raman en", "aino sv", "arabic fi"):
        pdf = made[name]
        tree = said_by("pdfinfo", "-struct-text", pdf.path)
        heard = squeezed("".join(re.findall(r'(?m)^ *"(.*)"$', tree)))
        subtitle = pdf.document.page.values["subtitle"]
        heading, *blocks = [block.text for block in prose_of(pdf.document).blocks]
        words = squeezed("".join([heading, subtitle, *blocks]))
        # This tool shows letters from right to left in the order they are painted in.
        assert RIGHT_TO_LEFT.sub("", heard).endswith(RIGHT_TO_LEFT.sub("", words)), name
        assert sorted(RIGHT_TO_LEFT.findall(heard)) == sorted(RIGHT_TO_LEFT.findall(words)), name


def test_what_is_copied_out_of_a_page_are_its_words(made: dict[str, Made]) -> None:
    for name, pdf in whole(made):
        copied = squeezed(said_by("pdftotext", "-raw", pdf.path, "-"))
        for block in prose_of(pdf.document).blocks[1:]:
            for sentence in re.split(r"(?<=[.:!?]) ", block.text):
                assert squeezed(sentence) in copied, name
        name_said = squeezed(pdf.document.page.values["subtitle"].partition(" · ")[0])
        if RIGHT_TO_LEFT.search(name_said):
            # A letter that is drawn as two shapes is a word of its own to this tool.
            assert set(name_said) <= set(copied), name
        else:
            assert name_said in copied, name


def test_headings_lists_and_quotes_are_tagged_as_what_they_are(made: dict[str, Made]) -> None:
    tree = said_by("pdfinfo", "-struct", made["aino-virtasalmi fi"].path)
    tags = re.findall(r"(?m)^ *(\w+)", tree)
    assert tags.count("H1") == 1
    assert tags.count("L") == 1
    assert tags.count("LI") == tags.count("LBody") == 4
    assert tags.count("BlockQuote") == 1
    assert {"H2", "H3", "Figure", "Table"}.isdisjoint(tags)


def test_the_fonts_are_embedded_and_are_those_of_the_design(made: dict[str, Made]) -> None:
    own = ("Spectral", "Fira-Sans")
    for name, pdf in whole(made):
        rows = said_by("pdffonts", pdf.path).splitlines()[2:]
        fonts = [row.split()[0].partition("+")[2] for row in rows]
        assert all(re.search(r" yes yes yes +\d+ +0$", row) for row in rows), name
        letters = {"Spectral-Oldstyle", "Spectral-Oldstyle-Italic", "Spectral-Light", "Fira-Sans"}
        assert letters <= set(fonts), name
        others = [font for font in fonts if not font.startswith(own)]
        id = name.split()[0]
        if id in PERHAPS:
            continue
        expected = {"arabic": "Noto-Sans-Arabic", "hebrew": "Heebo", "thai": "Noto-Sans-Thai"}
        expected |= {"hindi": "Noto-Sans", "greek": "Noto-Sans"}
        assert all(font.startswith(expected.get(id, "nothing else")) for font in others), (name, others)
        assert bool(others) == (id in expected), name


def test_no_font_in_a_pdf_tells_the_time_of_day(made: dict[str, Made]) -> None:
    an_hour_ago = time.time() - 3600
    fonts = 0
    for name, pdf in whole(made):
        reader = PdfReader(pdf.path)
        for row in said_by("pdffonts", pdf.path).splitlines()[2:]:
            font: Any = reader.get_object(int(row.split()[-2]))
            file = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"].get_data()
            assert modified(file) < an_hour_ago, (name, row)
            fonts += 1
    assert fonts > 50


def modified(font: bytes) -> int:
    """When a TrueType font says it was changed, in seconds since 1970; fonts count from 1904."""
    (tables,) = struct.unpack_from(">4xH", font)
    rows = [struct.unpack_from(">4s4xI4x", font, 12 + 16 * n) for n in range(tables)]
    (head,) = [offset for tag, offset in rows if tag == b"head"]
    (seconds,) = struct.unpack_from(">28xq", font, head)
    return int(seconds) - 2_082_844_800


def test_a_letter_that_no_font_has_is_a_problem_and_no_pdf(made: dict[str, Made]) -> None:
    (problem, *others) = errors(made["missing fi"].rendered.problems)
    assert (problem.code, problem.path, problem.line) == ("missing-glyph", "hires/missing.yaml", 1)
    assert "U+10FFFD" in problem.message
    assert problem.hint
    assert others == [], "one letter is one problem, however often it stands there"
    for name in PERHAPS:
        if not made[f"{name} fi"].path.exists():
            wrong = errors(made[f"{name} fi"].rendered.problems)
            assert {problem.code for problem in wrong} == {"missing-glyph"}


def test_the_command_writes_no_pdf_with_a_hole_in_it(tmp_path: Path) -> None:
    root = small(tmp_path, hires({"aino": f"Aino {NOBODYS}"}))
    done = pitchgen("pitch", "aino", "--format", "pdf", "-q", "-o", "out", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "hires/aino.yaml:1:7: error[missing-glyph]: no font on this machine can show" in done.stderr
    assert "U+10FFFD" in done.stderr
    assert not (root / "out").exists()


def test_a_pitch_that_runs_over_its_page_says_so(tmp_path: Path) -> None:
    long = COMPANY.replace("Et jää yksin.", "Et jää yksin pimeän ruudun ääreen. " * 60)
    limits = "    checks:\n      limits:\n        longest_pitch: 300\n"
    root = small(tmp_path, {"company.yaml": long + limits})
    done = pitchgen("pitch", "aino", "--format", "pdf", "-o", "out", workspace=root)
    assert done.returncode == 0
    assert "hires/aino.yaml:1:7: warning[too-many-pages]: the pitch in 'fi' fills 2 pages" in done.stderr
    assert len(PdfReader(root / "out/aino-pitch-fi.pdf").pages) == 2


def test_of_a_pitch_that_takes_too_long_to_say_that_is_said_and_not_its_pages(tmp_path: Path) -> None:
    long = COMPANY.replace("Et jää yksin.", "Et jää yksin pimeän ruudun ääreen. " * 60)
    root = small(tmp_path, {"company.yaml": long})
    done = pitchgen("pitch", "aino", "--format", "pdf", "-o", "out", workspace=root)
    assert "hires/aino.yaml:1:7: warning[pitch-length]: the pitch in 'fi' takes" in done.stderr
    assert "too-many-pages" not in done.stderr


def test_a_footnote_of_a_template_of_ones_own_is_numbered(press: Press, tmp_path: Path) -> None:
    page = '<html lang="en"><title>A letter</title><p>Said above<small>Told below</small></p></html>'
    pdf = press.print(Paper(page, "small { float: footnote }", tmp_path))
    (sheet,) = PdfReader(BytesIO(pdf.content)).pages
    assert squeezed(sheet.extract_text()) == "Saidabove11.Toldbelow"


def test_nothing_that_weasyprint_says_reaches_the_terminal_raw(tmp_path: Path) -> None:
    css = (REPOSITORY / "templates/letter.css").read_text(encoding="utf-8")
    root = small(tmp_path, {"templates/letter.css": f"{css}\np {{ colour: red; width: -3px }}\n"})
    done = pitchgen("pitch", "aino", "--format", "pdf", "-o", "out", workspace=root)
    assert done.returncode == 0
    lines = [line for line in done.stderr.splitlines() if not line.startswith(" ")]
    assert [line for line in lines if "warning[" not in line] == []
    assert [line for line in lines if "colour" in line and "warning[layout]" in line]


def test_a_home_folder_is_not_needed(tmp_path: Path) -> None:
    root = small(tmp_path)
    nowhere = {"HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none", "XDG_CONFIG_HOME": "/proc/none"}
    done = pitchgen("pitch", "aino", "--format", "pdf", "-q", "-o", "out", workspace=root, env=nowhere)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_pitch_that_surely_fits_its_page_does(press: Press, tmp_path: Path, paper: str) -> None:
    company = COMPANY + f"    brand:\n      paper: {paper}\n"
    sure, unsure = 0, 0
    # Words of every length, in a letter that somebody signs.
    texts = (
        "Et jää yksin pimeän ruudun ääreen. ",
        "Henkilöstöhallintojärjestelmätoimittaja auttaa. ",
        "WWW! ",
    )
    for text, n in ((text, n) for text in texts for n in range(1, 7)):
        long = company.replace("Et jää yksin.", text * (n * 400 // len(text)))
        signed = HIRE + "    manager: {name: Marjut Ketola, title: Päällikkö}\n"
        workspace = linked(small(tmp_path, {"company.yaml": long, "hires/aino.yaml": signed}))
        studio = Studio(workspace, date(2026, 11, 21), press)
        pitch = studio.compose("pitch", workspace.hires[0], "fi")
        if not studio.surely_fits(pitch):
            unsure += 1
            continue
        sure += 1
        assert studio.render(pitch, "pdf").pages == 1
    assert sure and unsure
