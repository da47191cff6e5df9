"""What a build says of newcomers and their managers: where something is wrong, never what they wrote."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import csv_of
from workspaces import HIRE, pitchgen_here, small

from pitchgen.model.hire import Hire, HireGoal, Manager
from pitchgen.problems import discreet, quoting
from pitchgen.workspace.columns import fields

MARKER = "Qzx"
# What somebody may write, as it stands in a YAML file.
WRITTEN = st.sampled_from(
    [
        MARKER,
        f"{MARKER} yö",
        f"{MARKER}@",
        f"{MARKER}ä@example.com",
        f"*{MARKER}",
        f"&{MARKER} a",
        f"!{MARKER} a",
        f"'{MARKER}' b",
        f'"{MARKER}\\q"',
        f"{{{MARKER}, b}}",
        f"[{MARKER}]",
        f"{{{MARKER}: 1}}",
        f"{{{MARKER}: 1, {MARKER}: 2}}",
        f"a: {MARKER}: b",
        f"@{MARKER}",
        f"2026-13-{MARKER}",
        f"day {MARKER}",
        f"#{MARKER}",
        f"\n  {MARKER}: a\n  {MARKER}: b",
        f"\n  - {MARKER}\n - {MARKER}",
        f"\n  fi: {MARKER}\n  de: {MARKER}\n  {MARKER}: a",
        f"\n  - {{text: a, metric: {MARKER}}}",
        f"\n  - {{text: a, target: '{MARKER}'}}",
        f"\n  - {{text: a, due: '{MARKER}'}}",
    ]
)
CELLS = st.sampled_from(
    [MARKER, f"{MARKER}@ä", f"{MARKER};{MARKER} b", f"01/02/{MARKER}", f"#{MARKER}!", f"2026-13-{MARKER}"]
)
Capture = pytest.CaptureFixture[str]
KEYS = st.sampled_from(sorted({*Hire.model_fields, *Manager.model_fields, *HireGoal.model_fields, MARKER}))
LINES = st.lists(st.tuples(KEYS, WRITTEN), min_size=1, max_size=3)


def said(capsys: pytest.CaptureFixture[str], root: Path, *options: str) -> str:
    """All that a build says of what is wrong, on stderr and in its report."""
    report = root / "report.json"
    report.unlink(missing_ok=True)
    options = ("--documents", "pitch", "--format", "txt", "--report", str(report), *options)
    done = pitchgen_here(capsys, "build", *options, "-o", str(root / "out"), workspace=root)
    assert done.returncode in (0, 1, 3)
    found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    rows = (problem for row in found.get("documents", ()) for problem in row["problems"])
    return done.stderr + json.dumps([*found.get("problems", ()), *rows], ensure_ascii=False)


def lines_of(lines: list[tuple[str, str]]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in lines)


def test_no_message_of_a_build_quotes_a_hire_or_a_manager(tmp_path: Path, capsys: Capture) -> None:
    @settings(max_examples=150)
    @given(LINES, LINES, st.booleans())
    def judge(hire: list[tuple[str, str]], manager: list[tuple[str, str]], inside: bool) -> None:
        within = indent(lines_of(manager), "  ")
        files = {
            "hires/aino.yaml": f"name: Aino\nrole: asiantuntija\n{lines_of(hire)}",
            "hires/bo.yaml": "name: Bo\nrole: asiantuntija\n" + (f"manager:\n{within}" if inside else ""),
            "managers/maija.yaml": "name: Maija\n" + ("" if inside else lines_of(manager)),
        }
        assert MARKER not in said(capsys, small(tmp_path, files))

    judge()


@pytest.mark.parametrize("key", ["id: matti", f"id: {MARKER}"])
def test_no_hint_of_a_build_names_the_managers(tmp_path: Path, capsys: Capture, key: str) -> None:
    files = {
        "managers/maija.yaml": f"name: Maija\nid: {MARKER}\n",
        "managers/matti.yaml": f"name: Matti\n{key}\n",
        "hires/aino.yaml": f"name: Aino\nrole: asiantuntija\nmanager: {MARKER}x\n",
    }
    found = said(capsys, small(tmp_path, files))
    assert "does not exist" in found
    assert MARKER not in found


def test_no_message_of_a_build_quotes_a_cell(tmp_path: Path, capsys: Capture) -> None:
    columns = [field for field in fields() if field not in ("first_name", "last_name", "name")]

    @settings(max_examples=60)
    @given(st.dictionaries(st.sampled_from(columns), CELLS, min_size=1, max_size=3))
    def judge(cells: dict[str, str]) -> None:
        row = {"name": "Aino", "role": "asiantuntija", **cells}
        files = {"list.csv": csv_of([list(row), list(row.values())])}
        root = small(tmp_path, {**files, "managers/maija.yaml": "name: Maija\n"})
        assert MARKER not in said(capsys, root, "--hires", str(root / "list.csv"))

    judge()


@pytest.mark.parametrize(
    "fault",
    [
        "{{ name[name] }}",
        "{{ words[name] }}",
        "{% include name %}",
        "{% import name as x %}",
        "{{ name + 1 }}",
        "{{ name.__class__ }}",
        "{{ name() }}",
        "{{ name | attr(name) }}",
        "{{ {}[name] }}",
        "{{ '%d' | format(name) }}",
        "{{ range(name) }}",
        "{% for a, b in [name] %}{% endfor %}",
    ],
)
def test_no_message_of_a_build_quotes_what_a_template_was_filled_in_with(
    tmp_path: Path, capsys: Capture, fault: str
) -> None:
    files = {
        "templates/languages/fi/pitch.md": fault,
        "hires/aino.yaml": HIRE.replace("Aino Virtanen", MARKER),
    }
    found = said(capsys, small(tmp_path, files))
    assert "templates/languages/fi/pitch.md:1:1" in found
    assert MARKER not in found


def test_a_sentence_knows_what_it_quotes() -> None:
    number = quoting("must be a number{}", quoting(", not '{}'", "{Aino}"))
    whole = quoting("'{}' {}", "Bo", number) + "; once more"
    assert whole == "'Bo' must be a number, not '{Aino}'; once more"
    assert discreet(whole) == "'…' must be a number, not '…'; once more"
    assert discreet(pickle.loads(pickle.dumps(whole))) == discreet(whole)
    assert discreet("is empty") == "is empty"
