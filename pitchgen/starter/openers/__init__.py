"""Files that open the page by a double click, for whoever never opens a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent
# Windows' own shell reads nothing else.
_LINE_ENDS = {".cmd": "\r\n"}
# What is run as a program, and not only read.
RUN = (".command", ".desktop")


def openers(language: str) -> Iterator[tuple[str, str]]:
    """The name and the text of each, with the words of a language, or else of English."""
    said = shipped.language_data(language, PAGE) or shipped.language_data(shipped.REFERENCE, PAGE)
    words = {key: said[f"opener_{key}"] for key in ("what", "missing", "press")}
    for path in sorted(_HERE.glob("open-pitchgen.*")):
        text = path.read_text(encoding="utf-8")
        for key, word in words.items():
            text = text.replace(f"{{{key}}}", word)
        yield path.name, text.replace("\n", _LINE_ENDS.get(path.suffix, "\n"))
