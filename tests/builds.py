"""Builds for tests: a small intake, and `pitchgen build` as a process that is held and looked into."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from workspaces import COMPANY, GUARD, HIRE, PERSONA, ROLE, TODAY, pitchgen, write_tree

Result = subprocess.CompletedProcess[str]

# Seconds between two looks at a process that is to be caught in the middle.
LOOK = 0.004
# Three people in two roles and two languages, one of whom has a manager.
INTAKE: Mapping[str, str] = {
    "company.yaml": COMPANY,
    "personas/varmistelija.yaml": PERSONA,
    "personas/pikainen.yaml": PERSONA.replace("Varmistelija", "Pikainen"),
    "roles/asiantuntija.yaml": ROLE,
    "roles/neuvoja.yaml": ROLE.replace("[varmistelija]", "[pikainen]").replace("joka", "heti joka"),
    "managers/marjut.yaml": "name: Marjut Laine\n",
    "hires/aino.yaml": HIRE,
    "hires/bo.yaml": "name: Bo Ek\nrole: asiantuntija\nlanguage: sv\n",
    "hires/cia.yaml": "name: Cia Holm\nrole: neuvoja\nmanager: marjut\n",
}
PAGES = ("--format", "html")
# The environment of a process that hashes texts differently, so that what it makes shows whether their hashes
# count: what was built there must be up to date here.
ELSEWHERE = {"PYTHONHASHSEED": "1"}
HIRES = ["aino", "bo", "cia"]
OF_HIRES = [
    *("aino-manager-sheet-fi", "aino-pitch-fi", "bo-manager-sheet-sv", "bo-pitch-sv"),
    *("cia-manager-sheet-fi", "cia-pitch-fi"),
]
OF_ROLES = [
    *("asiantuntija-playbook-fi", "asiantuntija-playbook-sv", "asiantuntija-role-card-fi"),
    *("asiantuntija-role-card-sv", "neuvoja-playbook-fi", "neuvoja-role-card-fi"),
]
OF_PERSONAS = ["pikainen-persona-card-fi", "varmistelija-persona-card-fi", "varmistelija-persona-card-sv"]
OF_MANAGERS = ["marjut-team-page-fi"]
ALL = sorted([*OF_HIRES, *OF_ROLES, *OF_PERSONAS, *OF_MANAGERS])
# Rows nested in rows take the renderer as good as for ever.
_ENDLESS = '<div style="display:flex">' * 24 + "x" + "</div>" * 24
SPINS_FOR_BO = (
    '{% extends "base.html" %}{% block body %}<main><h1>{{ heading }}</h1>{{ body }}'
    f'{{% if "Bo" in subtitle %}}{_ENDLESS}{{% endif %}}</main>{{% endblock %}}\n'
)


def build(
    root: Path, *arguments: str, before: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> Result:
    """`pitchgen build` in a workspace, to its end; see `pitchgen` for when that is a process of its own."""
    # Dask would leave its threads in this process.
    guard = GUARD if "--dask" in arguments else None
    return pitchgen("build", *arguments, workspace=root, before=before, env=env, timeout=guard)


def intake(root: Path, changes: Mapping[str, str | bytes] | None = None) -> Path:
    """The workspace of an intake, with some of its files replaced or added."""
    return write_tree(root, {**INTAKE, **(changes or {})})


def documents(folder: Path) -> dict[str, bytes]:
    """The documents of a folder with their bytes; what begins with a dot is pitchgen's own."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("[!.]*")) if path.is_file()}


def listed(result: Result) -> list[str]:
    """The names of the files that a build says it has written, in the order of the alphabet."""
    return sorted(Path(line).name for line in result.stdout.splitlines())


class Building:
    """A build that is going on, in a session of its own: it can be caught, held, and looked into."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process = process
        self.folder = folder

    def when(self, happened: Callable[[], object]) -> None:
        """Wait until this has happened, which must be before the build ends."""
        while not happened():
            assert not self.ended_within(LOOK), self.result()

    def when_there_are(self, number: int) -> None:
        """Wait until there are so many documents."""
        self.when(lambda: len(documents(self.folder)) >= number)

    def ended_within(self, seconds: float) -> bool:
        """Give the build some time; whether it has ended by then."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile, the command does nothing."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def renderers(self) -> list[int]:
        """The processes that the command has started and that are still there."""
        return [pid for pid in _session(self.process.pid) if pid != self.process.pid]

    def result(self) -> Result:
        """How it ended; nothing that it started may live on."""
        out, err = self.process.communicate(timeout=GUARD)
        for pid in self.renderers():
            _see_end(pid)
        return Result(self.process.args, self.process.returncode, out, err)


@contextmanager
def building(
    root: Path, *arguments: str, before: Sequence[str] = (), folder: str = "out"
) -> Iterator[Building]:
    """`pitchgen build` in a workspace, going on."""
    # A shell that runs tests in the background has them ignore interrupts.
    heeding = ("env", "--default-signal=INT")
    command = [*heeding, *before, sys.executable, "-m", "pitchgen", "build", "--date", TODAY, "-o", folder]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield Building(process, root / folder)
    finally:
        process.kill()
        process.communicate()


def _session(leader: int) -> list[int]:
    """The processes of a session, also of one whose leader is gone."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            # What is in brackets is the program's name, which may hold anything.
            state, _, _, session = (path / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.name))
    return found


def computed_by(pid: int) -> float:
    """The seconds that a process has computed."""
    user, system = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _see_end(pid: int) -> None:
    """Wait until a process has ended; one that never does fails the test."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([descriptor], [], [], GUARD)[0], "a renderer outlives the command"
    finally:
        os.close(descriptor)


def pages(stems: list[str]) -> list[str]:
    return sorted(f"{stem}.html" for stem in stems)


def made(result: Result) -> list[str]:
    """The stems of the pages that a build has made, which was all well."""
    assert result.returncode == 0, result.stderr
    return [name.removesuffix(".html") for name in listed(result)]
