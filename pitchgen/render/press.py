"""The PDF renderer, in a process of its own: begun early, stopped at its deadline, replaced if it dies.

WeasyPrint takes longer to import than all the rest takes to run, so a command that wants a PDF starts
the press first and reads the workspace meanwhile. A page that would be laid out for ever, or that
crashes the libraries below, costs that process and not the command.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC
from threading import Lock
from typing import TYPE_CHECKING

from pitchgen.problems import CannotWrite, Problem, Severity, quoting, reason
from pitchgen.render.links import LINK, LINK_HINT, LOCAL_LINK
from pitchgen.render.process import Ended, Renderer
from pitchgen.versions import install_command, missing_for_pdf

if TYPE_CHECKING:
    from pathlib import Path

DEADLINE = 30.0
# Seconds of waiting, however busy the machine is: until a renderer must have started, and so many times its
# deadline, or so many at least, for a page.
START, TIMES, AT_LEAST = 900.0, 20, 300.0
MISSING_LIBRARY, LOST, DISK_FULL = "missing-library", "renderer-lost", "disk-full"
MISSING_GLYPH = "missing-glyph"
# The codes of problems that are those of a machine, and not of any file of the workspace.
OF_THE_MACHINE = frozenset({MISSING_LIBRARY, LOST, DISK_FULL})

_DATA = re.compile(r"(data:[^,]{0,40},)[^\s'\"]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to print: its HTML and styles, the folder whose files it may show, and its deadline.

    That is in seconds of computing, so that a busy machine takes longer and refuses nothing.
    """

    html: str
    styles: str
    root: Path
    deadline: float = DEADLINE
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered PDF, its number of pages, and what is wrong with it; empty when it could not be made.

    `unshown` are the characters that no font can show, and `unloaded` the addresses of what could not be
    loaded, with the reason. Each is one problem more (`missing_glyph`, `missing_resource`): whoever knows
    the text and the templates knows where it stands.
    """

    content: bytes
    pages: int
    problems: tuple[Problem, ...]
    unshown: tuple[str, ...] = ()
    unloaded: tuple[tuple[str, str], ...] = ()


class _Unable(Exception):
    """There is no renderer, and `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class Press:
    """Prints one document after another, in one thread at a time; any thread may stop it for good."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = False
        self._missing: Problem | None = None
        self._renderer: Renderer | None = None
        self._ready = False
        # What keeps it from starting now is said of the first page, if it still does then.
        with suppress(_Unable):
            self._started()

    @property
    def pid(self) -> int:
        """The process that prints now."""
        return self._started().pid

    def stop(self) -> None:
        """Print nothing any more; what is being printed is lost."""
        with self._lock:
            self._stopped = True
            if self._renderer:
                self._renderer.kill()

    def close(self) -> None:
        """Print nothing any more, and tidy up."""
        self.stop()
        self._discard()

    def print(self, paper: Paper) -> Pdf:
        """Lay out one document; what is wrong with it, or with this machine, stands in its problems."""
        try:
            renderer = self._prepared()
        except _Unable as error:
            return Pdf(b"", 0, (error.problem,))
        request = {
            "html": paper.html,
            "styles": paper.styles,
            "root": str(paper.root),
            "files": [str(path) for path in paper.files],
            "deadline": paper.deadline,
        }
        try:
            answer, content = renderer.ask(request, max(TIMES * paper.deadline, AT_LEAST))
        except Ended as ended:
            self._discard()
            return Pdf(b"", 0, (_too_slow(paper.deadline) if ended.late else _broken_down(),))
        if answer["last"]:
            self._discard()
        if "failure" in answer:
            folder = renderer.scratch.path.parent
            return Pdf(b"", 0, (_failure(answer["failure"], answer["errno"], folder),))
        problems, unshown, unloaded = (
            tuple(dict.fromkeys(found))
            for found in (
                map(_problem, answer["others"]),
                answer["unshown"],
                map(tuple, answer["unloaded"]),
            )
        )
        return Pdf(content, answer["pages"], problems, unshown, unloaded)

    def _prepared(self) -> Renderer:
        """A renderer that can be asked. Raises `_Unable`."""
        if self._missing:
            # It will not be there for the next page either.
            raise _Unable(self._missing)
        if self._renderer and not self._renderer.is_alive:
            self._discard()
        renderer = self._started()
        if not self._ready:
            try:
                answer = renderer.started(START)
            except Ended as ended:
                self._discard()
                raise _Unable(_not_started(_START_LATE if ended.late else "")) from None
            if "failure" in answer:
                self._discard()
                problem = _cannot_load(answer["failure"])
                if problem.code == MISSING_LIBRARY:
                    self._missing = problem
                raise _Unable(problem)
            self._ready = True
        return renderer

    def _started(self) -> Renderer:
        with self._lock:
            if self._stopped:
                raise _Unable(Problem(LOST, "printing was stopped"))
            if self._renderer is None:
                self._ready = False
                try:
                    self._renderer = Renderer()
                except CannotWrite as error:
                    hint = "make room there, or name another folder in the environment variable TMPDIR"
                    raise _Unable(Problem(DISK_FULL, str(error), hint=hint)) from None
                except OSError as error:
                    raise _Unable(_not_started(reason(error))) from None
            return self._renderer

    def _discard(self) -> None:
        with self._lock:
            renderer, self._renderer = self._renderer, None
        if renderer:
            renderer.close()


_START_LATE = f"it did not answer within {START / 60:g} minutes"


def _not_started(why: str) -> Problem:
    message = "the PDF renderer did not start"
    hint = "see whether this machine has memory left, and what `pitchgen doctor` says"
    return Problem(LOST, f"{message}: {why}" if why else message, hint=hint)


def _broken_down(how: str = "", error: str = "") -> Problem:
    message = "the PDF renderer broke down on this page"
    hint = (
        "if it does on every page, see whether this machine has memory left, and what `pitchgen doctor` says;"
        " if only on this one, look in layouts and style sheets of your own in templates/"
    )
    if error:
        hint += f"; a report of it should name {error}"
    return Problem("renderer-crashed", f"{message}: {how}" if how else message, hint=hint)


def _failure(name: str, number: int | None, folder: Path) -> Problem:
    """What a renderer tripped over: the name of the error, and its number if it is the system's."""
    if number in (ENOSPC, EDQUOT):
        hint = "make room there, or name another folder in the environment variable TMPDIR"
        return Problem(DISK_FULL, f"the disk is full: {folder}, the folder for temporary files", hint=hint)
    if name == "MemoryError":
        return _broken_down("it takes more memory than there is")
    return _broken_down(error=name)


def _too_slow(deadline: float) -> Problem:
    hint = (
        "look for a huge picture, a template that repeats without end, or far too many personas"
        " for one document"
    )
    message = f"the page could not be laid out in {deadline:g} s of computing time"
    return Problem("too-slow", message, hint=hint)


def _cannot_load(why: str) -> Problem:
    return _missing_library() if missing_for_pdf() else _not_started(why)


def _missing_library() -> Problem:
    message = "a PDF needs the Pango library, which is not on this machine"
    hint = f"html, md and txt work without it; to install it: {install_command()}"
    return Problem(MISSING_LIBRARY, message, hint=hint)


def missing_glyph(character: str) -> Problem:
    """What is wrong with a text that has a character which no font can show."""
    return Problem(
        MISSING_GLYPH,
        quoting("no font on this machine can show '{}' ({})", character, f"U+{ord(character):04X}"),
        hint="write it in other letters or leave it out, or install a font that has it "
        "(on Debian: fonts-noto-core, fonts-noto-cjk)",
    )


def missing_resource(address: str, why: str) -> Problem:
    """What is wrong with a page that asks for something which cannot be loaded."""
    return Problem(
        "missing-resource",
        quoting(f"'{{}}' cannot be loaded: {why}", _short(address)),
        hint="put the file into templates/ and write its path from there, like templates/team.png",
    )


def _problem(said: str) -> Problem:
    """A complaint of WeasyPrint, which may hold anything that stands on the page, as a problem."""
    if said == LOCAL_LINK:
        return Problem(LINK, said, hint=LINK_HINT)
    return Problem(
        "layout",
        quoting("the layout cannot be followed in all: {}", _short(said)),
        hint="look in the layouts and the style sheets in templates/",
        severity=Severity.WARNING,
    )


def _short(said: str) -> str:
    """Without the data of pictures."""
    return _DATA.sub(r"\1…", said)
