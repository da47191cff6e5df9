"""A list of roles or personas for the terminal, in aligned columns, and for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pitchgen.plain import display_width, printable
from pitchgen.render.export import as_csv
from pitchgen.render.table import GAP, beside, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pitchgen.compose.listing import Listed
    from pitchgen.language.facts import Language

# What a list of ids gets of the terminal at least.
_NARROWEST = 24


def as_text(items: Sequence[Listed], width: int | None) -> str:
    """A line for each under the headings, its columns as wide as the widest in them.

    Lists of ids go on below themselves where the terminal is no wider than `width`.
    """
    columns = [[*map(printable, column)] for column in zip(*_rows(items), strict=True)]
    widths = [max(map(display_width, column)) for column in columns]
    if items and width:
        lists = len(items[0].others)
        taken = sum(widths[:-lists]) + len(GAP) * (len(widths) - 1)
        share = max(_NARROWEST, (width - taken) // lists)
        widths[-lists:] = [min(each, share) for each in widths[-lists:]]
    wrapped_columns = [
        [wrapped(cell, n) for cell in column] for column, n in zip(columns, widths, strict=True)
    ]
    rows = zip(*wrapped_columns, strict=True)
    return "".join(f"{line}\n" for row in rows for line in beside(row, widths))


def as_csv_of(items: Sequence[Listed], language: Language) -> str:
    """A line for each, for a spreadsheet of the company's country."""
    return as_csv(_rows(items), language)


def as_json(items: Iterable[Listed]) -> str:
    """A list of all, each with its `id`, `names` by language, lists of ids, and whether it is an example."""
    data = [
        {"id": item.id, "names": dict(item.names), **item.others, "example": item.example} for item in items
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _rows(items: Sequence[Listed]) -> list[list[str]]:
    """The headings, which the JSON has too, and the cells; nothing at all where there are no items."""
    if not items:
        return []
    # A company whose examples are gone needs no column for them.
    marked = any(item.example for item in items)
    heading = ["id", *items[0].names, *(other.replace("_", " ") for other in items[0].others)]
    rows = [[item.id, *item.names.values(), *map(", ".join, item.others.values())] for item in items]
    if marked:
        heading.insert(1, "example")
        for item, row in zip(items, rows, strict=True):
            row.insert(1, "yes" if item.example else "")
    return [heading, *rows]
