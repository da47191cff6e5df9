"""Validate: the files' plain data to strict models, every refusal a problem in a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError

from pitchgen.language.folders import Folders
from pitchgen.load.files import Files, Source, YamlFile, limited, walk
from pitchgen.load.place import Place
from pitchgen.model.base import Model, annotation_at, fields_of, model_in
from pitchgen.model.file_kind import COMPANY, HIRES, FileKind, kind_of_path
from pitchgen.model.hire import TAGS, Hire
from pitchgen.model.text import LANGUAGE_CODE, kind_of
from pitchgen.overlay import Overlay
from pitchgen.plain import shortened
from pitchgen.problems import Loc, Problem, errors, quoting, suggestion
from pitchgen.workspace.known import Known

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from pitchgen.load.files import Key
    from pitchgen.model.company import Company
    from pitchgen.model.logo import Logo

M = TypeVar("M", bound=Model)

UNDECLARED = "undeclared-language"
_NO_ITEMS: Mapping[int, Any] = {}


@dataclass(frozen=True, slots=True)
class Item(Generic[M]):
    """A valid file: what it says, and where each value of it stands."""

    source: Source
    model: M

    @property
    def at(self) -> Place:
        """The place of the whole file."""
        return Place(self.source)


@dataclass(frozen=True)
class Validated:
    """The valid files of a workspace by their kinds, as they are read, and the problems of the others.

    `broken` holds the kind and id of files that are invalid and `unread` the kinds of which a file could
    not be read at all, so that a reference to what they hold is not called unknown. `logo` and `font` are
    the files that the brand names, `pictures` those that personas name, by their names, `day_words` the
    words for a day in languages of its own, and `declared` the languages by which all texts were judged.
    What the files of `before` call each other by holds for kinds of which all are the same.
    """

    root: Path
    by_kind: Mapping[FileKind[Any], tuple[Item[Any], ...]] = field(default_factory=dict)
    broken: frozenset[tuple[FileKind[Any], str]] = frozenset()
    unread: frozenset[FileKind[Any]] = frozenset()
    problems: tuple[Problem, ...] = ()
    logo: Logo | None = None
    font: Path | None = None
    pictures: Mapping[str, Logo] = field(default_factory=dict)
    day_words: tuple[str, ...] = ()
    declared: tuple[str, ...] | None = None
    before: Known | None = field(default=None, repr=False, compare=False)

    @cached_property
    def items(self) -> tuple[Item[Any], ...]:
        """All valid files."""
        return tuple(chain.from_iterable(self.by_kind.values()))

    @cached_property
    def _by_source(self) -> dict[FileKind[Any], Mapping[Key, Item[Any]]]:
        return {}

    def item(self, source: Source) -> Item[Any]:
        """The valid file that was read from there."""
        kind = source.kind
        if kind not in self._by_source:
            self._by_source[kind] = {item.source.key: item for item in self.of(kind)}
        return self._by_source[kind][source.key]

    def of(self, kind: FileKind[M]) -> tuple[Item[M], ...]:
        """The valid files of one kind."""
        return self.by_kind.get(kind, ())

    def one(self, kind: FileKind[M]) -> Item[M] | None:
        """The valid file of a kind of which there is one."""
        return next(iter(self.of(kind)), None)

    @cached_property
    def known(self) -> Known:
        """What these files call each other by."""
        return Known(self, self.before)

    @cached_property
    def company(self) -> Item[Company] | None:
        """A valid company.yaml."""
        return self.one(COMPANY)

    @cached_property
    def languages(self) -> tuple[str, ...] | None:
        """The languages of a valid company.yaml."""
        return tuple(self.company.model.languages) if self.company else None

    def joined_by(self, items: Iterable[Item[Any]] = (), problems: Iterable[Problem] = ()) -> Validated:
        """The same with more valid files and more problems."""
        by_kind = {**self.by_kind}
        for kind, more in groupby(items, lambda item: item.source.kind):
            by_kind[kind] = (*by_kind.get(kind, ()), *more)
        return replace(self, by_kind=by_kind, problems=(*self.problems, *problems))

    def without(self, item: Item[Any]) -> Validated:
        """The same but for one valid file."""
        kind = item.source.kind
        left = tuple(each for each in self.of(kind) if each is not item)
        return replace(self, by_kind={**self.by_kind, kind: left})


def validate(files: Files, before: Validated | None = None) -> Validated:
    """Turn every readable file into its model; refusals become problems.

    Files that were valid `before` and have not been read again since are not judged again.
    """
    unread = filter(None, (kind_of_path(problem.path) for problem in errors(files.problems)))
    validated = Validated(
        files.root,
        unread=frozenset(unread),
        problems=files.problems,
        day_words=Folders(Overlay(files.root)).day_words(),
    )
    languages = _declared_languages(files.sources)
    # What a newcomer's file names must be known before.
    hires = [source for source in files.sources if source.kind == HIRES]
    others = (source for source in files.sources if source.kind != HIRES)
    validated = replace(validated, declared=languages)
    known = _still_valid(validated, before) if before else _NO_ITEMS
    return with_sources(with_sources(validated, others, languages, known), hires, languages)


def _still_valid(validated: Validated, before: Validated) -> Mapping[int, Item[Any]]:
    """The items of before by their sources, unless what they were judged by has changed."""
    if (before.declared, before.day_words) != (validated.declared, validated.day_words):
        return _NO_ITEMS
    return {id(item.source): item for item in before.items}


def with_sources(
    validated: Validated,
    sources: Iterable[Source],
    languages: tuple[str, ...] | None,
    known: Mapping[int, Item[Any]] = _NO_ITEMS,
) -> Validated:
    """The same with the models of these files, but for those that are `known`; refusals become problems."""
    items: list[Item[Any]] = []
    problems: list[Problem] = []
    broken = set(validated.broken)
    for source in sources:
        try:
            items.append(known.get(id(source)) or read_item(validated, source, languages))
        except ValidationError as error:
            broken.add((source.kind, str(source.data.get("id") or source.stem)))
            problems += explain(source, error, source.kind.model)
    return replace(validated.joined_by(items, problems), broken=frozenset(broken))


def read_item(validated: Validated, source: Source, languages: tuple[str, ...] | None) -> Item[Any]:
    """One file's data as its model, in which a newcomer has the ids of what their file names.

    Raises pydantic's `ValidationError`.
    """
    model = read_model(source, languages, validated.day_words)
    return Item(source, validated.known.settled(model) if isinstance(model, Hire) else model)


def read_model(source: Source, languages: tuple[str, ...] | None, day_words: tuple[str, ...] = ()) -> Model:
    """One file's data as its model; `day_words` are those for a day in `when`, beside the shipped ones.

    Raises pydantic's `ValidationError`.
    """
    data: Mapping[str, Any] = source.data
    if source.kind.is_folder and data.get("id") is None:
        data = {**data, "id": source.stem}
    context = {"languages": languages, "day_words": day_words}
    model: Model = source.kind.model.model_validate(data, context=context)
    return model


def _declared_languages(sources: Iterable[Source]) -> tuple[str, ...] | None:
    """The languages company.yaml declares, needed to judge every text; None when it does not say."""
    for source in sources:
        declared = source.data.get("languages")
        if source.kind == COMPANY and isinstance(declared, list | str):
            several = [declared] if isinstance(declared, str) else declared
            codes = [c for c in several if isinstance(c, str) and LANGUAGE_CODE.fullmatch(c)]
            return tuple(codes) or None
    return None


def explain(source: YamlFile, error: ValidationError, model: type[Model]) -> list[Problem]:
    """Pydantic's findings about one file of a model as problems with positions."""
    found = error.errors(include_url=False, include_input=False)
    return limited(_merged([_explain_one(source, model, detail) for detail in found]))


def _merged(problems: list[Problem]) -> Iterator[Problem]:
    """The problems, but a language that is not declared once: it stands in every text of the file."""
    count = Counter(problem.message for problem in problems if problem.code == UNDECLARED)
    for problem in problems:
        if problem.code != UNDECLARED:
            yield problem
        elif texts := count.pop(problem.message, 0):
            more = f"; {texts - 1:,} more texts of this file have it" if texts > 1 else ""
            yield replace(problem, message=problem.message + more)


def _explain_one(source: YamlFile, model: type[Model], detail: ErrorDetails) -> Problem:
    loc: Loc = tuple(part for part in detail["loc"] if part not in TAGS)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return _missing(source, model, loc)
        case "extra_forbidden":
            return _unknown_key(source, model, loc)
        case "invalid":
            return _invalid(source, loc, **context)
        case "literal_error":
            return _not_a_choice(source, model, loc)
        case "list_type":
            hint = "write each item on a line of its own, beginning with `- `"
            return source.problem("wrong-type", f"must be a list, not {_found(source, loc)}", loc, hint)
        case "model_type" | "model_attributes_type" | "dict_type":
            message = f"must be a group of `key: value` lines, not {_found(source, loc)}"
            return source.problem("wrong-type", message, loc)
        case "bool_type" | "bool_parsing":
            return source.problem("invalid-value", "must be true or false", loc)
        case "too_short":
            return source.problem("invalid-value", "must have at least one item", loc)
        case other:
            return source.problem(other.replace("_", "-"), "cannot be used as it is written", loc)


def _invalid(source: YamlFile, loc: Loc, message: str, hint: str, at: str, at_key: bool) -> Problem:
    if loc == ("id",) and "id" not in source.data and isinstance(source, Source):
        message = quoting("the file's name '{}' cannot be an id", source.stem)
        hint = f"rename the file: {hint}" if hint else "rename the file"
    code = UNDECLARED if at_key and LANGUAGE_CODE.fullmatch(at) else "invalid-value"
    return source.problem(code, message, (*loc, at) if at else loc, hint, at_key=at_key)


def _missing(source: YamlFile, model: type[Model], loc: Loc) -> Problem:
    name = str(loc[-1])
    info = _fields_at(model, loc[:-1]).get(name)
    hint = (info or "").strip()
    parent = _value_at(source, loc[:-1])
    state = "is empty" if isinstance(parent, Mapping) and name in parent else "is missing"
    return source.problem("missing-field", f"'{name}' {state}", loc, hint)


def _unknown_key(source: YamlFile, model: type[Model], loc: Loc) -> Problem:
    name = str(loc[-1])
    group = model_in(annotation_at(model, loc[:-1])) or model
    known = list(fields_of(group))
    meant, all_of_them = suggestion(name, known), f"the {group.key_noun}s here are: {', '.join(known)}"
    # Other names than keys are nobody's second nature.
    hint = f"{meant} {all_of_them}".strip() if group.key_noun != Model.key_noun else meant or all_of_them
    message = quoting(f"'{{}}' is not a {group.key_noun} that belongs here", name)
    return source.problem("unknown-key", message, loc, hint, at_key=True)


def _not_a_choice(source: YamlFile, model: type[Model], loc: Loc) -> Problem:
    typed = _value_at(source, loc)
    choices = list(_choices(annotation_at(model, loc)))
    must = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
    if not isinstance(typed, str):
        return source.problem("invalid-value", f"must be {must}, not {kind_of(typed)}", loc)
    message = quoting(f"must be {must}, not '{{}}'", shortened(typed))
    return source.problem("invalid-value", message, loc, suggestion(typed, choices))


def _choices(annotation: Any) -> Iterator[str]:
    """What may be written where a type has a few fixed texts."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from _choices(inner)


def _value_at(source: YamlFile, loc: Loc) -> object:
    _, value, found = walk(source.data, loc)
    return value if found or isinstance(value, str) else None


def _found(source: YamlFile, loc: Loc) -> str:
    return kind_of(_value_at(source, loc))


def _fields_at(model: type[Model], loc: Loc) -> dict[str, str]:
    """The keys that a group at `loc` may have, each with its description."""
    group = model_in(annotation_at(model, loc))
    return {key: field.description or "" for key, field in fields_of(group).items()} if group else {}


def is_required(model: type[Model], loc: Loc) -> bool:
    """Whether what stands at `loc` is a key that its group must have."""
    group = model_in(annotation_at(model, loc[:-1]))
    field = fields_of(group).get(str(loc[-1])) if group else None
    return field is not None and field.is_required()


def known_part(model: type[Model], loc: Loc) -> Loc:
    """As much of a way to a value as the model knows: up to a key that somebody made up."""
    for n, part in enumerate(loc):
        if isinstance(part, str) and part not in _fields_at(model, loc[:n]):
            return loc[:n]
    return loc
