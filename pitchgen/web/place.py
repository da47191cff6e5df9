"""Places: the files of a workspace by their addresses, and what in them has a form of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pitchgen.model.file_kind import FileKind, kind_of_path
from pitchgen.new.kinds import KINDS, Kind
from pitchgen.problems import dotted

if TYPE_CHECKING:
    from pitchgen.problems import Loc
    from pitchgen.web.drafts import Draft
    from pitchgen.web.visit import Visit

# The faces of a file: its form, its text, and what two made of it at the same time; and what may stand
# where in it.
FORM, TEXT, BOTH, HINTS = "file", "text", "both", "hints"
# What stands in lists of the files at the top, by these lists: a value, a touchpoint.
LISTED = {kind.lists[-1]: kind for kind in KINDS.values() if kind.lists}
_PART = re.compile(r"([^.\[\]]+)|\[([0-9]{1,6})\]")


@dataclass(frozen=True, slots=True)
class Place:
    """A file by its path in the workspace, and which value of it is asked for; none is the whole of it."""

    path: str
    kind: FileKind[Any]
    at: Loc = ()

    @property
    def loc(self) -> Loc:
        """What has the form: an item of a list that is one's own, else the file."""
        if self.listed and len(self.at) > 1 and isinstance(self.at[1], int):
            return self.at[:2]
        return ()

    @property
    def listed(self) -> Kind | None:
        """What the list holds that is asked for."""
        kind = LISTED.get(str(self.at[0])) if self.at else None
        return kind if kind and kind.holder == self.kind else None


def place_of(visit: Visit) -> Place:
    """What an address asks for. Raises what says that there is no such page."""
    name = visit.path("name")
    path = visit.desk.named(name) or name
    kind = kind_of_path(path)
    if kind is None:
        raise visit.gone()
    return Place(path, kind, loc_of(visit.request.query_params.get("at", "")))


def loc_of(said: str) -> Loc:
    """`needs[0].text` as `("needs", 0, "text")`; what is no such way leads nowhere."""
    return tuple(key or int(number) for key, number in _PART.findall(said))


def face_of(draft: Draft) -> str:
    """Whether somebody changes a form or a text."""
    return FORM if draft.text is None else TEXT


def keep_address(visit: Visit, place: Place, face: str = FORM, draft: str = "") -> str:
    """The address of a place: its form, or another `face` of it, with what was typed there by a `draft`."""
    address = visit.keep_address(place.path, dotted(place.at), face)
    return f"{address}{'&' if '?' in address else '?'}draft={draft}" if draft else address
