"""One document: composed, then rendered in a format, and what its reader would stumble over."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pitchgen.language import FACTS
from pitchgen.language.blanks import shows_a_blank
from pitchgen.problems import BUG, InvalidInput, PitchgenError, Problem, Severity, errors, is_lack_of_memory
from pitchgen.workspace import Persona, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.documents.kind import Content, DocumentKind
    from pitchgen.load.place import Place
    from pitchgen.render.html import Page
    from pitchgen.workspace import Workspace
    from pitchgen.workspace.reach import Subject

UNFILLED, TOO_MANY_PAGES = "placeholder", "too-many-pages"
SHORTEN = "shorten the texts it is made of"
# Under which key others than people and the company are named.
_NAMED_BY = {Role: "title", Persona: "label"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document in one format, and what is wrong with it; of a failed one the content is empty.

    `pages` are those that a PDF has.
    """

    content: bytes
    problems: tuple[Problem, ...] = ()
    pages: int = 0

    @property
    def failed(self) -> bool:
        """Whether there is nothing to write."""
        return bool(errors(self.problems))


@dataclass(frozen=True, slots=True)
class Document:
    """A composed document: of which kind, about whom, its page, and what it says."""

    kind: DocumentKind
    subject: Subject
    page: Page
    content: Content

    @property
    def path(self) -> str:
        """The file of its subject."""
        return self.subject.at.path

    @property
    def at(self) -> Place:
        """Where the name of its subject stands: a title, a label."""
        return self.subject.at / _NAMED_BY.get(type(self.subject), "name")

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.page.language.code

    @property
    def title(self) -> str:
        """What it is, in words for a message at the place of its subject."""
        return f"the {self.kind.name} in '{self.language}'"

    @property
    def spoken(self) -> str:
        """The text that is said aloud; empty of a document that is only read."""
        return self.content.prose.text if self.content.prose else ""


def templates_of(kind: DocumentKind, workspace: Workspace, language: str) -> tuple[str, ...]:
    """The names among the templates of all that documents of a kind in a language are made from."""
    names = (
        kind.layout,
        *kind.styles,
        *kind.screen_styles,
        *kind.paper_styles(workspace),
        *kind.other_templates,
    )
    return names + workspace.languages.folders.files(language, [FACTS, *kind.words])


def unfilled(document: Document, html: str) -> tuple[Problem, ...]:
    """A warning when a document says what somebody was still to fill in, such as <your name>."""
    if "&lt;" not in html:
        return ()
    if not shows_a_blank(html):
        return ()
    # Which ones is not said: they may be about the newcomer, and who reads the message need not know.
    message = f"{document.title} has a blank between < and >, still to be filled in"
    hint = "`pitchgen check` shows where it stands"
    return (Problem(UNFILLED, message, document.path, hint=hint, severity=Severity.WARNING),)


@contextmanager
def faults_told(path: str) -> Iterator[None]:
    """Raises `InvalidInput` in place of what fails here by a bug, so that it costs one document and no other.

    What the error says stays unsaid: it may be what the document says. `path` is the file of its subject.
    """
    try:
        yield
    except (PitchgenError, OSError, ImportError):
        raise
    except Exception as error:
        if is_lack_of_memory(error):
            raise
        raise InvalidInput([_bug(error, path)]) from error


def _bug(error: Exception, path: str) -> Problem:
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f" in {Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno}" if at else ""
    message = f"pitchgen cannot make this document: {type(error).__name__}{where}"
    return Problem(BUG, message, path, hint="this is a bug in pitchgen; please report it")


def overlong(document: Document, pages: int) -> tuple[Problem, ...]:
    """A warning when a document fills so many pages, and should fit on fewer.

    None of a pitch that takes too long to say, which is said of it already, and mended by the same.
    """
    most = document.kind.most_pages
    if not most or pages <= most or document.content.too_long:
        return ()
    return (document.at.warning(TOO_MANY_PAGES, too_many_pages_in(document, pages), SHORTEN),)


def too_many_pages_in(document: Document, pages: int) -> str:
    """What to say of a document that fills so many pages."""
    most = document.kind.most_pages
    return f"{document.title} fills {pages} pages, but should fit {'one' if most == 1 else most}"
