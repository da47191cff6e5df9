"""The examples in `--help` work as they stand, in the starter."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from lists import csv_of, xlsx_of
from openpyxl import Workbook
from workspaces import git, pitchgen

from pitchgen.cli import pitchgen as group
from pitchgen.starter.start import start_workspace

Words = tuple[str, ...]


def commands(command: click.Command, words: Words = ()) -> Iterator[tuple[Words, click.Command]]:
    """Every command with the words that it is called by."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner
            yield from commands(inner, (*words, name))


COMMANDS = dict(commands(group))
EXAMPLES = [
    (words, example)
    for words, command in COMMANDS.items()
    for example in re.findall(r"^ *pitchgen (.*)$", command.help or "", re.MULTILINE)
]


def add_july(book: Workbook) -> None:
    """A sheet with two lines above its headings."""
    july = book.create_sheet("July")
    for row in (["Heinäkuu"], [], ["Nimi", "Rooli"], ["Bo Ek", "palveluasiantuntija"]):
        july.append(row)


# What the examples take for granted besides the starter: a list of one's own, and something to remove.
LISTS = {
    "summer.xlsx": xlsx_of([["Nimi", "Rooli"], ["Liv Berg", "palveluasiantuntija"]]),
    "people.xlsx": xlsx_of([["Nimi", "Rooli"], ["Liv Berg", "palveluasiantuntija"]], add_july),
    "summer.csv": csv_of([["Who", "Job"], ["Liv Berg", "palveluasiantuntija"]]),
}
LETTER = ("pitch", "aino-virtasalmi", "--format", "html", "-o")


@pytest.mark.parametrize(("words", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_an_example_works_in_the_starter(words: Words, example: str, tmp_path: Path) -> None:
    for _ in start_workspace(tmp_path, (), bare=False):
        pass
    for name, content in LISTS.items():
        (tmp_path / name).write_bytes(content)
    if words == ("affected",):
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "Start")
        git(tmp_path, "tag", "v1.2")
    if words == ("clean",):
        for folder in ("out", "out/summer"):
            assert pitchgen(*LETTER, folder, workspace=tmp_path).returncode == 0
    typed = shlex.split(example)
    done = pitchgen(*typed, *_quickly(words, typed), workspace=tmp_path)
    assert done.returncode == 0, done.stderr
    assert typed[: len(words)] == list(words)


def _quickly(words: Words, typed: list[str]) -> Words:
    """What makes no PDF of an example: its help would be as right with them, but they take long."""
    formats = [each for each in COMMANDS[words].params if each.name == "formats"]
    return ("--format", "html") if formats and "--format" not in typed else ()


def test_every_document_and_what_is_typed_with_an_id_has_an_example() -> None:
    shown = {words[0] for words, _ in EXAMPLES}
    assert shown >= {"build", "clean", "affected", "rename", "pitch", "playbook", "role-card", "team-page"}
