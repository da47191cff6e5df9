"""Small real workspaces for tests, written as `{path: text}`, and pitchgen run on them for real."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from textwrap import dedent
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

from pitchgen.cli import run
from pitchgen.overlay import Overlay
from pitchgen.problems import errors
from pitchgen.starter.start import start_workspace
from pitchgen.workspace import Workspace
from pitchgen.workspace.languages import Languages
from pitchgen.workspace.read import read_workspace

# Properties give the same answer on every run, and a busy machine is no failure.
settings.register_profile(
    "pitchgen", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("pitchgen")

REPOSITORY = Path(__file__).parent.parent
TODAY = "2026-11-21"
# Seconds. A guard against hanging and no check, so it is far beyond what anything takes on a busy machine.
GUARD = 1200

COMPANY = """\
    schema_version: 1
    name: Testi Oy
    language: fi
    languages: [fi, en, sv]
    strategy:
      name: Lähellä arkea
      aim: Asiakas tietää aina, mitä seuraavaksi tapahtuu.
    promise:
      text: Et jää yksin.
"""
ROLE = """\
    title: Palveluasiantuntija
    purpose: Pidät huolen siitä, että asiakas pääsee jatkamaan.
    part:
      why: Sinä olet ensimmäinen ääni.
      how: Kerrot joka puhelussa seuraavan askeleen.
    serves:
      personas: [varmistelija]
"""
PERSONA = """\
    label: Varmistelija
    summary: Haluaa tietää, mitä tapahtuu.
"""
HIRE = """\
    name: Aino Virtanen
    role: asiantuntija
"""
# The least that makes a pitch: one of each, nothing optional.
SMALL = {
    "company.yaml": COMPANY,
    "roles/asiantuntija.yaml": ROLE,
    "personas/varmistelija.yaml": PERSONA,
    "hires/aino.yaml": HIRE,
}


def write_tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, texts dedented; returns `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(dedent(content), encoding="utf-8")
    return root


def small(root: Path, changes: Mapping[str, str | bytes] | None = None) -> Path:
    """A small valid workspace in `root`, with some of its files replaced or added."""
    return write_tree(root, {**SMALL, **(changes or {})})


def us_starter(root: Path) -> Path:
    """The starter for paper that is wider and less high than A4."""
    for _ in start_workspace(root, (), bare=False):
        pass
    company = (root / "company.yaml").read_text(encoding="utf-8")
    on_letter = company.replace("\nbrand:\n", "\nbrand:\n  paper: letter\n")
    (root / "company.yaml").write_text(on_letter, encoding="utf-8")
    return root


# The least that is to be known of a language before a document can be in it.
GERMAN_FACTS = {
    "templates/languages/de/language.yaml": "name: German\nday: Tag\ncharacters_per_minute: 800\n"
}

# The languages that come with pitchgen, for what needs no workspace.
SHIPPED = Languages(Overlay(Path("no-workspace")))


def linked(root: Path) -> Workspace:
    """The workspace in `root`, which must have no errors."""
    workspace, problems = read_workspace(root)
    assert workspace is not None, problems
    assert not errors(problems), problems
    return workspace


def pitchgen(
    *arguments: str,
    workspace: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    timeout: float | None = None,
    powerless: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run the command in the workspace's folder, on `TODAY` unless told `--date`, by somebody `powerless`.

    It runs inside this process, which is many times quicker, unless something is asked of a process: an
    environment of its own, words of another command that starts it, such as `prlimit`, or that it is
    stopped when it hangs.
    """
    date = () if "--date" in arguments else ("--date", TODAY)
    if env is None and timeout is None and not before:
        with held_to_permissions() if powerless else nullcontext():
            return _inside([*arguments, *date], workspace)
    return subprocess.run(
        [*before, sys.executable, "-m", "pitchgen", *arguments, *date],
        cwd=workspace,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=timeout or GUARD,
        check=False,
    )


def _inside(arguments: Sequence[str], folder: Path | None) -> subprocess.CompletedProcess[str]:
    out, err = (TextIOWrapper(BytesIO(), "utf-8", "surrogateescape", write_through=True) for _ in "oe")
    with chdir(folder or Path.cwd()), redirect_stdout(out), redirect_stderr(err):
        code = run([*arguments])
    return subprocess.CompletedProcess(arguments, code, *map(_written, (out, err)))


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


_IN_TURN = "import json, sys; from pitchgen.cli import run; [*map(run, json.loads(sys.argv[1]))]"


def printed_elsewhere(commands: Sequence[Sequence[str]], workspace: Path) -> str:
    """What commands print one after another in a process that hashes texts differently.

    What it makes shows whether hashes count: beside what is made here, it must be the same.
    """
    done = subprocess.run(
        [sys.executable, "-c", _IN_TURN, json.dumps([[*each, "--date", TODAY] for each in commands])],
        cwd=workspace,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def pitchgen_here(
    capsys: pytest.CaptureFixture[str],
    *arguments: str,
    workspace: Path | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command inside this process, which is quicker, on the day `TODAY` unless told `--date`.

    It is told its `workspace`, or run in a `folder`.
    """
    where = ["--workspace", str(workspace)] if workspace else []
    date = [] if "--date" in arguments else ["--date", TODAY]
    capsys.readouterr()
    with chdir(folder or Path.cwd()):
        code = run([*arguments, *where, *date])
    printed = capsys.readouterr()
    return subprocess.CompletedProcess(arguments, code, printed.out, printed.err)


def git(folder: Path, *arguments: str) -> str:
    """What git prints, run in a folder by somebody who has set nothing up."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=HR", "-c", "user.email=hr@example.com")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class TooMuchWork(BaseException):
    """Something computes for longer than it may; no command catches this."""


@contextmanager
def seconds_of_work(most: float) -> Iterator[None]:
    """What is done meanwhile must not compute for longer, however busy the machine is."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TooMuchWork

    handler = signal.signal(signal.SIGPROF, end)
    left, _ = signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, left)
        signal.signal(signal.SIGPROF, handler)


# Of Linux: where a thread's secure bits are set, and the one by which even root's real user has no more power
# than the thread, whom `access` asks about.
_SET_SECURE_BITS, _NO_SETUID_FIXUP = 28, 4


@contextmanager
def held_to_permissions() -> Iterator[None]:
    """Meanwhile, this thread and those it starts are held to permissions like anyone, though they be root's.

    What makes root mighty are its capabilities, which a thread can put down and take up again.
    """
    if os.geteuid():
        yield
        return
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    # Two words of each kind, one after the other: in effect, permitted, inherited.
    mighty = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, mighty) == 0
    like_anyone = (ctypes.c_uint32 * 6)(*mighty)
    like_anyone[0] = like_anyone[3] = 0
    assert libc.prctl(_SET_SECURE_BITS, _NO_SETUID_FIXUP) == 0
    assert libc.capset(header, like_anyone) == 0
    try:
        yield
    finally:
        assert libc.capset(header, mighty) == 0
        assert libc.prctl(_SET_SECURE_BITS, 0) == 0


# The same for a command that is a process of its own.
POWERLESS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()


def without(folder: Path, *libraries: str) -> dict[str, str]:
    """The environment of a process on whose machine these libraries cannot be loaded.

    The system's own loader looks into this folder first and finds files that are no libraries.
    """
    folder.mkdir()
    for library in libraries:
        (folder / library).touch()
    return {"LD_LIBRARY_PATH": str(folder)}


def with_pydyf(folder: Path, version: str) -> dict[str, str]:
    """The environment of a process that takes its pydyf, which writes PDFs, for another version."""
    metadata = f"Metadata-Version: 2.1\nName: pydyf\nVersion: {version}\n"
    write_tree(folder, {f"site/pydyf-{version}.dist-info/METADATA": metadata})
    return {"PYTHONPATH": os.pathsep.join([str(folder / "site"), str(REPOSITORY)])}


def contents(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes, to see what a command did to them."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def without_warnings(said: str) -> str:
    """What a command said on stderr besides warnings, which the smallest of workspaces is full of."""
    return re.sub(r"(?m)^\S.*: warning\[.*\n(?:[ ].*\n)*", "", said)
