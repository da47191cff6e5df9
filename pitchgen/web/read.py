"""Reading: every document of the workspace in the browser, and what is known of whom at which touchpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pitchgen.documents.catalogue import DOCUMENTS
from pitchgen.documents.pitch import KIND as PITCH
from pitchgen.keep.search import words_of
from pitchgen.problems import InvalidInput, errors
from pitchgen.studio.subjects import items
from pitchgen.web.frame import file, framed
from pitchgen.web.library import Library, name_of
from pitchgen.web.results import results
from pitchgen.web.visit import Visit, route
from pitchgen.write import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.responses import Response

    from pitchgen.documents.kind import DocumentKind, Whose
    from pitchgen.studio.document import Rendered
    from pitchgen.studio.subjects import Item

# The letter stands where newcomers are welcomed.
KINDS = {name: kind for name, kind in DOCUMENTS.items() if kind.name != PITCH.name}
# So many answers can be looked over, and so many names.
MOST_FOUND, MOST_ROWS = 24, 60
_FORMATS = ("pdf", "html")
# What does not change with every newcomer first.
_ORDER: tuple[Whose, ...] = ("role", "persona", "manager", "hire")
_ANCHOR = re.compile(r"[\w-]*")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Those whom documents of the same kinds are about, with the addresses of these; and how many more."""

    of: Whose
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    more: int


def shelves(visit: Visit) -> Response:
    """All that there is to read, and where to look for an answer."""
    return _shelves(visit, _library(visit), "")


def search(visit: Visit) -> Response:
    """Look for an answer; a script that follows typing gets the page at once."""
    library, said = _library(visit), visit.typed("said").strip()
    id = visit.desk.ask(said) if said else ""
    return _shelves(visit, library, said, id) if visit.is_live else visit.go(_here(library.language, id))


def asked(visit: Visit) -> Response:
    """What was looked for before."""
    id = visit.path("id")
    return _shelves(visit, _library(visit), visit.desk.asked(id) or "", id)


def _here(language: str, id: str) -> str:
    return f"/read/{language}/asked/{id}" if id else f"/read/{language}"


def _library(visit: Visit) -> Library:
    """What there is to read, in the language of the address, else in that of the page where it can be."""
    reading = visit.reading
    workspace = reading.usable()
    wanted = str(visit.request.path_params.get("language", ""))
    if wanted and wanted not in workspace.company.languages:
        raise visit.gone()
    return Library(visit.desk, reading, workspace, wanted or visit.language_in(workspace))


def _shelves(visit: Visit, library: Library, said: str, id: str = "") -> Response:
    found = library.find(said, MOST_FOUND)
    return visit.page(
        "read",
        said=said,
        found=found,
        groups=results(library, found),
        shelves=list(_called(library, said)),
        in_language=library.language,
        tongues=[(code, name, _here(code, id)) for code, name in library.languages(visit.language)],
        address=_here(library.language, id),
        action=_here(library.language, ""),
    )


def _called(library: Library, said: str) -> Iterator[Shelf]:
    """All documents; when somebody looks for something, those about whom or what is called so."""
    wanted = words_of(said)
    for of in _ORDER:
        kinds = [kind for kind in KINDS.values() if kind.of == of]
        rows = [each for each in library.shelf(of) if _is_called(each.words, wanted)]
        shown = (
            (each.called, tuple((kind.word, library.address(kind, each.subject)) for kind in kinds))
            for each in rows[:MOST_ROWS]
        )
        if rows:
            yield Shelf(of, tuple(shown), len(rows[MOST_ROWS:]))


def _is_called(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(word.startswith(begun) for word in words) for begun in wanted)


def document(visit: Visit) -> Response:
    """A document in a frame, and the ways to take it along. Raises `InvalidInput` with what is wrong."""
    library = _library(visit)
    kind, subject = _named(visit, library)
    library.studio.compose(kind.name, subject, library.language)
    at = visit.request.query_params.get("at", "")
    anchor = f"#{quote(at)}" if at and _ANCHOR.fullmatch(at) else ""
    return visit.page(
        "document",
        kind=kind,
        called=library.called(subject),
        in_language=library.language,
        tongues=[
            (code, name, library.address(kind, subject, language=code))
            for code, name in library.languages(visit.language)
        ],
        back=_here(library.language, ""),
        frame=library.address(kind, subject, "/page") + anchor,
        files=[(format, library.address(kind, subject, f"/as.{format}")) for format in _FORMATS],
    )


def page_of_document(visit: Visit) -> Response:
    """The document itself, for the frame."""
    return framed(_rendered(visit, "html")[0].content)


def take_along(visit: Visit) -> Response:
    """The document as a file."""
    format = visit.path("format")
    if format not in _FORMATS:
        raise visit.gone()
    rendered, name = _rendered(visit, format)
    return file(rendered.content, f"{name}.{format}")


def _rendered(visit: Visit, format: str) -> tuple[Rendered, str]:
    """The document in a format, and what its file is called. Raises `InvalidInput` when it cannot be made."""
    library = _library(visit)
    kind, subject = _named(visit, library)
    studio = library.studio
    rendered = studio.render(studio.compose(kind.name, subject, library.language), format)
    if rendered.failed:
        raise InvalidInput(errors(rendered.problems))
    return rendered, f"{file_stem(subject.model.id or '')}-{kind.name}-{library.language}"


def _named(visit: Visit, library: Library) -> tuple[DocumentKind, Item]:
    """The kind of document in the address, and whom it is about."""
    kind = KINDS.get(visit.path("kind"))
    known = items(library.workspace)[kind.of] if kind else ()
    subject = next((each for each in known if name_of(visit.desk, each) == visit.path("name")), None)
    if kind is None or subject is None:
        raise visit.gone()
    return kind, subject


ROUTES = (
    route("/read", shelves),
    route("/read/{language}", shelves),
    route("/read/{language}", search, "POST"),
    route("/read/{language}/asked/{id}", asked),
    route("/read/{language}/{kind}/{name}", document),
    route("/read/{language}/{kind}/{name}/page", page_of_document),
    route("/read/{language}/{kind}/{name}/as.{format}", take_along),
)
