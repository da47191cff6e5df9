"""A whole intake beside the programs that HR might use instead, and beside itself when little changed."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

import weasyprint

from benchmarks.letters import OPTIONS, ROOT, TODAY
from benchmarks.playbooks import chromium, page_of, resident
from benchmarks.timing import NotHere, Pair, command, seconds
from pitchgen.doctor import cores
from pitchgen.intake.build import Build, outputs_of
from pitchgen.intake.manifest import Manifest
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.render.printing import LocalPrinter
from pitchgen.studio.inputs import Inputs
from pitchgen.studio.jobs import Job, intake_jobs
from pitchgen.studio.studio import Studio
from pitchgen.workspace.read import read_workspace

PAGES = ("pitch", "playbook", "role-card")
HIRES, LETTERS, UNCHANGED = 200, 500, 1_000
FEW, MANY = 100, 10_000
# A peer prints every document of so many hires and is taken to need as long for each of the others.
SAMPLE = 12
# Runs a command, and says the most memory that its process took, in kilobytes.
PEAK = """
import resource, sys
from pitchgen.__main__ import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""

Print = Callable[[str], object]


def beside_chromium(folder: Path) -> Pair:
    """Three PDFs for each of 200 hires, against a browser kept open that prints one after another."""
    with _tab(folder) as print_page:
        return _all_documents(folder, print_page)


def beside_a_loop(folder: Path) -> Pair:
    """The same, against a loop of `HTML(string=...).write_pdf()`."""
    return _all_documents(folder, _loop)


def distinct_beside_chromium(folder: Path) -> Pair:
    """The same, against that browser when it prints what hires share only once too."""
    root = starter_of(HIRES, folder)
    studio = _studio(root)
    jobs = list(intake_jobs(studio.workspace, PAGES))
    letters = [job for job in jobs if job.kind.name == "pitch"]
    shared = [job for job in jobs if job.kind.name != "pitch"]
    with _tab(folder) as print_page:
        theirs = _printing(studio, letters[:SAMPLE], print_page) * len(letters) / SAMPLE
        theirs += _printing(studio, shared, print_page)
    return _pair(_build(root, folder / "distinct", PAGES), theirs)


def letters_beside_weasymerge(folder: Path) -> Pair:
    """500 pitches, against `weasymerge` and a template of the same page."""
    root = starter_of(LETTERS, folder)
    studio = _studio(root)
    hire = studio.workspace.hires[0]
    html, css = page_of(studio, studio.compose("pitch", hire, "fi"))
    page = html.replace("<style>", f"<style>{css}", 1).replace(hire.model.name, "{{ row['name'] }}")
    template, people = folder / "pitch.html.j2", folder / "people.csv"
    template.write_text(page, encoding="utf-8")
    with people.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([f"Aino Virtasalmi {n}"] for n in range(LETTERS))])
    (folder / "merged").mkdir()
    merge = [_weasymerge(folder), "--data", people, "--template", template]
    theirs = seconds(command([*map(str, merge), "--output", f"{folder}/merged/{{row_number}}.pdf"]))
    return _pair(_build(root, folder / "letters", ["pitch"]), theirs)


def letters_beside_a_loop(folder: Path) -> Pair:
    """500 pitches, against a loop of `HTML(string=...).write_pdf()`."""
    root = starter_of(LETTERS, folder)
    studio = _studio(root)
    jobs = list(intake_jobs(studio.workspace, ["pitch"]))
    theirs = _printing(studio, jobs[: 2 * SAMPLE], _loop) * LETTERS / SAMPLE / 2
    return _pair(_build(root, folder / "letters-alone", ["pitch"]), theirs)


def unchanged(folder: Path) -> Pair:
    """Building every document of 1,000 hires again, as PDF and HTML, against building them."""
    root, out = starter_of(UNCHANGED, folder), folder / "unchanged"
    first = _build(root, out)
    return _pair(median(_build(root, out) for _ in range(3)), first)


def many_beside_few(folder: Path) -> Pair:
    """The time for one pitch of 10,000, against one of 100, everything started."""
    return _pair(_each(folder, MANY)[0], _each(folder, FEW)[0])


def memory(folder: Path) -> Pair:
    """The memory of the main process after the last of 10,000 pitches, against after the 1,000th."""
    _, memories = _each(folder, MANY)
    return _pair(memories[-1], memories[len(memories) // 10])


def memory_of_pages(folder: Path) -> Pair:
    """The most memory of the main process in a build of 600 hires, PDF and HTML, against one of 100."""
    return _pair(_peak(starter_of(600, folder)), _peak(starter_of(FEW, folder)))


def starter_of(number: int, folder: Path, checkout: Path = ROOT) -> Path:
    """The starter of a checkout with so many hires, its own over and over."""
    root = folder / f"starter-{number}"
    if root.exists():
        return root
    root.mkdir()
    for name in (kind.path for kind in FILE_KINDS):
        source = checkout / name
        if source.is_dir() and name != "hires":
            shutil.copytree(source, root / name)
        elif source.is_file():
            shutil.copy(source, root)
    (root / "hires").mkdir()
    files = sorted((checkout / "hires").glob("*.yaml"))
    for n in range(number):
        text = files[n % len(files)].read_text(encoding="utf-8")
        numbered = re.sub(r"(?m)^(name: .*)$", rf"\1 {n}", text)
        (root / "hires" / f"{files[n % len(files)].stem}-{n:05}.yaml").write_text(numbered, encoding="utf-8")
    return root


def _build(root: Path, out: Path, documents: Sequence[str] = ()) -> float:
    """Seconds of the whole command: these documents as PDF, or all of them as PDF and HTML."""
    arguments = ["build", "-q", "-w", root, "-o", out, "--date", TODAY]
    if documents:
        arguments += ["--documents", ",".join(documents), "--format", "pdf"]
    return seconds(command([sys.executable, "-m", "pitchgen", *map(str, arguments)]))


def _peak(root: Path) -> float:
    """The most memory that a whole build takes in its main process, in gigabytes."""
    out = root / "out"
    arguments = ["build", "-q", "-w", root, "-o", out, "--date", TODAY, "--documents", "pitch"]
    program = [sys.executable, "-c", PEAK, *map(str, arguments), "--format", "pdf,html"]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    shutil.rmtree(out)
    return int(done.stderr.split()[-1]) / 1_000_000


def _all_documents(folder: Path, print_page: Print) -> Pair:
    root = starter_of(HIRES, folder)
    studio = _studio(root)
    workspace = studio.workspace
    by_key = {(job.subject, job.kind.name, job.language): job for job in intake_jobs(workspace, PAGES)}
    sample = [
        by_key[hire if document == "pitch" else hire.role, document, workspace.language_of(hire)]
        for hire in workspace.hires[:: HIRES // SAMPLE][:SAMPLE]
        for document in PAGES
    ]
    theirs = _printing(studio, sample, print_page) * HIRES / SAMPLE
    return _pair(_build(root, folder / f"all-{print_page.__name__}", PAGES), theirs)


def _printing(studio: Studio, jobs: Sequence[Job], print_page: Print) -> float:
    """Seconds a peer takes to print these documents, which are composed for it."""
    pages = [page_of(studio, job.compose(studio)) for job in jobs]
    html = [page.replace("<style>", f"<style>{css}", 1) for page, css in pages]
    print_page(html[0])
    return sum(seconds(lambda page=page: print_page(page)) for page in html)  # type: ignore[misc]


def _loop(html: str) -> None:
    weasyprint.HTML(string=html).write_pdf(**OPTIONS)


@contextmanager
def _tab(folder: Path) -> Iterator[Print]:
    path = folder / "page.html"
    with chromium() as tab:

        def browser(html: str) -> None:
            path.write_text(html, encoding="utf-8")
            tab.goto(path.as_uri())
            tab.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        yield browser


def _weasymerge(folder: Path) -> Path:
    """The program, in an environment of its own with the same WeasyPrint; it needs a newer Python."""
    newer = (shutil.which(f"python3.{minor}") for minor in (14, 13, 12))
    works = (each for each in newer if each and not subprocess.run([each, "-c", ""], check=False).returncode)
    python = next(works, None)
    if python is None:
        raise NotHere("weasymerge needs Python 3.12 or newer")
    subprocess.run([python, "-m", "venv", folder / "weasymerge"], check=True)
    wanted = ["weasymerge", f"weasyprint=={weasyprint.__version__}"]
    pip = [str(folder / "weasymerge/bin/python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, *wanted], check=True)
    return folder / "weasymerge/bin/weasymerge"


@cache
def _each(folder: Path, number: int) -> tuple[float, list[float]]:
    """Median seconds between two pitches, with the memory of this process in gigabytes after each hundred."""
    studio = _studio(starter_of(number, folder))
    out = folder / f"each-{number}"
    out.mkdir(exist_ok=True)
    outputs = outputs_of(Inputs(studio.workspace), ["pitch"], ["pdf"])
    times, memories = [], []
    with LocalPrinter(cores()) as printer:
        for done, _ in enumerate(Build(studio, printer, out, Manifest(out)).run(outputs), start=1):
            times.append(perf_counter())
            if done % 100 == 0:
                memories.append(resident(os.getpid()))
    shutil.rmtree(out)
    # By tens, because the renderers finish in pairs.
    tens = times[::10]
    return median(later - sooner for sooner, later in pairwise(tens)) / 10, memories


def _studio(root: Path) -> Studio:
    workspace, _ = read_workspace(root)
    assert workspace
    return Studio(workspace, TODAY)


def _pair(ours: float, theirs: float) -> Pair:
    return Pair(ours, theirs, ours / theirs)
