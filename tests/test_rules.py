"""Every rule: its examples run for real, its page is current; and how rules are chosen and allowed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any, cast

import pytest
from orderly import ORDERLY, with_example
from workspaces import REPOSITORY, TODAY, linked, pitchgen_here, write_tree

from pitchgen.rules import RULES, Facts, Rule
from pitchgen.rules.pages import documentation
from pitchgen.rules.run import OF_DOCUMENTS

Capture = pytest.CaptureFixture[str]


def found(capsys: Capture, root: Path, *arguments: str) -> list[dict[str, Any]]:
    """What `check` says about the workspace."""
    result = pitchgen_here(capsys, "check", "--format", "json", *arguments, workspace=root)
    assert result.returncode in (0, 1), result.stderr
    rows = json.loads(result.stdout)
    assert isinstance(rows, list)
    return rows


def codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


# Each rule


def test_in_an_orderly_workspace_no_rule_finds_anything(capsys: Capture, tmp_path: Path) -> None:
    assert found(capsys, write_tree(tmp_path, ORDERLY)) == []


@pytest.mark.parametrize("code", RULES)
def test_the_wrong_example_of_a_rule_is_found_at_its_place(
    capsys: Capture, tmp_path: Path, code: str
) -> None:
    root = write_tree(tmp_path, with_example(RULES[code].examples["Wrong"]))
    rows = found(capsys, root, "--select", code)
    assert set(codes(rows)) == {code}
    for row in rows:
        assert row["severity"] == RULES[code].severity
        assert (root / row["path"]).is_file()
        assert row["line"] >= 1
        assert row["hint"]


@pytest.mark.parametrize("code", RULES)
def test_the_right_example_of_a_rule_is_in_order(capsys: Capture, tmp_path: Path, code: str) -> None:
    root = write_tree(tmp_path, with_example(RULES[code].examples["Right"]))
    assert found(capsys, root, "--select", code) == []


class _Noted:
    """A workspace that notes what is asked of it."""

    def __init__(self, workspace: Any) -> None:
        self.workspace = workspace
        self.asked = set[str]()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self.workspace, name)


class _NotedFacts(Facts):
    @property
    def items(self) -> tuple[Any, ...]:
        self.workspace.hires  # noqa: B018 - those of newcomers are among them
        return super().items


# What the others find is said when the document is made.
@pytest.mark.parametrize("code", [code for code in RULES if code not in OF_DOCUMENTS])
def test_a_rule_that_looks_at_newcomers_says_so(tmp_path: Path, code: str) -> None:
    rule = RULES[code]
    asked = set[str]()
    # Some look only where a company has several languages, or addresses people in one tone.
    for changes in ({}, {"languages: [en]": "languages: [en, fi]", "brand:\n": "brand:\n  tone: formal\n"}):
        company = dedent(ORDERLY["company.yaml"])
        for old, new in changes.items():
            company = company.replace(old, new)
        noted = _Noted(linked(write_tree(tmp_path, {**ORDERLY, "company.yaml": company})))
        list(rule.look(_NotedFacts(cast("Any", noted), date.fromisoformat(TODAY))))
        asked |= noted.asked
    assert ("hires" in asked) is rule.of_newcomers


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_page_of_a_rule_says_what_why_and_how_to_mend(rule: Rule) -> None:
    what, why, mend = rule.paragraphs
    assert what.endswith(".")
    assert len(why) > 60
    assert len(mend) > 30
    assert list(rule.examples) == ["Wrong", "Right"]


@pytest.mark.parametrize("path", sorted(documentation()))
def test_the_docs_say_what_the_rules_say(path: str) -> None:
    # `make rules` writes them anew.
    assert (REPOSITORY / path).read_text(encoding="utf-8") == documentation()[path]


def test_there_is_no_page_of_a_rule_that_is_no_more() -> None:
    pages = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs/rules").iterdir()}
    assert pages == set(documentation()) - {"docs/rules.md"}
