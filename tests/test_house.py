"""The house: rooms that lean on one another in one direction only; one alone knows the command line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest
from workspaces import REPOSITORY

PACKAGE = REPOSITORY / "pitchgen"
MODULES = {
    ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, also where only types are looked at."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = (f"{node.module}.{each.name}" for each in node.names)
            yield from (name if name in MODULES else node.module for name in modules)


def room(module: str) -> str:
    """The folder of a module, or the module itself where it stands in none."""
    return ".".join(module.split(".")[:2])


def test_only_the_command_line_knows_click() -> None:
    knowing = {room(name) for name, path in MODULES.items() if "click" in set(imported(path))}
    assert knowing == {"pitchgen.cli"}


def test_no_room_leans_on_one_that_leans_on_it() -> None:
    leans: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        on = {room(other) for other in imported(path) if other.startswith("pitchgen.")}
        leans.setdefault(room(name), set()).update(on - {room(name)})
    order = tuple(TopologicalSorter(leans).static_order())
    assert order.index("pitchgen.load") < order.index("pitchgen.workspace") < order.index("pitchgen.cli")


def test_no_module_leans_on_one_that_leans_on_it() -> None:
    leans = {name: set(imported(path)) & MODULES.keys() - {name} for name, path in MODULES.items()}
    order = tuple(TopologicalSorter(leans).static_order())
    assert set(order) == MODULES.keys()


@pytest.mark.parametrize("name", ["pitchgen.late", "pitchgen.cli.late", "pitchgen.web.late"])
def test_what_is_imported_late_is_what_type_checkers_take_it_for(name: str) -> None:
    (seen,) = (each for each in ast.parse(MODULES[name].read_text("utf-8")).body if isinstance(each, ast.If))
    meant = dict(_meant(seen))
    late = import_module(name)
    assert {known: getattr(late, known).__name__ for known in meant} == meant
    with pytest.raises(AttributeError, match="has no attribute 'tea'"):
        _ = late.tea


def _meant(block: ast.If) -> Iterator[tuple[str, str]]:
    """The name of each module that is there for others, `as` it is called, and that module's own."""
    for node in block.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            yield from ((each.asname, before + each.name) for each in node.names if each.asname)
