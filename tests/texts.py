"""Every text that can be written in a workspace, to be replaced and then looked for in its documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

from pitchgen.load.document import parse
from pitchgen.model.amount import When
from pitchgen.model.base import Model
from pitchgen.model.file_kind import kind_of_path
from pitchgen.model.text import Text

# Says a text anew; the first argument is where it stands, such as "Need.response".
Tell = Callable[[str, str], str]


def retold(files: Mapping[str, str], tell: Tell, language: str = "fi") -> dict[str, str]:
    """The same workspace with every text told anew, in one language."""
    made = dict(files)
    for name, content in files.items():
        kind = kind_of_path(name)
        if kind and not kind.is_personal:
            data = parse(content.encode())
            # JSON is YAML, whatever the texts hold.
            made[name] = json.dumps(_walk(kind.model, data, "", tell, language), ensure_ascii=False)
    return made


def _walk(kind: Any, value: Any, place: str, tell: Tell, language: str) -> Any:
    if kind is Text:
        return tell(place, value[language] if isinstance(value, dict) else value)
    if kind is When and isinstance(value, dict):
        return tell(place, value[language])
    if isinstance(kind, type) and issubclass(kind, Model):
        # What there is one of may be written as it is.
        if not isinstance(value, dict):
            return value
        kinds = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return {
            key: _walk(kinds[key], part, f"{kind.__name__}.{key}", tell, language)
            for key, part in value.items()
        }
    if get_origin(kind) is list:
        return [_walk(get_args(kind)[0], part, place, tell, language) for part in value]
    inside = [part for part in get_args(kind) if part is Text or part is When or isinstance(value, dict)]
    return _walk(inside[0], value, place, tell, language) if inside else value
