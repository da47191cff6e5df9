"""The documents pitchgen makes: each composes its values once and renders them in any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from pitchgen.compose.pitch import Pitch, compose_pitch
from pitchgen.compose.speech import LONGEST, SHORTEST, Duration, duration_of
from pitchgen.problems import InvalidInput, Problem, Severity, errors
from pitchgen.render.html import PAPER_CSS, Page, paper_html, screen_html, styles
from pitchgen.render.markdown import Prose, read_prose
from pitchgen.render.press import MISSING_LIBRARY, Press
from pitchgen.render.templates import Templates
from pitchgen.render.text import render_text
from pitchgen.workspace import Hire, Workspace

LAYOUT = "pitch.html"

# Characters to a line and lines to a page of the shipped letter, all a little on the small side: in
# trials the first letters to overflow had 40.3 lines on A4 and 37.2 on US Letter.
_LINE_WIDTH, _HEADING_WIDTH = 60, 24
_HEADING_HEIGHT, _GAP = 2.5, 0.55
_PAGE_LINES = {"a4": 40, "letter": 37}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document in one format, and what is wrong with it; of a failed one the content is empty."""

    content: bytes
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is nothing to write."""
        return bool(errors(self.problems))


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
    """Makes the documents of one workspace on one day. Use it in a `with`: it may run a press.

    A `press` that was started already saves its starting time; else one starts when a PDF is asked for.
    """

    def __init__(self, workspace: Workspace, today: date, press: Press | None = None) -> None:
        self.workspace = workspace
        self.today = today
        self.templates = Templates(workspace.root)
        self._press = press

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, *_: object) -> None:
        if self._press:
            self._press.close()

    def surely_fits(self, document: PitchDocument) -> bool:
        """Whether a pitch fits its page beyond doubt, told without laying it out.

        Only the shipped look is known well enough to tell.
        """
        lines = ceil(len(document.prose.heading) / _HEADING_WIDTH) * _HEADING_HEIGHT
        for block in document.prose.blocks[1:]:
            lines += ceil(len(block.text) / _LINE_WIDTH) + _GAP
        is_shipped = all(self.templates.is_shipped(name) for name in (LAYOUT, *PAPER_CSS))
        return is_shipped and lines <= _PAGE_LINES[self.workspace.company.brand.paper]

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
        """A document as `pdf`, `html`, `md` or `txt`; empty when its problems say why it cannot be made."""
        try:
            made = self._render(document, format)
        except InvalidInput as error:
            return Rendered(b"", error.problems)
        return Rendered(made.content, document.problems + made.problems)

    def render_all(self, hire: Hire, language: str, formats: Iterable[str]) -> Iterator[tuple[str, Rendered]]:
        """The pitch for `hire` in several formats; never raises for what is wrong with one of them."""
        try:
            document = self.pitch(hire, language)
        except InvalidInput as error:
            yield from ((format, Rendered(b"", error.problems)) for format in formats)
        else:
            yield from ((format, self.render(document, format)) for format in formats)

    def _render(self, document: PitchDocument, format: str) -> Rendered:
        match format:
            case "md":
                return Rendered(document.prose.markdown.encode())
            case "txt":
                return Rendered(render_text(document.prose, document.language).encode())
            case "html":
                brand = self.workspace.company.brand
                return Rendered(screen_html(self.page(document), brand, self.templates).encode())
            case "pdf":
                return self._render_pdf(document)
        raise ValueError(format)

    def _render_pdf(self, document: PitchDocument) -> Rendered:
        if self._press is None:
            self._press = Press()
        html = paper_html(self.page(document), self.workspace.company.brand, self.templates)
        pdf = self._press.print(html, styles(PAPER_CSS, self.templates), self.workspace.root)
        problems = tuple(
            problem if problem.code == MISSING_LIBRARY else replace(problem, path=document.path)
            for problem in pdf.problems
        )
        if pdf.pages > 1:
            problems += (_too_many_pages(pdf.pages, document.language, document.path),)
        return Rendered(pdf.content, problems)

    def page(self, document: PitchDocument) -> Page:
        """The letter as a layout is filled with it."""
        pitch, heading = document.pitch, document.prose.heading
        return Page(
            layout=LAYOUT,
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
