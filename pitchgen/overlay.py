"""The templates folder of a workspace, laid over the one that comes with pitchgen: which file has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen import shipped

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "templates"
MAX_BYTES = 1_000_000


class Overlay:
    """Files by their names inside `templates/`: the workspace's own, else the shipped one.

    Where the file of a name is, is looked for once.
    """

    def __init__(self, root: Path) -> None:
        self.own_folder = root / FOLDER
        self._own: dict[str, Path | None] = {}
        self._shipped: dict[str, Path | None] = {}
        # The repository is a workspace, and its folder the shipped one.
        self.has_own = self.own_folder.resolve() != shipped.TEMPLATES.resolve()

    def find(self, name: str) -> Path | None:
        """Where the file of that name is, if there is one."""
        if name not in self._shipped:
            self._shipped[name] = _inside(shipped.TEMPLATES, name)
        return self.own(name) or self._shipped[name]

    def own(self, name: str) -> Path | None:
        """Where the workspace's own file of that name is, if it has one."""
        if name not in self._own:
            self._own[name] = _inside(self.own_folder, name) if self.has_own else None
        return self._own[name]

    def own_entries(self, name: str = ".") -> list[Path]:
        """What there is in a folder of the workspace's own, in the order of names."""
        folder = self.own_folder / name
        return sorted(folder.glob("*")) if self.has_own else []

    def shown(self, path: Path) -> str:
        """A file as messages call it: by the path that it has in the workspace, or would have there."""
        folders = (self.own_folder, shipped.TEMPLATES)
        inside = next((path.relative_to(each) for each in folders if path.is_relative_to(each)), path)
        return f"{FOLDER}/{inside.as_posix()}"

    def own_path(self, name: str) -> Path:
        """Where the workspace's own file of that name is, or would be."""
        return self.own_folder / name

    def is_shipped(self, name: str) -> bool:
        """Whether the workspace has no file of its own in place of the shipped one."""
        return self.own(name) is None and self.find(name) is not None

    def names(self) -> list[str]:
        """Every shipped file, and those that the workspace adds, as paths inside `templates/`."""
        own = self.own_folder.rglob("*.*") if self.has_own else ()
        names = (path.relative_to(self.own_folder).as_posix() for path in own if path.is_file())
        return sorted({*shipped.templates(), *names})


def _inside(folder: Path, name: str) -> Path | None:
    path = folder / name
    # A link may not lead out of the folder it is in, nor a name.
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None
