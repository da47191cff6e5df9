"""What judges reports: SARIF's schema, Microsoft's SARIF Multitool, GitHub's toolkit and runner."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from workspaces import REPOSITORY

from pitchgen.problems import Problem, Severity

NPM = REPOSITORY / ".venv" / "npm"
NODE = Path(sysconfig.get_path("scripts")) / "node"
MULTITOOL = NPM / "node_modules" / "@microsoft" / "sarif-multitool-linux"
# pitchgen has no home page to name.
NO_HOME_PAGE = "SARIF2005"

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
ANNOTATE = """
import * as core from "@actions/core";
import { readFileSync } from "node:fs";
for (const [name, text, properties] of JSON.parse(readFileSync(0, "utf8"))) core[name](text, properties);
"""


@cache
def sarif_schema() -> Validator:
    """The published schema of SARIF 2.1.0, ready to judge."""
    schema = json.loads((MULTITOOL / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    judge = validator_for(schema)
    judge.check_schema(schema)
    return judge(schema)


def complaints(log: dict[str, Any]) -> list[str]:
    """What is wrong with a log by the schema, and by the rules of SARIF and of GitHub's code scanning."""
    found = [error.message for error in sarif_schema().iter_errors(log)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "log.sarif").write_text(json.dumps(log), encoding="utf-8")
        done = subprocess.run(
            [MULTITOOL / "Sarif.Multitool", "validate", "log.sarif", "--rule-kind", "Sarif;Ghas"],
            cwd=folder,
            env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert "Analysis completed successfully." in done.stdout, done.stdout
    said = re.findall(r"(?:error|warning) (\w+[0-9]+): (.*)", done.stdout)
    return found + [f"{code}: {message}" for code, message in said if code != NO_HOME_PAGE]


def annotated(problems: Iterable[tuple[Problem, str]]) -> str:
    """What GitHub's own toolkit prints for problems, each given with the text to show."""
    asked = [(COMMANDS[problem.severity], text, _properties(problem)) for problem, text in problems]
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", ANNOTATE],
        cwd=NPM,
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def _properties(problem: Problem) -> dict[str, str | int]:
    properties: dict[str, str | int] = {"title": f"pitchgen ({problem.code})", "file": problem.path}
    if problem.line:
        properties |= {
            "startLine": problem.line,
            "startColumn": problem.column,
            "endColumn": problem.column + problem.width,
        }
    return properties


@dataclass(frozen=True, slots=True)
class Command:
    """A command as GitHub's runner understands a line of a log."""

    name: str
    properties: dict[str, str]
    text: str


def command(line: str) -> Command:
    """Read a line as `ActionCommand.TryParseV2` of github.com/actions/runner does."""
    assert line.startswith("::")
    info, _, text = line[2:].partition("::")
    name, _, properties = info.partition(" ")
    pairs = (each.split("=", 1) for each in properties.strip().split(",") if each)
    return Command(name, {key: _unescaped(value, ":,") for key, value in pairs}, _unescaped(text))


def _unescaped(text: str, also: str = "") -> str:
    # The percent sign comes last, so that what it was put before is not read twice.
    for character in ("\r", "\n", *also, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text
