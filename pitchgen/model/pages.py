"""The page of the docs that lists every field of every file, made from the models."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pitchgen import shipped
from pitchgen.model.base import Model, fields_of, model_in
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.model.ids import whole_type
from pitchgen.model.text import ReadBy, RefersTo, Several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from pitchgen.model.file_kind import FileKind

PATH = "docs/fields.md"

# What makes a list of one item of it.
_ONE_DOES = get_args(Several)[1]
_INTRODUCTION = """\
# Every field of every file

What can be written in a workspace, file by file, in the order in which it usually stands. Very little is
needed: what must be there says so, and inside a group it must only be there where the group is.
`needs[].text` is the key `text` in each item of the list `needs`. An editor can offer all this while you
write: [completion in an editor](editor.md).

| it holds | what you write |
|---|---|
| text | One sentence or more; or a line for each language, such as {lines}, below the key. |
| name | A short text that is the same in every language. |
| id | Letters, digits, hyphens, underscores. Others name it by that; `pitchgen rename` changes all of them. |
| id of … | The id of something that stands elsewhere; of a need, `persona/need`. |
| date | A day of the calendar, as 2026-12-01. |
| day | A number of days from the first day of work: 1 is that day, 30 a month in, -7 a week before. |
| when | A date, a day of work as `day 30`, or a rhythm in words: `every Friday`. |
| clock | A time of day, as 9:00 or 9.00. |
| number | As 42, -3 or 12.5, without a unit. |
| feeling | A whole number from -2, dreadful, to 2, delightful. |
| count | A whole number from 1 on. |
| scale | The ends of a scale of answers, as 0-10 or 1-5; or good/bad. |
| variable | `env:` and the name of an environment variable. |
| share | A number from 0.5 to 1, as 0.8. |
| language name | The code of one of the company's languages, or its name: `fi`, suomi, Finnish. |
| country | A code of two letters, as FI, or of a part of a country, as DE-BY. |
| time zone | A continent and a city, as Europe/Helsinki. |
| language | A code: {codes}, or that of a [language of your own](languages.md). |
| color | As `"#0B4F5C"`, in quotation marks. |
| email | An e-mail address. |
| group | Keys of its own, on lines below it that begin further in. |
| list of … | Each item on a line of its own that begins with `- `. |
| one or more: … | A list; where there is one item only, it may stand behind the key. |
"""


def documentation() -> dict[str, str]:
    """Every page of the docs that is made from the models, by its path in the repository."""
    codes = shipped.languages()
    codes_and_lines = {
        "codes": ", ".join(f"`{code}`" for code in codes),
        "lines": ", ".join(f"`{code}:`" for code in codes),
    }
    return {PATH: "\n".join([_INTRODUCTION.format(**codes_and_lines), *map(_part, FILE_KINDS)])}


def _part(kind: FileKind[Any]) -> str:
    where = f"{kind.name}/ID.yaml" if kind.is_folder else kind.path
    rows = "".join(_rows(kind.model, "", frozenset({"id"} if kind.is_folder else ())))
    return f"## `{where}`\n\n| field | holds | what it is |\n|---|---|---|\n{rows}"


def _rows(model: type[Model], start: str, optional: frozenset[str] = frozenset()) -> Iterator[str]:
    """A row for each field, and below a group those of its own fields."""
    for key, field in fields_of(model).items():
        holds, inner = _holds(whole_type(field)), model_in(field.annotation)
        needed = "; must be there" if field.is_required() and key not in optional else ""
        yield f"| `{start}{key}` | {holds}{needed} | {_about(field)} |\n"
        if inner:
            yield from _rows(inner, f"{start}{key}{'[]' if 'list' in holds or 'more' in holds else ''}.")


def _holds(annotation: Any) -> str:
    """What may be written where a type is asked for, in words."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _holds_as_said(*parts)
    if origin is Literal:
        *others, last = (f"`{choice}`" for choice in parts)
        return f"{', '.join(others)} or {last}" if others else last
    if origin is list:
        inner = model_in(parts[0])
        return "list of groups" if inner else f"list of {_holds(parts[0])}s"
    if origin is dict:
        return f"for each {_holds(parts[0])}: {_holds(parts[1])}"
    if parts:
        return " or ".join(_holds(part) for part in parts if part is not NoneType)
    if annotation is bool:
        return "`true` or `false`"
    if issubclass(annotation, Model):
        return f"group, or its `{annotation.main_key}` alone" if annotation.main_key else "group"
    return str(annotation.__name__).lower()


def _holds_as_said(annotation: Any, *beside: Any) -> str:
    """The same for a type beside which something is said."""
    if noun := next((each.noun for each in beside if isinstance(each, RefersTo)), ""):
        return f"id of a {noun}"
    if reader := next((each.function for each in beside if isinstance(each, ReadBy)), None):
        return reader.__name__.removeprefix("read_").replace("_", " ")
    if _ONE_DOES in beside:
        return f"one or more: {_holds(get_args(annotation)[0])}"
    return _holds(annotation)


def _about(field: FieldInfo) -> str:
    """What a field is for, what each choice means, and what it is when it is not there."""
    extra = field.json_schema_extra
    meanings: Any = extra.get("enumDescriptions", ()) if isinstance(extra, dict) else ()
    choices = zip(_choices(field.annotation), meanings, strict=False)
    has_default = isinstance(field.default, str | int | float) and field.default is not False
    examples = ", ".join(f"`{each}`" for each in field.examples or ())
    usual = f"`{field.default}` unless given." if has_default else ""
    told = [str(field.description), *(f"`{choice}`: {meaning}" for choice, meaning in choices)]
    told += [f"Such as {examples}." if examples else "", usual]
    return " ".join(filter(None, told))


def _choices(annotation: Any) -> tuple[str, ...]:
    """The fixed texts of a type that has some."""
    inner = get_args(annotation)
    return inner if get_origin(annotation) is Literal else tuple(c for part in inner for c in _choices(part))
