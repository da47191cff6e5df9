"""YAML as editors read it: by the core schema of YAML 1.2 (its section 10.3.2), where `no` is a text."""

from __future__ import annotations

import re
from typing import Any

import yaml

_SCALARS = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}


class _Core(yaml.SafeLoader):
    """PyYAML, with the types of YAML 1.2 instead of those of 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def construct_int(self, node: yaml.ScalarNode) -> int:
        typed = node.value
        return int(typed, 0) if typed.startswith(("0x", "0o")) else int(typed)


for _name, _pattern in _SCALARS.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), None)
_Core.add_constructor("tag:yaml.org,2002:int", _Core.construct_int)


def read(text: str) -> Any:
    """The data in a YAML text."""
    return yaml.load(text, Loader=_Core)
