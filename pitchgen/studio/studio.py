"""The studio: composes the documents of one workspace on one day, and renders them in any format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pitchgen.documents.catalogue import FOR_NEWCOMER, KINDS
from pitchgen.documents.kind import DOCX
from pitchgen.documents.pitch import KIND as PITCH
from pitchgen.documents.pitch.message import message_prose
from pitchgen.language.locale import full_date
from pitchgen.language.terms import filled
from pitchgen.language.words import read_formulas, read_words
from pitchgen.model.checks import OFF
from pitchgen.problems import InvalidInput, Severity
from pitchgen.render.bundle import CALENDAR, PDF
from pitchgen.render.fit import surely_fits
from pitchgen.render.foreign import Foreign
from pitchgen.render.html import Look, Page, paper_html, paper_styles, screen_page
from pitchgen.render.mail import Letter, draft
from pitchgen.render.press import DEADLINE, Paper, Pdf
from pitchgen.render.presses import Presses, Prints
from pitchgen.render.templates import NO_PASSAGES, Templates
from pitchgen.render.word import word_file
from pitchgen.studio.blame import Blame
from pitchgen.studio.document import Document, Rendered, faults_told, overlong, unfilled
from pitchgen.workspace.reach import reaching_all, sources_for
from pitchgen.workspace.texts import foreign_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from pitchgen.documents.kind import Content, DocumentKind
    from pitchgen.language.facts import Language
    from pitchgen.load.files import Key, Source
    from pitchgen.problems import Problem
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Hire, Workspace
    from pitchgen.workspace.reach import Subject

TABLE_WIDTH = 100
# The words for what a newcomer is sent; nobody can ask for the name of what is not theirs to read.
_SENT = {kind.name: (kind.word, PDF) for kind in FOR_NEWCOMER} | {"calendar": ("calendar", CALENDAR)}


@dataclass(frozen=True)
class _Context:
    """What documents of one language are composed from; see `documents.kind.Context`."""

    studio: Studio
    language: Language

    @property
    def workspace(self) -> Workspace:
        return self.studio.workspace

    @property
    def today(self) -> date:
        return self.studio.today

    @property
    def width(self) -> int:
        return self.studio.width

    @property
    def seconds(self) -> int | None:
        return self.studio.seconds

    @cached_property
    def words(self) -> Mapping[str, str]:
        formal = self.workspace.company.brand.tone == "formal"
        words = read_words(self.language.folders, self.language.code, formal=formal)
        return {key: filled(word, self.language.terms) for key, word in words.items()}

    def _foreign_in(self, source: Source) -> Foreign:
        """What a file says in another language, told once of what it holds."""
        company, known = self.workspace.company, self.studio.foreign
        key = source.key, self.language.code, company.language
        if key not in known or known[key][0] is not source:
            item = self.workspace.files.item(source)
            known[key] = source, Foreign(foreign_texts(item, company, self.language))
        return known[key][1]

    @cached_property
    def _foreign_to_all(self) -> Foreign:
        sources, known = reaching_all(self.workspace), self.studio.foreign_to_all
        key = self.language.code, self.workspace.company.language
        if key not in known or known[key][0] != sources:
            known[key] = sources, Foreign().joined_by(map(self._foreign_in, sources))
        return known[key][1]

    def foreign(self, subject: Subject) -> Foreign:
        """What its documents about the subject say in another language: nothing of what cannot reach them."""
        return self._foreign_to_all.joined_by(map(self._foreign_in, sources_for(self.workspace, subject)))

    @cached_property
    def formulas(self) -> Mapping[str, Mapping[str, str]]:
        formulas = read_formulas(self.language.folders, self.language.code)
        return {
            kind: {part: filled(text, self.language.terms) for part, text in texts.items()}
            for kind, texts in formulas.items()
        }

    def prose(
        self, name: str, values: Mapping[str, Any], passages: Mapping[str, str | None] = NO_PASSAGES
    ) -> Prose:
        file = self.language.folders.file(self.language.code, name)
        return self.studio.templates.prose(file, {**values, "terms": self.language.terms}, passages)

    def list_in(self, name: str, variable: str) -> tuple[str, ...]:
        return self.studio.templates.list_in(self.language.folders.file(self.language.code, name), variable)

    def prose_in_any_language(self, name: str, values: Mapping[str, Any]) -> Prose:
        return self.studio.templates.prose(name, values)


class Studio:
    """Makes the documents of one workspace on one day, in any thread. Use it in a `with`: it may run presses.

    `presses` that were started already save their starting time; else they start as PDFs are asked for.
    `deadline` is the seconds that laying out one PDF may take, `width` the columns of a terminal for which
    tables in plain text are made, `seconds` the most that a pitch may take to say. What a studio knows that
    was there `before`, of the same folder with the same templates, is not found out again.
    """

    def __init__(
        self,
        workspace: Workspace,
        today: date,
        presses: Prints | None = None,
        deadline: float = DEADLINE,
        width: int | None = None,
        seconds: int | None = None,
        before: Studio | None = None,
    ) -> None:
        self.workspace = workspace
        self.today = today
        self.width = width or TABLE_WIDTH
        self.seconds = seconds
        self.templates: Templates = before.templates if before else Templates(workspace.root)
        self.foreign: dict[tuple[Key, str, str], tuple[Source, Foreign]] = before.foreign if before else {}
        self.foreign_to_all: dict[tuple[str, str], tuple[tuple[Source, ...], Foreign]] = (
            before.foreign_to_all if before else {}
        )
        self.look = Look(workspace.company.brand, workspace.logo, workspace.font)
        self._blame = Blame(workspace, self.templates)
        self._presses = presses or Presses()
        self._deadline = deadline
        self._contexts: dict[str, _Context] = {}

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the presses that run."""
        self._presses.close()

    def compose(self, name: str, subject: Subject, language: str) -> Document:
        """The document of that name about an item of the workspace, or about the workspace itself.

        Raises `InvalidInput` when a template or the words of the language do not do.
        """
        kind, context = KINDS[name], self._context(language)
        with faults_told(subject.at.path):
            content = kind.compose(context, subject)
            page = self._page(kind, subject, content, context)
        return Document(kind, subject, page, content)

    def words(self, language: str) -> Mapping[str, str]:
        """The fixed words of documents in a language. Raises `InvalidInput` for those that are not right."""
        return self._context(language).words

    def _context(self, language: str) -> _Context:
        """What documents of a language have in common. Raises `InvalidInput`."""
        if language not in self._contexts:
            self._contexts[language] = _Context(self, self.workspace.languages.get(language))
        return self._contexts[language]

    def _page(self, kind: DocumentKind, subject: Subject, content: Content, context: _Context) -> Page:
        company = self.workspace.company.name
        return Page(
            layout=kind.layout,
            css=kind.styles,
            language=context.language,
            title=f"{content.heading} \N{EN DASH} {company}",
            company=company,
            written_on=self.today,
            values={**content.values, "date": full_date(self.today, context.language)},
            screen_css=kind.screen_styles,
            paper_css=kind.paper_styles(self.workspace),
            foreign=context.foreign(subject),
        )

    def surely_fits(self, pitch: Document) -> bool:
        """Whether a pitch fits its page beyond doubt, told without laying it out.

        Only the shipped look is known well enough to tell.
        """
        look = (PITCH.layout, *PITCH.styles)
        shipped = self.look.font is None and all(self.templates.overlay.is_shipped(name) for name in look)
        prose, paper = pitch.content.prose, self.workspace.company.brand.paper
        return bool(shipped and prose and surely_fits(prose, pitch.content.values["subtitle"], paper))

    def fingerprint(self, document: Document) -> str:
        """A digest of all that the document shows, in whichever format: its text, its look, its assets.

        Raises `InvalidInput` when it cannot be rendered.
        """
        page = document.page
        shown = [
            paper_html(page, self.look, self.templates),
            paper_styles(page, self.look, self.templates),
            *(self.templates.text(name) for name in page.css + page.screen_css),
            *(text() for text in document.content.texts.values()),
        ]
        digest = sha256("\0".join(shown).encode())
        if self.look.font:
            digest.update(self.look.font.read_bytes())
        return digest.hexdigest()

    def message(self, hire: Hire, language: str, attachments: Mapping[str, bytes]) -> bytes:
        """The pitch as a message to `hire`, with these files by their names: an .eml file, not yet sent.

        Raises `InvalidInput` when a template or the words of the language cannot be filled in.
        """
        prose, context = self.compose(PITCH.name, hire, language).content.prose, self._context(language)
        assert prose
        files = [PurePath(name) for name in attachments]
        calendar = any(file.suffix == CALENDAR for file in files)
        letter = Letter(
            prose=prose,
            practical=message_prose(context, hire, [file.stem for file in files], calendar),
            language=language,
            company=self.workspace.company.name,
            words=context.words,
        )
        html = context.foreign(hire).told(letter.html(self.look.brand, self.templates))
        return draft(html, letter, hire.model.name, hire.model.email, attachments)

    def calendar(self, hire: Hire, language: str) -> bytes | None:
        """The first days of `hire` as an .ics file; none where they are not known. Raises `InvalidInput`."""
        text = self.compose(PITCH.name, hire, language).content.texts.get("ics")
        return text().encode() if text else None

    def attachment_name(self, document: str, language: str) -> str:
        """What the file of a newcomer's `document`, or the `calendar`, is called: "Pelikirja.pdf".

        Raises `InvalidInput` when the words of the language are not all there.
        """
        word, ending = _SENT[document]
        return f"{self._context(language).words[word]}{ending}"

    def render(self, document: Document, format: str) -> Rendered:
        """A document as `pdf`, as `html`, or in one of the formats among its `texts`.

        The result is empty when its problems say why it cannot be made.
        """
        try:
            with faults_told(document.path):
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
            page = screen_page(document.page, self.look, self.templates)
            problems = document.content.problems + unfilled(document, page.text)
            return Rendered(page.file, self._minded(problems))
        if format == "pdf":
            return self._render_pdf(document)
        if format == DOCX:
            html = paper_html(document.page, self.look, self.templates)
            problems = document.content.problems + unfilled(document, html)
            tags = {code: self.workspace.languages.get(code).tag for code in self.workspace.company.languages}
            word = word_file(html, document.page, self.look, tags, closely=document.kind.most_pages != 1)
            return Rendered(word, self._minded(problems))
        if refused := document.content.refused.get(format):
            return Rendered(b"", refused)
        text = document.content.texts[format]()
        problems = document.content.problems + unfilled(document, escape(text))
        return Rendered(text.encode(), self._minded(problems))

    def _render_pdf(self, document: Document) -> Rendered:
        paper = self.paper(document)
        return self.printed(document, paper, self._presses.print(paper))

    def paper(self, document: Document) -> Paper:
        """What a press needs to print the document. Raises `InvalidInput` when it cannot be rendered."""
        html = paper_html(document.page, self.look, self.templates)
        styles = paper_styles(document.page, self.look, self.templates)
        brand = self.workspace.company.brand
        files = tuple(self.workspace.root / name for name in (brand.logo, brand.font) if name)
        return Paper(html, styles, self.workspace.root, self._deadline, files)

    def words_tried(self, words: Iterable[str]) -> Pdf:
        """A page with nothing but these words, to see what no font on this machine can show."""
        html = "".join(f"<p>{escape(word)}</p>" for word in words)
        return self._presses.print(Paper(html, "", self.workspace.root, self._deadline))

    def printed(self, document: Document, paper: Paper, pdf: Pdf) -> Rendered:
        """What a press made of the document's paper, and all that is wrong with that."""
        problems = document.content.problems + tuple(self._blame.problems(document, paper.html, pdf))
        problems += unfilled(document, paper.html)
        problems += overlong(document, pdf.pages)
        return Rendered(pdf.content, self._minded(problems), pdf.pages)

    def _minded(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems without warnings that the company minds not, by its `checks`."""
        severities = self.workspace.company.checks.severities
        return tuple(p for p in problems if severities.get(p.code) != OFF or p.severity is Severity.ERROR)
