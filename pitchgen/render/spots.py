"""Where in a template something stands that shows only once the template is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pitchgen.render.links import works_elsewhere

if TYPE_CHECKING:
    from pitchgen.render.commonmark import Stars

# Templates by their files, the one that was filled in first.
Sources = Iterable[tuple[Path, str]]

# An address as far as it is typed: up to where a value comes in.
_TYPED = r"((?:(?!\{[{%])[^\s)>\"'])*)"
_IN_MARKDOWN = re.compile(rf"(?:\]\(\s*<?|^\s*\[[^]]+]:\s*<?|<(?=\w+:)){_TYPED}")
_IN_LAYOUT = re.compile(rf"href\s*=\s*[\"']?{_TYPED}", re.IGNORECASE)
# What a page loads, up to where its address ends.
_RESOURCE = re.compile(
    r"(?:\b(?:src|href|data|poster)\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"'])((?:\{\{[^{}]*}}|[^\s\"')>])*)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\{\{[^{}]*}}")
_STARS = re.compile(r"(\*{2,})")
# Letters on either side of stars that tell them from others.
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a template: `width` characters of the line `source`, counted from 1."""

    path: Path
    line: int
    column: int
    width: int
    source: str


def link_spot(address: str, sources: Sources) -> Spot | None:
    """Where a link with this address, which leads nowhere, is most likely typed."""

    def likeness(match: re.Match[str]) -> int:
        return -1 if works_elsewhere(match[1]) else _alike(match[1], unquote(address))

    return _likeliest(sources, lambda p: _IN_LAYOUT if p.suffix == ".html" else _IN_MARKDOWN, likeness, 0)


def stars_spot(stars: Iterable[Stars], sources: Sources) -> Spot | None:
    """Where some of the stars that are left in one paragraph are most likely typed."""
    left = tuple(stars)

    def likeness(match: re.Match[str]) -> int:
        before, after = match.string[: match.start()], match.string[match.end() :]
        return max(_alike(after, each.after) + _alike(before[::-1], each.before[::-1]) for each in left)

    return _likeliest(sources, lambda _: _STARS, likeness, _ENOUGH)


def resource_spot(address: str, sources: Sources) -> Spot | None:
    """Where a template asks for what has this address, be it in a layout or in a style sheet."""

    def likeness(match: re.Match[str]) -> int:
        return _asked(match[1], unquote(address))

    return _likeliest(sources, lambda _: _RESOURCE, likeness, 1)


def character_spot(character: str, sources: Sources) -> Spot | None:
    """Where a character first stands."""
    pattern = re.compile(f"({re.escape(character)})")
    return next((spot for _, spot in _matches(sources, lambda _: pattern)), None)


def asked_spots(sources: Sources) -> Iterator[tuple[str, Spot]]:
    """What templates load, by the address that is typed, and where; links are among it."""
    yield from ((unquote(match[1]), spot) for match, spot in _matches(sources, lambda _: _RESOURCE))


def _asked(typed: str, address: str) -> int:
    """How many letters of an address are typed here, with values in between or none; 0 if it is another."""
    begin, *values = _VALUE.split(unquote(typed))
    if not values:
        whole = begin if "://" in begin else normpath(begin).lstrip("./")
        return len(whole) if f"/{address}".endswith(f"/{whole}") else 0
    return len(begin + values[-1]) if begin in address and address.endswith(values[-1]) else 0


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _likeliest(
    sources: Sources,
    pattern: Callable[[Path], re.Pattern[str]],
    likeness: Callable[[re.Match[str]], int],
    enough: int,
) -> Spot | None:
    found = [(likeness(match), spot) for match, spot in _matches(sources, pattern)]
    best, spot = max(found, key=lambda each: each[0], default=(-1, None))
    return spot if best >= enough else None


def _matches(
    sources: Sources, pattern: Callable[[Path], re.Pattern[str]]
) -> Iterator[tuple[re.Match[str], Spot]]:
    for path, text in sources:
        for number, line in enumerate(text.splitlines(), start=1):
            for match in pattern(path).finditer(line):
                yield match, Spot(path, number, match.start(1) + 1, max(len(match[1]), 1), line)
