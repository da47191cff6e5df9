"""Culture: values serve the strategy, and show in what people can be seen doing."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from pitchgen.problems import Severity
from pitchgen.rules.brand import beside_avoided
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import Wording, found_in, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pitchgen.language.phrases import Lists

# What may stand before the verb of a sentence: "we always", "aidosti me".
_MOST_WORDS_BEFORE = 2
# Where a sentence goes on, and how many words there make a thing of its own: after a colon, "so" or "by" a
# deed follows, after a comma or "and" it may be only one more thing to be respected.
_DEED_FOLLOWS, _WORDS_OF_A_DEED = re.compile(r"[:;.!?–—]"), 2
_MORE_FOLLOWS, _WORDS_OF_MORE = re.compile(","), 4
_MOST_GENERAL_WORDS = 12
# What stands in a clause of its own is not what the sentence claims: "Ask what they value".
_ASIDE = re.compile(r"[,;:.!?–—]")


@rule("value-behavior")
def value_behavior(facts: Facts) -> Iterator[Finding]:
    """Every value has a behaviour that can be seen.

    A value without a deed is a word on a wall: everyone agrees with it and nobody does anything
    differently. A newcomer learns a culture by watching, and what they see is what it is.

    Write under `behaviors` one thing a bystander would see when the value is alive, best of all with the
    habit it replaces under `instead_of`.

    Wrong:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: In every answer we name the time when the customer will hear from us next.
          - id: kind
            name: Straight and kind
            strategy_goal: tell-first

    Right:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: In every answer we name the time when the customer will hear from us next.
          - id: kind
            name: Straight and kind
            strategy_goal: tell-first
            behaviors:
              - id: price-first
                text: We say the price out loud before the work begins.
    """
    for value in facts.workspace.values:
        if not value.model.behaviors:
            yield Finding(
                value.at / "behaviors",
                f"nothing that people do shows value '{value.model.id}'",
                "write under `behaviors` what a bystander would see",
            )


@rule("value-strategy")
def value_strategy(facts: Facts) -> Iterator[Finding]:
    """Every value serves a goal of the strategy.

    A nice culture is pleasant, a strategic one takes us somewhere. When nobody can say what a value is for,
    it is the first thing to be forgotten in a hard week.

    Name under `strategy_goal` the goal that the value helps to reach. If there is none, ask what would be
    lost without the value: either the strategy misses a goal, or the value may go.

    Wrong:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            behaviors:
              - id: name-a-time
                text: In every answer we name the time when the customer will hear from us next.

    Right:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: In every answer we name the time when the customer will hear from us next.
    """
    workspace = facts.workspace
    goals = [goal.id for goal in workspace.company.strategy.goals]
    if workspace.values and not goals:
        yield Finding(
            workspace.at / "strategy" / "goals",
            "the strategy has no goals that the values could serve",
            "write them under `goals` of the strategy, and name one as `strategy_goal` of each value",
        )
        return
    for value in workspace.values:
        if value.strategy_goal is None:
            yield Finding(
                value.at / "strategy_goal",
                f"value '{value.model.id}' serves no goal of the strategy",
                f"name one of them as `strategy_goal`: {', '.join(goals)}",
            )


@rule("strategy-goal-value", Severity.NOTE)
def strategy_goal_value(facts: Facts) -> Iterator[Finding]:
    """Every goal of the strategy is served by a value.

    Strategy becomes real where somebody behaves differently because of it. A goal that no value carries
    depends on instructions alone, and those do not reach the moment in which the customer is present.

    Ask which behaviour would bring the goal nearer and to which value it belongs, and name the goal there
    as `strategy_goal`.

    Wrong:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By 2028 our customers hear of delays from us before they notice.
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.
            - id: same-day
              text: People are back at work the same day.

    Right:

        # company.yaml
        strategy:
          name: Close to every day
          aim: By 2028 our customers hear of delays from us before they notice.
          goals:
            - id: tell-first
              text: We tell the customer of nine faults in ten before they call.
    """
    workspace = facts.workspace
    served = {value.model.strategy_goal for value in workspace.values}
    if not served or None in served:
        # First the values: which goals they leave out is seen once each of them serves one.
        return
    for n, goal in enumerate(workspace.company.strategy.goals):
        if goal.id not in served:
            yield Finding(
                workspace.at / "strategy" / "goals" / n / "id",
                f"no value serves the strategy's goal '{goal.id}'",
                "name it as `strategy_goal` of the value whose behaviours bring it nearer",
            )


@rule("ideal-goal", Severity.NOTE)
def ideal_goal(facts: Facts) -> Iterator[Finding]:
    """Who is ideal for a role follows from a goal of the strategy.

    Good people are ideal for many things. Whom we look for is decided by where we are going: two companies of
    one trade with two strategies need two different people for the same title.

    Name under `strategy_goal` of the role's `ideal` the goal that this person brings nearer; if there is
    none, ask what in the description is only pleasant.

    Wrong:

        # roles/adviser.yaml
        ideal:
          text: You name a time before you are asked.

    Right:

        # roles/adviser.yaml
        ideal:
          text: You name a time before you are asked.
          strategy_goal: tell-first
    """
    goals = [goal.id for goal in facts.workspace.company.strategy.goals]
    for role in facts.workspace.roles if goals else ():
        if (ideal := role.model.ideal) and ideal.strategy_goal is None:
            yield Finding(
                role.at / "ideal" / "strategy_goal",
                f"the ideal person of role '{role.model.id}' is tied to no goal of the strategy",
                f"name one of them as `strategy_goal`: {', '.join(goals)}",
            )


@rule("observable-behavior")
def observable_behavior(facts: Facts) -> Iterator[Finding]:
    """A behaviour is something that people can be seen or heard doing.

    Nobody can see respect, commitment or care; they see somebody let a customer finish the sentence. What
    cannot be seen can be neither praised nor learned, and each reader fills it with what they do already.

    Write what a camera in the room would record when the feeling is there: who does what, and when. The
    words that this rule looks for are in `lists.yaml` of each language's folder.

    Wrong:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: We respect the customer's time.

    Right:

        # company.yaml
        values:
          - id: word
            name: Our word holds
            strategy_goal: tell-first
            behaviors:
              - id: name-a-time
                text: We respect the customer's time by naming an hour in every answer and keeping it.
    """
    language = facts.workspace.company.language
    look = beside_avoided(partial(_unseen, facts.lists), facts)
    for value in facts.workspace.values:
        for n, behavior in enumerate(value.model.behaviors):
            at = value.at / "behaviors" / n / "text"
            for place, words in found_in(look, at, behavior.text, language):
                yield Finding(
                    place,
                    f"behaviour '{behavior.id}' is nothing that anybody can see: {quoted(words)}",
                    "write what a bystander would see or hear instead",
                )


def _unseen(lists: Lists, wording: Wording) -> list[str]:
    return state_of_mind(lists, wording) or empty_phrases(lists, wording) or only_general(lists, wording)


def empty_phrases(lists: Lists, wording: Wording) -> list[str]:
    """The phrases of a sentence that every company says, if no deed follows that fills them with sense."""
    found = lists.listed("empty-phrase", wording.language).finditer(wording.words)
    return [hit[0] for hit in found if not _names_a_deed(lists, wording.language, hit.string[hit.end() :])]


def only_general(lists: Lists, wording: Wording) -> list[str]:
    """A sentence of nothing but words that may stand in every sentence; else nothing."""
    # A longer one says something by the way its parts hang together.
    if len(wording.words.split()) > _MOST_GENERAL_WORDS:
        return []
    general = lists.words("general-words", wording.language).hold_all_of(wording.words)
    return [wording.words] if general else []


def state_of_mind(lists: Lists, wording: Wording) -> list[str]:
    """The words that make a sentence claim a state of mind, if that is all it claims; else nothing."""
    found = lists.listed("observable-behavior", wording.language).search(wording.words)
    if found is None:
        return []
    before, after = found.string[: found.start()], found.string[found.end() :]
    aside = _ASIDE.search(before) or lists.listed("asides", wording.language).search(before)
    if len(before.split()) > _MOST_WORDS_BEFORE or aside or _names_a_deed(lists, wording.language, after):
        return []
    return [found[0]]


def _names_a_deed(lists: Lists, language: str, after: str) -> bool:
    """Whether a sentence goes on to what can be seen: "We respect their time: we call when we said"."""
    ways = (
        (_DEED_FOLLOWS, lists.listed("deed-follows", language), _WORDS_OF_A_DEED),
        (_MORE_FOLLOWS, lists.listed("more-follows", language), _WORDS_OF_MORE),
    )
    return any(
        len(rest.split()) >= least and not _is_empty(lists, language, rest)
        for signs, words, least in ways
        for more in (*signs.finditer(after), *words.finditer(after))
        if (rest := more.string[more.end() :])
    )


def _is_empty(lists: Lists, language: str, rest: str) -> bool:
    """Whether what follows is one more thing that nobody can see."""
    codes = ("observable-behavior", "empty-phrase")
    return any(lists.listed(code, language).search(rest) for code in codes)
