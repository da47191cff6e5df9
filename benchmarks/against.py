"""`python -m benchmarks.against FOLDER` measures this checkout beside another one, which stands in FOLDER.

Both run their own code on their own starter with this Python, for a file of today may be none of that day's.
Times are of the processor, so that other work on the machine counts little.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.intake import PAGES, starter_of
from benchmarks.letters import TODAY
from benchmarks.timing import command

ROOT = Path(__file__).parent.parent
ROUNDS = 5
FEWER, MORE = 60, 360
# Prints the seconds that one document more costs, its renderer's among them, everything started.
WARM = """
import os, sys, time
from datetime import date
from pathlib import Path
from pitchgen.render.press import Press
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

root, kind, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
workspace, _ = read_workspace(root)
role = next(role for role in workspace.roles if role.model.id == "palveluasiantuntija")
whose = role if kind == "playbook" else workspace.hires[0]
press = Press()

def spent():
    ticks = Path(f"/proc/{press.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

with Studio(workspace, date(2026, 11, 21), press) as studio:
    def make():
        assert not studio.render(studio.compose(kind, whose, "fi"), "pdf").failed
    make()
    before = spent()
    for _ in range(number):
        make()
    print((spent() - before) / number)
"""


@dataclass(frozen=True)
class Row:
    """What is measured of each checkout in turn, and how many times as long this one may take."""

    what: str
    limit: float
    measure: Callable[[Path, Path], float]


def letter(checkout: Path, folder: Path) -> float:
    """Seconds for one HTML letter more, everything started."""
    more, fewer = (
        _build(checkout, folder, number, "--documents", "pitch", "--format", "html")
        for number in (MORE, FEWER)
    )
    return (more - fewer) / (MORE - FEWER)


def pages(checkout: Path, folder: Path) -> float:
    """Seconds for three PDFs of each of 120 hires."""
    return _build(checkout, folder, 120, "--documents", ",".join(PAGES), "--format", "pdf")


def cold(checkout: Path, folder: Path) -> float:
    """Seconds for one pitch as PDF on one core, from the start of the command to its end."""
    pitch = ["pitch", "aino-virtasalmi", "-w", str(checkout), "-o", str(folder / "letter.pdf")]
    return _seconds(checkout, *pitch, "--date", str(TODAY), before=("taskset", "-c", "0"))


def warm_pitch(checkout: Path, _folder: Path) -> float:
    """Seconds for one pitch more as PDF."""
    return _warm(checkout, "pitch", 40)


def warm_playbook(checkout: Path, _folder: Path) -> float:
    """Seconds for one playbook more as PDF, that of the service specialist."""
    return _warm(checkout, "playbook", 3)


ROWS = (
    Row("a playbook as PDF, warm", 0.6, warm_playbook),
    Row("a pitch as PDF, warm", 0.8, warm_pitch),
    Row("an HTML letter, warm", 0.75, letter),
    Row("120 hires, three PDFs each", 0.85, pages),
    Row("one pitch as PDF, cold, on one core", 1.0, cold),
)


def _build(checkout: Path, folder: Path, number: int, *options: str) -> float:
    root, out = starter_of(number, folder, checkout), folder / "out"
    spent = _seconds(checkout, "build", "-q", "-w", str(root), "-o", str(out), "--date", str(TODAY), *options)
    shutil.rmtree(out)
    return spent


def _seconds(checkout: Path, *arguments: str, before: tuple[str, ...] = ()) -> float:
    run = command(
        ["env", f"PYTHONPATH={checkout}", *before, sys.executable, "-P", "-m", "pitchgen", *arguments]
    )
    start = _spent()
    run()
    return _spent() - start


def _spent() -> float:
    """Seconds that the processes which have ended took of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _warm(checkout: Path, kind: str, number: int) -> float:
    program = ["env", f"PYTHONPATH={checkout}", sys.executable, "-P", "-c", WARM]
    program += [str(checkout), kind, str(number)]
    return float(subprocess.run(program, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the table; the exit code says whether every ratio is within its limit."""
    other = Path(sys.argv[1]).resolve()
    if not (other / "pitchgen").is_dir():
        sys.exit(f"{other} is no checkout of pitchgen")
    missed = 0
    print("| what | here, ms | there, ms | ratio | at most |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as here_, tempfile.TemporaryDirectory() as there_:
        sides = (ROOT, Path(here_)), (other, Path(there_))
        for row in ROWS:
            times = [tuple(row.measure(*side) for side in sides) for _ in range(ROUNDS)]
            here, there = (median(each) * 1000 for each in zip(*times, strict=True))
            ratio = median(ours / theirs for ours, theirs in times)
            missed += ratio > row.limit
            print(f"| {row.what} | {here:.1f} | {there:.1f} | {ratio:.2f} | {row.limit:g} |", flush=True)
    sys.exit(bool(missed))


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    main()
