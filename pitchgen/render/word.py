"""A page as a Word document, in Word's own styles, so that whoever hands it over can change a sentence in it.

The same page gives the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
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
    **dict.fromkeys(("aside", "whose", "seconds"), "Subtle Reference"),
    **dict.fromkeys(("at", "when", "label"), "Intense Reference"),
}
_UNMARKED, _NUMBERED = "List", "List Number"
_LISTS = (_UNMARKED, "List Bullet", _NUMBERED, "List Continue")
_MOST_LEVELS = 3

# Every machine with Word has these.
_SANS, _SERIF, _OTHER_SCRIPTS = "Calibri", "Georgia", "Arial"
# Millimetres.
_PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
_HANGING, _LOGO_HEIGHT, _LOGO_WIDTH = 11, 9, 60
# What stands at the end of a line: how long a sentence takes, and whose a promise is.
_AT_THE_END = {"seconds", "whose"}
# What stands on the other side of a sheet that has two.
_SECOND_SIDE = {"two", "overleaf"}

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


class _Setting(NamedTuple):
    """How closely a document is set: millimetres of margin, lines, shares of type and of space, points."""

    margin: float
    line: float
    type: float
    space: float
    between_items: float


_OPEN, _CLOSE = _Setting(26, 1.15, 1, 1, 5), _Setting(18, 1.05, 10.5 / 11, 0.5, 1.2)


def word_file(html: str, page: Page, look: Look, tags: Mapping[str, str], *, closely: bool = False) -> bytes:
    """The page, filled in as `html`, as a .docx file; `tags` are those of languages by their codes: fi-FI.

    What is looked up in and not read through is set `closely`.
    """
    setting = _CLOSE if closely else _OPEN
    document = late.docx.Document()
    _leave_out_needless(document)
    _describe(document, page)
    _lay_out(document, look.brand.paper, setting.margin)
    styles = _set_styles(document, setting, {**brand_colors(look.brand, color.PAPER), **color.INKS})
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


def _lay_out(document: Document, paper: str, margin: float) -> None:
    millimetres = late.shared.Mm
    (section,) = document.sections
    width, height = _PAPERS[paper]
    section.page_width, section.page_height = millimetres(width), millimetres(height)
    section.left_margin = section.right_margin = millimetres(margin)
    section.top_margin = section.bottom_margin = millimetres(margin)
    section.header_distance = section.footer_distance = millimetres(margin / 2)
    section.different_first_page_header_footer = True
    _, right = document.styles["Header"].paragraph_format.tab_stops
    right.position = millimetres(width - 2 * margin)
    del document.styles["Header"].paragraph_format.tab_stops[0]
    for name in (_UNMARKED, "List Bullet"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(right.position, right.alignment)


def _set_styles(document: Document, setting: _Setting, colors: Mapping[str, str]) -> dict[str, str]:
    """Let Word's own styles look as the page does; returns their ids by their names.

    The library looks through all styles for each that it is asked for by its name.
    """
    document.styles.add_style(_LINK, document.styles["Strong"].type).unhide_when_used = True
    styles: dict[str, Any] = {style.name: style for style in document.styles if style.name}
    for name, type in _TYPES.items():
        for style in (styles[each] for each in (name, f"{name} Char") if each in styles):
            _set_type(style, type, colors, setting.type)
        if styles[name].type == styles["Normal"].type:
            _space(styles[name], type.before * setting.space, type.after * setting.space, setting.line)
            styles[name].paragraph_format.left_indent = styles[name].paragraph_format.right_indent = None
    for name in (_at_level(list, level) for list in _LISTS for level in range(1, _MOST_LEVELS + 1)):
        _space(styles[name], 0, setting.between_items, setting.line)
    styles[_LINK].font.underline = True
    hanging = styles[_UNMARKED].paragraph_format
    hanging.left_indent = late.shared.Mm(_HANGING)
    hanging.first_line_indent = -hanging.left_indent
    return {name: style.style_id for name, style in styles.items()}


def _set_type(style: Any, type: _Type, colors: Mapping[str, str], share: float) -> None:
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
        # In half points, as Word counts.
        halves = round(type.size * share * 2)
        font.size = late.shared.Pt(halves / 2)
        # The size of letters from right to left.
        other = late.oxml.OxmlElement("w:szCs", {_w("val"): str(halves)})
        style.element.rPr.find(_w("sz")).addnext(other)


def _space(style: Any, before: float, after: float, line: float) -> None:
    of_style, points = style.paragraph_format, late.shared.Pt
    of_style.space_before, of_style.space_after, of_style.line_spacing = points(before), points(after), line
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
        self._turned = False
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
        if not self._turned and paragraph.marks >= _SECOND_SIDE:
            written.paragraph_format.page_break_before = self._turned = True
        if paragraph.number is not None and not paragraph.goes_on:
            self._number(written, paragraph.number, paragraph.levels)
        # A heading keeps to the side of the others, whosever name it is.
        if self._runs_left if style.startswith(_HEADED) else _runs_left(paragraph.runs):
            written._p.get_or_add_pPr().append(late.oxml.OxmlElement("w:bidi"))
        runs = _ended(paragraph.runs)
        self._fill(written, _hung(runs, goes_on=paragraph.goes_on) if style == _UNMARKED else runs)

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
    if paragraph.kind != "ul" and paragraph.number is None:
        name = _UNMARKED
    elif paragraph.goes_on:
        name = "List Continue"
    else:
        name = "List Bullet" if paragraph.kind == "ul" else _NUMBERED
    return _at_level(name, paragraph.levels)


def _ended(runs: Sequence[Run]) -> list[Run]:
    """The runs of a paragraph, with those that stand at the end of its line behind a tab."""
    at_the_end = [run for run in runs if run.marks & _AT_THE_END]
    if not at_the_end:
        return list(runs)
    before = zip((Run(""), *runs), runs, strict=False)
    rest = [
        replace(run, text=run.text.lstrip(" ")) if last.marks & _AT_THE_END else run
        for last, run in before
        if run not in at_the_end
    ]
    return [*(run for run in rest if run.text), Run("\t"), *at_the_end]


def _hung(runs: Sequence[Run], *, goes_on: bool) -> list[Run]:
    """The runs of an item with the first, which is its mark, before a tab; what goes on has none."""
    if goes_on:
        return [Run("\t"), *runs]
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
