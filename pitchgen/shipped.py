"""Where the templates, the schemas and the starter workspace that come with pitchgen are on this machine."""

from __future__ import annotations

from pathlib import Path

from pitchgen.model.file_kind import FILE_KINDS

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "shipped"
# In a checkout the repository is itself the starter workspace.
_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"


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
