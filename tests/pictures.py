"""Pages of PDFs as small pictures, and whether a page looks different.

A page is drawn finely and then reduced, so that how letters are smoothed evens out. Two pictures are
compared by squares of 4 mm, of which a page has 4,290 and four may differ strongly. In trials with the pitch
and the role card, another rasteriser (cairo for Splash) made none and a nudge of 0.3 mm made one; a heading
3 mm to the right made 11 at the least, another hue of the few words in the accent 17, a lost colour 17. Lost
hairlines stay unseen: they are as light as what smoothing changes.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

FINE = 120
"""Dots to the inch of a page that was just drawn."""

_REDUCE = 6
_SQUARE = 3
_STRONG_LIGHT, _STRONG_COLOR = 16, 6
_MOST_STRONG, _MOST_ON_AVERAGE = 0.001, 1.5


def drawn(pdf: Path, *, page: int = 1, tool: str = "pdftoppm") -> Image.Image:
    """A page as one of poppler's tools draws it, finely."""
    arguments = ["-r", str(FINE), "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    to_stdout = ["-"] if tool == "pdftocairo" else []
    run = subprocess.run([tool, *arguments, pdf, *to_stdout], capture_output=True, check=True)
    with Image.open(io.BytesIO(run.stdout)) as picture:
        return picture.convert("RGB")


def reduced(fine: Image.Image) -> bytes:
    """A finely drawn page as a PNG of 20 dots to the inch, which takes few KB."""
    content = io.BytesIO()
    # A palette halves the file; dithering would be noise.
    small = fine.reduce(_REDUCE).quantize(256, dither=Image.Dither.NONE)
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def compare_pictures(kept: bytes, made: bytes) -> str:
    """How a page looks different, if that can be seen."""
    one, other = _squares(kept), _squares(made)
    if one[0].size != other[0].size:
        return f"was {one[0].size} squares of 4 mm, is {other[0].size}"
    light, *colors = (ImageChops.difference(*pair) for pair in zip(one, other, strict=True))
    color = ImageChops.lighter(*colors)
    average = ImageStat.Stat(light).mean[0]
    strong = _share(light, _STRONG_LIGHT) + _share(color, _STRONG_COLOR)
    if average <= _MOST_ON_AVERAGE and strong <= _MOST_STRONG:
        return ""
    return f"looks different: {strong:.2%} of the page strongly, by {average:.2f} of 255 on average"


def _squares(png: bytes) -> tuple[Image.Image, ...]:
    """The page in squares of 4 mm: how light they are, and their two dimensions of colour."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").reduce(_SQUARE).convert("YCbCr").split()


def _share(difference: Image.Image, least: int) -> float:
    counts = difference.histogram()
    return sum(counts[least:]) / sum(counts)
