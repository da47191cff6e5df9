"""The first page: who is coming, and the way to begin with somebody new."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pitchgen.language.locale import full_date
from pitchgen.web import person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from pitchgen.web.visit import Visit
    from pitchgen.workspace import Hire, Workspace


def people(visit: Visit) -> Response:
    """Who is coming, and the way to begin with somebody new."""
    workspace = visit.reading.workspace
    hires = sorted(workspace.hires if workspace else (), key=lambda hire: hire.model.starts_on or date.max)
    shown = [_person(visit, workspace, hire) for hire in hires if workspace]
    return visit.page("people", people=shown)


def _person(visit: Visit, workspace: Workspace, hire: Hire) -> Mapping[str, Any]:
    """A newcomer as the list of them says."""
    day = hire.model.starts_on
    return {
        "id": hire.model.id,
        "name": hire.model.name,
        "role": person.role_name(workspace, hire.role, visit.language),
        "day": full_date(day, workspace.languages.get(visit.language)) if day else "",
        "is_example": hire.model.example,
    }
