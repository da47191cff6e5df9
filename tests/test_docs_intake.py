"""The pages on an intake and on data protection are followed word for word, from an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from zipfile import ZipFile

from test_docs import Capture, follow
from workspaces import REPOSITORY, SHIPPED, pitchgen_here

from pitchgen.load.table import Row, Table
from pitchgen.workspace.columns import Usual, fields, find_columns

INTAKE = (REPOSITORY / "docs" / "intake.md").read_text(encoding="utf-8")
DATA_PROTECTION = (REPOSITORY / "docs" / "data-protection.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(csv|console|diff)\n(.*?)^```", re.DOTALL | re.MULTILINE)
PROGRESS = re.compile(r"\d+ of \d+.*")
PORT = "8786"


def test_the_pages_on_an_intake_and_its_data_work_step_by_step(tmp_path: Path, capsys: Capture) -> None:
    with ExitStack() as servers:
        reader = Reader(tmp_path, servers, capsys)
        reader.follow(INTAKE)
        made = reader.folder / "out/summer"
        with ZipFile(made / "4103-welcome-sv.zip") as packed:
            files = {name: packed.read(name) for name in packed.namelist()}
        assert files.pop("Kalender.ics").startswith(b"BEGIN:VCALENDAR")
        kinds = ("4103-pitch", "palveluasiantuntija-role-card", "palveluasiantuntija-playbook")
        assert {*files.values()} == {(made / f"{kind}-sv.pdf").read_bytes() for kind in kinds}
        assert b"To: =?utf-8?" in (made / "4103-welcome-sv.eml").read_bytes()
        before, _, after = DATA_PROTECTION.partition("## Forgetting a season")
        reader.follow(before)
        expect_what_the_page_says_of_files(reader.folder)
        reader.follow(after)
    assert not made.exists()


def expect_what_the_page_says_of_files(root: Path) -> None:
    """Only the owner can read what is personal; no name stands where the page says that none does."""
    out = [root / "out", *(root / "out").rglob("*")]
    modes = {path: path.stat().st_mode & 0o777 for path in (*out, root / "hires")}
    assert [str(path) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)] == []
    manifest = (root / "out/summer/.pitchgen.jsonl").read_text(encoding="utf-8")
    report = (root / "out/report.json").read_text(encoding="utf-8")
    for name in ("Linnéa", "Bergström", "Hosseini"):
        assert name in (root / "hires/summer.csv").read_text(encoding="utf-8")
        for text in (manifest, report, *map(str, out)):
            assert name.casefold() not in text.casefold()
    assert (root / "out/summer/.pitchgen.lock").read_bytes() == b""
    ignored = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"hires/", "out/"} <= set(ignored)
    assert "managers/" not in ignored


class Reader:
    """Somebody who does what a page says, in a folder of their own, and compares what they see."""

    def __init__(self, folder: Path, servers: ExitStack, capsys: Capture) -> None:
        self.folder = folder
        self.servers = servers
        self.capsys = capsys
        self.code = 0
        self.port = free_port()

    def follow(self, page: str) -> None:
        """Do what each block says; a line of `…` stands for lines that are not shown."""
        for kind, block in BLOCK.findall(page):
            if kind == "csv":
                (self.folder / "hires/summer.csv").write_text(block, encoding="utf-8")
            elif kind == "diff":
                follow(kind, block, self.folder, self.capsys)
            else:
                for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                    self.type(command.replace(PORT, self.port), shown.replace(PORT, self.port).splitlines())

    def type(self, command: str, shown: list[str]) -> None:
        """Type a command, and see what the page shows."""
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
        elif command.startswith("dask "):
            self.servers.enter_context(server(command, shown[0], self.folder))
        else:
            said = self.here(command) if self.is_quick(command) else self.shell(command)
            seen = sorted(line for line in said.splitlines() if not PROGRESS.fullmatch(line))
            expected = sorted(line for line in shown if line != "…")
            if "…" in shown:
                seen = [line for line in seen if line in expected]
            assert seen == expected, f"{command}\n{said}"
            assert bool(self.code) == any("error[" in line for line in shown), command

    def is_quick(self, command: str) -> bool:
        """Whether a command needs no shell, and leaves nothing behind in the process that runs it."""
        return command.startswith("pitchgen ") and "--dask" not in command

    def here(self, command: str) -> str:
        """What a command prints inside this process."""
        done = pitchgen_here(self.capsys, *shlex.split(command)[1:], folder=self.folder)
        self.code = done.returncode
        return done.stdout + done.stderr

    def shell(self, command: str) -> str:
        """What a shell prints, which knows how the command before ended."""
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.code}); {command}"],
            cwd=self.folder,
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
            text=True,
        )
        self.code = done.returncode
        return done.stdout + done.stderr


ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@contextmanager
def server(command: str, ready: str, folder: Path) -> Iterator[None]:
    """Run a command for as long as it is needed, once it has said the line that the page shows of it."""
    line = re.compile(r"\s*".join(map(re.escape, re.split(r"\s*…\s*", ready))))
    with subprocess.Popen(
        shlex.split(command),
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        try:
            assert any(line.search(said) for said in process.stderr), f"{command} never said {ready!r}"
            yield
        finally:
            process.terminate()
            process.stderr.read()


def free_port() -> str:
    """A port of this machine that nobody uses yet."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def test_the_page_on_an_intake_names_every_field_of_a_list_and_only_headings_that_are_known() -> None:
    table = INTAKE.partition("## The columns of a list")[2]
    rows = re.findall(r"^\| (`.*?`) \| (.*?) \| (.*) \|$", table, re.MULTILINE)
    assert set(re.findall(r"`([\w.]+)`", "".join(first + third for first, _, third in rows))) >= set(fields())
    for first, headings, _ in rows:
        for heading in re.split("[,;] ", headings):
            found = find_columns(Table("list.csv", Row(1, (heading,)), ()), {}, Usual(SHIPPED.folders, "fi"))
            assert set(found.by_field) & set(re.findall(r"[\w.]+", first)), heading


def test_the_pages_name_only_options_that_there_are(capsys: Capture) -> None:
    known = "".join(pitchgen_here(capsys, command, "--help").stdout for command in ("build", "pitch"))
    named = set(re.findall(r"`(--[a-z-]+)", INTAKE + DATA_PROTECTION))
    assert named
    assert sorted(option for option in named if not re.search(rf"{option}\b(?!-)", known)) == []
