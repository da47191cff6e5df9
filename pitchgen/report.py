"""Problems as people read them on a terminal, and as JSON for other programs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict

from pitchgen.problems import Problem

LONGEST_LINE = 100

JSON_FIELDS = ("code", "severity", "path", "line", "column", "where", "message", "hint")
# Control and direction characters could rewrite what the terminal shows.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list."""
    rows = [asdict(problem) for problem in problems]
    return json.dumps([{name: row[name] for name in JSON_FIELDS} for row in rows], indent=2)


def _excerpt(problem: Problem) -> list[str]:
    start = max(0, problem.column - 1 - LONGEST_LINE // 2) if len(problem.source) > LONGEST_LINE else 0
    shown = problem.source[start : start + LONGEST_LINE]
    before = problem.source[start : problem.column - 1]
    width = max(1, min(problem.width, LONGEST_LINE - len(before)))
    marked = problem.source[problem.column - 1 : problem.column - 1 + width]
    carets = "^" * max(1, _columns(marked))
    caret_line = f"      | {' ' * _columns(before)}{carets} {printable(problem.hint)}"
    return [f"{problem.line:5} | {printable(shown)}", caret_line.rstrip()]


def printable(text: str) -> str:
    """The text without characters that could rewrite what a terminal shows."""
    return _UNPRINTABLE.sub(lambda match: " " if match[0] == "\t" else "\N{REPLACEMENT CHARACTER}", text)


def _columns(text: str) -> int:
    """How many terminal columns a text takes: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
