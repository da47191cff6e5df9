"""`python -m benchmarks` measures every ratio and prints the table of docs/performance.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import checking, intake, letters, loading, measuring, playbooks, serving
from benchmarks.timing import NotHere, Pair, command, compare

ROOT = Path(__file__).parent.parent
PITCHGEN = [sys.executable, "-m", "pitchgen"]


@dataclass(frozen=True)
class Row:
    """One promise: what is measured, against what, and how many times as long it may take."""

    what: str
    against: str
    limit: float
    measure: Callable[[Path], Pair]


def _help(_folder: Path) -> Pair:
    return compare(command([*PITCHGEN, "--help"]), command([sys.executable, "-c", "import click"]))


def _check(_folder: Path) -> Pair:
    check = command([*PITCHGEN, "check", "--workspace", str(ROOT)])
    return compare(check, command([sys.executable, "-c", "import click, pydantic, yaml"]))


def _check_models(_folder: Path) -> Pair:
    check = command([*PITCHGEN, "check", "--workspace", str(ROOT)])
    imports = "import click, yaml, jinja2, markdown_it, babel.dates; from pydantic import BaseModel, Field"
    return compare(check, command([sys.executable, "-c", imports]))


ROWS = (
    Row("a later playbook", "WeasyPrint alone, fonts and CSS loaded", 1.05, playbooks.beside_weasyprint),
    Row("the same", "a Chromium kept open", 3.0, playbooks.beside_chromium),
    Row("a playbook of twelve personas", "one of five", 2.6, playbooks.twelve_beside_five),
    Row("a playbook as HTML", "30 ms", 1.0, playbooks.composing),
    Row("memory after 100 documents, in MB", "after 10", 1.05, playbooks.memory),
    Row("the second and later pitches", "WeasyPrint alone, fonts and CSS loaded", 1.1, letters.warm),
    Row("a pitch as HTML", "6 ms", 1.0, letters.composing),
    Row("`pitchgen --help`", "`import click`", 2.0, _help),
    Row("`pitchgen check` on the starter", "`import click, pydantic, yaml`", 1.5, _check),
    Row("the same", "importing the libraries it uses", 1.5, _check_models),
    Row("`check` on 1,000 personas and roles", "loading and validating them", 2.0, checking.beside_loading),
    Row("`check` on 5,000 of each", "on 1,000, for one", 1.15, checking.five_times_as_many),
    Row("memory of `check` on 1,000 of each, in MB", "1,200", 1.0, checking.memory),
    Row("`check` on a list of 10,000", "reading and validating it", 1.5, checking.list_beside_reading),
    Row("200 hires, three PDFs each", "a Chromium kept open", 1 / 8, intake.beside_chromium),
    Row("the same", "a loop of WeasyPrint", 1 / 8, intake.beside_a_loop),
    Row("the same", "Chromium, what is shared once", 1 / 2, intake.distinct_beside_chromium),
    Row("500 pitches", "weasymerge", 1 / 5, intake.letters_beside_weasymerge),
    Row("the same", "a loop of WeasyPrint", 1 / 2.5, intake.letters_beside_a_loop),
    Row("1,000 hires built again", "built", 0.02, intake.unchanged),
    Row("one pitch of 10,000", "one of 100", 1.1, intake.many_beside_few),
    Row("memory after 10,000, in MB", "after 1,000", 1.05, intake.memory),
    Row("memory of a build of 600, PDF and HTML, in MB", "of 100", 1.03, intake.memory_of_pages),
    Row("loading YAML with positions", "PyYAML's CSafeLoader", 2.5, loading.load_yaml),
    Row("a keystroke on the page, with its letter", "making that letter alone", 1.5, serving.keystroke),
    Row("the slowest in twenty of 200", "50 ms", 1.0, serving.slowest),
    Row("a keystroke among 1,000 personas and roles", "on the starter", 2.0, serving.many_beside_few),
    Row(
        "a keystroke and the letter as PDF",
        "WeasyPrint alone, fonts and CSS loaded",
        1.2,
        serving.letter_as_pdf,
    ),
    Row("memory after 2,000 letters, in MB", "after 200", 1.05, serving.memory),
    Row("from `pitchgen serve` to the first page", f"`{serving.LIBRARIES}`", 2.0, serving.start),
    Row("all kinds, 10 million invoices, Parquet", "the bare queries", 1.3, measuring.beside_queries),
    Row("memory of that, in MB", "1,500", 1.0, measuring.memory),
    Row("50 million", "10 million, for one", 1.15, measuring.five_times_as_many),
    Row("memory of 50 million, in MB", "of 10 million", 1.1, measuring.memory_of_most),
    Row("billing and NPS, a million invoices, CSV", "the module csv", 0.25, measuring.beside_python),
    Row("the same", "pandas", 1.0, measuring.beside_pandas),
    Row("`pitchgen measure` on the starter", "`import duckdb`", 2.0, measuring.starter),
    Row("one pitch as PDF, cold", "a bare WeasyPrint script, same HTML", 1.4, letters.cold),
)


def main() -> None:
    """Print the table; the exit code says whether every ratio is within its limit."""
    missed = 0
    print(f"{date.today()}, {platform.platform()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}\n")
    print("| what | against | ms | ms | ratio | at most |")
    print("|---|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for row in ROWS:
            try:
                pair = row.measure(Path(folder))
            except NotHere as error:
                missed += 1
                print(
                    f"| {row.what} | {row.against} | not measured: {error} | | | {row.limit:g} |", flush=True
                )
                continue
            missed += pair.ratio > row.limit
            mark = "" if pair.ratio <= row.limit else " (missed)"
            print(
                f"| {row.what} | {row.against} | {pair.ours * 1000:.0f} | {pair.theirs * 1000:.0f} "
                f"| {pair.ratio:.3g}{mark} | {row.limit:g} |",
                flush=True,
            )
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
