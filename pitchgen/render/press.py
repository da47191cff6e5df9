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
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from pitchgen.problems import Problem, Severity

DEADLINE = 30.0
MISSING_LIBRARY = "missing-library"

_MISSING_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)")
_FONT_TOOLS = "Using fontTools instead of HarfBuzz-Subset"
_DATA = re.compile(r"(data:[^,]{0,40},)[^\s'\"]+")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered PDF, its number of pages, and what is wrong with it; empty when it could not be made."""

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


class Press:
    """Prints one document after another; `deadline` is the seconds a document may take."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: a file in the current folder must not pass for a module of the renderer.
        return subprocess.Popen(
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

    def close(self) -> None:
        """Stop the process."""
        self._process.kill()
        self._process.communicate()

    def print(self, html: str, styles: str, root: Path) -> Pdf:
        """Lay out one document; what is wrong with it, or with this machine, stands in its problems."""
        if self._process.poll() is not None:
            self.close()
            self._process = self._start()
        request = json.dumps({"html": html, "styles": styles, "root": str(root)})
        too_slow = Event()
        timer = Timer(self._deadline, self._stop, [too_slow])
        timer.start()
        try:
            answer, content = self._ask(request)
        except (BrokenPipeError, EOFError):
            self._process.wait()
            return self._nothing(too_slow.is_set())
        finally:
            timer.cancel()
        if "missing" in answer:
            return Pdf(b"", 0, (_missing_library(),))
        if "failure" in answer:
            message = f"the PDF renderer broke down on this page: {answer['failure']}"
            return Pdf(b"", 0, (Problem("renderer-crashed", message),))
        problems = dict.fromkeys(p for c in answer["complaints"] if (p := _problem(c)))
        return Pdf(content, answer["pages"], tuple(problems))

    def _stop(self, too_slow: Event) -> None:
        too_slow.set()
        self._process.kill()

    def _ask(self, request: str) -> tuple[dict[str, Any], bytes]:
        to_press, from_press = self._process.stdin, self._process.stdout
        assert to_press and from_press
        to_press.write(request.encode() + b"\n")
        to_press.flush()
        answer: dict[str, Any] = json.loads(_whole(from_press.readline()))
        size = answer.get("size", 0)
        content = from_press.read(size)
        if len(content) < size:
            raise EOFError
        return answer, content

    def _nothing(self, too_slow: bool) -> Pdf:
        problem = Problem("renderer-crashed", "the PDF renderer broke down on this page")
        if too_slow:
            message = f"the page could not be laid out in {self._deadline:g} s"
            hint = (
                "look for a huge picture, a template that repeats without end, or far too many personas"
                " for one document"
            )
            problem = Problem("too-slow", message, hint=hint)
        return Pdf(b"", 0, (problem,))


def _missing_library() -> Problem:
    from pitchgen.machine import install_command

    message = "a PDF needs the Pango library, which is not on this machine"
    hint = f"html, md and txt work without it; to install it: {install_command()}"
    return Problem(MISSING_LIBRARY, message, hint=hint)


def _whole(line: bytes) -> bytes:
    if not line.endswith(b"\n"):
        raise EOFError
    return line


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
    return Problem("layout", said, severity=Severity.WARNING)
