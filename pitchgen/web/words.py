"""The words of the pages: in the languages that have them, chosen as a browser asks for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pitchgen import shipped
from pitchgen.language import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@cache
def languages() -> Mapping[str, str]:
    """The languages that pages are in, by their codes, as they call themselves."""
    spoken = {code: words(code) for code in shipped.languages()}
    return {code: said["language_name"] for code, said in spoken.items() if said}


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of the pages in a language."""
    return shipped.language_data(language, PAGE)


def language_for(asked: str, wanted: str | None = None) -> str:
    """The language to show pages in: the one that was chosen, else the best of those a browser `asked` for.

    That is what it sends as Accept-Language: "fi, sv;q=0.8, en;q=0.5".
    """
    if wanted and wanted in languages():
        return wanted
    known = (code for code in _by_preference(asked) if code in languages())
    return next(known, shipped.REFERENCE)


def say(key: str, asked: str) -> str:
    """One text in the best of the languages that a browser asked for."""
    return words(language_for(asked))[key]


def _by_preference(asked: str) -> Iterator[str]:
    weighed = []
    for n, part in enumerate(asked.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), n, tag.partition("-")[0].lower()))
        except ValueError:
            continue
    yield from (code for _, _, code in sorted(weighed))
