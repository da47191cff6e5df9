"""The font of headings: found, and judged by what it holds."""

from __future__ import annotations

import struct
from string import ascii_letters
from typing import TYPE_CHECKING

from pitchgen import late
from pitchgen.load.assets import read_asset
from pitchgen.load.faults import Unreadable, unreadable

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".ttf", ".otf")
MAX_BYTES = 10_000_000

_STARTS = (b"\0\1\0\0", b"true", b"OTTO")


def load_font(root: Path, name: str) -> Path:
    """Where the font of the workspace at `root` is. Raises `Unreadable`."""
    path, content = read_asset(root, name, ENDINGS, MAX_BYTES)
    if not content.startswith(_STARTS):
        hint = "save the font as one of these; fonts for the web (.woff) and collections (.ttc) do not work"
        raise unreadable("wrong-file", "is not a font in TTF or OTF", hint)
    _expect_whole(content)
    _expect_letters(content)
    return path


def _expect_whole(content: bytes) -> None:
    """Refuse a font of which a listed table ends beyond the file."""
    try:
        (tables,) = struct.unpack_from(">4xH", content)
        rows = struct.iter_unpack(">8xII", content[12 : 12 + 16 * tables])
        whole = all(offset + length <= len(content) for offset, length in rows)
    except struct.error:
        whole = False
    if not whole:
        raise _damaged()


def _expect_letters(content: bytes) -> None:
    face = late.uharfbuzz.Face(late.uharfbuzz.Blob(content))
    known = set(face.unicodes)
    if missing := "".join(letter for letter in ascii_letters if ord(letter) not in known):
        hint = "choose a font that has all letters from A to Z and from a to z"
        raise unreadable("wrong-file", f"lacks the letters {missing}", hint)
    request = late.uharfbuzz.SubsetInput()
    request.sets(late.uharfbuzz.SubsetInputSets.UNICODE).update(map(ord, ascii_letters))
    try:
        late.uharfbuzz.subset(face, request)
    except RuntimeError:
        raise _damaged() from None


def _damaged() -> Unreadable:
    return unreadable("damaged-file", "is damaged", "copy the font once more from where it came")
