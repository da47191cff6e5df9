"""A list of newcomers from HR: each row is a hire, or is said to be wrong without a word of what it holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists import csv_of, with_cell, xlsx_of
from openpyxl import Workbook
from workspaces import COMPANY, HIRE, PERSONA, ROLE, small

from pitchgen import shipped
from pitchgen.language.folders import texts
from pitchgen.load.files import Source
from pitchgen.model.arrival import Arrival
from pitchgen.model.file_kind import HIRES
from pitchgen.model.hire import PASSAGES, Manager
from pitchgen.model.hire import Hire as HireModel
from pitchgen.problems import Problem, errors
from pitchgen.report.text import as_text
from pitchgen.workspace import Hire, columns
from pitchgen.workspace.columns import fields
from pitchgen.workspace.newcomer import Newcomer
from pitchgen.workspace.read import read_workspace
from pitchgen.workspace.roster import Roster

FILES = {
    "roles/myyja.yaml": ROLE.replace("Palveluasiantuntija", "\n      fi: Myyjä\n      en: Salesperson"),
    "managers/maija.yaml": "name: Maija Mäki\n",
    "personas/pika.yaml": PERSONA.replace("Varmistelija", "Pikajuoksija"),
}
HEADINGS = ["Nimi", "Tehtävä", "Aloituspäivä", "Esihenkilö", "Kieli"]
AINO = ["Aino Virtanen", "asiantuntija", "2026-12-01", "maija", "fi"]
USUAL = {code: shipped.language_data(code, columns.HEADINGS) for code in shipped.languages()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path, FILES)


def listed(
    root: Path, content: bytes, told: Mapping[str, str] | None = None, name: str = "lista.csv"
) -> tuple[tuple[Hire, ...], tuple[Problem, ...]]:
    (root / name).write_bytes(content)
    workspace, problems = read_workspace(root, roster=Roster(root / name, told or {}))
    return workspace.hires if workspace else (), problems


def hires_of(root: Path, rows: Sequence[Sequence[str]], told: Mapping[str, str] | None = None) -> list[Hire]:
    hires, problems = listed(root, csv_of(rows), told)
    assert not errors(problems), problems
    return list(hires)


def said(problems: Sequence[Problem]) -> list[str]:
    return [f"{p.line}:{p.column} {p.message} ({p.hint})" for p in problems]


def wrong(root: Path, rows: Sequence[Sequence[str]], told: Mapping[str, str] | None = None) -> list[str]:
    return said(listed(root, csv_of(rows), told)[1])


# Rows become hires.


def test_a_row_becomes_the_hire_that_its_file_would_be(root: Path) -> None:
    headings = [
        *HEADINGS,
        "Kutsumanimi",
        "Kummi",
        "Miksi sinä",
        "Tarpeet",
        "Mieltymykset",
        "Tarina",
        "Personas",
    ]
    more = [
        "Aikku",
        "Oona",
        "Kuuntelet.",
        "rauhaa; aikaa",
        "vapaa\nraha",
        "Tuttu.",
        "Varmistelija|varmistelija",
    ]
    (hire,) = hires_of(root, [headings, [*AINO, *more]])
    assert hire.model.name == "Aino Virtanen"
    assert hire.model.id == "aino-virtanen-asiantuntija-2026-12-01"
    assert (hire.role.model.id, hire.model.starts_on, hire.model.language) == (
        "asiantuntija",
        date(2026, 12, 1),
        "fi",
    )
    assert hire.manager is not None
    assert hire.manager.model.name == "Maija Mäki"
    assert (hire.model.called, hire.model.buddy) == ("Aikku", "Oona")
    assert [str(text.plain) for text in hire.model.needs] == ["rauhaa", "aikaa"]
    assert hire.model.likes == ["vapaa", "raha"]
    assert [persona.model.id for persona in hire.personas] == ["varmistelija"]


def test_a_row_and_the_same_newcomer_typed_have_one_id(root: Path) -> None:
    (hire,) = hires_of(root, [HEADINGS, ["Åsa Öhman!", "asiantuntija", "2026-12-01", "", ""]])
    workspace, _ = read_workspace(root, Newcomer("Åsa Öhman!", "asiantuntija", None, "2026-12-01"))
    assert workspace
    assert workspace.hires[-1].model.id == hire.model.id
    assert not hire.at.source.id_is_given
    assert not workspace.hires[-1].at.source.id_is_given


@pytest.mark.parametrize("typed", ["myyja", "MYYJÄ", "salesperson", " Myyjä\u00a0", "Myyja\u0308"])
def test_a_role_is_told_by_id_or_title_in_any_language(root: Path, typed: str) -> None:
    assert hires_of(root, [HEADINGS, ["Bo", typed, "", "", ""]])[0].role.model.id == "myyja"


@pytest.mark.parametrize("typed", ["2026-12-01", "1.12.2026", "01.12.2026"])
def test_a_day_is_written_in_three_ways(root: Path, typed: str) -> None:
    (hire,) = hires_of(root, [HEADINGS, ["Bo", "myyja", typed, "", ""]])
    assert hire.model.starts_on == date(2026, 12, 1)
    assert hire.model.id == "bo-myyja-2026-12-01"


@pytest.mark.parametrize(
    "typed",
    [
        "1.12.2026 9:00",
        "1.12.2026 klo 9.00",
        "01.12.2026, 09:00:00",
        "2026-12-01T09:00",
        "2026-12-01 9:00 a.m.",
        "2026-12-01T00:00:00.000Z",
        "2026-12-01T00:00:00+02:00",
    ],
)
def test_a_time_after_a_day_does_not_count(root: Path, typed: str) -> None:
    (hire,) = hires_of(root, [HEADINGS, ["Bo", "myyja", typed, "", ""]])
    assert hire.model.id == "bo-myyja-2026-12-01"


@pytest.mark.parametrize("typed", ["9:30", "09.30", "9:30:00", "9:30 AM", "09:30:00 a.m.", time(9, 30)])
def test_a_first_morning_is_told_by_its_time_place_and_whom_to_ask_for(root: Path, typed: object) -> None:
    headings = ["Name", "Role", "Arrival time", "Where to come", "Whom to ask for"]
    rows: list[list[object]] = [[*headings], ["Bo", "myyja", typed, "Satamakatu 5", "maija"]]
    (hire,), problems = listed(root, xlsx_of(rows), name="l.xlsx")
    assert not problems
    arrival = hire.arrival
    assert (arrival.time, str(arrival.place and arrival.place.plain)) == (time(9, 30), "Satamakatu 5")
    assert arrival.person and arrival.person.model.name == "Maija Mäki"


@pytest.mark.parametrize(
    ("typed", "read"), [("1:05 pm", time(13, 5)), ("12:00 AM", time()), ("13.30", time(13, 30))]
)
def test_halves_of_a_day_are_counted_from_noon_and_midnight(root: Path, typed: str, read: time) -> None:
    (hire,) = hires_of(root, [["Nimi", "Rooli", "Tuloaika"], ["Bo", "myyja", typed]])
    assert hire.arrival.time == read


@pytest.mark.parametrize("typed", ["9", "9.3", "25:00", "9:75", "13:00 PM", "0:30 AM", "9:30:15", "nine"])
def test_what_is_no_time_of_day_is_told_by_row_and_column(root: Path, typed: str) -> None:
    assert wrong(root, [["Nimi", "Rooli", "Ankomsttid"], ["Bo", "myyja", typed]]) == [
        "2:3 the cell under 'Ankomsttid' is no time of day (write a time like 9:00 or 13.30)"
    ]


def test_a_day_with_a_time_of_excel_is_that_day(root: Path) -> None:
    rows: list[list[object]] = [[*HEADINGS[:3]], ["Bo", "myyja", datetime(2026, 12, 1, 9, 30)]]
    (hire,), problems = listed(root, xlsx_of(rows), name="l.xlsx")
    assert (hire.model.starts_on, problems) == (date(2026, 12, 1), ())


@pytest.mark.parametrize("typed", ["fi", "FI", "suomi", "Finnish", "finska"])
def test_a_language_is_told_by_code_or_name(root: Path, typed: str) -> None:
    assert hires_of(root, [HEADINGS, ["Bo", "myyja", "", "", typed]])[0].model.language == "fi"


def test_a_manager_is_told_by_id_or_name_and_another_of_two_words_is_a_person(root: Path) -> None:
    rows = [
        ["A", "myyja", "", "Maija", ""],
        ["B", "myyja", "", "maija mäki", ""],
        ["C", "myyja", "", "Li Lo", ""],
    ]
    one, other, third = hires_of(root, [HEADINGS, *rows])
    assert one.manager is other.manager is not None
    assert isinstance(third.model.manager, Manager)
    assert third.model.manager.name == "Li Lo"


def test_first_and_last_name_are_joined_unless_there_is_a_full_name(root: Path) -> None:
    rows = [["Sukunimi", "Rooli", "Etunimi"], ["Virtanen", "myyja", "Aino"], ["", "myyja", "Bo"]]
    assert [hire.model.name for hire in hires_of(root, rows)] == ["Aino Virtanen", "Bo"]
    rows = [["Etunimet", "Full name", "Rooli"], ["Aino Maria", "Aino Virtanen", "myyja"]]
    assert [hire.model.name for hire in hires_of(root, rows)] == ["Aino Virtanen"]


@pytest.mark.parametrize("name", fields())
def test_every_usual_heading_is_known_in_any_spelling(name: str, root: Path) -> None:
    values = {"role": "myyja", "language": "fi", "starts_on": "2026-12-01", "personas": "varmistelija"}
    value = {**values, "arrival.time": "9:00"}.get(name, "a")
    for heading in (name, *(word for words in USUAL.values() for word in texts(words[name]))):
        for spelled in (heading, heading.upper().replace(" ", "_"), f" {heading.replace('-', ' ')} "):
            rest = {"Tehtävä": "myyja", "Nimi": "Bo"}
            rest.pop({"role": "Tehtävä", "name": "Nimi", "first_name": "Nimi"}.get(name, ""), "")
            if name == "last_name":
                rest["Etunimi"] = rest.pop("Nimi")
            if name == "manager":
                value = "Li Lo"
            if name == "email":
                value = "bo@example.com"
            hires, problems = listed(root, csv_of([[spelled, *rest], [value, *rest.values()]]))
            assert (len(hires), problems) == (1, ()), (spelled, problems)


def test_a_heading_means_one_field_and_each_field_is_known_in_every_language() -> None:
    folded = [
        (word.casefold().replace(" ", "").replace("-", ""), name)
        for usual in USUAL.values()
        for name, words in usual.items()
        for word in texts(words)
    ]
    assert len(dict(folded)) == len(set(folded))
    # What has fields of its own is no cell.
    beyond = {"goals", "example", "arrival", "pitch"}
    inside = {f"pitch.{passage}" for passage in PASSAGES}
    inside |= {f"arrival.{key}" for key in Arrival.model_fields}
    for usual in USUAL.values():
        assert (set(HireModel.model_fields) - beyond) | inside <= set(usual)
        assert all(map(texts, usual.values()))


def test_only_the_list_counts_not_even_the_faults_of_the_folder_of_hires(root: Path) -> None:
    (root / "hires/broken.yaml").write_text("name: [\n")
    (root / "hires/aino.yaml.txt").write_text("name: x\n")
    assert len(read_workspace(root)[1]) == 2
    (hire,) = hires_of(root, [HEADINGS, ["Bo", "myyja", "", "", ""]])
    assert hire.model.name == "Bo"


# What the command needs to know of a row.


def test_a_row_knows_its_number_and_its_text_does_not(root: Path) -> None:
    bo = ["Bo", "Myyjä", "1.12.2026", "", ""]
    first = hires_of(root, [HEADINGS, bo, AINO])[0].at
    later = hires_of(root, [HEADINGS[::-1], AINO[::-1], [""] * 5, bo[::-1]])[1].at
    assert (first.source.row, later.source.row) == (2, 4)
    assert (first.line, (first / "role").line, (later / "role").line) == (2, 2, 4)
    assert first.source.text == later.source.text
    assert first.source.kind == HIRES
    assert first.path == str(root / "lista.csv")
    changed = hires_of(root, [HEADINGS, ["Bo", "Myyjä", "2.12.2026", "", ""]])[0].at.source
    assert changed.text != first.source.text
    assert json.loads(changed.text)["starts_on"] == "2026-12-02"


def test_an_id_may_be_given(root: Path) -> None:
    rows = [["Henkilönumero", "Nimi", "Rooli"], ["10234", "Bo", "myyja"], ["", "Bo", "myyja"]]
    told, made = hires_of(root, rows)
    assert (told.model.id, made.model.id) == ("10234", "bo-myyja")
    assert (told.at.source.id_is_given, made.at.source.id_is_given) == (True, False)


def test_a_file_is_no_row(root: Path) -> None:
    workspace, _ = read_workspace(root)
    assert workspace
    assert (workspace.hires[0].at.source.row, workspace.hires[0].at.source.id_is_given) == (None, True)


def test_no_problem_quotes_the_text_of_a_row(root: Path) -> None:
    data = hires_of(root, [HEADINGS, AINO])[0].at.source.data
    assert Source("x", "Aino\nAino", data, HIRES, row=2).problem("code", "message").source == ""
    assert Source("x", "Aino\nAino", data, HIRES).problem("code", "message").source == "Aino"


# Folders.


def test_any_folder_of_hires_is_read_as_hires_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = root / "kevät"
    folder.mkdir()
    (folder / "bo.yaml").write_text(HIRE.replace("    ", ""), encoding="utf-8")
    (folder / "old.yaml.bak").write_text("x")
    (folder / "cee.yaml").write_text("name: Cee\nrol: myyja\n")
    monkeypatch.chdir(root)
    workspace, problems = read_workspace(root, roster=Roster(Path("kevät")))
    assert workspace
    assert [hire.model.id for hire in workspace.hires] == ["bo"]
    assert workspace.hires[0].at.path == "kevät/bo.yaml"
    assert {(p.path, p.code) for p in problems} == {
        ("kevät/old.yaml.bak", "not-read"),
        ("kevät/cee.yaml", "missing-field"),
        ("kevät/cee.yaml", "unknown-key"),
    }


def test_nobody_on_the_list_is_an_error(root: Path) -> None:
    (root / "none").mkdir()
    _, problems = read_workspace(root, roster=Roster(root / "none"))
    _, of_csv = listed(root, csv_of([HEADINGS, [""] * 5]))
    _, of_xlsx = listed(root, xlsx_of([HEADINGS]), name="lista.xlsx")
    _, of_nothing = listed(root, b"")
    for found in (problems, of_csv, of_xlsx, of_nothing):
        (problem,) = found
        assert problem.code == "no-hires"
        assert problem.message.startswith("there is nobody on the list: ")
        assert problem.hint


# Columns.


def test_columns_that_are_not_used_are_named_once(root: Path) -> None:
    rows = [
        ["Nimi", "Rooli", "Osasto", "", "Palkka"],
        ["Bo", "myyja", "A", "b", "c"],
        ["Cee", "myyja", "", "", ""],
    ]
    hires, problems = listed(root, csv_of(rows))
    assert len(hires) == 2
    assert said(problems) == [
        "1:3 these columns are not used: 'Osasto', number 4, 'Palkka' "
        "(if one holds something of a newcomer, name it: --columns FIELD=HEADING)"
    ]
    assert not errors(problems)


def test_headings_may_be_told(root: Path) -> None:
    rows = [["Kuka", "Mitä tekee", "Rooli"], ["Bo", "myyja", "jokin muu"]]
    (hire,) = hires_of(root, rows, {"name": "kuka", "role": "Mitä tekee"})
    assert (hire.model.name, hire.role.model.id) == ("Bo", "myyja")


@pytest.mark.parametrize(
    ("headings", "told", "expected"),
    [
        (
            ["Nimi", "Rooli", "Nimike"],
            {},
            "1:3 the columns 'Rooli' and 'Nimike' both look like the role of a newcomer "
            "(say which it is: --columns role='Rooli')",
        ),
        (
            ["Nimi", "Rooli", "rooli"],
            {},
            "1:3 the columns 'Rooli' and 'rooli' both look like the role of a newcomer "
            "(rename or delete one of them)",
        ),
        (
            ["Nimi", "Rooli"],
            {"rle": "Rooli"},
            "0:0 'rle' is no field that a row can hold (did you mean 'role'?)",
        ),
        (
            ["Nimi", "Rooli"],
            {"buddy": "Roli"},
            "0:0 the list has no column 'Roli' (did you mean 'Rooli'?)",
        ),
        (
            ["Nimi", "Rooli", "X", "x"],
            {"buddy": "X"},
            "0:0 2 columns have the heading 'X' (rename all but one)",
        ),
        (
            ["Nimi", "Osasto"],
            {},
            "1:1 row 1 has no heading for the role of a newcomer (give a column the heading 'Rooli', "
            "'Tehtävä', 'Job title', 'Job', or name it: --columns role=HEADING; is it one of 'Osasto'?)",
        ),
    ],
)
def test_columns_that_cannot_be_told_are_explained(
    root: Path, headings: list[str], told: dict[str, str], expected: str
) -> None:
    found = wrong(root, [headings, ["Bo"] * len(headings)], told)
    assert expected in found
    assert len([each for each in found if "not used" not in each]) == 1


def test_a_list_without_headings_names_nobody(root: Path) -> None:
    found = wrong(root, [AINO, AINO])
    assert [line.partition(" (")[0] for line in found] == [
        "1:1 row 1 has no heading for the name of a newcomer",
        "1:1 row 1 has no heading for the role of a newcomer",
    ]
    assert "Aino" not in "".join(found)
    assert "asiantuntija" not in "".join(found)


# What is wrong with a row.

BAD: Mapping[str, tuple[list[str], list[str]]] = {
    "no name": (["", "myyja", "", "", ""], ["1 the cell under 'Nimi' is empty (write the newcomer's name)"]),
    "no role": (["S", "", "", "", ""], ["2 the cell under 'Tehtävä' is empty (write the newcomer's role)"]),
    "role": (
        ["Salainen", "myyjatar", "", "", ""],
        ["2 the cell under 'Tehtävä' is no role of this workspace (did you mean 'myyja'?)"],
    ),
    "far role": (
        ["Salainen", "Salainen Suominen", "", "", ""],
        ["2 the cell under 'Tehtävä' is no role of this workspace (it can be: asiantuntija, myyja)"],
    ),
    "manager": (
        ["Salainen", "myyja", "", "Maja", ""],
        ["4 the cell under 'Esihenkilö' is no manager of this workspace (did you mean 'maija'?)"],
    ),
    "language": (
        ["Salainen", "myyja", "", "", "de"],
        ["5 the cell under 'Kieli' is none of the workspace's languages (use one of: fi, en, sv)"],
    ),
    "slashes": (
        ["Salainen", "myyja", "12/01/2026", "", ""],
        [
            "3 the cell under 'Aloituspäivä' can be read as two different days, because of its slashes "
            "(write 2026-12-01 or 1.12.2026)"
        ],
    ),
    "slashes and a time": (
        ["Salainen", "myyja", "12/01/2026 9:00", "", ""],
        [
            "3 the cell under 'Aloituspäivä' can be read as two different days, because of its slashes "
            "(write 2026-12-01 or 1.12.2026)"
        ],
    ),
    "time zone": (
        ["Salainen", "myyja", "2026-11-30T22:00:00Z", "", ""],
        [
            "3 the cell under 'Aloituspäivä' says a time in a time zone, and with that perhaps another day "
            "(write the day alone, like 2026-12-01)"
        ],
    ),
    "no day": (
        ["Salainen", "myyja", "31.2.2026", "", ""],
        [
            "3 the cell under 'Aloituspäivä' names a day that is not on the calendar (February 2026 has 28 "
            "days; write 2026-12-01 or 1.12.2026)"
        ],
    ),
    "error": (
        ["Salainen", "#VIITTAUS!", "", "", ""],
        ["2 the cell under 'Tehtävä' shows an error (mend its formula, or type the value)"],
    ),
    "long name": (
        ["Salainen" * 30, "myyja", "", "", ""],
        ["1 the cell under 'Nimi' must be a text of 1 to 200 characters ()"],
    ),
    "too many": (
        ["Salainen", "myyja", "", "", "fi", "Salainen"],
        [
            "6 this row has more cells than the 5 headings "
            "(give each column a heading; in a CSV, put a cell with its delimiter in quotation marks)"
        ],
    ),
    "all at once": (
        ["", "Salainen", "", "Salainen", "Salainen"],
        [
            "1 the cell under 'Nimi' is empty (write the newcomer's name)",
            "2 the cell under 'Tehtävä' is no role of this workspace (it can be: asiantuntija, myyja)",
            "4 the cell under 'Esihenkilö' is no manager of this workspace (it can be: maija)",
            "5 the cell under 'Kieli' is none of the workspace's languages (use one of: fi, en, sv)",
        ],
    ),
}


def test_of_ten_thousand_rows_exactly_those_that_are_bad_are_named(root: Path) -> None:
    rows = [[f"Henkilö {n}", "Myyjä", "1.12.2026", "Maija Mäki", "suomi"] for n in range(10_000)]
    kinds = list(BAD.values())
    expected = []
    for n in range(37):
        at, (row, messages) = 11 + 263 * n, kinds[n % len(kinds)]
        rows[at] = row
        expected += [f"{at + 2}:{message}" for message in messages]
    hires, problems = listed(root, csv_of([HEADINGS, *rows]))
    assert said(problems) == expected
    assert len({p.line for p in problems}) == 37
    assert len(hires) == 10_000 - 37
    shown = "".join(map(as_text, problems))
    assert "Salainen" not in shown
    assert "Henkilö" not in shown
    assert not any(problem.source for problem in problems)


def test_every_problem_of_very_many_is_kept(root: Path) -> None:
    rows = [[f"Henkilö {n}", f"rooli numero {n}", "", "", ""] for n in range(5_000)]
    _, problems = listed(root, csv_of([HEADINGS, *rows]))
    assert [problem.line for problem in problems] == list(range(2, 5_002))


def test_the_same_person_twice_is_an_error_with_both_rows(root: Path) -> None:
    bo = ["Bo", "Myyjä", "1.12.2026", "", ""]
    again = ["BO", "salesperson", "2026-12-01", "maija", "sv"]
    found = wrong(root, [HEADINGS, bo, AINO, again, bo])
    hint = "(delete one of them, or give each an id of its own in a column 'id')"
    same = "are the same person: they have the same name, role and first day"
    assert found == [f"4:1 rows 2 and 4 {same} {hint}", f"5:1 rows 2 and 5 {same} {hint}"]
    found = wrong(root, [["Tunniste", "Nimi", "Rooli"], ["7", "Bo", "myyja"], ["7", "Cee", "myyja"]])
    assert found == [f"3:1 rows 2 and 3 are the same person: they have the same id {hint}"]


def test_an_id_that_cannot_be_one_is_not_quoted(root: Path) -> None:
    (found,) = wrong(root, [["Tunniste", "Nimi", "Rooli"], ["Bo Salainen", "Bo", "myyja"]])
    assert found == (
        "2:1 the cell under 'Tunniste' must be letters, digits, hyphens and underscores, "
        "and begin with a letter or digit ()"
    )


def test_personas_must_exist_and_be_among_those_the_role_reaches(root: Path) -> None:
    rows = [
        ["Nimi", "Rooli", "Persoonat"],
        ["Bo", "myyja", "Salainen"],
        ["Cee", "myyja", "varmistelija; Pikajuoksija"],
    ]
    assert wrong(root, rows) == [
        "2:3 the cell under 'Persoonat' names no persona of this workspace (it can be: pika, varmistelija)",
        "3:3 role 'myyja' does not reach persona 'pika' (choose among: varmistelija)",
    ]


def test_a_formula_in_a_csv_is_data_and_an_error_in_a_workbook_is_a_problem(root: Path) -> None:
    (hire,) = hires_of(root, [HEADINGS, ['=HYPERLINK("x")', "myyja", "", "", ""]])
    assert hire.model.name == '=HYPERLINK("x")'
    cells = '<c t="inlineStr"><is><t>Bo</t></is></c><c t="e"><v>#REF!</v></c>'
    _, problems = listed(root, with_cell(xlsx_of([["Nimi", "Rooli"]]), cells), name="l.xlsx")
    assert said(problems) == [
        "2:2 the cell under 'Rooli' shows an error (mend its formula, or type the value)"
    ]


def test_a_formula_that_was_never_computed_is_named_by_its_cell_where_it_counts(root: Path) -> None:
    rows = [["Nimi", "Rooli", "Aloituspäivä", "Persoonat", "Palkka"], ["Bo", "=B9", "=TODAY()", "=A1", "=A1"]]
    _, problems = listed(root, xlsx_of(rows), name="l.xlsx")
    what = "holds a formula whose result is not in the file"
    hint = "(open the file in a spreadsheet program, which computes it, and save it)"
    assert said(errors(problems)) == [
        f"2:2 the cell under 'Rooli' (B2) {what} {hint}",
        f"2:3 the cell under 'Aloituspäivä' (C2) {what} {hint}",
        f"2:4 the cell under 'Persoonat' (D2) {what} {hint}",
    ]


def test_a_hidden_column_counts_and_is_named(root: Path) -> None:
    def hide(book: Workbook) -> None:
        for column in "CD":
            book.worksheets[0].column_dimensions[column].hidden = True

    rows = [["Nimi", "Rooli", "Kieli", "Palkka"], ["Bo", "myyja", "sv", "1"]]
    (hire,), problems = listed(root, xlsx_of(rows, hide), name="l.xlsx")
    assert hire.model.language == "sv"
    assert [
        f"{p.severity} {p.line}:{p.column} {p.message}" for p in problems if p.code == "hidden-columns"
    ] == ["note 1:3 these columns are hidden, and count: 'Kieli'"]


def test_headings_that_were_told_are_found_below_a_title(root: Path) -> None:
    rows = [["Uudet", ""], ["Kuka", "Mitä"], ["Bo", "myyja"]]
    assert [hire.model.name for hire in hires_of(root, rows, {"name": "Kuka", "role": "Mitä"})] == ["Bo"]


def test_a_title_does_not_hide_which_heading_is_missing(root: Path) -> None:
    found = wrong(root, [["Uudet", ""], ["Nimi", "Mitä"], ["Manager", "Salainen"]])
    assert found[0].startswith("2:1 row 2 has no heading for the role of a newcomer (")
    assert "is it one of 'Mitä'?" in found[0]


def test_a_workbook_with_dates_and_numbers_is_read(root: Path) -> None:
    rows: list[list[object]] = [
        ["ID", "Name", "Job title", "Start date"],
        [10234, "Bo", "myyja", date(2026, 12, 1)],
    ]
    (hire,), problems = listed(root, xlsx_of(rows), name="lista.xlsx")
    assert not problems
    assert (hire.model.id, hire.model.starts_on) == ("10234", date(2026, 12, 1))


def test_nothing_is_said_of_roles_while_a_role_cannot_be_read(root: Path) -> None:
    (root / "roles/uusi.yaml").write_text("title: Uusi\n")
    hires, problems = listed(root, csv_of([HEADINGS, ["Bo", "Uusi", "", "", ""], AINO]))
    assert {problem.path for problem in problems} == {"roles/uusi.yaml"}
    assert [hire.model.name for hire in hires] == ["Aino Virtanen"]


def test_without_a_valid_company_the_list_is_still_judged(root: Path) -> None:
    (root / "company.yaml").write_text(COMPANY.replace("name:", "nam:"))
    _, problems = listed(root, csv_of([HEADINGS, ["Bo", "x", "", "", "fi"]]))
    assert {problem.path for problem in problems} == {"company.yaml", str(root / "lista.csv")}


# Personal data.

_MARKED = st.text(max_size=6).map(lambda text: f"{text}§Salaisuus§{text}")
_ALSO = st.sampled_from(
    [
        "{}",
        "{} {}",
        "#{}!",
        "{}/12/2026",
        "-{}",
        "{}\n{}",
        "{}\x07",
        "1.12.2026{}",
        "{}{}{}" * 40,
        ";{};",
        "\ud800{}",
    ]
)
_ALL = [
    "Tunniste",
    *HEADINGS,
    "Kutsumanimi",
    "Kummi",
    "Miksi sinä",
    "Tarpeet",
    "Likes",
    "Tarina",
    "Persoonat",
    "Saapumisaika",
    "Saapumispaikka",
    "Ketä kysyä",
    "X",
]


def otherwise_right(row: list[str], broken: str) -> list[str]:
    """A row that is not refused before it is looked at as a whole."""
    full = [*row, *[""] * (len(_ALL) - len(row))]
    manager = full[4] if broken == "managers" else "maija"
    personas = full[12] if broken == "personas" else ""
    return ["", full[1] or "Bo", "myyja", "", manager, "", *full[6:12], personas]


@pytest.mark.parametrize("broken", ["", "roles", "managers", "personas"])
@given(rows=st.lists(st.lists(st.tuples(_ALSO, _MARKED), max_size=19), max_size=4), valid=st.booleans())
def test_no_problem_of_a_row_holds_what_stands_in_a_cell(
    tmp_path_factory: pytest.TempPathFactory, broken: str, rows: list[list[tuple[str, str]]], valid: bool
) -> None:
    files = {**FILES, f"{broken}/broken.yaml": "x: y\n"} if broken else FILES
    root = small(tmp_path_factory.getbasetemp() / f"privacy-{broken}", files)
    cells = [[form.replace("{}", marked) for form, marked in row] for row in rows]
    clean = [[cell.replace("\0", "").encode(errors="replace").decode() for cell in row] for row in cells]
    if valid:
        clean = [otherwise_right(row, broken) for row in clean]
    _, problems = listed(root, csv_of([_ALL, *clean, *clean[:1]]))
    assert problems
    assert "alaisuus" not in repr(problems)
    assert "alaisuus" not in "".join(map(as_text, problems)).casefold()


def test_all_that_is_wrong_with_a_row_is_said_at_once(root: Path) -> None:
    rows = [HEADINGS, ["", "kokki", "31.2.2027", "maija", "klingon"]]
    _, problems = listed(root, csv_of(rows))
    assert sorted((p.line, p.column, p.code) for p in errors(problems)) == [
        (2, 1, "missing-field"),
        (2, 2, "unknown-reference"),
        (2, 3, "invalid-value"),
        (2, 5, "invalid-value"),
    ]


# Long lists.


def calls_of(function: Callable[[], object]) -> int:
    """How many functions written in Python are called, or gone on with."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return calls


def test_a_list_twice_as_long_with_a_fault_in_each_row_takes_twice_the_work(tmp_path: Path) -> None:
    root = small(tmp_path, {"personas/toinen.yaml": PERSONA.replace("Varmistelija", "Toinen")})

    def read(number: int) -> None:
        rows = [["name", "role", "personas"]]
        rows += [[f"Nimi {n}", "asiantuntija", "toinen"] for n in range(number)]
        path = root / f"{number}.csv"
        path.write_bytes(csv_of(rows))
        _, problems = read_workspace(root, roster=Roster(path))
        assert [problem.code for problem in problems] == ["unreached-persona"] * number

    read(1)
    calls = {number: calls_of(partial(read, number)) for number in (100, 200)}
    assert calls[200] < 2.1 * calls[100]
