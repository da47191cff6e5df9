"""The PDF renderer's own process: what happens to it never happens to the command."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from builds import computed_by
from workspaces import GUARD

from pitchgen.render.press import Paper, Press, missing_glyph, missing_resource
from pitchgen.render.process import Renderer

LETTER = "<html lang='en'><title>Letter</title><h1>Hello</h1></html>"
# Rows nested in rows take WeasyPrint exponentially long.
ENDLESS = "<html lang='en'><title>Endless</title>" + "<div style='display:flex'>" * 16 + "x"
# Prints one letter after another until it is killed, and says the renderer's process each time.
PRINTS = """
import sys
from pathlib import Path
from pitchgen.render.press import Paper, Press
press = Press()
while True:
    press.print(Paper(sys.argv[1], "", Path(sys.argv[2])))
    print(press.pid, flush=True)
"""


@pytest.fixture(autouse=True)
def fresh_renderers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each press starts its own renderer, and ends it: that is what is looked at."""
    monkeypatch.setattr("pitchgen.render.press.Renderer", Renderer)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, in which there is nothing else."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def press(temporary: Path) -> Iterator[Press]:
    with closing(Press()) as press:
        yield press


def codes(press: Press, paper: Paper) -> list[str]:
    return [problem.code for problem in press.print(paper).problems]


def test_one_letter_after_another_comes_from_one_process(press: Press, tmp_path: Path) -> None:
    first, second = press.print(Paper(LETTER, "", tmp_path)), press.print(Paper(LETTER, "", tmp_path))
    assert first.content.startswith(b"%PDF-1.7")
    assert (first.pages, first.problems) == (1, ())
    assert first == second


# Time


def test_a_page_that_never_ends_is_stopped_and_the_next_one_is_printed(press: Press, tmp_path: Path) -> None:
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
    stopped = press.print(Paper(ENDLESS, "", tmp_path, deadline=0.5))
    assert stopped.content == b""
    assert [problem.code for problem in stopped.problems] == ["too-slow"]
    assert "could not be laid out in 0.5 s of computing time" in stopped.problems[0].message
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


def test_the_time_that_a_machine_gives_to_others_does_not_count(press: Press, tmp_path: Path) -> None:
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
    with ThreadPoolExecutor() as threads, closing(Press()) as other:
        # Held by a signal, the renderer waits as it would behind another that computes for four times as long
        # as it may itself.
        os.kill(press.pid, signal.SIGSTOP)
        try:
            held = threads.submit(press.print, Paper(LETTER, "", tmp_path, deadline=0.5))
            while computed_by(other.pid) < 2:
                assert other.print(Paper(LETTER, "", tmp_path)).pages == 1
            assert not held.done()
        finally:
            os.kill(press.pid, signal.SIGCONT)
        assert held.result().pages == 1


def test_a_deadline_is_of_each_page_and_not_of_all(press: Press, tmp_path: Path) -> None:
    paper = Paper(LETTER, "", tmp_path, deadline=1)
    renderer = press.pid
    while computed_by(renderer) < 2.5:
        assert press.print(paper).pages == 1
    assert press.pid == renderer


# Ends


def test_a_renderer_killed_from_outside_costs_one_page(press: Press, tmp_path: Path) -> None:
    press.print(Paper(LETTER, "", tmp_path))
    renderer = press.pid
    before = computed_by(renderer)
    with ThreadPoolExecutor() as threads:
        printing = threads.submit(codes, press, Paper(ENDLESS, "", tmp_path))
        # By then it is in the middle of that page.
        while computed_by(renderer) < before + 0.3:
            assert not printing.done()
        os.kill(renderer, signal.SIGKILL)
        assert printing.result() == ["renderer-crashed"]
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


def test_a_renderer_killed_between_two_pages_costs_none(press: Press, tmp_path: Path) -> None:
    press.print(Paper(LETTER, "", tmp_path))
    os.kill(press.pid, signal.SIGKILL)
    os.waitid(os.P_PID, press.pid, os.WEXITED | os.WNOWAIT)
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


def test_what_weasyprint_complains_about_becomes_a_problem(press: Press, tmp_path: Path) -> None:
    page = LETTER.replace("<h1>", "<style>h1 { colour: red }</style><img src='gone.png'><h1>")
    printed = press.print(Paper(page, "", tmp_path))
    assert {problem.code: problem.severity for problem in printed.problems} == {"layout": "warning"}
    ((address, why),) = printed.unloaded
    assert address == f"{tmp_path.as_uri()}/gone.png"
    assert missing_resource(address, why).severity == "error"
    assert press.print(Paper(LETTER, "", tmp_path)).problems == ()


def test_each_character_that_no_font_has_is_told_once(press: Press, tmp_path: Path) -> None:
    page = LETTER.replace("Hello", "Hello \U0010fffd \U0010fffc \U0010fffd")
    printed = press.print(Paper(page, "", tmp_path))
    assert (printed.unshown, printed.problems) == (("\U0010fffd", "\U0010fffc"), ())
    assert "'\U0010fffd' (U+10FFFD)" in missing_glyph(printed.unshown[0]).message


def test_a_renderer_that_has_grown_makes_room_for_a_fresh_one(press: Press, tmp_path: Path) -> None:
    first = press.print(Paper(LETTER, "", tmp_path))
    grown = press.pid
    # One wide character, and each of the others takes as much room.
    assert press.print(Paper(LETTER, f"/*{'x' * 90_000_000}\U0010fffd*/", tmp_path)).pages == 1
    assert press.print(Paper(LETTER, "", tmp_path)) == first
    assert press.pid != grown


def test_how_large_the_process_is_that_starts_a_renderer_does_not_count(tmp_path: Path) -> None:
    large = b"x" * 700_000_000
    with closing(Press()) as later:
        del large
        assert later.print(Paper(LETTER, "", tmp_path)).pages == 1
        first = later.pid
        assert later.print(Paper(LETTER, "", tmp_path)).pages == 1
        assert later.pid == first


def test_a_press_that_was_stopped_prints_nothing_any_more(press: Press, tmp_path: Path) -> None:
    press.stop()
    assert codes(press, Paper(LETTER, "", tmp_path)) == ["renderer-lost"]


def test_a_renderer_that_never_begins_is_not_blamed_on_a_page(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.kill(press.pid, signal.SIGSTOP)
    with monkeypatch.context() as patch:
        patch.setattr("pitchgen.render.press.START", 0.01)
        (problem,) = press.print(Paper(LETTER, "", tmp_path)).problems
    assert problem.code == "renderer-lost"
    assert problem.message.startswith("the PDF renderer did not start: it did not answer within ")
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


# Memory


def test_a_renderer_has_none_of_the_limits_of_what_goes_on_meanwhile(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 250_000_000, hard))
    try:
        press = Press()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    with closing(press):
        assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
        assert resource.prlimit(press.pid, resource.RLIMIT_AS) == (hard, hard)


# What is left


def test_nothing_stays_in_the_folder_for_temporary_files(temporary: Path, tmp_path: Path) -> None:
    with closing(Press()) as press:
        assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
        (folder,) = [path for path in temporary.iterdir() if path.is_dir()]
        assert folder.stat().st_mode & 0o777 == 0o700
        assert press.print(Paper(ENDLESS, "", tmp_path, deadline=0.1)).pages == 0
        assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
        assert not folder.exists()
    assert list(temporary.iterdir()) == []


@pytest.fixture
def printing(temporary: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that prints one letter after another."""
    command = [sys.executable, "-c", PRINTS, LETTER, str(tmp_path)]
    env = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True) as process:
        yield process
        process.kill()


def renderer_of(process: subprocess.Popen[str]) -> int:
    """Its renderer, once that has printed a letter."""
    assert process.stdout
    return int(process.stdout.readline())


def test_a_renderer_tidies_up_when_nobody_is_left_to_ask_it(
    temporary: Path, printing: subprocess.Popen[str]
) -> None:
    descriptor = os.pidfd_open(renderer_of(printing))
    assert list(temporary.iterdir())
    printing.kill()
    ended(descriptor)
    assert list(temporary.iterdir()) == []


def test_what_both_killed_processes_leave_is_swept_by_the_next_run_and_nothing_else(
    temporary: Path, tmp_path: Path, printing: subprocess.Popen[str]
) -> None:
    renderer = renderer_of(printing)
    descriptor = os.pidfd_open(renderer)
    os.kill(renderer, signal.SIGSTOP)
    printing.kill()
    printing.wait()
    os.kill(renderer, signal.SIGKILL)
    ended(descriptor)
    left = set(temporary.iterdir())
    assert len(left) == 2
    (temporary / "pitchgen-of-somebody").mkdir()
    with closing(Press()) as living, closing(Press()):
        assert left.isdisjoint(temporary.iterdir())
        assert living.print(Paper(LETTER, "", tmp_path)).pages == 1
    assert [path.name for path in temporary.iterdir()] == ["pitchgen-of-somebody"]


def ended(descriptor: int) -> None:
    """See a process end; one that never does fails the test."""
    try:
        assert select.select([descriptor], [], [], GUARD)[0]
    finally:
        os.close(descriptor)


def test_a_renderer_ends_when_nobody_is_left_to_ask_it_even_while_it_prints(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    command = [sys.executable, "-m", "pitchgen.render.worker", str(folder)]
    request = {"html": ENDLESS, "styles": "", "root": str(tmp_path), "deadline": GUARD}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        worker.stdin.write(json.dumps(request).encode() + b"\n")
        worker.stdin.close()
        assert worker.wait(GUARD) == 0
    assert not folder.exists()
