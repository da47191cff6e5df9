"""The workspace: its files validated and linked; every reference is the thing that it names."""

from pitchgen.workspace.linked import (
    Conflict,
    Goal,
    Hire,
    Manager,
    Moment,
    Need,
    Persona,
    Reward,
    Role,
    Touchpoint,
    Value,
    Workspace,
)

__all__ = [
    "Conflict",
    "Goal",
    "Hire",
    "Manager",
    "Moment",
    "Need",
    "Persona",
    "Reward",
    "Role",
    "Touchpoint",
    "Value",
    "Workspace",
]
