"""The typefaces of the documents: where their files are, and as CSS for paper and for the screen."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from pitchgen import late

if TYPE_CHECKING:
    from collections.abc import Iterable

SERIF, SANS = "Spectral", "Fira Sans"
# Which figures the families have on paper. There they are part of the font, for WeasyPrint loses some
# memory at every text whose style names them.
_FIGURES = {
    SERIF: {SERIF: "'lnum' 1,'pnum' 1", f"{SERIF} Oldstyle": "'onum' 1,'pnum' 1"},
    SANS: {SANS: "'lnum' 1,'pnum' 1", f"{SANS} Tabular": "'lnum' 1,'tnum' 1"},
}
# What the company's own font is called in style sheets, whatever its name is.
HEADINGS = "Headings"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of an installed font package."""

    family: str
    package: str
    file: str
    weight: str = "400"
    style: str = "normal"

    @property
    def path(self) -> Path:
        """Where the file is. Raises `FontMissing` when its package is not installed."""
        return _path_of(self)

    def traits(self, *, ranges: bool = True) -> str:
        """Its weight and style as CSS; without `ranges`, a weight that is a range is left out."""
        weight = f"font-weight:{self.weight};" if ranges or " " not in self.weight else ""
        return f"{weight}font-style:{self.style};"


class FontMissing(Exception):
    """A font package that pitchgen depends on is not installed."""

    def __init__(self, face: Face) -> None:
        self.face = face
        super().__init__(f"the font {face.family} is missing")


@cache
def _path_of(face: Face) -> Path:
    spec = find_spec(face.package)
    path = Path(spec.origin).parent / "files" / face.file if spec and spec.origin else None
    if path is None or not path.is_file():
        raise FontMissing(face)
    return path


FACES = (
    Face(SERIF, "fontpkg_spectral", "Spectral-Regular.ttf"),
    Face(SERIF, "fontpkg_spectral", "Spectral-Italic.ttf", style="italic"),
    Face(SERIF, "fontpkg_spectral", "Spectral-SemiBold.ttf", weight="600"),
    Face(SERIF, "fontpkg_spectral", "Spectral-Light.ttf", weight="300"),
    Face(SANS, "fontpkg_fira_sans", "FiraSans-Regular.ttf"),
    Face(SANS, "fontpkg_fira_sans", "FiraSans-Medium.ttf", weight="600"),
)

# For names and words in other scripts; loaded only for a document that has such characters.
FALLBACKS = (
    Face("Noto Sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "100 900"),
    Face("Heebo", "fontpkg_heebo", "Heebo[wght].ttf", "100 900"),
    Face("Noto Sans Arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", "100 900"),
    Face(
        "Noto Sans Devanagari",
        "fontpkg_noto_sans_devanagari",
        "NotoSansDevanagari[wdth,wght].ttf",
        "100 900",
    ),
    Face("Noto Sans Thai", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", "100 900"),
)

# All but Latin, punctuation, currency signs and a few symbols, which the documents' own typefaces cover.
_BEYOND = re.compile(
    "[^\0-\u024f\u1e00-\u1eff\u2010-\u203f\u2060\u20a0-\u20bf\u2190-\u2193\u2212\u25cb\u25cf]"
)

# What every file carries of each font, so that the letters of a workspace share their subsets: it makes them
# an eighth larger, and takes two thirds of the time.
_COMMON = frozenset(map(ord, f"{ascii_letters}{digits}ÄÅÖäåöé .,:;!?-\N{EN DASH}"))
# Lining and oldstyle figures, each proportional or tabular.
_NUMERALS = ("lnum", "onum", "pnum", "tnum")
# So many subsets are remembered: those of a few sets of letters, for each face.
SUBSETS = 32


def needs_fallback(text: str) -> bool:
    """Whether `text` has characters beyond those every document font has."""
    return not text.isascii() and _BEYOND.search(text) is not None


def file_css(faces: Iterable[Face]) -> str:
    """`@font-face` rules that read the font files, for paper."""
    rules = []
    for face in faces:
        # WeasyPrint knows no ranges of weights; without one it takes what the font has.
        url, traits = face.path.as_uri(), face.traits(ranges=False)
        for family, figures in _FIGURES.get(face.family, {face.family: ""}).items():
            settings = f"font-feature-settings:{figures};" if figures else ""
            rules.append(_rule(family, url, traits + settings))
    return "".join(rules)


def own_file_css(font: Path | None) -> str:
    """The rule that reads the company's own font, for paper; empty when it has none."""
    return _rule(HEADINGS, font.as_uri()) if font else ""


def embedded_css(text: str, own: Path | None = None) -> str:
    """`@font-face` rules that carry just the glyphs of `text`, for a file that loads nothing.

    `own` is the company's own font.
    """
    faces = FACES + FALLBACKS if needs_fallback(text) else FACES
    characters = _COMMON.union(map(ord, set(text)))
    rules = []
    if own and (subset := _subset(own, characters)):
        # One file for all weights, so that a browser does not embolden it.
        rules.append(_rule(HEADINGS, subset, "font-weight:1 1000;"))
    missing = characters
    for face in faces:
        wanted = characters if face in FACES else missing
        if subset := _subset(face.path, wanted):
            rules.append(_rule(face.family, subset, face.traits()))
        missing -= _covered(face.path)
    return "".join(rules)


def _rule(family: str, url: str, traits: str = "") -> str:
    return f"@font-face{{font-family:'{family}';{traits}src:url('{url}')}}\n"


@cache
def _font(path: Path):  # type: ignore[no-untyped-def]
    return late.uharfbuzz.Face(late.uharfbuzz.Blob.from_file_path(path))


@cache
def _covered(path: Path) -> frozenset[int]:
    return frozenset(_font(path).unicodes)


def _tag(feature: str) -> int:
    return int.from_bytes(feature.encode())


@lru_cache(SUBSETS)
def _subset(path: Path, characters: frozenset[int]) -> str:
    """The address of a font with only the glyphs of `characters`; empty when it has none of them."""
    wanted = characters & _covered(path)
    if not wanted:
        return ""
    request = late.uharfbuzz.SubsetInput()
    request.sets(late.uharfbuzz.SubsetInputSets.UNICODE).update(wanted)
    # What style sheets ask for by `font-variant-numeric`; unless it is told, the subsetter drops it.
    request.sets(late.uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).update(map(_tag, _NUMERALS))
    request.flags = late.uharfbuzz.SubsetFlags.NO_HINTING
    font = bytes(late.uharfbuzz.subset(_font(path), request).blob.data)
    return f"data:font/ttf;base64,{b64encode(font).decode()}"
