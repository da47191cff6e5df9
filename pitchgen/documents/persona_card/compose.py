"""What the card of a persona says: what helps at first contact, and needs with our answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.glance import fitting, glance_lines
from pitchgen.compose.persona import GlanceCard, glance_card, picture_of
from pitchgen.compose.voice import Voice
from pitchgen.documents.kind import Content, Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.workspace import Persona, Workspace

# How many letters stand on the front in their usual size. Of the back all that it has room for, and what a
# need takes beside its own: lines that are not full, and the space around it.
_AT_EASE, _BACK, _AROUND = 320, 1000, 90


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """A need, and our answer to it."""

    need: str
    response: str


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """Everything the card of a persona may say, in one language; what is missing is None or empty.

    `picture` is the address that holds their picture, `mark` the number of the one that is drawn where they
    have none; `assumed` is one of whom nobody has asked yet. What is on the front is `close` where it is set
    smaller, to be there at all.
    """

    label: str
    mark: int
    picture: str | None
    assumed: bool
    close: bool
    summary: str
    glance: GlanceCard | None
    answers: tuple[AnswerWords, ...]


def compose_persona_card(workspace: Workspace, persona: Persona, language: str) -> PersonaCard:
    """Choose what the card of `persona` says, in `language`."""
    model, voice = persona.model, Voice.of(workspace, language)
    summary = voice.sentence(model.summary)
    label = voice.say(model.label)
    on_front = fitting(glance_lines(persona, workspace.touchpoints), voice.say)
    answers = tuple(_answers(persona, voice, _BACK - len(summary)))
    # Without a back, the front has the summary as well.
    said = [label, *(voice.say(line.text) for line in on_front), *([] if answers else [summary])]
    return PersonaCard(
        label=label,
        mark=workspace.personas.index(persona),
        picture=picture_of(workspace, persona),
        assumed=bool(model.evidence and model.evidence.level == "assumption"),
        close=sum(map(len, said)) > _AT_EASE,
        summary=summary,
        glance=glance_card(on_front, voice),
        answers=answers,
    )


def _answers(persona: Persona, voice: Voice, room: int) -> Iterator[AnswerWords]:
    """The needs that we answer, each that has room beside those before it."""
    for need in persona.needs:
        if need.model.response:
            words = AnswerWords(voice.sentence(need.model.text), voice.sentence(need.model.response))
            taken = len(words.need) + len(words.response) + _AROUND
            if taken <= room:
                room -= taken
                yield words


def compose(context: Context, persona: Persona) -> Content:
    """The card of a persona. Raises `InvalidInput`."""
    card = compose_persona_card(context.workspace, persona, context.language.code)
    return Content(f"{context.words['persona_card']}: {card.label}", {"card": card, "w": context.words})
