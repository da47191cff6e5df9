"""What scaffolds show as examples: ids of the workspace itself, so that they are right as they stand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from pitchgen.model.amount import LAST_YEAR
from pitchgen.new.scaffold import Answer, scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pitchgen.workspace import Persona, Workspace

# Where a workspace has nothing to name yet. In quotes, because it is no text to translate.
_NONE = '"<id>"'
_THREE_MONTHS = timedelta(days=90)
_LAST_DAY = date(LAST_YEAR, 12, 31)


def examples(workspace: Workspace, id: str, answers: Mapping[str, Answer], today: date) -> dict[str, str]:
    """A value for each `$name` in a scaffold, as YAML."""
    touchpoints = [each.model.id for each in workspace.touchpoints]
    behaviors = [each.id for value in workspace.company.values for each in value.behaviors]
    values = {
        "id": [id],
        "today": [today.isoformat()],
        "later": [_later(answers.get("starts_on"), today).isoformat()],
        "language": [workspace.company.language],
        "phase": [str(answers.get("phase", ""))],
        "persona": [each.model.id for each in _met_by(workspace, answers.get("role"))],
        "need": [f"{need.persona.model.id}/{need.model.id}" for p in workspace.personas for need in p.needs],
        "role": [each.model.id for each in workspace.roles],
        "manager": [each.model.id or "" for each in workspace.managers],
        "touchpoint": touchpoints,
        "other_touchpoint": touchpoints[1:],
        "metric": [each.id for each in workspace.metrics],
        "goal": [goal.id for goal in workspace.company.strategy.goals],
        "behavior": behaviors,
        "new_behavior": [_free(f"{id}-", behaviors)],
        "tag": [tag for reward in workspace.rewards for tag in reward.model.suits],
    }
    shown = {name: _first(each) for name, each in values.items()}
    return {**shown, "touchpoints": ", ".join(touchpoints) or "(journey.yaml)"}


def _later(starts_on: Answer | None, today: date) -> date:
    """A day by which a goal can be reached: three months from now or from a first day to come."""
    begins = date.fromisoformat(str(starts_on)) if starts_on else today
    return min(max(begins, today), _LAST_DAY - _THREE_MONTHS) + _THREE_MONTHS


def _free(start: str, taken: Collection[str]) -> str:
    """The first of `start-1`, `start-2`, … that is not taken."""
    return next(id for n in count(1) if (id := f"{start}{n}") not in taken)


def _first(values: Iterable[str]) -> str:
    return next(map(scalar, values), _NONE)


def _met_by(workspace: Workspace, role: Answer | None) -> tuple[Persona, ...]:
    """The personas that a role reaches; without a role, all."""
    return next((each.reaches for each in workspace.roles if each.model.id == role), workspace.personas)
