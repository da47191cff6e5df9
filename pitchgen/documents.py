"""The documents pitchgen makes: each composes its values once and renders them in any format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.compose.pitch import Pitch, compose_pitch
from pitchgen.compose.speech import LONGEST, SHORTEST, Duration, duration_of
from pitchgen.machine import install_command
from pitchgen.problems import CannotRender, Problem, Severity
from pitchgen.render.markdown import Prose, read_prose
from pitchgen.render.templates import Templates
from pitchgen.workspace import Hire, Workspace

if TYPE_CHECKING:
    from pitchgen.render.html import Page
    from pitchgen.render.pdf import PdfRenderer


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document in one format, and what is to be said about it."""

    content: bytes
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PitchDocument:
    """The pitch for one hire: its words in every format are these same words.

    `problems` says so when it is too long or too short to be an elevator pitch.
    """

    pitch: Pitch
    prose: Prose
    path: str
    duration: Duration
    problems: tuple[Problem, ...]

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.pitch.language


class Studio:
    """Makes the documents of one workspace on one day; templates, styles and fonts load once."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self.workspace = workspace
        self.today = today
        self.templates = Templates(workspace.root)

    def language_of(self, hire: Hire) -> str:
        """The language of a newcomer's documents: their own, else the company's."""
        return hire.model.language or self.workspace.company.language

    def pitch(self, hire: Hire, language: str) -> PitchDocument:
        """The pitch for `hire`. Raises `InvalidInput` when the template cannot be filled in."""
        pitch = compose_pitch(self.workspace, hire, language, self.today)
        values = {name: getattr(pitch, name) for name in Pitch.__slots__}
        prose = read_prose(self.templates.markdown(f"pitch.{language}.md", values))
        duration = duration_of(prose.text, language)
        problems = () if duration.fits else (_wrong_length(duration, language, hire.path),)
        return PitchDocument(pitch, prose, hire.path, duration, problems)

    def render(self, document: PitchDocument, format: str) -> Rendered:
        """A document as `pdf`, `html`, `md` or `txt`.

        Raises `InvalidInput` when a layout is wrong, and `CannotRender` when this machine lacks
        what the format needs.
        """
        # Each format imports what it needs: a text file should not wait for a PDF renderer.
        match format:
            case "md":
                return Rendered(document.prose.markdown.encode())
            case "txt":
                from pitchgen.render.text import render_text

                return Rendered(render_text(document.prose, document.language).encode())
            case "html":
                from pitchgen.render.html import screen_html

                brand = self.workspace.company.brand
                return Rendered(screen_html(self._page(document), brand, self.templates).encode())
            case "pdf":
                return self._render_pdf(document)
        raise ValueError(format)

    def _render_pdf(self, document: PitchDocument) -> Rendered:
        from pitchgen.render.html import paper_html

        brand = self.workspace.company.brand
        pdf = self._pdf.render(paper_html(self._page(document), brand, self.templates))
        problems = tuple(replace(p, path=document.path) for p in pdf.problems)
        if pdf.pages > 1:
            problems += (_too_many_pages(pdf.pages, document.language, document.path),)
        return Rendered(pdf.content, problems)

    @cached_property
    def _pdf(self) -> PdfRenderer:
        from pitchgen.render.html import PAPER_CSS, styles

        try:
            from pitchgen.render.pdf import PdfRenderer
        except OSError:
            raise CannotRender(
                "a PDF needs the Pango library, which is not on this machine; "
                f"html, md and txt work without it\n{install_command()}"
            ) from None
        return PdfRenderer(styles(PAPER_CSS, self.templates), self.workspace.root)

    def _page(self, document: PitchDocument) -> Page:
        from pitchgen.render.html import Page

        pitch, heading = document.pitch, document.prose.heading
        return Page(
            layout="pitch.html",
            language=pitch.language,
            title=f"{heading} \N{EN DASH} {pitch.company}",
            heading=heading,
            company=pitch.company,
            subtitle=" \N{MIDDLE DOT} ".join((pitch.name, pitch.title)),
            dateline=pitch.written_on,
            written_on=self.today,
            body=document.prose.body,
        )


def _wrong_length(duration: Duration, language: str, path: str) -> Problem:
    if duration.seconds > LONGEST:
        too = "long"
        hint = "shorten the texts it is made of: strategy, promise, the role's part, goal, story"
    else:
        too = "short"
        hint = "fill in more of what it can use: goals, story, rewards, decides, commitments"
    return Problem(
        "pitch-length",
        f"the pitch in '{language}' takes {duration.seconds} s aloud, "
        f"too {too} for {SHORTEST} to {LONGEST} s",
        path,
        hint=hint,
        severity=Severity.WARNING,
    )


def _too_many_pages(pages: int, language: str, path: str) -> Problem:
    return Problem(
        "pitch-pages",
        f"the pitch in '{language}' fills {pages} pages, but should fit one",
        path,
        hint="shorten the texts it is made of",
        severity=Severity.WARNING,
    )
