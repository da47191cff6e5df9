"""The kinds of things that can be new, and where in a workspace each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pitchgen.model.file_kind import COMPANY, HIRES, JOURNEY, MANAGERS, METRICS, PERSONAS, ROLES, FileKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: what files hold it, and the lists of a list file, its own last."""

    name: str
    holder: FileKind[Any]
    lists: tuple[str, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own, and not an entry in one."""
        return self.name == self.holder.noun

    def path(self, id: str) -> str:
        """Its file in the workspace."""
        return f"{self.holder.path}/{id}.yaml" if self.holder.is_folder else self.holder.path


KINDS = {
    kind.name: kind
    for kind in (
        Kind("persona", PERSONAS),
        Kind("role", ROLES),
        Kind("manager", MANAGERS),
        Kind("hire", HIRES),
        Kind("value", COMPANY, ("values",)),
        Kind("reward", COMPANY, ("rewards",)),
        Kind("metric", METRICS, ("metrics",)),
        Kind("phase", JOURNEY, ("phases",)),
        Kind("touchpoint", JOURNEY, ("phases", "touchpoints")),
    )
}
