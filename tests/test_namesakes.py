"""Two of one name: each gets files of their own, and whoever says only the name is asked which."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import Result, build, documents, intake, listed
from workspaces import PERSONA, ROLE, pitchgen

TITLED = ROLE.replace("title: Palveluasiantuntija", "title:\n      fi: Myyjä\n      en: Seller")
# Two managers, two personas, two roles and two newcomers of one name, and one of each of another.
NAMESAKES = {
    "managers/m1.yaml": "name: Same Name\n",
    "managers/m2.yaml": "name: same name\n",
    "personas/p1.yaml": PERSONA.replace("Varmistelija", "Same Label"),
    "personas/p2.yaml": PERSONA.replace("Varmistelija", "Same Label"),
    "roles/r1.yaml": TITLED,
    "roles/r2.yaml": TITLED,
    "hires/h1.yaml": "name: Same Name\nrole: r1\nmanager: m1\n",
    "hires/h2.yaml": "name: Same Name\nrole: r2\nmanager: m2\n",
}
OF = {
    "team-page": ("manager", "Same Name", ("m1", "m2"), ("Marjut LAINE", "marjut")),
    "role-card": ("role", "seller", ("r1", "r2"), ("palveluasiantuntija", "asiantuntija")),
    "persona-card": ("persona", "same LABEL", ("p1", "p2"), ("Varmistelija", "varmistelija")),
    "playbook": ("role", "Myyjä", ("r1", "r2"), ("Palveluasiantuntija", "asiantuntija")),
    "pitch": ("hire", "SAME NAME", ("h1", "h2"), ("Cia Holm", "cia")),
    "manager-sheet": ("hire", "Same Name", ("h1", "h2"), ("cia holm", "cia")),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = intake(tmp_path, NAMESAKES)
    (root / "roles/neuvoja.yaml").write_text(ROLE.replace("Palveluasiantuntija", "Neuvoja"), encoding="utf-8")
    return root


def make(root: Path, *arguments: str) -> Result:
    return pitchgen(*arguments, "--format", "html", workspace=root)


def test_files_of_two_of_one_name_are_named_apart(root: Path) -> None:
    assert build(root, "--format", "html").returncode == 0
    names = {name.partition("-")[0] for name in documents(root / "out")}
    assert names >= {"m1", "m2", "r1", "r2", "h1", "h2"}


@pytest.mark.parametrize("document", OF)
def test_a_name_of_two_is_asked_back_and_their_ids_are_told(root: Path, document: str) -> None:
    noun, name, ids, _ = OF[document]
    unsure = make(root, document, name)
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert f"error[unknown-reference]: several {noun}s are called '{name}'\n" in unsure.stderr
    assert f"give the id of one: {', '.join(ids)}\n" in unsure.stderr
    assert not (root / "out").exists()
    assert listed(make(root, document, ids[1])) == [f"{ids[1]}-{document}-fi.html"]


@pytest.mark.parametrize("document", OF)
def test_a_name_of_one_is_as_good_as_the_id(root: Path, document: str) -> None:
    *_, (name, id) = OF[document]
    assert listed(make(root, document, name)) == [f"{id}-{document}-fi.html"]


def test_a_typed_role_that_is_the_title_of_two_is_asked_back(root: Path) -> None:
    unsure = make(root, "pitch", "--name", "Bo Ek", "--role", "Myyjä")
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert "--role: error[" in unsure.stderr
    assert "r1" in unsure.stderr
    assert "r2" in unsure.stderr
