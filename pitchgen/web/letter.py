"""The letter of a newcomer as the page shows it: made from what was typed, or what is in its way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.documents.pitch import KIND as PITCH
from pitchgen.language.speech import duration_of
from pitchgen.problems import InvalidInput, Problem, errors
from pitchgen.rules.leaks import leaks
from pitchgen.rules.newcomers import newcomer_problems
from pitchgen.studio.document import Rendered
from pitchgen.studio.jobs import packed, whole_bundles
from pitchgen.studio.sentences import Passage, Timed, paragraphs, passages
from pitchgen.web.person import draft, field_of
from pitchgen.workspace.newcomer import PATH, hint_without_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pitchgen.keep.reading import Reading
    from pitchgen.studio.document import Document
    from pitchgen.studio.studio import Studio
    from pitchgen.web.opened import Opened
    from pitchgen.workspace import Hire, Workspace

# What the letter is taken along as, in the order of how often it is.
FORMATS = ("pdf", "docx", "txt", "eml", "ics", "html")
_NEEDED = ("name", "role")


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that could be made: whose it is, by which studio, and its page."""

    studio: Studio
    workspace: Workspace
    hire: Hire
    document: Document
    html: bytes

    @property
    def language(self) -> str:
        """The language it is in."""
        return self.document.language

    def passages(self) -> Sequence[Passage]:
        """What it says, part by part."""
        return tuple(passages(self.studio, self.document))

    def paragraphs(self) -> Sequence[Timed]:
        """All that is said."""
        return tuple(paragraphs(self.studio, self.document))

    @property
    def seconds(self) -> int:
        """How long it takes to say."""
        return duration_of(self.document.spoken, self.document.page.language).seconds

    def pages(self) -> int:
        """How many pages it fills; it is laid out only where that cannot be told without."""
        if self.studio.surely_fits(self.document):
            return 1
        return self.studio.render(self.document, "pdf").pages

    def file(self, format: str) -> Rendered:
        """It as a file. Raises `InvalidInput` for a format it does not have."""
        if format in PITCH.bundles:
            whole = whole_bundles(self.workspace, [self.hire], None)
            ((_, rendered),) = packed(self.studio, whole, format)
            return rendered
        if format == "txt":
            # To be sent or pasted, not to be read aloud from: without times.
            blocks = self.document.content.prose.blocks if self.document.content.prose else ()
            return Rendered("".join(f"{block.text}\n\n" for block in blocks).encode())
        return self.studio.render(self.document, format)


@dataclass(frozen=True)
class Letter:
    """What the page tells of a newcomer: their letter, or else all that is in its way.

    `problems` are those with what was typed, `elsewhere` those of the company's files. By its `version` it is
    told from what there was of them before.
    """

    version: str
    made: Made | None = None
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = field(default=())

    @cached_property
    def at_fields(self) -> Mapping[str, Sequence[Problem]]:
        """The problems by the fields of the form that they stand beside; "" for none of them."""
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(field_of(problem.loc), []).append(problem)
        return found


def letter_of(reading: Reading, opened: Opened, studio_of: Callable[[Workspace], Studio]) -> Letter:
    """The letter of a newcomer, made from what was typed by now, by the studio of the workspace they join."""
    version = f"{opened.version}-{reading.version}"
    linking = reading.linking.joined_by(draft(opened))
    typed = tuple(_told(problem) for problem in linking.problems if problem.path == PATH)
    elsewhere = tuple(problem for problem in errors(linking.problems) if problem.path != PATH)
    if linking.workspace is None or elsewhere or errors(typed):
        asked = typed if opened.of or any(opened.typed.get(key) for key in _NEEDED) else ()
        return Letter(version, problems=asked, elsewhere=elsewhere)
    return _composed(studio_of(linking.workspace), typed, version)


def _told(problem: Problem) -> Problem:
    """A problem with what stands in a field of a form, and in no line of a file."""
    own = field_of(problem.loc)

    def under(key: str) -> str:
        return "here" if key == own else f"under {key.replace('_', ' ').capitalize()}"

    hint = hint_without_line(problem, "leave it empty", under).replace(", here", " here")
    return replace(problem, hint=hint)


def _composed(studio: Studio, typed: tuple[Problem, ...], version: str) -> Letter:
    workspace, hire = studio.workspace, studio.workspace.hires[-1]
    try:
        document = studio.compose(PITCH.name, hire, workspace.language_of(hire))
    except InvalidInput as error:
        return Letter(version, problems=typed, elsewhere=error.problems)
    page = studio.render(document, "html")
    if page.failed:
        return Letter(version, problems=typed, elsewhere=errors(page.problems))
    found = newcomer_problems(workspace, [hire], studio.today, _told)
    told = (*typed, *found, *page.problems, *leaks(workspace, [hire], studio.today))
    made = Made(studio, workspace, hire, document, page.content)
    return Letter(version, made, tuple(dict.fromkeys(told)))
