"""Another id for a thing: the lines that change everywhere are shown first."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pitchgen.new.existing import CannotCreate, Existing
from pitchgen.new.rename import CannotRename, kinds, plan
from pitchgen.problems import InvalidInput
from pitchgen.web.place import Place, keep_address, place_of
from pitchgen.web.visit import Visit, route
from pitchgen.workspace.ids import KnownId, ids_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from pitchgen.new.rename import Change
    from pitchgen.web.drafts import Draft

_NEW, _SHOWN = "new", "shown"


def rename(visit: Visit) -> Response:
    """The id that something has, and what changes with another that was typed."""
    place = place_of(visit)
    id = _id(visit, place)
    draft = visit.desk.drafts.find(visit.request.query_params.get("draft", ""), place.path)
    if draft is None:
        draft = visit.desk.drafts.begin(place.path, place.at, b"", "")
    return _shown(visit, place, id, draft)


def change(visit: Visit) -> Response:
    """Take down the new id; and once its changes were shown, carry them out."""
    place = place_of(visit)
    id, drafts = _id(visit, place), visit.desk.drafts
    draft = drafts.find(visit.typed("draft"), place.path) or drafts.begin(place.path, place.at, b"", "")
    wanted = visit.typed(_SHOWN) if visit.typed("do") == "rename" else ""
    draft = drafts.change(draft, typed={_NEW: visit.typed(_NEW).strip(), _SHOWN: wanted})
    if visit.is_live:
        return _shown(visit, place, id, draft)
    if not wanted:
        return visit.go(keep_address(visit, place, "rename", draft.id))
    visit.refuse_to_write()
    changes, _ = _planned(visit, id, draft)
    if not changes or _digest(changes) != wanted:
        return visit.go(keep_address(visit, place, "rename", draft.id))
    visit.desk.store.rename(changes)
    root = visit.desk.root
    moved = {change.path.relative_to(root).as_posix(): change.moved for change in changes}
    path = moved[place.path].relative_to(root).as_posix() if place.path in moved else place.path
    return visit.go(keep_address(visit, Place(path, place.kind, place.at)))


def _id(visit: Visit, place: Place) -> KnownId:
    """The id of what stands at the place."""
    source = next((each for each in visit.reading.files.sources if each.path == place.path), None)
    own = [each for each in ids_of(source) if each.is_own] if source else []
    wanted = {(*place.at, "id"), place.at}
    found = next((each for each in own if each.loc in wanted), None)
    if found is None:
        raise visit.gone()
    return found


def _planned(visit: Visit, id: KnownId, draft: Draft) -> tuple[Sequence[Change], Sequence[Any]]:
    """What changes, or what is in the way."""
    new = draft.typed.get(_NEW, "")
    if not new or new == id.written:
        return (), ()
    try:
        kind = kinds()[id.noun.replace(" ", "-")]
        return plan(Existing.read(visit.desk.root), kind, id.id, new), ()
    except InvalidInput as error:
        return (), error.problems
    except (CannotRename, CannotCreate) as error:
        return (), [str(error)]


def _shown(visit: Visit, place: Place, id: KnownId, draft: Draft) -> Response:
    changes, told = _planned(visit, id, draft)
    digest, root = _digest(changes), visit.desk.root
    return visit.page(
        "keep-rename",
        id=id.written,
        new=draft.typed.get(_NEW, id.written),
        draft=draft,
        action=keep_address(visit, place, "rename"),
        back=keep_address(visit, place),
        files=[
            (
                change.path.relative_to(root).as_posix(),
                change.moved.relative_to(root).as_posix() if change.moved != change.path else "",
                change.lines,
            )
            for change in changes
        ],
        digest=digest,
        told_all=[each for each in told if not isinstance(each, str)],
        refused=next((each for each in told if isinstance(each, str)), ""),
        has_changed=bool(draft.typed.get(_SHOWN)) and draft.typed[_SHOWN] != digest,
    )


def _digest(changes: Sequence[Change]) -> str:
    """What tells these changes from any other."""
    whole = sha256()
    for change in changes:
        for part in (str(change.path).encode(), str(change.moved).encode(), change.before, change.after):
            whole.update(sha256(part).digest())
    return whole.hexdigest() if changes else ""


ROUTES = (
    route("/keep/rename/{name:path}", rename),
    route("/keep/rename/{name:path}", change, "POST"),
)
