"""`pitchgen playbook`: which books it makes, what it calls them, and what it says of those it cannot make."""

from __future__ import annotations

from pathlib import Path

import pytest
from tree import by_id, heads, text_of, tree_of
from workspaces import GERMAN_FACTS, ROLE, SMALL, pitchgen_here, small

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.cli.output import SOME_MISSING

Capture = pytest.CaptureFixture[str]
# Nobody's: no font shows it, on any machine.
NOBODYS = "\U0010fffd"
GERMAN = {"company.yaml": SMALL["company.yaml"].replace("sv]", "sv, de]")}
# The fixed words of English, by the names under which a company would translate them.
GERMAN_WORDS = {
    f"templates/languages/de/{name}": shipped.language_file("en", name).read_text(encoding="utf-8")
    for name in ("words.yaml", "metrics.yaml")
} | GERMAN_FACTS


def test_the_command_makes_a_book_for_one_role_or_for_all(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"roles/myyja.yaml": ROLE})
    one = pitchgen_here(
        capsys, "playbook", "myyja", "-o", "out", "--format", "html", "--language", "sv", workspace=root
    )
    assert (one.returncode, one.stdout, one.stderr) == (0, "out/myyja-playbook-sv.html\n", "")
    every = pitchgen_here(capsys, "playbook", "-o", "out", "--format", "html", workspace=root)
    assert (every.returncode, every.stderr) == (0, "")
    assert every.stdout == "out/asiantuntija-playbook-fi.html\nout/myyja-playbook-fi.html\n"


def test_a_book_that_cannot_be_printed_does_not_keep_the_others(capsys: Capture, tmp_path: Path) -> None:
    unprintable = ROLE.replace("Palveluasiantuntija", f"Myyjä {NOBODYS}")
    root = small(tmp_path, {"roles/myyja.yaml": unprintable})
    result = pitchgen_here(capsys, "playbook", "-o", "out", workspace=root)
    assert result.returncode == SOME_MISSING
    assert result.stdout.split() == [
        "out/asiantuntija-playbook-fi.pdf",
        "out/asiantuntija-playbook-fi.html",
        "out/myyja-playbook-fi.html",
    ]
    assert "roles/myyja.yaml:1:8: error[missing-glyph]" in result.stderr
    assert "pitchgen: myyja-playbook-fi.pdf was not written" in result.stderr


def test_a_book_goes_to_stdout_as_a_page(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert run(["playbook", "asiantuntija", "-w", str(small(tmp_path)), "-o", "-"]) == 0
    assert "Palveluasiantuntija" in heads(tree_of(capfdbinary.readouterr().out), "h1")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["asiantuntia"], 1, "did you mean 'asiantuntija'?"),
        (["x"], 1, "the roles are: asiantuntija"),
        (["--language", "de"], 1, "'de' is not among the workspace's languages"),
        (["--format", "md"], 2, "'md' is not one of pdf, html"),
        (["asiantuntija", "-o", "book.txt"], 2, "'book.txt' would be none of pdf, html"),
        (["asiantuntija", "-o", "book.pdf", "--format", "html"], 2, "would hold html; give it that ending"),
    ],
)
def test_what_cannot_be_made_is_said(
    capsys: Capture, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    result = pitchgen_here(capsys, "playbook", *arguments, workspace=small(tmp_path))
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "templates/languages/de: error[language]: there is no folder for the language 'de'"),
        (GERMAN_FACTS, "templates/languages/de/words.yaml: error[words]: does not exist"),
        (GERMAN_WORDS, "templates/languages/de/playbook.md: error[template]: the template does not exist"),
        (
            {**GERMAN_WORDS, "templates/languages/de/playbook.md": "{{ playbook.titel }}\n"},
            "templates/languages/de/playbook.md:1:1: error[template]: uses something that is not there",
        ),
    ],
)
def test_a_language_of_ones_own_is_missed_by_the_name_of_its_file(
    capsys: Capture, tmp_path: Path, files: dict[str, str], said: str
) -> None:
    root = small(tmp_path, {**GERMAN, **files})
    result = pitchgen_here(capsys, "playbook", "--language", "de", "--format", "html", workspace=root)
    assert (result.returncode, result.stdout) == (1, "")
    assert said in result.stderr
    assert "asiantuntija-playbook-de.html was not written" in result.stderr


def test_a_language_of_ones_own_needs_its_words_and_its_opening(capsys: Capture, tmp_path: Path) -> None:
    opening = {"templates/languages/de/playbook.md": "**Zuerst:** so wird man {{ playbook.title }}.\n"}
    root = small(tmp_path, {**GERMAN, **GERMAN_WORDS, **opening})
    result = pitchgen_here(capsys, "playbook", "asiantuntija", "--language", "de", "-o", "-", workspace=root)
    assert (result.returncode, result.stderr) == (0, "")
    page = tree_of(result.stdout)
    assert page.get("lang") == "de"
    assert "Zuerst: so wird man Palveluasiantuntija." in text_of(by_id(page, "how-to-use"))
