"""What a kind of document is: one value, from which its command, its files and its builds follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from pitchgen.language.facts import Language
    from pitchgen.problems import Problem
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Workspace

Whose = Literal["hire", "role", "persona", "manager", "company"]
"""Whom a document is about: there is one for each of these."""

PAGE_FORMATS, DOCX = ("pdf", "html"), "docx"
_FOLDER = "pitchgen.documents"
SHARED_STYLES = ("tokens.css", "base.css")
BROWSER_STYLES = ("browser.css",)
PICTURE_STYLES = (*BROWSER_STYLES, "pictures.css")


class Context(Protocol):
    """What a document is composed from besides its subject."""

    @property
    def workspace(self) -> Workspace:
        """The workspace."""

    @property
    def language(self) -> Language:
        """The language of the document."""

    @property
    def today(self) -> date:
        """The day on which it is made."""

    @property
    def width(self) -> int:
        """The columns of a terminal for which tables in plain text are made."""

    @property
    def seconds(self) -> int | None:
        """In how many seconds what is said aloud is to be said; None where nobody asked for it."""

    @property
    def words(self) -> Mapping[str, str]:
        """The fixed words of documents. Raises `InvalidInput` for those that are not right."""

    @property
    def formulas(self) -> Mapping[str, Mapping[str, str]]:
        """For each kind of metric its `formula` and `caveat`. Raises `InvalidInput`."""

    def prose(self, name: str, values: Mapping[str, Any], passages: Mapping[str, str | None] = ...) -> Prose:
        """A prose template of the language, filled in. Raises `InvalidInput` with the template's line.

        What is given of its `passages` stands in their place.
        """

    def list_in(self, name: str, variable: str) -> tuple[str, ...]:
        """The texts of a list that a template of the language sets. Raises `InvalidInput` with its line."""

    def prose_in_any_language(self, name: str, values: Mapping[str, Any]) -> Prose:
        """One that takes its words from the values. Raises `InvalidInput` with the template's line."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one document says: its `heading` and the `values` that its layout needs.

    `prose` is what of it is said aloud; `texts` make it in the formats of its kind that are plain text,
    by their names, but for those that are `refused` for problems with what they need; `problems` are what
    its reader would stumble over. One is `too_long` that takes longer
    to say than it should, and may fill too many pages for the same reason.
    """

    heading: str
    values: Mapping[str, Any]
    prose: Prose | None = None
    texts: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: what is to be known of it before one is composed.

    `name` is what people call it on the command line and in names of files, `of` whom it is about, `reader`
    who reads it, and `place` where it stands in the order in which one reads them. `layout` and `styles`
    are files of templates/, as are `screen_styles`, which only HTML files have, `paper_styles`, which only
    paper has, and `other_templates`; `words` are files in the folder of its language. When one of these
    changes, so may the document. `pages` are the formats that its layout is filled in for, `texts` those in
    plain text that it has besides, the last of which suits a terminal best; `bundles` those of a file in
    which it brings its reader all that is theirs. It should fill no more than `most_pages`.

    `summary` is what help says of it in a line, `about` what else a person is to know before it is made.
    """

    name: str
    of: Whose
    reader: Literal["newcomer", "manager", "company"]
    place: int
    layout: str
    styles: tuple[str, ...]
    summary: str
    about: str = ""
    words: tuple[str, ...] = ()
    other_templates: tuple[str, ...] = ()
    pages: tuple[str, ...] = PAGE_FORMATS
    texts: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()
    screen_styles: tuple[str, ...] = BROWSER_STYLES
    paper_styles: Callable[[Workspace], tuple[str, ...]] = lambda _: ()
    most_pages: int | None = None

    def compose(self, context: Context, subject: Any) -> Content:
        """What the document about one item of the linked workspace, or about itself, says.

        So it is composed by the function `compose` in the module `compose` of its folder, which is imported
        when it is called, for it takes with it what help can do without. Raises `InvalidInput` when templates
        or words do not do.
        """
        content: Content = import_module(f"{_FOLDER}.{self.word}.compose").compose(context, subject)
        return content

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats it is made in."""
        return self.pages + self.texts

    @property
    def word(self) -> str:
        """What it is called among the fixed words of documents."""
        return self.name.replace("-", "_")

    @property
    def is_personal(self) -> bool:
        """Whether it holds what is known of a newcomer."""
        return self.of in ("hire", "manager")
