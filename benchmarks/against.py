"""`python -m benchmarks.against FOLDER` measures this checkout beside another one, which stands in FOLDER.

Both run their own code with this Python; only what a person types is used of them, for that changes least.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.intake import PAGES, starter_of
from benchmarks.letters import TODAY
from benchmarks.timing import command

ROOT = Path(__file__).parent.parent
ROUNDS = 5
FEWER, MORE = 60, 360


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
    pitch = ["pitch", "aino-virtasalmi", "-w", str(ROOT), "-o", str(folder / "letter.pdf")]
    return _seconds(checkout, *pitch, "--date", str(TODAY), before=("taskset", "-c", "0"))


ROWS = (
    Row("an HTML letter, warm", 0.75, letter),
    Row("120 hires, three PDFs each", 0.85, pages),
    Row("one pitch as PDF, cold, on one core", 1.0, cold),
)


def _build(checkout: Path, folder: Path, number: int, *options: str) -> float:
    root, out = starter_of(number, folder), folder / "out"
    spent = _seconds(checkout, "build", "-q", "-w", str(root), "-o", str(out), "--date", str(TODAY), *options)
    shutil.rmtree(out)
    return spent


def _seconds(checkout: Path, *arguments: str, before: tuple[str, ...] = ()) -> float:
    run = command(
        ["env", f"PYTHONPATH={checkout}", *before, sys.executable, "-P", "-m", "pitchgen", *arguments]
    )
    start = perf_counter()
    run()
    return perf_counter() - start


def main() -> None:
    """Print the table; the exit code says whether every ratio is within its limit."""
    other = Path(sys.argv[1]).resolve()
    if not (other / "pitchgen").is_dir():
        sys.exit(f"{other} is no checkout of pitchgen")
    missed = 0
    print("| what | here, ms | there, ms | ratio | at most |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for row in ROWS:
            times = [tuple(row.measure(each, Path(folder)) for each in (ROOT, other)) for _ in range(ROUNDS)]
            here, there = (median(each) * 1000 for each in zip(*times, strict=True))
            ratio = median(ours / theirs for ours, theirs in times)
            missed += ratio > row.limit
            print(f"| {row.what} | {here:.1f} | {there:.1f} | {ratio:.2f} | {row.limit:g} |", flush=True)
    sys.exit(bool(missed))


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    main()
