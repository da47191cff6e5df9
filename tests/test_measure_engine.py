"""The engine that measures, which nothing else has to wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import TODAY, us_starter

LIBRARIES = ("duckdb", "adbc_driver_manager", "adbc_driver_postgresql")
# Prints which of the libraries are there after some commands.
COMMANDS = f"""
import json, sys
from pitchgen.cli import run
codes = [run(each) for each in json.loads(sys.argv[1])]
print(codes, [each for each in {LIBRARIES} if each in sys.modules])
"""


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return us_starter(tmp_path_factory.mktemp("starter"))


def told(starter: Path, *commands: str) -> str:
    """The last line of what commands of one process print."""
    words = [[*each.split(), "--date", TODAY, "--quiet"] for each in commands]
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, json.dumps(words)],
        cwd=starter,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_commands_that_measure_nothing_do_not_import_it(starter: Path) -> None:
    commands = (
        "check",
        "pitch aino-virtasalmi --format html -o out",
        "playbook palveluasiantuntija --format html -o out",
        "matrix --format html",
        "roles",
        "templates list",
    )
    assert told(starter, *commands) == f"{[0] * len(commands)} []"


def test_exports_are_measured_without_what_asks_databases(starter: Path) -> None:
    assert told(starter, "measure nps") == "[0] ['duckdb']"
