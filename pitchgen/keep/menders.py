"""Menders: who can mend what was found in a file, as far as the workspace tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pitchgen.model.file_kind import HIRES, MANAGERS, METRICS, PERSONAS, kind_of_path

if TYPE_CHECKING:
    from pitchgen.model.text import Text
    from pitchgen.problems import Problem
    from pitchgen.workspace import Manager, Workspace


@dataclass(frozen=True, slots=True)
class Mender:
    """Who can mend something: whoever keeps the file (`owner`), a `manager`, or else HR."""

    what: Literal["hr", "owner", "manager"]
    name: str = ""


HR = Mender("hr")


def mender(workspace: Workspace, problem: Problem, language: str) -> Mender:
    """Who can mend it: of a persona and a metric its owner, of a newcomer's file their manager, else HR.

    Owners are named in a language, where they are.
    """
    kind, path = kind_of_path(problem.path), problem.path
    if kind is HIRES:
        hire = next((each for each in workspace.hires if each.at.path == path), None)
        return _manager(hire.manager if hire else None)
    if kind is MANAGERS:
        return _manager(next((each for each in workspace.managers if each.at.path == path), None))
    owner = _owner(workspace, problem) if kind in (PERSONAS, METRICS) else None
    return Mender("owner", owner.said(language, workspace.company.language)) if owner else HR


def _manager(manager: Manager | None) -> Mender:
    return Mender("manager", manager.model.name) if manager else HR


def _owner(workspace: Workspace, problem: Problem) -> Text | None:
    """Who is said to keep the persona or the metric with the problem."""
    for persona in workspace.personas:
        if persona.at.path == problem.path:
            return persona.model.owner
    for metric, at in workspace.metric_places:
        if at.path == problem.path and at.loc == problem.loc[: len(at.loc)]:
            return metric.owner
    return None
