"""Forms: the fields of a file, or of an item in one, as its model has them, with what was typed into them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from pitchgen.keep.choices import Choice
from pitchgen.keep.field import BY_LANGUAGE, Field, Input, Kind, kind_of_type
from pitchgen.model.base import Model, annotation_at, fields_of, model_in
from pitchgen.model.ids import whole_type
from pitchgen.model.text import LanguageCode
from pitchgen.model.typed import language_names
from pitchgen.problems import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic.fields import FieldInfo

    from pitchgen.load.files import Source
    from pitchgen.problems import Loc, Problem

_YES = frozenset({"true", "yes", "on", "t", "y", "1"})
_NUMBER = re.compile(r"\[([0-9]{1,6})\]")
# Of items that one form adds to a list.
_MOST_ADDED = 100
_NO = frozenset({"", "false", "no", "off", "f", "n", "0"})


@dataclass(frozen=True, slots=True)
class Around:
    """What a form takes from the workspace: what can be named, and its languages, its own first."""

    languages: tuple[str, ...]
    choices: Mapping[str, tuple[Choice, ...]]


def form(
    source: Source,
    around: Around,
    loc: Loc = (),
    *,
    problems: Iterable[Problem] = (),
    typed: Mapping[str, str] | None = None,
) -> Field:
    """The form of a file, or of the item at `loc` in it: a group of fields in the order of the model.

    `problems` are those of the workspace, of which each field gets its own. `typed` is what was sent by a
    form, by the names of inputs; what it does not name is as in the file, and a yes-or-no is `true` or
    `false`.
    """
    model = model_in(annotation_at(source.kind.model, loc))
    value: Any = source.data
    for part in loc:
        value = value[part]
    assert model
    maker = _Maker(around, typed or {})
    made = maker.group(model, value, _About(loc, dotted(loc), model.noun().capitalize()))
    if not loc and source.kind.is_folder and "id" not in source.data:
        # The name of the file is the id.
        made = replace(made, fields=tuple(each for each in made.fields if each.key != "id"))
    return with_problems(made, [each for each in problems if each.path == source.path])


def with_problems(field: Field, problems: Iterable[Problem]) -> Field:
    """A field to which nobody has told its problems yet, with those of the file that are its own."""
    mine = [each for each in problems if each.loc[: len(field.loc)] == field.loc]
    if not mine:
        return field
    inside = [each.loc for each in field.fields]
    own = tuple(each for each in mine if not any(each.loc[: len(loc)] == loc for loc in inside))
    return replace(field, problems=own, fields=tuple(with_problems(each, mine) for each in field.fields))


def blank(model: type[Model], around: Around, loc: Loc, *, as_group: bool = False) -> Field | None:
    """The empty field of what may stand at `loc` in a file of this model; None where nothing may.

    What may be a group or else a single value is the group only where that is asked for.
    """
    annotation: Any = model
    about = _About((), "", model.noun().capitalize())
    for part in loc:
        kind, inner = kind_of_type(annotation, [] if isinstance(part, int) else {})
        if isinstance(part, int):
            if kind is not Kind.LIST:
                return None
            annotation, about = inner, _item(inner, about, part)
        elif kind is Kind.OTHER and inner:
            annotation, about = inner[1], _About((*about.loc, part), f"{about.name}.{part}", part)
        else:
            info = fields_of(inner).get(part) if kind is Kind.GROUP else None
            if info is None:
                return None
            annotation, about = whole_type(info), _about(part, info, about)
    return _Maker(around, {}).make(annotation, {} if as_group else None, about)


class _About(NamedTuple):
    """What is known of a field before its value is: see `Field`."""

    loc: Loc
    name: str
    label: str
    help: str = ""
    required: bool = False
    suggestions: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    is_new: bool = False

    @property
    def key(self) -> str:
        return next((part for part in reversed(self.loc) if isinstance(part, str)), "")


@dataclass(frozen=True)
class _Maker:
    """Makes fields from types."""

    around: Around
    typed: Mapping[str, str] = field(repr=False)

    def make(self, annotation: Any, value: Any, about: _About) -> Field:
        """The field of a value of this type, of which the file has that."""
        kind, inner = kind_of_type(annotation, value)
        if kind is Kind.GROUP:
            return self.group(inner, value, about)
        if kind is Kind.LIST:
            return self.items(inner, value, about)
        choices = self._choices(kind, inner, about)
        if kind in BY_LANGUAGE:
            inputs, written = self._texts(value, about)
        else:
            was = _as_typed(kind, value)
            inputs, written = (self._input(about.name, was),), "plain" if was else ""
            if choices and was and was not in {each.value for each in choices}:
                choices = (*choices, Choice(was, was))
        return self._field(about, kind, inputs=inputs, choices=choices, written=written)

    def group(self, model: type[Model], value: Any, about: _About) -> Field:
        """A group of fields; one that stands in short form is that of its main key alone."""
        if model.main_key and model.is_main(value):
            value = {model.main_key: value}
        fields = tuple(
            self.make(
                whole_type(each),
                value.get(key) if isinstance(value, Mapping) else None,
                _about(key, each, about),
            )
            for key, each in fields_of(model).items()
        )
        return self._field(about, Kind.GROUP, fields=fields)

    def items(self, annotation: Any, value: Any, about: _About) -> Field:
        """A list of fields; a single value is a list of one."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        added = self._added(about.name, len(values))
        names = [*range(len(values)), *added, self._unused(about.name, len(values), added)]
        fields = tuple(
            self.make(
                annotation,
                values[n] if n < len(values) else None,
                _item(annotation, about, n, name, is_new=n >= len(values)),
            )
            for n, name in enumerate(names)
        )
        return self._field(about, Kind.LIST, fields=fields)

    def _added(self, name: str, known: int) -> list[int]:
        """The numbers of the items in which something was typed beyond those that the file has."""
        numbers = self._numbered.get(name, ())
        found = (n for n in numbers if n >= known and not self.typed.get(f"{name}[{n}]-remove"))
        return sorted(found)[:_MOST_ADDED]

    @cached_property
    def _numbered(self) -> Mapping[str, set[int]]:
        """The numbers of the items in which something was typed, by the names of their lists."""
        found: dict[str, set[int]] = defaultdict(set)
        for typed, text in self.typed.items():
            for match in _NUMBER.finditer(typed) if text.strip() else ():
                found[typed[: match.start()]].add(int(match[1]))
        return found

    def _unused(self, name: str, known: int, added: Sequence[int]) -> int:
        """The number of an item that nobody has added yet, nor taken away again."""
        after = count(max([known, *(n + 1 for n in added)]))
        return next(n for n in after if not self.typed.get(f"{name}[{n}]-remove"))

    def _texts(self, value: Any, about: _About) -> tuple[tuple[Input, ...], str]:
        """An input for each language, and how the text stands in the file."""
        languages = self.around.languages
        said = value if isinstance(value, Mapping) else {languages[0]: value}
        inputs = tuple(
            self._input(f"{about.name}:{code}", said.get(code) or "", code)
            for code in dict.fromkeys((*languages, *said))
        )
        return inputs, "languages" if isinstance(value, Mapping) else "plain" if value else ""

    def _input(self, name: str, was: str, language: str = "") -> Input:
        text = self.typed.get(name, was)
        return Input(name, language, text.replace("\r\n", "\n"), was)

    def _choices(self, kind: Kind, inner: Any, about: _About) -> tuple[Choice, ...]:
        if kind is Kind.REFERENCE:
            return self.around.choices.get(inner, ())
        if kind is Kind.FEELING:
            return tuple(Choice(str(n), str(n)) for n in range(-2, 3))
        if (kind is Kind.CHOICE and not inner) or (kind is Kind.OTHER and inner and inner[0] == LanguageCode):
            names = language_names()
            return tuple(Choice(code, names.get(code, code)) for code in self.around.languages)
        if kind is not Kind.CHOICE:
            return ()
        meanings = about.meanings or ("",) * len(inner)
        return tuple(
            Choice(each, each.replace("_", " "), meaning)
            for each, meaning in zip(inner, meanings, strict=True)
        )

    def _field(
        self,
        about: _About,
        kind: Kind,
        *,
        inputs: tuple[Input, ...] = (),
        choices: tuple[Choice, ...] = (),
        fields: tuple[Field, ...] = (),
        written: str = "",
    ) -> Field:
        return Field(
            loc=about.loc,
            key=about.key,
            label=about.label,
            help=about.help,
            kind=kind,
            name=about.name,
            required=about.required,
            inputs=inputs,
            choices=choices,
            suggestions=about.suggestions,
            fields=fields,
            written=written,
            is_new=about.is_new,
            is_removed=not about.is_new and bool(self.typed.get(f"{about.name}-remove")),
        )


def _about(key: str, info: FieldInfo, group: _About) -> _About:
    extra: Any = info.json_schema_extra
    meanings = extra.get("enumDescriptions", ()) if isinstance(extra, dict) else ()
    return _About(
        (*group.loc, key),
        f"{group.name}.{key}".removeprefix("."),
        info.title or key.replace("_", " ").capitalize(),
        info.description or "",
        info.is_required(),
        tuple(map(str, info.examples or ())),
        tuple(map(str, meanings)),
        group.is_new,
    )


def _item(annotation: Any, items: _About, n: int, name: int | None = None, *, is_new: bool = False) -> _About:
    """The same of the item `n` of a list, whose input has another number for a `name` where it is new."""
    model = model_in(annotation)
    label = model.noun().capitalize() if model else items.label
    return _About((*items.loc, n), f"{items.name}[{n if name is None else name}]", label, is_new=is_new)


def _as_typed(kind: Kind, value: Any) -> str:
    """A value of a file as it is typed into an input."""
    text = value if isinstance(value, str) else ""
    if kind is Kind.YES_NO:
        return "true" if text.lower() in _YES else "false" if text.lower() in _NO else text
    return text
