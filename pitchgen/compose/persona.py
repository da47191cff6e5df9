"""What the pages of one persona say: who this is, what they need, and how to meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.compose.curve import Curve, compose_curves
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pitchgen.compose.voice import Voice
    from pitchgen.model.persona import Buying, Plays
    from pitchgen.model.text import Text
    from pitchgen.workspace import Conflict, Moment, Need, Persona, Role, Workspace

# As many cues, sentences and warnings as can be taken in at a glance.
GLANCE = 3


@dataclass(frozen=True, slots=True)
class GlanceCard:
    """A persona in ten seconds; each part may be empty."""

    recognize: tuple[str, ...]
    needs: tuple[str, ...]
    say: tuple[str, ...]
    avoid: tuple[str, ...]
    signature_moment: str | None


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
class Ring:
    """One of the five rings of buying insight; its `name` is that of its field."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentWords:
    """A persona at a touchpoint: what they expect and feel (-2 to 2), and what that means for us.

    `number` is that of the touchpoint on the whole journey; `recover` is how a mistake there is put
    right with this person. `mine` and `helping` say whether the reader
    answers for the touchpoint or helps at it.
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
    assumed: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a persona's background."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonaWords:
    """Everything the pages of a persona may say, in one language; what is missing is None or empty.

    `anchor` names the persona inside the document; `troubles` are the moments at which
    something has to be put right in a way of their own; `evidence` is `assumption`, `interviews` or `data`.
    """

    anchor: str
    label: str
    summary: str
    priority: int
    as_a_person: str | None
    quote: str | None
    their_words: tuple[str, ...]
    background: tuple[Fact, ...]
    glance: GlanceCard | None
    connect: tuple[str, ...]
    needs: tuple[NeedWords, ...]
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
    moments = tuple(_moment(moment, role, numbers[moment.touchpoint], voice) for moment in along)
    evidence = model.evidence
    return PersonaWords(
        anchor=anchor,
        label=voice.say(model.label),
        summary=voice.sentence(model.summary),
        priority=int(model.priority),
        as_a_person=voice.sentence_if(model.as_a_person),
        quote=voice.sentence_if(model.quote),
        their_words=_sentences(model.their_words, voice),
        background=tuple(Fact(voice.say(f.label), voice.say(f.text)) for f in model.background),
        glance=_glance(persona, voice),
        connect=_sentences(model.connect.do, voice),
        needs=tuple(_need(need, conflicts, voice) for need in persona.needs),
        rings=_rings(model.buying, voice),
        curves=compose_curves([persona], workspace.touchpoints, voice),
        moments=moments,
        troubles=tuple(moment for moment in moments if moment.recover),
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


def _glance(persona: Persona, voice: Voice) -> GlanceCard | None:
    model = persona.model
    opening = [model.connect.opening] if model.connect.opening else []
    say = [*opening, *(text for need in model.needs for text in need.plays.say[:1])]
    card = GlanceCard(
        recognize=tuple(voice.phrase(text) for text in model.recognize[:GLANCE]),
        needs=_sentences([need.text for need in model.needs[:GLANCE]], voice),
        say=_sentences(say[:GLANCE], voice),
        avoid=_sentences(model.connect.avoid[:GLANCE], voice),
        signature_moment=voice.sentence_if(model.signature_moment),
    )
    filled = card.recognize or card.needs or card.say or card.avoid or card.signature_moment
    return card if filled else None


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


def _moment(moment: Moment, role: Role, number: int, voice: Voice) -> MomentWords:
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
        assumed=model.assumed,
    )
