"""Documents as outlines that people can read and compare: their structure and text, one thing a line."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from pitchgen import __version__

VOID = frozenset({"meta", "br", "img", "hr", "link", "input", "wbr", "col"})
_WHITE = " \t\r\n"
FEW_PAGES = 3
# Around every line of text in a PDF and in no other place of interest.
_INLINE = frozenset({"Span", "NonStruct"})


def html_outline(html: str) -> str:
    """The tags of a page with their attributes, and its text; not its styles, fonts and pictures.

    A space at the edge of a text, where it keeps two words apart, is shown as `␣`.
    """
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
    """The tags of a PDF and its text, as a screen reader meets them; lines of a paragraph are one.

    Of a PDF of many pages only its tags, because pdfinfo takes minutes to find their text.
    """
    pages = re.search(r"Pages: +(\d+)", _pdfinfo(pdf))
    assert pages
    told = _pdfinfo("-struct-text" if int(pages[1]) <= FEW_PAGES else "-struct", pdf)
    lines: list[str] = []
    around: list[tuple[int, str]] = []
    for line in told.splitlines():
        indent = len(line) - len(line.lstrip())
        around = [(depth, tag) for depth, tag in around if depth < indent]
        place = "  " * sum(tag not in _INLINE for _, tag in around)
        if text := re.fullmatch(r' *"(.*)"', line):
            _add_text(lines, place, text[1])
        elif tag := re.match(r" *([A-Z]\w*)", line):
            around.append((indent, tag[1]))
            if tag[1] not in _INLINE:
                lines.append(f"{place}{tag[1]}")
    return "\n".join(lines) + "\n"


def _pdfinfo(*arguments: str | Path) -> str:
    run = subprocess.run(["pdfinfo", *arguments], capture_output=True, encoding="utf-8", check=True)
    return run.stdout


def _add_text(lines: list[str], place: str, text: str) -> None:
    """Add to the text of the same element, or begin it; where a line was broken is no matter."""
    words = " ".join(text.replace("\N{NO-BREAK SPACE}", "&nbsp;").split())
    if lines and lines[-1].startswith(f'{place}"'):
        lines[-1] = f'{lines[-1][:-1]} {words}"'
    elif words:
        lines.append(f'{place}"{words}"')
