"""What is said of a persona at a touchpoint: what they expect and feel, and what that means for us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pitchgen.compose.voice import Voice
    from pitchgen.model.text import Text
    from pitchgen.workspace import Moment, Role, Touchpoint, Workspace

# Words in which a sentence says that it refuses what it names: "Be honom aldrig …".
REFUSED_WITHIN = 4


@dataclass(frozen=True, slots=True)
class NeverWords:
    """What never to do; `negated` says that the text itself says so."""

    text: str
    negated: bool


@dataclass(frozen=True, slots=True)
class MomentWords:
    """A persona at a touchpoint: what they expect and feel (-2 to 2), and what that means for us.

    `number` is that of the touchpoint on the whole journey; `recover` is how a mistake there is put
    right with this person. `mine` and `helping` say whether the reader
    answers for the touchpoint or helps at it; else `others` are the titles of those who answer for it.
    """

    number: int
    name: str
    expects: str | None
    feels: int | None
    do: str | None
    never: NeverWords | None
    recover: str | None
    mine: bool
    helping: bool
    others: tuple[str, ...]
    assumed: bool


def compose_moments(
    workspace: Workspace, role: Role, moments: Iterable[Moment], voice: Voice
) -> tuple[MomentWords, ...]:
    """The moments in the order of the journey, as someone in `role` is told of them."""
    numbers = {touchpoint: number for number, touchpoint in enumerate(workspace.touchpoints, start=1)}
    along = sorted(moments, key=lambda moment: numbers[moment.touchpoint])
    responsible = _responsible(workspace, role, along, voice)
    return tuple(_moment(each, role, numbers[each.touchpoint], responsible, voice) for each in along)


def never_words(text: Text, voice: Voice) -> NeverWords:
    """What never to do, as a sentence if it says so itself, else as it follows the word that does."""
    begun = " ".join(voice.say(text).split()[:REFUSED_WITHIN])
    negated = bool(voice.language.refusals.common(begun))
    return NeverWords(voice.sentence(text) if negated else voice.clause(text), negated)


def _responsible(
    workspace: Workspace, role: Role, moments: Iterable[Moment], voice: Voice
) -> Mapping[Touchpoint, tuple[str, ...]]:
    """The titles of the roles that answer for others' touchpoints; none where the reader has no part in any.

    Who is at no touchpoint is told all the same what is done there.
    """
    own = {*role.owns, *role.helps_at}
    met = [moment.touchpoint for moment in moments]
    if own.isdisjoint(met):
        return {}
    return {
        touchpoint: tuple(voice.say(each.model.title) for each in workspace.roles if touchpoint in each.owns)
        for touchpoint in met
        if touchpoint not in own
    }


def _moment(
    moment: Moment, role: Role, number: int, responsible: Mapping[Touchpoint, tuple[str, ...]], voice: Voice
) -> MomentWords:
    model, touchpoint = moment.model, moment.touchpoint
    return MomentWords(
        number=number,
        name=voice.say(touchpoint.model.name),
        expects=voice.sentence_if(model.expects),
        feels=model.feels,
        do=voice.sentence_if(model.do),
        never=never_words(model.never, voice) if model.never else None,
        recover=voice.sentence_if(model.recover),
        mine=touchpoint in role.owns,
        helping=touchpoint in role.helps_at,
        others=responsible.get(touchpoint, ()),
        assumed=model.assumed,
    )
