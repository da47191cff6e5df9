"""Lists as rows of texts: any CSV, any workbook, and whatever only looks like one."""

from __future__ import annotations

import datetime
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lists import SHEET, csv_of, numbered, one_in_little_memory, with_cell, with_part, xlsx_of
from openpyxl import Workbook

from pitchgen.load.sheet import NO_RESULT
from pitchgen.load.table import Table, read_table
from pitchgen.problems import Problem

ROWS = [["Nimi", "Tehtävä", "Päivä"], ["Åsa Öhman", "myyjä", "1.12.2026"], ["Bo", "", ""]]
WORKBOOK = xlsx_of(ROWS)


def read(folder: Path, content: bytes, name: str = "lista.csv") -> Table:
    found = loaded(folder, content, name)
    assert isinstance(found, Table), found
    return found


def refused(folder: Path, content: bytes, name: str = "lista.csv") -> Problem:
    found = loaded(folder, content, name)
    assert isinstance(found, list)
    (problem,) = found
    assert problem.path == str(folder / name)
    return problem


def loaded(folder: Path, content: bytes, name: str) -> Table | list[Problem]:
    (folder / name).write_bytes(content)
    return read_table(folder / name)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_whatever_program_wrote_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    table = read(tmp_path, csv_of(ROWS, delimiter, encoding))
    assert numbered(table) == list(enumerate(ROWS, start=1))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_either_order_of_utf_16_is_read(tmp_path: Path, encoding: str) -> None:
    content = "\ufeff".encode(encoding) + csv_of(ROWS, encoding=encoding)
    assert numbered(read(tmp_path, content, "lista.TXT")) == list(enumerate(ROWS, start=1))


def test_the_delimiter_is_told_by_the_heading_not_by_the_rows(tmp_path: Path) -> None:
    table = read(tmp_path, b'Nimi;Teht\n"Bo; Ek";a,b,c,d\n')
    assert numbered(table)[1] == (2, ["Bo; Ek", "a,b,c,d"])


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    table = read(tmp_path, b"sep=|\r\na,b;c|d\r\n1|2\r\n")
    assert numbered(table) == [(1, ["a,b;c", "d"]), (2, ["1", "2"])]


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    table = read(tmp_path, b'\n;;\nNimi;Muuta\nAino;"eka\ntoka"\n;\n\nBo\n')
    assert numbered(table) == [(3, ["Nimi", "Muuta"]), (4, ["Aino", "eka\ntoka"]), (7, ["Bo", ""])]


def test_cells_beyond_the_headings_are_kept_for_who_judges_them(tmp_path: Path) -> None:
    assert numbered(read(tmp_path, b"a;b;;\n1;2;3\n")) == [(1, ["a", "b"]), (2, ["1", "2", "3"])]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"Nimi;Muuta\n\x00\x01;2\n", "encoding", 0),
        (WORKBOOK, "encoding", 0),
        ("Nimi;Muuta\n".encode("utf-16-le"), "encoding", 0),
        (b"\xff\xfeN", "encoding", 0),
        (b"Nimi\n\x81\n", "encoding", 0),
        (b'Nimi;M\nBo;x\nAino;"eka\ntoka;\n', "not-a-table", 3),
        (b'Nimi;M\nBo;"x"y\n', "not-a-table", 2),
        (b"Nimi\n" + b"a" * 200_000, "too-large", 2),
    ],
)
def test_what_is_no_csv_is_one_problem(tmp_path: Path, content: bytes, code: str, row: int) -> None:
    problem = refused(tmp_path, content)
    assert (problem.code, problem.line, problem.source) == (code, row, "")
    assert problem.hint


def test_a_list_has_its_limits(tmp_path: Path) -> None:
    full = [["n"], *[[str(n)] for n in range(20_000)]]
    assert len(read(tmp_path, csv_of(full)).rows) == 20_000
    assert refused(tmp_path, csv_of([*full, ["x"]])).message == "has more than 20,000 rows"
    assert refused(tmp_path, xlsx_of([*full, ["x"]]), "l.xlsx").message == "has more than 20,000 rows"
    wide = [[str(n) for n in range(200)]]
    assert len(read(tmp_path, csv_of(wide)).heading.cells) == 200
    assert refused(tmp_path, csv_of([[*wide[0], "x"]])).message == "has more than 200 columns"
    assert refused(tmp_path, xlsx_of([[*wide[0], "x"]]), "l.xlsx").message == "has more than 200 columns"
    assert refused(tmp_path, b"a" * 20_000_001).message == "is larger than 20 MB"
    assert refused(tmp_path, b"a" * 20_000_001, "l.xlsx").message == "is larger than 20 MB"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    said = {}
    for name in ("none.csv", "pipe.csv", "."):
        found = read_table(tmp_path / name)
        assert isinstance(found, list)
        said[name] = found[0].message
    assert said == {
        "none.csv": "cannot be read: no such file or directory",
        "pipe.csv": "is not an ordinary file",
        ".": "is a folder, not a file",
    }
    assert refused(tmp_path, b"x", "lista.pdf").message == "is neither .xlsx nor .csv"


# Workbooks.


def test_cells_of_a_workbook_become_the_texts_they_show(tmp_path: Path) -> None:
    cells = {
        datetime.date(2026, 12, 1): "2026-12-01",
        datetime.datetime(2026, 12, 1, 8, 30): "2026-12-01 08:30:00",
        datetime.time(8, 30): "08:30:00",
        3.0: "3",
        10234: "10234",
        2.5: "2.5",
        True: "true",
        "+358 40": "+358 40",
        "'-x": "'-x",
        "eka\ntoka": "eka\ntoka",
        " ä ": " ä ",
    }
    table = read(tmp_path, xlsx_of([["h"], *([cell] for cell in cells)]), "lista.XLSX")
    assert [row.cells for row in table.rows] == [(text,) for text in cells.values()]


def test_a_formula_is_its_last_result_and_an_error_what_it_shows(tmp_path: Path) -> None:
    cells = (
        '<c r="A2" t="str"><f>1&amp;2</f><v>tulos</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="e"><f>X()</f><v>#SPILL!</v></c>'
        '<c r="E2" t="inlineStr"><is><t>t="e"</t></is></c>'
    )
    table = read(tmp_path, with_cell(xlsx_of([["a", "b", "c", "d", "e"]]), cells), "lista.xlsx")
    assert table.rows[0].cells == ("tulos", NO_RESULT, "#REF!", "#SPILL!", 't="e"')


def test_the_first_visible_sheet_with_rows_is_the_list_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    def rearrange(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("tyhjä")
        sheet = book.create_sheet("lista")
        sheet["C4"], sheet["D4"], sheet["C9"] = "Nimi", "Teht", "Bo"

    table = read(tmp_path, xlsx_of([["koodi"]], rearrange), "lista.xlsx")
    assert numbered(table) == [(4, ["", "", "Nimi", "Teht"]), (9, ["", "", "Bo", ""])]


@pytest.mark.parametrize("cell", ["x" * 131_073, '"' + "x" * 131_073 + '"', '"x' + "\n" * 131_073])
def test_a_cell_too_long_to_be_read_is_said_to_be_that(tmp_path: Path, cell: str) -> None:
    problem = refused(tmp_path, f"Nimi;Muuta\nBo;\nAino;{cell}\n".encode())
    assert (problem.code, problem.line) == ("too-large", 3)
    assert problem.message.startswith("this row has a cell of more than 131,072 characters")


def test_an_empty_list_has_no_rows(tmp_path: Path) -> None:
    for content, name in ((b"", "a.csv"), (b"\n \n", "a.csv"), (xlsx_of([]), "a.xlsx")):
        table = read(tmp_path, content, name)
        assert (table.heading.cells, table.rows) == ((), ())


def test_a_locked_an_old_and_another_workbook_are_told_apart(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = refused(tmp_path, ole + "EncryptedPackage".encode("utf-16-le"), "l.xlsx")
    assert (locked.code, locked.message) == ("locked-file", "is protected by a password")
    assert refused(tmp_path, ole, "l.xlsx").message == "is in the format of old Excel"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert refused(tmp_path, other.getvalue(), "l.xlsx").message == "is not an Excel workbook"
    for content in (b"", b"Nimi;Muuta\n", WORKBOOK[:-50]):
        assert refused(tmp_path, content, "l.xlsx").code == "damaged-file"


def in_the_sheet(xml: bytes) -> bytes:
    """A workbook with this at the end of its sheet."""
    return with_part(WORKBOOK, SHEET, lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>"))


# Made when they are needed, for some take long.
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell far away": (lambda: with_cell(WORKBOOK, '<c r="XFD1048576"><v>1</v></c>'), "too-large"),
    "a cell beyond any sheet": (lambda: with_cell(WORKBOOK, '<c r="ZZZZZZ9"><v>1</v></c>'), "damaged-file"),
    "a row far away": (
        lambda: in_the_sheet(b'<row r="4000000">' + b"<c><v>1</v></c>" * 900 + b"</row>"),
        "too-large",
    ),
    "places out of order": (
        lambda: in_the_sheet(
            b'<row><c r="A1"><v>1</v></c></row>' * 900_000
            + b"<row>" + b"<c/>" * 9_000 + b"<c><v>1</v></c></row>"
        ),
        "too-large",
    ),
    "a large part": (
        lambda: with_part(WORKBOOK, "xl/sharedStrings.xml", b" " * 100_000_001),
        "too-large",
    ),
    "a document type": (
        lambda: with_part(WORKBOOK, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part),
        "damaged-file",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, bomb: str) -> None:
    made, code = BOMBS[bomb]
    assert one_in_little_memory(tmp_path, made()) == code


@pytest.mark.parametrize("tags", [1, 4_000_000])
def test_millions_of_attributes_are_refused_before_they_fill_the_memory(tmp_path: Path, tags: int) -> None:
    each = 4_000_000 // tags
    row = "".join("<c" + "".join(f' a{n}=""' for n in range(tag, tag + each)) + "/>" for tag in range(tags))
    bomb = in_the_sheet(f"<row>{row}</row>".encode())
    assert one_in_little_memory(tmp_path, bomb) == "damaged-file"


def test_a_part_larger_than_the_directory_admits_is_not_unpacked(tmp_path: Path) -> None:
    bomb = with_part(WORKBOOK, "xl/sharedStrings.xml", b" " * 600_000_000)
    at = bomb.rindex(b"xl/sharedStrings.xml") - 46
    assert bomb[at : at + 4] == b"PK\x01\x02"
    lying = bomb[: at + 24] + struct.pack("<I", 10) + bomb[at + 28 :]
    assert one_in_little_memory(tmp_path, lying) == "damaged-file"


# Anything at all.

_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.data(), st.sampled_from(";,\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_table_of_texts_comes_back_from_a_csv(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, delimiter: str, encoding: str
) -> None:
    width = data.draw(st.integers(2, 5))
    rows = data.draw(st.lists(st.lists(_CELLS, min_size=width, max_size=width), max_size=5))
    heading = [f"otsikko {n}" for n in range(width)]
    table = read(tmp_path_factory.getbasetemp(), csv_of([heading, *rows], delimiter, encoding))
    expected = [(n, row) for n, row in enumerate(rows, start=2) if any(map(str.strip, row))]
    assert numbered(table) == [(1, heading), *expected]


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.tsv"]))
@example(b"\xff\xfe\x00\xd8\x00\x00", "a.csv")
@example(b"sep=\xc3\xa4\n1\xc3\xa42", "a.csv")
@example(b"sep= \n1 2", "a.csv")
def test_any_bytes_are_a_table_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    loaded(tmp_path_factory.getbasetemp(), content, name)


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_any_wrong_bytes_is_a_table_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, at: int, wrong: bytes
) -> None:
    loaded(tmp_path_factory.getbasetemp(), WORKBOOK[:at] + wrong + WORKBOOK[at + len(wrong) :], "a.xlsx")


@given(st.sampled_from(zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist()), st.data())
def test_a_workbook_with_any_wrong_part_is_a_table_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    part = zipfile.ZipFile(io.BytesIO(WORKBOOK)).read(name)
    at, length = data.draw(st.integers(0, len(part) - 1)), data.draw(st.integers(0, 12))
    wrong = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"99999999999", b"-1", b"r", b'"', b"<", b"&"])
    )
    content = with_part(WORKBOOK, name, part[:at] + wrong + part[at + length :])
    loaded(tmp_path_factory.getbasetemp(), content, "a.xlsx")
