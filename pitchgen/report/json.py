"""Problems as JSON, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pitchgen.problems import Problem

FIELDS = ("code", "severity", "path", "line", "column", "where", "message", "hint")


def report(problems: Iterable[Problem], _root: Path) -> str:
    """A list of all problems; their paths are relative to the workspace."""
    return json.dumps([facts(problem) for problem in problems], indent=2) + "\n"


def facts(problem: Problem) -> dict[str, object]:
    """One problem, without the text of its line."""
    return {name: getattr(problem, name) for name in FIELDS}
