"""What all commands share: where their options stand, how they end, and that they can be interrupted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import GUARD, TODAY, pitchgen, small

from pitchgen.cli import COMMANDS
from pitchgen.documents.catalogue import KINDS

LETTER = ("pitch", "aino", "--format", "html", "-o", "-")
# What is seen of each common option: in the answer, or in what is said beside it.
COMMON = {
    "-w": (("-w", "yritys"), "<h1", "hires/aino.yaml:1:7: warning["),
    "--date": (("--date", "2027-05-01"), "1.\N{NO-BREAK SPACE}toukokuuta 2027", ""),
    "-q": (("-q",), "", None),
    "-v": (("-v",), "", "workspace: "),
}
# Each command that needs a workspace, with the least that it must be told.
IN_A_WORKSPACE = {
    "new": ("new", "persona", "x"),
    "rename": ("rename", "role", "asiantuntija", "neuvoja"),
    "affected": ("affected", "company.yaml"),
    "clean": ("clean", "aino"),
    "templates": ("templates", "list"),
    **{name: (name,) for name in ("build", "check", "measure", "personas", "roles", "schema", *KINDS)},
}
# Where a command is when it is interrupted: it has just begun to import this.
STAGES = (
    "pitchgen.cli",
    "click",
    "pydantic",
    "yaml",
    "babel",
    "jinja2",
    "markdown_it",
    "pitchgen.studio.studio",
)
# Interrupts the process when it begins to import a module, and may have a library make an error of that.
INTERRUPTED = """
import os, runpy, signal, sys
name, swallow = sys.argv.pop(1), sys.argv.pop(1)

class Finder:
    def find_spec(self, wanted, path=None, target=None):
        if wanted == name:
            sys.meta_path.remove(self)
            try:
                os.kill(os.getpid(), signal.SIGINT)
                for _ in range(10**6): pass
                print("reached", name, file=sys.stderr)
            except KeyboardInterrupt:
                if swallow == "wrapped":
                    raise ImportError("half loaded")
                raise

sys.meta_path.insert(0, Finder())
runpy.run_module("pitchgen", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("option", COMMON)
def test_common_options_may_stand_before_a_command_or_anywhere_behind_it(tmp_path: Path, option: str) -> None:
    root = small(tmp_path / "yritys")
    words, answer, beside = COMMON[option]
    folder = tmp_path if option == "-w" else root
    for arguments in ((*words, *LETTER), (*LETTER, *words), (*LETTER[:2], *words, *LETTER[2:])):
        done = pitchgen(*arguments, workspace=folder)
        assert done.returncode == 0, done.stderr
        assert answer in done.stdout
        assert (beside in done.stderr) if beside is not None else done.stderr == ""


def test_what_stands_behind_a_command_counts_before_what_stands_in_front(tmp_path: Path) -> None:
    root = small(tmp_path / "yritys")
    done = pitchgen("-w", "nowhere", *LETTER, "-w", "yritys", workspace=tmp_path)
    assert done.returncode == 0, done.stderr
    assert pitchgen("-w", "yritys", *LETTER, "-w", "nowhere", workspace=tmp_path).returncode == 2
    late = pitchgen("--date", "2027-05-01", *LETTER, "--date", TODAY, workspace=root)
    assert "21.\N{NO-BREAK SPACE}marraskuuta 2026" in late.stdout
    assert "2027" not in late.stdout


@pytest.mark.parametrize("name", IN_A_WORKSPACE)
def test_every_command_heeds_the_workspace_in_front_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "other").mkdir()
    done = pitchgen("-w", "other", *IN_A_WORKSPACE[name], workspace=small(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"pitchgen: there is no company.yaml in {tmp_path / 'other'}\n")


def test_every_command_is_tried_that_needs_a_workspace_and_ends() -> None:
    assert {*COMMANDS, *KINDS} - {*IN_A_WORKSPACE} == {"init", "doctor", "watch", "serve"}


def test_help_names_every_command_and_says_the_same_of_it_as_its_own() -> None:
    said = pitchgen("--help").stdout.partition("Commands:")[2]
    names = [line.split()[0] for line in said.splitlines() if line[2:3].strip()]
    assert sorted(names) == sorted([*COMMANDS, *KINDS])
    assert names[names.index("clean") + 1 :][: len(KINDS)] == [*KINDS]
    told = " ".join(said.split())
    for name, summary in {**COMMANDS, **{name: kind.summary for name, kind in KINDS.items()}}.items():
        assert f"{name} {summary}" in told
    for name, kind in KINDS.items():
        own = pitchgen(name, "-h")
        assert own.returncode == 0
        assert " ".join(f"{kind.summary} {kind.about}".split()) in " ".join(own.stdout.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("chekc",), "check"),
        (("playbok",), "playbook"),
        (("new", "persoona", "x"), "persona"),
        (("templates", "lst"), "list"),
        (("check", "--strit"), "--strict"),
        (("--quit", "check"), "--quiet"),
        (("new", "role", "x", "--serve", "y"), "--serves"),
    ],
)
def test_a_slip_in_a_command_or_an_option_gets_a_suggestion(typed: tuple[str, ...], meant: str) -> None:
    done = pitchgen(*typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f". Did you mean '{meant}'?\n")


def test_what_is_like_no_command_gets_none() -> None:
    assert pitchgen("zzz").stderr.endswith("No such command 'zzz'.\n")


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.of != "company"])
def test_with_nobody_to_make_a_document_of_that_is_said(tmp_path: Path, name: str) -> None:
    root = small(tmp_path)
    (root / "hires/aino.yaml").unlink()
    (root / "roles/asiantuntija.yaml").unlink()
    (root / "personas/varmistelija.yaml").unlink()
    done = pitchgen(name, workspace=root)
    folder = f"{KINDS[name].of}s"
    assert (done.returncode, done.stdout) == (1, "")
    said = (
        f"{folder}: error[nothing-to-make]: there is nothing to make this of: {folder}/ has no .yaml file\n"
    )
    assert said in done.stderr
    assert f"write {folder}/<" in done.stderr
    assert not (root / "out").exists()


def test_a_list_that_lies_in_hires_is_named_with_the_command_for_it(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "hires/aino.yaml").rename(root / "hires/summer.csv")
    done = pitchgen("pitch", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "for a list: `pitchgen build --hires hires/summer.csv`" in done.stderr


@pytest.mark.parametrize("swallow", ["kept", "wrapped"])
@pytest.mark.parametrize("name", STAGES)
def test_an_interrupt_in_the_middle_of_an_import_is_one(tmp_path: Path, name: str, swallow: str) -> None:
    # What it is wrapped in by whoever does not expect it is no bug of pitchgen.
    done = interrupted(tmp_path, name, swallow, "--default-signal=INT")
    assert (done.returncode, done.stdout) == (130, "")
    # Click ends the line on which a terminal shows ^C.
    assert done.stderr.lstrip("\n") == "interrupted\n"


@pytest.mark.parametrize("name", ["pitchgen.cli", "babel"])
def test_whoever_has_interrupts_ignored_goes_on_having_that(tmp_path: Path, name: str) -> None:
    done = interrupted(tmp_path, name, "kept", "--ignore-signal=INT")
    assert done.returncode == 0
    assert done.stdout.startswith("# ")
    assert f"reached {name}\n" in done.stderr
    assert "interrupted" not in done.stderr


def interrupted(tmp_path: Path, name: str, swallow: str, signals: str) -> subprocess.CompletedProcess[str]:
    """`pitch` as a process that is interrupted, once, while it imports that module."""
    root = small(tmp_path)
    command = [sys.executable, "-c", INTERRUPTED, name, swallow, "pitch", "aino", "--format", "md", "-o", "-"]
    return subprocess.run(
        ["env", signals, *command], cwd=root, capture_output=True, text=True, check=False, timeout=GUARD
    )
