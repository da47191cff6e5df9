"""The wheel, installed where there is no repository, does all that the repository does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from workspaces import GUARD, REPOSITORY, TODAY

from pitchgen import __version__
from pitchgen.starter.files import data_files, schema_files, starter_files


@dataclass(frozen=True)
class Installed:
    """A virtual environment that has pitchgen from the wheel, and an empty folder to work in."""

    wheel: Path
    venv: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the folder, without a trace of this repository."""
        return subprocess.run(
            [self.venv / "bin" / program, *arguments],
            cwd=self.folder,
            env=bare_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def bare_environment() -> dict[str, str]:
    """What a program is started with that is to know nothing of this repository."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "COVERAGE"))}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    venv = folder / "venv"
    do(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY)
    (wheel,) = folder.glob("*.whl")
    do(sys.executable, "-m", "venv", "--without-pip", venv)
    # Dependencies are taken from here instead of being downloaded again. Being in a .pth, the folder's own
    # .pth files, of which one leads to this repository, are not heeded.
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    do(sys.executable, "-m", "pip", "--python", venv / "bin/python", "install", "--quiet", "--no-deps", wheel)
    (folder / "empty").mkdir()
    return Installed(wheel, venv, folder / "empty")


def do(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_imported_is_the_wheel_and_nothing_of_the_repository(installed: Installed) -> None:
    asked = (
        "import pitchgen, pitchgen.shipped as s, pitchgen.starter.files as f;"
        "print(pitchgen.__file__, s.TEMPLATES, f.starter_files()[0][1])"
    )
    done = installed.run("python", "-c", asked)
    assert (done.returncode, done.stderr) == (0, "")
    paths = [Path(path) for path in done.stdout.split()]
    assert len(paths) == 3
    assert all(path.is_relative_to(installed.venv) for path in paths), paths
    assert all(path.exists() for path in paths)


def test_the_wheel_carries_every_module_template_schema_and_starter_file(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = [
        path
        for path in (REPOSITORY / "pitchgen").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    expected = {path.relative_to(REPOSITORY).as_posix() for path in package}
    expected |= {f"pitchgen/shipped/{name}" for name, _ in starter_files() + data_files() + schema_files()}
    templates = [path for path in (REPOSITORY / "templates").rglob("*") if path.is_file()]
    expected |= {f"pitchgen/shipped/{path.relative_to(REPOSITORY).as_posix()}" for path in templates}
    assert len(templates) >= 7
    assert len(schema_files()) == 7
    assert names == expected


def test_the_page_is_served_from_the_wheel_until_ctrl_c(installed: Installed) -> None:
    assert installed.run("pitchgen", "init", "served").returncode == 0
    command = [
        str(installed.venv / "bin/pitchgen"),
        "serve",
        "--no-browser",
        "-w",
        str(installed.folder / "served"),
    ]
    with subprocess.Popen(command, env=bare_environment(), stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout
        address = urlsplit(served.stdout.readline().strip())
        connection = HTTPConnection(address.netloc, timeout=GUARD)
        connection.request("GET", f"/?{address.query}")
        let_in = connection.getresponse()
        let_in.read()
        cookie = {"Cookie": let_in.headers["set-cookie"].partition(";")[0]}

        def answers(path: str, holds: bytes) -> tuple[int, bool]:
            connection.request("GET", path, headers=cookie)
            answer = connection.getresponse()
            return answer.status, holds in answer.read()

        assert answers("/", b"Aino Virtasalmi") == (200, True)
        assert answers("/static/live.js", b"fetch") == (200, True)
        assert answers("/look.css", b"--ink") == (200, True)
        assert answers("/static/editor.js", b"Permission is hereby granted") == (200, True)
        assert answers("/keep/text/company.yaml", b"/static/editor.js") == (200, True)
        # As from a clone in which nobody has built it.
        next(installed.venv.glob("lib/python*/site-packages/pitchgen/web/static/editor.js")).unlink()
        assert answers("/keep/text/company.yaml", b"/static/editor.js") == (200, False)
        # With the connection still open, as a browser keeps it.
        served.send_signal(signal.SIGINT)
        assert served.wait(GUARD) == 130
        connection.close()


def test_the_wheel_has_no_personal_paths_and_a_license(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        metadata = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" in name}
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert any(name.endswith("LICENSE") for name in metadata)
    assert f"Version: {__version__}\n".encode() in b"".join(metadata.values())
    assert str(REPOSITORY).encode() not in everything


def test_init_check_and_pitch_work_outside_the_repository(installed: Installed) -> None:
    version = installed.run("pitchgen", "--version")
    assert (version.returncode, version.stdout) == (0, f"pitchgen {__version__}\n")

    init = installed.run("pitchgen", "init", "firma")
    assert init.returncode == 0, init.stderr
    assert "firma/company.yaml" in init.stdout.splitlines()

    check = installed.run("pitchgen", "check", "-w", "firma", "--strict", "--date", TODAY)
    assert (check.returncode, check.stdout, check.stderr) == (0, "", "all is well\n")

    pitch = installed.run("pitchgen", "pitch", "-w", "firma", "-o", "letters", "--date", TODAY)
    assert (pitch.returncode, pitch.stderr) == (0, "")
    made = [installed.folder / line for line in pitch.stdout.splitlines()]
    assert len(made) == 6
    assert {path.suffix for path in made} == {".pdf", ".html"}
    for path in made:
        start = b"%PDF-1.7" if path.suffix == ".pdf" else b"<!DOCTYPE html>"
        assert path.read_bytes().startswith(start)


def test_a_bare_workspace_works_outside_the_repository_too(installed: Installed) -> None:
    for language in ("fi", "en", "sv"):
        init = installed.run("pitchgen", "init", f"bare-{language}", "--bare", "--language", language)
        assert init.returncode == 0, init.stderr
        check = installed.run("pitchgen", "check", "-q", "-w", f"bare-{language}")
        assert (check.returncode, check.stdout, check.stderr) == (0, "", "")
