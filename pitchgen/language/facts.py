"""What is to be known of a language beside its words: its `language.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from pydantic import Field

from pitchgen.language.phrases import Words
from pitchgen.model.base import Model
from pitchgen.model.text import LanguageCode, Name, ReadBy, Several, invalid, read_line
from pitchgen.model.typed import NAME
from pitchgen.plain import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pitchgen.language.folders import Folders

FASTEST = 5000
LONGEST_DIGIT = 30

# The letters of Unicode's CLDR that say something of a date.
_PATTERN = re.compile(r"(?:y{1,4}|[ML]{1,5}|d{1,2}|E{1,5}|c{3,5}|'[^']*'|[^A-Za-z'])+")


def _read_pattern(value: object) -> str:
    pattern = read_line(value)
    if not _PATTERN.fullmatch(pattern):
        hint = "use the letters of Unicode's CLDR (EEEE, d, MMMM, y), and put words in single quotes"
        raise invalid(f"'{shortened(pattern)}' is no pattern of a date", hint=hint)
    return pattern


def _whole_number_to(most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        typed = value if isinstance(value, str) else ""
        if not (typed.isascii() and typed.isdecimal() and 0 < int(typed[:5]) <= most):
            raise invalid(f"must be a whole number from 1 to {most}")
        return int(typed)

    return read


def _read_locale(value: object) -> str:
    name = read_line(value)
    if not locale_of(name):
        raise invalid(
            f"'{shortened(name)}' is no locale that Unicode's CLDR knows", hint="write one like en_GB"
        )
    return name


Pattern = Annotated[str | None, ReadBy(_read_pattern, NAME)]


class DatePatterns(Model):
    """How dates are written; what is left out is written as the language usually does."""

    coming_day: Pattern = Field(None, description="A day to come, as EEEE d. MMMM.")
    short: Pattern = Field(None, description="A date for a calendar, as EEE d MMM.")
    short_with_year: Pattern = Field(None, description="The same with its year, as EEE d MMM y.")


class Beside(Model):
    """What stays on one line with a figure, beside the units that all languages write alike."""

    before: Several[Name] = Field([], description="Words before a figure, in any case: kello 9.")
    after: Several[Name] = Field(
        [], description="Units and words behind a figure, with * for any ending: 5 kpl."
    )
    between: Several[Name] = Field([], description="Words between two figures: 4 tai 5.")


class UsualTerms(Model):
    """The usual words for what a company may call otherwise."""

    customer: dict[Name, Name] = Field(
        {},
        description="The customer in each form that fixed words take, and an example of another word in it.",
    )


class Facts(Model):
    """The whole of language.yaml."""

    name: Name = Field(description="The language's name in English.")
    fallback: LanguageCode | None = Field(None, description="The language it takes what it lacks from.")
    day: Name = Field(description="The word for a day; `päivä` makes `päivä 30` the thirtieth day of work.")
    characters_per_minute: Annotated[int, ReadBy(_whole_number_to(FASTEST), {})] = Field(
        description="How many characters without spaces are read aloud calmly in a minute."
    )
    letters_per_digit: Annotated[int, ReadBy(_whole_number_to(LONGEST_DIGIT), {})] = Field(
        6, description="How many letters a digit has when it is said: 88 is `eighty-eight`, 5 for each."
    )
    locale: Annotated[str | None, ReadBy(_read_locale, NAME)] = Field(
        None, description="The country whose dates and figures it has, as en_GB; without it, the usual ones."
    )
    capital_titles: bool = Field(
        False, description="true when a title keeps its capital inside a sentence, as nouns do in German."
    )
    names: Several[Name] = Field(
        [], description="Words that keep their capital when a title begins with them; * is any ending."
    )
    refusals: Several[Name] = Field(
        [], description="Words at the beginning of a sentence that says itself what not to do: never, don’t."
    )
    titles: Several[Name] = Field([], description="What may stand before a name: Dr, Mrs.")
    particles: Several[Name] = Field([], description="With what a surname may begin: von, de.")
    first_names: Several[Name] = Field(
        [], description="First names that are hardly ever surnames, to tell a name with the surname first."
    )
    surnames: Several[Name] = Field(
        [], description="What shows that a word is a surname, with * for its beginning: *nen, *sson."
    )
    first_week: Several[Name] = Field(
        [], description="Words of a rhythm that belongs to the first week: `every day of your first week`."
    )
    dates: DatePatterns = Field(DatePatterns(), description="How dates are written.")
    figures: Beside = Field(Beside(), description="What stays on one line with a figure.")
    terms: UsualTerms = Field(UsualTerms(), description="What a company may call otherwise, form by form.")


@dataclass(frozen=True, eq=False)
class Language:
    """A language that documents can be in: its code, its facts, the way it writes dates and figures.

    `folders` has its files, and those of the languages that it falls back to. `terms` are what forms of words
    are said as, by the usual ones.
    """

    code: str
    facts: Facts
    locale: Locale
    folders: Folders
    terms: Mapping[str, str]

    @property
    def chain(self) -> tuple[str, ...]:
        """The code, and those of the languages that it falls back to."""
        return self.folders.chain(self.code)

    @cached_property
    def names(self) -> Words:
        """The words that keep their capital when a title begins with them."""
        return Words(self.facts.names)

    @cached_property
    def refusals(self) -> Words:
        """The words at the beginning of a sentence that says itself what not to do."""
        return Words(self.facts.refusals)

    @property
    def tag(self) -> str:
        """The language and the country it is written in, as other programs know them: fi-FI."""
        usual = get_global("likely_subtags").get(self.locale.language, "")
        territory = self.locale.territory or usual.rpartition("_")[2]
        return f"{self.locale.language}-{territory}" if territory else self.code

    def called(self, reader: str) -> str:
        """What it is called by somebody who reads the language `reader`."""
        return self.locale.get_language_name(reader) or self.code

    def file(self, name: str) -> str:
        """The name that a file of the language has among the templates."""
        return self.folders.file(self.code, name)


def locale_of(code: str) -> Locale | None:
    """The locale of a language's or a locale's code; None for one that Babel does not know."""
    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
