"""A page as a Word document, in Word's own styles, so that whoever hands it over can change a sentence in it.

The same page gives the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from pitchgen import late
from pitchgen.language.lines import WORD_JOINER
from pitchgen.model import color
from pitchgen.render.bundle import zip_of
from pitchgen.render.html import brand_colors
from pitchgen.render.paragraphs import LINE_BREAK, Run, paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

    from pitchgen.language.facts import Language
    from pitchgen.model.logo import Logo
    from pitchgen.render.html import Look, Page
    from pitchgen.render.paragraphs import Paragraph

# Word's name for the style of an element, and of a class, which counts before it.
_STYLES = {
    **{"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3", "h5": "Heading 4"},
    **{"h6": "Heading 5", "blockquote": "Quote", "p": "Normal"},
}
_CLASS_STYLES = {"subtitle": "Subtitle", "facts": "Subtitle", "confidential": "Intense Quote"}
_HEADED = ("Title", "Subtitle", "Heading")
_LINK = "Hyperlink"
_CHARACTERS = {
    **dict.fromkeys(("strong", "company"), "Strong"),
    "em": "Emphasis",
    **dict.fromkeys(("aside", "whose"), "Subtle Reference"),
    **dict.fromkeys(("at", "when", "label"), "Intense Reference"),
}
_UNMARKED, _NUMBERED = "List", "List Number"
_LISTS = (_UNMARKED, "List Bullet", _NUMBERED, "List Continue")
_MOST_LEVELS = 3

# Every machine with Word has these.
_SANS, _SERIF, _OTHER_SCRIPTS = "Calibri", "Georgia", "Arial"
# Millimetres.
_PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
_MARGIN, _HANGING, _LOGO_HEIGHT, _LOGO_WIDTH = 26, 11, 9, 60

# What XML cannot hold, and what only tells a renderer where lines end.
_UNWANTED = re.compile(f"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|{WORD_JOINER}")
_RIGHT_TO_LEFT = ("R", "AL")
# Of a text whose characters were made `r` from right to left, `l` from left to right, and `n`.
_STRETCH = re.compile("r(?:n*r)*")

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What the library's template brings along: a picture of an empty page, a list of sources, styles twice.
_NEEDLESS = ("thumbnail", "customXml", "stylesWithEffects")
_LONGEST_PROPERTY = 255
_MODE = "compatibilityMode"
_SVG, _PNG = "image/svg+xml", "image/png"


class _Type(NamedTuple):
    """How a style looks: its font, points, colour among those of the brand, and blank space in points."""

    font: str | None
    size: float | None
    color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    before: float = 0
    after: float = 6


_TYPES = {
    "Normal": _Type(_SANS, 11, after=7),
    "Title": _Type(_SERIF, 28, "brand", after=3),
    "Subtitle": _Type(_SANS, 10, "soft", after=20),
    "Heading 1": _Type(_SANS, 13, "accent", bold=True, before=16, after=4),
    "Heading 2": _Type(_SANS, 11, bold=True, before=8, after=3),
    "Heading 3": _Type(_SANS, 11, "soft", bold=True, before=8, after=3),
    "Quote": _Type(_SERIF, 15, "brand", italic=True, before=6, after=10),
    "Intense Quote": _Type(_SANS, 10, "accent", after=14),
    "Header": _Type(_SANS, 9, "soft"),
    "Strong": _Type(None, None, bold=True),
    "Emphasis": _Type(None, None, italic=True),
    "Subtle Reference": _Type(None, None, "soft", bold=False),
    "Intense Reference": _Type(None, None, "accent", bold=True),
    _LINK: _Type(None, None, "brand"),
}


def word_file(html: str, page: Page, look: Look, tags: Mapping[str, str]) -> bytes:
    """The page, filled in as `html`, as a .docx file; `tags` are those of languages by their codes: fi-FI."""
    document = late.docx.Document()
    _leave_out_needless(document)
    _describe(document, page)
    _lay_out(document, look.brand.paper)
    styles = _set_styles(document, {**brand_colors(look.brand, color.PAPER), **color.INKS})
    _set_language(document, page.language)
    tags = {**tags, page.language.code: page.language.tag}
    writer = _Writer(document, styles, tags, look.logo, runs_left=_is_right_to_left(page.language))
    for paragraph in paragraphs_of(html):
        writer.add(paragraph)
    return _without_its_time(document)


def _w(name: str) -> str:
    return f"{{{_WORD}}}{name}"


def _without_its_time(document: Document) -> bytes:
    """What the library writes, but for the time at which it does."""
    written = BytesIO()
    document.save(written)
    with ZipFile(written) as archive:
        return zip_of({name: archive.read(name) for name in archive.namelist()})


def _leave_out_needless(document: Document) -> None:
    for related in (document.part.package.rels, document.part.rels):
        for name in [name for name, rel in related.items() if rel.reltype.endswith(_NEEDLESS)]:
            del related[name]
    # A hundred looks of tables, ten times as much as all the rest.
    for style in document.styles.element.findall(_w("style")):
        if style.get(_w("type")) == "table" and style.get(_w("default")) is None:
            document.styles.element.remove(style)


def _describe(document: Document, page: Page) -> None:
    about = document.core_properties
    about.title = _UNWANTED.sub("", page.title)[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = page.company[:_LONGEST_PROPERTY]
    about.comments = ""
    about.language = page.language.tag
    about.created = about.modified = datetime.combine(page.written_on, time(), UTC)


def _lay_out(document: Document, paper: str) -> None:
    millimetres = late.shared.Mm
    (section,) = document.sections
    width, height = _PAPERS[paper]
    section.page_width, section.page_height = millimetres(width), millimetres(height)
    section.left_margin = section.right_margin = millimetres(_MARGIN)
    section.top_margin = section.bottom_margin = millimetres(_MARGIN)
    section.header_distance = section.footer_distance = millimetres(_MARGIN / 2)
    section.different_first_page_header_footer = True
    _, right = document.styles["Header"].paragraph_format.tab_stops
    right.position = millimetres(width - 2 * _MARGIN)
    del document.styles["Header"].paragraph_format.tab_stops[0]


def _set_styles(document: Document, colors: Mapping[str, str]) -> dict[str, str]:
    """Let Word's own styles look as the page does; returns their ids by their names.

    The library looks through all styles for each that it is asked for by its name.
    """
    document.styles.add_style(_LINK, document.styles["Strong"].type).unhide_when_used = True
    styles: dict[str, Any] = {style.name: style for style in document.styles if style.name}
    for name, type in _TYPES.items():
        for style in (styles[each] for each in (name, f"{name} Char") if each in styles):
            _set_type(style, type, colors)
        if styles[name].type == styles["Normal"].type:
            _space(styles[name], type.before, type.after)
            styles[name].paragraph_format.left_indent = styles[name].paragraph_format.right_indent = None
    for name in (_at_level(list, level) for list in _LISTS for level in range(1, _MOST_LEVELS + 1)):
        _space(styles[name], 0, 5)
    styles[_LINK].font.underline = True
    hanging = styles[_UNMARKED].paragraph_format
    hanging.left_indent = late.shared.Mm(_HANGING)
    hanging.first_line_indent = -hanging.left_indent
    return {name: style.style_id for name, style in styles.items()}


def _set_type(style: Any, type: _Type, colors: Mapping[str, str]) -> None:
    font, old = style.font, style.element.rPr
    if old is not None:
        style.element.remove(old)
    if type.font:
        font.name = type.font
        style.element.rPr.rFonts.set(_w("cs"), _OTHER_SCRIPTS)
    font.bold, font.italic = type.bold, type.italic
    font.cs_bold, font.cs_italic = font.bold, font.italic
    if type.color:
        font.color.rgb = late.shared.RGBColor.from_string(colors[type.color].removeprefix("#").upper())
    if type.size:
        font.size = late.shared.Pt(type.size)
        # The size of letters from right to left.
        other = late.oxml.OxmlElement("w:szCs", {_w("val"): f"{type.size * 2:g}"})
        style.element.rPr.find(_w("sz")).addnext(other)


def _space(style: Any, before: float, after: float) -> None:
    of_style, points = style.paragraph_format, late.shared.Pt
    of_style.space_before, of_style.space_after, of_style.line_spacing = points(before), points(after), 1.15
    for name in ("pBdr", "contextualSpacing"):
        for needless in style.element.pPr.findall(_w(name)):
            style.element.pPr.remove(needless)


def _set_language(document: Document, language: Language) -> None:
    kind = _w("bidi" if _is_right_to_left(language) else "val")
    for each in document.styles.element.iter(_w("lang")):
        each.set(kind, language.tag)
    settings = document.settings.element
    # Else Word takes it for a text that was checked already.
    settings.remove(settings.find(_w("proofState")))
    settings.find(_w("themeFontLang")).set(kind, language.tag)
    settings.find(_w("zoom")).set(_w("percent"), "100")
    # Else Word takes it for one of an older Word, and says so.
    (mode,) = (each for each in settings.iter(_w("compatSetting")) if each.get(_w("name")) == _MODE)
    mode.set(_w("val"), "15")


class _Writer:
    """Writes paragraphs into a document."""

    def __init__(
        self,
        document: Document,
        styles: Mapping[str, str],
        tags: Mapping[str, str],
        logo: Logo | None,
        *,
        runs_left: bool,
    ) -> None:
        self._document = document
        self._runs_left = runs_left
        self._styles = styles
        self._tags = tags
        self._logo = logo
        # By their levels, the number of the list that is open, and of the item that comes next.
        self._open: dict[int, tuple[int, int]] = {}

    def add(self, paragraph: Paragraph) -> None:
        """Add one at the end, or above the first page what stands there."""
        if "header" in paragraph.marks:
            (written, *_) = self._document.sections[0].first_page_header.paragraphs
            dates = [run for run in paragraph.runs if "date" in run.marks]
            others = [run for run in paragraph.runs if "date" not in run.marks]
            self._fill(written, [*others, Run("\t"), *dates])
            return
        style = _style_of(paragraph)
        written = self._document.add_paragraph()
        written._p.style = self._styles[style]
        if paragraph.number is not None and not paragraph.goes_on:
            self._number(written, paragraph.number, paragraph.levels)
        # A heading keeps to the side of the others, whosever name it is.
        if self._runs_left if style.startswith(_HEADED) else _runs_left(paragraph.runs):
            written._p.get_or_add_pPr().append(late.oxml.OxmlElement("w:bidi"))
        self._fill(written, _hung(paragraph.runs) if style == _UNMARKED else paragraph.runs)

    def _number(self, written: WordParagraph, number: int, level: int) -> None:
        """Let an item have its number: one that does not follow the last begins a list anew."""
        numbering = self._document.part.numbering_part.element
        of, expected = self._open.get(level, (0, 0))
        if number != expected:
            style = self._document.styles.element.get_by_id(self._styles[_at_level(_NUMBERED, level)])
            usual = numbering.num_having_numId(style.pPr.numPr.numId.val)
            anew = numbering.add_num(usual.abstractNumId.val)
            anew.add_lvlOverride(ilvl=0).add_startOverride(number)
            of = anew.numId
        self._open[level] = (of, number + 1)
        written._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = of

    def _fill(self, written: WordParagraph, runs: Sequence[Run]) -> None:
        for run in runs:
            if run.text == LINE_BREAK:
                written.add_run().add_break()
            elif {"img", "logo"} <= run.marks and self._logo and self._logo.media_type != _SVG:
                _add_picture(written.add_run(), self._logo, run.text)
            else:
                for text, right_to_left in _stretches(run):
                    self._say(written, run, text, right_to_left)

    def _say(self, written: WordParagraph, run: Run, text: str, right_to_left: bool) -> None:
        said = written.add_run(text)
        styles = [style for mark, style in _CHARACTERS.items() if mark in run.marks]
        if run.link and not run.link.startswith("#"):
            styles = [_LINK]
            to = written.part.relate_to(
                _UNWANTED.sub("", run.link), f"{_RELATIONSHIPS}/hyperlink", is_external=True
            )
            link = late.oxml.OxmlElement("w:hyperlink", {f"{{{_RELATIONSHIPS}}}id": to})
            said._r.addprevious(link)
            link.append(said._r)
        for style in styles[:1]:
            said._r.style = self._styles[style]
        if right_to_left:
            # Of a name in another script nobody knows the language.
            said.font.rtl = True
        elif tag := self._tags.get(run.language, run.language):
            said._r.get_or_add_rPr().append(late.oxml.OxmlElement("w:lang", {_w("val"): tag}))


def _style_of(paragraph: Paragraph) -> str:
    of_class = next((style for each, style in _CLASS_STYLES.items() if each in paragraph.marks), None)
    if of_class or paragraph.kind in _STYLES:
        return of_class or _STYLES[paragraph.kind]
    if paragraph.goes_on:
        name = "List Continue"
    elif paragraph.kind == "ul":
        name = "List Bullet"
    else:
        name = _UNMARKED if paragraph.number is None else _NUMBERED
    return _at_level(name, paragraph.levels)


def _hung(runs: Sequence[Run]) -> list[Run]:
    """The runs of an item with the first, which is its mark, before a tab."""
    first, *others = runs
    spaced = others and others[0].text == " "
    return [first, Run("\t"), *others[1 if spaced else 0 :]]


def _at_level(list: str, level: int) -> str:
    return list if level <= 1 else f"{list} {min(level, _MOST_LEVELS)}"


def _add_picture(run: WordRun, logo: Logo, text: str) -> None:
    """The logo as high as on the page, with the text that it has instead."""
    content = BytesIO(logo.content)
    if logo.media_type != _PNG:
        # The library knows only some of the kinds that JPEGs come in.
        content, jpeg = BytesIO(), late.Image.open(content)
        jpeg.convert("RGB").save(content, "PNG")
    picture = run.add_picture(content, height=late.shared.Mm(_LOGO_HEIGHT))
    if picture.width > (most := late.shared.Mm(_LOGO_WIDTH)):
        picture.width, picture.height = most, late.shared.Emu(picture.height * most // picture.width)
    picture._inline.docPr.set("descr", text)


def _stretches(run: Run) -> Iterator[tuple[str, bool]]:
    """The run in pieces, each with whether it runs from right to left."""
    text, at = _UNWANTED.sub("", run.text), 0
    if "bdi" in run.marks:
        yield text, _begins_right(text)
        return
    for stretch in _STRETCH.finditer("".join(map(_direction, text))):
        if at < stretch.start():
            yield text[at : stretch.start()], False
        yield text[stretch.start() : stretch.end()], True
        at = stretch.end()
    if at < len(text):
        yield text[at:], False


def _runs_left(runs: Sequence[Run]) -> bool:
    """Whether most letters of a paragraph, names that stand apart aside, run from right to left."""
    found = [_direction(each) for run in runs if "bdi" not in run.marks for each in run.text]
    return found.count("r") > found.count("l")


def _is_right_to_left(language: Language) -> bool:
    return bool(language.locale.text_direction == "rtl")


def _begins_right(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that runs from right to left."""
    return next((each for each in map(_direction, text) if each != "n"), "l") == "r"


def _direction(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    return "r" if kind in _RIGHT_TO_LEFT else "l" if kind == "L" else "n"
