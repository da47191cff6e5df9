"""How texts of the workspace are said to one reader: in their language, fit for their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pitchgen.language.locale import amount
from pitchgen.plain import capitalized, ended, one_line

if TYPE_CHECKING:
    from decimal import Decimal

    from pitchgen.language.facts import Language
    from pitchgen.model.text import Text
    from pitchgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Voice:
    """The reader's language, and the company's for what is not translated."""

    language: Language
    fallback: str

    @classmethod
    def of(cls, workspace: Workspace, language: str) -> Voice:
        """The voice of a workspace's documents in a language. Raises `InvalidInput` if that has errors."""
        return cls(workspace.languages.get(language), workspace.company.language)

    def say(self, text: Text) -> str:
        """The text on one line."""
        return one_line(text.said(*self.language.chain, self.fallback))

    def say_if(self, text: Text | None) -> str | None:
        """The text on one line, if there is one."""
        return self.say(text) if text else None

    def sentence(self, text: Text) -> str:
        """The text as a whole sentence: a capital first, a full stop last."""
        return capitalized(self.clause(text))

    def clause(self, text: Text) -> str:
        """The text as the end of a sentence: a full stop last."""
        return ended(self.say(text))

    def sentence_if(self, text: Text | None) -> str | None:
        """The text as a whole sentence, if there is one."""
        return self.sentence(text) if text else None

    def phrase(self, text: Text) -> str:
        """The text as part of a sentence: no full stop of its own."""
        return self.say(text).removesuffix(".")

    def phrase_if(self, text: Text | None) -> str | None:
        """The text as part of a sentence, if there is one."""
        return self.phrase(text) if text else None

    def amount(self, value: Decimal, unit: Text | None) -> str:
        """A figure with its unit, as the reader's country writes it."""
        return amount(value, self.say_if(unit), self.language)

    def in_sentence(self, title: str) -> str:
        """A title as it stands inside a sentence: "Palveluasiantuntija" with a small letter.

        Names keep their capitals: "IT-tuki", "Excel-kouluttaja", "Key Account Manager", "Java-kehittäjä",
        and what the language lists as a name.
        """
        if self.language.facts.capital_titles:
            return title
        first, *others = title.split(" ")
        is_common = first.isalpha() and first[1:] == first[1:].lower()
        is_common = is_common and not any(word[:1].isupper() for word in others)
        is_common = is_common and first not in self.language.names
        return title[0].lower() + title[1:] if is_common else title
