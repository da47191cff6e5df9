"""What the XML of a workbook says beside its values: which rows are hidden, which cells are merged.

It is read here once, with limits: nothing that is read after it is larger than what was measured, and no
cell so far away that the room up to it fills the memory.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from pitchgen.load.faults import unreadable
from pitchgen.load.sheet import Area
from pitchgen.load.zeros import ZeroFormat, zero_format

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_ROWS = 20_000
MAX_COLUMNS = 200
# A sheet has some fifty names of elements and attributes, and tags of a few hundred bytes. The parser keeps
# every name, and a tag as a whole.
MAX_NAMES, MAX_TAG = 10_000, 200_000
# So many cells and rows of a workbook may have something about them that is noted here.
MAX_NOTED = 500_000

_TRUE = ("1", "true")
_PLACE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_CHUNK = 50_000


@dataclass(slots=True)
class Look:
    """How a sheet looks: rows and columns count from 1.

    By row, `formulas` has the columns of cells that are computed, `zeros` the formats of cells by column.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    formulas: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    zeros: defaultdict[int, dict[int, ZeroFormat]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet of the workbook: its name, the part it is in, and whether one sees it."""

    name: str
    path: str
    visible: bool


@dataclass(slots=True)
class Index:
    """The sheets of a workbook in their order; whether it `recomputes` all formulas when it is opened."""

    sheets: list[Part] = field(default_factory=list)
    recomputes: bool = False


def read_index(workbook: bytes, relations: bytes) -> Index:
    """What the parts `xl/workbook.xml` and `xl/_rels/workbook.xml.rels` say. Raises `ValueError`."""
    targets: dict[str, str] = {}
    index = Index()

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            path = attributes["Target"].removeprefix("/").removeprefix("xl/")
            targets[attributes["Id"]] = f"xl/{path}"

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            id = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            visible = attributes.get("state", "visible") == "visible"
            if id in targets:
                index.sheets.append(Part(attributes["name"], targets[id], visible))
        elif name == "calcPr":
            index.recomputes = attributes.get("fullCalcOnLoad") in _TRUE

    _parse(relations, relation)
    _parse(workbook, sheet)
    if len({each.path.lower() for each in index.sheets}) < len(index.sheets):
        raise ValueError("sheets that share what is read anew for each of them")
    return index


def zero_formats(styles: bytes) -> dict[str, ZeroFormat]:
    """The formats that show zeros, by the number of the style. Raises `ValueError`."""
    codes: dict[str, ZeroFormat] = {}
    found: dict[str, ZeroFormat] = {}
    parent, number = "", 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal parent, number
        if name == "numFmt":
            if known := zero_format(attributes.get("formatCode", "")):
                codes[attributes.get("numFmtId", "")] = known
        elif name == "xf" and parent == "cellXfs":
            if known := codes.get(attributes.get("numFmtId", "")):
                found[str(number)] = known
            number += 1
        elif name.endswith("Xfs"):
            parent = name

    _parse(styles, start)
    return found


class Looker:
    """Looks at the sheets of one workbook, whose cells have these formats by the number of their style."""

    def __init__(self, formats: Mapping[str, ZeroFormat], *, recomputes: bool) -> None:
        self._formats = formats
        self._recomputes = recomputes
        self._noted = 0

    def look(self, part: bytes) -> Look:
        """How the sheet of this part looks.

        Raises `Unreadable` for one with a cell so far away that those up to it are more than a list can
        have, and `ValueError`.
        """
        found = Look()
        rows = columns = row = column = 0
        at: tuple[int, int] | None = None
        is_text = False

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal rows, columns, row, column, at, is_text
            # Places are optional, and need not be in order: never less than any reader could make of them.
            if name == "c":
                column += 1
                at = (row, column)
                if place := attributes.get("r"):
                    at = _numbers(place)
                    row, column = max(row, at[0]), max(column, at[1])
                is_text = attributes.get("t") == "str"
                if format := self._formats.get(attributes.get("s", "")):
                    self._note()
                    found.zeros[at[0]][at[1]] = format
            elif name in ("v", "is"):
                rows, columns = row, max(columns, column)
            elif name == "f" and at:
                rows, columns = row, max(columns, column)
                # A text that was computed may be empty.
                if self._recomputes or not is_text:
                    self._note()
                    found.formulas[at[0]].append(at[1])
            elif name == "row":
                number = int(attributes.get("r", 0))
                row, column = max(row + 1, number), 0
                if attributes.get("hidden") in _TRUE:
                    self._note()
                    found.hidden_rows.add(number or row)
            elif name == "col" and attributes.get("hidden") in _TRUE:
                last = min(int(attributes["max"]), MAX_COLUMNS)
                found.hidden_columns.update(range(int(attributes["min"]), last + 1))
            elif name == "extLst":
                # There are formulas in there that are no cell's.
                at = None
            elif name == "mergeCell":
                self._note()
                first, _, second = attributes.get("ref", "").partition(":")
                found.merged.append(Area(*_numbers(first), *_numbers(second or first)))

        _parse(part, start)
        if rows * columns > MAX_ROWS * MAX_COLUMNS:
            message = "has a sheet with something far below or far to the right of the rest"
            raise unreadable("too-large", message, "delete it, or copy the list to a new workbook")
        return found

    def _note(self) -> None:
        self._noted += 1
        if self._noted > MAX_NOTED:
            message = f"has more than {MAX_NOTED:,} formulas, merged cells and hidden rows"
            raise unreadable("too-large", message, "copy the list to a new workbook, as values only")


def _parse(part: bytes, look: Callable[[str, Mapping[str, str]], None]) -> None:
    """Have every element of a part looked at, by its name without a prefix. Raises `ValueError`."""
    names: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        names.add(tag)
        names.update(attributes)
        if len(names) > MAX_NAMES:
            raise ValueError("more names than any program writes")
        look(tag.rpartition(":")[2], attributes)

    def refuse(*_: object) -> None:
        raise ValueError("a DOCTYPE can make a part grow without end")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    for offset in range(0, len(part), _CHUNK):
        parser.Parse(part[offset : offset + _CHUNK])
        if offset - parser.CurrentByteIndex > MAX_TAG:
            raise ValueError("a tag longer than any program writes")
    parser.Parse(b"", True)


def _numbers(place: str) -> tuple[int, int]:
    """`B7` as row 7 and column 2. Raises `ValueError`."""
    match = _PLACE.fullmatch(place)
    if not match:
        raise ValueError("no place in a sheet")
    return int(match[2]), _column(match[1])


@cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
