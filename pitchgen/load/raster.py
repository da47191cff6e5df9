"""A PNG or JPEG picture, judged: it must be whole, not too large, and in the colours of screens."""

from __future__ import annotations

import warnings
from io import BytesIO

from pitchgen import late
from pitchgen.load.faults import Unreadable, unreadable

MAX_SIDE = 4_000

_STARTS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
# A PDF for archives has one colour space, and ours is that of screens.
_SCREEN_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


def raster_type(content: bytes) -> str | None:
    """The media type of a PNG or JPEG, told by how it begins; None of anything else."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)


def judge_raster(content: bytes) -> None:
    """Refuse a picture that documents cannot show. Raises `Unreadable`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", late.Image.DecompressionBombWarning)
            mode = _mode(content)
    except (late.Image.DecompressionBombWarning, late.Image.DecompressionBombError):
        raise _too_large() from None
    except (Unreadable, MemoryError):
        raise
    except Exception:
        # A decoder can trip over broken bytes in countless ways.
        raise unreadable("damaged-file", "is damaged", "copy it once more, or save it anew") from None
    if mode not in _SCREEN_MODES:
        colors = "the colours of printing presses (CMYK)" if mode == "CMYK" else f"'{mode}' colours"
        raise unreadable("wrong-file", f"has {colors}, not those of screens", "save it with RGB colours")


def raster_size(content: bytes) -> tuple[float, float]:
    """The width and the height of a picture that was judged."""
    with _opened(content) as picture:
        return picture.size


def _mode(content: bytes) -> str:
    """The kind of a sound picture's colours."""
    with _opened(content) as picture:
        if max(picture.size) > MAX_SIDE:
            raise _too_large()
        # This compares checksums and loading does not, but only loading notices a missing end.
        picture.verify()
    with _opened(content) as picture:
        picture.load()
        return picture.mode


def _opened(content: bytes) -> late.Image.Image:
    return late.Image.open(BytesIO(content), formats=("PNG", "JPEG"))


def _too_large() -> Unreadable:
    return unreadable("too-large", f"has more than {MAX_SIDE:,} x {MAX_SIDE:,} pixels", "save it smaller")
