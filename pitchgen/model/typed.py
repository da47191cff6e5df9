"""What a JSON Schema can say of a typed text: the blocks that the schemas of fields are built from.

pitchgen keeps every text as it was typed, but an editor sees what YAML makes of it: `12` is a number to it,
`true` a boolean. Beside the keywords of JSON Schema, editors know `errorMessage` and `enumDescriptions`.
"""

from __future__ import annotations

from typing import Any

from pitchgen import shipped

Schema = dict[str, Any]

MAX_TEXT = 20_000
# Of what is said in one breath: as much as a whole pitch has.
MAX_PASSAGE = 1_000
MAX_NAME = 200

# Patterns that hold in Python as in JavaScript.
NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"
FILLED = rf"(?=\S)[^{NO_TEXT}]*"
LANGUAGE = "[a-z]{2,3}(-[A-Z]{2})?"


def matching(pattern: str, message: str) -> Schema:
    """A text with this pattern, white space around it or not; of anything else an editor says `message`."""
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", "errorMessage": message}


def _filled(limit: int) -> Schema:
    return {**matching(FILLED, f"must be a text of 1 to {limit:,} characters"), "maxLength": limit}


def other_than(title: str, *types: str) -> Schema:
    """Any value but of these types.

    What may be a boolean or null is said so, by what it may not be, because editors would offer `true`,
    `false` and `null` to whoever is to write a sentence.
    """
    return {"title": title, "not": {"type": list(types)}}


def explained(*descriptions: str) -> Schema:
    """What each choice means, in their order: `Field(json_schema_extra=explained(…))`."""
    return {"enumDescriptions": list(descriptions)}


UNQUOTED = other_than("Number or true/false", "string", "array", "object", "null")
NOTHING = other_than("Nothing", "string", "number", "boolean", "array", "object")


def any_of(*schemas: Schema) -> Schema:
    """Any of these, in one list: where lists are nested, editors show a title for each of them."""
    return {"anyOf": [each for schema in schemas for each in schema.get("anyOf", [schema])]}


NAME = any_of(_filled(MAX_NAME), UNQUOTED)


def translation(limit: int = MAX_TEXT) -> Schema:
    """A text in one of several languages, or nothing yet."""
    return any_of(_filled(limit), UNQUOTED, NOTHING)


def language_names() -> dict[str, str]:
    """The name of each shipped language, by its code: what editors offer."""
    told = {code: shipped.language_data(code, "language.yaml") for code in shipped.languages()}
    return {code: str(each["name"]) for code, each in told.items()}


def languages(limit: int = MAX_TEXT) -> Schema:
    """A text in several languages. Editors offer those that are shipped; any other is as right."""
    one = translation(limit)
    return {
        "title": "A line for each language",
        "type": "object",
        "properties": {code: {"title": name, **one} for code, name in language_names().items()},
        "patternProperties": {f"^{LANGUAGE}$": one},
        "additionalProperties": False,
        "not": {"additionalProperties": {"type": "null"}},
    }


def text(limit: int = MAX_TEXT) -> Schema:
    """A text, or the same text in several languages."""
    return any_of(_filled(limit), UNQUOTED, languages(limit))
