"""The pitch and the manager's sheet in Word: what they say, what Word makes of it, and that they open."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from every_document import LANGUAGES, RIGHT_TO_LEFT, THE_DAY, make, studio_of
from lxml import html as lxml_html
from PIL import Image
from rich import RICH
from word import broken_rules, read_by_libreoffice
from workspaces import COMPANY, HIRE, REPOSITORY, SMALL, linked, pitchgen_here, printed_elsewhere, small

from pitchgen.documents.catalogue import KINDS
from pitchgen.documents.kind import DOCX
from pitchgen.render.paragraphs import paragraphs_of
from pitchgen.studio.document import Document
from pitchgen.studio.studio import Studio

pytestmark = pytest.mark.xdist_group("word")

IN_WORD = tuple(kind for kind in KINDS.values() if DOCX in kind.formats)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEED = "أريد أن أعرف ماذا يحدث (2) الآن"
LONG = "Pitkä lause jatkuu aina vain. " * 170
HOSTILE = {
    **SMALL,
    "hires/aino.yaml": f"""\
        name: '<b>Aino</b> "&amp;" {{{{ 7 }}}} {"Pitkänimi" * 15}'
        role: asiantuntija
        why_you: '</w:t><script>alert(1)</script> **ei** [x](javascript:y) <![CDATA[ ]]> &#7;'
        link_to_story: {LONG}
        needs: [{LONG}]
    """,
}
# A template may hold what no value may.
PROSE = (
    "# Hei\x07 {{ called }}\x00\x0c\ufffe!\n\n3. kolme\n4. neljä\n   - sisällä\n\n5. viisi\n\n"
    "Katso [tänne](https://testi.example/?a=1&b=2) tai [kirjoita](mailto:aino@testi.example).\n\n"
    "1. yksi\n2. kaksi\n\n## Lopuksi\n\n**{{ company }}**\\\nPuhelin\n"
)
NO_TEXT = dict.fromkeys(map(ord, "\x07\ufffe"))
OWN_PROSE = {
    **SMALL,
    "templates/languages/fi/pitch.md": PROSE,
    # Longer than the title of a document may be.
    "templates/languages/en/pitch.md": f"# {'Welcome! ' * 60}\n\nHi.\n",
}


def written(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def words(text: str) -> list[str]:
    return text.split()


def body_of(document: WordDocument) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def properties(paragraph: Paragraph) -> Any:
    return paragraph._p.get_or_add_pPr()


def head_of(document: WordDocument) -> str:
    return "\n".join(each.text for each in document.sections[0].first_page_header.paragraphs)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Studio, Document]]:
    """Every document that there is for Word: of the starter, of all fields, and of what is hard to write."""
    folder = tmp_path_factory.mktemp("word")
    own = {"rich": RICH, "right": RIGHT_TO_LEFT, "hostile": HOSTILE, "own": OWN_PROSE}
    studios: dict[str, tuple[Studio, tuple[str, ...]]]
    studios = {name: (studio_of(files, folder / name), ("fi",)) for name, files in own.items()}
    studios |= {"starter": (Studio(linked(REPOSITORY), THE_DAY), LANGUAGES)}
    studios |= {"long": (studios["own"][0], ("en",))}
    return {
        f"{which}-{kind.name}-{language}": (studio, make(kind, studio, language)[0])
        for which, (studio, languages) in studios.items()
        for kind in IN_WORD
        for language in languages
    }


@pytest.fixture(scope="module")
def made(documents: dict[str, tuple[Studio, Document]]) -> dict[str, bytes]:
    return {name: studio.render(document, DOCX).content for name, (studio, document) in documents.items()}


def test_there_are_two_documents_for_word() -> None:
    assert [kind.name for kind in IN_WORD] == ["pitch", "manager-sheet"]


def test_a_document_says_in_word_what_its_page_says(
    documents: dict[str, tuple[Studio, Document]], made: dict[str, bytes]
) -> None:
    for name, (studio, document) in documents.items():
        in_word = written(made[name])
        page = lxml_html.fromstring(studio.render(document, "html").content)
        (head,), (main,) = page.iter("header"), page.iter("main")
        for drawing in [*main.iter("svg")]:
            drawing.drop_tree()
        said, on_page = words(body_of(in_word)), words(main.text_content().translate(NO_TEXT))
        if "manager-sheet" in name:
            # What stands at the end of a line is before it on the page.
            said.sort(), on_page.sort()
        assert said == on_page, name
        above = [*head.itertext(), *(image.get("alt") for image in head.iter("img"))]
        assert sorted(words(head_of(in_word))) == sorted(words(" ".join(above))), name


def test_libreoffice_opens_every_document_and_reads_the_same(made: dict[str, bytes], tmp_path: Path) -> None:
    read = read_by_libreoffice(tmp_path, made)
    for name, content in made.items():
        assert words(read[name]) == words(body_of(written(content))), name


def test_every_document_keeps_to_the_rules_of_words_format(made: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in made.items():
        (path := tmp_path / f"{name}.docx").write_bytes(content)
        assert broken_rules(path) == [], name


def test_the_parts_of_a_letter_have_words_own_styles(made: dict[str, bytes]) -> None:
    paragraphs = written(made["own-pitch-fi"]).paragraphs
    assert [(each.style.name, each.text) for each in paragraphs if each.style] == [
        ("Title", "Hei Aino\ufffd !"),
        ("Subtitle", "Aino Virtanen · Palveluasiantuntija"),
        ("List Number", "kolme"),
        ("List Number", "neljä"),
        ("List Bullet 2", "sisällä"),
        ("List Number", "viisi"),
        ("Normal", "Katso tänne tai kirjoita."),
        ("List Number", "yksi"),
        ("List Number", "kaksi"),
        ("Heading 1", "Lopuksi"),
        ("Normal", "Testi Oy\nPuhelin"),
    ]
    bold = [run.text for each in paragraphs for run in each.runs if run.style.name == "Strong"]
    assert bold == ["Testi Oy"]
    links = [link.address for each in paragraphs for link in each.hyperlinks]
    assert links == ["https://testi.example/?a=1&b=2", "mailto:aino@testi.example"]


def test_a_numbered_list_begins_where_it_did(made: dict[str, bytes]) -> None:
    document = written(made["own-pitch-fi"])
    numbering = document.part.numbering_part.element
    found = (properties(each).numPr for each in document.paragraphs)
    lists = [each.numId.val for each in found if each is not None]
    first, second = dict.fromkeys(lists)
    assert lists == [first] * 3 + [second] * 2
    starts = [
        numbering.num_having_numId(each).lvlOverride_lst[0].startOverride.val for each in (first, second)
    ]
    assert starts == [3, 1]


def test_the_sheet_is_in_words_styles_too(made: dict[str, bytes]) -> None:
    styles = [each.style.name for each in written(made["starter-manager-sheet-fi"]).paragraphs if each.style]
    assert styles[:3] == ["Intense Quote", "Title", "Subtitle"]
    assert {"Heading 1", "Heading 2", "List", "List Bullet", "List Continue"} <= set(styles)


def test_a_line_of_the_sheet_ends_in_what_stands_at_its_edge(made: dict[str, bytes]) -> None:
    lines = [each.text for each in written(made["starter-manager-sheet-fi"]).paragraphs]
    assert "0:00\tHei Aino, tervetuloa!\t1\u00a0s" in lines
    assert "\tVuonna 2028 asiakas kuulee huonotkin uutiset ensin meiltä.\t6\u00a0s" in lines
    assert sum(line.endswith("\tsinun") for line in lines) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_starters_sheet_is_two_sides(made: dict[str, bytes], language: str, tmp_path: Path) -> None:
    content = made[f"starter-manager-sheet-{language}"]
    turned = [each.text for each in written(content).paragraphs if each.paragraph_format.page_break_before]
    assert len(turned) == 1
    assert [each.font.size.pt for each in written(content).styles if each.name == "Normal"] == [10.5]


@pytest.mark.parametrize(("language", "tag"), [("fi", "fi-FI"), ("en", "en-GB"), ("sv", "sv-SE")])
def test_word_knows_the_language_of_every_word(made: dict[str, bytes], language: str, tag: str) -> None:
    for name in (f"starter-pitch-{language}", f"starter-manager-sheet-{language}"):
        document = written(made[name])
        styles = {each.get(f"{WORD}val") for each in document.styles.element.iter(f"{WORD}lang")}
        runs = [run._r.get_or_add_rPr().find(f"{WORD}lang").get(f"{WORD}val") for run in spoken(document)]
        assert (styles, set(runs)) == ({tag}, {tag})
        assert document.core_properties.language == tag
        # Word is to check it: it was not checked before.
        assert document.settings.element.find(f"{WORD}proofState") is None


def spoken(document: WordDocument) -> list[Run]:
    return [run for each in document.paragraphs for run in each.runs if run.text.strip()]


def test_text_of_another_language_is_marked_as_such() -> None:
    (paragraph,) = paragraphs_of('<html lang="fi"><p>Hei <span lang="en">there</span></p>')
    assert [(run.text, run.language) for run in paragraph.runs] == [("Hei ", "fi"), ("there", "en")]


def test_what_a_drawing_is_called_is_no_text() -> None:
    (paragraph,) = paragraphs_of(
        "<p>now <svg><title>How it was</title><path d='M0 0'/><desc>a line</desc></svg>44</p>"
    )
    assert "".join(run.text for run in paragraph.runs) == "now 44"


def test_what_is_known_of_the_document_is_what_its_pdf_tells(made: dict[str, bytes]) -> None:
    about = written(made["rich-pitch-fi"]).core_properties
    assert about.title.endswith("\N{EN DASH} " + about.author)
    assert (about.last_modified_by, about.comments, about.keywords) == (about.author, "", "")
    assert about.created == about.modified
    assert about.created and about.created.date().isoformat() == "2026-11-21"


def test_arabic_runs_from_right_to_left_inside_a_letter_that_does_not(made: dict[str, bytes]) -> None:
    title, subtitle, *_ = written(made["right-pitch-fi"]).paragraphs
    assert [(run.text, bool(run.font.rtl)) for run in title.runs] == [
        ("Hei ", False),
        ("محمد", True),
        (", tervetuloa!", False),
    ]
    # A name with a number in it keeps its place beside the title.
    assert [(run.text, bool(run.font.rtl)) for run in subtitle.runs] == [
        ("محمد علي (2)", True),
        (" · ", False),
        ("מנהל 2. שירות (Palvelu)", True),
    ]
    assert [properties(each).find(f"{WORD}bidi") for each in (title, subtitle)] == [None, None]


def test_a_paragraph_in_arabic_begins_on_the_right(tmp_path: Path) -> None:
    files = {**RIGHT_TO_LEFT, "hires/aino.yaml": HIRE.replace("Aino", "محمد") + f"    needs: [{NEED}]\n"}
    studio = studio_of(files, tmp_path)
    sheet = studio.compose("manager-sheet", studio.workspace.hires[0], "fi")
    paragraphs = written(studio.render(sheet, DOCX).content).paragraphs
    right = [each for each in paragraphs if properties(each).find(f"{WORD}bidi") is not None]
    # But no heading with a name.
    assert [each.text for each in right] == [f"{NEED}."]
    assert any(each.text.startswith("محمد") for each in paragraphs)
    (need,) = right
    assert [bool(run.font.rtl) for run in need.runs] == [True, False]  # but the full stop


def test_a_run_of_digits_or_signs_is_of_no_direction(made: dict[str, bytes]) -> None:
    for name in ("starter-pitch-fi", "hostile-pitch-fi"):
        document = written(made[name])
        assert not any(run.font.rtl for run in spoken(document)), name


@pytest.mark.parametrize(("kind", "width"), [("PNG", 40), ("JPEG", 400)])
def test_a_logo_stands_above_the_letter_with_the_name_it_stands_for(
    tmp_path: Path, kind: str, width: int
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (width, 20)).save(picture, kind)
    name = f"logo.{kind.lower()}"
    company = COMPANY + f"    brand:\n      logo: {name}\n"
    root = small(tmp_path, {"company.yaml": company, name: picture.getvalue()})
    studio = Studio(linked(root), THE_DAY)
    letter = studio.compose("pitch", studio.workspace.hires[0], "fi")
    header = written(studio.render(letter, DOCX).content).sections[0].first_page_header
    (drawn,) = header._element.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
    )
    assert drawn.docPr.get("descr") == "Testi Oy"
    assert drawn.extent.cx <= 60 * 36000
    assert abs(drawn.extent.cx / drawn.extent.cy - width / 20) < 0.01


def test_a_logo_that_is_a_drawing_is_said_in_words(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9" height="9"/></svg>'
    root = small(tmp_path, {"company.yaml": COMPANY + "    brand:\n      logo: logo.svg\n", "logo.svg": svg})
    studio = Studio(linked(root), THE_DAY)
    letter = studio.compose("pitch", studio.workspace.hires[0], "fi")
    assert head_of(written(studio.render(letter, DOCX).content)).startswith("Testi Oy\t")


def test_the_same_letter_gives_the_same_bytes_and_tells_no_time(tmp_path: Path) -> None:
    root = small(tmp_path / "yritys")
    printed_elsewhere([["pitch", "aino", "-o", "letter.docx"]], root)
    content = (root / "letter.docx").read_bytes()
    studio = Studio(linked(root), THE_DAY)
    assert content == studio.render(studio.compose("pitch", studio.workspace.hires[0], "fi"), DOCX).content
    with ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]
    # The library's own template would make it ten times as large.
    assert len(content) < 100_000


def test_commands_make_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(tmp_path / "yritys")
    for typed, names in {
        ("pitch", "aino", "--format", "docx"): ["out/aino-pitch-fi.docx"],
        ("manager-sheet", "aino", "-o", "sheet.docx"): ["sheet.docx"],
        ("build", "--format", "docx"): ["out/aino-pitch-fi.docx", "out/aino-manager-sheet-fi.docx"],
    }.items():
        done = pitchgen_here(capsys, *typed, folder=root)
        assert (done.returncode, done.stdout.split()) == (0, names)
        for name in names:
            assert written((root / name).read_bytes()).paragraphs
    done = pitchgen_here(capsys, "playbook", "--format", "docx", folder=root)
    assert done.returncode == 2
    assert re.search("'docx' is not one of", done.stderr)


def test_another_picture_of_ones_own_layout_is_said_in_words(tmp_path: Path) -> None:
    layout = (REPOSITORY / "templates/pitch.html").read_text(encoding="utf-8")
    picture = '<p><img src="x.png" alt="Kartta perille"></p></main>'
    own = {"templates/pitch.html": layout.replace("</main>", picture)}
    logo = io.BytesIO()
    Image.new("RGB", (40, 20)).save(logo, "PNG")
    company = COMPANY + "    brand:\n      logo: logo.png\n"
    root = small(tmp_path, {**own, "company.yaml": company, "logo.png": logo.getvalue()})
    studio = Studio(linked(root), THE_DAY)
    letter = studio.compose("pitch", studio.workspace.hires[0], "fi")
    document = written(studio.render(letter, DOCX).content)
    assert document.paragraphs[-1].text == "Kartta perille"
    assert len(document.inline_shapes) == 0
