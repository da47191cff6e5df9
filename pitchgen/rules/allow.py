"""Findings that HR allows, by a remark in the file: `# pitchgen: allow CODE because REASON`."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.load.comments import Comment, comments
from pitchgen.load.document import Value, YamlList, YamlMap
from pitchgen.load.faults import LINE_BREAK
from pitchgen.problems import Problem, Severity, suggestion
from pitchgen.rules.rule import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pitchgen.load.files import Source
    from pitchgen.load.place import Place

_REMARK = re.compile(r"#+\s*pitchgen\s*(?::|\s(?=allow\b))\s*", re.IGNORECASE)
_ALLOW = re.compile(r"allow\s+(?P<code>[\w-]+)\s+because\s+\S.*", re.IGNORECASE)


@dataclass(slots=True)
class _Allowance:
    """One remark: the rule it speaks of, where it stands, and whether it allowed anything.

    `above` is True when it speaks of what begins below it, else of its own line.
    """

    code: str
    path: str
    comment: Comment
    line_of_file: str
    above: bool
    used: bool = False

    def problem(self, code: str, message: str, hint: str, severity: Severity) -> Problem:
        line, column = self.comment.mark
        width = len(self.comment.text)
        return Problem(code, message, self.path, line, column, (), hint, severity, self.line_of_file, width)


class Allowances:
    """The remarks of all files; `problems` are about those that cannot be understood."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.problems: list[Problem] = []
        self._found: dict[tuple[str, int], list[_Allowance]] = defaultdict(list)
        for source in sources:
            if "pitchgen" in source.text.casefold():
                self._read(source)

    def _read(self, source: Source) -> None:
        lines = LINE_BREAK.split(source.text)
        for comment in comments(source.text):
            if remark := _REMARK.match(comment.text):
                said = _ALLOW.fullmatch(comment.text[remark.end() :])
                line = comment.mark.line
                allowance = _Allowance(
                    said["code"] if said else "", source.path, comment, lines[line - 1], comment.alone
                )
                if said is None:
                    message = "this remark to pitchgen cannot be understood"
                    hint = "write `# pitchgen: allow CODE because REASON`"
                    self.problems.append(allowance.problem("bad-remark", message, hint, Severity.ERROR))
                elif allowance.code not in RULES:
                    message = f"there is no rule '{allowance.code}'"
                    hint = suggestion(allowance.code, RULES) or "docs/rules.md lists the rules"
                    self.problems.append(allowance.problem("unknown-rule", message, hint, Severity.ERROR))
                else:
                    about = _next_line_of_data(lines, line) if comment.alone else line
                    self._found[source.path, about].append(allowance)

    def allow(self, code: str, at: Place) -> bool:
        """Whether a remark on the line of what stands at `at`, or above what it stands in, allows `code`."""
        if not self._found:
            return False
        for line, holds_all in _lines_of(at):
            for allowance in self._found.get((at.path, line), ()):
                if allowance.code == code and (allowance.above or holds_all):
                    allowance.used = True
                    return True
        return False

    def unused(self, looked: Collection[str]) -> Iterator[Problem]:
        """Warnings about remarks that allowed nothing, though their rule was `looked` for."""
        for allowances in self._found.values():
            for allowance in allowances:
                if not allowance.used and allowance.code in looked:
                    message = f"allows '{allowance.code}', which is not found here"
                    yield allowance.problem("unused-remark", message, "delete the remark", Severity.WARNING)


def _next_line_of_data(lines: list[str], line: int) -> int:
    """The first line below `line` that is neither empty nor a comment."""
    while line < len(lines) and lines[line].strip()[:1] in ("", "#"):
        line += 1
    return line + 1


def _lines_of(at: Place) -> Iterator[tuple[int, bool]]:
    """The line of a value, then those on which the groups and lists it stands in begin.

    With each whether all that stands on it belongs to the value, or holds it: not so of the
    first line of a list item, on which another key of the item stands.
    """
    value: Value = at.source.data
    line, outer = at.source.data.mark.line, []
    for part in at.loc:
        if isinstance(value, YamlMap) and isinstance(part, str) and part in value:
            line, key = value.values_at[part].line, value.keys_at[part].line
            outer.append((key, key < line))
            value = value[part]
        elif isinstance(value, YamlList) and isinstance(part, int) and part < len(value):
            line, value = value.items_at[part].line, value[part]
            outer.append((line, False))
        else:
            break
    yield line, True
    yield from outer
