"""The logo's file: read, and judged by what it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen.load.assets import read_asset
from pitchgen.load.faults import unreadable
from pitchgen.load.raster import judge_raster, raster_type
from pitchgen.load.svg import judge_svg
from pitchgen.model.logo import Logo

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".svg", ".png", ".jpg", ".jpeg")
MAX_BYTES = 1_000_000

_XML_DECLARATION = re.compile(r"<\?xml\s[^>]*>")


def load_logo(root: Path, name: str) -> Logo:
    """The logo of the workspace at `root`. Raises `Unreadable`."""
    _, content = read_asset(root, name, ENDINGS, MAX_BYTES)
    if media_type := raster_type(content):
        judge_raster(content)
        return Logo(media_type, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if "svg" in text and text.lstrip().startswith("<"):
        return _drawing(text)
    hint = "save it as one of these"
    raise unreadable("wrong-file", "is not a picture in SVG, PNG or JPEG", hint)


def _drawing(text: str) -> Logo:
    has_text = judge_svg(text)
    # Without the encoding that it claims, it is shown as the text that was judged.
    return Logo("image/svg+xml", _XML_DECLARATION.sub("", text, count=1).encode(), has_text)
