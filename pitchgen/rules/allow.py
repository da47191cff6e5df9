"""Findings that HR allows, by a remark in the file: `# pitchgen: allow CODE because REASON`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pitchgen.load.faults import LINE_BREAK
from pitchgen.load.files import Source
from pitchgen.problems import Problem, Severity
from pitchgen.rules.rule import RULES
from pitchgen.validate import suggestion

_REMARK = re.compile(r"#\s*pitchgen:\s*(?P<said>.*)")
_ALLOW = re.compile(r"allow +(?P<code>[\w-]+) +because +\S.*")


@dataclass(slots=True)
class _Allowance:
    """One remark: the rule it speaks of, where it stands, and whether it allowed anything."""

    code: str
    path: str
    line: int
    column: int
    text: str
    used: bool = False

    def problem(self, code: str, message: str, hint: str, severity: Severity) -> Problem:
        return Problem(
            code,
            message,
            self.path,
            self.line,
            self.column,
            hint=hint,
            severity=severity,
            source=self.text,
            width=len(self.text) - self.column + 1,
        )


class Allowances:
    """The remarks of all files; `problems` are about those that cannot be understood."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.problems: list[Problem] = []
        self._lines: dict[str, list[str]] = {}
        self._found: dict[tuple[str, int], _Allowance] = {}
        for source in sources:
            if "pitchgen:" in source.text:
                self._lines[source.path] = LINE_BREAK.split(source.text)
                self._read(source.path)

    def _read(self, path: str) -> None:
        for line, text in enumerate(self._lines[path], start=1):
            if remark := _REMARK.search(text):
                said = _ALLOW.fullmatch(remark["said"].strip())
                allowance = _Allowance(said["code"] if said else "", path, line, remark.start() + 1, text)
                if said is None:
                    message = "this remark to pitchgen cannot be understood"
                    hint = "write `# pitchgen: allow CODE because REASON`"
                    self.problems.append(allowance.problem("bad-remark", message, hint, Severity.ERROR))
                elif allowance.code not in RULES:
                    message = f"there is no rule '{allowance.code}'"
                    hint = suggestion(allowance.code, RULES) or "docs/rules.md lists the rules"
                    self.problems.append(allowance.problem("unknown-rule", message, hint, Severity.ERROR))
                else:
                    self._found[path, line] = allowance

    def allow(self, problem: Problem) -> bool:
        """Whether a remark beside the problem, or above it, allows it."""
        for line in self._beside(problem):
            allowance = self._found.get((problem.path, line))
            if allowance and allowance.code == problem.code:
                allowance.used = True
                return True
        return False

    def _beside(self, problem: Problem) -> Iterator[int]:
        """The problem's line, and upwards from it the lines of comments and of the key it stands under."""
        lines = self._lines.get(problem.path, [])
        if not 0 < problem.line <= len(lines):
            return
        yield problem.line
        for line in range(problem.line - 1, 0, -1):
            text = lines[line - 1].strip()
            if not text.startswith("#") and not text.partition(" #")[0].rstrip().endswith(":"):
                return
            yield line

    def unused(self, looked: Collection[str]) -> Iterator[Problem]:
        """Warnings about remarks that allowed nothing, though their rule was `looked` for."""
        for allowance in self._found.values():
            if not allowance.used and allowance.code in looked:
                message = f"allows '{allowance.code}', which is not found here"
                yield allowance.problem("unused-remark", message, "delete the remark", Severity.WARNING)
