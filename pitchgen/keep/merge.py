"""Merge: what one person changed in a file, put on top of what another made of it meanwhile."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from pitchgen.load.faults import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Side = Literal["same", "before", "after", "gap"]


class Hunk(NamedTuple):
    """Lines of a file from `start` up to `end`, and what stands in their place."""

    start: int
    end: int
    lines: list[bytes]


class Compared(NamedTuple):
    """A line in which two texts are compared: in which of them it stands, and what it says."""

    side: Side
    text: str


def on_top(base: bytes, mine: bytes, theirs: bytes) -> bytes:
    """Both changes of `base`, line by line; where they touch the same lines, mine alone."""
    own = list(_hunks(base, mine))
    others = (hunk for hunk in _hunks(base, theirs) if not any(_meet(hunk, each) for each in own))
    lines = base.splitlines(keepends=True)
    for hunk in sorted([*own, *others], key=lambda hunk: hunk.start, reverse=True):
        lines[hunk.start : hunk.end] = hunk.lines
    return b"".join(lines)


def _hunks(before: bytes, after: bytes) -> Iterator[Hunk]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Hunk(start, end, new[first:last])


def _meet(one: Hunk, other: Hunk) -> bool:
    """Whether two changes touch the same lines, or add something between the same two."""
    return one.start <= other.end and other.start <= one.end


def retyped(before: bytes, text: str) -> bytes:
    """A file after its text was typed over, with line breaks of one character.

    Lines that say what they said keep each of their bytes; new ones end as the others do.
    """
    lines = before.splitlines(keepends=True)
    usual = max((b"\n", b"\r\n"), key=[line[len(line.rstrip(b"\r\n")) :] for line in lines].count)
    old, new = [_shown(line) for line in lines], text.split("\n")
    # What follows the last line break is no line unless it says something.
    typed = [*(f"{line}\n" for line in new[:-1]), *filter(None, new[-1:])]
    found: list[bytes] = []
    for tag, start, end, first, last in SequenceMatcher(None, old, typed, autojunk=False).get_opcodes():
        fresh = (line.encode().replace(b"\n", usual) for line in typed[first:last])
        found += lines[start:end] if tag == "equal" else fresh
    whole = b"".join(found)
    # A line that ended in half of what the next begins with now would be one with it.
    return whole if shown(whole) == text else text.encode().replace(b"\n", usual)


def shown(content: bytes) -> str:
    """The text of a file as a browser lets one type it, be it text or not."""
    return "".join(_shown(line) for line in content.splitlines(keepends=True))


def _shown(line: bytes) -> str:
    said = line.rstrip(b"\r\n")
    text = said.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text + ("\n" if said != line else "")


def compared(before: bytes, after: bytes, around: int = 2) -> tuple[Compared, ...]:
    """What differs between two texts, each line after the other, with a few lines around."""
    old, new = (LINE_BREAK.split(shown(each)) for each in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Compared] = []
    for group in matcher.get_grouped_opcodes(around):
        if found:
            found.append(Compared("gap", ""))
        for tag, start, end, first, last in group:
            found += _lines("same" if tag == "equal" else "before", old[start:end])
            if tag != "equal":
                found += _lines("after", new[first:last])
    return tuple(found)


def _lines(side: Side, lines: Sequence[str]) -> Iterator[Compared]:
    return (Compared(side, line) for line in lines)
