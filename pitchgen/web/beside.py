"""The page beside a form: the documents that say what stands in a file, made from what was typed by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.documents.catalogue import KINDS
from pitchgen.load.document import YamlMap
from pitchgen.load.files import walk
from pitchgen.problems import InvalidInput, errors
from pitchgen.workspace import Hire, Manager, Persona, Role, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.documents.kind import DocumentKind
    from pitchgen.problems import Problem
    from pitchgen.web.sheet import Sheet
    from pitchgen.workspace.reach import Subject

# Of documents to choose from.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Beside:
    """A document that shows what a file says: its kind, and whom it is about."""

    kind: DocumentKind
    subject: Subject

    def label(self, said: dict[str, str], *languages: str) -> str:
        """What it is called."""
        name, of = said[f"keep_doc.{self.kind.name}"], self.subject
        match of:
            case Persona():
                return f"{name}: {of.model.label.said(*languages)}"
            case Role():
                return f"{name}: {of.model.title.said(*languages)}"
            case Hire() | Manager():
                return f"{name}: {of.model.name}"
            case _:
                return name


def pages_beside(sheet: Sheet) -> tuple[Beside, ...]:
    """The documents that say what stands in the file, the nearest first."""
    workspace = sheet.drafted.workspace
    if workspace is None:
        return ()
    found = _of_file(workspace, sheet.draft.path) or _of_company(workspace, sheet)
    return tuple(Beside(KINDS[name], subject) for name, subject in found)[:_MOST]


def _of_file(workspace: Workspace, path: str) -> list[tuple[str, Subject]]:
    """The documents about the persona, role, manager or newcomer whose file it is."""
    found: list[tuple[str, Subject]] = []
    for persona in (each for each in workspace.personas if each.at.path == path):
        found.append(("persona-card", persona))
        found += [("playbook", role) for role in workspace.roles if persona in role.customers]
    for role in (each for each in workspace.roles if each.at.path == path):
        found += [("role-card", role), ("playbook", role)]
    for manager in (each for each in workspace.managers if each.at.path == path):
        found += [("team-page", manager)] if workspace.team_of(manager) else []
    for hire in (each for each in workspace.hires if each.at.path == path):
        found += [("pitch", hire), ("manager-sheet", hire)]
    return found


def _of_company(workspace: Workspace, sheet: Sheet) -> list[tuple[str, Subject]]:
    """The documents that say something of what belongs to all: a metric, a value, a touchpoint."""
    named = [role for role in workspace.roles if _names(role, sheet)]
    cards: list[tuple[str, Subject]] = [
        (name, role) for role in named or workspace.roles for name in ("role-card", "playbook")
    ]
    pitches: list[tuple[str, Subject]] = [("pitch", hire) for hire in workspace.hires[:1]]
    matrix: list[tuple[str, Subject]] = [("matrix", workspace)]
    if next(iter(sheet.draft.loc), "") in ("touchpoints", "phases"):
        return [*matrix, *cards]
    return [*cards, *pitches, *matrix] if named else [*pitches, *cards, *matrix]


def _names(role: Role, sheet: Sheet) -> bool:
    """Whether a role names the item by its id."""
    source = sheet.source
    if not sheet.draft.loc or source is None or not sheet.has_form:
        return False
    _, value, _ = walk(source.data, sheet.draft.loc)
    id = str(value.get("id") or "") if isinstance(value, YamlMap) else ""
    model = role.model
    named = (*model.owns, *model.helps_at, *model.behaviors, *(goal.metric for goal in model.goals))
    return bool(id) and id in named


@dataclass(frozen=True, slots=True)
class PageBeside:
    """A page as HTML, or the `faults` that keep it from being made.

    By its `version` it is told from what stood beside the draft before.
    """

    version: str
    html: bytes = b""
    faults: tuple[Problem, ...] = ()


def page_of(sheet: Sheet, pages: Sequence[Beside], language: str) -> PageBeside:
    """The chosen page, which is made once; an empty one where there are none."""
    desk, draft = sheet.visit.desk, sheet.draft
    version = f"{draft.version}-{sheet.reading.version}"
    if not pages:
        return PageBeside(version)
    of = (version, draft.digest, language, desk.today())
    return desk.drafts.once(draft, of, lambda: PageBeside(version, *_made(sheet, pages, language)))


def page_shown(sheet: Sheet, version: str | None) -> PageBeside | None:
    """The page that was made last for a draft, if it is of that version."""
    page: PageBeside | None = sheet.visit.desk.drafts.made(sheet.draft)
    return page if page and page.version == version else None


def _made(sheet: Sheet, pages: Sequence[Beside], language: str) -> tuple[bytes, tuple[Problem, ...]]:
    try:
        studio = sheet.visit.desk.studio(sheet.drafted, sheet.drafted.usable())
        chosen = pages[min(sheet.draft.shown, len(pages) - 1)]
        rendered = studio.render(studio.compose(chosen.kind.name, chosen.subject, language), "html")
    except InvalidInput as error:
        return b"", error.problems
    return rendered.content, errors(rendered.problems) if rendered.failed else ()
