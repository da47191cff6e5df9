"""From a role to the customer: the colleagues in between, for those who never meet one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitchgen.compose.voice import Voice
    from pitchgen.workspace import Role


def chain_to_customer(role: Role, voice: Voice) -> tuple[str, ...]:
    """The shortest way from the role to customers: titles of roles, then the personas they meet.

    Empty when there is no way, and for a role that meets customers itself.
    """
    ways: deque[tuple[Role, ...]] = deque([(role,)])
    seen = {role}
    while ways and not role.personas:
        way = ways.popleft()
        if way[-1].personas:
            customers = " · ".join(voice.say(persona.model.label) for persona in way[-1].personas)
            return (*(voice.say(step.model.title) for step in way), customers)
        for colleague in way[-1].roles:
            if colleague not in seen:
                seen.add(colleague)
                ways.append((*way, colleague))
    return ()
