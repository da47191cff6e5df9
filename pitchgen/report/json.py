"""Problems as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from pitchgen.problems import Problem

FIELDS = ("code", "severity", "path", "line", "column", "where", "message", "hint")


def report(problems: Iterable[Problem], _root: Path) -> str:
    """A list of all problems; their paths are relative to the workspace."""
    rows = [asdict(problem) for problem in problems]
    return json.dumps([{name: row[name] for name in FIELDS} for row in rows], indent=2) + "\n"
