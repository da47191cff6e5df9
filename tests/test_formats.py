"""Reports for other programs: SARIF and GitHub's commands, as their own tools read them."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orderly import with_example
from report_standards import COMMANDS, annotated, command, complaints, sarif_schema
from workspaces import (
    COMPANY,
    HIRE,
    REPOSITORY,
    ROLE,
    git,
    pitchgen,
    pitchgen_here,
    printed_elsewhere,
    small,
    write_tree,
)

from pitchgen import __version__
from pitchgen.cli.check import FORMATS
from pitchgen.load.faults import LINE_BREAK
from pitchgen.problems import Problem, Severity
from pitchgen.report import github, sarif
from pitchgen.rules import RULES
from pitchgen.rules.pages import page

Capture = pytest.CaptureFixture[str]

TYPO = {"hires/aino.yaml": "name: Aino Virtanen\nrole: asiantuntia\n"}
PERSONA_START = "label: A\nsummary: B\n"
QUIET = COMPANY + "    checks:\n      severities:\n        pitch-length: {}\n"


def report(capsys: Capture, root: Path, format: str, *arguments: str) -> str:
    """What `check` prints, which is all that it says."""
    result = pitchgen_here(capsys, "check", "--format", format, *arguments, workspace=root)
    assert result.stderr == ""
    assert result.returncode in (0, 1)
    return result.stdout


def log(capsys: Capture, root: Path, *arguments: str) -> dict[str, Any]:
    parsed = json.loads(report(capsys, root, "sarif", *arguments))
    assert isinstance(parsed, dict)
    return parsed


def results(capsys: Capture, root: Path) -> list[dict[str, Any]]:
    (run,) = log(capsys, root)["runs"]
    found: list[dict[str, Any]] = run["results"]
    return found


def uri(result: dict[str, Any]) -> str:
    (location,) = result["locations"]
    artifact = location["physicalLocation"]["artifactLocation"]
    assert artifact["uriBaseId"] == "%SRCROOT%"
    return str(artifact["uri"])


def region(result: dict[str, Any]) -> dict[str, int]:
    (location,) = result["locations"]
    there: dict[str, int] = location["physicalLocation"]["region"]
    return there


# What a report is, whatever its format.


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("changes", "arguments", "code"),
    [
        ({}, [], 0),
        ({}, ["--strict"], 1),
        ({"company.yaml": QUIET.format("note")}, ["--strict"], 0),
        (TYPO, [], 1),
    ],
)
def test_a_report_ends_as_check_does(
    capsys: Capture, tmp_path: Path, format: str, changes: dict[str, str], arguments: list[str], code: int
) -> None:
    select = ["--select", "pitch-length"]
    root = small(tmp_path, changes)
    result = pitchgen_here(capsys, "check", "--format", format, *select, *arguments, workspace=root)
    assert (result.stderr, result.returncode) == ("", code)
    assert result.stdout.endswith("\n")


def test_a_report_is_the_same_on_every_run_and_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    root = small(tmp_path, TYPO | {"roles/b.yaml": "]", "personas/varmistelija.yaml": "label: a\nx: y\n"})
    commands = [["check", "--format", format] for format in FORMATS]
    here = [pitchgen(*command, workspace=root).stdout for command in commands]
    assert all(here)
    assert printed_elsewhere(commands, root) == "".join(here)
    assert str(tmp_path) not in "".join(here)


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_whole_however_many_problems_there_are(
    capsys: Capture, tmp_path: Path, format: str
) -> None:
    many = HIRE + "".join(f"    key{n}: x\n" for n in range(90))
    root = small(tmp_path, {f"hires/{name}.yaml": many for name in "abc"})
    assert report(capsys, root, format).count("is not a key that belongs here") == 270


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_utf_8_wherever_it_goes(tmp_path: Path, format: str) -> None:
    root = small(tmp_path, {"hires/äiti.yaml": "name: Äiti\nrole: ääni\n"})
    # As on Windows, where pipes are not UTF-8.
    result = pitchgen("check", "--format", format, workspace=root, env={"PYTHONIOENCODING": "latin-1"})
    assert (result.stderr, result.returncode) == ("", 1)
    assert "ääni" in result.stdout or "\\u00e4\\u00e4ni" in result.stdout


# Commands to GitHub.


def test_github_is_told_a_problem_a_line(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, TYPO | {"roles/kas vo,ja:ä.yaml": ROLE, "hires/a.yaml/x": ""})
    assert report(capsys, root, "github") == (
        "::error title=pitchgen (unreadable),file=hires/a.yaml::"
        "is a folder, not a file%0Amove it away, or rename it\n"
        "::error title=pitchgen (unknown-reference),file=hires/aino.yaml,line=2,col=7,endColumn=18::"
        "hire has role 'asiantuntia', which does not exist%0Adid you mean 'asiantuntija'?\n"
        "::error title=pitchgen (invalid-value),file=roles/kas vo%2Cja%3Aä.yaml,line=1,col=1,endColumn=2::"
        "the file's name 'kas vo,ja:ä' cannot be an id%0A"
        "rename the file: use letters, digits, hyphens and underscores, and begin with a letter or digit\n"
    )


def test_github_is_told_nothing_when_all_is_well(capsys: Capture) -> None:
    assert report(capsys, REPOSITORY, "github") == ""


@pytest.mark.parametrize(
    ("severity", "name"), [("error", "error"), ("warning", "warning"), ("note", "notice")]
)
def test_github_calls_a_note_a_notice(capsys: Capture, tmp_path: Path, severity: str, name: str) -> None:
    root = small(tmp_path, {"company.yaml": QUIET.format(severity)})
    printed = report(capsys, root, "github", "--select", "pitch-length")
    assert command(printed).name == name


FORGERIES = [
    "x\\n::error::forged",
    "x\\r\\n::set-env name=PATH::forged",
    "x\\r::stop-commands::forged",
    "::error::forged",
    "x%0A::error::forged",
    "##[error]forged",
    "x\\u2028::error::forged\\u202e",
]


@pytest.mark.parametrize("value", FORGERIES)
def test_no_value_can_be_a_command_of_its_own(capsys: Capture, tmp_path: Path, value: str) -> None:
    printed = report(capsys, small(tmp_path, {"hires/aino.yaml": f'name: A\nrole: "{value}"\n'}), "github")
    (line,) = printed.splitlines()
    said = command(line)
    assert (said.name, said.properties["file"]) == ("error", "hires/aino.yaml")
    assert "forged" in said.text
    assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cf", "Zl"}]


def test_no_name_of_a_file_can_be_a_command_of_its_own(capsys: Capture, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xe4 \x07\n::error::forged,line=9:%0A.yaml")
    (line,) = report(capsys, small(tmp_path, {f"hires/{name}": "]"}), "github").splitlines()
    said = command(line)
    assert said.properties["file"] == "hires/\ufffd \ufffd\ufffd::error::forged,line=9:%0A.yaml"
    assert said.properties["line"] == "1"


# SARIF.

WRONG: dict[str, str | bytes] = {
    "hires/kansio.yaml/x": "",
    "hires/Ääni & väri #1 100%.yaml": "name: A\n",
    os.fsdecode(b"hires/\xe4\x07\n.yaml"): "]",
    "hires/windows.yaml": b"\xef\xbb\xbfname: A\r\nrole: asiantuntia\r\n",
    "hires/values.yaml": f'name: A\nrole: "{" ".join(FORGERIES)}"\n',
    "managers/kenno.yaml": b"\xff\xfe\0",
    "personas/varmistelija.yaml": "label: a\nx: y\n",
}


def test_a_log_is_what_sarif_and_code_scanning_ask_for(capsys: Capture, tmp_path: Path) -> None:
    made = log(capsys, small(tmp_path, WRONG))
    assert complaints(made) == []
    (run,) = made["runs"]
    assert {os.fsdecode(unquote_to_bytes(uri(each))) for each in run["results"]} == {
        path.removesuffix("/x") for path in WRONG
    }
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("pitchgen", __version__)
    for each in run["results"]:
        assert driver["rules"][each["ruleIndex"]]["id"] == each["ruleId"]


def test_the_log_of_a_workspace_that_is_well_has_no_results(capsys: Capture) -> None:
    made = log(capsys, REPOSITORY)
    assert complaints(made) == []
    assert made["runs"][0]["results"] == []


def test_the_judges_see_what_is_wrong_with_a_log(capsys: Capture, tmp_path: Path) -> None:
    made = log(capsys, small(tmp_path, TYPO))
    (result,) = made["runs"][0]["results"]
    result["level"] = "fatal"
    assert any("'fatal' is not one of" in said for said in complaints(made))
    result["level"] = "error"
    del result["locations"]
    assert any(said.startswith("GH1015: ") for said in complaints(made))


def test_a_log_says_what_the_text_says(capsys: Capture, tmp_path: Path) -> None:
    (result,) = results(capsys, small(tmp_path, TYPO))
    assert (result["ruleId"], result["level"]) == ("unknown-reference", "error")
    assert result["message"]["text"] == (
        "hire has role 'asiantuntia', which does not exist\ndid you mean 'asiantuntija'?"
    )
    assert uri(result) == "hires/aino.yaml"
    assert region(result) == {"startLine": 2, "startColumn": 7, "endColumn": 18}


def test_a_log_brings_the_page_of_each_rule_in_it(capsys: Capture, tmp_path: Path) -> None:
    rule = RULES["touchpoint-owner"]
    made = log(capsys, write_tree(tmp_path, with_example(rule.examples["Wrong"])))
    (described,) = made["runs"][0]["tool"]["driver"]["rules"]
    assert described == {
        "id": "touchpoint-owner",
        "shortDescription": {"text": "Every touchpoint is owned by exactly one role."},
        "fullDescription": {"text": rule.paragraphs[1]},
        "help": {"text": rule.page, "markdown": page("touchpoint-owner")},
        "defaultConfiguration": {"level": "warning"},
    }


def test_the_pages_of_all_rules_are_what_code_scanning_asks_for() -> None:
    made = json.loads(
        sarif.report([Problem(code, "is weak", "company.yaml", 1, 1) for code in RULES], REPOSITORY)
    )
    assert complaints(made) == []
    assert [each["id"] for each in made["runs"][0]["tool"]["driver"]["rules"]] == sorted(RULES)


@pytest.mark.parametrize("severity", Severity)
def test_a_company_that_lets_a_rule_count_otherwise_is_heeded(
    capsys: Capture, tmp_path: Path, severity: Severity
) -> None:
    root = small(tmp_path, {"company.yaml": QUIET.format(severity)})
    made = log(capsys, root, "--select", "pitch-length")
    assert [result["level"] for result in made["runs"][0]["results"]] == [severity]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_a_region_is_the_text_that_is_wrong(capsys: Capture, tmp_path: Path, line_end: str) -> None:
    text = line_end.join(["# 😀", '{name: A, why_you: "😀😀 é", role: asiantuntia}', ""])
    root = small(tmp_path, {"hires/aino.yaml": text.encode()})
    (run,) = log(capsys, root)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    there = region(run["results"][0])
    lines = LINE_BREAK.split(text)
    assert line_end in run["newlineSequences"]
    assert lines[there["startLine"] - 1][there["startColumn"] - 1 : there["endColumn"] - 1] == "asiantuntia"


def fingerprints(found: list[dict[str, Any]]) -> list[str]:
    return [result["partialFingerprints"]["pitchgenFinding/v1"] for result in found]


@pytest.mark.parametrize("fault", ["x: y", "text: B"], ids=["unknown key", "duplicate key"])
def test_a_fingerprint_stays_when_lines_and_items_move(capsys: Capture, tmp_path: Path, fault: str) -> None:
    needs = f"needs:\n  - id: a\n    text: A\n    {fault}\n"
    moved = needs.replace("needs:\n", "# Tarpeet\n\nneeds:\n  - id: uusi\n    text: Uusi\n")
    before, after = (
        results(capsys, small(tmp_path, {"personas/varmistelija.yaml": PERSONA_START + text}))
        for text in (needs, moved)
    )
    assert [region(each)["startLine"] + 4 for each in before] == [region(each)["startLine"] for each in after]
    assert fingerprints(before) == fingerprints(after)


def test_problems_of_different_lines_have_different_fingerprints(capsys: Capture, tmp_path: Path) -> None:
    text = PERSONA_START + "x: y\nz: y\n"
    found = results(capsys, small(tmp_path, {"personas/a.yaml": text, "personas/b.yaml": text}))
    assert len({each.partition(":")[0] for each in fingerprints(found)}) == len(found) == 4


def test_a_fingerprint_stays_when_a_like_problem_is_mended(capsys: Capture, tmp_path: Path) -> None:
    both = PERSONA_START + "needs:\n  - {id: a, text: A, x: y}\n  - {id: b, text: B, x: y}\n"
    before, after = (
        results(capsys, small(tmp_path, {"personas/varmistelija.yaml": text}))
        for text in (both, both.replace("A, x: y", "A"))
    )
    assert fingerprints(before)[1:] == fingerprints(after)


def test_like_problems_on_one_line_are_told_apart(capsys: Capture, tmp_path: Path) -> None:
    found = results(capsys, small(tmp_path, {"hires/aino.yaml": HIRE + "    personas: [x, x]\n"}))
    first, second = fingerprints(found)
    assert (first.partition(":")[0], first[-2:], second[-2:]) == (second.partition(":")[0], ":1", ":2")


# Where a file is in its repository.


def files_told(capsys: Capture, root: Path) -> set[str]:
    """The files that both formats name, which must be the same ones."""
    lines = report(capsys, root, "github").splitlines()
    told = [command(line).properties["file"] for line in lines]
    assert [unquote_to_bytes(uri(result)).decode() for result in results(capsys, root)] == told
    return set(told)


def test_files_are_named_from_the_top_of_the_repository(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path / "repo" / "henkilöstö" / "hr", TYPO)
    git(tmp_path / "repo", "init")
    for here in (tmp_path, tmp_path / "repo", root, root / "hires"):
        monkeypatch.chdir(here)
        assert files_told(capsys, root) == {"henkilöstö/hr/hires/aino.yaml"}


def test_a_worktree_is_a_repository_too(capsys: Capture, tmp_path: Path) -> None:
    small(tmp_path / "repo" / "hr", TYPO)
    git(tmp_path / "repo", "init")
    git(tmp_path / "repo", "add", ".")
    git(tmp_path / "repo", "commit", "-m", "a")
    git(tmp_path / "repo", "worktree", "add", "../repo/tree")
    assert files_told(capsys, tmp_path / "repo" / "tree" / "hr") == {"hr/hires/aino.yaml"}


def test_a_workspace_behind_a_link_is_named_as_the_repository_knows_it(
    capsys: Capture, tmp_path: Path
) -> None:
    small(tmp_path / "repo" / "hr", TYPO)
    git(tmp_path / "repo", "init")
    (tmp_path / "link").symlink_to(tmp_path / "repo" / "hr")
    assert files_told(capsys, tmp_path / "link") == {"hr/hires/aino.yaml"}


def test_without_a_repository_files_are_named_from_here(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small(tmp_path / "hr", TYPO)
    (tmp_path / "other").mkdir()
    for here, said in ((tmp_path, "hr/hires"), (root, "hires"), (tmp_path / "other", "hires")):
        monkeypatch.chdir(here)
        assert files_told(capsys, root) == {f"{said}/aino.yaml"}


# Any problem at all.

# What a person may type: letters of any script, and what means something to a format.
WORDS = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("%:,;=#]\\\"'<>&"), min_size=1
)
LINES = st.lists(WORDS | st.sampled_from(["::error::x", "%0A", "%250A", "##[error]", "a,line=9"]), min_size=1)
# The runner trims a path, so that spaces at its ends are lost whatever one does.
NAMES = WORDS.map(str.strip).filter(lambda name: name and "/" not in name and name not in {".", ".."})
PATHS = st.lists(NAMES, max_size=3).map("/".join)
PLACES = st.just((0, 0, 1)) | st.tuples(*[st.integers(1, 10_000)] * 3)


@st.composite
def told(draw: st.DrawFn) -> tuple[Problem, str]:
    """A problem, and the text that is to be shown of it."""
    message, hint = draw(LINES), draw(st.just([]) | LINES)
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    line, column, width = draw(PLACES)
    problem = Problem(
        draw(st.sampled_from(["unknown-key", "not-yaml", *RULES])),
        line_end.join(message),
        draw(PATHS),
        line,
        column,
        (draw(WORDS), draw(st.integers(0, 9))),
        line_end.join(hint),
        draw(st.sampled_from(Severity)),
        draw(WORDS),
        width,
    )
    return problem, "\n".join([*message, *hint])


@settings(max_examples=10)
@given(st.lists(told(), min_size=10, max_size=50))
def test_any_problems_are_what_githubs_own_toolkit_prints(problems: list[tuple[Problem, str]]) -> None:
    printed = github.report([problem for problem, _ in problems], REPOSITORY)
    assert printed == annotated(problems)
    # Only these end a line for the runner.
    lines = printed.replace("\r", "\n").split("\n")[:-1]
    for line, (problem, text) in zip(lines, problems, strict=True):
        said = command(line)
        assert (said.name, said.text) == (COMMANDS[problem.severity], text)
        assert said.properties.get("file", "") == problem.path
        assert int(said.properties.get("line", 0)) == problem.line
        assert int(said.properties.get("col", 0)) == problem.column


@given(st.lists(told(), max_size=5))
def test_any_problems_make_a_valid_log_with_the_same_facts(problems: list[tuple[Problem, str]]) -> None:
    made = json.loads(sarif.report([problem for problem, _ in problems], REPOSITORY))
    assert list(sarif_schema().iter_errors(made)) == []
    for result, (problem, text) in zip(made["runs"][0]["results"], problems, strict=True):
        assert (result["ruleId"], result["level"]) == (problem.code, problem.severity)
        assert result["message"]["text"] == text
        assert unquote_to_bytes(uri(result)).decode() == (problem.path or "company.yaml")
        assert region(result)["startLine"] == max(problem.line, 1)
        assert region(result).get("startColumn", 0) == problem.column
    assert len(set(fingerprints(made["runs"][0]["results"]))) == len(problems)


@given(st.text(), st.text(), st.binary(min_size=1).map(os.fsdecode), st.text())
def test_whatever_is_in_a_problem_its_reports_are_text(
    message: str, hint: str, path: str, source: str
) -> None:
    problem = Problem("x", message, path.replace("/", ""), 1, 1, hint=hint, source=source)
    printed = github.report([problem], REPOSITORY)
    assert printed.encode().count(b"\n") == 1
    assert not [c for c in printed[:-1] if unicodedata.category(c) in {"Cc", "Cs"}]
    made = json.loads(sarif.report([problem], REPOSITORY))
    json.dumps(made, ensure_ascii=False).encode()
    assert list(sarif_schema().iter_errors(made)) == []
