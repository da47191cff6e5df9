"""The tags of a PDF with the text in each, in the order in which a screen reader meets them.

`pdfinfo -struct-text` says the same, but reads a page anew for each tag on it: minutes for a long document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PageObject, PdfReader

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
# A mark with or without a number, its end, the choice of a font, and glyphs.
_COMMANDS = re.compile(rb"(?:/MCID (\d+)>>\s)?\b(BDC|BMC)\b|\b(EMC)\b|(/\S+) \S+ Tf\b|\[(.*)\] TJ\b")
_GLYPHS = re.compile(rb"<([0-9a-fA-F]+)>")
_SECTION = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its name without the slash, and what is in it, texts among them.

    `entry` is the element as it stands in the file.
    """

    name: str
    inside: Sequence[Tag | str]
    entry: Mapping[str, Any]

    @cached_property
    def text(self) -> str:
        """All text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def __iter__(self) -> Iterator[Tag]:
        """This tag and all inside it, in order."""
        yield self
        for each in self.inside:
            if isinstance(each, Tag):
                yield from each


def tags_of(reader: PdfReader) -> Tag:
    """The tag around all others."""
    texts = {page.indirect_reference: _texts_on(page) for page in reader.pages}
    root: Any = reader.root_object
    (document,) = root["/StructTreeRoot"]["/K"]
    return _tag(document.get_object(), texts)


def _tag(entry: Any, texts: Mapping[Any, Mapping[int, str]]) -> Tag:
    inside: list[Tag | str] = []
    for kid in entry["/K"]:
        each = kid.get_object()
        if isinstance(each, int):
            inside.append(texts[entry.raw_get("/Pg")].get(each, ""))
        elif "/S" in each:
            inside.append(_tag(each, texts))
        elif each.get("/Type") == "/OBJR":
            inside.append(Tag("Object", [], each))
    return Tag(entry["/S"][1:], inside, entry)


def _texts_on(page: PageObject) -> dict[int, str]:
    """The marked texts of a page by their numbers, from the commands of WeasyPrint."""
    resources: Any = page["/Resources"]
    letters = {name: _letters(font.get_object()) for name, font in resources.get("/Font", {}).items()}
    contents = page.get_contents()
    texts: dict[int, str] = {}
    marks: list[int | None] = []
    font: Mapping[int, str] = {}
    for number, mark, end, name, shown in _COMMANDS.findall(b"" if contents is None else contents.get_data()):
        if mark:
            marks.append(int(number) if number else None)
        elif end:
            marks.pop()
        elif name:
            font = letters[name.decode()]
        elif marks and marks[-1] is not None:
            codes = "".join(map(bytes.decode, _GLYPHS.findall(shown)))
            told = (font.get(int(codes[at : at + 4], 16), "") for at in range(0, len(codes), 4))
            texts[marks[-1]] = texts.get(marks[-1], "") + "".join(told)
    return texts


def _letters(font: Any) -> dict[int, str]:
    """What the glyphs of a font stand for."""
    table = font["/ToUnicode"].get_object().get_data()
    pairs = (pair for section in _SECTION.findall(table) for pair in _PAIR.findall(section))
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
