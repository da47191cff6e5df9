"""Make one document: what the command of a document does, for one that it is about and in one format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import KINDS
from pitchgen.problems import InvalidInput, Problem
from pitchgen.render.presses import Presses, Prints
from pitchgen.studio.jobs import packed, whole_bundles
from pitchgen.studio.studio import Studio
from pitchgen.studio.subjects import item_called, language_called, unknown
from pitchgen.workspace import Hire, Workspace

if TYPE_CHECKING:
    from datetime import date

    from pitchgen.documents.kind import DocumentKind
    from pitchgen.studio.document import Rendered
    from pitchgen.workspace.reach import Subject


def make_document(
    workspace: Workspace,
    document: str,
    about: str | None = None,
    *,
    format: str,
    today: date,
    language: str | None = None,
    presses: Prints | None = None,
) -> Rendered:
    """One document of the workspace, as it is made on the day `today`: its bytes, and what is wrong with it.

    It is `about` the hire, role, persona or manager of that id or name; one of the company is about nobody.
    Its `language` is that of the hire, or the company's, unless another is given. A PDF starts a renderer,
    and ends it, unless there are `presses` for it, whose owner closes them.

    Raises `InvalidInput` when there is no such document, format, language, or nobody of that name.
    """
    if document not in KINDS:
        raise unknown("document", document, KINDS)
    kind = KINDS[document]
    if format not in (formats := (*kind.formats, *kind.bundles)):
        raise unknown("format", format, formats)
    language = language_called(workspace, language)
    subject = _subject(workspace, kind, about)
    usual = workspace.company.language if isinstance(subject, Workspace) else workspace.language_of(subject)
    own = presses or Presses()
    try:
        studio = Studio(workspace, today, own)
        if format in kind.bundles and isinstance(subject, Hire):
            ((_, rendered),) = packed(studio, whole_bundles(workspace, [subject], language), format)
            return rendered
        ((_, rendered),) = studio.render_all(
            lambda: studio.compose(kind.name, subject, language or usual), [format]
        )
        return rendered
    finally:
        if presses is None:
            own.close()


def _subject(workspace: Workspace, kind: DocumentKind, about: str | None) -> Subject:
    if kind.of == "company":
        return workspace
    if about is None:
        message = f"a {kind.name} is about a {kind.of}, and nobody is named"
        raise InvalidInput([Problem("unknown-reference", message, hint=f"give the id of a {kind.of}")])
    return item_called(workspace, kind.of, about)
