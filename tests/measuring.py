"""Small workspaces with one metric and what it is measured from, and `pitchgen measure` run in them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from workspaces import pitchgen, small

TODAY = "2026-11-15"
# Stands in cells of the tests' data, and must stand nowhere else.
SECRET = "Salainen"
_PLACE = re.compile(r"^(\S+?)(?::(\d+):(\d+))?: error\[([\w-]+)\]: (.*)$", re.MULTILINE)


def metric(root: Path, kind: str, origin: str, files: Mapping[str, str | bytes], more: str = "") -> Path:
    """A workspace with a metric of that kind, its `from` as lines of YAML."""
    lines = [f"  - id: luku\n    name: Luku\n    kind: {kind}"]
    lines += [f"    {line}" for line in more.splitlines()]
    lines += ["    from:", *(f"      {line}" for line in origin.splitlines())]
    return small(root, {"metrics.yaml": "metrics:\n" + "\n".join(lines) + "\n", **files})


def measure(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `pitchgen measure` says, in which there is never a cell of the data, nor a fault of its own."""
    done = pitchgen("measure", *arguments, "--date", TODAY, workspace=root)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert SECRET.casefold() not in said.casefold(), said
    return done


def refusals(root: Path, *arguments: str) -> list[tuple[str, str, int, int]]:
    """The code, file, row and column of all that is wrong; and metrics.yaml is what it was."""
    before = (root / "metrics.yaml").read_bytes()
    done = measure(root, "--write", *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout == ""
    assert done.stderr.endswith("\nnothing was written\n")
    assert (root / "metrics.yaml").read_bytes() == before
    found = [(m[4], m[1], int(m[2] or 0), int(m[3] or 0)) for m in _PLACE.finditer(done.stderr)]
    # Each says what to do, below.
    assert done.stderr.count("error[") == len(found)
    return found


def figures(root: Path, *arguments: str) -> dict[str, str]:
    """The figure of each period."""
    done = measure(root, "--format", "csv", *arguments)
    assert done.returncode == 0, done.stderr
    rows = [line.split(";") for line in done.stdout.lstrip("\ufeff").splitlines()[1:]]
    return {row[1]: row[3] for row in rows}


def answers(given: Iterable[object], day: str = "1.9.2026", headings: str = "Vastattu;Arvosana") -> str:
    """An export of answers, all given on one day."""
    return "\n".join([headings, *(f"{day};{answer}" for answer in given)]) + "\n"


def table(headings: str, rows: Sequence[str]) -> str:
    """An export with these headings and rows."""
    return "\n".join([headings, *rows]) + "\n"
