"""Golden mean: one wants to sleep and another to dine, and a bit of both serves neither."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pitchgen.problems import Severity
from pitchgen.rules.brand import beside_avoided
from pitchgen.rules.repeats import Said, lines, repeat, repeats, sentence
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import found_in, outright, quoted, short_list
from pitchgen.workspace.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.workspace import Need, Persona, Workspace


@rule("same-response")
def same_response(facts: Facts) -> Iterator[Finding]:
    """Every persona is answered in words of their own.

    Whoever gets an answer that was written for somebody else notices: the one who loves peace gets a call.
    Two personas with one answer are one persona, or one of them has not been listened to yet.

    Write what this persona gets that the other would not want; if both truly need the same, they may be one
    persona. Words count as the same whatever their endings; `similarity` under `checks: limits:` in
    company.yaml is the share of common words at which two answers count as one.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
          - id: no-surprise
            text: I want to know what the night will bring.
            response: We ring her the day before with the name, the hour and the door.

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
          - id: no-surprise
            text: I want to know what the night will bring.
            response: At six in the evening she gets one line, with one time in it.
    """
    workspace = facts.workspace
    opposed = {frozenset((conflict.one, conflict.other)) for conflict in workspace.conflicts}
    responses = [_response(need, workspace) for need in _needs(workspace)]
    for found in repeats(responses, facts.limits.similarity):
        # Of needs that conflict, the next rule says so.
        if frozenset((found.item, found.first)) not in opposed:
            yield Finding(
                found.at,
                f"need '{_name(found.item)}' is answered with {found.as_} "
                f"'{_name(found.first)}' {found.where}",
                "say what this persona gets that the other would not want",
            )


@rule("conflict-response")
def conflict_response(facts: Facts) -> Iterator[Finding]:
    """Needs that conflict have different responses.

    When one passenger wants to sleep and another to dine, dimmed lights and a cold snack please nobody. You
    have already seen that these two needs cannot both be met; one response for both means that at least one
    of the two people goes without.

    Give each of the two needs a response that meets it whole, even if the other persona would hate it.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: We ring the day before with the name, the time and the door.

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: It is mended overnight; one text message says so at six.
    """
    workspace = facts.workspace
    for conflict in workspace.conflicts:
        one, other = _response(conflict.one, workspace), _response(conflict.other, workspace)
        if found := repeat(one, other, facts.limits.similarity):
            yield Finding(
                found.at,
                f"need '{_name(found.item)}' conflicts with '{_name(found.first)}', "
                f"and is answered with {found.as_} it {found.where}",
                "give each of the two a response that meets it whole",
            )


@rule("same-plays", Severity.NOTE)
def same_plays(facts: Facts) -> Iterator[Finding]:
    """Every persona has plays of its own.

    A newcomer learns a repertoire for different customers from the plays: what to know, say, show and do with
    this person. Where they are copied from another persona, the page teaches that people are all alike.

    Picture this person in front of you and write what you would say to them and nobody else. A line or two
    may well be shared; it is noted only when most of them are.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            plays:
              know: [He passes our message on to forty colleagues.]
              say: ["Laura is coming at 7:15 by the front door."]
              show: [A photo of the cabinet that will be opened.]
              do: [Book the call when you book the visit.]

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            plays:
              say: ["Done. Nothing for you to do."]
    """
    workspace, least = facts.workspace, facts.limits.similarity
    plays = [lines(n, n.persona, n.model.plays, n.at / "plays", workspace) for n in _needs(workspace)]
    for found in repeats(plays, least):
        # Of a need that is copied with its response, it is enough to hear so once.
        if not repeat(_response(found.item, workspace), _response(found.first, workspace), least):
            yield Finding(
                found.at,
                f"need '{_name(found.item)}' repeats the plays of '{_name(found.first)}' {found.where}",
                "write what to know, say, show and do with this person and nobody else",
            )


@rule("compromise-words")
def compromise_words(facts: Facts) -> Iterator[Finding]:
    """What we answer and do is whole, not a bit of everything.

    "A bit of both" is how a golden mean sounds when it is written down. It feels fair and safe at our desk,
    but the customer who wanted to know everything hears half of it, and the one who wanted peace is disturbed
    half as often.

    Decide for this persona, and write the answer as if there were no other. "No compromises" is none, and
    what to know about a persona may speak of them.

    Wrong:

        # personas/careful.yaml
        moments:
          - touchpoint: call
            do: Give him a bit of both, a call and a text message.

    Right:

        # personas/careful.yaml
        moments:
          - touchpoint: call
            do: Call him, and name the time of the next call.
    """
    language = facts.workspace.company.language
    look = beside_avoided(partial(outright, "compromise-words", facts.lists), facts)
    for persona in facts.workspace.personas:
        for at, text in _done_for(persona):
            for place, found in found_in(look, at, text, language):
                message = f"persona '{persona.model.id}' is offered a compromise: {quoted(found)}"
                yield Finding(place, message, "decide for this persona, and write the answer whole")


@rule("need-response")
def need_response(facts: Facts) -> Iterator[Finding]:
    """Every need has our response.

    A need without an answer tells a newcomer that we know what this customer longs for, and have nothing to
    offer. They will improvise, each in their own way.

    Write under `response`, in one sentence, what this persona gets from us.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: It is mended overnight; one text message says so at six.
    """
    for need in _needs(facts.workspace):
        if not need.model.response:
            but = ", only what answering it brings us" if need.model.value_to_us else ""
            message = f"need '{_name(need)}' has no response{but}"
            yield Finding(need.at / "response", message, "say in one sentence what this persona gets from us")


@rule("need-value")
def need_value(facts: Facts) -> Iterator[Finding]:
    """Every response says what it brings us.

    An experience must delight the customer and be good business, or it is the first thing to go when times
    are lean. Those who know what it brings can defend it; what brings nothing is a gift, to be decided on.

    Write under `value_to_us` what is saved, sold or kept by answering this need well, as a figure if you can.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: It is mended overnight; one text message says so at six.

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            response: It is mended overnight; one text message says so at six.
            value_to_us: A night shift without questions costs half of a day visit.
    """
    for need in _needs(facts.workspace):
        if need.model.response and not need.model.value_to_us:
            message = f"the response to need '{_name(need)}' does not say what it brings us"
            yield Finding(need.at / "value_to_us", message, "say what is saved, sold or kept by it")


@rule("persona-plays")
def persona_plays(facts: Facts) -> Iterator[Finding]:
    """Every persona has needs, and plays for each of them.

    A portrait alone makes a newcomer nod; what they can use on the phone tomorrow is what this person needs,
    and what to know, say, show and do about it.

    Begin with one sentence to say for each need, with the personas of priority 1 first: these are the people
    whom your newcomers will meet most. The others are one finding each.

    Wrong:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.

    Right:

        # personas/fast.yaml
        needs:
          - id: no-calls
            text: I want it mended without being asked anything.
            plays:
              say: ["Done. Nothing for you to do."]
    """
    for persona in facts.workspace.personas:
        id, central = persona.model.id, persona.model.priority == "1"
        lacking = [need for need in persona.needs if not any(texts(need.model.plays, need.at))]
        hint = "write one sentence to say, or what to know, show or do"
        if not persona.needs:
            message = f"persona '{id}' {'is of priority 1 and ' if central else ''}has no needs"
            yield Finding(persona.at / "needs", message, "write the first of its needs, with our response")
        elif central and len(lacking) < len(persona.needs):
            for need in lacking:
                yield Finding(need.at / "plays", f"need '{_name(need)}' has no plays", hint)
        elif lacking:
            names = short_list(need.model.id for need in lacking)
            message = f"persona '{id}' {'is of priority 1 and ' if central else ''}has no plays for: {names}"
            yield Finding(persona.at / "needs", message, hint)


def _needs(workspace: Workspace) -> Iterator[Need]:
    for persona in workspace.personas:
        yield from persona.needs


def _name(need: Need) -> str:
    return f"{need.persona.model.id}/{need.model.id}"


def _response(need: Need, workspace: Workspace) -> Said[Need]:
    text, at = need.model.response, need.at / "response"
    return sentence(need, need.persona, text, at, workspace)


def _done_for(persona: Persona) -> Iterator[tuple[Place, Text]]:
    for need in persona.needs:
        yield from texts(need.model.response, need.at / "response")
        # What to know tells of them, and not of us.
        for name in ("say", "show", "do"):
            yield from texts(getattr(need.model.plays, name), need.at / "plays" / name)
    for moment in persona.moments:
        yield from texts(moment.model.do, moment.at / "do")
