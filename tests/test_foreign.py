"""Texts that nobody translated: wherever a document says one, it says in which language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from docx import Document
from every_document import THE_DAY, make
from pdf_standards import VeraPdf
from pypdf import PdfReader
from tags import tags_of
from tree import as_typed, text_of, tree_of, with_class
from workspaces import COMPANY, HIRE, linked, small, write_tree

from pitchgen.documents.catalogue import KINDS
from pitchgen.render.foreign import Foreign
from pitchgen.render.press import Press
from pitchgen.starter.translate import starter
from pitchgen.studio.studio import Studio
from pitchgen.workspace.texts import foreign_texts

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# So many words are no coincidence.
ENOUGH = 3


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """The starter, in which nothing is in Swedish but the fixed words."""
    files = starter(["fi", "en"])
    files["company.yaml"] = files["company.yaml"].replace("languages: [fi, en]", "languages: [fi, en, sv]")
    return Studio(linked(write_tree(tmp_path_factory.mktemp("finnish"), files)), THE_DAY)


def spoken(element: Element, language: str) -> Iterator[tuple[str, str]]:
    """Each piece of text that is read aloud, with its language."""
    language = element.get("lang", language)
    if element.tag not in ("style", "title", "svg"):
        yield as_typed(element.text or ""), language
        for child in element:
            yield from spoken(child, language)
            yield as_typed(child.tail or ""), language


def texts_in_finnish(studio: Studio) -> list[str]:
    """Those of some words that nobody translated into Swedish."""
    workspace = studio.workspace
    swedish, company = workspace.languages.get("sv"), workspace.company
    found = {text for item in workspace.files.items for text, _ in foreign_texts(item, company, swedish)}
    return [text.rstrip(".") for text in found if len(text.split()) >= ENOUGH]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_document_tells_the_language_of_what_is_not_translated(studio: Studio, kind: str) -> None:
    long = texts_in_finnish(studio)
    document = make(KINDS[kind], studio, "sv")[0]
    page = tree_of(studio.render(document, "html").content)
    pieces = [piece for piece in spoken(page, "") if piece[0].strip()]
    told = [text for text, language in pieces if language == "fi"]
    assert told
    untold = [text for text, language in pieces if language == "sv"]
    assert [(text, one) for text in untold for one in long if one in text] == []
    words = {word for word in document.page.values.get("w", {}).values() if len(word.split()) >= ENOUGH}
    assert [(text, word) for text in told for word in words if word in text] == []


def test_in_a_language_that_everything_is_in_nothing_is_told(studio: Studio) -> None:
    for kind in KINDS.values():
        page = tree_of(studio.render(make(kind, studio, "en")[0], "html").content)
        assert [each.tag for each in page.iter() if each.get("lang")] == ["html"]


@pytest.mark.parametrize("kind", ["persona-card", "playbook"])
def test_a_picture_with_a_foreign_name_tells_its_language(studio: Studio, kind: str) -> None:
    """What is drawn for a persona is called as nobody has translated it."""
    for language, told in (("sv", "fi"), ("en", None)):
        page = tree_of(studio.render(make(KINDS[kind], studio, language)[0], "html").content)
        marks = with_class(page, "mark-of")
        assert [each.get("lang") for each in marks] == [told] * len(marks)
        assert marks


@pytest.mark.parametrize("kind", ["pitch", "manager-sheet"])
def test_word_is_told_it_of_every_run(studio: Studio, kind: str) -> None:
    document = studio.compose(kind, studio.workspace.hires[0], "sv")
    written = Document(BytesIO(studio.render(document, "docx").content))
    languages = defaultdict(set)
    for run in (run for paragraph in written.paragraphs for run in paragraph.runs if run.text.strip()):
        languages[run._r.get_or_add_rPr().find(f"{WORD}lang").get(f"{WORD}val")].add(as_typed(run.text))
    assert languages.keys() == {"fi-FI", "sv-SE"}
    finnish = texts_in_finnish(studio)
    assert [text for text in languages["sv-SE"] for one in finnish if one in text] == []
    assert len([text for text in languages["fi-FI"] for one in finnish if one in text]) > ENOUGH


def test_tags_of_a_pdf_tell_it_too(studio: Studio, press: Press, verapdf: VeraPdf, tmp_path: Path) -> None:
    printing = Studio(studio.workspace, THE_DAY, press)
    role = printing.compose("role-card", printing.workspace.roles[0], "sv")
    card = tmp_path / "card.pdf"
    card.write_bytes(printing.render(role, "pdf").content)
    assert verapdf.failures([card]) == []
    tags = tags_of(PdfReader(card))
    told = {as_typed(tag.text) for tag in tags if tag.entry.get("/Lang") == "fi"}
    title = printing.workspace.roles[0].model.title.said("fi")
    assert title in told
    words = role.page.values["w"]
    assert [text for text in told if words["outcomes"] in text] == []


def test_a_message_tells_it(studio: Studio) -> None:
    message = studio.message(studio.workspace.hires[0], "sv", {}).decode()
    assert 'lang=3D"fi"' in message or 'lang="fi"' in message


def test_what_a_newcomer_was_told_in_their_own_language_keeps_it(tmp_path: Path) -> None:
    company = COMPANY.replace("name: Lähellä arkea", "name: {fi: Lähellä arkea, sv: Nära vardagen}")
    hire = HIRE + "    language: fi\n    needs: [Aino tarvitsee rauhaa.]\n"
    studio = Studio(linked(small(tmp_path, {"company.yaml": company, "hires/aino.yaml": hire})), THE_DAY)
    document = studio.compose("manager-sheet", studio.workspace.hires[0], "sv")
    page = tree_of(studio.render(document, "html").content)
    (need,) = [each for each in page.iter("li") if text_of(each) == "Aino tarvitsee rauhaa."]
    assert need.get("lang") == "fi"
    assert with_class(page, "confidential")[0].get("lang") is None


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Kuka tulee?</p>", '<p lang="fi">Kuka tulee?</p>'),
        ("<p>kuka tulee</p>", '<p lang="fi">kuka tulee</p>'),
        ("<p>Vi frågar: Kuka tulee? Ja.</p>", '<p>Vi frågar: <span lang="fi">Kuka tulee?</span> Ja.</p>'),
        ("<p>Kuka tulee<br>i dag</p>", '<p><span lang="fi">Kuka tulee</span><br>i dag</p>'),
        ("<p>i dag<br>Kuka tulee</p>", '<p>i dag<br><span lang="fi">Kuka tulee</span></p>'),
        ("<p>Kuka tuleekin</p>", "<p>Kuka tuleekin</p>"),
        ("<td>Ovi.</td><td>Ovi 2</td>", '<td lang="fi">Ovi.</td><td>Ovi 2</td>'),
        ("<p>”A &amp; B” on &lt;auki&gt;!</p>", '<p lang="fi">”A &amp; B” on &lt;auki&gt;!</p>'),
        ('<img alt="Kuka tulee?">', '<img alt="Kuka tulee?" lang="fi">'),
        ('<img alt="Vi frågar: Kuka tulee?">', '<img alt="Vi frågar: Kuka tulee?">'),
        (
            '<svg role="img" aria-label="Ovi"><title>Ovi</title><path/></svg>',
            '<svg role="img" aria-label="Ovi" lang="fi"><title>Ovi</title><path/></svg>',
        ),
        (
            "<img class='x' alt='”A &amp; B” on &lt;auki>!' />",
            "<img class='x' alt='”A &amp; B” on &lt;auki>!' lang=\"fi\" />",
        ),
        ('<nav aria-label="Kuka tulee?">', '<nav aria-label="Kuka tulee?">'),
        ("<title>Kuka tulee?</title>", "<title>Kuka tulee?</title>"),
        ("<svg><text>Kuka tulee?</text></svg>", "<svg><text>Kuka tulee?</text></svg>"),
        ("<p>Ensin. Sitten toinen.</p>", '<p lang="fi">Ensin. Sitten toinen.</p>'),
        ("<p>Sitten toinen.</p>", '<p lang="fi">Sitten toinen.</p>'),
    ],
)
def test_a_text_is_told_where_it_stands(html: str, told: str) -> None:
    texts = ["Kuka tulee?", "Ovi", "”A & B” on <auki>!", "Ensin. Sitten toinen."]
    assert Foreign((text, "fi") for text in texts).told(html) == told
    assert Foreign().told(html) == html
