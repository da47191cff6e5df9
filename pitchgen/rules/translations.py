"""Translations: whoever reads in another language reads the whole, and not every third line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from pitchgen.language.blanks import blank_in
from pitchgen.model.hire import Hire
from pitchgen.rules.rule import Facts, Finding, rule
from pitchgen.rules.texts import owner, quoted
from pitchgen.workspace.texts import language_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pitchgen.language.phrases import Lists
    from pitchgen.model.company import Company
    from pitchgen.model.text import Text
    from pitchgen.workspace.validate import Item

FEW = 3
"""So many texts of a file are named one by one; of more, the first one and their number."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# So many common words of a language tell that a sentence is in it.
_ENOUGH = 2


@rule("missing-translation", of_newcomers=True)
def missing_translation(facts: Facts) -> Iterator[Finding]:
    """A text that is translated at all is translated into every language of the company.

    What is missing is said in the company's language: a newcomer who reads Swedish meets one Finnish line
    in the middle of the letter, and wonders what else was not meant for them.

    Add the line of the language; or take the language out of `languages` in company.yaml. A newcomer's own
    file needs only the language that the newcomer reads.

    Wrong:

        # company.yaml
        languages: [en, fi]
        promise:
          text:
            en: Nobody is left alone in front of a dark screen.

    Right:

        # company.yaml
        languages: [en, fi]
        promise:
          text:
            en: Nobody is left alone in front of a dark screen.
            fi: Kukaan ei jää yksin pimeän ruudun ääreen.
    """
    company = facts.workspace.company
    for item in facts.items:
        wanted = _wanted(item, company)
        translated = [(at, text) for at, text in texts_of(item) if text.plain is None]
        count = Counter(language for _, text in translated for language in text.languages)
        absent = [language for language in wanted if not count[language]] if len(translated) > 1 else []
        if absent:
            yield Finding(
                item.at,
                f"none of the {len(translated):,} texts in {owner(item)} is translated into {quoted(absent)}",
                _hint(absent, translated[0][1], company),
            )
        for at, text in translated:
            if missing := [code for code in wanted if code not in text.languages and code not in absent]:
                message = f"a text in {owner(item)} is not translated into {quoted(missing)}"
                yield Finding(at, message, _hint(missing, text, company))


@rule("untranslated-text", of_newcomers=True)
def untranslated_text(facts: Facts) -> Iterator[Finding]:
    """In a company of several languages a sentence is written in each of them.

    Names and units are the same for everybody, and one line is enough for them. A sentence is not: who
    does not read the language it happens to be in is left out of what all the others are told.

    Give the text a line for each language. A newcomer's own file needs only the language they read, and is
    looked at for sentences that are in another of the company's.

    Wrong:

        # company.yaml
        languages: [en, fi]
        promise:
          text: Nobody is left alone in front of a dark screen.

    Right:

        # company.yaml
        languages: [en]
        promise:
          text: Nobody is left alone in front of a dark screen.
    """
    company = facts.workspace.company
    if len(company.languages) == 1:
        return
    hint = f"write a line for each language: {', '.join(company.languages)}"
    for item in facts.items:
        if isinstance(item.model, Hire):
            yield from _in_another_language(item, facts)
            continue
        plain = ((at, text.plain) for at, text in texts_of(item) if text.plain is not None)
        places = [at for at, words in plain if _is_sentence(words, facts.lists)]
        if len(places) > FEW:
            message = f"{len(places):,} sentences in {owner(item)} are in one language only, this the first"
            yield Finding(places[0], message, hint)
        else:
            for at in places:
                yield Finding(at, f"a sentence in {owner(item)} is in one language only", hint)


def _in_another_language(item: Item[Any], facts: Facts) -> Iterator[Finding]:
    """A newcomer's plain sentences that are hardly in the language they read."""
    company = facts.workspace.company
    own = language_of(item, company)
    for at, text in texts_of(item):
        common = {
            code: len(facts.lists.words("common-words", code).common(text.plain or ""))
            for code in company.languages
        }
        other = max(common, key=lambda code: common[code])
        if common[other] >= _ENOUGH and not common.get(own):
            yield Finding(
                at,
                f"a sentence in {owner(item)} seems to be in '{other}', and the newcomer reads '{own}'",
                f"write it in '{own}', or give the text a line for each language",
            )


def _wanted(item: Item[Any], company: Company) -> list[str]:
    """The languages that a file's texts are read in: a newcomer's file in theirs, another in all."""
    if isinstance(item.model, Hire):
        return [language_of(item, company)]
    return list(dict.fromkeys(company.languages))


def _is_sentence(text: str, lists: Lists) -> bool:
    """Whether a text is more than a name, a figure or a unit: three words, most small or with a full stop."""
    words = _WORD.findall(text)
    small = sum(word[0].islower() for word in words)
    mostly_small = small >= 2 and 2 * small >= len(words)
    ends = text.endswith((".", "!", "?")) and small >= 1
    return len(words) >= 3 and (mostly_small or ends) and not blank_in(text, lists)


def _hint(missing: Sequence[str], text: Text, company: Company) -> str:
    spoken = company.language if company.language in text.languages else next(iter(text.languages))
    return f"add the line `{missing[0]}:`; until then it is said in '{spoken}'"
