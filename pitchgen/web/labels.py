"""Labels: what a form calls its fields and choices, and what it says of them, in the language of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pitchgen.keep.field import Kind
from pitchgen.keep.helps import helps, is_blank
from pitchgen.shipped import REFERENCE
from pitchgen.web.moments import Moments
from pitchgen.web.sheet import fields, inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pitchgen.keep.choices import Choice
    from pitchgen.keep.field import Field, Input
    from pitchgen.keep.forms import Around
    from pitchgen.problems import Loc
    from pitchgen.web.place import Place
    from pitchgen.web.visit import Visit

_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")
_MODES = {Kind.NUMBER: "decimal", Kind.DAY: "numeric", Kind.EMAIL: "email"}


@dataclass(frozen=True)
class Labels:
    """Words for the form of a file that is called `noun`; `at` is the value that somebody asked for.

    `helps` are what to write into its fields, `tongues` the names of languages by their codes.
    """

    said: Mapping[str, str]
    language: str
    noun: str
    helps: Mapping[str, str]
    whole: Field
    tongues: Mapping[str, str]
    at: Loc = ()

    def label(self, field: Field) -> str:
        """What a field is called; an item of a list as one of its kind."""
        if _is_item(field) and (label := self._word("item", field.loc)):
            return label
        return self._word("field", field.loc) or field.label

    def _word(self, what: str, loc: Loc) -> str:
        keys = [self.noun, *_keys(loc)]
        ways = (".".join(keys[n:]) for n in range(len(keys)))
        return next((self.said[key] for way in ways if (key := f"{what}.{way}") in self.said), "")

    def help(self, field: Field) -> str:
        """What to write into a field; "" where nothing says that in the language of the page."""
        if any(self._called(field, choice) for choice in field.choices):
            # What a note says of the values of a file, the choices say themselves.
            return ""
        told = field.help if self.language == REFERENCE else ""
        said = self.helps.get(".".join(_keys(field.loc)), told)
        return "" if said.casefold() == self.label(field).casefold() else said

    def choice(self, field: Field, choice: Choice) -> str:
        """What a choice is called."""
        if field.key in ("language", "languages"):
            return self.tongues.get(choice.value, choice.label)
        return self._called(field, choice) or choice.label

    def meaning(self, choice: Choice) -> str:
        """What a choice means; "" where nothing says that in the language of the page."""
        return choice.meaning if self.language == REFERENCE else ""

    def _called(self, field: Field, choice: Choice) -> str:
        return self.said.get(f"choice.{field.key}.{choice.value}", "")

    @staticmethod
    def is_settled(field: Field) -> bool:
        """Whether there is nothing to choose in a field."""
        return field.kind is Kind.CHOICE and {each.value for each in field.choices} == {field.inputs[0].text}

    @staticmethod
    def text(typed: Input) -> str:
        """What an input shows: nothing where a place is left to be filled in."""
        return "" if is_blank(typed.text) else typed.text

    @staticmethod
    def to_fill_in(typed: Input) -> str:
        """What is to be filled in there."""
        return typed.text.strip("<> ") if is_blank(typed.text) else ""

    @staticmethod
    def type(field: Field) -> str:
        """The type of an input, so far as it lets one type what the file has."""
        return "date" if field.kind is Kind.DATE and _DATE.fullmatch(field.inputs[0].text) else "text"

    @staticmethod
    def mode(field: Field) -> str:
        """Which keys a phone shows."""
        return _MODES.get(field.kind, "text")

    def is_put_away(self, field: Field) -> bool:
        """Whether nothing is said in a field that may stay empty."""
        return not field.required and not any(each.text for each in inputs(field) if each.text != "false")

    def is_open(self, field: Field) -> bool:
        """Whether a field is shown at once: it has problems or a place to fill in, or is asked for."""
        inner = tuple(fields(field))
        is_asked_for = bool(self.focus) and self.focus in map(_first, inner)
        to_fill_in = any(is_blank(each.text) for each in inputs(field))
        return is_asked_for or to_fill_in or any(each.problems for each in inner)

    @staticmethod
    def is_group_of_list(field: Field) -> bool:
        """Whether a field is an item of a list that has fields itself."""
        return field.kind is Kind.GROUP and _is_item(field)

    def gist(self, field: Field) -> str:
        """What a group says first, in the language of the page if it can."""
        texts = (each for each in fields(field) if each.kind in (Kind.TEXT, Kind.LINE, Kind.REFERENCE))
        for each in texts:
            said = [typed for typed in each.inputs if self.text(typed)]
            own = [typed for typed in said if typed.language == self.language]
            for typed in (*own, *said):
                names = (choice.label for choice in each.choices if choice.value == typed.text)
                return next(names, typed.text)
        return ""

    @cached_property
    def focus(self) -> str:
        """The name of the input that somebody asked for, or of the nearest that there is; "" for none."""
        found = [each for each in fields(self.whole) if each.loc and self.at[: len(each.loc)] == each.loc]
        deep = [each for each in found if len(each.loc) > len(self.whole.loc)]
        return _first(max(deep, key=lambda each: len(each.loc))) if deep else ""


def labels_of(visit: Visit, place: Place, around: Around, whole: Field) -> Labels:
    """The words for a form, or a part of one, of the file at a place."""
    moments = Moments(visit)
    return Labels(
        visit.said,
        visit.language,
        place.kind.noun,
        helps(visit.reading.languages.folders, visit.language, place.kind),
        whole,
        {code: moments.language(code) for code in around.languages},
        place.at,
    )


def _is_item(field: Field) -> bool:
    return bool(field.loc) and isinstance(field.loc[-1], int)


def _first(field: Field) -> str:
    """The name of the first input that can be typed into."""
    typed = (each for each in fields(field) if each.kind is not Kind.ID)
    return next((each.name for inner in typed for each in inner.inputs), "")


def _keys(loc: Loc) -> Iterator[str]:
    return (part for part in loc if isinstance(part, str))
