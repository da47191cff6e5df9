"""Words: what is said is said plainly, in every language, and a pitch is as long as a lift ride."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pitchgen.model.text import Text, shortened
from pitchgen.place import Place
from pitchgen.problems import Severity
from pitchgen.rules.blanks import blank_in
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import (
    Wording,
    found_by,
    found_in,
    language_of,
    owner,
    pattern,
    scalars,
    texts,
    texts_of,
    word_list,
)
from pitchgen.validate import Item

_PLEDGES = {"outcomes": "an outcome", "goals": "a goal", "commitments": "a commitment"}
# Signs of a regular expression or of several words in one, and a * that does not end a word.
_HARDLY_MEANT = re.compile(r"[,;|\\()\[\]^]|\.\*|\*(?=\S)")


@rule("pitch-length")
def pitch_length(facts: Facts) -> Iterator[Finding]:
    """A pitch takes 60 to 90 seconds aloud.

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
        for problem in pitch.problems:
            yield Finding(hire.at / "name", problem.message, problem.hint)


@rule("vague-words")
def vague_words(facts: Facts) -> Iterator[Finding]:
    """Outcomes, goals and commitments say what will happen, without words that leave it open.

    "As needed" and "as soon as possible" sound kind and promise nothing: the newcomer waits and does not
    know for what, and the one who promised cannot tell whether the promise was kept. Who is led more or
    less gives customers a more-or-less experience.

    Say what happens, when and how often: "within the hour", "every Friday", "the day before". What nobody
    can promise yet is better left out.

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
    avoided = {language: pattern(words) for language, words in _avoided_words(facts).items()}

    def vague(wording: Wording) -> list[str]:
        brand = avoided.get(wording.language)
        found = found_by(word_list("vague-words", wording.language), wording.words)
        return [word for word in found if not found_by(brand, word)]

    for item in facts.workspace.files.items:
        for noun, at, text in _pledges(item):
            for place, found in found_in(vague, at, text, language_of(item, facts.workspace.company)):
                yield Finding(
                    place,
                    f"{noun} in {owner(item)} says {_quoted(found)}, so nobody can tell whether it happened",
                    "say when, how often or how much: 'within the hour', 'every Friday', 'nine in ten'",
                )


@rule("unmeasured-change")
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
    for item in facts.workspace.files.items:
        measured = {
            ("goals", n)
            for n, goal in enumerate(getattr(item.model, "goals", ()))
            # Without a metric a goal has a finding of its own, without a target it has no figure.
            if goal.target is not None or goal.metric is None
        }
        for noun, at, text in _pledges(item):
            if noun == _PLEDGES["commitments"] or at.loc[:2] in measured:
                continue
            for place, found in found_in(_unmeasured, at, text, language_of(item, facts.workspace.company)):
                yield Finding(
                    place,
                    f"{noun} in {owner(item)} says {_quoted(found)}, but not from what to what",
                    "name the figure and the day, or say what one would see when it is done",
                )


@rule("avoided-word")
def avoided_word(facts: Facts) -> Iterator[Finding]:
    """The words that the brand avoids stand in none of its texts.

    A brand is recognised by its voice, and a newcomer picks that voice up from these pages: what they read
    here they will say to customers next week.

    Say it in words of your own. The list is `avoid_words` under `brand` in company.yaml, for each language;
    a * at a word's end stands for every ending.

    Wrong:

        # personas/careful.yaml
        summary: He expects synergies to be explained the day before.

    Right:

        # personas/careful.yaml
        summary: He sleeps well once he knows what happens tomorrow.
    """
    avoided = _avoided_words(facts)
    searches = {language: pattern(words) for language, words in avoided.items()}

    def look(wording: Wording) -> list[str]:
        return found_by(searches.get(wording.language), wording.words)

    for item in facts.workspace.files.items:
        for at, text in texts_of(item):
            for place, found in found_in(look, at, text, language_of(item, facts.workspace.company)):
                patterns = dict.fromkeys(_pattern_of(word, avoided) for word in found)
                yield Finding(
                    place,
                    f"{owner(item)} says {_quoted(found)}, which the brand avoids",
                    f"say it in other words; {_quoted(patterns)} is in `avoid_words` of company.yaml",
                )


@rule("idle-avoid-word", Severity.NOTE)
def idle_avoid_word(facts: Facts) -> Iterator[Finding]:
    """Every word under `avoid_words` can be found.

    A list of words that nothing is compared with gives peace of mind for nothing: it looks as if somebody
    were minding the brand's voice.

    Write one word or phrase a line, with a * at the end of a word for every ending, and under a language
    that the company has.

    Wrong:

        # company.yaml
        brand:
          avoid_words:
            en: ["synerg(y|ies)", "leverage, seamless"]
            de: [Synergie*]

    Right:

        # company.yaml
        brand:
          avoid_words:
            en: [synerg*, leverage, seamless]
    """
    company = facts.workspace.company
    at = facts.workspace.at / "brand" / "avoid_words"
    for language, words in company.brand.avoid_words.items():
        if language not in company.languages:
            yield Finding(
                at / language,
                f"the brand avoids words in '{language}', which is not among the company's languages",
                f"the languages are: {', '.join(company.languages)}",
            )
            continue
        for n, word in enumerate(words):
            if why := _why_idle(word):
                yield Finding(
                    at / language / n,
                    f"the brand avoids '{shortened(word)}', which {why}",
                    "write one word or phrase a line, with a * only at the end of a word",
                )


@rule("placeholder")
def placeholder(facts: Facts) -> Iterator[Finding]:
    """Nothing is left that somebody was still to fill in.

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
    for item in facts.workspace.files.items:
        for at, typed in scalars(item.source.data, item.at):
            if (found := blank_in(typed)) and at.loc[:2] != ("brand", "avoid_words"):
                yield Finding(
                    at,
                    f"'{shortened(found)}' in {owner(item)} is still to be filled in",
                    "write what belongs here, or remove the line",
                )


def _pledges(item: Item[Any]) -> Iterator[tuple[str, Place, Text]]:
    """A file's outcomes, goals and commitments: the noun, the place and the text of each."""
    groups: list[tuple[Place, object]] = [(item.at, item.model)]
    groups += [(item.at / key, getattr(item.model, key, None)) for key in ("strategy", "manager")]
    for at, group in groups:
        for key, noun in _PLEDGES.items():
            for place, text in texts(getattr(group, key, None), at / key):
                yield noun, place, text


def _unmeasured(wording: Wording) -> list[str]:
    """The words of change in a sentence without a figure, and without what it is compared with."""
    has_figure = any(character.isdecimal() for character in wording.words) or found_by(
        word_list("figures", wording.language), wording.words
    )
    return [] if has_figure else found_by(word_list("unmeasured-change", wording.language), wording.words)


def _avoided_words(facts: Facts) -> dict[str, list[str]]:
    """The words that the brand avoids, by language, without those that would be found everywhere."""
    avoided = facts.workspace.company.brand.avoid_words
    return {language: [w for w in words if _has_letter(w)] for language, words in avoided.items()}


def _pattern_of(found: str, avoided: Mapping[str, Sequence[str]]) -> str:
    """Which of the words it was that found this."""
    return next(word for word in chain(*avoided.values()) if found_by(pattern([word]), found) == [found])


def _why_idle(word: str) -> str:
    if not _has_letter(word):
        return "has no letter to look for"
    if sign := _HARDLY_MEANT.search(word):
        return f"is looked for as it stands, with its '{sign[0]}'"
    return ""


def _has_letter(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _quoted(words: Iterable[str]) -> str:
    *others, last = (f"'{shortened(word)}'" for word in words)
    return f"{', '.join(others)} and {last}" if others else last
