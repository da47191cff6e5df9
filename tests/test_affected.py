"""Which documents a change touches: compared with git's revisions, asked of a file, and never one too few."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from workspaces import COMPANY, HIRE, PERSONA, REPOSITORY, ROLE, TODAY, git, linked, pitchgen_here, write_tree

from pitchgen.changes.affected import Snapshot, affected
from pitchgen.studio.jobs import all_jobs
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Workspace
from pitchgen.workspace.texts import texts_of

Capture = pytest.CaptureFixture[str]
THE_DAY = date.fromisoformat(TODAY)

# Two roles with a persona of their own each, and somebody in each role.
TWO = {
    "company.yaml": COMPANY,
    "journey.yaml": """\
        phases: [{id: arki, name: Arki}]
        touchpoints: [{id: soitto, name: Soitto, phase: arki}]
        """,
    "personas/varmistelija.yaml": PERSONA,
    "personas/pikajuoksija.yaml": "label: Pikajuoksija\nsummary: Ei halua odottaa.\n",
    "roles/asiantuntija.yaml": ROLE,
    "roles/myyja.yaml": ROLE.replace("varmistelija", "pikajuoksija"),
    "managers/marjut.yaml": "name: Marjut\n",
    "hires/aino.yaml": HIRE + "    manager: marjut\n",
    "hires/bo.yaml": "name: Bo\nrole: myyja\nlanguage: sv\n",
}
OF_AINO = ["aino-pitch-fi", "aino-manager-sheet-fi"]
OF_BO = ["bo-pitch-sv", "bo-manager-sheet-sv"]


def committed(root: Path, files: dict[str, str] = TWO, inside: str = "") -> Path:
    """A workspace in a git repository, all of it committed and tagged `then`."""
    root.mkdir(exist_ok=True)
    git(root, "init")
    write_tree(root / inside, files)
    git(root, "add", "--all")
    git(root, "commit", "-m", "Begin")
    git(root, "tag", "then")
    return root / inside


def named(capsys: Capture, root: Path, *arguments: str) -> list[str]:
    """The documents that `affected` names."""
    result = pitchgen_here(capsys, "affected", *arguments, workspace=root)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


# Since a revision


def test_without_a_change_no_document_is_touched(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "0 documents, for none of the hires\n"


def test_what_changed_since_the_last_commit_is_named_and_whom_it_reaches(
    capsys: Capture, tmp_path: Path
) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"personas/pikajuoksija.yaml": "label: Pikajuoksija\nsummary: Haluaa sen heti.\n"})
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert "myyja-playbook-fi" in result.stdout.split()
    assert "myyja-playbook-sv" in result.stdout.split()
    assert not [name for name in result.stdout.split() if name.startswith(("aino", "asiantuntija"))]
    assert result.stderr.endswith("documents, for 1 of 2 hires: bo\n")


def test_what_was_committed_since_is_named_by_its_revision(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"hires/bo.yaml": "name: Bo\ncalled: Bosse\nrole: myyja\nlanguage: sv\n"})
    git(root, "commit", "-am", "Bo is called Bosse")
    assert named(capsys, root) == []
    assert named(capsys, root, "--since", "then") == OF_BO


def test_a_remark_or_another_order_of_keys_touches_no_document(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"hires/bo.yaml": "# Bo\nlanguage: sv\nrole: myyja\nname: Bo\n"})
    assert named(capsys, root) == []


def test_a_template_of_ones_own_touches_what_it_is_used_for(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"templates/languages/sv/pitch.md": "# Hej {{ called }}\n\nVälkommen!\n"})
    assert named(capsys, root) == OF_BO


def test_new_items_bring_new_documents(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"hires/cia.yaml": "name: Cia\nrole: myyja\n"})
    assert named(capsys, root) == ["cia-pitch-fi", "cia-manager-sheet-fi"]


def test_what_git_ignores_has_no_history_and_is_as_it_was(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo", {**TWO, ".gitignore": "hires/\n"})
    assert "hires/" not in git(root, "ls-files")
    assert named(capsys, root) == []
    write_tree(
        root, {"roles/myyja.yaml": ROLE.replace("varmistelija", "pikajuoksija").replace("Palvelu", "Myynti")}
    )
    assert set(OF_BO) <= set(named(capsys, root))
    assert not set(OF_AINO) & set(named(capsys, root))


def test_a_workspace_may_be_a_folder_of_a_repository(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo", inside="hr/yritys")
    assert named(capsys, root) == []
    write_tree(root, {"hires/aino.yaml": HIRE + "    manager: marjut\n    called: Anna\n"})
    assert named(capsys, root) == OF_AINO


def test_where_the_revision_had_errors_all_documents_are_new(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo", {**TWO, "hires/bo.yaml": "name: Bo\nrole: myyjä\n"})
    write_tree(root, {"hires/bo.yaml": "name: Bo\nrole: myyja\nlanguage: sv\n"})
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert set(OF_AINO + OF_BO) < set(result.stdout.split())
    assert "error[unknown-reference]" in result.stderr
    assert "pitchgen: at HEAD there were no documents, for these errors\n" in result.stderr


def test_nothing_is_left_behind_and_nothing_in_the_repository_changes(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(tmp_path / "repo", {**TWO, ".gitignore": "hires/\n"})
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(places))
    write_tree(root, {"personas/new.yaml": PERSONA})
    before = git(root, "status", "--porcelain")
    named(capsys, root)
    assert git(root, "status", "--porcelain") == before
    assert list(places.iterdir()) == []
    assert (root / "hires/aino.yaml").is_file()


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "then:roles", ""])
def test_what_is_no_revision_is_wrong_usage(capsys: Capture, tmp_path: Path, revision: str) -> None:
    root = committed(tmp_path / "repo")
    result = pitchgen_here(capsys, "affected", f"--since={revision}", workspace=root)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"there is no revision '{revision}'" in result.stderr


def test_without_git_one_asks_about_files(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, TWO)
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert (result.returncode, result.stdout) == (2, "")
    assert "is in no git repository; name the files that changed instead" in result.stderr


def test_where_git_is_not_installed_that_is_said(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_tree(tmp_path, TWO)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert result.returncode == 2
    assert "git is not installed" in result.stderr


def test_errors_in_the_workspace_come_first(capsys: Capture, tmp_path: Path) -> None:
    root = committed(tmp_path / "repo")
    write_tree(root, {"hires/bo.yaml": "name: Bo\n"})
    result = pitchgen_here(capsys, "affected", workspace=root)
    assert (result.returncode, result.stdout) == (1, "")
    assert "'role' is missing" in result.stderr


# By a file


@pytest.mark.parametrize(
    ("path", "touched", "untouched"),
    [
        ("hires/aino.yaml", OF_AINO, OF_BO),
        ("personas/pikajuoksija.yaml", [*OF_BO, "myyja-playbook-fi"], OF_AINO),
        ("company.yaml", OF_AINO + OF_BO, []),
    ],
)
def test_a_file_touches_what_it_can_reach(
    capsys: Capture, tmp_path: Path, path: str, touched: list[str], untouched: list[str]
) -> None:
    root = write_tree(tmp_path, TWO)
    found = named(capsys, root, str(root / path))
    assert set(touched) <= set(found)
    assert not set(untouched) & set(found)


def test_a_path_that_is_no_file_of_the_workspace_is_wrong_usage(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path / "yritys", TWO)
    for path in (root / "personas", root / "nobody.yaml", write_tree(tmp_path, {"x.yaml": ""}) / "x.yaml"):
        result = pitchgen_here(capsys, "affected", str(path), workspace=root)
        assert (result.returncode, result.stdout) == (2, "")
        assert "is no file of the workspace" in result.stderr


def test_a_file_and_a_revision_are_two_questions(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, TWO)
    path = str(root / "company.yaml")
    assert pitchgen_here(capsys, "affected", path, "--since", "HEAD", workspace=root).returncode == 2


# Never one too few


def snapshot(workspace: Workspace) -> Snapshot:
    return Snapshot.of(Studio(workspace, THE_DAY), all_jobs(workspace))


def put(data: Any, loc: tuple[str | int, ...], text: str) -> None:
    for part in loc[:-1]:
        data = data[part]
    data[loc[-1]] = text


STARTER = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for pattern in ("*.yaml", "personas/*", "roles/*", "managers/*", "hires/*")
    for path in REPOSITORY.glob(pattern)
    if path.suffix == ".yaml" and not path.name.startswith(".")
)


# Those that stand alone, and two of each folder.
SINGLE = [path for path in STARTER if "/" not in path]
CHANGED = SINGLE + [
    path
    for folder in ("personas", "roles", "managers", "hires")
    for path in [each for each in STARTER if each.startswith(folder)][:2]
]


@pytest.fixture(scope="module")
def before() -> Snapshot:
    found = snapshot(linked(REPOSITORY))
    for stem in found.jobs:
        found.fingerprint(stem)
    return found


@pytest.mark.parametrize("path", CHANGED)
def test_whatever_a_file_of_the_starter_says_else_is_found_where_it_shows(
    before: Snapshot, tmp_path: Path, path: str
) -> None:
    """All texts of one file are changed; the quick way must find what comparing every document finds."""
    for name in STARTER:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    data = yaml.load((tmp_path / path).read_text(encoding="utf-8"), yaml.BaseLoader)
    (item,) = (each for each in linked(tmp_path).files.items if each.source.path == path)
    for at, text in texts_of(item):
        for language, words in text.languages.items() if text.plain is None else [(None, text.plain)]:
            put(data, (*at.loc, *filter(None, [language])), f"{words} Uutta.")
    if "name" in data and isinstance(data["name"], str):
        data["name"] += " Uusi"
    (tmp_path / path).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    after = snapshot(linked(tmp_path))
    found = affected(before, after)
    assert found
    assert [job.stem for job in found] == [
        stem for stem, job in after.jobs.items() if snapshot_says(after, stem) != before.fingerprint(stem)
    ]


def snapshot_says(after: Snapshot, stem: str) -> str:
    """What a document says, composed whether or not it was thought to be the same."""
    return after.studio.fingerprint(after.jobs[stem].compose(after.studio))
