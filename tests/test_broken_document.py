"""A document that fails for a fault of its own: that is said to be a bug, and costs no other document."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from builds import build, documents, intake, listed
from workspaces import REPOSITORY, pitchgen, write_tree

# A document more, that fails for one of the newcomers.
KIND = """\
from pitchgen.documents.kind import SHARED_STYLES, DocumentKind

KIND = DocumentKind(
    name="broken", of="hire", reader="manager", place=0, layout="broken.html", styles=SHARED_STYLES,
    summary="Fails.", texts=("txt",),
)
"""
COMPOSE = """\
from pitchgen.documents.kind import Content

def compose(context, hire):
    if hire.model.name == "Bo Ek":
        {failure}
    name = hire.model.name
    return Content(name, {{"heading": name}}, texts={{"txt": lambda: name}})
"""
ADDED = "import sys, pitchgen.documents\npitchgen.documents.__path__.append({!r})\n"
LAYOUT = '{% extends "base.html" %}{% block body %}<main><h1>{{ heading }}</h1></main>{% endblock %}\n'
# By where it fails.
FAILURES = {
    "composing": 'raise ValueError("Bo Ek is personal")',
    "composing, too deep": "return compose(context, hire)",
    "a page": 'return Content("Bo Ek is personal", None)',
    "a text": 'return Content("x", {}, texts={"txt": lambda: {}["Bo Ek is personal"]})',
}


def broken(tmp_path: Path, failure: str) -> tuple[Path, Mapping[str, str]]:
    """A workspace, and the environment of a process that has the document."""
    root = intake(tmp_path / "yritys", {"templates/broken.html": LAYOUT})
    folder = tmp_path / "documents"
    write_tree(folder, {"broken/__init__.py": KIND, "broken/compose.py": COMPOSE.format(failure=failure)})
    write_tree(tmp_path, {"site/sitecustomize.py": ADDED.format(str(folder))})
    return root, {"PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(REPOSITORY)])}


@pytest.mark.parametrize("what", FAILURES)
def test_the_other_documents_are_made_and_nothing_of_this_one(tmp_path: Path, what: str) -> None:
    root, env = broken(tmp_path, FAILURES[what])
    done = build(
        root, "--documents", "broken,pitch", "--format", "txt", "--report", "report.json", "-q", env=env
    )
    assert done.returncode == 3, done.stderr
    made = [*(f"{each}-broken-fi.txt" for each in ("aino", "cia")), "aino-pitch-fi.txt", "bo-pitch-sv.txt"]
    assert listed(done) == sorted([*made, "cia-pitch-fi.txt"]) == list(documents(root / "out"))
    assert "error[bug]: pitchgen cannot make this document: " in done.stderr
    assert "this is a bug in pitchgen; please report it" in done.stderr
    assert "pitchgen: the broken of 'bo' in 'sv' was not written as txt" in done.stderr
    report = (root / "report.json").read_text(encoding="utf-8")
    (failed,) = [row for row in json.loads(report)["documents"] if row["state"] == "failed"]
    assert [problem["code"] for problem in failed["problems"]] == ["bug"]
    for said in (report, done.stderr):
        assert "personal" not in said
        assert "Traceback" not in said


def test_where_nothing_else_is_to_be_made_it_ends_as_a_bug_does(tmp_path: Path) -> None:
    root, env = broken(tmp_path, FAILURES["composing"])
    done = pitchgen("broken", "bo", "--format", "txt", "-q", workspace=root, env=env)
    assert (done.returncode, done.stdout) == (70, "")
    assert "error[bug]: pitchgen cannot make this document: ValueError in compose.py, line 5\n" in done.stderr
    assert not (root / "out").exists()


@pytest.mark.parametrize("failure", ["raise MemoryError", 'raise ImportError("a.so: failed to map segment")'])
@pytest.mark.parametrize("command", ["broken", "build"])
def test_too_little_memory_is_no_bug(tmp_path: Path, command: str, failure: str) -> None:
    root, env = broken(tmp_path, failure)
    done = pitchgen(command, "--format", "txt", "-q", workspace=root, env=env)
    assert done.returncode == 4
    assert (
        done.stderr == "pitchgen: there is too little memory for this; end other programs, or lift a limit\n"
    )
