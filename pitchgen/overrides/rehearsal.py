"""Rehearsal: documents filled in by a workspace's own templates, so that none fails on the great day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import KINDS
from pitchgen.documents.pitch import KIND as PITCH
from pitchgen.model import hire as models
from pitchgen.overlay import FOLDER
from pitchgen.overrides.strays import inside_templates
from pitchgen.problems import InvalidInput, Problem, Severity, errors
from pitchgen.render.fonts import needs_fallback
from pitchgen.render.mail import LAYOUT as MESSAGE
from pitchgen.render.press import missing_glyph, missing_resource
from pitchgen.render.spots import asked_spots, character_spot
from pitchgen.render.tokens import faults
from pitchgen.studio.document import templates_of
from pitchgen.studio.jobs import every_job
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Hire

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from pitchgen.studio.jobs import Job
    from pitchgen.workspace import Workspace

# What can fail when it is filled in; a style sheet cannot, and words are read whole.
_FILLED_IN = (".html", ".md")


def rehearse(workspace: Workspace, today: date, own: Collection[str]) -> Iterator[Problem]:
    """What would keep documents from being made, of which some are made from the workspace's `own` templates.

    All documents are filled in that these reach, in every language, and none is printed.
    """
    everyone = replace(workspace, hires=(*workspace.hires, *_stand_ins(workspace)))
    with Studio(everyone, today) as studio:
        yield from _Rehearsal(studio, frozenset(own)).problems()


def _stand_ins(workspace: Workspace) -> Iterator[Hire]:
    """A newcomer for every language that nobody in the workspace reads, who may be on a list some day."""
    read = {workspace.language_of(hire) for hire in workspace.hires}
    for language in workspace.company.languages:
        if language in read or not workspace.roles:
            continue
        # What is wrong with the language itself is said elsewhere.
        with suppress(InvalidInput):
            workspace.languages.get(language)
            role, manager = workspace.roles[0], next(iter(workspace.managers), None)
            name = workspace.company.name
            model = models.Hire(id=language, name=name, role=role.model.id or "", language=language)
            yield Hire(model, workspace.at, role, manager)


def _faults(name: str, css: str) -> Iterator[Problem]:
    """Where a style sheet cannot be read, so that a browser and WeasyPrint pass over what stands there."""
    lines = css.splitlines()
    for line, column, why in faults(css):
        hint = "look whether a sign is missing before it, such as ; or }"
        message = f"what stands here is passed over: {why}"
        source = lines[line - 1] if line <= len(lines) else ""
        path = f"{FOLDER}/{name}"
        yield Problem("layout", message, path, line, column, (), hint, Severity.WARNING, source)


class _Rehearsal:
    def __init__(self, studio: Studio, own: frozenset[str]) -> None:
        self._studio = studio
        self._templates = studio.templates
        self._own = own
        self._odd: set[str] = set()

    def problems(self) -> Iterator[Problem]:
        for name in sorted(self._own):
            yield from self._read(name)
        for job in every_job(self._studio.workspace, KINDS.values()):
            if self._is_filled_in_by_own(job):
                yield from self._made(job)
        yield from self._unloaded()
        yield from self._unshown()

    def _read(self, name: str) -> tuple[Problem, ...]:
        try:
            if name.endswith(_FILLED_IN):
                self._templates.compiled(name)
            elif name.endswith(".css"):
                return tuple(_faults(name, self._templates.text(name)))
        except InvalidInput as error:
            return error.problems
        return ()

    def _is_filled_in_by_own(self, job: Job) -> bool:
        names = templates_of(job.kind, self._studio.workspace, job.language)
        if job.kind is PITCH:
            names = (*names, MESSAGE)
        closure = self._templates.closure(names)
        return closure is None or any(name.endswith(_FILLED_IN) for name in closure & self._own)

    def _made(self, job: Job) -> tuple[Problem, ...]:
        """Why the document of a job cannot be made, nor a message to its newcomer."""
        try:
            document = job.compose(self._studio)
            html = self._studio.paper(document).html
            texts = [html, *(text() for text in document.content.texts.values())]
            if isinstance(job.subject, Hire) and job.kind is PITCH:
                self._studio.message(job.subject, job.language, {})
        except InvalidInput as error:
            return error.problems
        self._odd |= {c for text in texts if needs_fallback(text) for c in text if needs_fallback(c)}
        return document.content.prose.problems if document.content.prose else ()

    def _unloaded(self) -> Iterator[Problem]:
        """What layouts and style sheets of the workspace load and is not there."""
        loading = sorted(name for name in self._own if name.endswith((".html", ".css")))
        for address, spot in asked_spots(self._templates.sources(loading)):
            name = inside_templates(address)
            if name and "{" not in name and not self._templates.overlay.find(name):
                yield self._templates.at(spot, missing_resource(address, "there is no such file"))

    def _unshown(self) -> Iterator[Problem]:
        """Characters of the workspace's own templates that documents show, and no font can."""
        sources = list(self._templates.sources(sorted(self._own)))
        if not (odd := {c for c in self._odd if character_spot(c, sources)}):
            return
        pdf = self._studio.words_tried(sorted(odd))
        yield from errors(pdf.problems)
        for character in pdf.unshown:
            if spot := character_spot(character, sources):
                yield self._templates.at(spot, missing_glyph(character))
