"""What is doubtful about a newcomer is said before a letter is written, wherever it was written down."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from lists import csv_of
from orderly import ORDERLY
from workspaces import pitchgen_here, write_tree

Capture = pytest.CaptureFixture[str]
Result = subprocess.CompletedProcess[str]

HEADINGS = ["ID", "Name", "Role", "Start date", "Manager", "Buddy"]
RIGHT = ["1", "Aino Ek", "Adviser", "1.12.2026", "Marjut Koskela", "Kerttu Salo"]
MANAGER = (
    "name: Marjut Koskela\ntitle: Service manager\ncommitments: [{text: We talk., when: every Friday}]\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {**ORDERLY, "managers/marjut.yaml": MANAGER})


def build(capsys: Capture, root: Path, *arguments: str) -> Result:
    options = ("--documents", "pitch", "--format", "txt", "-o", str(root / "out"))
    return pitchgen_here(capsys, "build", *options, *arguments, workspace=root)


def build_list(capsys: Capture, root: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Result:
    (root / "list.csv").write_bytes(csv_of(rows, encoding=encoding))
    return build(capsys, root, "--hires", str(root / "list.csv"))


def letter(root: Path, stem: str) -> str:
    return (root / f"out/{stem}-pitch-en.txt").read_text(encoding="utf-8")


def row(**changed: str) -> list[str]:
    """A row in which all is right but what is changed."""
    cells = dict(zip(("id", "name", "role", "starts_on", "manager", "buddy"), RIGHT, strict=True))
    return list({**cells, **changed}.values())


def doubts(root: Path, result: Result) -> list[str]:
    """What was said of a list, each as its place, code and sentences on one line."""
    said = result.stderr.replace(f"{root}/list.csv:", "\n@").replace("\n      ", " | ").split("\n")
    return [line.removeprefix("@").replace("warning", "").strip() for line in said if line.startswith("@")]


# The rules look at rows, options and files.

DOUBTFUL = {
    "surname first": (
        row(name="Lehtinen, Aino"),
        "2:2: [name-order]: the name has the surname first | write the first name first, without a comma",
    ),
    "surname in capitals": (
        row(name="NIEMINEN Kari"),
        "2:2: [name-order]: the name has the surname first | write the first name first, without a comma, "
        "with capitals only where its words begin",
    ),
    "capitals": (
        row(name="VON ESSEN BJÖRN"),
        "2:2: [name-order]: the name is written in capitals | write it as it is said, the first name first, "
        "with capitals only where its words begin",
    ),
    "no capital": (
        row(name="zahra"),
        "2:2: [name-order]: the name begins without a capital | write it as it is said, the first name "
        "first, with capitals only where its words begin",
    ),
    "initial": (
        row(name="Dr. A. Lee"),
        "2:2: [name-order]: the name begins with an initial | write the first name first and in full; or "
        "write what they like to be called in a column such as 'Preferred name'",
    ),
    "particle": (
        row(name="van der Berg"),
        "2:2: [name-order]: the name begins with a particle of a surname | write the first name first and "
        "in full; or write what they like to be called in a column such as 'Preferred name'",
    ),
    "buddy": (
        row(buddy="SALO Kerttu"),
        "2:6: [name-order]: the buddy's name has the surname first | write the first name first, without a "
        "comma, with capitals only where its words begin",
    ),
    "long past": (
        row(starts_on="1.12.2025"),
        "2:4: [first-day-past]: the first day of this newcomer was 355 days ago | correct the year; or "
        "delete what is kept of somebody who began long ago",
    ),
    "weekend": (
        row(starts_on="2026-12-05"),
        "2:4: [first-day-off]: the first day of this newcomer is a Saturday | write the day on which "
        "somebody is there to meet them",
    ),
    "holiday": (
        row(starts_on="6.1.2027"),
        "2:4: [first-day-off]: the first day of this newcomer is a public holiday (Epiphany) | write the "
        "day on which somebody is there to meet them",
    ),
    "no manager": (
        row(manager=""),
        "2:1: [hire-manager]: this newcomer has no manager | write their name, or the id of a file in "
        "managers/, in a column such as 'Line manager'",
    ),
    "new manager": (
        row(manager="Kaarlo Holm"),
        "2:5: [new-manager]: the manager of this newcomer has no file in managers/, so no title and no "
        "promises | correct the name; if it is right, `pitchgen new manager` begins their file, with a title "
        "and promises",
    ),
}


def test_a_manager_whose_file_holds_a_name_alone_is_doubtful(capsys: Capture, root: Path) -> None:
    write_tree(root, {"managers/kaarlo.yaml": "name: Kaarlo Holm\n"})
    rows = [row(id=str(n), name=name, manager="Kaarlo Holm") for n, name in enumerate(("Aino Ek", "Bo Ek"))]
    assert doubts(root, build_list(capsys, root, [HEADINGS, *rows])) == [
        "2:5: [new-manager]: the manager of this newcomer has a file with a name, but no title and no "
        "promises; so it is with 1 more | write `title` and `commitments` into that file"
    ]
    write_tree(root, {"managers/kaarlo.yaml": "name: Kaarlo Holm\ntitle: Foreman\n"})
    assert doubts(root, build_list(capsys, root, [HEADINGS, *rows])) == []


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_row_is_told_by_row_and_column_and_names_nobody(
    capsys: Capture, root: Path, what: str
) -> None:
    (root / "company.yaml").write_text(
        (root / "company.yaml").read_text(encoding="utf-8") + "country: FI\n", encoding="utf-8"
    )
    cells, expected = DOUBTFUL[what]
    result = build_list(capsys, root, [HEADINGS, cells])
    assert result.returncode == 0
    assert doubts(root, result) == [expected]
    assert (root / "out/1-pitch-en.txt").is_file()


@pytest.mark.parametrize(
    ("changed", "cell", "hint"),
    [
        ({"buddy": "<their buddy>"}, "2:6", "write what belongs here, or empty the cell"),
        ({"name": "<first name and surname>"}, "2:2", "write what belongs here"),
    ],
)
def test_of_a_blank_in_a_row_no_line_is_to_be_removed(
    capsys: Capture, root: Path, changed: dict[str, str], cell: str, hint: str
) -> None:
    (told, *_) = doubts(root, build_list(capsys, root, [HEADINGS, row(**changed)]))
    assert told == f"{cell}: [placeholder]: '…' in this newcomer is still to be filled in | {hint}"


def test_rows_in_which_all_is_right_are_made_without_a_word(capsys: Capture, root: Path) -> None:
    assert doubts(root, build_list(capsys, root, [HEADINGS, RIGHT])) == []


def test_likes_without_a_reward_are_said_without_saying_them(capsys: Capture, root: Path) -> None:
    rows = [[*HEADINGS, "Likes"], [*RIGHT, "Salaisuus"]]
    result = build_list(capsys, root, rows)
    assert doubts(root, result) == [
        "2:7: [likes-reward]: no reward suits what this newcomer likes: … | the rewards suit: time"
    ]
    assert "alaisuus" not in result.stderr


def test_own_sentences_pass_the_rules_about_words_unquoted(capsys: Capture, root: Path) -> None:
    rows = [[*HEADINGS, "Why you"], [*RIGHT, "You bring synergies."]]
    result = build_list(capsys, root, rows)
    assert doubts(root, result) == [
        "2:7: [avoided-word]: this newcomer says …, which the brand avoids | say it in other words; "
        "'synerg*' is in `avoid_words` of company.yaml"
    ]


def test_what_is_the_same_in_many_rows_is_said_once_with_their_numbers(capsys: Capture, root: Path) -> None:
    numbers = (0, 1, 2, 5, 6, 9)
    rows = [
        row(id=str(n), name=f"Aino {chr(ord('A') + n)}ola", manager="" if n in numbers else "marjut")
        for n in range(10)
    ]
    (only,) = doubts(root, build_list(capsys, root, [HEADINGS, *rows]))
    assert "this newcomer has no manager; so it is in rows 3–4, 7–8, 11 | " in only
    assert only.startswith("2:1: ")


def test_a_list_whose_every_row_is_doubtful_in_another_way_is_told_row_by_row(
    capsys: Capture, root: Path
) -> None:
    rows = [[f"{n}", *cells[1:]] for n, (cells, _) in enumerate(DOUBTFUL.values())]
    found = doubts(root, build_list(capsys, root, [HEADINGS, *rows]))
    expected = {said.partition(" ")[2] for what, (_, said) in DOUBTFUL.items() if what != "holiday"}
    # Without a country, a holiday is a day like others.
    assert {line.partition(" ")[2] for line in found} == expected
    assert len(found) == len(DOUBTFUL) - 1


def test_a_rule_that_counts_as_an_error_stops_the_list(capsys: Capture, root: Path) -> None:
    company = (root / "company.yaml").read_text(encoding="utf-8")
    strict = company + "checks:\n  severities: {hire-manager: error, hire-buddy: 'off'}\n"
    (root / "company.yaml").write_text(strict, encoding="utf-8")
    result = build_list(capsys, root, [HEADINGS, row(manager="", buddy="")])
    assert result.returncode == 1
    assert "list.csv:2:1: error[hire-manager]" in result.stderr
    assert "hire-buddy" not in result.stderr
    assert not (root / "out").exists()


def test_options_pass_the_same_rules_and_are_told_by_option(capsys: Capture, root: Path) -> None:
    options = {"--name": "LEE Annie", "--role": "ADVISER", "--starts-on": "5.12.2026", "--manager": "Li Lo"}
    flat = [part for pair in options.items() for part in pair]
    result = pitchgen_here(capsys, "pitch", *flat, "--format", "txt", "-o", "-", workspace=root)
    assert result.returncode == 0
    heads = {line.partition(": the")[0] for line in result.stderr.splitlines() if line.startswith("--")}
    assert heads == {
        "--buddy: warning[hire-buddy]: this newcomer has no buddy",
        "--manager: warning[new-manager]",
        "--name: warning[name-order]",
        "--starts-on: warning[first-day-off]",
    }
    assert "ask a colleague, and write their name with `--buddy`" in result.stderr
    assert "LEE" not in result.stderr
    assert "Hi Annie, welcome!" in result.stdout


def test_options_say_what_somebody_is_called_and_who_is_their_buddy(capsys: Capture, root: Path) -> None:
    options = ("--name", "Dr. A. Lee", "--called", "Annie", "--role", "adviser", "--buddy", "Kerttu Salo")
    sheet = ("manager-sheet", *options, "--manager", "marjut", "--format", "md", "-o", "-")
    result = pitchgen_here(capsys, *sheet, workspace=root)
    assert result.stderr == ""
    assert "Annie" in result.stdout
    assert "Kerttu Salo" in result.stdout


def test_a_buddy_with_a_file_is_called_as_that_file_calls_them(capsys: Capture, root: Path) -> None:
    options = (
        "--name",
        "Annie Lee",
        "--role",
        "adviser",
        "--manager",
        "marjut",
        "--buddy",
        "KOSKELA, Marjut",
    )
    sheet = ("manager-sheet", *options, "--format", "md", "-o", "-")
    result = pitchgen_here(capsys, *sheet, workspace=root)
    assert result.stderr == ""
    assert "KOSKELA" not in result.stdout
    assert "buddy Marjut Koskela" in result.stdout


@pytest.mark.parametrize("command", [("pitch", "aino"), ("build", "--documents", "pitch")])
def test_a_file_in_hires_passes_them_before_its_documents_are_made(
    capsys: Capture, root: Path, command: tuple[str, ...]
) -> None:
    hire = ORDERLY["hires/aino.yaml"].replace("name: Aino Virtanen", "name: Virtanen, Aino")
    assert hire != ORDERLY["hires/aino.yaml"]
    write_tree(root, {"hires/aino.yaml": hire})
    result = pitchgen_here(capsys, *command, "--format", "txt", "-o", str(root / "out"), workspace=root)
    assert "hires/aino.yaml:1:7: warning[name-order]: the name has the surname first" in result.stderr
    # A log of a build may be read by anyone.
    assert ("Virtanen" in result.stderr) is (command[0] == "pitch")
    assert "Hi Aino, welcome!" in letter(root, "aino")


# Encodings.


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_a_list_in_another_encoding_is_not_made_and_the_encoding_named(
    capsys: Capture, root: Path, encoding: str
) -> None:
    rows = [HEADINGS, row(name="Päivi Hämäläinen"), row(id="2", name="Tero Mäki")]
    result = build_list(capsys, root, rows, encoding=encoding)
    assert result.returncode == 1
    (only,) = [line for line in result.stderr.splitlines() if "error[" in line]
    assert only.endswith(
        "list.csv:2:2: error[garbled-text]: this text was read in another encoding than it was written in; "
        "so it is in row 3"
    )
    assert "save it as 'CSV UTF-8', or as .xlsx" in result.stderr
    assert not (root / "out").exists()


def test_a_heading_or_a_role_that_was_read_wrongly_has_the_encoding_for_a_cause(
    capsys: Capture, root: Path
) -> None:
    write_tree(root, {"roles/maki.yaml": ORDERLY["roles/adviser.yaml"].replace("title: ", "title: Mäki ")})
    headings = build_list(capsys, root, [["Nimi", "Tehtävä"], ["Aino Ek", "adviser"]], "mac_roman")
    assert "error[missing-column]" in headings.stderr
    assert "save it as 'CSV UTF-8', or as .xlsx" in headings.stderr
    role = build_list(capsys, root, [HEADINGS, row(role="Mäki Adviser")], "mac_roman")
    assert "is no role of this workspace" in role.stderr
    assert "save it as 'CSV UTF-8', or as .xlsx" in role.stderr


# Managers and buddies.

FORMS = [
    "marjut",
    "Marjut Koskela",
    "Marjut  Koskela",
    "Koskela Marjut",
    "Koskela, Marjut",
    "MARJUT koskela",
    "Marjut\u200b Koskela",
    "Marjut\u00a0Koskela",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_manager_is_known_in_every_form_of_their_name(capsys: Capture, root: Path, form: str) -> None:
    assert doubts(root, build_list(capsys, root, [HEADINGS, row(manager=form)])) == []
    assert "Marjut Koskela\n" in letter(root, "1")
    assert "Service manager" in letter(root, "1")


@pytest.mark.parametrize("form", FORMS)
def test_a_manager_in_a_file_of_hires_and_in_an_option_is_looked_up_alike(
    capsys: Capture, root: Path, form: str
) -> None:
    hire = {"name": "Aino Ek", "role": "Adviser", "manager": form, "buddy": "Kerttu Salo"}
    write_tree(root, {"hires/aino.yaml": json.dumps(hire, ensure_ascii=False)})
    result = build(capsys, root)
    assert (result.returncode, "manager" in result.stderr) == (0, False)
    assert "Service manager" in letter(root, "aino")
    options = ("--name", "Bo Ek", "--role", "adviser", "--buddy", "Kerttu Salo", "--manager", form)
    typed = pitchgen_here(capsys, "pitch", *options, "--format", "txt", "-o", "-", workspace=root)
    assert typed.stderr == ""
    assert "Service manager" in typed.stdout


NEAR = ["Marjut Ketolla", "M. Koskela", "Marjut Anneli Koskela", "Marjo Koskela", "Koskela"]


@pytest.mark.parametrize("near", NEAR)
def test_a_near_miss_asks_whether_somebody_known_was_meant(capsys: Capture, root: Path, near: str) -> None:
    result = build_list(capsys, root, [HEADINGS, row(manager=near)])
    assert result.returncode == 1
    assert "list.csv:2:5: error[unknown-reference]" in result.stderr
    assert "in managers/" in result.stderr
    assert near not in result.stderr
    assert not (root / "out").exists()
    options = ("--name", "Bo Ek", "--role", "adviser", "--manager", near)
    typed = pitchgen_here(capsys, "pitch", *options, "--format", "txt", "-o", "-", workspace=root)
    assert (typed.returncode, typed.stdout) == (1, "")
    assert "did you mean 'marjut'?" in typed.stderr


def test_a_stranger_is_said_once_however_many_rows_name_them(capsys: Capture, root: Path) -> None:
    names = ["Kaarlo Holm", "Holm, Kaarlo", "kaarlo holm", "Siv Ström"]
    rows = [row(id=str(n), manager=name) for n, name in enumerate(names)]
    found = [
        each for each in doubts(root, build_list(capsys, root, [HEADINGS, *rows])) if "new-manager" in each
    ]
    assert [line.partition(" | ")[0] for line in found] == [
        "2:5: [new-manager]: the manager of this newcomer has no file in managers/, so no title and no "
        "promises; so it is with 2 more",
        "5:5: [new-manager]: the manager of this newcomer has no file in managers/, so no title and no "
        "promises",
    ]


def test_of_300_managers_of_two_names_the_id_is_asked_for(capsys: Capture, root: Path) -> None:
    two = {f"managers/m{n}.yaml": f"name: {('Ada Falk', 'Bo Falk')[n % 2]}\n" for n in range(300)}
    write_tree(root, two)
    rows = [row(manager="Falk, Ada"), row(id="2", manager="m7"), row(id="3", manager="bo falk")]
    result = build_list(capsys, root, [HEADINGS, *rows])
    assert result.returncode == 1
    told = [line.partition("list.csv:")[2] for line in result.stderr.splitlines() if "error[" in line]
    cause = (
        "error[unknown-reference]: the cell under 'Manager' is what 150 managers of this workspace are called"
    )
    assert told == [f"2:5: {cause}", f"4:5: {cause}"]
    assert not (root / "out").exists()


def test_a_manager_described_in_a_newcomers_file_is_no_stranger_unless_there_is_a_file(
    capsys: Capture, root: Path
) -> None:
    described = "name: Aino Ek\nrole: adviser\nbuddy: Kerttu Salo\nmanager:\n  name: "
    write_tree(root, {"hires/aino.yaml": f"{described}Kaarlo Holm\n"})
    assert "new-manager" not in build(capsys, root).stderr
    for name in ("Marjut Koskela", "Marjut Ketolla"):
        write_tree(root, {"hires/aino.yaml": f"{described}{name}\n"})
        assert "hires/aino.yaml:5:9: warning[new-manager]" in build(capsys, root).stderr


@pytest.mark.parametrize("form", ["marjut", "KOSKELA, Marjut"])
def test_a_buddy_who_is_a_manager_has_the_name_of_their_file(capsys: Capture, root: Path, form: str) -> None:
    options = ("--name", "Bo Ek", "--role", "adviser", "--manager", "Li Lo", "--buddy", form)
    sheet = ("manager-sheet", *options, "--format", "md", "-o", "-")
    shown = pitchgen_here(capsys, *sheet, workspace=root).stdout
    assert "Marjut Koskela" in shown
    assert form not in shown


# Languages and dates.


def test_a_language_is_taken_by_its_name_in_files_and_options(capsys: Capture, root: Path) -> None:
    company = (root / "company.yaml").read_text(encoding="utf-8")
    both = company.replace("languages: [en]", "languages: [en, fi]")
    hire = "name: Aino Ek\nrole: adviser\nlanguage: suomi\nstarts_on: 1.12.2026\n"
    write_tree(root, {"company.yaml": both, "hires/aino.yaml": hire})
    build(capsys, root)
    assert "Hei Aino, tervetuloa!" in (root / "out/aino-pitch-fi.txt").read_text(encoding="utf-8")
    english = pitchgen_here(
        capsys, "pitch", "Ek, Aino", "--language", "englanti", "--format", "txt", "-o", "-", workspace=root
    )
    assert "Hi Aino, welcome!" in english.stdout
    wrong = pitchgen_here(capsys, "pitch", "aino", "--language", "klingon", workspace=root)
    assert "--language: error[invalid-value]: 'klingon' is not among" in wrong.stderr


def test_a_language_that_only_others_in_the_list_have_is_missed_once(capsys: Capture, root: Path) -> None:
    company = (root / "company.yaml").read_text(encoding="utf-8")
    write_tree(root, {"company.yaml": company.replace("languages: [en]", "languages: [en, fi]")})
    rows = [[*RIGHT, "fi"], [*row(id="2"), ""], [*row(id="3"), ""]]
    found = doubts(root, build_list(capsys, root, [[*HEADINGS, "Language"], *rows]))
    assert (
        "3:7: [no-language]: the cell under 'Language' is empty, so documents are in 'en'; so it is in row 4 "
        "| write the language that they read: en, fi"
    ) in found
