"""Hints: what may stand where in the text of a file, for the editor that completes and explains it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from pitchgen.keep.choices import choices_of
from pitchgen.keep.field import Kind
from pitchgen.keep.hints import hints
from pitchgen.keep.spelling import in_braces
from pitchgen.web.labels import labels_of
from pitchgen.web.place import HINTS, loc_of, place_of
from pitchgen.web.sheet import around_of
from pitchgen.web.visit import Visit, route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.responses import Response

    from pitchgen.keep.forms import Around
    from pitchgen.keep.hints import Hints
    from pitchgen.web.labels import Labels
    from pitchgen.web.place import Place

# What begins below a key: a group or a map, or the first item of a list.
_OPENS = {Kind.GROUP: "group", Kind.OTHER: "group", Kind.LIST: "list"}
_NOTHING = {"label": "", "help": "", "isList": False, "keys": [], "values": []}


def ask(visit: Visit) -> Response:
    """What stands `at` a place in the `text` of a file, and what may."""
    place, around = place_of(visit), around_of(visit)
    found = hints(place.kind, _with_own(visit, place, around), loc_of(visit.typed("at")))
    if found is None:
        return JSONResponse(_NOTHING)
    labels = labels_of(visit, place, around, found.field)
    return JSONResponse(
        {
            "label": labels.label(found.field),
            "help": labels.help(found.field),
            "isList": found.field.kind is Kind.LIST,
            "keys": [*_keys(found, labels)],
            "values": [*_values(found, labels)],
        }
    )


def _with_own(visit: Visit, place: Place, around: Around) -> Around:
    """The same with what has got an id in the text by now."""
    content = visit.typed("text").encode(errors="replace")
    files = visit.reading.files.with_file(place.kind, place.path, content)
    own = choices_of(
        (each for each in files.sources if each.path == place.path), visit.language, *around.languages
    )
    merged = {
        noun: tuple({each.value: each for each in (*around.choices.get(noun, ()), *choices)}.values())
        for noun, choices in own.items()
    }
    return replace(around, choices={**around.choices, **merged})


def _keys(found: Hints, labels: Labels) -> Iterator[Mapping[str, Any]]:
    for each in found.keys:
        yield {
            "key": each.key,
            "label": labels.label(each),
            "help": labels.help(each),
            "opens": _OPENS.get(each.kind, ""),
        }
    for name in found.names:
        label = labels.tongues.get(name.value, "")
        yield {"key": name.value, "label": label, "help": labels.meaning(name), "opens": ""}


def _values(found: Hints, labels: Labels) -> Iterator[Mapping[str, str]]:
    for each in found.choices:
        said = labels.choice(found.field, each)
        label = said if said != each.value else ""
        yield {"value": in_braces(each.value), "label": label, "help": labels.meaning(each)}
    for text in found.suggestions:
        yield {"value": in_braces(text), "label": "", "help": ""}


ROUTES = (route(f"/keep/{HINTS}/{{name:path}}", ask, "POST"),)
