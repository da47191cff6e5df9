"""How texts of the workspace are said to one reader: in their language, fit for their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pitchgen.language.locale import amount
from pitchgen.model.text import Text, one_line

_SENTENCE_END = (".", "!", "?", "…", ":", ";")
_CLOSING = "\"'”’»)"
_COMMON_WORD = re.compile(r"[^\W\d_][^\W\d_A-ZÅÄÖ-]*")


@dataclass(frozen=True, slots=True)
class Voice:
    """The reader's language, and the company's for what is not translated."""

    language: str
    fallback: str

    def say(self, text: Text) -> str:
        """The text on one line."""
        return one_line(text.said(self.language, self.fallback))

    def say_if(self, text: Text | None) -> str | None:
        """The text on one line, if there is one."""
        return self.say(text) if text else None

    def sentence(self, text: Text) -> str:
        """The text as a whole sentence: a capital first, a full stop last."""
        said = self.clause(text)
        return said[0].upper() + said[1:]

    def clause(self, text: Text) -> str:
        """The text as the end of a sentence: a full stop last."""
        said = self.say(text)
        return said if said.rstrip(_CLOSING).endswith(_SENTENCE_END) else f"{said}."

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


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: "Palveluasiantuntija" with a small letter.

    Names keep their capitals: "IT-tuki", "Excel-kouluttaja", "Key Account Manager".
    """
    first, *others = title.split(" ")
    is_common = _COMMON_WORD.fullmatch(first) and not any(word[:1].isupper() for word in others)
    return title[0].lower() + title[1:] if is_common else title
