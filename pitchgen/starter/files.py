"""The files of the starter workspace, and the schemas that an editor reads beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.shipped import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DATA = "data"


def starter_files() -> list[tuple[str, Path]]:
    """Every file of the starter: its path in a workspace, and where it is."""
    paths: list[Path] = []
    for kind in FILE_KINDS:
        path = ROOT / kind.path
        paths += sorted(path.glob("*.yaml")) if kind.is_folder else [path]
    return [(path.relative_to(ROOT).as_posix(), path) for path in paths]


def data_files() -> list[tuple[str, Path]]:
    """Every export that the starter's metrics are measured from: its path in a workspace, and where it is."""
    return [(f"{DATA}/{path.name}", path) for path in sorted((ROOT / DATA).iterdir())]


def schema_files() -> list[tuple[str, Path]]:
    """Every JSON Schema: its path in a workspace, and where it is."""
    return [(f"schemas/{path.name}", path) for path in sorted((ROOT / "schemas").glob("*.json"))]
