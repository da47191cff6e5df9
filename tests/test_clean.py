"""Cleaning: all that was made for one person goes, whatever they were called, and nothing of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import Result, build, documents, intake, listed
from workspaces import HIRE, ROLE, contents, pitchgen, write_tree

from pitchgen.documents.catalogue import BUNDLES, FORMATS
from pitchgen.intake.manifest import Manifest
from pitchgen.keep.save import Store
from pitchgen.keep.versions import Versions

ROLE_OF_TWO_LANGUAGES = {
    "roles/asiantuntija.yaml": """\
        title: {fi: Palveluasiantuntija, en: Service specialist}
        purpose: Pidät huolen siitä, että asiakas pääsee jatkamaan.
        part: {why: Sinä olet ensimmäinen ääni., how: Kerrot aina seuraavan askeleen.}
        serves: {personas: [varmistelija]}
        """,
    "roles/neuvoja.yaml": ROLE.replace("Palveluasiantuntija", "Neuvoja"),
}
SPELLINGS = [
    "asiantuntija",
    "ASIANTUNTIJA",
    "Palveluasiantuntija",
    " service specialist ",
    "Service Specialist",
]
TYPED = ("--format", "txt", "--name", "Aino Virtanen")


def clean(root: Path, *people: str) -> Result:
    return pitchgen("clean", *people, workspace=root)


def pitch(root: Path, *arguments: str) -> str:
    """The name of the one file that `pitch` makes."""
    done = pitchgen("pitch", *arguments, workspace=root)
    assert done.returncode == 0, done.stderr
    (name,) = listed(done)
    return name


def test_a_name_that_begins_another_is_not_that_name(tmp_path: Path) -> None:
    # "aino" is called so, too.
    people = {f"hires/{id}.yaml": HIRE for id in ("aino-virtanen", "aino-virtanen-salo", "aino-virtanen-2")}
    root = intake(tmp_path, people)
    assert build(root, "--documents", "pitch", "--format", "html").returncode == 0
    done = clean(root, "Aino Virtanen")
    assert (done.returncode, listed(done)) == (0, ["aino-virtanen-pitch-fi.html"])
    left = "left, as it may be somebody else; name it to remove it"
    assert done.stderr == (
        f"aino: {left}\naino-virtanen-2: {left}\naino-virtanen-salo: {left}\n1 file removed\n"
    )
    assert set(documents(root / "out")) >= {
        "aino-virtanen-2-pitch-fi.html",
        "aino-virtanen-salo-pitch-fi.html",
    }


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_was_made_of_a_typed_name_is_found_however_the_role_was_spelt(
    tmp_path: Path, spelling: str
) -> None:
    root = intake(tmp_path, ROLE_OF_TWO_LANGUAGES)
    made = pitch(root, *TYPED, "--role", spelling)
    assert made == "aino-virtanen-asiantuntija-pitch-fi.txt"
    assert listed(clean(root, "AINO virtanen")) == [made]
    assert documents(root / "out") == {}


@pytest.mark.parametrize(
    "name", ["Aino O'Brien", "Bo Ek, jr.", "Wolfeschlegelsteinhausenbergerdorff Karl-Friedrich", "Żaneta 🙂"]
)
def test_a_name_of_which_file_names_lose_something_is_found_on_any_first_day(
    tmp_path: Path, name: str
) -> None:
    root = intake(tmp_path)
    for day in ([], ["--starts-on", "2027-01-11"]):
        made = pitch(root, "--format", "txt", "--name", name, "--role", "neuvoja", *day)
        assert listed(clean(root, name)) == [made]


def test_a_role_that_is_part_of_somebodys_name_makes_nobody_else_theirs(tmp_path: Path) -> None:
    people = {"hires/aino-virtanen-salo.yaml": "name: Aino Virtanen-Salo\nrole: neuvoja\n"}
    root = intake(tmp_path, {**people, "roles/salo.yaml": ROLE})
    theirs = pitch(root, "aino-virtanen-salo", "--format", "txt")
    unsure = clean(root, "Aino Virtanen")
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert "say which: aino-virtanen-salo" in unsure.stderr
    assert listed(clean(root, "Aino Virtanen-Salo")) == [theirs]


def test_somebody_is_found_by_the_name_in_their_file(tmp_path: Path) -> None:
    root = intake(tmp_path, {"hires/4102.yaml": "name: Elias Nieminen\nrole: neuvoja\n"})
    made = pitch(root, "4102", "--format", "txt")
    other = pitch(root, "bo", "--format", "txt")
    assert listed(clean(root, "elias nieminen")) == [made]
    assert list(documents(root / "out")) == [other]


def test_of_two_of_one_name_nobody_is_chosen(tmp_path: Path) -> None:
    twins = {f"hires/{id}.yaml": "name: Elias Nieminen\nrole: neuvoja\n" for id in ("4102", "4103")}
    root = intake(tmp_path, twins)
    for id in ("4102", "4103"):
        pitch(root, id, "--format", "txt")
    before = contents(root)
    unsure = clean(root, "Elias Nieminen")
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert "'Elias Nieminen' is not enough to tell whose documents in out are meant" in unsure.stderr
    assert "say which: 4102, 4103" in unsure.stderr
    assert contents(root) == before
    assert listed(clean(root, "4103")) == ["4103-pitch-fi.txt"]


def test_of_one_name_in_two_roles_or_on_two_days_nobody_is_chosen(tmp_path: Path) -> None:
    root = intake(tmp_path)
    pitch(root, *TYPED, "--role", "neuvoja")
    pitch(root, *TYPED, "--role", "neuvoja", "--starts-on", "2027-01-11")
    unsure = clean(root, "Aino Virtanen")
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert "say which: aino-virtanen-neuvoja, aino-virtanen-neuvoja-2027-01-11" in unsure.stderr
    assert len(listed(clean(root, "aino-virtanen-neuvoja", "aino-virtanen-neuvoja-2027-01-11"))) == 2


def test_every_document_and_bundle_of_a_person_goes_and_is_forgotten(tmp_path: Path) -> None:
    root = intake(tmp_path)
    for hire in (root / "hires").iterdir():
        # Else there would be no calendar.
        hire.write_text(f"{hire.read_text(encoding='utf-8')}starts_on: 2026-12-01\n", encoding="utf-8")
    options = ("--documents", "pitch,manager-sheet,team-page", "--format", ",".join((*FORMATS, *BUNDLES)))
    assert build(root, *options).returncode == 0
    before = documents(root / "out")
    done = clean(root, "cia")
    gone = {name for name in before if name.startswith(("cia-", "marjut-team-page-"))}
    assert {Path(name).suffix[1:] for name in gone} == {*FORMATS, *BUNDLES}
    assert set(listed(done)) == set(before) - set(documents(root / "out")) == gone
    assert [name for name in gone if Manifest(root / "out").entry(name)] == []
    assert f"{len(gone)} files to make; {len(gone)} new" in build(root, *options, "--dry-run").stderr


def test_a_page_on_a_team_goes_also_when_it_is_all_that_names_somebody(tmp_path: Path) -> None:
    root = intake(tmp_path)
    page = listed(pitchgen("team-page", "--format", "html", workspace=root))
    assert page == ["marjut-team-page-fi.html"]
    assert listed(clean(root, "Cia Holm")) == page
    assert documents(root / "out") == {}
    # Whoever has no file any more may stand on it all the same.
    assert listed(pitchgen("team-page", "--format", "html", workspace=root)) == page
    (root / "hires/cia.yaml").unlink()
    unknown = clean(root, "Cia Holm")
    assert (unknown.returncode, list(documents(root / "out"))) == (1, page)
    assert "marjut-team-page-fi.html" in unknown.stderr


def test_a_role_that_is_called_like_a_document_keeps_its_own(tmp_path: Path) -> None:
    names = ["bo-pitch-pro", "bo-welcome-fi"]
    root = intake(tmp_path, {f"roles/{name}.yaml": ROLE for name in names})
    for name in names:
        assert pitchgen("playbook", name, "--format", "html", workspace=root).returncode == 0
    pitch(root, "bo", "--format", "txt")
    assert listed(clean(root, "bo")) == ["bo-pitch-sv.txt"]
    assert len(documents(root / "out")) == 2


def test_what_cannot_be_read_or_removed_is_said(tmp_path: Path) -> None:
    root = intake(tmp_path)
    pitch(root, "bo", "--format", "txt")
    for mode, said in ((0o300, "permission denied"), (0o500, "permission denied")):
        (root / "out").chmod(mode)
        done = pitchgen("clean", "bo", workspace=root, powerless=True)
        assert (done.returncode, done.stdout) == (4, "")
        assert said in done.stderr
        assert "out" in done.stderr
    (root / "out").chmod(0o700)
    assert listed(clean(root, "bo")) == ["bo-pitch-sv.txt"]


def test_without_a_workspace_files_are_told_by_their_names_alone(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"out/aino-pitch-fi.txt": "x", "out/aino-virtanen-pitch-fi.txt": "x", "out/own.txt": "x"}
    )
    done = clean(tmp_path, "aino")
    assert (done.returncode, listed(done)) == (0, ["aino-pitch-fi.txt"])
    assert set(documents(tmp_path / "out")) == {"aino-virtanen-pitch-fi.txt", "own.txt"}


def changed(root: Path, path: str) -> Store:
    """The files of a workspace, after one of them was saved and then deleted."""
    store = Store(root, Versions(root / "out"))
    kept = store.read(path)
    assert kept
    store.delete(path, store.save(path, kept.content + b"    called: Anni\n", kept.digest).digest)
    return store


@pytest.mark.parametrize("person", ["aino", "Aino Virtanen", "AINO"])
def test_what_the_file_of_a_person_was_goes_with_them(tmp_path: Path, person: str) -> None:
    root = intake(tmp_path, {"hires/toinen.yaml": HIRE.replace("Aino", "Eino")})
    store = changed(root, "hires/aino.yaml")
    changed(root, "hires/toinen.yaml")
    changed(root, "personas/varmistelija.yaml")
    done = clean(root, person)
    assert (done.returncode, listed(done)) == (0, ["aino.yaml"]), done.stderr
    assert store.versions.paths() == ("hires/toinen.yaml", "personas/varmistelija.yaml")
    assert b"Aino" not in b"".join(contents(root / "out").values())


def test_versions_are_found_by_the_id_in_the_file(tmp_path: Path) -> None:
    root = intake(tmp_path, {"hires/aino.yaml": "    id: '4101'\n" + HIRE})
    assert build(root, "--documents", "pitch", "--format", "html").returncode == 0
    store = Store(root, Versions(root / "out"))
    kept = store.read("hires/aino.yaml")
    assert kept
    store.save("hires/aino.yaml", kept.content + b"called: Anni\n", kept.digest)
    done = clean(root, "4101")
    assert (done.returncode, sorted(listed(done))) == (0, ["4101-pitch-fi.html", "aino.yaml"])
    assert store.versions.paths() == ()
