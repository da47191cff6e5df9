"""What the pages of one persona say: who this is, what they need, and how to meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.curve import Curve, compose_curves
from pitchgen.compose.glance import fitting, glance_lines
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pitchgen.compose.glance import GlanceLine
    from pitchgen.compose.voice import Voice
    from pitchgen.model.persona import Buying, Plays
    from pitchgen.model.text import Text
    from pitchgen.workspace import Conflict, Moment, Need, Persona, Role, Touchpoint, Workspace


@dataclass(frozen=True, slots=True)
class GlanceCard:
    """A persona in ten seconds; each part may be missing. `contact` is what to do at the touchpoint named."""

    need: str | None = None
    contact: str | None = None
    touchpoint: str | None = None
    opening: str | None = None
    pitfall: str | None = None
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class PlayWords:
    """What to know, say, show and do for one need."""

    know: tuple[str, ...]
    say: tuple[str, ...]
    show: tuple[str, ...]
    do: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OppositeWords:
    """A need of another persona that cannot be met together with this one."""

    label: str
    need: str


@dataclass(frozen=True, slots=True)
class NeedWords:
    """A need, our answer to it, what answering it brings us, and what stands against it."""

    text: str
    response: str | None
    value: str | None
    plays: PlayWords | None
    opposites: tuple[OppositeWords, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class ObjectionWords:
    """What they hold against us, what we say to it, and what shows that it is so."""

    text: str
    answer: str
    proof: str | None


@dataclass(frozen=True, slots=True)
class Ring:
    """One of the five rings of buying insight; its `name` is that of its field."""

    name: str
    texts: tuple[str, ...]


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
    never: str | None
    recover: str | None
    mine: bool
    helping: bool
    others: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a persona's background."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonaWords:
    """Everything the pages of a persona may say, in one language; what is missing is None or empty.

    What is on the card is not said again, but for needs and moments, which have more to them. `anchor`
    names the persona inside the document, `mark` is the number of their drawn mark, from 0; `troubles` are
    the moments at which something has to be put right in a way of their own; `evidence` is `assumption`,
    `interviews` or `data`.
    """

    anchor: str
    mark: int
    label: str
    summary: str
    priority: int
    as_a_person: str | None
    quote: str | None
    their_words: tuple[str, ...]
    background: tuple[Fact, ...]
    glance: GlanceCard | None
    recognize: tuple[str, ...]
    connect: tuple[str, ...]
    avoid: tuple[str, ...]
    signature_moment: str | None
    needs: tuple[NeedWords, ...]
    questions: tuple[str, ...]
    objections: tuple[ObjectionWords, ...]
    rings: tuple[Ring, ...]
    curves: tuple[Curve, ...]
    moments: tuple[MomentWords, ...]
    troubles: tuple[MomentWords, ...]
    skips: tuple[str, ...]
    lost_because: tuple[str, ...]
    leaving_signs: tuple[str, ...]
    evidence: str | None
    source: str | None
    as_of: str | None
    reviewed_on: str | None
    owner: str | None


def compose_persona(
    workspace: Workspace,
    role: Role,
    persona: Persona,
    conflicts: Sequence[Conflict],
    anchor: str,
    voice: Voice,
) -> PersonaWords:
    """Choose what the pages of `persona` say to someone in `role`; `conflicts` are those it may name."""
    model = persona.model
    numbers = {touchpoint: n for n, touchpoint in enumerate(workspace.touchpoints, start=1)}
    along = sorted(persona.moments, key=lambda moment: numbers[moment.touchpoint])
    responsible = _responsible(workspace, role, along, voice)
    moments = tuple(_moment(moment, role, numbers[moment.touchpoint], responsible, voice) for moment in along)
    evidence, connect = model.evidence, model.connect
    on_card = fitting(glance_lines(persona, workspace.touchpoints, role), voice.say)
    shown = {line.text for line in on_card}
    return PersonaWords(
        anchor=anchor,
        mark=workspace.personas.index(persona),
        label=voice.say(model.label),
        summary=voice.sentence(model.summary),
        priority=int(model.priority),
        as_a_person=voice.sentence_if(model.as_a_person),
        quote=voice.sentence_if(model.quote),
        their_words=_sentences(model.their_words, voice),
        background=tuple(Fact(voice.say(f.label), voice.say(f.text)) for f in model.background),
        glance=_glance(on_card, voice),
        recognize=tuple(voice.phrase(text) for text in model.recognize if text not in shown),
        connect=_sentences(
            (each for each in (connect.opening, *connect.do) if each and each not in shown), voice
        ),
        avoid=_sentences((text for text in connect.avoid if text not in shown), voice),
        signature_moment=voice.sentence_if(model.signature_moment),
        needs=tuple(_need(need, conflicts, voice) for need in persona.needs),
        questions=_sentences(model.questions, voice),
        objections=tuple(
            ObjectionWords(
                voice.sentence(each.text), voice.sentence(each.answer), voice.sentence_if(each.proof)
            )
            for each in model.objections
        ),
        rings=_rings(model.buying, voice),
        curves=compose_curves([persona], workspace.touchpoints, voice),
        moments=moments,
        troubles=tuple(moment for moment in moments if moment.recover and not moment.others),
        skips=tuple(voice.say(touchpoint.model.name) for touchpoint in persona.skips),
        lost_because=_sentences(model.lost_because, voice),
        leaving_signs=_sentences(model.leaving_signs, voice),
        evidence=evidence.level if evidence else None,
        source=voice.phrase_if(evidence.source) if evidence else None,
        as_of=full_date(evidence.as_of, voice.language) if evidence and evidence.as_of else None,
        reviewed_on=full_date(model.reviewed_on, voice.language) if model.reviewed_on else None,
        owner=voice.say_if(model.owner),
    )


def _sentences(texts: Iterable[Text], voice: Voice) -> tuple[str, ...]:
    return tuple(voice.sentence(text) for text in texts)


def _glance(on_card: Sequence[GlanceLine], voice: Voice) -> GlanceCard | None:
    said = {line.part: voice.sentence(line.text) for line in on_card}
    named = next((line.touchpoint for line in on_card if line.touchpoint), None)
    return GlanceCard(**said, touchpoint=voice.say_if(named)) if said else None


def _need(need: Need, conflicts: Iterable[Conflict], voice: Voice) -> NeedWords:
    model = need.model
    return NeedWords(
        text=voice.sentence(model.text),
        response=voice.sentence_if(model.response),
        value=voice.sentence_if(model.value_to_us),
        plays=_plays(model.plays, voice),
        opposites=tuple(
            OppositeWords(voice.say(other.persona.model.label), voice.sentence(other.model.text))
            for other in opposites(need, conflicts)
        ),
        assumed=model.assumed,
    )


def opposites(need: Need, conflicts: Iterable[Conflict]) -> tuple[Need, ...]:
    """The needs that cannot be met together with `need`."""
    pairs = [(conflict.one, conflict.other) for conflict in conflicts]
    return tuple(other for one, two in pairs for this, other in ((one, two), (two, one)) if this is need)


def _plays(plays: Plays, voice: Voice) -> PlayWords | None:
    words = PlayWords(
        know=_sentences(plays.know, voice),
        say=_sentences(plays.say, voice),
        show=_sentences(plays.show, voice),
        do=_sentences(plays.do, voice),
    )
    return words if words.know or words.say or words.show or words.do else None


def _rings(buying: Buying, voice: Voice) -> tuple[Ring, ...]:
    """The rings that somebody has filled in, from the inside out (Revella 2015, "Buyer Personas")."""
    texts: Mapping[str, Sequence[Text | None]] = {
        "trigger": [buying.trigger],
        "success": [buying.success],
        "barriers": buying.barriers,
        "criteria": buying.criteria,
        "journey": buying.journey,
    }
    rings = {name: [text for text in said if text] for name, said in texts.items()}
    return tuple(Ring(name, _sentences(said, voice)) for name, said in rings.items() if said)


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
        never=voice.sentence_if(model.never),
        recover=voice.sentence_if(model.recover),
        mine=touchpoint in role.owns,
        helping=touchpoint in role.helps_at,
        others=responsible.get(touchpoint, ()),
        assumed=model.assumed,
    )
