"""What a message to a newcomer says below the pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.compose.arrival import arrival_words
from pitchgen.compose.greeting import greeted_as
from pitchgen.compose.voice import Voice
from pitchgen.documents.pitch import MESSAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.documents.kind import Context
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Hire


def message_prose(
    context: Context, hire: Hire, attached: Sequence[str] = (), calendar: bool = False
) -> Prose:
    """What a message says below the pitch: the first morning, and what is `attached`. Raises `InvalidInput`.

    With a `calendar`, one is among that.
    """
    company = context.workspace.company
    voice = Voice.of(context.workspace, context.language.code)
    arrival = arrival_words(hire, voice)
    values = {
        **{name: getattr(arrival, name) for name in type(arrival).__slots__},
        "name": hire.model.name,
        "called": greeted_as(hire.model, context.workspace.languages.names),
        "company": company.name,
        "formal": company.brand.tone == "formal",
        "attached": tuple(attached),
        "calendar": calendar,
    }
    return context.prose(MESSAGE, values)
