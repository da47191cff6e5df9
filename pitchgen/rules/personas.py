"""Personas: customers are people, a few of them central, known from life and not from a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.plain import shortened
from pitchgen.problems import Severity
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import short_list, wordings
from pitchgen.workspace.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.workspace import Persona

# Title, reports to, measured by, part in the purchase: what scaffolds suggest.
_FACTS_OF_WORK = 4


@rule("persona-evidence", Severity.NOTE)
def persona_evidence(facts: Facts) -> Iterator[Finding]:
    """Every persona rests on more than an assumption.

    An assumption is a fine beginning and a poor guide: we imagine customers who are like ourselves. Five
    conversations with real ones are often enough to change what we thought they need.

    Talk to some of them, and write under `evidence` what the persona rests on. Until then say so with
    `level: assumption`, so that its readers know.

    Wrong:

        # personas/fast.yaml
        evidence:
          level: assumption

    Right:

        # personas/fast.yaml
        evidence:
          level: interviews
          source: 6 interviews
          as_of: 2026-04-01
    """
    for persona in facts.workspace.personas:
        evidence, id = persona.model.evidence, persona.model.id
        hint = "talk to some of them, and write under `evidence` what you learned it from"
        if evidence is None:
            yield Finding(persona.at / "evidence", f"nothing says what persona '{id}' rests on", hint)
        elif evidence.level == "assumption":
            at = persona.at / "evidence" / "level"
            yield Finding(at, f"persona '{id}' rests on an assumption", hint)


@rule("persona-objections", Severity.NOTE)
def persona_objections(facts: Facts) -> Iterator[Finding]:
    """For every central persona we know what to ask, and what to say to their doubts.

    A question opens what no portrait can know: this customer, today. And the same few doubts come up with
    every customer of a kind; whoever hears them for the first time goes quiet, or promises too much.

    Write under `questions` what to ask, and under `objections` what they hold against us with our answer and,
    where there is one, the proof. Only the personas of priority 1 are looked at.

    Wrong:

        # personas/fast.yaml
        priority: 1
        questions: []
        objections: []

    Right:

        # personas/fast.yaml
        priority: 1
        questions: ["By what time does it have to work again?"]
        objections:
          - text: It takes longer to call you than to mend it.
            answer: Send three words, and we begin without a call.
    """
    for persona in facts.workspace.personas:
        model = persona.model
        asked_for = {"questions to ask": model.questions, "answers to objections": model.objections}
        lacking = [name for name, given in asked_for.items() if not given]
        if model.priority == "1" and lacking:
            message = f"persona '{model.id}' is of priority 1 and has no {' and no '.join(lacking)}"
            hint = "ask those who meet this customer what they ask, and which doubts they hear"
            yield Finding(persona.at / "objections", message, hint)


@rule("same-label")
def same_label(facts: Facts) -> Iterator[Finding]:
    """Every persona goes by a name of its own.

    People remember a persona by its name and say it over coffee. When two share one, half of the team answers
    the wrong person; and it mostly means that a file was copied and the copy was never finished.

    Give one of them the name that those who meet that customer would use.

    Wrong:

        # personas/fast.yaml
        label: Double-Checker

    Right:

        # personas/fast.yaml
        label: Sprinter
    """
    first: dict[tuple[str, str], Persona] = {}
    for persona in facts.workspace.personas:
        label = texts(persona.model.label, persona.at / "label")
        for wording in wordings(label, facts.workspace.company.language):
            before = first.setdefault((wording.language, wording.words.casefold()), persona)
            if before is not persona:
                both = f"'{before.model.id}' and '{persona.model.id}'"
                message = f"the personas {both} share the name '{shortened(wording.words)}'"
                yield Finding(wording.at, message, "give one of them a name of its own")
                break


@rule("persona-facts", Severity.NOTE)
def persona_facts(facts: Facts) -> Iterator[Finding]:
    """A persona is known by its needs, and not by facts about its background.

    Age, title and budget say whom we could send a letter to; they do not say what to do when that person
    stands before us. Two people with the same title want opposite things, and it is those we must know.

    Leave out the `background` that changes nothing in how we meet this person, and write their `needs`.
    Beside them there is room for what is good to know of somebody's work: title, whom they report to, what
    they are measured by, their part in the purchase.

    Wrong:

        # personas/fast.yaml
        background:
          - {label: Age, text: 35-44}
          - {label: Title, text: Warehouse manager}
          - {label: Lives in, text: A town on the coast}
          - {label: Family, text: Two children}
          - {label: Drives, text: An estate car}

    Right:

        # personas/fast.yaml
        background:
          - {label: Reports to, text: Head of logistics}
    """
    for persona in facts.workspace.personas:
        model = persona.model
        known, needs = len(model.background), len(model.needs)
        # That a persona has no needs is said by another rule, whatever else is known.
        if needs and known > max(needs, _FACTS_OF_WORK):
            yield Finding(
                persona.at / "background",
                f"persona '{model.id}' has more facts about its background, {known}, than needs, {needs}",
                "write what they need, and leave out what changes nothing in how we meet them",
            )


@rule("first-priority")
def first_priority(facts: Facts) -> Iterator[Finding]:
    """Only a few personas have the first priority.

    A playbook of the central customers can be known by heart; one of everybody is a register. If nobody
    can say which customers matter most, all of them are treated alike, and none becomes a regular.

    Give `priority: 2` or `3` to those whom we would miss least; the most of the first priority is
    `first_priority_personas` under `checks: limits:` in company.yaml.

    Wrong:

        # company.yaml
        checks:
          limits:
            first_priority_personas: 1

    Right:

        # company.yaml
        checks:
          limits:
            first_priority_personas: 1
        # personas/fast.yaml
        priority: 2
    """
    most = facts.limits.first_priority_personas
    first = [persona for persona in facts.workspace.personas if persona.model.priority == "1"]
    if len(first) > most:
        names = short_list(persona.model.id for persona in first)
        yield Finding(
            first[most].at / "priority",
            f"{len(first)} personas have the first priority, more than {most}: {names}",
            "give `priority: 2` or `3` to those whom we would miss least",
        )


@rule("risk-recovery")
def risk_recovery(facts: Facts) -> Iterator[Finding]:
    """Where something can go wrong, we have written down how we put it right.

    Bad experiences are remembered longer than good ones, but a let-down that is put right at once can bind a
    customer more than none at all. In that moment nobody has time to ask what they may do.

    Write under the touchpoint's `recovery` what whoever stands there does first, without asking.

    Wrong:

        # journey.yaml
        touchpoints:
          - id: call
            name: The first call
            phase: help
            risk: The line stays silent while we look for the fault.
          - id: invoice
            name: The invoice
            phase: help

    Right:

        # journey.yaml
        touchpoints:
          - id: call
            name: The first call
            phase: help
            risk: The line stays silent while we look for the fault.
            recovery: Ring back within the hour and say what was found.
          - id: invoice
            name: The invoice
            phase: help
    """
    # Each persona's own way of putting things right comes before the touchpoint's.
    moments = [moment for persona in facts.workspace.personas for moment in persona.moments]
    unanswered = {moment.touchpoint for moment in moments if moment.model.recover is None}
    answered = {moment.touchpoint for moment in moments} - unanswered
    for touchpoint in facts.workspace.touchpoints:
        model = touchpoint.model
        if model.risk and model.recovery is None and touchpoint not in answered:
            yield Finding(
                touchpoint.at / "recovery",
                f"nothing says how we put it right when touchpoint '{model.id}' goes wrong",
                "write under `recovery` what to do first",
            )
