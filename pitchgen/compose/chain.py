"""From a role to the customer: the colleagues in between, for those who never meet one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Role

Way = tuple[str, ...]


def ways_to_customers(role: Role, voice: Voice) -> tuple[Way, ...]:
    """Every branch from the role to customers, the shortest first: titles of roles, then personas.

    Each colleague who meets customers is led to once, by the shortest way. Empty when there is no way, and
    for a role that meets customers itself.
    """
    found, seen = list[Way](), {role}
    ways: deque[tuple[Role, ...]] = deque([(role,)])
    while ways and not role.personas:
        way = ways.popleft()
        if way[-1].personas:
            customers = " · ".join(voice.say(persona.model.label) for persona in way[-1].personas)
            found.append((*(voice.say(step.model.title) for step in way), customers))
        for colleague in way[-1].roles:
            if colleague not in seen:
                seen.add(colleague)
                ways.append((*way, colleague))
    return tuple(found)
