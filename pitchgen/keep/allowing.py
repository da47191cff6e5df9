"""Allowing a finding of `check`: the remark above its line, and every other byte as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.load.document import YamlMap, parse
from pitchgen.load.faults import LINE_BREAK
from pitchgen.plain import one_line
from pitchgen.problems import PitchgenError

if TYPE_CHECKING:
    from pitchgen.problems import Problem

_BOM = "\ufeff"


class CannotAllow(PitchgenError):
    """There is no reason, or the line is not what it was when the finding was made."""

    exit_code = 1


def with_allowance(content: bytes, problem: Problem, reason: str) -> bytes:
    """The content of the file that a finding is about, with the remark that allows it.

    Raises `CannotAllow`.
    """
    text, reason = content.decode("utf-8-sig"), one_line(reason)
    if not reason:
        raise CannotAllow("a finding is allowed for a reason: write why")
    starts = [0, *(each.end() for each in LINE_BREAK.finditer(text))]
    start = starts[problem.line - 1] if 0 < problem.line <= len(starts) else len(text)
    line = LINE_BREAK.split(text[start:], maxsplit=1)[0]
    if not line or line != problem.source:
        raise CannotAllow(f"{problem.path} has changed since it was looked at; look at the findings anew")
    ends = LINE_BREAK.search(text)
    indent = line[: len(line) - len(line.lstrip())]
    remark = f"{indent}# pitchgen: allow {problem.code} because {reason}{ends[0] if ends else chr(10)}"
    mark = _BOM if content.startswith(_BOM.encode()) else ""
    allowed = f"{mark}{text[:start]}{remark}{text[start:]}".encode()
    before, after = parse(content), parse(allowed)
    assert isinstance(before, YamlMap)
    if before != after:
        raise CannotAllow(f"{problem.path} has no room for a remark above line {problem.line}")
    return allowed
