"""The playbook: every customer of a role as a person, and nothing on a page that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_standards import failures
from workspaces import REPOSITORY, TODAY, linked

from pitchgen.documents import Studio
from pitchgen.model.amount import read_date
from pitchgen.workspace import Workspace

THE_DAY = read_date(TODAY)
LANGUAGES = ("fi", "en", "sv")


@pytest.fixture(scope="module")
def starter() -> Workspace:
    return linked(REPOSITORY)


@pytest.fixture(scope="module")
def studio(starter: Workspace) -> Iterator[Studio]:
    with Studio(starter, THE_DAY) as studio:
        yield studio


def test_playbooks_pass_both_pdf_standards(studio: Studio, tmp_path: Path) -> None:
    made: list[Path] = []
    for role in studio.workspace.roles[-2:]:
        for language in LANGUAGES:
            rendered = studio.render(studio.playbook(role, language), "pdf")
            assert rendered.problems == ()
            made.append(tmp_path / f"{role.model.id}-{language}.pdf")
            made[-1].write_bytes(rendered.content)
    assert failures(made) == []
