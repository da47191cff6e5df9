"""The PDF renderer's own process: what happens to it never happens to the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from workspaces import GUARD

from pitchgen.render.press import Paper, Press

LETTER = "<html lang='en'><title>Letter</title><h1>Hello</h1></html>"
# Rows nested in rows take WeasyPrint exponentially long.
ENDLESS = "<html lang='en'><title>Endless</title>" + "<div style='display:flex'>" * 16 + "x"


@pytest.fixture
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def test_one_letter_after_another_comes_from_one_process(press: Press, tmp_path: Path) -> None:
    first, second = press.print(Paper(LETTER, "", tmp_path)), press.print(Paper(LETTER, "", tmp_path))
    assert first.content.startswith(b"%PDF-1.7")
    assert (first.pages, first.problems) == (1, ())
    assert first == second


def test_a_page_that_never_ends_is_stopped_and_the_next_one_is_printed(press: Press, tmp_path: Path) -> None:
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1
    stopped = press.print(Paper(ENDLESS, "", tmp_path, deadline=2))
    assert stopped.content == b""
    assert [problem.code for problem in stopped.problems] == ["too-slow"]
    assert "2 s" in stopped.problems[0].message
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


def test_a_renderer_killed_from_outside_costs_one_page(press: Press, tmp_path: Path) -> None:
    press.print(Paper(LETTER, "", tmp_path))
    os.kill(press.pid, signal.SIGSTOP)
    os.kill(press.pid, signal.SIGKILL)
    lost = press.print(Paper(LETTER, "", tmp_path))
    assert [problem.code for problem in lost.problems] in ([], ["renderer-crashed"])
    assert press.print(Paper(LETTER, "", tmp_path)).pages == 1


def test_what_weasyprint_complains_about_becomes_a_problem(press: Press, tmp_path: Path) -> None:
    page = LETTER.replace("<h1>", "<style>h1 { colour: red }</style><img src='gone.png'><h1>")
    codes = {problem.code: problem.severity for problem in press.print(Paper(page, "", tmp_path)).problems}
    assert codes == {"layout": "warning", "missing-resource": "error"}
    assert press.print(Paper(LETTER, "", tmp_path)).problems == ()


def test_a_renderer_ends_when_nobody_is_left_to_ask_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pitchgen.render.worker"]
    request = {"html": ENDLESS, "styles": "", "root": str(tmp_path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        worker.stdin.write(json.dumps(request).encode() + b"\n")
        worker.stdin.close()
        assert worker.wait(GUARD) == 0


def test_a_renderer_that_has_grown_makes_room_for_a_fresh_one(press: Press, tmp_path: Path) -> None:
    first = press.print(Paper(LETTER, "", tmp_path))
    grown = press.pid
    assert press.print(Paper(LETTER, f"/*{'x' * 200_000_000}*/", tmp_path)).pages == 1
    assert press.print(Paper(LETTER, "", tmp_path)) == first
    assert press.pid != grown
