"""What is wrong in the input: one value per finding, and the errors that carry findings upwards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from math import inf
from pathlib import Path

# What of a workspace is about nobody in particular.
IMPERSONAL = ("company.yaml", "metrics.yaml", "journey.yaml", "personas", "roles", "templates")
_QUOTED = re.compile(r"(?<!\w)'.*'(?!\w)")


class Severity(StrEnum):
    """How much a problem matters: an error stops the work; a warning does when asked to; a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about the input, said so that its reader can mend it.

    `line` and `column` are 1-based and 0 where the problem has no place in a file; `where` is the
    data path of the value (`serves.personas[1]`); `source` is the text of that line and `width`
    the number of characters to underline in it.
    """

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    where: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    source: str = ""
    width: int = 1


class PitchgenError(Exception):
    """Anything pitchgen refuses to do; `exit_code` is what the command ends with."""

    exit_code = 70


class InvalidInput(PitchgenError):
    """The workspace or the command's values have errors; nothing was written."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class NoWorkspace(PitchgenError):
    """No folder with a company.yaml was found."""

    exit_code = 2

    def __init__(self, folder: Path, *, above: bool = True) -> None:
        searched = f"{folder} or in any folder above it" if above else f"{folder}"
        found = next((f.name for f in folder.glob("[Cc]ompany.*") if f.name != "company.yaml"), "")
        renamed = f"; is it {found}? then rename it" if found else ""
        super().__init__(
            f"there is no company.yaml in {searched}{renamed}\n"
            "start a workspace with `pitchgen init my-company`, or name one with --workspace DIR"
        )


class CannotWrite(PitchgenError):
    """The disk refused: permission, full disk, a file where a folder belongs."""

    exit_code = 4

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot write {path}: {reason(error)}")


def reason(error: OSError) -> str:
    """What the operating system said, without its error number."""
    return (error.strerror or str(error)).lower()


def by_place(problem: Problem) -> tuple[str, float, int]:
    """What problems are sorted by: their places, what is said of a whole file after what is of its lines."""
    return problem.path, problem.line or inf, problem.column


def without_content(problem: Problem) -> Problem:
    """The problem without what its file says, if that may be personal data: the reader may be a log."""
    if not problem.source or problem.path.split("/")[0] in IMPERSONAL:
        return problem
    return replace(problem, message=_QUOTED.sub("'…'", problem.message), source="")


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop the work."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


def suggestion(typed: str, known: Iterable[str]) -> str:
    """ "did you mean 'x'?" when one of the known words is close to what was typed."""
    close = get_close_matches(typed, list(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
