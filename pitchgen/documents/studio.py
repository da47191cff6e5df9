"""The documents pitchgen makes: each composes its values once and renders them in any format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from html import escape
from typing import Any

from pitchgen.compose.manager_sheet import compose_manager_sheet
from pitchgen.compose.pitch import Pitch, compose_pitch
from pitchgen.compose.playbook import compose_playbook
from pitchgen.compose.role_card import compose_role_card
from pitchgen.compose.voice import Voice
from pitchgen.documents.document import Document, Rendered, too_many_pages, unfilled
from pitchgen.language.locale import full_date, share
from pitchgen.language.speech import Duration, duration_of
from pitchgen.language.words import read_formulas, read_words
from pitchgen.load.files import COMPANY
from pitchgen.problems import InvalidInput, Problem, Severity
from pitchgen.render.cues import cue_cards
from pitchgen.render.fit import surely_fits
from pitchgen.render.html import Look, Page, clean_html, paper_html, paper_styles, screen_html
from pitchgen.render.markdown import Prose
from pitchgen.render.press import DEADLINE, OF_THE_MACHINE, Paper, Pdf, Press, missing_glyph
from pitchgen.render.templates import Templates
from pitchgen.render.text import render_text
from pitchgen.workspace import Hire, Role, Workspace

LAYOUT = "pitch.html"
SHARED_CSS = ("tokens.css", "base.css")
CSS = (*SHARED_CSS, "letter.css")
TABLE_WIDTH = 100


class Studio:
    """Makes the documents of one workspace on one day. Use it in a `with`: it may run a press.

    A `press` that was started already saves its starting time; else one starts when a PDF is asked for.
    `deadline` is the seconds that laying out one PDF may take.
    """

    def __init__(
        self, workspace: Workspace, today: date, press: Press | None = None, deadline: float = DEADLINE
    ) -> None:
        self.workspace = workspace
        self.today = today
        self.templates = Templates(workspace.root)
        self.look = Look(workspace.company.brand, workspace.logo, workspace.font)
        self._press = press
        self._deadline = deadline

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, *_: object) -> None:
        if self._press:
            self._press.close()

    def pitch(self, hire: Hire, language: str) -> Document:
        """The pitch for `hire`. Raises `InvalidInput` when the template cannot be filled in."""
        pitch = compose_pitch(self.workspace, hire, language, self.today)
        prose = self._prose(pitch)
        values = {
            "heading": prose.heading,
            "subtitle": f"{pitch.name} \N{MIDDLE DOT} {pitch.title}",
            "body": clean_html(prose.body),
        }
        page = self._page(LAYOUT, CSS, language, prose.heading, values)
        problems = tuple(self._wrong_length(duration_of(prose.text, language), language, hire.at.path))
        texts = {"md": lambda: prose.markdown, "txt": lambda: render_text(prose, language)}
        return Document(page, hire.at.path, most_pages=1, prose=prose, problems=problems, texts=texts)

    def _wrong_length(self, duration: Duration, language: str, path: str) -> Iterator[Problem]:
        limits = self.workspace.company.checks.limits
        shortest, longest = limits.shortest_pitch, limits.longest_pitch
        if shortest <= duration.seconds <= longest:
            return
        if duration.seconds > longest:
            too = "long"
            hint = "shorten the texts it is made of: strategy, promise, the role's part, goal, story"
        else:
            too = "short"
            hint = "fill in more of what it can use: goals, story, rewards, decides, commitments"
        message = (
            f"the pitch in '{language}' takes {duration.seconds} s aloud, "
            f"too {too} for {shortest} to {longest} s"
        )
        yield Problem("pitch-length", message, path, hint=hint, severity=Severity.WARNING)

    def _prose(self, pitch: Pitch) -> Prose:
        facts = {name: getattr(pitch, name) for name in Pitch.__slots__}
        return self.templates.prose(f"pitch.{pitch.language}.md", facts)

    def role_card(self, role: Role, language: str) -> Document:
        """The card of `role`. Raises `InvalidInput` when the words of the language are not all there."""
        card = compose_role_card(self.workspace, role, language)
        values = {
            "card": card,
            "w": read_words(self.templates, language),
            "formulas": read_formulas(self.templates, language),
        }
        css = (*SHARED_CSS, "card.css")
        return Document(
            self._page("role-card.html", css, language, card.title, values), role.at.path, most_pages=2
        )

    def playbook(self, role: Role, language: str) -> Document:
        """The playbook of `role`. Raises `InvalidInput` when its words or templates do not do."""
        playbook = compose_playbook(self.workspace, role, language)
        words = read_words(self.templates, language)
        how_to_use = self.templates.prose(f"playbook.{language}.md", {"playbook": playbook})
        values = {
            "playbook": playbook,
            "w": words,
            "formulas": read_formulas(self.templates, language),
            "how_to_use": clean_html(how_to_use.body),
        }
        css = (*SHARED_CSS, "playbook.css", "playbook-screen.css")
        heading = f"{words['playbook']} \N{MIDDLE DOT} {playbook.title}"
        page = self._page("playbook.html", css, language, heading, values)
        on_letter = self.workspace.company.brand.paper == "letter"
        paper_css = ("playbook-paper.css", *(("playbook-us-letter.css",) if on_letter else ()))
        return Document(replace(page, paper_css=paper_css), role.at.path)

    def manager_sheet(self, hire: Hire, language: str) -> Document:
        """The sheet on `hire` for their manager. Raises `InvalidInput` when words cannot be filled in."""
        sheet = compose_manager_sheet(self.workspace, hire, language)
        prose = self._prose(compose_pitch(self.workspace, hire, language, self.today))
        words = read_words(self.templates, language)
        values = {
            "sheet": sheet,
            "w": words,
            "cards": cue_cards(prose, language),
            "length": duration_of(prose.text, language),
        }
        heading = f"{words['manager_sheet']}: {sheet.name}"
        page = self._page("manager-sheet.html", (*SHARED_CSS, "sheet.css"), language, heading, values)
        texts = {"md": lambda: self.templates.prose("manager-sheet.md", page.values).markdown}
        return Document(page, hire.at.path, most_pages=1, texts=texts)

    def matrix(self, language: str, width: int = TABLE_WIDTH) -> Document:
        """The matrix of the whole company, as `txt` on lines of `width` columns.

        Raises `InvalidInput` when the words of the language are not all there.
        """
        # Imported here, because no other document needs them, and measuring columns takes long to load.
        from pitchgen.compose.overview import compose_overview
        from pitchgen.render.export import matrix_csv, matrix_json
        from pitchgen.render.table import SHOWN, render_table

        overview = compose_overview(self.workspace, Voice(language, self.workspace.company.language))
        words = read_words(self.templates, language)
        told = {score for chain in overview.chains for score in (chain.score, chain.mended)}
        scores = {score: share(score, language) for score in told}
        values = {"overview": overview, "w": words, "scores": scores, "shown": SHOWN}
        page = self._page("matrix.html", (*SHARED_CSS, "matrix.css"), language, words["matrix"], values)
        texts = {
            "txt": partial(render_table, overview, words, language, width),
            "csv": partial(matrix_csv, overview, words, language),
            "json": partial(matrix_json, overview, words),
        }
        return Document(page, COMPANY, texts=texts)

    def _page(
        self, layout: str, css: tuple[str, ...], language: str, heading: str, values: Mapping[str, Any]
    ) -> Page:
        company = self.workspace.company.name
        return Page(
            layout=layout,
            css=css,
            language=language,
            title=f"{heading} \N{EN DASH} {company}",
            company=company,
            written_on=self.today,
            values={**values, "date": full_date(self.today, language)},
        )

    def surely_fits(self, pitch: Document) -> bool:
        """Whether a pitch fits its page beyond doubt, told without laying it out.

        Only the shipped look is known well enough to tell.
        """
        shipped = self.look.font is None and all(self.templates.is_shipped(name) for name in (LAYOUT, *CSS))
        return bool(shipped and pitch.prose and surely_fits(pitch.prose, self.workspace.company.brand.paper))

    def fingerprint(self, document: Document) -> str:
        """A digest of all that the document shows, in whichever format: its text, its look, its assets.

        Raises `InvalidInput` when it cannot be rendered.
        """
        page = document.page
        shown = [
            paper_html(page, self.look, self.templates),
            paper_styles(page, self.look, self.templates),
            *(self.templates.text(name) for name in page.css),
            *(text() for text in document.texts.values()),
        ]
        digest = sha256("\0".join(shown).encode())
        if self.look.font:
            digest.update(self.look.font.read_bytes())
        return digest.hexdigest()

    def message(self, hire: Hire, language: str, attachments: Mapping[str, bytes]) -> bytes:
        """The pitch as a message to `hire`, with these PDFs by their file names: an .eml file, not yet sent.

        Raises `InvalidInput` when a template or the words of the language cannot be filled in.
        """
        # Imported here, because taking messages apart and putting them together takes long to load.
        from pitchgen.render.mail import Letter, draft, safe_file_name

        letter = Letter(
            prose=self._prose(compose_pitch(self.workspace, hire, language, self.today)),
            language=language,
            company=self.workspace.company.name,
            words=read_words(self.templates, language),
            attached=tuple(safe_file_name(name).removesuffix(".pdf") for name in attachments),
        )
        html = letter.html(self.look.brand, self.templates)
        return draft(html, letter, hire.model.name, hire.model.email, attachments)

    def attachment_name(self, document: str, language: str) -> str:
        """What the file of a newcomer's `document` is called in a message: "Pelikirja.pdf".

        Raises `InvalidInput` when the words of the language are not all there.
        """
        from pitchgen.render.mail import SENT

        return f"{read_words(self.templates, language)[SENT[document]]}.pdf"

    def render(self, document: Document, format: str) -> Rendered:
        """A document as `pdf`, as `html`, or in one of the formats among its `texts`.

        The result is empty when its problems say why it cannot be made.
        """
        try:
            return self._render(document, format)
        except InvalidInput as error:
            return Rendered(b"", error.problems)

    def render_all(
        self, compose: Callable[[], Document], formats: Iterable[str]
    ) -> Iterator[tuple[str, Rendered]]:
        """A document in several formats; never raises for what is wrong with one of them."""
        try:
            document = compose()
        except InvalidInput as error:
            yield from ((format, Rendered(b"", error.problems)) for format in formats)
        else:
            yield from ((format, self.render(document, format)) for format in formats)

    def _render(self, document: Document, format: str) -> Rendered:
        if format == "html":
            html = screen_html(document.page, self.look, self.templates)
            return Rendered(html.encode(), document.problems + unfilled(document, html))
        if format == "pdf":
            return self._render_pdf(document)
        text = document.texts[format]()
        return Rendered(text.encode(), document.problems + unfilled(document, escape(text)))

    def _render_pdf(self, document: Document) -> Rendered:
        if self._press is None:
            self._press = Press()
        paper = self.paper(document)
        return self.printed(document, paper, self._press.print(paper))

    def paper(self, document: Document) -> Paper:
        """What a press needs to print the document. Raises `InvalidInput` when it cannot be rendered."""
        html = paper_html(document.page, self.look, self.templates)
        styles = paper_styles(document.page, self.look, self.templates)
        return Paper(html, styles, self.workspace.root, self._deadline)

    def printed(self, document: Document, paper: Paper, pdf: Pdf) -> Rendered:
        """What a press made of the document's paper, and all that is wrong with that."""
        problems = document.problems + tuple(
            problem if problem.code in OF_THE_MACHINE else replace(problem, path=document.path)
            for problem in (*pdf.problems, *map(missing_glyph, pdf.unshown))
        )
        problems += unfilled(document, paper.html)
        if document.most_pages and pdf.pages > document.most_pages:
            problems += (too_many_pages(document, pdf.pages),)
        return Rendered(pdf.content, problems)
