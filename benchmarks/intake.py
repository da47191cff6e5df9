"""A whole intake beside the programs that HR might use instead, and beside itself when nothing changed."""

from __future__ import annotations

import csv
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import mean

from weasyprint import HTML
from weasyprint import __version__ as WEASYPRINT

from benchmarks.letters import OPTIONS, ROOT, TODAY
from benchmarks.playbooks import chromium, page_of
from benchmarks.timing import Pair, command, seconds
from pitchgen.build import Build, outputs_of
from pitchgen.documents import Studio
from pitchgen.machine import cores
from pitchgen.manifest import Manifest
from pitchgen.plan import Job, intake_jobs
from pitchgen.read import read_workspace
from pitchgen.render.printing import local_pool
from pitchgen.shipped import STARTER

FOR_NEWCOMERS = ("pitch", "playbook", "role-card")
# Of so many hires the peers print the documents one by one; the others take as long.
SAMPLE = 12


def beside_chromium(folder: Path) -> Pair:
    """200 hires, three PDFs each, against a browser kept open that prints all 600 one after another."""
    return _beside(folder, _chromium_times, shared=False)


def beside_a_loop(folder: Path) -> Pair:
    """The same, against a loop of `HTML(string=...).write_pdf()`."""
    return _beside(folder, _loop_times, shared=False)


def distinct_beside_chromium(folder: Path) -> Pair:
    """The same, against that browser when it prints what is shared only once too."""
    return _beside(folder, _chromium_times, shared=True)


def letters_beside_weasymerge(folder: Path) -> Pair:
    """500 pitches, against `weasymerge` with a template that makes the same page."""
    root = starter_of(500, folder / "500")
    program = _weasymerge(folder)
    html = _html_of(next(iter(intake_jobs_of(root, ["pitch"]))), root)
    name = read_workspace(root)[0].hires[0].model.name
    (folder / "pitch.html.j2").write_text(html.replace(name, "{{ row['name'] }}"), encoding="utf-8")
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([f"Aino Virtasalmi {n}"] for n in range(500))])
    merge = [program, "--data", folder / "people.csv", "--template", folder / "pitch.html.j2"]
    theirs = seconds(command([*map(str, merge), "--output", str(folder / "merged/{row_number}.pdf")]))
    return _pair(_build(root, folder / "letters", ["pitch"]), theirs)
