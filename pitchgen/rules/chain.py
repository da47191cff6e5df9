"""Chain: everyone has a part in the promise, and every touchpoint somebody who answers for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pitchgen.problems import Severity
from pitchgen.rules.circles import circles
from pitchgen.rules.repeats import repeats, sentence
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import short_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.load.place import Place
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
                    f"no role owns touchpoint '{id}'",
                    f"add '{id}' to `owns` of the role that answers for it",
                )
            case several:
                names = short_list(role.model.id for role in several)
                yield Finding(
                    touchpoint.at / "id",
                    f"{len(several)} roles own touchpoint '{id}': {names}",
                    "leave it to one of them; the others may have it under `helps_at`",
                )


@rule("persona-served")
def persona_served(facts: Facts) -> Iterator[Finding]:
    """Every persona is served by a role.

    A persona whom nobody serves is known to us on paper only: no newcomer gets a playbook with their page,
    and when they call, whoever picks up meets a stranger.

    Write the persona's id under `serves: personas:` of the role that meets them; the colleagues who serve
    that role reach the persona through it.

    Wrong:

        # roles/adviser.yaml
        serves:
          personas: [careful]

    Right:

        # roles/adviser.yaml
        serves:
          personas: [careful, fast]
    """
    served = {persona for role in facts.workspace.roles for persona in role.personas}
    for persona in facts.workspace.personas:
        if persona not in served:
            id = persona.model.id
            yield Finding(
                persona.at / "label",
                f"no role serves persona '{id}'",
                f"add '{id}' to `serves: personas:` of the role that meets them",
            )


@rule("role-reach")
def role_reach(facts: Facts) -> Iterator[Finding]:
    """Every role leads to a customer, itself or through the colleagues it serves.

    Everyone carries a part of the promise, also those who never meet a customer. If the way from a role ends
    among colleagues, nobody can tell its newcomer whose day their work makes better.

    Follow the way from the role: who uses its work, and who uses theirs, until somebody meets a customer. Add
    the colleague under `serves: roles:`, or the persona under `serves: personas:`, where the way breaks off.

    Wrong:

        # roles/planner.yaml
        serves:
          roles: [recruiter]
        # roles/recruiter.yaml
        title: Recruiter
        purpose: You find the people who will pick up the phone.
        part:
          why: The first voice a customer hears is one that you found.
          how: You bring a real call to every interview.
        serves:
          roles: [planner]

    Right:

        # roles/planner.yaml
        serves:
          roles: [adviser]
        # roles/recruiter.yaml
        title: Recruiter
        purpose: You find the people who will pick up the phone.
        part:
          why: The first voice a customer hears is one that you found.
          how: You bring a real call to every interview.
        serves:
          roles: [planner]
    """
    lost = {role: role.roles for role in facts.workspace.roles if not role.reaches}
    hint = "add a persona that one of them meets, or a colleague who leads to customers, under `serves`"
    in_circles: set[Role] = set()
    for circle in circles(lost):
        # Its roles are lost together, and one persona finds them all.
        in_circles.update(circle)
        yield Finding(_step(circle), f"{_round(circle)}, and no way from there leads to a customer", hint)
    for role, colleagues in lost.items():
        if role not in in_circles:
            names = short_list(colleague.model.id for colleague in colleagues)
            message = f"no way leads from role '{role.model.id}' to a customer; it serves only: {names}"
            yield Finding(role.at / "serves" / "roles", message, hint)


@rule("role-circle", Severity.NOTE)
def role_circle(facts: Facts) -> Iterator[Finding]:
    """Colleagues serve each other in one direction: towards the customer.

    Where two roles serve each other, a matter can go back and forth between their desks while the customer
    waits, and each newcomer learns that the other one will see to it.

    Ask who of them stands nearer to the customer, and let the other serve that role. If both truly live by
    each other's work, leave it as it is.

    Wrong:

        # roles/adviser.yaml
        serves:
          personas: [careful, fast]
          roles: [planner]

    Right:

        # roles/adviser.yaml
        serves:
          personas: [careful, fast]
    """
    # From a circle that leads to no customer much more is missing, and another rule says so.
    leading = {role: role.roles for role in facts.workspace.roles if role.reaches}
    towards = {role: [other for other in roles if other in leading] for role, roles in leading.items()}
    for circle in circles(towards):
        yield Finding(_step(circle), _round(circle), "let each serve the one who is nearer to the customer")


@rule("persona-touchpoints")
def persona_touchpoints(facts: Facts) -> Iterator[Finding]:
    """Every persona says something about every touchpoint.

    The same touchpoint feels different to different people: one is relieved by a call, another is disturbed
    by it. Where the persona's file is silent, the newcomer will do what they would like to get themselves.

    Write under `moments` what this persona expects there and how it feels, or, when they never come by, the
    touchpoint's id under `skips`.

    Wrong:

        # personas/fast.yaml
        moments:
          - touchpoint: call
            expects: Nobody asks her twice.
            feels: -2
            do: Read her earlier tickets while it rings.

    Right:

        # personas/fast.yaml
        moments:
          - touchpoint: call
            expects: Nobody asks her twice.
            feels: -2
            do: Read her earlier tickets while it rings.
        skips: [invoice]
    """
    for persona in facts.workspace.personas:
        known = {*persona.skips, *(moment.touchpoint for moment in persona.moments)}
        missing = [touchpoint for touchpoint in facts.workspace.touchpoints if touchpoint not in known]
        if missing:
            names = short_list(touchpoint.model.id for touchpoint in missing)
            central = "is of priority 1 and " if persona.model.priority == "1" else ""
            yield Finding(
                persona.at / "moments",
                f"persona '{persona.model.id}' {central}says nothing about: {names}",
                "add each under `moments`, or under `skips` if they never meet it",
            )


@rule("role-decides", Severity.NOTE)
def role_decides(facts: Facts) -> Iterator[Finding]:
    """Every role that answers for a touchpoint decides something itself.

    No two days are alike, and no script knows them all. Whoever answers for a touchpoint and may decide
    nothing has to leave the customer standing and ask.

    Write under `decides` what whoever has this role may settle without asking, up to which sum if it
    costs money.

    Wrong:

        # roles/adviser.yaml
        decides:

    Right:

        # roles/adviser.yaml
        decides:
          - a credit of up to 200 euros
    """
    for role in facts.workspace.roles:
        if role.owns and not role.model.decides:
            yield Finding(
                role.at / "decides",
                f"role '{role.model.id}' answers for a touchpoint, and decides nothing itself",
                "write under `decides` what may be settled without asking",
            )


@rule("same-part")
def same_part(facts: Facts) -> Iterator[Finding]:
    """Every role keeps the promise in tasks of its own.

    On their first day a newcomer hears in which of their tasks the promise is kept. If the same sentence is
    said to the next one in another role, it is a slogan, and neither of them knows what to do on Tuesday.

    Name a task that only this role has, and what the customer can feel of it. Words count as the same
    whatever their endings; `similarity` under `checks: limits:` in company.yaml is the share of common words
    at which two sentences count as one.

    Wrong:

        # roles/planner.yaml
        part:
          why: Without you the phone would ring in an empty room.
          how: You name a time in every answer and keep to it.

    Right:

        # roles/planner.yaml
        part:
          why: Without you the phone would ring in an empty room.
          how: You fill every shift two weeks before it begins.
    """
    parts = [
        sentence(role, role, role.model.part.how, role.at / "part" / "how", facts.workspace)
        for role in facts.workspace.roles
    ]
    for found in repeats(parts, facts.limits.similarity):
        yield Finding(
            found.at,
            f"role '{found.item.model.id}' keeps the promise in {found.as_} "
            f"role '{found.first.model.id}' {found.where}",
            "name a task that only this role has",
        )


def _step(circle: Sequence[Role]) -> Place:
    """Where the first role of a circle names the one by which the circle goes on."""
    first, members = circle[0], set(circle)
    following = next(role.model.id for role in first.roles if role in members)
    return first.at / "serves" / "roles" / first.model.serves.roles.index(following)


def _round(circle: Sequence[Role]) -> str:
    names = short_list(role.model.id for role in circle)
    return (
        f"the roles {names} serve each other in a circle" if circle[1:] else f"role '{names}' serves itself"
    )
