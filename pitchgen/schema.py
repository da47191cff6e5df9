"""The JSON Schemas of a workspace's files, by which editors complete, explain and check what is typed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from pitchgen.model.file_kind import COMPANY, FILE_KINDS, FileKind
from pitchgen.model.typed import (
    MAX_PASSAGE,
    NAME,
    NOTHING,
    UNQUOTED,
    Schema,
    any_of,
    language_names,
    languages,
    text,
    translation,
)
from pitchgen.rules import RULES

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"

_REFERENCE = re.compile(r'"#/\$defs/([\w-]+)"')
# What a schema says for people, whatever the value.
_ABOUT = frozenset({"title", "description", "examples", "default"})
# What pydantic reads as true and false, in whichever case.
_YES_NO = ("true", "false", "yes", "no", "on", "off", "t", "f", "y", "n")
_SHARED = {
    "nothing": NOTHING,
    "unquoted": UNQUOTED,
    "name": NAME,
    "translation": translation(),
    "languages": languages(),
    "text": text(),
    "optional-name": any_of(NAME, NOTHING),
    "optional-text": any_of(text(), NOTHING),
    "optional-passage": any_of(text(MAX_PASSAGE), NOTHING),
}


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file, by the name of the file that holds it: `persona.schema.json`."""
    return {kind.schema: _schema(kind) for kind in FILE_KINDS}


def as_text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(kind: FileKind[Any]) -> Schema:
    schema: Schema = kind.model.model_json_schema(schema_generator=_Generator)
    if kind.is_folder and "id" in schema["required"]:
        # The name of the file stands for it.
        schema["required"].remove("id")
        schema["properties"]["id"] = _or_nothing(schema["properties"]["id"])
    if kind == COMPANY:
        severities = schema["properties"]["checks"]["properties"]["severities"]
        severities["properties"] = _rules(severities["additionalProperties"])
    groups = schema.pop("$defs", {})
    shared = {name: {key: _share(each) for key, each in part.items()} for name, part in _SHARED.items()}
    return _without_unused({"$schema": DIALECT, **_share(schema), "$defs": {**_share(groups), **shared}})


def _without_unused(schema: Schema) -> Schema:
    """The same without what is shared in other schemas alone, however it is named in what is left."""
    named = set(_REFERENCE.findall(json.dumps(schema)))
    defs = {name: each for name, each in schema["$defs"].items() if name in named or name not in _SHARED}
    smaller = {**schema, "$defs": defs}
    return schema if len(defs) == len(schema["$defs"]) else _without_unused(smaller)


def _rules(severity: Schema) -> Schema:
    """The codes of all rules, so that editors offer them; any other is a matter for `check`."""
    return {code: {**severity, "description": rule.title} for code, rule in RULES.items()}


def _share(value: Any) -> Any:
    """The same, with a reference in place of what is in `_SHARED`."""
    if isinstance(value, list):
        return [_share(each) for each in value]
    if not isinstance(value, dict):
        return value
    for name, shared in _SHARED.items():
        own = {key: each for key, each in value.items() if shared.get(key) != each}
        if shared.keys() <= value.keys() and own.keys() <= _ABOUT:
            return {"$ref": f"#/$defs/{name}", **own}
    return {key: _share(each) for key, each in value.items()}


def _or_nothing(schema: Schema) -> Schema:
    """The same, or a key left empty."""
    # Editors begin a list or a group on a line of its own when its first type says so.
    if schema.get("type") in ("array", "object"):
        return {**schema, "type": [schema["type"], "null"]}
    about, value = _parted(schema)
    return {**about, **any_of(value, NOTHING)}


def _or_alone(group: Schema, main: Schema) -> Schema:
    """The same, or nothing but the value of its main key."""
    about, _ = _parted(group)
    _, alone = _parted(main)
    return {**about, **any_of({key: each for key, each in group.items() if key != "description"}, alone)}


def _parted(schema: Schema) -> tuple[Schema, Schema]:
    """What a schema says for people, and what it says of the value."""
    about = {key: each for key, each in schema.items() if key in _ABOUT}
    return about, {key: each for key, each in schema.items() if key not in _ABOUT}


def _as_yaml_reads(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() else typed


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, taught what pitchgen's models accept of a YAML file and how people call it."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of the models, in which editors show keys."""
        return value

    def get_title_from_name(self, name: str) -> str:
        """`starts_on` as "Starts on"."""
        return name.rstrip("_").replace("_", " ").capitalize()

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A group of keys, of which the optional ones may be left empty."""
        result = super().model_schema(schema)
        model = schema["cls"]
        result["title"] = model.noun().capitalize()
        properties = result["properties"]
        for name, field in model.model_fields.items():
            key = field.alias or name
            properties[key].setdefault("title", self.get_title_from_name(key))
            if not field.is_required() and key not in model.never_empty:
                properties[key] = _or_nothing(self._in_place(properties[key]))
        return _or_alone(result, properties[model.main_key]) if model.main_key else result

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Only what it is when it is something: `model_schema` knows when it may be nothing."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """With the default that editors offer; an empty one is no help."""
        result = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return {**result, "default": _as_yaml_reads(default)} if isinstance(default, str) else result

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """The choices, of which YAML reads `1` as a number, and `'1'` as a text that is as good."""
        choices = [_as_yaml_reads(typed) for typed in schema["expected"]]
        if choices == schema["expected"]:
            return {"enum": choices}
        quoted = {"title": "In quotes", "type": "string", "pattern": f"^({'|'.join(schema['expected'])})$"}
        return any_of({"enum": choices}, quoted)

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchemaValue:
        """A list, and how to write one."""
        message = "must be a list: each item on a line of its own, beginning with `- `"
        return {**super().list_schema(schema), "errorMessage": message}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A group whose keys have a pattern, and no others; editors offer the examples of them."""
        result = super().dict_schema(schema)
        examples = result.pop("propertyNames", {}).get("examples", ())
        for values in result.get("patternProperties", {}).values():
            offered = {code: {**values, "title": language_names()[code]} for code in examples}
            result |= {"properties": offered, "additionalProperties": False}
        return result

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Any of the choices; which of them it is, shows."""
        return any_of(*(self.generate_inner(each) for each in schema["choices"].values()))

    def bool_schema(self, _schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """True or false, or a word for it, of which YAML makes no boolean."""
        words = "|".join("".join(f"[{c.upper()}{c}]" for c in word) for word in _YES_NO)
        quoted = {"title": "Yes or no", "type": "string", "pattern": f"^({words}|0|1)$"}
        number = {"title": "0 or 1", "type": "integer", "minimum": 0, "maximum": 1}
        return any_of({"type": "boolean"}, quoted, number)

    def _in_place(self, schema: JsonSchemaValue) -> JsonSchemaValue:
        """A reference to a group as the group itself, so that it can be left empty here and not elsewhere."""
        if "$ref" not in schema:
            return schema
        own = {key: each for key, each in schema.items() if key != "$ref"}
        return {**self.resolve_ref_schema(schema), **own}
