"""The PDF renderer in a process of its own: begun early, stopped at its deadline, replaced if it dies.

WeasyPrint takes longer to import than all the rest takes to run, so a command that wants a PDF starts
the press first and reads the workspace meanwhile. A page that would be laid out for ever, or that
crashes the libraries below, costs that process and not the command.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from pitchgen.problems import Problem, Severity
from pitchgen.render.links import LINK, LINK_HINT, LOCAL_LINK

DEADLINE = 30.0
# Seconds until a renderer must have started, however busy the machine is.
START = 120.0
MISSING_LIBRARY, LOST = "missing-library", "renderer-lost"

_MISSING_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")
_FONT_TOOLS = "Using fontTools instead of HarfBuzz-Subset"
_DATA = re.compile(r"(data:[^,]{0,40},)[^\s'\"]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to print: its HTML and styles, its workspace, the seconds it may take.

    `files` are those that it may show beside the templates of the workspace.
    """

    html: str
    styles: str
    root: Path
    deadline: float = DEADLINE
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered PDF, its number of pages, and what is wrong with it; empty when it could not be made."""

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


class Press:
    """Prints one document after another, in one thread at a time."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._ready = False
        # -P: a file in the current folder must not pass for a module of the renderer.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pitchgen.render.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # fontTools stamps what it changes with the time, and equal input shall give equal bytes.
            env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        )

    @property
    def pid(self) -> int:
        """The process that prints now."""
        return self._process.pid

    def stop(self) -> None:
        """End the process, from any thread; what it is printing is lost."""
        self._process.kill()

    def close(self) -> None:
        """End the process and tidy up after it."""
        self._process.kill()
        self._process.communicate()

    def print(self, paper: Paper) -> Pdf:
        """Lay out one document; what is wrong with it, or with this machine, stands in its problems."""
        if self._process.poll() is not None:
            self.close()
            self._start()
        late = Event()
        try:
            if not self._ready:
                # How long a busy machine takes to start the renderer does not count.
                with self._ended_after(START, Event()):
                    if "missing" in self._answer():
                        return Pdf(b"", 0, (_missing_library(),))
                self._ready = True
            with self._ended_after(paper.deadline, late):
                answer, content = self._ask(paper)
        except (BrokenPipeError, EOFError):
            self._process.wait()
            return Pdf(b"", 0, (_too_slow(paper.deadline) if late.is_set() else _broken_down(),))
        if answer["last"]:
            self.close()
        if "failure" in answer:
            return Pdf(b"", 0, (_broken_down(answer["failure"]),))
        problems = dict.fromkeys(p for c in answer["complaints"] if (p := _problem(c)))
        return Pdf(content, answer["pages"], tuple(problems))

    @contextmanager
    def _ended_after(self, seconds: float, late: Event) -> Iterator[None]:
        def end() -> None:
            late.set()
            self.stop()

        timer = Timer(seconds, end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _ask(self, paper: Paper) -> tuple[dict[str, Any], bytes]:
        to_press, from_press = self._process.stdin, self._process.stdout
        assert to_press and from_press
        request = {"html": paper.html, "styles": paper.styles, "root": str(paper.root)}
        files = [str(path) for path in paper.files]
        to_press.write(json.dumps({**request, "files": files}).encode() + b"\n")
        to_press.flush()
        answer = self._answer()
        size = answer.get("size", 0)
        content = from_press.read(size)
        if len(content) < size:
            raise EOFError
        return answer, content

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return answer


def _broken_down(how: str = "") -> Problem:
    message = "the PDF renderer broke down on this page"
    return Problem("renderer-crashed", f"{message}: {how}" if how else message)


def _too_slow(deadline: float) -> Problem:
    hint = (
        "look for a huge picture, a template that repeats without end, or far too many personas"
        " for one document"
    )
    return Problem("too-slow", f"the page could not be laid out in {deadline:g} s", hint=hint)


def _missing_library() -> Problem:
    from pitchgen.doctor import install_command

    message = "a PDF needs the Pango library, which is not on this machine"
    hint = f"html, md and txt work without it; to install it: {install_command()}"
    return Problem(MISSING_LIBRARY, message, hint=hint)


def _problem(said: str) -> Problem | None:
    """A complaint as a problem; None for what a reader of the document cannot notice."""
    if said.startswith(_FONT_TOOLS):
        return None
    said = _DATA.sub(r"\1…", said)
    if match := _MISSING_GLYPH.match(said):
        character = chr(int(match[1], 16))
        return Problem(
            "missing-glyph",
            f"no font on this machine can show '{character}' (U+{match[1]})",
            hint="install a font that has it (on Debian: fonts-noto-core, fonts-noto-cjk), or write "
            "the word in other letters",
        )
    if said.startswith(("Failed to load", "Failed to render", "Image ")):
        return Problem("missing-resource", said)
    if said == LOCAL_LINK:
        return Problem(LINK, said, hint=LINK_HINT)
    return Problem("layout", said, severity=Severity.WARNING)
