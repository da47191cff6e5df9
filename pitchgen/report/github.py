"""Problems as commands to GitHub Actions, which shows each beside the line of the file that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.plain import printable
from pitchgen.problems import Problem, Severity
from pitchgen.report.repository import file_in_repository, folder_in_repository, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# As in GitHub's own toolkit, `@actions/core`: without this, a text could end its command and begin another.
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_PROPERTY = str.maketrans(_ESCAPES | {":": "%3A", ",": "%2C"})


def report(problems: Iterable[Problem], root: Path) -> str:
    """A line for each problem, with its file as seen from the top of the repository."""
    folder = folder_in_repository(root)
    return "".join(f"{_command(problem, folder)}\n" for problem in problems)


def _command(problem: Problem, folder: PurePosixPath) -> str:
    properties: dict[str, str | int] = {"title": f"pitchgen ({problem.code})"}
    if problem.path:
        properties["file"] = printable(str(file_in_repository(problem.path, folder)))
    if problem.line:
        properties["line"] = problem.line
        properties["col"] = problem.column
        properties["endColumn"] = problem.column + problem.width
    said = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.severity]} {said}::{words(problem).translate(_IN_TEXT)}"
