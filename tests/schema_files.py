"""Files of every kind for hypothesis, right ones and ones with a mistake; and who accepts them."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from copy import deepcopy
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml12
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from pitchgen.load.document import YamlMap, parse
from pitchgen.load.faults import Unreadable
from pitchgen.load.files import Source
from pitchgen.model import amount, arrival, checks, country, email, origin, text
from pitchgen.model.base import Model
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.model.origin import Origin
from pitchgen.model.role import Serves
from pitchgen.schema import schemas
from pitchgen.starter.files import starter_files
from pitchgen.workspace.validate import read_model

SCHEMAS = schemas()
KINDS = {kind.name: kind for kind in FILE_KINDS}
VALIDATORS = {name: Draft202012Validator(SCHEMAS[kind.schema]) for name, kind in KINDS.items()}
FIRST_LINE = "# yaml-language-server: $schema="


def model_accepts(kind: str, text: str) -> bool:
    try:
        data = parse(text.encode())
        assert isinstance(data, YamlMap)
        read_model(Source(f"{kind}/x.yaml", text, data, KINDS[kind]), None)
    except (Unreadable, ValidationError):
        return False
    return True


def schema_accepts(kind: str, text: str) -> bool:
    return VALIDATORS[kind].is_valid(yaml12.read(text))


def kind_of(path: str) -> str:
    return path.partition("/")[0].removesuffix(".yaml")


def starter() -> dict[str, str]:
    return {name: path.read_text(encoding="utf-8") for name, path in starter_files()}


class Plain(str):
    """A text without quotes, of which YAML makes what it likes."""

    __slots__ = ()


def plain(*typed: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([Plain(each) for each in typed])


def either(*typed: str) -> st.SearchStrategy[Any]:
    """The same with quotes and without."""
    return st.sampled_from([form(each) for each in typed for form in (Plain, str)])


# Letters of several scripts; no more than an editor and pitchgen both take for text.
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" \n"), min_size=1, max_size=12
).filter(lambda typed: typed.strip() != "")
TYPED = plain("12", "-3", "2.5", "0", "true", "no", "12:30", "+358 40 123", "2026-12-01", "3 %", "Äiti 😀")
LINE = WORDS | TYPED
LANGUAGES = st.fixed_dictionaries(
    {"fi": LINE}, optional={"en": LINE | plain(""), "sv-FI": LINE, "nb": LINE | plain("~")}
)
TEXT = LINE | LANGUAGES
NAME = LINE
ID = either("nps", "palvelu_2", "äiti-1", "12", "true")
NUMBER = either("12", "-3", "0", "12.5", "12.50") | plain("12,5", "1 234,50", "-1 000", "\N{MINUS SIGN}3")
DATE = either("2026-12-01", "1900-01-01", "2199-12-31", "2028-02-29", "1.12.2026", "01.02.2026")
DAY = either("1", "30", "-7", "3650", "-9999")
FEELING = either("-2", "-1", "0", "1", "2") | plain("\N{MINUS SIGN}1")
WHEN = (
    DATE
    | LANGUAGES
    | WORDS.map("aina {}".format)
    | plain("day 3", "Päivä -7", "every Friday", "day 30 at noon", "true")
)
YES_NO = either("true", "false", "yes", "No", "ON", "off", "1", "0", "y")
READ_BY: dict[Callable[[object], object], st.SearchStrategy[Any]] = {
    text.read_name: NAME,
    text.read_reference: NAME,
    text.read_language_name: NAME,
    text.read_id: ID,
    text.read_language: either("fi", "sv-FI") | plain("no"),
    email.read_email: st.sampled_from(["aino@testi.fi", "a.b+c@posti.testi.fi", "aino@räkmacka.se"]),
    text.read_color: st.sampled_from(["#0B4F5C", "#fff"]),
    amount.read_number: NUMBER,
    country.read_country: st.sampled_from(["FI", "DE-BY", "NO"]),
    arrival.read_clock: st.sampled_from(["9:00", "13.30", " 0:05 "]),
    arrival.read_time_zone: st.sampled_from(["Europe/Helsinki", "UTC"]),
    amount.read_date: DATE,
    amount.read_day: DAY,
    amount.read_feeling: FEELING,
    origin.read_variable: st.sampled_from(["env:SALES", "env:_DB2"]),
    origin.read_scale: st.sampled_from(["0-10", "1-5", "1 - 7", "good/bad"]),
    checks.read_count: either("1", "5", "365", "10000") | plain("10 000"),
    checks.read_share: either("0.5", "0.8", "1") | plain("0,75"),
}
# What may stand where something else belongs.
ODD: list[Any] = [
    *map(Plain, ("", "~", "null", "12", "-1", "0", "4", "2.5", "3650", "3651", "-9999", "-10000", "true")),
    *map(
        Plain,
        (
            "yes",
            "nps",
            "data",
            "formal",
            "a b",
            "2026-12-01",
            "1.12.2026",
            "2026-13-01",
            "1-2-3",
            "32.1.2026",
            "1.13.2026",
            "uk",
        ),
    ),
    *map(Plain, ("2026-12-32", "1850-01-01", "2200-01-01", "day 0", "Day 3", "day x", "5 %", "1,234", "1,5")),
    *("", " ", "x" * 200, "x" * 201, "x" * 20_001, "A\0B", "#12345g", "#12345", "#0B4F5C", "12:30", "äö"),
    *("a@b.fi", " a@b.fi ", "a@b", "ä@b.fi", "a@ä.fi", "a,b@c.fi", "A <a@b.fi>", "a@b.fi\nBcc: c", "a@b@c"),
    *("-a", "_a", "a-b", "a/b", "null", "0", "1", "3", "-2", "1.234", "1" * 31, "fi", "fi-FI", "FI", " fi "),
    *([], {}, [Plain("")], ["a"], ["fi"], [["a"]], [{"fi": "a", "FI": "b"}], [{"text": "a"}], {"fi": "a"}),
    *({"fi": Plain("")}, {"fi": Plain(""), "en": "a"}, {"suomi": "a"}, {"fi": ["a"]}, {"fi": 0}),
    *({"sv-FI": [Plain("1")]}, {"id": "a"}, {"name": "a"}, {"roles": "a"}, {"personas": []}),
    *({"personas": ["a"], "roles": Plain("")}, {"roles": Plain("")}),
]
_HIRE = {"name": "Aino", "role": "asiantuntija"}
_ROLE = {"title": "A", "purpose": "B", "part": {"why": "C", "how": "D"}, "serves": {"roles": ["e"]}}
_COMPANY = {
    **{"schema_version": Plain("1"), "name": "A", "language": "fi", "languages": ["fi"]},
    **{"strategy": {"name": "B", "aim": "C"}, "promise": {"text": "D"}},
}
_PERSONA = {"label": "A", "summary": "B"}
_METRIC = {"id": "a", "name": "B", "kind": "nps"}
# Each type of field once: where in a file it stands.
PLACES: dict[str, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    "name": ("hires", lambda value: _HIRE | {"name": value}),
    "optional name": ("hires", lambda value: _HIRE | {"buddy": value}),
    "names": ("hires", lambda value: _HIRE | {"likes": [value]}),
    "reference": ("hires", lambda value: _HIRE | {"role": value}),
    "language": ("hires", lambda value: _HIRE | {"language": value}),
    "email": ("hires", lambda value: _HIRE | {"email": value}),
    "date": ("hires", lambda value: _HIRE | {"starts_on": value}),
    "manager": ("hires", lambda value: _HIRE | {"manager": value}),
    "clock": ("hires", lambda value: _HIRE | {"arrival": {"time": value}}),
    "time zone": ("company", lambda value: _COMPANY | {"time_zone": value}),
    "number": ("hires", lambda value: _HIRE | {"goals": [{"text": "a", "target": value}]}),
    "id of a file": ("managers", lambda value: {"name": "A", "id": value}),
    "when": ("managers", lambda value: {"name": "A", "commitments": [{"text": "a", "when": value}]}),
    "text": ("roles", lambda value: _ROLE | {"title": value}),
    "optional text": ("roles", lambda value: _ROLE | {"exciting": value}),
    "texts": ("roles", lambda value: _ROLE | {"tools": [value]}),
    "list": ("roles", lambda value: _ROLE | {"tools": value}),
    "group": ("roles", lambda value: _ROLE | {"serves": value}),
    "optional group": ("roles", lambda value: _ROLE | {"ideal": value}),
    "day": ("roles", lambda value: _ROLE | {"first_days": [{"day": value, "text": "a"}]}),
    "optional day": ("roles", lambda value: _ROLE | {"goals": [{"day": value, "text": "a"}]}),
    "feeling": ("personas", lambda value: _PERSONA | {"moments": [{"touchpoint": "a", "feels": value}]}),
    "yes or no": (
        "personas",
        lambda value: _PERSONA | {"needs": [{"id": "a", "text": "b", "assumed": value}]},
    ),
    "number of choices": ("personas", lambda value: _PERSONA | {"priority": value}),
    "choice": ("personas", lambda value: _PERSONA | {"evidence": {"level": value}}),
    "id": ("metrics", lambda value: {"metrics": [_METRIC | {"id": value}]}),
    "required number": ("metrics", lambda value: {"metrics": [_METRIC | {"latest": {"value": value}}]}),
    "version": ("company", lambda value: _COMPANY | {"schema_version": value}),
    "languages": ("company", lambda value: _COMPANY | {"languages": value}),
    "color": ("company", lambda value: _COMPANY | {"brand": {"color": value}}),
    "words by language": ("company", lambda value: _COMPANY | {"brand": {"avoid_words": value}}),
    "words of a language": ("company", lambda value: _COMPANY | {"brand": {"avoid_words": {"fi": value}}}),
    "settings": ("company", lambda value: _COMPANY | {"checks": value}),
    "unknown key": ("managers", lambda value: {"name": "A", "titel": value}),
}
KEYS = st.sampled_from(["id", "name", "text", "fi", "suomi", "titel", "for_"])


def valid_files(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What a right file of this kind may hold."""
    return _group(KINDS[kind].model, optional=frozenset({"id"}))


@st.composite
def changed_files(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A right file in which one or two things were changed: perhaps for the worse, perhaps not."""
    data = draw(valid_files(kind))
    for _ in range(draw(st.integers(1, 2))):
        _change(draw, data)
    return data


def written(value: Any, indent: str = "") -> str:
    """A value as the lines of a YAML file."""
    match value:
        case {**entries} if entries:
            return "".join(f"{indent}{key}:{_inside(each, indent)}" for key, each in entries.items())
        case [*items] if items:
            return "".join(f"{indent}-{_inside(each, indent)}" for each in items)
        case Plain():
            return f"{indent}{value}\n"
        case _:
            return f"{indent}{json.dumps(value, ensure_ascii=False)}\n"


def _inside(value: Any, indent: str) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + written(value, indent + "  ")
    return " " + written(value)


def _change(draw: st.DrawFn, data: dict[str, Any]) -> None:
    """Put something odd anywhere in the data, take something away, or add what does not belong."""
    place: Any = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 3)):
            place = place[key]
            continue
        change = draw(st.sampled_from(["replace", "replace", "remove", "add"]))
        if change == "replace":
            place[key] = _odd(draw)
        elif change == "remove":
            del place[key]
        elif isinstance(place, dict):
            place[draw(KEYS)] = _odd(draw)
        else:
            place.append(_odd(draw))
        return


def _odd(draw: st.DrawFn) -> Any:
    return deepcopy(draw(st.sampled_from(ODD)))


def _group(model: type[Model], optional: frozenset[str] = frozenset()) -> st.SearchStrategy[dict[str, Any]]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    possible: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if field.is_required() and key not in optional:
            required[key] = _field(field)
        else:
            possible[key] = _field(field) if key in model.never_empty else _field(field) | plain("", "null")
    # A few at a time: many small files are tried sooner than a few large ones.
    chosen = st.lists(st.sampled_from([*possible]), unique=True, max_size=3) if possible else st.just([])
    groups = chosen.flatmap(
        lambda keys: st.fixed_dictionaries(required | {key: possible[key] for key in keys})
    )
    if model is Origin:
        return st.tuples(groups, st.sampled_from(["file", "database", "billing"])).map(_from_one)
    return groups.map(_serving_someone) if model is Serves else groups


def _from_one(drawn: tuple[dict[str, Any], str]) -> dict[str, Any]:
    """With one source, and all that it needs."""
    group, source = drawn
    several = {
        "file": {"file": "data/a.csv"},
        "database": {"database": "env:SALES", "query": "data/a.sql"},
        "billing": {"billing": "nps", "retention": "nps", "margin": Plain("31"), "interest": Plain("10")},
    }
    others = {key: value for key, value in group.items() if key not in several}
    return {**others, **several[source]}


def _serving_someone(serves: dict[str, Any]) -> dict[str, Any]:
    someone = any(isinstance(whom, list) and whom for whom in serves.values())
    return serves if someone else {**serves, "personas": ["varmistelija"]}


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    values = _values(field.annotation, field.metadata)
    least = max((getattr(each, "min_length", 0) for each in field.metadata), default=0)
    return values.filter(lambda value: len(value) >= least) if least else values


def _values(annotation: Any, metadata: Any = ()) -> st.SearchStrategy[Any]:
    for each in metadata:
        if isinstance(each, text.ReadBy):
            return READ_BY[each.function]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _values(arguments[0], annotation.__metadata__)
    if origin in (Union, types.UnionType):
        return st.one_of([_values(each) for each in arguments if each is not type(None)])
    if origin is list:
        return st.lists(_values(arguments[0]), max_size=2)
    if origin is dict:
        keys = st.just("x") if arguments[1] is Any else st.sampled_from(["fi", "sv-FI"])
        return st.dictionaries(keys, _values(arguments[1]), max_size=2)
    if origin is Literal:
        return either(*arguments) if arguments[0].isdecimal() else st.sampled_from(arguments)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _group(annotation)
    return {text.Text: TEXT, amount.When: WHEN, bool: YES_NO, Any: TEXT}[annotation]
