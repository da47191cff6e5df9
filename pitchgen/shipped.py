"""Where the templates, the schemas and the starter workspace that come with pitchgen are on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pitchgen.load.document import Value, parse
from pitchgen.model.file_kind import FILE_KINDS

# The language by which every other is measured: what it has words for, another must have words for.
REFERENCE = "en"

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "shipped"
# In a checkout the repository is itself the starter workspace.
_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
_LANGUAGES = TEMPLATES / "languages"


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that come with pitchgen."""
    return tuple(sorted(folder.name for folder in _LANGUAGES.iterdir() if folder.is_dir()))


@cache
def language_data(code: str, name: str) -> Mapping[str, Value]:
    """What a data file of a language says, such as `words.yaml`; nothing if it is not shipped."""
    path = language_file(code, name)
    if not path.is_file():
        return {}
    data = parse(path.read_bytes())
    assert isinstance(data, Mapping)
    return data


def language_file(code: str, name: str) -> Path:
    """Where a file of a language is, or would be."""
    return _LANGUAGES / code / name


def starter_files() -> list[tuple[str, Path]]:
    """Every file of the starter: its path in a workspace, and where it is."""
    paths: list[Path] = []
    for kind in FILE_KINDS:
        path = _ROOT / kind.path
        paths += sorted(path.glob("*.yaml")) if kind.is_folder else [path]
    return [(path.relative_to(_ROOT).as_posix(), path) for path in paths]


def schema_files() -> list[tuple[str, Path]]:
    """Every JSON Schema: its path in a workspace, and where it is."""
    return [(f"schemas/{path.name}", path) for path in sorted((_ROOT / "schemas").glob("*.json"))]
