"""What the pages of one persona say: who this is, what they need, and how to meet them."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pitchgen.compose.curve import Curve, compose_curves, highest_of, lowest_of
from pitchgen.compose.glance import fitting, glance_lines
from pitchgen.compose.moment import MomentWords, NeverWords, compose_moments, never_words
from pitchgen.language.locale import full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pitchgen.compose.glance import GlanceLine
    from pitchgen.compose.voice import Voice
    from pitchgen.model.persona import Buying, Plays
    from pitchgen.model.text import Text
    from pitchgen.workspace import Conflict, Need, Persona, Role, Workspace


@dataclass(frozen=True, slots=True)
class GlanceCard:
    """A persona in ten seconds; each part may be missing. `contact` is what to do at the touchpoint named."""

    need: str | None = None
    contact: str | None = None
    touchpoint: str | None = None
    opening: str | None = None
    pitfall: NeverWords | None = None
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
class Fact:
    """A fact of a persona's background."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonaWords:
    """Everything the pages of a persona may say, in one language; what is missing is None or empty.

    What is on the card is not said again, but for needs and moments, which have more to them. `anchor`
    names the persona inside the document, `picture` is the address that holds their picture, `mark` the
    number of the one that is drawn where they have none, from 0; `lowest` and `highest` are the moments at
    which they feel worst and best, `troubles` those at which something has to be put right in a way of
    their own; `evidence` is `assumption`, `interviews` or `data`.
    """

    anchor: str
    mark: int
    picture: str | None
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
    avoid: tuple[NeverWords, ...]
    signature_moment: str | None
    needs: tuple[NeedWords, ...]
    questions: tuple[str, ...]
    objections: tuple[ObjectionWords, ...]
    rings: tuple[Ring, ...]
    curves: tuple[Curve, ...]
    moments: tuple[MomentWords, ...]
    lowest: MomentWords | None
    highest: MomentWords | None
    troubles: tuple[MomentWords, ...]
    skips: tuple[str, ...]
    lost_because: tuple[str, ...]
    leaving_signs: tuple[str, ...]
    evidence: str | None
    source: str | None
    as_of: str | None
    reviewed_on: str | None
    owner: str | None


def anchors(role: Role) -> Mapping[Persona, str]:
    """Whom the playbook of a role speaks of, in its order, and what names the place where it does."""
    people = sorted(role.customers, key=attrgetter("model.priority"))
    return {persona: f"persona-{number}" for number, persona in enumerate(people, start=1)}


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
    moments = compose_moments(workspace, role, persona.moments, voice)
    evidence, connect = model.evidence, model.connect
    on_card = fitting(glance_lines(persona, workspace.touchpoints, role), voice.say)
    shown = {line.text for line in on_card}
    return PersonaWords(
        anchor=anchor,
        mark=workspace.personas.index(persona),
        picture=picture_of(workspace, persona),
        label=voice.say(model.label),
        summary=voice.sentence(model.summary),
        priority=int(model.priority),
        as_a_person=voice.sentence_if(model.as_a_person),
        quote=voice.sentence_if(model.quote),
        their_words=_sentences(model.their_words, voice),
        background=tuple(Fact(voice.say(f.label), voice.say(f.text)) for f in model.background),
        glance=glance_card(on_card, voice),
        recognize=tuple(voice.phrase(text) for text in model.recognize if text not in shown),
        connect=_sentences(
            (each for each in (connect.opening, *connect.do) if each and each not in shown), voice
        ),
        avoid=tuple(never_words(text, voice) for text in connect.avoid if text not in shown),
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
        curves=compose_curves(moments),
        moments=moments,
        lowest=lowest_of(moments),
        highest=highest_of(moments),
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


def picture_of(workspace: Workspace, persona: Persona) -> str | None:
    """The address that holds the persona's picture; None where a mark stands for them."""
    picture = workspace.picture_of(persona)
    return picture.data_uri if picture else None


def glance_card(on_card: Sequence[GlanceLine], voice: Voice) -> GlanceCard | None:
    """These lines in words; None for none."""
    if not on_card:
        return None
    said = {line.part: voice.sentence(line.text) for line in on_card if line.part != "pitfall"}
    pitfall = next((never_words(line.text, voice) for line in on_card if line.part == "pitfall"), None)
    named = next((line.touchpoint for line in on_card if line.touchpoint), None)
    return GlanceCard(**said, pitfall=pitfall, touchpoint=voice.say_if(named))


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
