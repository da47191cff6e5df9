"""Words: what is said is said plainly, in every language, and a pitch is as long as a lift ride."""

from __future__ import annotations

from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pitchgen.language.blanks import blank_in
from pitchgen.model.base import Model
from pitchgen.model.company import Commitment
from pitchgen.model.hire import HireGoal
from pitchgen.model.role import RoleGoal
from pitchgen.plain import shortened
from pitchgen.problems import quoting
from pitchgen.rules.brand import beside_avoided
from pitchgen.rules.culture import empty_phrases, only_general, state_of_mind
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import Wording, found_in, owner, quoted
from pitchgen.workspace.texts import language_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.language.phrases import Lists
    from pitchgen.load.place import Place
    from pitchgen.model.text import Text
    from pitchgen.problems import Loc
    from pitchgen.workspace.validate import Item

_PLEDGES = {"outcomes": "an outcome", "goals": "a goal", "commitments": "a commitment"}
# The parts of a file that hold some too.
_PLEDGING = ("strategy", "manager")
_AIMS = (_PLEDGES["outcomes"], _PLEDGES["goals"])
# What is claimed inside a part of a file, or inside each of several.
_CLAIMS = {
    ("promise", "proofs"): "a proof",
    ("touchpoints", "recovery"): "a recovery",
    ("needs", "response"): "a response",
    ("moments", "recover"): "a recovery",
    ("ideal", "text"): "the ideal",
}


@rule("pitch-length")
def pitch_length(facts: Facts) -> Iterator[Finding]:
    """A pitch takes 60 to 90 seconds to say aloud.

    Shorter, it leaves the newcomer without what a first day needs: why we do this, for whom, and my part in
    it; longer, nobody listens to its end.

    Shorten or fill in the texts it is made of; the limits are `shortest_pitch` and `longest_pitch` under
    `checks: limits:` in company.yaml.

    Wrong:

        # company.yaml
        promise:
          text: >-
            Nobody is left alone in front of a dark screen, not in the morning when the first shift unlocks
            the doors, not at noon when every cash register of the street is busy at once, and not in the
            evening when somebody sits alone with the accounts of the month.

    Right:

        # company.yaml
        promise:
          text: Nobody is left alone in front of a dark screen.
    """
    for hire, pitch in facts.pitches.composed:
        for problem in (each for each in pitch.content.problems if each.code == "pitch-length"):
            yield Finding(hire.at / "name", problem.message, problem.hint)


@rule("vague-words", of_newcomers=True)
def vague_words(facts: Facts) -> Iterator[Finding]:
    """What is promised, aimed at or answered says what will happen, without words that leave it open.

    "As needed" and "as soon as possible" sound kind and promise nothing: the newcomer waits and does not
    know for what, and the one who promised cannot tell whether the promise was kept. People who are led
    more or less give customers a more-or-less experience.

    Say what happens, when and how often: "within the hour", "every Friday", "the day before"; "regularly" may
    stand where `when` says the rest. What nobody can promise yet is better left out. Outcomes, goals and
    commitments are looked at, responses, recoveries and proofs of the promise.

    Wrong:

        # managers/marjut.yaml
        commitments:
          - text: We talk about your week as soon as possible.
            when: as needed

    Right:

        # managers/marjut.yaml
        commitments:
          - text: We talk for half an hour about your week.
            when: every Friday
    """
    vague = beside_avoided(partial(_vague, facts.lists), facts)
    vague_but_dated = beside_avoided(partial(_vague_but_dated, facts.lists), facts)
    for item in facts.items:
        language = language_of(item, facts.workspace.company)
        for pledge in _pledges(item):
            look = vague_but_dated if pledge.has_day else vague
            for place, found in found_in(look, pledge.at, pledge.text, language):
                yield Finding(
                    place,
                    quoting(
                        f"{pledge.noun} in {owner(item)} says {{}}, so nobody can tell whether it happened",
                        quoted(found),
                    ),
                    "say when, how often or how much: 'within the hour', 'every Friday', 'nine in ten'",
                )


@rule("empty-phrase", of_newcomers=True)
def empty_phrase(facts: Facts) -> Iterator[Finding]:
    """What is promised, aimed at or answered can be seen, and is no phrase that every company says.

    "Be a trusted adviser" and "deliver an outstanding experience" are said by everybody and seen by nobody. A
    newcomer cannot begin with them on Monday, and their manager cannot tell on Friday whether they did.

    Write the deed by which one would know it: what is said or done, by whom, and when. "Build strong
    relationships by calling every customer in their first week" says it. A goal with a `metric` and a
    `target` is seen by these. The rule looks for such phrases, and for sentences in which no word names
    anything in particular; both lists are in `lists.yaml` of each language's folder.

    Wrong:

        # roles/adviser.yaml
        outcomes:
          - Be the go-to person of every customer.

    Right:

        # roles/adviser.yaml
        outcomes:
          - The customer asks for you by name.
    """
    look = beside_avoided(partial(_empty, facts.lists), facts)
    # What is given its day may be as simple as "You get feedback".
    look_if_dated = beside_avoided(partial(_empty, facts.lists, dated=True), facts)
    for item in facts.items:
        language = language_of(item, facts.workspace.company)
        for pledge in _pledges(item):
            if pledge.is_measured:
                continue
            look_for = look_if_dated if pledge.has_day else look
            for place, found in found_in(look_for, pledge.at, pledge.text, language):
                yield Finding(
                    place,
                    f"{pledge.noun} in {owner(item)} says {quoted(found)}, "
                    "which every company says and nobody sees",
                    "write the deed or the figure by which one would know it",
                )


@rule("unmeasured-change", of_newcomers=True)
def unmeasured_change(facts: Facts) -> Iterator[Finding]:
    """An outcome or a goal that wants more, better or faster says from what to what.

    "Better service" is true of everyone's plans and finished on no day. A newcomer who hears "from three
    days to one by June" knows what to do on Monday, and can be proud when it is done.

    Write the figure into the sentence, or give the goal a `metric` and a `target`; or say what a bystander
    would see instead of the change.

    Wrong:

        # roles/adviser.yaml
        outcomes:
          - Customer satisfaction improves.

    Right:

        # roles/adviser.yaml
        outcomes:
          - Nine customers in ten say that the answer came when we said it would.
    """
    look = beside_avoided(partial(_unmeasured, facts.lists), facts)
    for item in facts.items:
        language = language_of(item, facts.workspace.company)
        for pledge in _pledges(item):
            if not pledge.wants_figure:
                continue
            for place, found in found_in(look, pledge.at, pledge.text, language):
                yield Finding(
                    place,
                    quoting(
                        f"{pledge.noun} in {owner(item)} says {{}}, but not from what to what", quoted(found)
                    ),
                    "name the figure and the day, or say what one would see when it is done",
                )


@rule("placeholder", of_newcomers=True)
def placeholder(facts: Facts) -> Iterator[Finding]:
    """Nothing is left for somebody to fill in.

    "Welcome, <first name>!" tells a newcomer that nobody read their letter before they did.

    Write what is missing, or take the line out: almost nothing has to be there.

    Wrong:

        # hires/aino.yaml
        name: "<first name and surname>"
        role: adviser

    Right:

        # hires/aino.yaml
        name: Aino Virtanen
        role: adviser
    """
    languages = facts.workspace.company.languages
    # The rows of a list say much the same.
    blank = cache(partial(blank_in, lists=facts.lists))
    for item, values in facts.typed:
        blanks = (
            (at, found)
            for at, typed in values
            if (found := blank(typed)) and at.loc[:2] != ("brand", "avoid_words")
        )
        # The languages of one text are one finding, for whoever fills it in.
        for _, of_one_text in groupby(blanks, key=lambda blank: _without(languages, blank[0].loc)):
            (at, found), *others = of_one_text
            too = f", in {' and '.join(str(at.loc[-1]) for at, _ in others)} too" if others else ""
            yield Finding(
                at,
                quoting(f"'{{}}' in {owner(item)} is still to be filled in{too}", shortened(found)),
                "write what belongs here, or remove the line",
            )


def _without(languages: Sequence[str], loc: Loc) -> Loc:
    """The way to a text, of the way to what it says in a language."""
    return loc[:-1] if loc and loc[-1] in languages else loc


class _Pledge(NamedTuple):
    """A text in which something is promised or aimed at."""

    noun: str
    at: Place
    text: Text
    of: object

    @property
    def has_day(self) -> bool:
        """Whether `when` says beside the text how often or on which day."""
        return isinstance(self.of, Commitment) and self.of.when is not None

    @property
    def is_measured(self) -> bool:
        """Whether a metric and its figure say what the words leave out."""
        return isinstance(self.of, RoleGoal | HireGoal) and None not in (self.of.metric, self.of.target)

    @property
    def wants_figure(self) -> bool:
        """Whether a change is only measured by a figure in the text itself."""
        if isinstance(self.of, RoleGoal | HireGoal):
            # Without a metric a goal has a finding of its own, without a target it has no figure.
            return self.of.metric is not None and self.of.target is None
        return self.noun in _AIMS


def _pledges(item: Item[Any]) -> Iterator[_Pledge]:
    """A file's outcomes, goals and commitments, and what else it promises, answers or claims."""
    own, claims = _keys_of(item.model.__class__)
    groups: list[tuple[Place, Any]] = [(item.at, item.model)]
    groups += [(item.at / key, part) for key in own if isinstance(part := getattr(item.model, key), Model)]
    for at, group in groups:
        for key, noun in _pledge_keys(group.__class__):
            for n, one in enumerate(getattr(group, key)):
                for place, text in texts(one, at / key / n):
                    # Of what `when` says instead of a day another rule speaks.
                    if place.loc[-1] != "when":
                        yield _Pledge(noun, place, text, one)
    for part, key, noun in claims:
        for at, one in _parts(getattr(item.model, part), item.at / part):
            for place, text in texts(getattr(one, key, None), at / key):
                yield _Pledge(noun, place, text, one)


@cache
def _pledge_keys(group: Any) -> tuple[tuple[str, str], ...]:
    """The fields of such a group that hold pledges, with what these are called."""
    return tuple((key, noun) for key, noun in _PLEDGES.items() if key in group.model_fields)


@cache
def _keys_of(model: Any) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """The parts of such a file that hold pledges of their own, and those that claim something.

    Of the latter the field that does is named, and what the claim is called.
    """
    claims = ((part, key, noun) for (part, key), noun in _CLAIMS.items() if part in model.model_fields)
    return tuple(key for key in _PLEDGING if key in model.model_fields), tuple(claims)


def _parts(part: object, at: Place) -> Iterator[tuple[Place, object]]:
    """A part of a file, or each of several."""
    if isinstance(part, list):
        yield from ((at / n, one) for n, one in enumerate(part))
    else:
        yield at, part


def no_rhythm(lists: Lists, wording: Wording) -> list[str]:
    """The words by which a `when` names neither a day nor a rhythm."""
    found = lists.listed("no-rhythm", wording.language).in_(wording.words) or _vague(lists, wording)
    if (
        found
        or _has_figure(lists, wording)
        or lists.words("rhythm-words", wording.language).common(wording.words)
    ):
        return found
    # Without a word of time it may still be an event, "when a customer leaves", if it names one.
    return only_general(lists, wording)


def _empty(lists: Lists, wording: Wording, *, dated: bool = False) -> list[str]:
    """The phrases of a sentence that no figure and no deed after them fill with sense."""
    found = empty_phrases(lists, wording) or state_of_mind(lists, wording)
    if not found and not dated:
        found = only_general(lists, wording)
    # Of a sentence that leaves all open, another rule says so.
    if found and (_has_figure(lists, wording) or _vague(lists, wording)):
        return []
    return found


def _vague(lists: Lists, wording: Wording) -> list[str]:
    """The words of a sentence that leave it open; those of time do not where a figure stands beside them."""
    found = _vague_but_dated(lists, wording)
    if not _has_figure(lists, wording):
        found += lists.listed("vague-times", wording.language).in_(wording.words)
    return found


def _vague_but_dated(lists: Lists, wording: Wording) -> list[str]:
    """The words that leave a sentence open, even if it is known when it happens."""
    return lists.listed("vague-words", wording.language).in_(wording.words)


def _unmeasured(lists: Lists, wording: Wording) -> list[str]:
    """The words of change in a sentence without a figure, and without what it is compared with."""
    # Of a sentence that leaves all open, another rule says so.
    if _has_figure(lists, wording) or _vague(lists, wording):
        return []
    return lists.listed("unmeasured-change", wording.language).in_(wording.words)


def _has_figure(lists: Lists, wording: Wording) -> bool:
    figures = lists.listed("figures", wording.language)
    return any(map(str.isdecimal, wording.words)) or figures.search(wording.words) is not None
