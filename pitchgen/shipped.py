"""What comes with pitchgen: where it is on this machine, and the languages among it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

# The language by which every other is measured: what it has words for, another must have words for.
REFERENCE = "en"

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "shipped"
# In a checkout the repository is itself the starter workspace.
ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent

TEMPLATES = ROOT / "templates"
_LANGUAGES = TEMPLATES / "languages"
# What a workspace begins with, when there is none yet to lay anything over it.
_BEGINNINGS = "bare"


@cache
def templates() -> frozenset[str]:
    """The names inside `templates/` of all that documents, rules and scaffolds are made from."""
    found = (path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.*") if path.is_file())
    return frozenset(path.as_posix() for path in found if _BEGINNINGS not in path.parts)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that come with pitchgen."""
    return tuple(sorted(folder.name for folder in _LANGUAGES.iterdir() if folder.is_dir()))


@cache
def language_data(code: str, name: str) -> Mapping[str, Any]:
    """What a data file of a language says, such as `words.yaml`; nothing if it is not shipped."""
    path = language_file(code, name)
    if not path.is_file():
        return {}
    # As in a workspace: nothing but texts, in lists and groups.
    data: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506
    return data


def language_file(code: str, name: str) -> Path:
    """Where a file of a language is, or would be."""
    return _LANGUAGES / code / name
