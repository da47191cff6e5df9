"""Chain: everyone has a part in the promise, and every touchpoint somebody who answers for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.workspace import Role, Touchpoint


@rule("touchpoint-owner")
def touchpoint_owner(facts: Facts) -> Iterator[Finding]:
    """Every touchpoint is owned by exactly one role.

    What belongs to everybody is nobody's: a customer who is let down at a touchpoint without an owner, or
    with two who count on each other, is let down again next week.

    Write the touchpoint's id under `owns` of one role; whoever lends a hand has it under `helps_at`.

    Wrong:

        # roles/adviser.yaml
        owns: [invoice]

    Right:

        # roles/adviser.yaml
        owns: [call, invoice]
    """
    owners: dict[Touchpoint, list[Role]] = defaultdict(list)
    for role in facts.workspace.roles:
        for touchpoint in role.owns:
            owners[touchpoint].append(role)
    for touchpoint in facts.workspace.touchpoints:
        id = touchpoint.model.id
        match owners[touchpoint]:
            case [_]:
                pass
            case []:
                yield Finding(
                    touchpoint.at / "id",
                    f"no role owns the touchpoint '{id}'",
                    f"add '{id}' to `owns` of the role that answers for it",
                )
            case several:
                names = ", ".join(role.model.id for role in several)
                yield Finding(
                    touchpoint.at / "id",
                    f"{len(several)} roles own the touchpoint '{id}': {names}",
                    "leave it to one of them; the others may have it under `helps_at`",
                )
