"""One file: its form or its text beside the page that shows what it says; saving, taking back, removing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pitchgen.keep.merge import compared, shown
from pitchgen.keep.save import ChangedMeanwhile
from pitchgen.web.beside import page_of, page_shown, pages_beside
from pitchgen.web.frame import listening
from pitchgen.web.keep_doing import TURNING, WRITING, kept_at
from pitchgen.web.labels import labels_of
from pitchgen.web.moments import Moments
from pitchgen.web.place import BOTH, FORM, HINTS, TEXT, Place, face_of, keep_address, place_of
from pitchgen.web.sheet import Sheet, fields
from pitchgen.web.visit import Visit, route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.responses import Response

    from pitchgen.problems import Problem
    from pitchgen.web.drafts import Draft

# What a form sends beside its fields, whose names begin with a letter.
_OWN = "_"
_MOST_SHOWN = 99
# What scripts make of the text; where nobody has built it, the text is typed into a plain area.
_EDITOR = Path(__file__).parent / "static" / "editor.js"
# Before the words that the editor itself has, which are the keys.
_PHRASE = "phrase."


def as_form(visit: Visit) -> Response:
    """The form of a file, or of what stands in it; what has no form has its text."""
    place, sheet = _opened(visit)
    if sheet.draft.text is not None or not sheet.has_form:
        if place.loc and sheet.source and sheet.draft.text is None:
            raise visit.gone()
        return visit.go(keep_address(visit, place, TEXT, sheet.draft.id))
    return _form(visit, place, sheet)


def as_text(visit: Visit) -> Response:
    """The text of a file."""
    place, sheet = _opened(visit)
    return _text(visit, place, sheet)


def both(visit: Visit) -> Response:
    """What a visitor and somebody else made of a file at the same time, and the ways on."""
    place, sheet = _opened(visit)
    theirs = sheet.kept.content if sheet.kept else b""
    return visit.page(
        "keep-both",
        place=place,
        sheet=sheet,
        back=keep_address(visit, place, face_of(sheet.draft), sheet.draft.id),
        action=keep_address(visit, place, face_of(sheet.draft)),
        mine=compared(sheet.draft.base, sheet.content),
        theirs=compared(sheet.draft.base, theirs),
    )


def page_beside(visit: Visit) -> Response:
    """The page that shows what a file says, for a frame: the one that the address names, or that of now."""
    _, sheet = _opened(visit)
    page = page_shown(sheet, visit.request.query_params.get("version"))
    page = page or page_of(sheet, pages_beside(sheet), _tongue(sheet))
    if not page.html or page.faults:
        raise visit.gone()
    return listening(visit, page.html)


def change(visit: Visit) -> Response:
    """Take down what was typed, and do what was asked; a script that follows typing gets the page at once."""
    place, draft = _typed(visit)
    sheet = Sheet(visit, draft)
    if visit.is_live:
        return _text(visit, place, sheet) if draft.text is not None else _form(visit, place, sheet)
    what, _, number = visit.typed(f"{_OWN}do").partition("-")
    if what in WRITING:
        visit.refuse_to_write()
        try:
            return WRITING[what](visit, place, sheet, number)
        except ChangedMeanwhile:
            return visit.go(keep_address(visit, place, BOTH, draft.id))
    if what in TURNING:
        return TURNING[what](visit, place, sheet)
    return visit.go(keep_address(visit, place, face_of(draft), draft.id))


def _opened(visit: Visit) -> tuple[Place, Sheet]:
    """The place of an address, with the draft that it names, else with a new one of the file."""
    place = place_of(visit)
    kept = kept_at(visit, place)
    draft = visit.desk.drafts.find(visit.request.query_params.get("draft", ""), place.path)
    if draft is None:
        if kept is None:
            raise visit.gone()
        draft = visit.desk.drafts.begin(place.path, place.loc, kept.content, kept.digest)
    return place, Sheet(visit, draft)


def _typed(visit: Visit) -> tuple[Place, Draft]:
    """The draft with what a form sent. One that made room for others begins again with the file as it is."""
    place, drafts = place_of(visit), visit.desk.drafts
    kept = kept_at(visit, place)
    draft = drafts.find(visit.typed(f"{_OWN}draft"), place.path)
    if draft is None:
        content, digest = (kept.content, kept.digest) if kept else (b"", "")
        draft = drafts.begin(place.path, place.loc, content, visit.typed(f"{_OWN}digest") or digest)
    changes: dict[str, Any] = {}
    if f"{_OWN}shown" in visit.form:
        number = visit.typed(f"{_OWN}shown")
        changes["shown"] = min(int(number), _MOST_SHOWN) if number.isdecimal() and number.isascii() else 0
        changes["tongue"] = visit.typed(f"{_OWN}tongue")
    if f"{_OWN}text" in visit.form:
        text = visit.typed(f"{_OWN}text")
        # A text that nobody changed is no change, however the file breaks its lines.
        changes["text"] = text.encode(errors="replace").decode()
    elif draft.text is None:
        typed = {name: visit.typed(name) for name in visit.form if not name.startswith(_OWN)}
        changes["typed"] = typed or draft.typed
    return place, drafts.change(draft, **changes)


def _form(visit: Visit, place: Place, sheet: Sheet) -> Response:
    form = sheet.form
    labels = labels_of(visit, place, sheet.around, form)
    every = [each for each in fields(form) if each is not form]
    located = {problem for each in every for problem in each.problems}
    about = place.loc or ()
    told = [each for each in sheet.problems if each.loc[: len(about)] == about and _is_apart(each, located)]
    return _page(
        visit,
        "keep-form",
        place,
        sheet,
        form=form,
        labels=labels,
        told_apart=told,
        told_of=[(each.name, each.problems) for each in every],
        gists=[(each.name, labels.gist(each)) for each in every if labels.is_group_of_list(each)],
    )


def _is_apart(problem: Problem, located: set[Problem]) -> bool:
    """Whether a problem stands beside none of the fields."""
    return not any((each.message, each.line) == (problem.message, problem.line) for each in located)


def _text(visit: Visit, place: Place, sheet: Sheet) -> Response:
    said = sheet.draft.text if sheet.draft.text is not None else shown(sheet.content)
    return _page(
        visit,
        "keep-text",
        place,
        sheet,
        said=said,
        has_editor=_EDITOR.exists(),
        hints=keep_address(visit, Place(place.path, place.kind), HINTS),
        phrases={k.removeprefix(_PHRASE): said for k, said in visit.said.items() if k.startswith(_PHRASE)},
    )


def _page(visit: Visit, name: str, place: Place, sheet: Sheet, **values: Any) -> Response:
    draft, pages, tongue = sheet.draft, pages_beside(sheet), _tongue(sheet)
    page = page_of(sheet, pages, tongue)
    own = [each.label({**visit.said}, tongue, *sheet.around.languages) for each in pages]
    moments = Moments(visit)
    return visit.page(
        name,
        place=place,
        sheet=sheet,
        draft=draft,
        counts=moments.counts(each for each in sheet.problems if each.loc[: len(place.loc)] == place.loc),
        action=keep_address(visit, place, "text" if name == "keep-text" else FORM),
        rename=lambda at: keep_address(visit, Place(place.path, place.kind, at), "rename"),
        frame=f"{keep_address(visit, place, 'page', draft.id)}&version={page.version}"
        if pages and not page.faults
        else "",
        pages=own,
        tongue=tongue,
        tongues=[(code, moments.language(code)) for code in sheet.around.languages],
        # Those of this file stand beside what they are of.
        faults=[each for each in page.faults if each.path != place.path],
        is_kept_from=bool(page.faults),
        # They stand still while somebody types.
        versions=() if visit.is_live else tuple(_versions(visit, sheet, moments)),
        **values,
    )


def _tongue(sheet: Sheet) -> str:
    """The language of the page beside: the chosen one, else the visitor's where it can be."""
    codes = sheet.around.languages
    wanted = (sheet.draft.tongue, sheet.visit.language, codes[0])
    return next(code for code in wanted if code in codes)


def _versions(visit: Visit, sheet: Sheet, moments: Moments) -> Iterator[Mapping[str, Any]]:
    """What the file was before, the newest first, with what changed then."""
    store, path = visit.desk.store, sheet.draft.path
    after = sheet.kept.content if sheet.kept else b""
    for version in store.versions.of(path):
        content = store.versions.read(path, version.number)
        yield {
            "number": version.number,
            "until": moments.moment(version.until),
            "lines": compared(content, after),
        }
        after = content


ROUTES = (
    route("/keep/file/{name:path}", as_form),
    route("/keep/file/{name:path}", change, "POST"),
    route("/keep/text/{name:path}", as_text),
    route("/keep/text/{name:path}", change, "POST"),
    route("/keep/both/{name:path}", both),
    route("/keep/page/{name:path}", page_beside),
)
