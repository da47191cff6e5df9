"""The picture of a persona: judged as a logo is, and square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.load.faults import unreadable
from pitchgen.load.logo import load_logo
from pitchgen.load.raster import raster_size, raster_type
from pitchgen.load.svg import svg_size

if TYPE_CHECKING:
    from pathlib import Path

    from pitchgen.model.logo import Logo

# How much longer one side may be than the other: what an eye does not see.
_ALIKE = 1.03


def load_picture(root: Path, name: str) -> Logo:
    """The picture of that name in the workspace at `root`. Raises `Unreadable`."""
    picture = load_logo(root, name)
    content = picture.content
    width, height = raster_size(content) if raster_type(content) else svg_size(content.decode())
    if max(width, height) > _ALIKE * min(width, height):
        message = f"is not square: it is {width:g} wide and {height:g} high"
        raise unreadable("not-square", message, "crop it to a square around the face")
    return picture
