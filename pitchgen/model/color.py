"""Colours, made dark or light enough that text in them is read with ease.

Contrast is that of WCAG 2.2 (w3.org/TR/WCAG22/#dfn-contrast-ratio): relative luminance of sRGB,
(lighter + 0.05) / (darker + 0.05).
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

# Of text that reads with ease, and at all (WCAG 2.2, 1.4.6 and 1.4.3).
ENOUGH, LEAST, SEEN = 7.0, 4.5, 3.0
PAPER, NIGHT = "#ffffff", "#14181a"
INKS = {"ink": "#1c2326", "soft": "#4a555a", "line": "#d8d4cc"}
DEFAULT_BRAND, DEFAULT_ACCENT = "#1f4e5f", "#8f4221"

_STEP = 0.01
_NIGHT_SATURATION = 0.4

Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def readable(color: str, ground: str) -> str:
    """The colour, darkened or lightened just so far that text in it reads well on `ground`."""
    hue, lightness, saturation = rgb_to_hls(*_rgb(color))
    step = -_STEP
    if _luminance(_rgb(ground)) < 0.5:
        # Light letters glare on a dark ground when they are as saturated as on paper.
        step, saturation = _STEP, min(saturation, _NIGHT_SATURATION)
    found = _hex(hls_to_rgb(hue, lightness, saturation))
    while contrast(found, ground) < ENOUGH and 0 <= lightness <= 1:
        lightness += step
        found = _hex(hls_to_rgb(hue, min(1.0, max(0.0, lightness)), saturation))
    return found


@cache
def visible(color: str) -> str:
    """The colour, darkened or lightened just so far that a line in it shows on paper as at night.

    Three to one does for what is no text (WCAG 2.2, 1.4.11).
    """
    hue, lightness, saturation = rgb_to_hls(*_rgb(color))
    steps = sorted((n * _STEP for n in range(101)), key=lambda step: abs(step - lightness))
    found = (_hex(hls_to_rgb(hue, step, saturation)) for step in (lightness, *steps))
    return next(each for each in found if min(contrast(each, PAPER), contrast(each, NIGHT)) >= SEEN)


@cache
def mixed(color: str, ground: str, share: float) -> str:
    """The ground with so much of the colour in it, 0 to 1."""
    pairs = zip(_rgb(color), _rgb(ground), strict=True)
    red, green, blue = (share * one + (1 - share) * other for one, other in pairs)
    return _hex((red, green, blue))


def _rgb(color: str) -> Rgb:
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
