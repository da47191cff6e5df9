"""Shorten: what a pitch leaves out until it can be said in as many seconds as were asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from pitchgen.documents.pitch import LEAVE_OUT, PROSE
from pitchgen.language.speech import duration_of
from pitchgen.overlay import FOLDER
from pitchgen.problems import InvalidInput, Problem, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from pitchgen.documents.kind import Context
    from pitchgen.language.facts import Language
    from pitchgen.render.markdown import Prose
    from pitchgen.workspace import Hire

Facts = TypeVar("Facts")

# What a template may say to be left out: the facts that a pitch can be without.
CAN_BE_MISSING = (
    *("strategy.growth", "strategy.years", "strategy.until", "why_you", "personas", "contrast"),
    *("goals", "goals.metric", "goals.now", "goals.target", "story", "link_to_story"),
    *("rewards", "decides", "buddy", "step"),
)


def shortened(
    context: Context, hire: Hire, seconds: int, pitch: Facts, fill: Callable[[Facts], Prose]
) -> tuple[Facts, Prose]:
    """The facts of a pitch that leave it to be said in so many seconds, and the template filled in with them.

    What the template names is left out, one after the other. Raises `InvalidInput`.
    """
    takes = partial(_seconds, language=context.language)
    prose = fill(pitch)
    for fact in _left_out_first(context):
        if takes(prose) <= seconds:
            break
        pitch = without(pitch, fact)
        prose = min(prose, fill(pitch), key=takes)
    if takes(prose) > seconds:
        raise InvalidInput([_too_short_a_time(context, seconds, takes(prose), hire)])
    return pitch, prose


def _seconds(prose: Prose, language: Language) -> int:
    return duration_of(prose.text, language).seconds


def _left_out_first(context: Context) -> tuple[str, ...]:
    facts = context.list_in(PROSE, LEAVE_OUT)
    template = f"{FOLDER}/{context.language.file(PROSE)}"
    if unknown := [
        Problem(
            "template",
            f"{LEAVE_OUT} names '{fact}', which is nothing that can be left out",
            template,
            hint=suggestion(fact, CAN_BE_MISSING) or f"it can be {', '.join(CAN_BE_MISSING)}",
        )
        for fact in facts
        if fact not in CAN_BE_MISSING
    ]:
        raise InvalidInput(unknown)
    return facts


def without(whole: Any, fact: str) -> Any:
    """Frozen words without a fact of theirs, such as `goals.metric`, as if nobody had written it."""
    name, _, rest = fact.partition(".")
    value = getattr(whole, name)
    if rest and value:
        left = (
            tuple(without(each, rest) for each in value) if isinstance(value, tuple) else without(value, rest)
        )
    else:
        left = () if isinstance(value, tuple) else None
    return replace(whole, **{name: left})


def _too_short_a_time(context: Context, seconds: int, shortest: int, hire: Hire) -> Problem:
    message = (
        f"the pitch in '{context.language.code}' cannot be said in {seconds} s: "
        f"with all left out that may be, it takes {shortest} s"
    )
    hint = f"give --seconds {shortest} or more, or shorten the texts it is made of"
    return (hire.at / "name").error("pitch-length", message, hint)
