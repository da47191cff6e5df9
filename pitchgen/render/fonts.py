"""The typefaces of the documents: where their files are, and as CSS for paper and for the screen."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SERIF, SANS = "Spectral", "Fira Sans"


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
        spec = find_spec(self.package)
        path = Path(spec.origin).parent / "files" / self.file if spec and spec.origin else None
        if path is None or not path.is_file():
            raise FontMissing(self)
        return path


class FontMissing(Exception):
    """A font package that pitchgen depends on is not installed."""

    def __init__(self, face: Face) -> None:
        self.face = face
        super().__init__(f"the font {face.family} is missing")


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

# Latin, punctuation, currency signs and a few symbols: what the documents' own typefaces cover.
_LATIN = (
    range(0x0250),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2040),
    range(0x20A0, 0x20C0),
    range(0x2190, 0x2194),
    (0x2212, 0x25CB, 0x25CF),
)


def needs_fallback(text: str) -> bool:
    """Whether `text` has characters beyond those every document font has."""
    return not text.isascii() and any(not any(ord(c) in r for r in _LATIN) for c in set(text))


def file_css(faces: Iterable[Face]) -> str:
    """`@font-face` rules that read the font files, for paper."""
    # WeasyPrint knows no ranges of weights; without one it takes what the font has.
    return "".join(_rule(face, face.path.as_uri(), ranges=False) for face in faces)


def embedded_css(text: str) -> str:
    """`@font-face` rules that carry just the glyphs of `text`, for a file that loads nothing."""
    faces = FACES + FALLBACKS if needs_fallback(text) else FACES
    characters = frozenset(ord(c) for c in text)
    rules = []
    missing = characters
    for face in faces:
        wanted = characters if face in FACES else missing
        if subset := _subset(face.path, wanted):
            rules.append(_rule(face, f"data:font/ttf;base64,{b64encode(subset).decode()}"))
        missing -= _covered(face.path)
    return "".join(rules)


def _rule(face: Face, url: str, *, ranges: bool = True) -> str:
    weight = f"font-weight:{face.weight};" if ranges or " " not in face.weight else ""
    return f"@font-face{{font-family:'{face.family}';{weight}font-style:{face.style};src:url('{url}')}}\n"


@cache
def _font(path: Path):  # type: ignore[no-untyped-def]
    # Imported here: only HTML needs it, and it takes as long as all the rest of pitchgen.
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))


@cache
def _covered(path: Path) -> frozenset[int]:
    return frozenset(_font(path).unicodes)


@cache
def _subset(path: Path, characters: frozenset[int]) -> bytes:
    """The font with only the glyphs of `characters`; empty when it has none of them."""
    import uharfbuzz

    wanted = characters & _covered(path)
    if not wanted:
        return b""
    request = uharfbuzz.SubsetInput()
    request.sets(uharfbuzz.SubsetInputSets.UNICODE).update(wanted)
    request.flags = uharfbuzz.SubsetFlags.NO_HINTING
    return bytes(uharfbuzz.subset(_font(path), request).blob.data)
