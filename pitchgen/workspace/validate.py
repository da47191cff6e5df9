"""Validate: the files' plain data to strict models, every refusal a problem in a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pitchgen.language.folders import Folders
from pitchgen.load.files import FOLDERS, SINGLE_FILES, Files, Loc, Source, limited
from pitchgen.load.place import Place
from pitchgen.model.base import Model
from pitchgen.model.company import Company
from pitchgen.model.hire import TAGS, Hire, Manager
from pitchgen.model.journey import Journey
from pitchgen.model.logo import Logo
from pitchgen.model.metric import MetricsFile
from pitchgen.model.persona import Persona
from pitchgen.model.role import Role
from pitchgen.model.text import LANGUAGE_CODE, kind_of, shortened
from pitchgen.overlay import Overlay
from pitchgen.problems import Problem, errors, suggestion

M = TypeVar("M", bound=Model)

UNDECLARED = "undeclared-language"

MODELS: dict[str, type[Model]] = {
    "company": Company,
    "metrics": MetricsFile,
    "journey": Journey,
    "personas": Persona,
    "roles": Role,
    "managers": Manager,
    "hires": Hire,
}


@dataclass(frozen=True, slots=True)
class Item(Generic[M]):
    """A valid file: what it says, and where each value of it stands."""

    source: Source
    model: M

    @property
    def at(self) -> Place:
        """The place of the whole file."""
        return Place(self.source)


@dataclass(slots=True)
class Validated:
    """The valid files of a workspace, the problems of the others, and which those were.

    `broken` holds (kind, id) of files that are invalid and `unread` the kinds of which a file could
    not be read at all, so that a reference to what they hold is not called unknown. `logo` and
    `font` are the files that the brand names, `day_words` the words for a day in languages of its own.
    """

    root: Path
    company: Item[Company] | None = None
    logo: Logo | None = None
    font: Path | None = None
    metrics: Item[MetricsFile] | None = None
    journey: Item[Journey] | None = None
    personas: list[Item[Persona]] = field(default_factory=list)
    roles: list[Item[Role]] = field(default_factory=list)
    managers: list[Item[Manager]] = field(default_factory=list)
    hires: list[Item[Hire]] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    day_words: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def items(self) -> list[Item[Any]]:
        """Every valid file, in the order in which they are read."""
        single = (item for item in (self.company, self.metrics, self.journey) if item is not None)
        return [*single, *self.personas, *self.roles, *self.managers, *self.hires]

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages of a valid company.yaml."""
        return tuple(self.company.model.languages) if self.company else None

    def add(self, kind: str, item: Item[Any]) -> None:
        """Put a valid file in its place."""
        if kind in SINGLE_FILES:
            setattr(self, kind, item)
        else:
            getattr(self, kind).append(item)


def validate(files: Files) -> Validated:
    """Turn every readable file into its model; refusals become problems."""
    validated = Validated(files.root, problems=list(files.problems))
    validated.day_words = Folders(Overlay(files.root)).day_words()
    validated.unread = {
        problem.path.partition("/")[0].removesuffix(".yaml") for problem in errors(files.problems)
    }
    languages = _declared_languages(files.sources)
    for source in files.sources:
        add_source(validated, source, languages)
    return validated


def add_source(validated: Validated, source: Source, languages: tuple[str, ...] | None) -> None:
    """Put one file's model among those of its kind; refusals become problems."""
    try:
        model = read_model(source, languages, validated.day_words)
    except ValidationError as error:
        validated.broken.add((source.kind, str(source.data.get("id") or source.stem)))
        validated.problems += explain(source, error, MODELS[source.kind])
    else:
        validated.add(source.kind, Item(source, model))


def read_model(source: Source, languages: tuple[str, ...] | None, day_words: tuple[str, ...] = ()) -> Model:
    """One file's data as its model; `day_words` are those for a day in `when`, beside the shipped ones.

    Raises pydantic's `ValidationError`.
    """
    data: Mapping[str, Any] = source.data
    if source.kind in FOLDERS and data.get("id") is None:
        data = {**data, "id": source.stem}
    return MODELS[source.kind].model_validate(data, context={"languages": languages, "day_words": day_words})


def _declared_languages(sources: Iterable[Source]) -> tuple[str, ...] | None:
    """The languages company.yaml declares, needed to judge every text; None when it does not say."""
    for source in sources:
        declared = source.data.get("languages")
        if source.kind == "company" and isinstance(declared, list):
            codes = [c for c in declared if isinstance(c, str) and LANGUAGE_CODE.fullmatch(c)]
            return tuple(codes) or None
    return None


def explain(source: Source, error: ValidationError, model: type[Model]) -> list[Problem]:
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


def _explain_one(source: Source, model: type[Model], detail: ErrorDetails) -> Problem:
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
            return _not_a_choice(source, loc, context["expected"])
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
            return source.problem(other.replace("_", "-"), detail["msg"], loc)


def _invalid(source: Source, loc: Loc, message: str, hint: str, at: str, at_key: bool) -> Problem:
    if loc == ("id",) and "id" not in source.data:
        message = f"the file's name '{source.stem}' cannot be an id"
        hint = f"rename the file: {hint}" if hint else "rename the file"
    code = UNDECLARED if at_key and LANGUAGE_CODE.fullmatch(at) else "invalid-value"
    return source.problem(code, message, (*loc, at) if at else loc, hint, at_key=at_key)


def _missing(source: Source, model: type[Model], loc: Loc) -> Problem:
    name = str(loc[-1])
    info = _fields_at(model, loc[:-1]).get(name)
    hint = (info or "").strip()
    parent = _value_at(source, loc[:-1])
    state = "is empty" if isinstance(parent, Mapping) and name in parent else "is missing"
    return source.problem("missing-field", f"'{name}' {state}", loc, hint)


def _unknown_key(source: Source, model: type[Model], loc: Loc) -> Problem:
    name = str(loc[-1])
    known = list(_fields_at(model, loc[:-1]))
    hint = suggestion(name, known) or f"the keys here are: {', '.join(known)}"
    return source.problem("unknown-key", f"'{name}' is not a key that belongs here", loc, hint, at_key=True)


def _not_a_choice(source: Source, loc: Loc, expected: str) -> Problem:
    typed = _value_at(source, loc)
    choices = [c.strip("'") for c in expected.replace(" or ", ", ").split(", ")]
    hint = suggestion(typed, choices) if isinstance(typed, str) else ""
    found = f"'{shortened(typed)}'" if isinstance(typed, str) else kind_of(typed)
    must = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
    return source.problem("invalid-value", f"must be {must}, not {found}", loc, hint)


def _value_at(source: Source, loc: Loc) -> object:
    value: Any = source.data
    for part in loc:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _found(source: Source, loc: Loc) -> str:
    return kind_of(_value_at(source, loc))


def _fields_at(model: type[BaseModel], loc: Loc) -> dict[str, str]:
    """The keys that a group at `loc` may have, each with its description."""
    for part in loc:
        if isinstance(part, int):
            continue
        by_key = {f.alias or name: f for name, f in model.model_fields.items()}
        inner = _model_in(by_key[part].annotation) if part in by_key else None
        if inner is None:
            return {}
        model = inner
    return {f.alias or name: f.description or "" for name, f in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `list[Model]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for a in get_args(annotation) if (m := _model_in(a))), None)
