"""Own words: passages that a newcomer's file says in place of what the template says there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.documents.pitch import OWN, PROSE
from pitchgen.model.hire import PASSAGES
from pitchgen.overlay import FOLDER
from pitchgen.problems import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pitchgen.compose.voice import Voice
    from pitchgen.documents.kind import Context
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Hire

CODE = "unsaid-passage"
# It is no sentence that another may follow.
_HEADING = "greeting"


def own_words(hire: Hire, voice: Voice) -> Mapping[str, str | None]:
    """What this newcomer is told in each passage, as it was written; None where the template says it."""
    said = hire.model.pitch.said
    words = {name: voice.say(text) if name == _HEADING else voice.clause(text) for name, text in said.items()}
    return {name: words.get(name) for name in PASSAGES}


def refuse_unsaid(context: Context, hire: Hire, prose: Prose) -> None:
    """Raises `InvalidInput` where there are own words for a passage that the template does not come to."""
    language = context.language
    come_to = {name for name, _ in prose.passages}
    if unsaid := [name for name in hire.model.pitch.said if name not in come_to]:
        template = f"{FOLDER}/{language.file(PROSE)}"
        raise InvalidInput(
            (hire.at / "pitch" / name).error(
                CODE,
                f"the pitch in '{language.code}' has no place for the passage '{name}', so it is not said",
                f"write {{% block {name} %}}{{% endblock %}} where it is to stand in {template}; "
                f"an {{% if %}} around it must hold for `{OWN}.{name}` too",
            )
            for name in unsaid
        )
