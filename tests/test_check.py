"""What `check` prints: a block for each problem, for people on a terminal and as facts for other programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import (
    COMPANY,
    GUARD,
    HIRE,
    PERSONA,
    REPOSITORY,
    ROLE,
    contents,
    pitchgen,
    pitchgen_here,
    seconds_of_work,
    small,
)

from pitchgen.check import check_workspace
from pitchgen.cli import run
from pitchgen.problems import Problem, Severity
from pitchgen.report.text import LONGEST_LINE, as_text
from pitchgen.rules.run import selection

Capture = pytest.CaptureFixture[str]
Result = subprocess.CompletedProcess[str]

TYPO = {"hires/aino.yaml": "name: Aino Virtanen\nrole: asiantuntia\n"}
WAITING = "; the rules wait until the errors are mended"
# The only problem of the small workspace, said in full.
TOO_SHORT = re.compile(
    r"hires/aino\.yaml:1:7: warning\[pitch-length\]: the pitch in 'fi' takes [0-9]+ s aloud, "
    r"too short for 60 to 90 s\n    1 \| name: Aino Virtanen\n"
    r"      \|       \^{13} fill in more [^\n]+\n0 errors, 1 warning\n"
)


def check(capsys: Capture, root: Path, *arguments: str) -> Result:
    """Check by a single rule: what the others find in the small workspace is not looked at here."""
    return pitchgen_here(capsys, "check", "--select", "pitch-length", *arguments, workspace=root)


def facts(result: Result) -> list[dict[str, Any]]:
    rows = json.loads(result.stdout)
    assert isinstance(rows, list)
    return rows


# The block that people read.


def test_a_problem_is_a_block_with_the_line_and_a_caret(capsys: Capture, tmp_path: Path) -> None:
    role = """\
        title: Palveluasiantuntija
        purpose: Pidät huolen.

        part:
          why: Sinä olet ääni.
          how: Kerrot askeleen.

        # Kenen hyväksi?
        serves:
          personas:
            - linnanvartija
            - pikajuoksija
            - sinnittelija
            - varmistelia
        """
    personas = ("linnanvartija", "pikajuoksija", "sinnittelija")
    files = {"roles/palveluasiantuntija.yaml": role} | {f"personas/{p}.yaml": PERSONA for p in personas}
    result = check(capsys, small(tmp_path, files))
    assert result.stderr == (
        "roles/palveluasiantuntija.yaml:14:7: error[unknown-reference]: "
        "role serves persona 'varmistelia', which does not exist\n"
        "   14 |     - varmistelia\n"
        "      |       ^^^^^^^^^^^ did you mean 'varmistelija'?\n"
        "1 error, 0 warnings" + WAITING + "\n"
    )
    assert (result.stdout, result.returncode) == ("", 1)


def test_a_byte_order_mark_is_no_part_of_the_line(capsys: Capture, tmp_path: Path) -> None:
    text = "\ufeffrole: asiantuntia\r\nname: A\r\n"
    result = check(capsys, small(tmp_path, {"hires/aino.yaml": text.encode()}), "-q")
    assert result.stderr == (
        "hires/aino.yaml:1:7: error[unknown-reference]: hire has role 'asiantuntia', which does not exist\n"
        "    1 | role: asiantuntia\n"
        "      |       ^^^^^^^^^^^ did you mean 'asiantuntija'?\n"
    )


def test_a_problem_without_a_hint_ends_at_its_caret(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path, {"hires/aino.yaml": "name: [A]\nrole: asiantuntija\n"}))
    assert result.stderr == (
        "hires/aino.yaml:1:7: error[invalid-value]: must be a text, not a list\n"
        "    1 | name: [A]\n"
        "      |       ^\n"
        "1 error, 0 warnings" + WAITING + "\n"
    )


def test_a_problem_without_a_place_has_its_hint_below(capsys: Capture, tmp_path: Path) -> None:
    (small(tmp_path) / "hires" / "kansio.yaml").mkdir()
    result = check(capsys, tmp_path)
    assert result.stderr == (
        "hires/kansio.yaml: error[unreadable]: is a folder, not a file\n"
        "      move it away, or rename it\n"
        "1 error, 0 warnings" + WAITING + "\n"
    )


def test_problems_follow_each_other_by_place(capsys: Capture, tmp_path: Path) -> None:
    files = {
        "hires/b.yaml": "name: B\nrole: x\ncalled: [y]\n",
        "hires/a.yaml": "",
        "company.yaml": COMPANY + "    z: z\n",
    }
    result = check(capsys, small(tmp_path, files))
    heads = [line.partition(": ")[0] for line in result.stderr.splitlines() if "error[" in line]
    assert heads == ["company.yaml:10:1", "hires/a.yaml:1:1", "hires/b.yaml:3:9"]
    assert result.stderr.endswith(f"\n3 errors, 0 warnings{WAITING}\n")


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("role: ä", len("role: ")),
        ("{name: 😀😀, role: x}", len("{name: 1122, role: ")),
        ("{name: 田中, role: x}", len("{name: 1122, role: ")),
        ("{name: e\u0301, role: x}", len("{name: e, role: ")),
        ("{name: a, role:\t\tx}", len("{name: a, role:  ")),
    ],
)
def test_the_caret_stands_under_the_value_on_a_terminal(
    capsys: Capture, tmp_path: Path, line: str, columns: int
) -> None:
    text = line if "name" in line else f"name: A\n{line}"
    result = check(capsys, small(tmp_path, {"hires/aino.yaml": text}), "-q")
    assert f"\n      | {' ' * columns}^ it can be: asiantuntija\n" in result.stderr


def test_of_a_long_line_the_part_with_the_problem_is_shown(capsys: Capture, tmp_path: Path) -> None:
    text = f"{{name: {'A' * 190}, why_you: {'b' * 5_000}, role: asiantuntia, buddy: {'c' * 150}}}\n"
    result = check(capsys, small(tmp_path, {"hires/aino.yaml": text}), "-q")
    _, shown, under = result.stderr.splitlines()
    assert len(shown) == len("    1 | ") + LONGEST_LINE
    start = under.index("^")
    assert shown[start : start + len("asiantuntia")] == "asiantuntia"
    assert under[start:] == "^^^^^^^^^^^ did you mean 'asiantuntija'?"


def test_nothing_in_a_file_can_steer_the_terminal(capsys: Capture, tmp_path: Path) -> None:
    turned = "\u202e\u2066"
    for text in (
        f'name: A\nrole: "x{turned}"\n',
        f'name: A\nrole: "x{turned}\\e[31m\\a"\n',
        "name: \x9b31m\n",
    ):
        result = check(capsys, small(tmp_path, {"hires/aino.yaml": text}))
        assert result.returncode == 1
        printed = result.stderr.replace("\n", "")
        assert not [c for c in printed if unicodedata.category(c) == "Cc" or c in turned]


@given(
    st.text(max_size=150),
    st.integers(1, 160),
    st.integers(1, 160),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_any_problem_is_printed_without_control_characters(
    source: str, column: int, width: int, message: str, hint: str
) -> None:
    block = as_text(Problem("x", message, "a.yaml", 1, column, (), hint, Severity.ERROR, source, width))
    block.encode()
    assert not [c for c in block.replace("\n", "") if unicodedata.category(c) in {"Cc", "Cs"}]
    assert block.count("\n") <= 2


# The facts that programs read.


def test_json_has_the_same_facts(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path, TYPO), "--format", "json")
    assert facts(result) == [
        {
            "code": "unknown-reference",
            "severity": "error",
            "path": "hires/aino.yaml",
            "line": 2,
            "column": 7,
            "where": "role",
            "message": "hire has role 'asiantuntia', which does not exist",
            "hint": "did you mean 'asiantuntija'?",
        }
    ]
    assert (result.stderr, result.returncode) == ("", 1)


def test_json_of_a_workspace_without_problems_is_an_empty_list(capsys: Capture) -> None:
    result = check(capsys, REPOSITORY, "--format", "json")
    assert (facts(result), result.stderr, result.returncode) == ([], "", 0)


def test_json_says_which_problems_are_warnings(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path), "--format", "json")
    assert [(row["code"], row["severity"]) for row in facts(result)] == [("pitch-length", "warning")]
    assert result.returncode == 0


def test_json_holds_what_no_terminal_could_show(capsys: Capture, tmp_path: Path) -> None:
    name = os.fsdecode(b"hires/\xe4\x07.yaml")
    (row,) = facts(check(capsys, small(tmp_path, {name: "]"}), "--format", "json"))
    assert row["path"] == name


# What the command ends with.


def test_a_workspace_without_problems_is_well(capsys: Capture) -> None:
    result = check(capsys, REPOSITORY)
    assert (result.stdout, result.stderr, result.returncode) == ("", "all is well\n", 0)


def test_warnings_are_shown_and_stop_nothing(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path))
    assert TOO_SHORT.fullmatch(result.stderr)
    assert (result.stdout, result.returncode) == ("", 0)


def test_strict_ends_with_an_error_for_warnings(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path), "--strict")
    assert TOO_SHORT.fullmatch(result.stderr)
    assert (result.stdout, result.returncode) == ("", 1)
    assert check(capsys, REPOSITORY, "--strict").returncode == 0


def test_quiet_says_nothing_but_errors(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path), "-q")
    assert (result.stdout, result.stderr, result.returncode) == ("", "", 0)
    assert check(capsys, small(tmp_path), "-q", "--strict").returncode == 1
    result = check(capsys, small(tmp_path, TYPO), "-q")
    assert result.stderr.startswith("hires/aino.yaml:2:7: error")
    assert "1 error" not in result.stderr


def test_a_pitch_that_is_too_long_is_a_warning(capsys: Capture, tmp_path: Path) -> None:
    role = ROLE.replace("Sinä olet ensimmäinen ääni.", "Sinä olet ensimmäinen ääni. " * 60)
    result = check(capsys, small(tmp_path, {"roles/asiantuntija.yaml": role}))
    assert "warning[pitch-length]" in result.stderr
    assert "too long for 60 to 90 s" in result.stderr
    assert result.returncode == 0


def test_a_language_without_a_template_is_an_error(capsys: Capture, tmp_path: Path) -> None:
    company = COMPANY.replace("[fi, en, sv]", "[de]").replace("language: fi", "language: de")
    result = check(capsys, small(tmp_path, {"company.yaml": company}))
    assert "templates/languages/de: error[language]: there is no folder for " in result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize(
    "arguments", [["--format", "xml"], ["--date", "1/12/2026"], ["--date", "2026-02-30"], ["--zzz"], ["-w"]]
)
def test_a_wrong_option_is_wrong_usage(capsys: Capture, tmp_path: Path, arguments: list[str]) -> None:
    assert run(["check", "-w", str(small(tmp_path)), *arguments]) == 2
    printed = capsys.readouterr()
    assert "Error: " in printed.err
    assert printed.out == ""


def test_no_workspace_is_wrong_usage(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, tmp_path)
    assert result.returncode == 2
    assert f"there is no company.yaml in {tmp_path}" in result.stderr
    assert "pitchgen init" in result.stderr


@pytest.mark.parametrize("name", ["sub", "nowhere", "company.yaml"])
def test_a_folder_given_by_name_is_the_workspace_or_nothing_is(
    capsys: Capture, tmp_path: Path, name: str
) -> None:
    (small(tmp_path) / "sub").mkdir()
    result = check(capsys, tmp_path / name)
    assert result.returncode == 2
    assert str(tmp_path / name) in result.stderr


def test_the_workspace_is_found_from_a_folder_within_it(tmp_path: Path) -> None:
    small(tmp_path)
    result = pitchgen("check", "--select", "pitch-length", workspace=tmp_path / "hires")
    assert TOO_SHORT.fullmatch(result.stderr)
    assert (result.stdout, result.returncode) == ("", 0)


def test_checking_changes_nothing(capsys: Capture, tmp_path: Path) -> None:
    before = contents(small(tmp_path, TYPO | {"roles/b.yaml": "]"}))
    check(capsys, tmp_path)
    assert contents(tmp_path) == before


def test_the_day_comes_from_outside(tmp_path: Path) -> None:
    small(tmp_path)
    one, other = (
        check_workspace(tmp_path, day, selection(["pitch-length"]))
        for day in (date(2026, 11, 21), date(2030, 1, 1))
    )
    assert one == other


# Some files only.

TWO_WRONG = TYPO | {"roles/asiantuntija.yaml": ROLE + "    x: y\n", "hires/bert.yaml": "name: B\n"}


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (["roles"], ["roles/asiantuntija.yaml"]),
        (["hires"], ["hires/aino.yaml", "hires/bert.yaml"]),
        (["hires/bert.yaml"], ["hires/bert.yaml"]),
        (["hires/bert.yaml", "roles/"], ["hires/bert.yaml", "roles/asiantuntija.yaml"]),
        (["personas/../hires/bert.yaml"], ["hires/bert.yaml"]),
        (["."], ["hires/aino.yaml", "hires/bert.yaml", "roles/asiantuntija.yaml"]),
        (["personas"], []),
        (["company.yaml"], []),
    ],
)
def test_only_what_is_in_the_paths_is_shown(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], shown: list[str]
) -> None:
    two_wrong = TWO_WRONG | {"hires/aino.yaml": "name: Aino Virtanen\nrole: x\n"}
    monkeypatch.chdir(small(tmp_path, two_wrong | {"roles/laskuttaja.yaml": ROLE}))
    result = pitchgen_here(capsys, "check", "--format", "json", *paths)
    assert [row["path"] for row in facts(result)] == shown
    assert result.returncode == (1 if shown else 0)


def test_paths_are_seen_from_where_one_stands(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small(tmp_path, TYPO) / "hires")
    assert [
        row["path"] for row in facts(pitchgen_here(capsys, "check", "--format", "json", "aino.yaml"))
    ] == ["hires/aino.yaml"]


def test_a_workspace_behind_a_link_is_checked_by_either_name(capsys: Capture, tmp_path: Path) -> None:
    real = small(tmp_path / "real", TYPO)
    (tmp_path / "link").symlink_to(real)
    for root, path in ((tmp_path / "link", real), (real, tmp_path / "link")):
        assert check(capsys, root, str(path / "hires" / "aino.yaml")).returncode == 1


def test_a_file_that_is_a_link_is_checked_by_its_own_name(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path / "firma", {"shared/jaettu.yaml": "label: A\n"})
    (root / "personas" / "jaettu.yaml").symlink_to("../shared/jaettu.yaml")
    (root / "personas" / "tyhjyys.yaml").symlink_to("nowhere")
    for name in ("jaettu", "tyhjyys"):
        result = check(capsys, root, "--format", "json", str(root / "personas" / f"{name}.yaml"))
        assert result.returncode == 1
        assert [row["path"] for row in facts(result)] == [f"personas/{name}.yaml"]


@pytest.mark.parametrize("path", ["hires/ainoo.yaml", "nowhere", "../other", "/etc/hostname"])
def test_a_path_that_is_not_in_the_workspace_is_not_called_well(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(small(tmp_path / "w"))
    result = pitchgen_here(capsys, "check", path)
    assert "all is well" not in result.stderr
    assert result.returncode == 2
    assert path in result.stderr


# Bad input, whatever it is: said with its place by every command, nothing written, nothing lost.


def loop(root: Path) -> None:
    (root / "hires" / "silmukka.yaml").symlink_to("silmukka.yaml")


def dangling(root: Path) -> None:
    (root / "hires" / "tyhjyys.yaml").symlink_to("nowhere")


def folder(root: Path) -> None:
    (root / "hires" / "kansio.yaml").mkdir()


def endless(root: Path) -> None:
    (root / "hires" / "loputon.yaml").symlink_to("/dev/zero")


def unreadable_by_nature(root: Path) -> None:
    (root / "hires" / "muisti.yaml").symlink_to("/proc/self/mem")


def sparse(root: Path) -> None:
    with (root / "hires" / "valtava.yaml").open("wb") as file:
        file.truncate(100_000_000)


def with_text(path: str, content: str | bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        data = content if isinstance(content, bytes) else dedent(content).encode()
        (root / path).write_bytes(data)

    return change


BAD_INPUT: dict[str, tuple[Callable[[Path], None], str]] = {
    "not YAML": (
        with_text("roles/asiantuntija.yaml", "title: Myynti: kenttä\n"),
        "roles/asiantuntija.yaml:1:14: error[not-yaml]: a colon followed by a space stands inside a text",
    ),
    "an empty file": (with_text("roles/uusi.yaml", ""), "roles/uusi.yaml:1:1: error[empty-file]: is empty"),
    "a file of remarks": (
        with_text("roles/uusi.yaml", "# tulossa\n"),
        "roles/uusi.yaml:1:1: error[empty-file]: is empty",
    ),
    "an empty company": (with_text("company.yaml", ""), "company.yaml:1:1: error[empty-file]: is empty"),
    "a list where a mapping belongs": (
        with_text("metrics.yaml", "- id: nps\n"),
        "metrics.yaml:1:1: error[not-a-mapping]: is a list, but must be lines of `key: value`",
    ),
    "a text where a mapping belongs": (
        with_text("metrics.yaml", "nps\n"),
        "metrics.yaml:1:1: error[not-a-mapping]: is a text, but must be lines of `key: value`",
    ),
    "an unknown key": (
        with_text("hires/aino.yaml", HIRE + "    rool: b\n"),
        "hires/aino.yaml:3:1: error[unknown-key]: 'rool' is not a key that belongs here",
    ),
    "a missing field": (
        with_text("hires/aino.yaml", "name: A\n"),
        "hires/aino.yaml:1:1: error[missing-field]: 'role' is missing",
    ),
    "a wrong type": (
        with_text("hires/aino.yaml", HIRE + "    starts_on: maanantaina\n"),
        "hires/aino.yaml:3:12: error[invalid-value]: must be a date like 2026-12-01 or 1.12.2026, "
        "not 'maanantaina'",
    ),
    "a duplicate key": (
        with_text("hires/aino.yaml", HIRE + "    name: Toinen\n"),
        "hires/aino.yaml:3:1: error[duplicate-key]: 'name' stands twice here; the first is on line 1",
    ),
    "an alias bomb": (
        with_text("roles/pommi.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        "roles/pommi.yaml:1:4: error[anchor]: '&a' is a YAML anchor, which pitchgen does not read",
    ),
    "200,000 nested brackets": (
        with_text("roles/pommi.yaml", "[" * 200_000),
        "roles/pommi.yaml:1:21: error[too-deep]: is nested more than 20 levels deep",
    ),
    "a file of 100 MB": (sparse, "hires/valtava.yaml:1:1: error[too-large]: is larger than 1 MB"),
    "invalid UTF-8": (
        with_text("hires/aino.yaml", b"role: asiantuntija\nname: Mets\xe4\n"),
        "hires/aino.yaml:2:11: error[encoding]: is not UTF-8 text",
    ),
    "UTF-16": (
        with_text("hires/aino.yaml", "name: A\n".encode("utf-16")),
        "hires/aino.yaml:1:1: error[encoding]: is saved as UTF-16",
    ),
    "a lone surrogate": (
        with_text("hires/aino.yaml", b"role: asiantuntija\nname: A\xed\xa0\x80\n"),
        "hires/aino.yaml:2:8: error[encoding]: is not UTF-8 text",
    ),
    "a NUL": (
        with_text("hires/aino.yaml", "role: asiantuntija\nname: Päivi\x00\n"),
        "hires/aino.yaml:2:12: error[control-character]: holds a character that is not text",
    ),
    "a mistake after a byte-order mark": (
        with_text("hires/aino.yaml", "\ufeffname: A\nrole: asiantuntia\n"),
        "hires/aino.yaml:2:7: error[unknown-reference]: hire has role 'asiantuntia', which does not exist",
    ),
    "a mistake before a Windows line end": (
        with_text("hires/aino.yaml", "name: A\r\nrole: asiantuntia\r\n"),
        "hires/aino.yaml:2:7: error[unknown-reference]: hire has role 'asiantuntia', which does not exist",
    ),
    "an unknown role": (
        with_text("hires/aino.yaml", "name: A\nrole: johtaja\n"),
        "hires/aino.yaml:2:7: error[unknown-reference]: hire has role 'johtaja', which does not exist",
    ),
    "an empty name": (
        with_text("hires/aino.yaml", "name: ''\nrole: asiantuntija\n"),
        "hires/aino.yaml:1:7: error[invalid-value]: must not be empty",
    ),
    "a name of 10,000 characters": (
        with_text("hires/aino.yaml", f"name: {'x' * 10_000}\nrole: asiantuntija\n"),
        "hires/aino.yaml:1:7: error[invalid-value]: is 10,000 characters long; at most 200 fit",
    ),
    "a folder instead of a file": (
        folder,
        "hires/kansio.yaml: error[unreadable]: is a folder, not a file",
    ),
    "a link to itself": (
        loop,
        "hires/silmukka.yaml: error[unreadable]: cannot be read: too many levels of symbolic links",
    ),
    "a link to nothing": (
        dangling,
        "hires/tyhjyys.yaml: error[unreadable]: cannot be read: no such file or directory",
    ),
    "a device without an end": (
        endless,
        "hires/loputon.yaml: error[outside-workspace]: is a link that leads out of the workspace",
    ),
    "a file that refuses to be read": (
        unreadable_by_nature,
        "hires/muisti.yaml: error[outside-workspace]: is a link that leads out of the workspace",
    ),
}


@pytest.mark.parametrize("bad", BAD_INPUT)
def test_bad_input_is_one_clear_error_and_nothing_is_written(
    capsys: Capture, tmp_path: Path, bad: str
) -> None:
    change, expected = BAD_INPUT[bad]
    change(small(tmp_path))
    listed = sorted(tmp_path.rglob("*"))
    for command in (["check", "-q"], ["pitch", "-q", "--format", "html,md,txt", "-o", str(tmp_path / "out")]):
        result = pitchgen_here(capsys, *command, workspace=tmp_path)
        assert result.stderr.splitlines()[0] == expected
        assert result.stderr.count("error[") == 1
        assert (result.stdout, result.returncode) == ("", 1)
        assert sorted(tmp_path.rglob("*")) == listed


def test_a_pipe_that_nobody_fills_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(small(tmp_path) / "hires" / "putki.yaml")
    result = pitchgen("check", "-q", workspace=tmp_path, timeout=GUARD)
    assert result.stderr == "hires/putki.yaml: error[unreadable]: is not an ordinary file\n"
    assert result.returncode == 1


def test_all_bad_files_at_once_by_the_command_itself(tmp_path: Path) -> None:
    root = small(tmp_path)
    usual = set(root.rglob("*.yaml"))
    for change, _ in BAD_INPUT.values():
        change(root)
    bad = {path.relative_to(root).as_posix() for path in {*root.rglob("*.yaml")} - usual}
    for command in (["check"], ["pitch"]):
        with seconds_of_work(60):
            result = pitchgen(*command, workspace=root)
        assert "Traceback" not in result.stderr
        assert (result.stdout, result.returncode) == ("", 1)
        told = {line.partition(": error[")[0].partition(":")[0] for line in result.stderr.splitlines()}
        assert told >= bad | {"hires/aino.yaml", "roles/asiantuntija.yaml", "company.yaml"}
    assert len(bad) > 8
    assert not (root / "out").exists()


GOOD_INPUT = {
    "a byte-order mark": "\ufeffname: Päivi\nrole: asiantuntija\n",
    "Windows line ends": "name: Päivi\r\nrole: asiantuntija\r\nwhy_you: |\r\n  a\r\n  b\r\n",
    "old Mac line ends": "name: Päivi\rrole: asiantuntija\r",
    "no last line end": "role: asiantuntija\nname: Päivi",
    "a start and an end": "---\nname: Päivi\nrole: asiantuntija\n...\n",
}


@pytest.mark.parametrize("good", GOOD_INPUT)
def test_what_editors_add_is_no_mistake(capsys: Capture, tmp_path: Path, good: str) -> None:
    root = small(tmp_path, {"hires/aino.yaml": GOOD_INPUT[good].encode()})
    assert check(capsys, root).returncode == 0
    spoken = pitchgen_here(capsys, "pitch", "aino", "--format", "md", "-o", "-", workspace=root)
    assert "Päivi" in spoken.stdout


@pytest.mark.parametrize(
    ("locked", "mode", "expected"),
    [
        ("hires/aino.yaml", 0o000, "hires/aino.yaml: error[unreadable]: cannot be read: permission denied"),
        ("hires", 0o000, "hires: error[unreadable]: cannot be listed: permission denied"),
        ("hires", 0o600, "hires/aino.yaml: error[unreadable]: cannot be read: permission denied"),
        ("roles", 0o000, "roles: error[unreadable]: cannot be listed: permission denied"),
        ("company.yaml", 0o000, "company.yaml: error[unreadable]: cannot be read: permission denied"),
    ],
)
def test_what_may_not_be_read_is_one_clear_error(
    tmp_path: Path, locked: str, mode: int, expected: str
) -> None:
    path = small(tmp_path) / locked
    usual = path.stat().st_mode
    path.chmod(mode)
    try:
        result = pitchgen("check", workspace=tmp_path, powerless=True)
    finally:
        path.chmod(usual)
    assert result.stderr.splitlines() == [expected, "1 error, 0 warnings" + WAITING]
    assert result.returncode == 1


def test_a_workspace_that_may_not_be_entered_is_named(tmp_path: Path) -> None:
    root = small(tmp_path / "lukittu")
    root.chmod(0o000)
    try:
        result = pitchgen("check", "-w", str(root), workspace=tmp_path, powerless=True)
    finally:
        root.chmod(0o700)
    assert result.returncode == 4
    assert str(root) in result.stderr
    assert "permission denied" in result.stderr


@pytest.mark.parametrize("target", ["company.yaml", "nowhere"])
def test_a_company_file_that_leads_nowhere_is_not_called_missing(
    capsys: Capture, tmp_path: Path, target: str
) -> None:
    (small(tmp_path) / "company.yaml").unlink()
    (tmp_path / "company.yaml").symlink_to(target)
    result = check(capsys, tmp_path)
    assert result.stderr.startswith("company.yaml: error[unreadable]: cannot be read")
    assert result.returncode == 1


@pytest.mark.parametrize(
    "text",
    [
        "name: A\nrole: asiantuntija\n" + "name: B\n" * 20_000,
        "name: A\nrole: asiantuntija\nlikes:\n" + "- ''\n" * 20_000,
        "name: A\nrole: asiantuntija\n" + "".join(f"k{n}: a\n" for n in range(20_000)),
    ],
    ids=["double keys", "empty items", "unknown keys"],
)
def test_a_file_full_of_mistakes_is_told_in_part_and_does_not_hang(tmp_path: Path, text: str) -> None:
    small(tmp_path, {"hires/aino.yaml": text})
    with seconds_of_work(30):
        result = pitchgen("check", "-q", workspace=tmp_path)
    heads = [line for line in result.stderr.splitlines() if ": error[" in line]
    assert result.returncode == 1
    assert re.match(r"hires/aino\.yaml:[34]:[13]: error", heads[0])
    assert len(heads) < 200
    assert heads[-1].startswith("hires/aino.yaml: error[too-many-problems]: has 19,9")


def test_verbose_says_which_workspace_was_found(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small(tmp_path) / "hires")
    result = pitchgen_here(capsys, "check", "-v")
    assert result.stderr.splitlines()[0] == f"workspace: {tmp_path}"


def test_of_other_files_it_is_said_that_something_is_wrong_there(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path, TYPO), str(tmp_path / "roles"))
    assert (result.returncode, result.stderr) == (
        0,
        f"nothing to mend here; elsewhere 1 error{WAITING}\n",
    )


def test_quiet_and_strict_shows_what_makes_it_fail(capsys: Capture, tmp_path: Path) -> None:
    result = check(capsys, small(tmp_path), "--quiet", "--strict")
    assert result.returncode == 1
    assert result.stderr.startswith("hires/aino.yaml:1:7: warning[pitch-length]")
