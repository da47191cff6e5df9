"""What a kind of file is, and which documents its files reach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import HIRE, PERSONA, ROLE, linked, small

from pitchgen.model.base import Model
from pitchgen.model.file_kind import COMPANY, FILE_KINDS, HIRES, MANAGERS, PERSONAS, Reach, kind_of_path
from pitchgen.starter.files import starter_files
from pitchgen.workspace import Hire, Manager, Role, Workspace
from pitchgen.workspace.reach import Subject, sources_for


def test_every_kind_has_a_model_of_its_own() -> None:
    models = {kind.model for kind in FILE_KINDS}
    assert len(models) == len(FILE_KINDS)
    assert all(issubclass(model, Model) for model in models)


def test_the_starter_shows_a_file_of_every_kind() -> None:
    assert {kind_of_path(path) for path, _ in starter_files()} == set(FILE_KINDS)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("company.yaml", COMPANY),
        ("personas/varmistelija.yaml", PERSONAS),
        ("hires", HIRES),
        ("templates/languages/fi/pitch.md", None),
        ("company.yml", None),
        ("lists/hires/aino.yaml", None),
        ("", None),
    ],
)
def test_a_path_tells_its_kind(path: str, kind: object) -> None:
    assert kind_of_path(path) == kind


def test_what_a_kind_is_costs_no_models() -> None:
    code = "import sys; import pitchgen.model.file_kind; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


FILES = {
    "personas/toinen.yaml": PERSONA.replace("Varmistelija", "Toinen"),
    "roles/toinen.yaml": ROLE.replace("[varmistelija]", "[toinen]"),
    "managers/maija.yaml": "name: Maija Mäki\n",
    "managers/matti.yaml": "name: Matti Mäki\n",
    "hires/bo.yaml": HIRE.replace("Aino Virtanen", "Bo Ek") + "    manager: maija\n",
}


def files_for(workspace: Workspace, subject: Subject) -> set[str]:
    return {source.path for source in sources_for(workspace, subject)}


def test_files_reach_the_documents_of_those_whom_they_are_about(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path, FILES))
    people: list[Hire | Role | Manager] = [*workspace.hires, *workspace.roles, *workspace.managers]
    found = {each.model.id: files_for(workspace, each) for each in people}
    assert found["aino"] == {"hires/aino.yaml", "personas/varmistelija.yaml"}
    assert found["bo"] == {"hires/bo.yaml", "managers/maija.yaml", "personas/varmistelija.yaml"}
    assert found["toinen"] == {"personas/toinen.yaml"}
    # The page on a team speaks of everyone in it.
    assert (found["maija"], found["matti"]) == (found["bo"], {"managers/matti.yaml"})
    assert files_for(workspace, workspace) == {"personas/toinen.yaml", "personas/varmistelija.yaml"}


def test_a_manager_in_the_newcomers_own_file_is_no_other_file(tmp_path: Path) -> None:
    workspace = linked(small(tmp_path, {"hires/aino.yaml": HIRE + "    manager:\n      name: Maija\n"}))
    assert files_for(workspace, workspace.hires[0]) == {"hires/aino.yaml", "personas/varmistelija.yaml"}


def test_what_is_private_is_personal_and_what_is_personal_does_not_reach_all() -> None:
    assert {kind for kind in FILE_KINDS if kind.is_private} <= {k for k in FILE_KINDS if k.is_personal}
    assert {kind for kind in FILE_KINDS if kind.is_personal} == {MANAGERS, HIRES}
    assert all(kind.reach is not Reach.ALL for kind in FILE_KINDS if kind.is_personal)
