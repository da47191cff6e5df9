"""Documents as outlines that people can read and compare: their structure and text, one thing a line."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from pypdf import PdfReader
from tags import Tag, tags_of

from pitchgen import __version__

VOID = frozenset({"meta", "br", "img", "hr", "link", "input", "wbr", "col"})
_WHITE = " \t\r\n"
# Around every line of text in a PDF and in no other place of interest.
_INLINE = frozenset({"Span", "NonStruct"})


def html_outline(html: str) -> str:
    """The tags of a page with their attributes, and its text; not its styles, fonts and pictures.

    A space at the edge of a text, where it keeps two words apart, is shown as `␣`.
    """
    # Where words may be divided is told elsewhere, and would hide what they are.
    html = html.replace('<span class="part"></span>', "")
    reader = _HtmlOutline()
    reader.feed(html.replace(f"pitchgen {__version__}", "pitchgen"))
    reader.close()
    assert reader.open == [], f"left open: {reader.open}"
    return "\n".join(reader.lines) + "\n"


class _HtmlOutline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.open: list[str] = []

    def add(self, text: str) -> None:
        self.lines.append("  " * len(self.open) + text)

    def handle_decl(self, decl: str) -> None:
        self.add(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "style":
            values = (f' {name}="{_short(value or "")}"' for name, value in attrs)
            self.add(f"<{tag}{''.join(values)}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"{tag} is not what was opened last"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"] and (text := _edges_shown(data)):
            self.add(text.replace("\N{NO-BREAK SPACE}", "&nbsp;"))


def _short(value: str) -> str:
    return re.sub(r"(?s)^(data:[^,;]*).*", r"\1…", value)


def _edges_shown(data: str) -> str:
    """White space as one space; that with a line break at an edge is the template's layout, and left out."""
    text = re.sub(f"[{_WHITE}]+", lambda found: "\n" if "\n" in found[0] else " ", data)
    before, after = (("␣" if edge == " " else "") for edge in (text[:1], text[-1:]))
    inner = text.strip(_WHITE).replace("\n", " ")
    return f"{before}{inner}{after}" if inner else before


def pdf_outline(pdf: Path) -> str:
    """The tags of a PDF and its text, as a screen reader meets them; lines of a paragraph are one."""
    lines: list[str] = []
    _add_tag(lines, tags_of(PdfReader(pdf)), "")
    return "\n".join(lines) + "\n"


def _add_tag(lines: list[str], tag: Tag, place: str) -> None:
    if tag.name not in _INLINE:
        lines.append(f"{place}{tag.name}")
        place += "  "
    for each in tag.inside:
        if isinstance(each, str):
            _add_text(lines, place, each)
        else:
            _add_tag(lines, each, place)


def _add_text(lines: list[str], place: str, text: str) -> None:
    """Add to the text of the same element, or begin it; where a line was broken is no matter.

    Nor is how many dots lead to the number of a page.
    """
    words = " ".join(text.replace("\N{NO-BREAK SPACE}", "&nbsp;").split())
    if lines and lines[-1].startswith(f'{place}"'):
        words = f"{lines.pop()[len(place) + 1 : -1]} {words}"
    if words:
        lines.append(f'{place}"{re.sub(r"(?:[.…] )+[.…]$", "…", words)}"')
