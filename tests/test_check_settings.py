"""What `check` looks at and how much it counts: options, `checks:` in company.yaml, and remarks in files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orderly import ORDERLY, with_example
from test_rules import Capture, codes, found
from workspaces import pitchgen, pitchgen_here, seconds_of_work, write_tree

from pitchgen.cli.terminal import MOST_SHOWN
from pitchgen.load.comments import comments
from pitchgen.load.document import parse
from pitchgen.load.faults import LINE_BREAK, Unreadable
from pitchgen.problems import Severity
from pitchgen.rules import RULES, Facts, Finding
from pitchgen.rules.rule import rule

# In words, in chain and in age: one weakness each, and one thing to note.
WEAK = """
# company.yaml
strategy:
  name: Close to every day
  aim: Every call is answered.
  valid_to: 2026-12-31
  goals: [{id: tell-first, text: Of nine faults in ten the customer hears from us before they call.}]
# roles/adviser.yaml
owns: [invoice]
outcomes: [The phone is answered as soon as possible.]
# personas/fast.yaml
reviewed_on: 2024-01-01
evidence: {level: data, as_of: 2023-12-01}
"""
CHAIN, WORDS, AGE, NOTE = "touchpoint-owner", "vague-words", "stale-persona", "strategy-ends-soon"
ALL = {CHAIN, WORDS, AGE, NOTE}


def weak(root: Path, checks: str = "") -> Path:
    files = with_example(WEAK)
    return write_tree(root, files | {"company.yaml": f"{files['company.yaml']}{checks}"})


# Choosing rules


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ALL),
        (["--select", WORDS], {WORDS}),
        (["--select", f"{WORDS},{CHAIN}"], {WORDS, CHAIN}),
        (["--select", f" {WORDS} , {CHAIN},"], {WORDS, CHAIN}),
        (["--select", WORDS, "--select", CHAIN], {WORDS, CHAIN}),
        (["--select", "age"], {AGE, NOTE}),
        (["--select", "age", "--ignore", AGE], {NOTE}),
        (["--select", AGE, "--ignore", "age"], {AGE}),
        (["--ignore", "age"], {WORDS, CHAIN}),
        (["--ignore", AGE], ALL - {AGE}),
        (["--ignore", AGE, "--ignore", "words,chain"], {NOTE}),
        (["--select", "chain,words"], {WORDS, CHAIN}),
    ],
)
def test_rules_are_chosen_by_code_and_by_group(
    capsys: Capture, tmp_path: Path, options: list[str], expected: set[str]
) -> None:
    assert set(codes(found(capsys, weak(tmp_path), *options))) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", WORDS, "--ignore", WORDS], f"--select and --ignore both name '{WORDS}'"),
        (["--select", "age", "--ignore", "chain,age"], "--select and --ignore both name 'age'"),
        (["--select", "vague-word"], "there is no rule 'vague-word'; did you mean 'vague-words'?"),
        (["--ignore", "wrods"], "there is no rule 'wrods'; did you mean 'words'?"),
        (["--select", "zzz"], "there is no rule 'zzz'; the groups are: chain, "),
        (["--select", ""], "names no rule"),
        (["--ignore", ","], "names no rule"),
        (["--explain", "vague-word"], "there is no rule 'vague-word'; did you mean 'vague-words'?"),
        (["--explain", "chain"], "there is no rule 'chain'; it is the group of: "),
    ],
)
def test_a_choice_that_cannot_be_is_wrong_usage(
    capsys: Capture, tmp_path: Path, options: list[str], said: str
) -> None:
    result = pitchgen_here(capsys, "check", *options, workspace=weak(tmp_path))
    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == ""


# How much a rule counts


@pytest.mark.parametrize(
    ("said", "severity", "code", "strict"),
    [("error", "error", 1, 1), ("warning", "warning", 0, 1), ("note", "note", 0, 0)],
)
def test_the_company_says_how_much_a_rule_counts(
    capsys: Capture, tmp_path: Path, said: str, severity: str, code: int, strict: int
) -> None:
    root = weak(tmp_path, f"checks: {{severities: {{{WORDS}: {said}}}}}\n")
    result = pitchgen_here(capsys, "check", "--select", WORDS, workspace=root)
    assert f": {severity}[{WORDS}]: " in result.stderr
    assert result.returncode == code
    assert pitchgen_here(capsys, "check", "--strict", "--select", WORDS, workspace=root).returncode == strict


def test_a_note_is_counted_apart(capsys: Capture, tmp_path: Path) -> None:
    result = pitchgen_here(capsys, "check", "--strict", "--select", NOTE, workspace=weak(tmp_path))
    assert f"note[{NOTE}]: the strategy ends in 40 days" in result.stderr
    assert result.stderr.endswith("\n0 errors, 0 warnings, 1 note\n")
    assert result.returncode == 0


def test_a_rule_that_is_off_is_looked_at_only_when_named(capsys: Capture, tmp_path: Path) -> None:
    root = weak(tmp_path, f"checks: {{severities: {{{WORDS}: off, {NOTE}: off}}}}\n")
    assert set(codes(found(capsys, root))) == {CHAIN, AGE}
    assert codes(found(capsys, root, "--select", "words,age")) == [AGE]
    assert codes(found(capsys, root, "--select", WORDS)) == [WORDS]
    assert codes(found(capsys, root, "--select", f"age,{NOTE}")) == [AGE, NOTE][::-1]
    assert [row["severity"] for row in found(capsys, root, "--select", NOTE)] == ["note"]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("vague-word", "did you mean 'vague-words'?"),
        ("chain", "it is the group of: touchpoint-owner, "),
        ("zzz", "docs/rules.md lists the rules"),
    ],
)
def test_a_rule_that_does_not_exist_cannot_be_set(
    capsys: Capture, tmp_path: Path, code: str, hint: str
) -> None:
    root = weak(tmp_path, f"checks:\n  severities:\n    {code}: off\n")
    (row,) = (row for row in found(capsys, root) if row["code"] == "unknown-rule")
    line = (root / "company.yaml").read_text(encoding="utf-8").splitlines().index(f"    {code}: off") + 1
    assert (row["code"], row["line"], row["column"]) == ("unknown-rule", line, 5)
    assert row["message"] == f"there is no rule '{code}'"
    assert row["hint"].startswith(hint)
    # The others are looked at all the same.
    assert set(codes(found(capsys, root))) == {"unknown-rule", *ALL}


WRONG_SETTINGS = {
    "checks: off": (1, 9, "must be a group of `key: value` lines, not a text"),
    "checks: [words]": (1, 9, "must be a group of `key: value` lines, not a list"),
    "checks:\n  severity: {}": (2, 3, "'severity' is not a key that belongs here"),
    "checks:\n  severities: [words]": (2, 15, "must be a group of `key: value` lines, not a list"),
    "checks:\n  severities:\n    vague-words: loud": (
        3,
        18,
        "must be error, warning, note or off, not 'loud'",
    ),
    "checks:\n  severities:\n    vague-words:": (3, 17, "must be error, warning, note or off, not nothing"),
    "checks:\n  severities:\n    vague-words: [off]": (
        3,
        18,
        "must be error, warning, note or off, not a list",
    ),
    "checks:\n  limits: 90": (2, 11, "must be a group of `key: value` lines, not a text"),
    "checks:\n  limits:\n    longest_pich: 90": (3, 5, "'longest_pich' is not a key that belongs here"),
    "checks:\n  limits:\n    longest_pitch: 1.5 min": (
        3,
        20,
        "must be a whole number from 1 to 10 000, not '1.5 min'",
    ),
    "checks:\n  limits:\n    longest_pitch: 90.5": (
        3,
        20,
        "must be a whole number from 1 to 10 000, not '90.5'",
    ),
    "checks:\n  limits:\n    review_days: 0": (3, 18, "must be a whole number from 1 to 10 000, not '0'"),
    "checks:\n  limits:\n    review_days: -1": (3, 18, "must be a whole number from 1 to 10 000, not '-1'"),
    "checks:\n  limits:\n    review_days: [1]": (
        3,
        18,
        "must be a whole number from 1 to 10 000, not a list",
    ),
    "checks:\n  limits:\n    similarity: 80 %": (
        3,
        17,
        "must be a share from 0.5 to 1, like 0.8, not '80 %'",
    ),
    "checks:\n  limits:\n    similarity: 1.01": (
        3,
        17,
        "must be a share from 0.5 to 1, like 0.8, not '1.01'",
    ),
    "checks:\n  limits:\n    shortest_pitch: 90": (
        3,
        21,
        "the shortest pitch, 90 s, must be shorter than the longest, 90 s",
    ),
    "checks:\n  limits:\n    longest_pitch: 50": (
        3,
        20,
        "the shortest pitch, 60 s, must be shorter than the longest, 50 s",
    ),
    "checks:\n  limits:\n    longest_pitch: 70\n    shortest_pitch: 80": (
        3,
        20,
        "the shortest pitch, 80 s, must be shorter than the longest, 70 s",
    ),
}


@pytest.mark.parametrize("checks", WRONG_SETTINGS)
def test_a_wrong_setting_is_an_error_at_its_place(capsys: Capture, tmp_path: Path, checks: str) -> None:
    root = weak(tmp_path)
    lines = len((root / "company.yaml").read_text(encoding="utf-8").splitlines())
    (row,) = found(capsys, weak(tmp_path, checks))
    line, column, message = WRONG_SETTINGS[checks]
    assert (row["line"] - lines, row["column"], row["message"]) == (line, column, message)
    assert "unit" not in row["hint"]


def test_settings_left_empty_are_the_usual_ones(capsys: Capture, tmp_path: Path) -> None:
    for checks in ("checks:\n", "checks: {}\n", "checks:\n  limits:\n  severities:\n"):
        assert set(codes(found(capsys, weak(tmp_path, checks)))) == ALL


# Remarks

ALLOW = f"# pitchgen: allow {WORDS} because she says it with a wink"
OUTCOME = "The phone is answered as soon as possible."
ALLOWED = {
    "on the line": f"outcomes:\n  - {OUTCOME}  {ALLOW}\n",
    "above it": f"outcomes:\n  {ALLOW}\n  - {OUTCOME}\n",
    "above it with a gap": f"outcomes:\n  {ALLOW}\n  # and more\n\n  - {OUTCOME}\n",
    "above its key": f"{ALLOW}\noutcomes:\n  - {OUTCOME}\n",
    "above its key, on a later item": f"{ALLOW}\noutcomes:\n  - Someone answers.\n  - {OUTCOME}\n",
    "on its key": f"outcomes: {ALLOW}\n  - Someone answers.\n  - {OUTCOME}\n",
    "above a text of languages": f"outcomes:\n  {ALLOW}\n  - en: {OUTCOME}\n",
    "on a line of a text of languages": f"outcomes:\n  - en: {OUTCOME} {ALLOW}\n",
    "on a list without indentation": f"outcomes:\n{ALLOW}\n- {OUTCOME}\n",
    "on a folded text": f"outcomes:\n  - >- {ALLOW}\n    {OUTCOME}\n",
    "above a folded text": f"outcomes:\n  {ALLOW}\n  - >-\n    {OUTCOME}\n",
    "on a quoted text": f'outcomes:\n  - "{OUTCOME}" {ALLOW}\n',
    "between the dash and its text": f"outcomes:\n  - {ALLOW}\n    {OUTCOME}\n",
    "with Windows line ends": f"outcomes:\r\n  {ALLOW}\r\n  - {OUTCOME}\r\n",
    "in braces": f"outcomes: [{OUTCOME}] {ALLOW}\n",
    "in other letters": f"outcomes:\n  - {OUTCOME} ##  Pitchgen :  Allow  {WORDS}  because of the wink\n",
    "deep inside": f"goals:\n  - text: {OUTCOME} {ALLOW}\n    metric: nps\n    target: 50\n    day: 1\n",
    "above an item": f"goals:\n  {ALLOW}\n  - metric: nps\n    text: {OUTCOME}\n    day: 1\n    target: 50\n",
}
NOT_ALLOWED = {
    "above another key": f"{ALLOW}\ndecides:\noutcomes:\n  - {OUTCOME}\n",
    "on another item": f"outcomes:\n  - Someone answers. {ALLOW}\n  - {OUTCOME}\n",
    "above another item": f"outcomes:\n  {ALLOW}\n  - Someone answers.\n  - {OUTCOME}\n",
    "on the line below": f"outcomes:\n  - {OUTCOME}\n  {ALLOW}\n",
    "on another key of the item": f"goals:\n  - metric: nps {ALLOW}\n    text: {OUTCOME}\n    target: 50\n",
    "for another rule": f"outcomes:\n  - {OUTCOME} # pitchgen: allow pitch-length because she talks fast\n",
}


def with_lines(root: Path, lines: str) -> Path:
    """The orderly workspace with these lines in place of the adviser's own outcomes and goals."""
    role = with_example("# roles/adviser.yaml\noutcomes:\ngoals:\n")["roles/adviser.yaml"]
    kept = re.sub(r"^(outcomes|goals|decides):.*\n(- .*\n)*", "", role, flags=re.MULTILINE)
    return write_tree(root, ORDERLY | {"roles/adviser.yaml": (kept + lines).encode()})


@pytest.mark.parametrize("where", ALLOWED)
def test_a_remark_allows_what_it_stands_beside_or_above(capsys: Capture, tmp_path: Path, where: str) -> None:
    root = with_lines(tmp_path, ALLOWED[where])
    assert found(capsys, root, "--select", WORDS) == []


@pytest.mark.parametrize("where", NOT_ALLOWED)
def test_a_remark_allows_nothing_else(capsys: Capture, tmp_path: Path, where: str) -> None:
    root = with_lines(tmp_path, NOT_ALLOWED[where])
    rows = found(capsys, root, "--select", f"{WORDS},pitch-length")
    assert sorted(codes(rows)) == ["unused-remark", WORDS]


NO_REMARKS = {
    "in a block": f"outcomes:\n  - |\n    {OUTCOME}\n    {ALLOW}\n",
    "in a folded block": f"outcomes:\n  - >-\n\n    {ALLOW}\n    {OUTCOME}\n",
    "in quotes": f'outcomes:\n  - "{OUTCOME} {ALLOW}"\n',
    "in single quotes over lines": f"outcomes:\n  - '{OUTCOME}\n    {ALLOW}'\n",
    "stuck to a text": f"outcomes:\n  - {OUTCOME}{ALLOW.replace(':', '')}\n",
    "told of in a comment": f"outcomes:\n  # Write `{ALLOW}` above it.\n  - {OUTCOME}\n",
    "a word with pitchgen": f"outcomes:\n  # pitchgen makes the pitch from this\n  - {OUTCOME}\n",
}


@pytest.mark.parametrize("where", NO_REMARKS)
def test_what_only_looks_like_a_remark_is_none(capsys: Capture, tmp_path: Path, where: str) -> None:
    root = with_lines(tmp_path, NO_REMARKS[where])
    assert codes(found(capsys, root, "--select", WORDS)) == [WORDS]


@pytest.mark.parametrize(
    "remark",
    [
        f"# pitchgen: allow {WORDS}",
        f"# pitchgen: allow {WORDS} because",
        f"# pitchgen: allow {WORDS} because   ",
        f"# pitchgen: ignore {WORDS} because she says it with a wink",
        f"# pitchgen: allow {WORDS}, pitch-length because she says it with a wink",
        f"# pitchgen allow {WORDS}",
        "# pitchgen:",
    ],
)
def test_a_remark_that_cannot_be_understood_is_an_error(capsys: Capture, tmp_path: Path, remark: str) -> None:
    root = with_lines(tmp_path, f"outcomes:\n  {remark}\n  - {OUTCOME}\n")
    result = pitchgen_here(capsys, "check", "--select", WORDS, workspace=root)
    assert result.returncode == 1
    assert ": error[bad-remark]: this remark to pitchgen cannot be understood\n" in result.stderr
    assert f"{'^' * len(remark.rstrip())} write `# pitchgen: allow CODE because REASON`" in result.stderr
    assert f"warning[{WORDS}]" in result.stderr


def test_a_remark_for_a_rule_that_does_not_exist_is_an_error(capsys: Capture, tmp_path: Path) -> None:
    root = with_lines(
        tmp_path, f"outcomes: # pitchgen: allow vague-word because of the wink\n  - {OUTCOME}\n"
    )
    rows = found(capsys, root, "--select", WORDS)
    assert codes(rows) == ["unknown-rule", WORDS]
    assert (rows[0]["severity"], rows[0]["column"]) == ("error", 11)
    assert rows[0]["hint"] == "did you mean 'vague-words'?"


def test_a_remark_that_allows_nothing_is_a_warning(capsys: Capture, tmp_path: Path) -> None:
    root = with_lines(tmp_path, f"outcomes:\n  - The phone is answered within a minute.  {ALLOW}\n")
    (row,) = (row for row in found(capsys, root) if row["code"] == "unused-remark")
    assert row["severity"] == "warning"
    assert row["message"] == f"allows '{WORDS}', which is not found here"
    # When its rule is not looked at, nobody can tell.
    assert "unused-remark" not in codes(found(capsys, root, "--ignore", WORDS))


def test_two_rules_are_allowed_at_one_place_by_two_remarks(capsys: Capture, tmp_path: Path) -> None:
    lines = f"""\
outcomes:
  {ALLOW}
  # pitchgen: allow avoided-word because the owner said so
  - The phone is answered with synergy as soon as possible.
"""
    root = with_lines(tmp_path, lines)
    assert found(capsys, root, "--select", "words,brand") == []
    above_and_beside = lines.replace(f"  {ALLOW}\n", "").replace("possible.", f"possible. {ALLOW}")
    assert found(capsys, with_lines(tmp_path, above_and_beside), "--select", "words,brand") == []


def test_what_is_allowed_in_one_file_is_not_in_another(capsys: Capture, tmp_path: Path) -> None:
    files = with_example(
        f"# roles/adviser.yaml\noutcomes: [{OUTCOME}]\n# roles/planner.yaml\noutcomes: [{OUTCOME}]\n"
    )
    files["roles/planner.yaml"] = files["roles/planner.yaml"].replace("outcomes:", f"{ALLOW}\noutcomes:")
    rows = found(capsys, write_tree(tmp_path, files), "--select", WORDS)
    assert [row["path"] for row in rows] == ["roles/adviser.yaml"]


# Comments in general


def test_comments_know_where_they_stand() -> None:
    text = "# one\na: b # two\nc: 'd # no\n  # no'\ne:\n  - # three\n    f#no\ng: | # four\n  # no\n# five"
    assert [(*comment.mark, comment.text, comment.alone) for comment in comments(text)] == [
        (1, 1, "# one", True),
        (2, 6, "# two", False),
        (6, 5, "# three", True),
        (8, 6, "# four", False),
        (10, 1, "# five", True),
    ]


@given(st.text("ab:#'\"|>-\n ä", max_size=60))
def test_a_text_without_its_comments_is_the_same_data(text: str) -> None:
    try:
        data = parse(text.encode())
    except Unreadable:
        return
    lines = LINE_BREAK.split(text)
    for comment in comments(text):
        line, column = comment.mark
        lines[line - 1] = lines[line - 1][: column - 1] + "# changed"
    assert parse("\n".join(lines).encode()) == data


# When things go wrong, and when there is much to say


@pytest.fixture
def failing_rule() -> Iterator[None]:
    @rule("always-fails")
    def look(facts: Facts) -> Iterator[Finding]:
        yield Finding(facts.workspace.at, "seen before it failed")
        raise ZeroDivisionError("the rule fell over")

    yield
    del RULES["always-fails"]


@pytest.mark.usefixtures("failing_rule")
def test_a_rule_that_fails_hides_no_other(capsys: Capture, tmp_path: Path) -> None:
    root = weak(tmp_path)
    result = pitchgen_here(capsys, "check", workspace=root)
    assert result.returncode == 70
    assert all(f"[{code}]" in result.stderr for code in ALL)
    assert "in the rule 'always-fails'" in result.stderr
    assert "the rule fell over" in result.stderr
    assert "please report" in result.stderr
    for format in ("json", "github", "sarif"):
        result = pitchgen_here(capsys, "check", "--format", format, workspace=root)
        assert result.returncode == 70
        assert all(code in result.stdout for code in ALL)
    assert pitchgen_here(capsys, "check", "--ignore", "always-fails", workspace=root).returncode == 0


def test_of_ten_thousand_problems_the_worst_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    outcomes = "".join(f"  - We do number {n} if needed.\n" for n in range(2_500))
    role = ORDERLY["roles/planner.yaml"].replace("\n        ", "\n").lstrip() + "outcomes:\n" + outcomes
    roles = {f"roles/r{n}.yaml": role for n in range(4)}
    personas = {f"personas/p{n}.yaml": "label: <a name>\nsummary: Somebody\n" for n in range(5)}
    checks = f"checks: {{severities: {{{CHAIN}: error, {WORDS}: note}}}}\n"
    root = weak(tmp_path, checks)
    write_tree(root, roles | personas)
    options = ("--select", f"{WORDS},placeholder,{CHAIN}")
    with seconds_of_work(120):
        result = pitchgen("check", *options, workspace=root)
    heads = re.findall(r": (error|warning|note)\[", result.stderr)
    assert heads == ["error"] + ["warning"] * 5 + ["note"] * (MOST_SHOWN - 6)
    assert result.stderr.splitlines()[-3:] == [
        "and 9,807 more problems:",
        "   9,807 vague-words",
        "1 error, 5 warnings, 10,001 notes",
    ]
    assert result.returncode == 1
    everything = pitchgen("check", *options, "--format", "json", workspace=root)
    assert len(json.loads(everything.stdout)) == 10_007
    quiet = pitchgen("check", *options, "-q", workspace=root)
    assert len(quiet.stderr.splitlines()) == 3
    assert Severity.WARNING not in quiet.stderr
