"""What is done with a file that is open: saving, taking back, removing, and the ways on from two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.keep.edit import CannotEdit, Edit, edited
from pitchgen.keep.merge import on_top, shown
from pitchgen.keep.save import NotKept
from pitchgen.load.faults import Unreadable
from pitchgen.problems import InvalidInput
from pitchgen.web.place import BOTH, FORM, TEXT, Place, face_of, keep_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from pitchgen.keep.save import Kept
    from pitchgen.web.sheet import Sheet
    from pitchgen.web.visit import Visit


def kept_at(visit: Visit, place: Place) -> Kept | None:
    """The file as it is on the disk. Raises what says that there is none, or why it cannot be read."""
    try:
        return visit.desk.store.read(place.path)
    except NotKept:
        raise visit.gone() from None
    except Unreadable as error:
        raise InvalidInput(fault.problem(place.path) for fault in error.faults) from None


def _save(visit: Visit, place: Place, sheet: Sheet, _: str) -> Response:
    if sheet.stuck:
        return visit.go(keep_address(visit, place, face_of(sheet.draft), sheet.draft.id))
    return _saved(visit, place, sheet, visit.desk.store.save(place.path, sheet.content, sheet.draft.digest))


def _saved(visit: Visit, place: Place, sheet: Sheet, kept: Kept) -> Response:
    """On to the page of the file as it is now."""
    face, text = face_of(sheet.draft), None if sheet.draft.text is None else shown(kept.content)
    draft = visit.desk.drafts.change(
        sheet.draft,
        base=kept.content,
        digest=kept.digest,
        start=kept.content,
        typed={},
        text=text,
        is_saved=True,
    )
    return visit.go(keep_address(visit, place, face, draft.id))


def _undo(visit: Visit, place: Place, sheet: Sheet, _: str) -> Response:
    digest = sheet.draft.digest if sheet.kept else None
    kept = visit.desk.store.undo(place.path, digest)
    return _saved(visit, place, sheet, kept) if kept else visit.go(keep_address(visit, place))


def _restore(visit: Visit, place: Place, sheet: Sheet, number: str) -> Response:
    if not (number.isdecimal() and number.isascii()):
        raise visit.gone()
    digest = sheet.draft.digest if sheet.kept else None
    return _saved(visit, place, sheet, visit.desk.store.restore(place.path, int(number), digest))


def _delete(visit: Visit, place: Place, sheet: Sheet, _: str) -> Response:
    store = visit.desk.store
    if not place.loc:
        if not place.kind.is_folder:
            raise visit.gone()
        store.delete(place.path, sheet.draft.digest)
        return visit.go("/keep")
    assert sheet.source
    try:
        content = edited(sheet.draft.base, [Edit(place.loc, None)], place.kind.model)
    except (CannotEdit, Unreadable):
        return visit.go(keep_address(visit, Place(place.path, place.kind), TEXT))
    store.save(place.path, content, sheet.draft.digest)
    return visit.go("/keep")


def _put_mine(visit: Visit, place: Place, sheet: Sheet, _: str) -> Response:
    """Save both changes, and where they meet, the visitor's."""
    store = visit.desk.store
    if sheet.kept is None:
        return _saved(visit, place, sheet, store.save(place.path, sheet.content, None))
    content = on_top(sheet.draft.base, sheet.content, sheet.kept.content)
    return _saved(visit, place, sheet, store.save(place.path, content, sheet.kept.digest))


def _take_theirs(visit: Visit, place: Place, _: Sheet) -> Response:
    return visit.go(keep_address(visit, place) if kept_at(visit, place) else "/keep")


def _go_on(visit: Visit, place: Place, sheet: Sheet) -> Response:
    """Both changes in the form, to be looked at before they are saved."""
    if sheet.kept is None:
        return visit.go(keep_address(visit, place, BOTH, sheet.draft.id))
    content, kept = on_top(sheet.draft.base, sheet.content, sheet.kept.content), sheet.kept
    text = None if sheet.draft.text is None else shown(content)
    draft = visit.desk.drafts.change(
        sheet.draft, base=kept.content, digest=kept.digest, start=content, typed={}, text=text
    )
    return visit.go(keep_address(visit, place, face_of(draft), draft.id))


def _see_both(visit: Visit, place: Place, sheet: Sheet) -> Response:
    return visit.go(keep_address(visit, place, BOTH, sheet.draft.id))


def _to_text(visit: Visit, place: Place, sheet: Sheet) -> Response:
    content = sheet.content
    draft = visit.desk.drafts.change(sheet.draft, start=content, typed={}, text=shown(content))
    return visit.go(keep_address(visit, place, TEXT, draft.id))


def _to_form(visit: Visit, place: Place, sheet: Sheet) -> Response:
    draft = visit.desk.drafts.change(sheet.draft, start=sheet.content, typed={}, text=None, loc=place.loc)
    return visit.go(keep_address(visit, place, FORM, draft.id))


# By what buttons send: the file is written, or only another page is turned to.
WRITING = {"save": _save, "undo": _undo, "restore": _restore, "delete": _delete, "mine": _put_mine}
TURNING = {
    "both": _see_both,
    "theirs": _take_theirs,
    "again": _go_on,
    "text": _to_text,
    "form": _to_form,
}
