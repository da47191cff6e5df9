"""`pitchgen roles` and `personas`: which there are, what they are called, and who serves whom."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from workspaces import COMPANY, SMALL, linked, pitchgen, small, write_tree

from pitchgen.compose.listing import list_personas
from pitchgen.plain import display_width
from pitchgen.render.columns import as_text

TEAM = {
    "personas/varmistelija.yaml": """\
        label:
          fi: Varmistelija
          en: Double-Checker
        summary: Haluaa tietää, mitä tapahtuu.
    """,
    "personas/猫.yaml": "label: 猫の人\nsummary: Odottaa.\n",
    "roles/asiantuntija.yaml": SMALL["roles/asiantuntija.yaml"].replace(
        "[varmistelija]", "[猫, varmistelija]"
    ),
    "roles/huolto.yaml": SMALL["roles/asiantuntija.yaml"].replace(
        "personas: [varmistelija]", "roles: [asiantuntija]"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path, TEAM)


def test_roles_stand_in_columns_with_whom_they_serve(root: Path) -> None:
    done = pitchgen("roles", "-q", workspace=root)
    assert (done.returncode, done.stderr) == (0, "")
    said = "Palveluasiantuntija  " * 3
    assert done.stdout.splitlines() == [
        "id            fi                   en                   sv                   serves personas"
        "   serves roles",
        f"asiantuntija  {said}猫, varmistelija",
        f"huolto        {said}                  asiantuntija",
    ]


def test_personas_stand_in_columns_as_wide_as_a_terminal_shows_them(root: Path) -> None:
    # What is not translated is said in the company's language.
    assert pitchgen("personas", "-q", workspace=root).stdout.splitlines() == [
        "id            fi            en              sv            served by",
        "varmistelija  Varmistelija  Double-Checker  Varmistelija  asiantuntija",
        "猫            猫の人        猫の人          猫の人        asiantuntija",
    ]


def test_long_lists_go_on_below_themselves_where_the_terminal_is_narrow(tmp_path: Path) -> None:
    role = SMALL["roles/asiantuntija.yaml"]
    root = small(tmp_path, {f"roles/huoltaja-{n}.yaml": role for n in range(5)})
    text = as_text(list_personas(linked(root)), 90)
    assert [display_width(line) for line in text.splitlines() if display_width(line) > 90] == []
    head, first, *more = text.splitlines()
    column = head.index("served by")
    assert first[column:] == "asiantuntija, huoltaja-0,"
    assert {line[:column].strip() for line in more} == {""}
    assert len(as_text(list_personas(linked(root)), None).splitlines()) == 2


def test_other_programs_get_the_same(root: Path) -> None:
    roles = json.loads(pitchgen("roles", "--format", "json", workspace=root).stdout)
    assert roles[1] == {
        "id": "huolto",
        "names": dict.fromkeys(("fi", "en", "sv"), "Palveluasiantuntija"),
        "serves_personas": [],
        "serves_roles": ["asiantuntija"],
        "example": False,
    }
    table = pitchgen("personas", "--format", "csv", workspace=root).stdout
    assert table.startswith("\N{ZERO WIDTH NO-BREAK SPACE}id;fi;en;sv;served by")
    rows = list(csv.reader(io.StringIO(table[1:]), delimiter=";"))
    assert rows[1] == ["varmistelija", "Varmistelija", "Double-Checker", "Varmistelija", "asiantuntija"]


def test_an_example_is_marked_where_there_is_one(root: Path) -> None:
    assert "example" not in pitchgen("roles", workspace=root).stdout
    with (root / "roles/huolto.yaml").open("a", encoding="utf-8") as file:
        file.write("example: true\n")
    heading, *rows = pitchgen("roles", workspace=root).stdout.splitlines()
    assert heading.split()[:2] == ["id", "example"]
    assert [row.split()[:2] for row in rows if "yes" in row] == [["huolto", "yes"]]
    roles = json.loads(pitchgen("roles", "--format", "json", workspace=root).stdout)
    assert [role["id"] for role in roles if role["example"]] == ["huolto"]


def test_no_cell_is_a_formula_and_no_name_steers_the_terminal(tmp_path: Path) -> None:
    root = small(tmp_path, {"personas/varmistelija.yaml": 'label: "=1+1"\nsummary: S.\n'})
    assert ";'=1+1;" in pitchgen("personas", "--format", "csv", workspace=root).stdout
    assert " =1+1 " in pitchgen("personas", workspace=root).stdout


@pytest.mark.parametrize(("format", "shown"), [("text", ""), ("json", "[]\n"), ("csv", "\ufeff")])
def test_with_none_that_is_said(tmp_path: Path, format: str, shown: str) -> None:
    root = write_tree(tmp_path, {"company.yaml": COMPANY})
    done = pitchgen("roles", "--format", format, workspace=root)
    assert (done.returncode, done.stdout) == (0, shown)
    assert done.stderr == "pitchgen: there are no roles yet\n"


def test_errors_stop_it(tmp_path: Path) -> None:
    root = small(tmp_path, {"roles/asiantuntija.yaml": "title: A\n"})
    done = pitchgen("roles", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "roles/asiantuntija.yaml:1:1: error[missing-field]" in done.stderr
