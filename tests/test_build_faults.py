"""Builds that are killed, starved or interrupted: nothing is half made, and the next build makes the rest."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import disks
import pytest
from builds import (
    ELSEWHERE,
    SPINS_FOR_BO,
    Building,
    build,
    building,
    computed_by,
    documents,
    intake,
    listed,
)
from workspaces import GUARD, POWERLESS, pitchgen

DICE = random.Random(20261121)
PITCHES = ("--documents", "pitch")
# Formats, and when the kill comes: at so many documents, or after such a share of the time a build takes.
MOMENTS = [
    *(("pdf,html", count) for count in range(1, 5)),
    *(("pdf,html", round(DICE.uniform(0.2, 1), 3)) for _ in range(4)),
    *(("html,txt", count) for count in range(1, 5)),
    *(("html,txt", round(DICE.uniform(0.2, 1), 3)) for _ in range(8)),
]
# Two role cards of a page fit, a pitch after them does not.
DISK, LARGEST = 300_000, 122_000


class Undisturbed(NamedTuple):
    """The documents of a build that nobody disturbs, and the seconds it takes."""

    documents: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Undisturbed]:
    """The pitches of three people, by the formats they are made in."""
    root, found = intake(tmp_path_factory.mktemp("undisturbed")), {}
    for formats in ("pdf,html", "html,txt"):
        began = monotonic()
        done = build(root, *PITCHES, "--format", formats, "-o", formats, env=ELSEWHERE)
        assert (done.returncode, len(listed(done))) == (0, 6)
        found[formats] = Undisturbed(documents(root / formats), monotonic() - began)
    return found


@pytest.mark.parametrize(("formats", "moment"), MOMENTS)
def test_a_kill_at_any_moment_leaves_only_whole_documents(
    tmp_path: Path, undisturbed: dict[str, Undisturbed], formats: str, moment: float
) -> None:
    whole, seconds = undisturbed[formats]
    root, options = intake(tmp_path), (*PITCHES, "--format", formats)
    with building(root, *options) as run:
        if isinstance(moment, int):
            run.when_there_are(moment)
        else:
            run.ended_within(moment * seconds)
        run.process.kill()
        run.result()
    left = documents(root / "out")
    assert left.items() <= whole.items()
    done = build(root, *options)
    assert done.returncode == 0, done.stderr
    # At most one had been written and not yet noted.
    again = set(listed(done)) - (set(whole) - set(left))
    assert set(listed(done)) >= set(whole) - set(left)
    assert len(again) <= 1
    assert documents(root / "out") == whole


# The disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, tuple[str, ...], Callable[[], object]]]:
    """A folder that takes little, what to put before a command so that it does, and what makes it large.

    A small disk where one may be mounted, else a limit on the size of a file.
    """
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o700)
    grow = ["mount", "-o", "remount,size=10M", str(folder)]
    with disks.small_disk(folder, DISK) as mounted:
        if mounted:
            yield folder, (), lambda: subprocess.run(grow, check=True)
        else:
            yield folder, ("prlimit", f"--fsize={LARGEST}"), lambda: None


def test_a_full_disk_keeps_what_was_whole(
    tmp_path: Path, small_disk: tuple[Path, tuple[str, ...], Callable[[], object]]
) -> None:
    disk, limit, grow = small_disk
    root = intake(tmp_path / "yritys")
    options = ("--documents", "role-card,pitch", "--format", "html")
    assert build(root, *options).returncode == 0
    whole = documents(root / "out")
    full = build(root, *options, "-q", "-o", str(disk), before=limit)
    assert full.returncode == 4
    assert re.fullmatch(
        r"pitchgen: cannot write \S+: (no space left on device|file too large)\n", full.stderr
    )
    left = documents(disk)
    assert left
    assert left.items() < whole.items()
    assert listed(full) == sorted(left)
    assert {path.name for path in disk.iterdir()} - set(left) <= {".pitchgen.jsonl", ".pitchgen.lock"}
    grow()
    assert build(root, *options, "-q", "-o", str(disk)).returncode == 0
    assert documents(disk) == whole


def on_a_disk_of(size: str, folder: Path) -> tuple[str, ...]:
    """What to put before a command so that `folder` is such a disk for it, and for nobody else."""
    mount = f'mount -t tmpfs -o size={size} pitchgen-test {folder} && exec "$@"'
    return "unshare", "--mount", "sh", "-c", mount, "sh"


@pytest.mark.parametrize("command", ["pitch", "build"])
def test_a_full_folder_for_temporary_files_is_said(tmp_path: Path, command: str) -> None:
    small = tmp_path / "small"
    small.mkdir()
    before = on_a_disk_of("1M", small)
    if subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    root = intake(tmp_path / "yritys")
    full = pitchgen(
        command, "--format", "pdf", "-q", workspace=root, before=before, env={"TMPDIR": str(small)}
    )
    assert (full.returncode, full.stdout) == (4, "")
    said = f"error[disk-full]: the disk is full: {small}, the folder for temporary files\n"
    assert full.stderr.startswith(said)
    assert full.stderr.count("disk-full") == 1
    assert "Traceback" not in full.stderr


@pytest.mark.parametrize("megabytes", [38, 45, 60, 80, 90, 110, 130])
def test_little_memory_is_said_in_words(tmp_path: Path, megabytes: int) -> None:
    root, limit = intake(tmp_path), ("prlimit", f"--as={megabytes * 10**6}")
    done = pitchgen("pitch", "aino", "--format", "pdf", "-q", workspace=root, before=limit)
    assert done.returncode in (1, 4)
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr


def lock(folder: Path) -> None:
    folder.chmod(0o500)


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def put_a_file_there(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("oma\n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lock, "permission denied"),
        (remove, "no such file or directory"),
        (put_a_file_there, "not a directory"),
    ],
)
def test_a_folder_that_is_spoilt_half_way_ends_the_build(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    root = intake(tmp_path)
    with building(root, *PITCHES, "-q", before=POWERLESS) as run:
        run.when_there_are(2)
        with run.held():
            half = documents(run.folder)
            spoil(run.folder)
        done = run.result()
    assert done.returncode == 4
    assert re.fullmatch(rf"pitchgen: cannot write out/\S+: {said}\n", done.stderr)
    if spoil is lock:
        assert documents(run.folder) == half
        run.folder.chmod(0o700)
    elif spoil is put_a_file_there:
        assert run.folder.read_text() == "oma\n"
        for also in ((), ("--dry-run",)):
            refused = build(root, "-q", *PITCHES, *also)
            assert (refused.returncode, refused.stdout) == (4, "")
            assert refused.stderr == "pitchgen: cannot write out: file exists\n"
        run.folder.unlink()
    assert build(root, *PITCHES, "-q").returncode == 0
    assert len(documents(root / "out")) == 6


# The renderers


def test_a_page_that_never_ends_is_given_up_and_the_others_are_made(tmp_path: Path) -> None:
    root = intake(tmp_path, {"templates/pitch.html": SPINS_FOR_BO})
    with building(root, *PITCHES, "--format", "pdf", "--deadline", "3") as run:
        done = run.result()
    assert (done.returncode, listed(done)) == (3, ["aino-pitch-fi.pdf", "cia-pitch-fi.pdf"])
    assert (
        "\nerror[too-slow]: the pitch in 'sv': the page could not be laid out in 3 s of computing time\n"
        in done.stderr
    )
    assert "pitchgen: the pitch of 'bo' in 'sv' was not written as pdf" in done.stderr
    # Once it is mended, that one is made, and the two that another template made.
    (root / "templates/pitch.html").unlink()
    assert build(root, *PITCHES, "--format", "pdf").returncode == 0
    assert len(documents(root / "out")) == 3


def test_a_renderer_that_is_killed_costs_one_page_and_the_others_are_made(tmp_path: Path) -> None:
    root = intake(tmp_path, {"templates/pitch.html": SPINS_FOR_BO})
    with building(root, *PITCHES, "--jobs", "1", "--deadline", "3600") as run:
        run.when((run.folder / "aino-pitch-fi.pdf").exists)
        (renderer,) = run.renderers()
        # Only the page that never ends takes so long.
        begun = computed_by(renderer)
        run.when(lambda: computed_by(renderer) > begun + 1)
        os.kill(renderer, signal.SIGKILL)
        done = run.result()
    assert done.returncode == 3
    assert set(documents(root / "out")) == {
        *("aino-pitch-fi.html", "aino-pitch-fi.pdf", "bo-pitch-sv.html"),
        *("cia-pitch-fi.html", "cia-pitch-fi.pdf"),
    }
    said = "\nerror[renderer-crashed]: the pitch in 'sv': the PDF renderer broke down on this page\n"
    assert said in done.stderr
    assert "hires/bo.yaml: error" not in done.stderr


@pytest.mark.parametrize(
    "words", ["{{ nobody.else }}", "{% for _ in range(10 ** 9) %}{% endfor %}", "{% if %}"]
)
def test_a_template_that_fails_for_one_person_costs_their_document_only(tmp_path: Path, words: str) -> None:
    # What cannot be read at all must not be read for the others.
    layout = "{% if 'Bo' in subtitle %}{% include 'bo.html' %}{% endif %}<h1>{{ heading }}</h1>"
    root = intake(tmp_path, {"templates/pitch.html": layout, "templates/bo.html": words})
    done = build(root, *PITCHES, "--format", "pdf,html,txt")
    assert done.returncode == 3
    formats = {"aino": ("html", "pdf", "txt"), "bo": ("txt",), "cia": ("html", "pdf", "txt")}
    languages = {"aino": "fi", "bo": "sv", "cia": "fi"}
    assert listed(done) == [
        f"{who}-pitch-{languages[who]}.{each}" for who in formats for each in formats[who]
    ]
    assert "error[template]" in done.stderr
    assert "Traceback" not in done.stderr


# Ctrl-C


def to_the_command(run: Building) -> None:
    run.process.send_signal(signal.SIGINT)


def to_all(run: Building) -> None:
    os.killpg(run.process.pid, signal.SIGINT)


@pytest.mark.parametrize("interrupt", [to_the_command, to_all])
def test_an_interrupt_ends_the_build_and_its_renderers(
    tmp_path: Path, undisturbed: dict[str, Undisturbed], interrupt: Callable[[Building], None]
) -> None:
    root = intake(tmp_path, {"templates/pitch.html": SPINS_FOR_BO})
    # Nothing but the interrupt ends this page before the guard does.
    with building(root, *PITCHES, "--deadline", str(10 * GUARD)) as run:
        run.when_there_are(5)
        assert run.renderers()
        interrupt(run)
        done = run.result()
        assert run.renderers() == []
    assert done.returncode == 130
    assert done.stderr.endswith("interrupted\n")
    assert "Traceback" not in done.stderr
    assert len(listed(done)) == 5
    (root / "templates/pitch.html").unlink()
    assert build(root, *PITCHES).returncode == 0
    assert documents(root / "out") == undisturbed["pdf,html"].documents
