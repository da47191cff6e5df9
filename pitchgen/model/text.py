"""Human-readable text in one or several languages, and the smaller texts: names, ids and tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from pitchgen import shipped
from pitchgen.model.typed import (
    LANGUAGE,
    MAX_NAME,
    MAX_PASSAGE,
    MAX_TEXT,
    NAME,
    NO_TEXT,
    UNQUOTED,
    Schema,
    any_of,
    language_names,
    matching,
    text,
)
from pitchgen.plain import is_letter_or_digit, one_line, shortened
from pitchgen.problems import quoting

LANGUAGE_CODE = re.compile(LANGUAGE)
_FORBIDDEN = re.compile(f"[{NO_TEXT}]")
_COLOR_HINTS = {
    False: "put it in quotes: without them, YAML takes what follows # for a comment",
    True: "write it as # and six digits or letters from a to f",
}
_COLOR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def invalid(message: str, *, hint: str = "", at: str = "", at_key: bool = False) -> PydanticCustomError:
    """A refusal in a person's words.

    `at` names what inside the value is to blame: what stands under that key, or the key itself.
    """
    # The message goes in as a value: Pydantic would read braces in it as placeholders.
    context = {"message": message, "hint": hint, "at": at, "at_key": at_key}
    return PydanticCustomError("invalid", "{message}", context)


def read_line(value: object, limit: int = MAX_TEXT) -> str:
    """A text as it was typed, without white space around it."""
    if not isinstance(value, str):
        raise invalid(f"must be a text, not {kind_of(value)}")
    text = unicodedata.normalize("NFC", value.strip())
    if not text:
        raise invalid("must not be empty", hint="write a text, or remove the line")
    if len(text) > limit:
        raise invalid(_too_long(text, limit))
    if bad := _FORBIDDEN.search(text):
        raise invalid(f"holds a character that is not text (U+{ord(bad[0]):04X})")
    return text


def _too_long(text: str, limit: int) -> str:
    return f"is {len(text):,} characters long; at most {limit:,} fit"


def kind_of(value: object) -> str:
    """What a value of a YAML file is called in a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    return "a text"


class Text:
    """One text, or the same text in several languages.

    `plain` is set when one string serves every language; otherwise `languages` maps language
    codes to texts.
    """

    __slots__ = ("languages", "plain")

    def __init__(self, plain: str | None = None, languages: Mapping[str, str] | None = None):
        self.plain = plain
        self.languages = dict(languages or {})

    def __repr__(self) -> str:
        return f"Text({self.plain!r})" if self.plain is not None else f"Text({self.languages!r})"

    def said(self, *languages: str) -> str:
        """The text in the first of these languages that it has, else in the first language it has."""
        code = self.language_of_said(*languages)
        return self.languages[code] if code else self.plain or ""

    def language_of_said(self, *languages: str) -> str | None:
        """The language of what is said of it to whoever reads these; None for one that serves them all."""
        first = next(iter(self.languages), None)
        return next((code for code in languages if code in self.languages), first)

    @property
    def spellings(self) -> tuple[str, ...]:
        """What it says, in every language that it has."""
        return (self.plain,) if self.plain is not None else tuple(self.languages.values())

    @classmethod
    def read(cls, value: object, info: core_schema.ValidationInfo) -> Text:
        """Validate a string or a map of languages; the context may hold the `languages` in use."""
        if isinstance(value, Text):
            return value
        if not isinstance(value, Mapping):
            return cls(plain=read_line(value))
        declared = (info.context or {}).get("languages")
        known = {k: _read_translation(k, v, declared) for k, v in value.items()}
        languages = {k: v for k, v in known.items() if v is not None}
        if not languages:
            raise invalid("must not be empty", hint="write a text, or remove the line")
        return cls(languages=languages)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _core: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> Schema:
        return text()


def _undeclared_hint(key: str, declared: tuple[str, ...]) -> str:
    if key.lower() in declared:
        return quoting("write it as '{}'", key.lower())
    if LANGUAGE_CODE.fullmatch(key):
        return "add it to `languages` in company.yaml, or delete its lines"
    return "put the whole text in quotes, or write each language on a line of its own"


def _read_translation(language: str, value: object, declared: tuple[str, ...] | None) -> str | None:
    known = language in declared if declared else LANGUAGE_CODE.fullmatch(language)
    if not known:
        languages = ", ".join(declared) if declared else ", ".join(shipped.languages())
        raise invalid(
            quoting(f"'{{}}' is not one of the company's languages ({languages})", shortened(language)),
            hint=_undeclared_hint(language, declared or ()),
            at=language,
            at_key=True,
        )
    if value is None:
        return None
    try:
        return read_line(value)
    except PydanticCustomError as error:
        context = error.context or {}
        raise invalid(context["message"], hint=context["hint"], at=language) from None


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Says which function turns what was typed into a field's value: `Annotated[T, ReadBy(f, schema)]`.

    The JSON Schema says the same to an editor, as far as it can; it may be given as a function that makes it.
    """

    function: Callable[[object], object]
    schema: Schema | Callable[[], Schema] = field(hash=False)

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.function)

    def __get_pydantic_json_schema__(
        self, _core: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> Schema:
        return self.schema() if callable(self.schema) else self.schema


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Says what a field names by its id: the `noun` of the model of that."""

    noun: str


class _OrOne:
    """A list of which one item may be written as it is, without the list."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        several = handler(core)
        return any_of(several, several["items"])


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | Mapping) else value


T = TypeVar("T")
Several = Annotated[list[T], _OrOne()]


def read_name(value: object) -> str:
    """A name or another short text that is the same in every language."""
    return one_line(read_line(value, MAX_NAME))


def read_id(value: object) -> str:
    """What other files call an item: letters, digits, hyphens and underscores."""
    text = read_line(value, MAX_NAME)
    if text[0] in "-_" or not all(is_letter_or_digit(c) or c in "-_" for c in text):
        raise invalid(
            quoting("'{}' cannot be an id", shortened(text)),
            hint="use letters, digits, hyphens and underscores, and begin with a letter or digit",
        )
    return text


def read_language(value: object) -> str:
    """The code of a language, with a country if need be: en, en-GB."""
    text = read_line(value, MAX_NAME)
    if not LANGUAGE_CODE.fullmatch(text):
        message = quoting("'{}' is not the code of a language", shortened(text))
        raise invalid(message, hint=f"write a code such as {', '.join(shipped.languages())}")
    return text


def read_language_name(value: object) -> str:
    """A language by its code, or by its name in a language of the company."""
    return read_line(value, MAX_NAME)


def read_reference(value: object) -> str:
    """The id of another item; `persona/need` for a need of a persona."""
    return read_line(value, MAX_NAME)


def read_color(value: object) -> str:
    """A colour as `#0B4F5C` or `#fff`."""
    typed = value.strip() if isinstance(value, str) else ""
    if not _COLOR.fullmatch(typed):
        raise invalid("must be a colour like '#0B4F5C'", hint=_COLOR_HINTS[bool(typed)])
    return typed


# The letters of all scripts are too many to name, so this lets through all that is not ASCII.
_ID = any_of(
    {
        **matching(
            r"[^\s\x00-/:-@\[-`{-\x7f][^\s\x00-,./:-@\[-^`{-\x7f]*",
            "must be letters, digits, hyphens and underscores, and begin with a letter or digit",
        ),
        "maxLength": MAX_NAME,
    },
    {**UNQUOTED, "minimum": 0, "multipleOf": 1},
)


def _language_schema() -> Schema:
    must_be = f"must be the code of a language, such as {shipped.REFERENCE}"
    return {**matching(LANGUAGE, must_be), "examples": [*language_names()]}


_COLOR_IN_QUOTES: Schema = {
    **matching(_COLOR.pattern, "must be a colour like '#0B4F5C', in quotes"),
    "examples": ["#0B4F5C"],
}


@dataclass(frozen=True, slots=True)
class _AtMost:
    """A text of no more than so many characters, in each of its languages."""

    limit: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, _core: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> Schema:
        return text(self.limit)

    def _checked(self, value: Text) -> Text:
        said = value.languages or {"": value.plain or ""}
        for language, words in said.items():
            if len(words) > self.limit:
                raise invalid(_too_long(words, self.limit), hint="say it in fewer words", at=language)
        return value


Passage = Annotated[Text, _AtMost(MAX_PASSAGE)]
Name = Annotated[str, ReadBy(read_name, NAME)]
Id = Annotated[str, ReadBy(read_id, _ID)]
_Reference = ReadBy(read_reference, NAME)
BehaviorId = Annotated[str, _Reference, RefersTo("behavior")]
ManagerId = Annotated[str, _Reference, RefersTo("manager")]
MetricId = Annotated[str, _Reference, RefersTo("metric")]
NeedId = Annotated[str, _Reference, RefersTo("need")]
PersonaId = Annotated[str, _Reference, RefersTo("persona")]
PhaseId = Annotated[str, _Reference, RefersTo("phase")]
RoleId = Annotated[str, _Reference, RefersTo("role")]
StrategyGoalId = Annotated[str, _Reference, RefersTo("strategy goal")]
TouchpointId = Annotated[str, _Reference, RefersTo("touchpoint")]
LanguageCode = Annotated[str, ReadBy(read_language, _language_schema)]
Language = Annotated[str, ReadBy(read_language_name, lambda: {**NAME, "examples": [*language_names()]})]
Color = Annotated[str | None, ReadBy(read_color, _COLOR_IN_QUOTES)]
