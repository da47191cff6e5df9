"""Problems as people read them on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pitchgen.plain import display_width, printable

if TYPE_CHECKING:
    from pitchgen.problems import Problem

LONGEST_LINE = 100
# Who is let in somewhere, with the password, and where that is.
_ADDRESS = re.compile(r"(?<=://)[^\s\"']+@[^\s\"']*")


def as_text(problem: Problem) -> str:
    """One problem as a block: place, message, the offending line, and the hint under a caret."""
    place = problem.path
    if problem.line:
        place += f":{problem.line}:{problem.column}"
    head = f"{place}: " if place else ""
    head += f"{problem.severity}[{problem.code}]: {problem.message}"
    lines = [printable(head)]
    if problem.source.strip():
        lines += _excerpt(problem)
    elif problem.hint:
        lines.append(f"      {printable(problem.hint)}")
    return "\n".join(lines)


def _excerpt(problem: Problem) -> list[str]:
    start = max(0, problem.column - 1 - LONGEST_LINE // 2) if len(problem.source) > LONGEST_LINE else 0
    source = _ADDRESS.sub(lambda secret: "*" * len(secret[0]), problem.source)
    shown = source[start : start + LONGEST_LINE]
    before = source[start : problem.column - 1]
    width = max(1, min(problem.width, LONGEST_LINE - len(before)))
    marked = source[problem.column - 1 : problem.column - 1 + width]
    carets = "^" * max(1, display_width(marked))
    caret_line = f"      | {' ' * display_width(before)}{carets} {printable(problem.hint)}"
    return [f"{problem.line:5} | {printable(shown)}", caret_line.rstrip()]
