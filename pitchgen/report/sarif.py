"""Problems as SARIF 2.1.0, the format in which code scanning takes results of checks."""

from __future__ import annotations

import json
import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pitchgen._version import __version__
from pitchgen.model.file_kind import COMPANY
from pitchgen.report.repository import file_in_repository, folder_in_repository, words
from pitchgen.rules import RULES
from pitchgen.rules.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path, PurePosixPath

    from pitchgen.problems import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# The name that code scanning knows for the top of the repository, wherever that is.
TOP = "%SRCROOT%"
FINGERPRINT = "pitchgenFinding/v1"
# Where YAML ends a line, as `load.faults.LINE_BREAK` has it.
LINE_ENDS = ("\r\n", "\n", "\r", "\x85", "\u2028", "\u2029")

_FAULT = "Something in the files is missing, misspelt or not as it should be."
_FAULT_HELP = "Each finding says what is wrong at its place and what to do about it."


def report(problems: Sequence[Problem], root: Path) -> str:
    """The log of a run, with files as seen from the top of the repository."""
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "pitchgen", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": LINE_ENDS,
        "originalUriBaseIds": {TOP: {"description": {"text": "The top of the repository."}}},
        "results": list(_results(problems, codes, folder_in_repository(root))),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    """What a code means; GitHub wants each of these texts, also for what no rule of `RULES` finds."""
    if code not in RULES:
        return _descriptor(code, code.replace("-", " ").capitalize(), _FAULT, {"text": _FAULT_HELP})
    rule = RULES[code]
    title, why, *_ = rule.paragraphs
    help = {"text": rule.page, "markdown": page(code)}
    return _descriptor(code, title, why, help) | {"defaultConfiguration": {"level": rule.severity}}


def _descriptor(code: str, title: str, why: str, help: dict[str, str]) -> dict[str, Any]:
    return {"id": code, "shortDescription": {"text": title}, "fullDescription": {"text": why}, "help": help}


def _results(
    problems: Sequence[Problem], codes: list[str], folder: PurePosixPath
) -> Iterator[dict[str, Any]]:
    alike = Counter[str]()
    for problem in problems:
        fingerprint = _fingerprint(problem)
        alike[fingerprint] += 1
        yield {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": words(problem)},
            "locations": [{"physicalLocation": _location(problem, folder)}],
            "partialFingerprints": {FINGERPRINT: f"{fingerprint}:{alike[fingerprint]}"},
        }


def _location(problem: Problem, folder: PurePosixPath) -> dict[str, Any]:
    # GitHub refuses the whole log for a single result without a file or a line.
    uri = quote(os.fsencode(file_in_repository(problem.path or COMPANY.path, folder)))
    region = {"startLine": problem.line or 1}
    if problem.line:
        region |= {"startColumn": problem.column, "endColumn": problem.column + problem.width}
    return {"artifactLocation": {"uri": uri, "uriBaseId": TOP}, "region": region}


def _fingerprint(problem: Problem) -> str:
    """What stays when lines and items are put above it; messages may name lines, and so take no part."""
    where = "".join("[]" if isinstance(part, int) else f".{part}" for part in problem.loc).removeprefix(".")
    parts = (problem.code, problem.path, where, problem.source.strip())
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]
