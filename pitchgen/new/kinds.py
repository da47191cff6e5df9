"""The kinds of things that can be new, and where in a workspace each of them stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: what files hold it, and the lists of a list file, its own last."""

    name: str
    holder: str
    lists: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """The list it is an entry of; None when it is a file of its own."""
        return self.lists[-1] if self.lists else None

    def path(self, id: str) -> str:
        """Its file in the workspace."""
        return f"{self.holder}.yaml" if self.lists else f"{self.holder}/{id}.yaml"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("persona", "personas"),
        Kind("role", "roles"),
        Kind("hire", "hires"),
        Kind("metric", "metrics", ("metrics",)),
        Kind("touchpoint", "journey", ("phases", "touchpoints")),
    )
}
