"""Brand: a story and words that the newcomer makes their own, and none of those we do not use."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from pitchgen.language.phrases import NONE, Phrases
from pitchgen.plain import shortened
from pitchgen.problems import Severity, quoting
from pitchgen.rules.rule import Facts, Finding, has_letter, rule
from pitchgen.rules.texts import Wording, found_in, owner, quoted
from pitchgen.workspace.texts import language_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a customer says, and what is not to be said or done.
_NOT_OURS = frozenset({"quote", "their_words", "avoid", "never", "instead_of"})
# Signs of a regular expression or of several words in one, and a * that does not end a word.
_HARDLY_MEANT = re.compile(r"[,;|\\()\[\]^]|\.\*|\*(?=\S)")


@rule("avoided-word", of_newcomers=True)
def avoided_word(facts: Facts) -> Iterator[Finding]:
    """No text uses a word that the brand avoids.

    A brand is recognised by its voice, and a newcomer picks that voice up from these pages: what they read
    here they will say to customers next week.

    Say it in words of your own. The list is `avoid_words` under `brand` in company.yaml, for each
    language; a * at a word's end stands for every ending, at its beginning for every beginning.
    Apostrophes and hyphens match however they are typed. Customers may use the word, and so may a text
    that says what not to do.

    Wrong:

        # personas/careful.yaml
        summary: He expects synergies to be explained the day before.

    Right:

        # personas/careful.yaml
        summary: He sleeps well once he knows what happens tomorrow.
    """

    def look(wording: Wording) -> list[str]:
        return facts.avoided.get(wording.language, NONE).in_(wording.words)

    for item in facts.items:
        for at, text in texts_of(item):
            if not _NOT_OURS.isdisjoint(at.loc):
                continue
            for place, found in found_in(look, at, text, language_of(item, facts.workspace.company)):
                patterns = dict.fromkeys(_pattern_of(word, facts) for word in found)
                yield Finding(
                    place,
                    quoting(f"{owner(item)} says {{}}, which the brand avoids", quoted(found)),
                    f"say it in other words; {quoted(patterns)} is in `avoid_words` of company.yaml",
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


def beside_avoided(look: Callable[[Wording], list[str]], facts: Facts) -> Callable[[Wording], list[str]]:
    """What `look` finds, but for words that the brand avoids: of those it is said once, and not here."""

    def others(wording: Wording) -> list[str]:
        brand = facts.avoided.get(wording.language, NONE)
        return [words for words in look(wording) if not brand.search(words)]

    return others


def _pattern_of(found: str, facts: Facts) -> str:
    """Which of the words that the brand avoids it was that found this."""
    avoided = filter(has_letter, chain(*facts.workspace.company.brand.avoid_words.values()))
    return next(word for word in avoided if Phrases([word]).in_(found) == [found])


def _why_idle(word: str) -> str:
    if not has_letter(word):
        return "has no letter to look for"
    if sign := _HARDLY_MEANT.search(word):
        return f"is looked for as it stands, with its '{sign[0]}'"
    return ""
