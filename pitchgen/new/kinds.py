"""The kinds of things that can be new, and where in a workspace each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pitchgen.model.file_kind import HIRES, JOURNEY, METRICS, PERSONAS, ROLES, FileKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: what files hold it, and the lists of a list file, its own last."""

    name: str
    holder: FileKind[Any]
    lists: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """The list it is an entry of; None when it is a file of its own."""
        return self.lists[-1] if self.lists else None

    def path(self, id: str) -> str:
        """Its file in the workspace."""
        return f"{self.holder.path}/{id}.yaml" if self.holder.is_folder else self.holder.path


KINDS = {
    kind.name: kind
    for kind in (
        Kind("persona", PERSONAS),
        Kind("role", ROLES),
        Kind("hire", HIRES),
        Kind("metric", METRICS, ("metrics",)),
        Kind("touchpoint", JOURNEY, ("phases", "touchpoints")),
    )
}
