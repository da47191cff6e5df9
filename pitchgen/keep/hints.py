"""Hints: what may stand at a place of a file, for whoever types its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pitchgen.keep.choices import Choice
from pitchgen.keep.field import Kind
from pitchgen.keep.forms import Around, blank
from pitchgen.model.base import annotation_at, model_in
from pitchgen.model.file_kind import COMPANY, FileKind
from pitchgen.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pitchgen.keep.field import Field
    from pitchgen.problems import Loc

# Whose keys are the codes of rules.
_SEVERITIES = ("checks", "severities")
_RULES = tuple(Choice(code, code, rule.title) for code, rule in RULES.items())
_YES_NO = (Choice("true", "true"), Choice("false", "false"))


@dataclass(frozen=True, slots=True)
class Hints:
    """What a place is for, whose `field` is empty, and what may stand there.

    That is a group with these `keys`, or with one for each of the `names`, which are of languages or rules;
    one of the `choices`, or a value like the `suggestions`. Of a list, each of its items is.
    """

    field: Field
    keys: Sequence[Field]
    names: Sequence[Choice]
    choices: Sequence[Choice]
    suggestions: Sequence[str]


def hints(kind: FileKind[Any], around: Around, loc: Loc) -> Hints | None:
    """What may stand at `loc` in a file of this kind; None where nothing may."""
    field, group = blank(kind.model, around, loc), blank(kind.model, around, loc, as_group=True)
    if field is None or group is None:
        return None
    one, many = (each.fields[0] if each.kind is Kind.LIST else each for each in (field, group))
    keys = many.fields if many.kind is Kind.GROUP else ()
    if kind.is_folder and not loc:
        # The name of the file is the id.
        keys = tuple(each for each in keys if each.key != "id")
    if model := one.kind is Kind.GROUP and model_in(annotation_at(kind.model, loc)):
        # A group in short form.
        one = next((each for each in one.fields if each.key == model.main_key), one)
    choices = _YES_NO if one.kind is Kind.YES_NO else one.choices
    if one.kind is Kind.OTHER:
        names = _RULES if kind == COMPANY and loc == _SEVERITIES else choices
        return Hints(field, (), names, (), ())
    languages = tuple(Choice(each.language, each.language) for each in one.inputs if each.language)
    return Hints(field, keys, languages, choices, one.suggestions)
