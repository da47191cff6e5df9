"""Garbled: a text whose bytes were read as those of another encoding than they were written in."""

from __future__ import annotations

import re

# What systems in the west and north of Europe read bytes as. Of the encodings of Central Europe, words in
# capitals can be valid UTF-8 by chance: RŮŽENA.
_READ_AS = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437", "iso8859_15")
_LATIN = re.compile(r"[\x00-\u024f]*")
# One letter of Mac OS or of DOS each, read as Windows-1252: PŠivi and P„ivi are Päivi, Bj¿rn is Bjørn.
_SIGNS = "€‚ƒ„†‡ˆ‰‹˜™›¢£¥§¨©«¬®¯°±¶¸»¼½¾¿¡¤¦º"
_IN_NAMES = re.compile(
    rf"[^\W\d_][{_SIGNS}?”“•][^\W\d_]|(?<![^\W\d_])[{_SIGNS}][^\W\d_]|[^\W\d_][ŠŒŽŸ](?=[a-zà-öø-ÿ])|[a-zà-öø-ÿ][ŠŒŽŸ]"
)
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_TOGETHER = re.compile(r"[^\x00-\x7f]{2,}")

# What to do about a list that holds such texts.
HINT = "it was saved in another encoding than it is read in: save it as 'CSV UTF-8', or as .xlsx"


def is_garbled(text: str, *, is_name: bool = False) -> bool:
    """Whether a text shows signs of a wrong encoding; names show more of them than sentences."""
    if is_name and _IN_NAMES.search(text):
        return True
    if text.isascii():
        return False
    return _REPLACED in text or any(map(_is_utf8, _TOGETHER.findall(text)))


def _is_utf8(letters: str) -> bool:
    """Whether letters beyond ASCII would be other ones of UTF-8, had they been read as another encoding."""
    return any(_read_again(letters, encoding) for encoding in _READ_AS)


def _read_again(letters: str, encoding: str) -> bool:
    try:
        read = letters.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    # Other scripts come out of a few letters by chance: of Íñigo a Hebrew accent.
    return bool(_LATIN.fullmatch(read))
