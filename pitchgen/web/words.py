"""The words of the pages: in the languages that have them, chosen as a browser asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language.folders import Folders
from pitchgen.language.page import page_languages, page_words
from pitchgen.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Iterator


def language_for(folders: Folders, asked: str, wanted: str | None = None) -> str:
    """The language to show pages in: the one that was chosen, else the best of those a browser `asked` for.

    That is what it sends as Accept-Language: "fi, sv;q=0.8, en;q=0.5".
    """
    spoken = page_languages(folders)
    if wanted and wanted in spoken:
        return wanted
    by_name = {code.lower(): code for code in spoken}
    return next((by_name[code] for code in _by_preference(asked) if code in by_name), shipped.REFERENCE)


def say(key: str, asked: str) -> str:
    """One text in the best of the shipped languages that a browser asked for; no workspace is read."""
    folders = Folders(Overlay(shipped.ROOT))
    return page_words(folders, language_for(folders, asked))[key]


def _by_preference(asked: str) -> Iterator[str]:
    """The languages a browser asks for, each of a country before the language itself, in small letters."""
    weighed = []
    for n, part in enumerate(asked.split(",")):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            weighed.append((-float(weight or 1), n, tag))
        except ValueError:
            continue
    for _, _, tag in sorted(weighed):
        yield tag
        yield tag.partition("-")[0]
