"""`check` of a list says what `build` would say of it, wherever the list lies and in every format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from lists import csv_of, xlsx_of
from openpyxl import Workbook
from workspaces import ROLE, contents, pitchgen, small

HEADINGS = ["Nimi", "Tehtävä", "Aloituspäivä", "Esihenkilö", "Kummi"]
BO = ["Bo Salainen", "asiantuntija", "1.12.2026", "Maija Mäki", "Oona Salo"]
WRONG = ["Cee Salainen", "kokki", "1/12/2026", "", ""]
# Nobody who comes here has anything to complain of.
READY = {
    "managers/maija.yaml": "name: Maija Mäki\ntitle: Johtaja\n",
    "roles/asiantuntija.yaml": f"{ROLE}    first_days: [{{day: 1, text: Tapaat esihenkilösi.}}]\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path / "ws", READY)


def listed(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path.write_bytes(xlsx_of(rows) if path.suffix == ".xlsx" else csv_of(rows))
    return path


def dirty_workbook(path: Path) -> Path:
    """A title, formulas, hidden rows, merged cells and another sheet with people."""

    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.row_dimensions[4].hidden = True
        sheet.merge_cells("A5:B5")
        book.create_sheet("Heinäkuu")
        for row in (HEADINGS, BO):
            book["Heinäkuu"].append(row)

    rows = [["Kesä 2027"], HEADINGS, [*BO[:2], "=TODAY()", *BO[3:]], BO, ["Didi"], WRONG]
    path.write_bytes(xlsx_of(rows, change))
    return path


def beginnings(errors: str) -> list[str]:
    """The lines of problems, without the path and without hints."""
    return [line.partition(".xlsx:")[2] for line in errors.splitlines() if "[" in line]


@pytest.mark.parametrize("suffix", [".xls", ".ODS", ".numbers"])
def test_a_list_of_another_kind_is_refused_and_never_well(root: Path, tmp_path: Path, suffix: str) -> None:
    for path in (tmp_path / f"list{suffix}", root / f"list{suffix}"):
        path.write_bytes(b"\xd0\xcf\x11\xe0")
        checked = pitchgen("check", str(path), workspace=root)
        built = pitchgen("build", "--hires", str(path), workspace=root)
        assert (checked.returncode, built.returncode) == (1, 1)
        assert checked.stderr.startswith(built.stderr)
        assert "error[wrong-file]: is neither .xlsx nor .csv" in checked.stderr


@pytest.mark.parametrize("strange", [{"company.yaml": "nam: Testi\n"}, {}])
def test_check_of_a_list_says_what_build_says_and_writes_nothing(
    root: Path, tmp_path: Path, strange: dict[str, str]
) -> None:
    small(root, {**READY, **strange})
    before = contents(root)
    for path in (dirty_workbook(tmp_path / "l.xlsx"), listed(tmp_path / "l.csv", [HEADINGS, BO, WRONG])):
        checked = pitchgen("check", str(path), workspace=root)
        built = pitchgen("build", "--hires", str(path), "--dry-run", workspace=root)
        *said, summary = checked.stderr.splitlines()
        assert (checked.returncode, built.returncode) == (1, 1)
        assert said == built.stderr.splitlines()
        assert "the rules wait" in summary
        assert "Salainen" not in checked.stderr
    assert contents(root) == before


def test_all_that_a_workbook_hides_is_said_by_place(root: Path, tmp_path: Path) -> None:
    result = pitchgen("check", str(dirty_workbook(tmp_path / "l.xlsx")), workspace=root)
    formula = "holds a formula whose result is not in the file"
    assert beginnings(result.stderr) == [
        f"3:3: error[invalid-value]: the cell under 'Aloituspäivä' (C3) {formula}",
        "4:1: warning[hidden-rows]: row 4 is hidden, and left out",
        "5:1: warning[merged-cells]: cells are merged over several columns, and count for the first of them: "
        "A5:B5",
        "5:2: error[missing-field]: the cell under 'Tehtävä' is empty",
        "6:2: error[unknown-reference]: the cell under 'Tehtävä' is no role of this workspace",
        "6:3: error[invalid-value]: the cell under 'Aloituspäivä' can be read as two different days, "
        "because of its slashes",
        " warning[other-sheet]: the sheet 'Heinäkuu' has people too, and nobody of them is taken",
    ]


def test_a_list_in_which_nothing_is_wrong_is_well(root: Path) -> None:
    listed(root / "l.csv", [HEADINGS, BO])
    for asked in (("l.csv",), ("l.csv", "--strict"), ("l.csv", "--heading-row", "1")):
        result = pitchgen("check", *asked, workspace=root)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "all is well\n")


def test_warnings_of_a_list_count_when_they_are_asked_to(root: Path) -> None:
    listed(root / "l.csv", [[*HEADINGS, "Palkka"], [*BO, "1"]])
    assert pitchgen("check", "l.csv", workspace=root).returncode == 0
    assert pitchgen("check", "l.csv", "--strict", workspace=root).returncode == 1


@pytest.mark.parametrize("command", [("check", "l.xlsx"), ("build", "--dry-run", "--hires", "l.xlsx")])
def test_both_commands_are_told_where_a_list_is(root: Path, command: tuple[str, ...]) -> None:
    def change(book: Workbook) -> None:
        sheet = book.create_sheet("Toinen")
        sheet.append(["Kuka", "Mitä"])
        sheet.append(["Bo", "asiantuntija"])

    (root / "l.xlsx").write_bytes(xlsx_of([["jotain muuta"]], change))
    told = ("--sheet", "toinen", "--heading-row", "1", "--columns", "name=kuka,role=Mitä")
    result = pitchgen(*command, *told, workspace=root)
    assert (result.returncode, "error[" in result.stderr) == (0, False)
    assert pitchgen(*command, workspace=root).returncode == 1
    for option, value, message in (
        ("--sheet", "Tonen", "the workbook has no sheet 'Tonen'\n      did you mean 'Toinen'?"),
        ("--heading-row", "7", "row 7 of the list holds nothing\n      the first row that does is 1"),
    ):
        result = pitchgen(*command, option, value, workspace=root)
        assert result.returncode == 1
        assert f"{option}: error[invalid-value]: {message}" in result.stderr
    assert pitchgen(*command, "--heading-row", "0", workspace=root).returncode == 2


@pytest.mark.parametrize("told", [("--sheet", "x"), ("--heading-row", "2"), ("--columns", "name=x")])
def test_what_is_told_of_a_list_needs_a_list(root: Path, told: tuple[str, ...]) -> None:
    for command in (("check",), ("check", "roles"), ("build",), ("build", "--hires", "hires")):
        result = pitchgen(*command, *told, workspace=root)
        assert result.returncode == 2
        assert f"Error: {told[0]} is about a list; name its file" in result.stderr


def test_a_list_and_files_of_the_workspace_are_checked_in_one_run(root: Path) -> None:
    listed(root / "l.csv", [HEADINGS, WRONG])
    small(root, {"roles/uusi.yaml": "titl: Uusi\n", "personas/uusi.yaml": "labl: Uusi\n"})
    result = pitchgen("check", "l.csv", "roles", "--format", "json", workspace=root)
    assert {each["path"] for each in json.loads(result.stdout)} == {
        "l.csv",
        "roles/uusi.yaml",
        "personas/uusi.yaml",
    }


@pytest.mark.parametrize("folder", [".", "ws/hires"])
def test_other_programs_find_the_list_from_the_workspace(root: Path, tmp_path: Path, folder: str) -> None:
    listed(tmp_path / folder / "l.csv", [HEADINGS, WRONG])
    place = {".": "../l.csv", "ws/hires": "hires/l.csv"}[folder]
    (tmp_path / ".git").mkdir()
    path = f"{folder}/l.csv"
    where = ("check", path, "-w", "ws")
    found = json.loads(pitchgen(*where, "--format", "json", workspace=tmp_path).stdout)
    assert [(each["path"], each["line"], each["column"]) for each in found] == [(place, 2, 2), (place, 2, 3)]
    wrong = ("--sheet", "x")
    told = json.loads(pitchgen(*where, *wrong, "--format", "json", workspace=tmp_path).stdout)
    assert [each["path"] for each in told] == [place]
    file = {".": "l.csv", "ws/hires": "ws/hires/l.csv"}[folder]
    lines = pitchgen(*where, "--format", "github", workspace=tmp_path).stdout.splitlines()
    assert [line.split(",")[1] for line in lines] == [f"file={file}"] * 2
    log = json.loads(pitchgen(*where, "--format", "sarif", workspace=tmp_path).stdout)
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"] for each in log["runs"][0]["results"]
    ]
    assert [each["uri"] for each in places] == [file] * 2


@pytest.mark.parametrize("name", ["none.csv", "broken.xlsx"])
def test_a_list_that_cannot_be_read_is_said_as_build_says_it(root: Path, name: str) -> None:
    if name == "broken.xlsx":
        (root / name).write_bytes(b"PK")
    checked = pitchgen("check", name, workspace=root)
    built = pitchgen("build", "--hires", name, "--dry-run", workspace=root)
    assert (checked.returncode, built.returncode) == (1, 1)
    assert checked.stderr.startswith(f"{name}: error[")
    assert checked.stderr.splitlines()[:-1] == built.stderr.splitlines()


def test_a_list_whose_rows_are_each_wrong_in_another_way_is_said_in_one_run(root: Path) -> None:
    rows = [
        HEADINGS,
        ["", "asiantuntija", "", ""],
        ["A", "", "", ""],
        ["B", "kokki", "", ""],
        ["C", "asiantuntija", "31.2.2027", ""],
        ["D", "asiantuntija", "5/6/2027", ""],
        ["E", "asiantuntija", "2027-06-05T22:00:00Z", ""],
        ["F", "asiantuntija", "", "maja"],
        ["#VIITTAUS!", "asiantuntija", "", ""],
        ["G", "asiantuntija", "", "", "", "liikaa"],
        ["H" * 300, "asiantuntija", "", ""],
        BO,
        BO,
    ]
    listed(root / "l.csv", rows)
    result = pitchgen("check", "l.csv", "--format", "json", workspace=root)
    found = {each["line"]: each["message"] for each in json.loads(result.stdout)}
    assert list(found) == [*range(2, 12), 13]
    assert len(set(found.values())) == len(found)
