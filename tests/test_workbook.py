"""A workbook is what it looks like: what one sees counts, and what cannot count is named by its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from lists import SHEET, csv_of, numbered, one_in_little_memory, with_cell, with_part, xlsx_of
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pitchgen.load.heading import Likeness
from pitchgen.load.sheet import NO_RESULT, cell_name
from pitchgen.load.table import ANYWHERE, Asked, Table, read_table
from pitchgen.load.zeros import zero_format

HEADINGS = ["Nimi", "Rooli"]
BO, CEE, DIDI = ["Bo", "myyja"], ["Cee", "myyja"], ["Didi", "myyja"]


def judge(cells: Sequence[str]) -> Likeness:
    """One who knows the headings of these tests."""
    known = set(HEADINGS).intersection(cells)
    return Likeness(len(known) == len(HEADINGS), len(known))


def seen(folder: Path, content: bytes, asked: Asked = ANYWHERE, name: str = "l.xlsx") -> Table:
    (folder / name).write_bytes(content)
    table = read_table(folder / name, judge, asked)
    assert isinstance(table, Table), table
    return table


def not_there(folder: Path, content: bytes, asked: Asked, name: str = "l.xlsx") -> str:
    (folder / name).write_bytes(content)
    problems = read_table(folder / name, judge, asked)
    assert isinstance(problems, list)
    (problem,) = problems
    return f"{problem.path}: {problem.message} ({problem.hint})"


def said(table: Table) -> list[str]:
    return [f"{p.severity}[{p.code}] {p.line}:{p.column} {p.message}" for p in table.problems]


def on_sheets(**rows: list[list[str]]) -> bytes:
    """A workbook with a sheet of each name."""

    def fill(book: Workbook) -> None:
        book.remove(book.worksheets[0])
        for name, content in rows.items():
            sheet = book.create_sheet(name)
            for row in content:
                sheet.append(row)

    return xlsx_of([], fill)


def of_sheet(rows: Sequence[Sequence[object]], change: Callable[[Worksheet], object]) -> bytes:
    return xlsx_of(rows, lambda book: change(book.worksheets[0]))


# Numbers shown with zeros.


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000", 417, "00417"),
        ("00000", 1234567, "1234567"),
        ("00000", 0, "00000"),
        ('"FI-"00000', 417, "FI-00417"),
        ("000\\ 00", 1170, "011 70"),
        ("000-0000;[Red]-000-0000", 1234567, "123-4567"),
        ("[$-40B]00000", 417, "00417"),
        ("000_)", 7, "007 "),
        ("00000", 2.5, "2.5"),
        ("00000", -417, "-417"),
        ("0", 417, "417"),
        ("0.00", 417, "417"),
        ("#,##0", 10234, "10234"),
        ("0000/00", 417, "417"),
        ("[>100]000", 7, "7"),
        ("General", 417, "417"),
    ],
)
def test_a_number_is_shown_with_the_zeros_of_its_format(
    tmp_path: Path, code: str, number: float, shown: str
) -> None:
    content = of_sheet([["Nimi"], [number]], lambda sheet: setattr(sheet["A2"], "number_format", code))
    assert seen(tmp_path, content).rows[0].cells == (shown,)


def test_a_text_in_a_cell_with_zeros_stays_as_it_is(tmp_path: Path) -> None:
    content = of_sheet([["Nimi"], ["x1"]], lambda sheet: setattr(sheet["A2"], "number_format", "00000"))
    assert seen(tmp_path, content).rows[0].cells == ("x1",)


def test_a_format_of_anything_else_says_nothing_of_zeros() -> None:
    assert [zero_format(code) for code in ("", "d.m.yyyy", "00:00:00.0", '"auki', "0E+00", "@")] == [None] * 6


# Formulas.


def test_a_formula_that_was_never_computed_is_told_from_an_empty_text(tmp_path: Path) -> None:
    rows = [["Nimi", "a", "b"], ["Bo", '="x"&"y"', ""], ["=A2", "", ""], ["", "", "=A9"]]
    assert numbered(seen(tmp_path, xlsx_of(rows)))[1:] == [
        (2, ["Bo", NO_RESULT, ""]),
        (3, [NO_RESULT, "", ""]),
        (4, ["", "", NO_RESULT]),
    ]
    computed = '<c t="str"><f>IF(A1="","",1)</f><v></v></c><c t="str"><f>"x"</f><v>x</v></c>'
    content = with_part(
        with_cell(xlsx_of([["Nimi", "a"]]), computed),
        "xl/workbook.xml",
        lambda part: part.replace(b"calcPr", b"x"),
    )
    assert numbered(seen(tmp_path, content))[1:] == [(2, ["", "x"])]


def test_the_zero_that_a_program_writes_for_what_excel_is_to_compute_is_no_result(tmp_path: Path) -> None:
    def as_days(book: Workbook) -> None:
        book.worksheets[0]["A1"].number_format = "d.m.yyyy"

    cells = '<c r="A2" s="1"><f>TODAY()</f><v>0</v></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2"><v>0</v></c>'
    content = with_cell(xlsx_of([["x", "y", "z"]], as_days), cells)
    assert seen(tmp_path, content).rows[0].cells == (NO_RESULT, "2", "0")
    settled = with_part(content, "xl/workbook.xml", lambda part: part.replace(b"fullCalcOnLoad", b"x"))
    assert seen(tmp_path, settled).rows[0].cells[0] != NO_RESULT


def test_a_formula_of_no_cell_is_no_cell_s(tmp_path: Path) -> None:
    rules = b'<extLst><ext><x14:f xmlns:x14="x">A1</x14:f></ext></extLst></worksheet>'
    content = with_part(
        with_cell(xlsx_of([["Nimi", "a"]]), '<c t="str"><v>Bo</v></c><c/>'),
        SHEET,
        lambda part: part.replace(b"</worksheet>", rules),
    )
    assert seen(tmp_path, content).rows[0].cells == ("Bo", "")


def test_a_heading_that_was_never_computed_is_named_by_its_cell(tmp_path: Path) -> None:
    table = seen(tmp_path, xlsx_of([["Nimi", "Rooli", '="Kie"&"li"'], [*BO, "fi"]]))
    assert table.heading.cells == ("Nimi", "Rooli", "")
    assert said(table) == [
        "error[invalid-value] 1:3 the heading in C1 holds a formula whose result is not in the file"
    ]


# Rows that are hidden, and cells that are merged.


@pytest.mark.parametrize("true", [b"1", b"true"])
def test_rows_that_a_filter_hides_are_left_out_and_named(tmp_path: Path, true: bytes) -> None:
    def hide(sheet: Worksheet) -> None:
        for row in (1, 3, 4, 5, 7):
            sheet.row_dimensions[row].hidden = True

    rows = [["Otsikko"], HEADINGS, BO, CEE, [], DIDI, CEE, BO]
    content = with_part(
        of_sheet(rows, hide), SHEET, lambda part: part.replace(b'hidden="1"', b'hidden="%b"' % true)
    )
    table = seen(tmp_path, content)
    assert numbered(table) == [(2, HEADINGS), (6, DIDI), (8, BO)]
    assert said(table) == ["warning[hidden-rows] 3:1 3 rows are hidden, and left out: 3–4, 7"]
    assert seen(tmp_path, content, Asked(heading_row=1)).heading.cells == ("Otsikko",)


def test_a_hidden_column_is_known_to_be_hidden(tmp_path: Path) -> None:
    content = of_sheet(
        [[*HEADINGS, "x"], BO], lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True)
    )
    assert seen(tmp_path, content).hidden_columns == {2}


def test_a_cell_that_is_merged_with_those_below_it_counts_for_each_of_their_rows(tmp_path: Path) -> None:
    rows = [["", "", "Esihenkilö"], HEADINGS, [*BO, "Maija"], CEE, DIDI, [*BO, "Oona"], CEE]

    def merge(sheet: Worksheet) -> None:
        for area in ("C1:C2", "C3:C4", "C6:C12"):
            sheet.merge_cells(area)

    table = seen(tmp_path, of_sheet(rows, merge))
    assert numbered(table) == [
        (2, [*HEADINGS, "Esihenkilö"]),
        (3, [*BO, "Maija"]),
        (4, [*CEE, "Maija"]),
        (5, [*DIDI, ""]),
        (6, [*BO, "Oona"]),
        (7, [*CEE, "Oona"]),
    ]
    assert said(table) == []


def test_cells_that_are_merged_over_columns_are_named(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        for area in ("A1:B1", "A4:B4", "A3:B3"):
            sheet.merge_cells(area)

    table = seen(tmp_path, of_sheet([["Kesä", ""], HEADINGS, BO, CEE], merge))
    assert said(table) == [
        "warning[merged-cells] 3:1 cells are merged over several columns, and count for the first of them: "
        "A3:B3, A4:B4"
    ]


def test_a_cell_is_called_what_a_spreadsheet_calls_it() -> None:
    places = [(1, 1), (7, 26), (7, 27), (20, 702), (20, 703), (1, 16_384)]
    assert [cell_name(*place) for place in places] == ["A1", "Z7", "AA7", "ZZ20", "AAA20", "XFD1"]


# Sheets.


def test_the_first_sheet_with_a_list_counts_and_others_with_people_are_named(tmp_path: Path) -> None:
    content = on_sheets(
        Ohje=[["Lue tämä"], ["ja tämä"]], June=[HEADINGS, BO], Roolit=[["myyja"]], July=[HEADINGS, CEE]
    )
    table = seen(tmp_path, content)
    assert numbered(table) == [(1, HEADINGS), (2, BO)]
    assert said(table) == [
        "note[other-sheet] 0:0 the list is the sheet 'June'",
        "warning[other-sheet] 0:0 the sheet 'July' has people too, and nobody of them is taken",
    ]
    for name in ("July", " july"):
        july = seen(tmp_path, content, Asked(sheet=name))
        assert (numbered(july)[1:], said(july)) == ([(2, CEE)], [])


def test_a_sheet_with_headings_alone_has_no_people(tmp_path: Path) -> None:
    table = seen(tmp_path, on_sheets(June=[HEADINGS, BO], Pohja=[HEADINGS]))
    assert said(table) == []


def test_of_forty_sheets_a_few_are_named_and_the_others_counted(tmp_path: Path) -> None:
    content = on_sheets(**{f"Viikko {n}": [HEADINGS, BO, CEE] for n in range(1, 41)})
    (message,) = said(seen(tmp_path, content))
    assert message == (
        "warning[other-sheet] 0:0 the sheets 'Viikko 2', 'Viikko 3', 'Viikko 4', 'Viikko 5', 'Viikko 6' and "
        "34 more have people too, and nobody of them is taken"
    )
    assert not_there(tmp_path, content, Asked(sheet="Kesä")) == (
        "--sheet: the workbook has no sheet 'Kesä' "
        "(it has 'Viikko 1', 'Viikko 2', 'Viikko 3', 'Viikko 4', 'Viikko 5' and 35 more)"
    )
    assert numbered(seen(tmp_path, content, Asked("Viikko 40"))) == [(1, HEADINGS), (2, BO), (3, CEE)]


def test_a_hidden_sheet_counts_for_those_who_ask_for_it(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Salattu").append(HEADINGS)
        book["Salattu"].append(CEE)
        book["Salattu"].sheet_state = "hidden"

    content = xlsx_of([HEADINGS, BO], hide)
    assert (numbered(seen(tmp_path, content))[1:], said(seen(tmp_path, content))) == ([(2, BO)], [])
    assert numbered(seen(tmp_path, content, Asked("Salattu")))[1:] == [(2, CEE)]


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    content = on_sheets(June=[HEADINGS, BO], July=[HEADINGS, CEE])
    assert not_there(tmp_path, content, Asked(sheet="Jly")) == (
        "--sheet: the workbook has no sheet 'Jly' (did you mean 'July'?)"
    )
    assert not_there(tmp_path, csv_of([HEADINGS, BO]), Asked(sheet="June"), "l.csv") == (
        "--sheet: a .csv file has no sheets (leave out --sheet, or name a workbook)"
    )


# Headings.


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_a_title_above_the_headings_is_no_heading(
    tmp_path: Path, make: Callable[[list[list[str]]], bytes]
) -> None:
    rows = [["Uudet, kesä 2027"], [], ["Rooli: katso alta"], HEADINGS, BO]
    name = "l.csv" if make is csv_of else "l.xlsx"
    assert numbered(seen(tmp_path, make(rows), name=name)) == [(4, HEADINGS), (5, BO)]


def test_the_row_of_the_headings_can_be_told(tmp_path: Path) -> None:
    content = csv_of([["Kuka", "Mitä"], HEADINGS, BO, [], CEE])
    assert numbered(seen(tmp_path, content, name="l.csv"))[0] == (2, HEADINGS)
    assert numbered(seen(tmp_path, content, Asked(heading_row=1), "l.csv"))[:2] == [
        (1, ["Kuka", "Mitä"]),
        (2, HEADINGS),
    ]
    for row in (4, 99):
        assert not_there(tmp_path, content, Asked(heading_row=row), "l.csv") == (
            f"--heading-row: row {row} of the list holds nothing (the first row that does is 1)"
        )


def test_a_row_far_down_can_be_told_to_have_the_headings(tmp_path: Path) -> None:
    content = csv_of([*[["täyte"]] * 400, HEADINGS, *[BO] * 20_000])
    table = seen(tmp_path, content, Asked(heading_row=401), "l.csv")
    assert (table.heading.cells, len(table.rows)) == (tuple(HEADINGS), 20_000)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Tunnus;Henkilö;Toiveet (vuorot, palaute, etätyö, kielet)\n1;Bo;rauhaa\n", 3),
        ("Tunnus,Henkilö,Toiveet (a; b; c; d)\n1,Bo,rauhaa\n", 3),
        ("Nimi;Rooli;Toiveet (a, b, c, d, e)\n", 3),
        ("Sukunimi, etunimi;Titteli\nLee, Ann;x\nLee, Bo;y\nCher;z\n", 2),
        ("Kesä 2027, uudet, vanhat\nNimi;Rooli\nBo;myyja\n", 2),
    ],
)
def test_a_delimiter_is_judged_by_more_rows_than_one(tmp_path: Path, text: str, heading: int) -> None:
    assert len(seen(tmp_path, text.encode(), name="l.csv").heading.cells) == heading


# Escapes.


@pytest.mark.parametrize("name", ["l.csv", "l.xlsx"])
def test_what_a_program_escaped_twice_is_read_as_what_it_was(tmp_path: Path, name: str) -> None:
    row = ["eka_x000D_\ntoka_x000A_kolmas_x000d_neljäs", "_x000_ _x0041_"]
    # openpyxl escapes nothing; in the file there must stand what other programs write twice.
    escaped = [cell.replace("_x", "_x005F_x") for cell in row]
    content = csv_of([HEADINGS, row]) if name == "l.csv" else xlsx_of([HEADINGS, escaped])
    assert seen(tmp_path, content, name=name).rows[0].cells == ("eka\ntoka\nkolmas\nneljäs", "_x000_ _x0041_")


def test_days_and_times_are_texts(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Nimi"], [date(2026, 12, 1)], [datetime(2026, 12, 1, 9)]]
    assert [row.cells[0] for row in seen(tmp_path, xlsx_of(rows)).rows] == [
        "2026-12-01",
        "2026-12-01 09:00:00",
    ]


# Abuse.

FULL = xlsx_of([HEADINGS, BO])
HOSTILE = {
    "formulas without end": (SHEET, b"</sheetData>", b"<row>" + b"<c><f/></c>" * 19 + b"</row>", 50_000),
    "merged cells without end": (SHEET, b"</worksheet>", b'<mergeCell ref="A1:XFD1048576"/>', 600_000),
    "hidden rows without end": (SHEET, b"</sheetData>", b'<row hidden="1"/>', 600_000),
    "sheets that are one": ("xl/workbook.xml", b"</sheets>", b'<sheet name="x" r:id="rId1"/>', 300_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_noted_of_a_workbook_has_a_limit(tmp_path: Path, kind: str) -> None:
    part, before, each, times = HOSTILE[kind]
    content = with_part(FULL, part, lambda whole: whole.replace(before, each * times + before))
    assert one_in_little_memory(tmp_path, content) in ("too-large", "damaged-file")


def test_a_style_of_a_million_names_is_refused(tmp_path: Path) -> None:
    names = "".join(f"<a{n}/>" for n in range(1_000_000)).encode()
    content = with_part(FULL, "xl/styles.xml", b"<styleSheet>" + names + b"</styleSheet>")
    assert one_in_little_memory(tmp_path, content) == "damaged-file"


def test_a_sheet_that_nobody_looks_at_is_not_read(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book.create_sheet("Salattu")["A1"] = 1
        book["Salattu"].sheet_state = "hidden"

    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = with_part(
        xlsx_of([HEADINGS, BO], hide),
        "xl/worksheets/sheet2.xml",
        lambda part: part.replace(b"</sheetData>", far),
    )
    assert numbered(seen(tmp_path, content))[1:] == [(2, BO)]
    refused = read_table(tmp_path / "l.xlsx", judge, Asked(sheet="Salattu"))
    assert isinstance(refused, list)
    assert [problem.code for problem in refused] == ["too-large"]
