"""What changed since the last commit, and committing it: nothing private, nothing else, and never a push."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_git_states import commit as committed
from workspaces import HIRE, git, small, write_tree

from pitchgen.changes.git import CannotCommit, NoGit, Uncommitted, commit, uncommitted

IGNORED = {".gitignore": "/hires/\n/out/\n"}


@pytest.fixture(autouse=True)
def of_hr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has told git who they are, and nothing else."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_NAME": "HR" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "hr@example.com" for who in ("AUTHOR", "COMMITTER")},
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return committed(small(tmp_path / "firma", IGNORED))


def change(root: Path) -> None:
    write_tree(
        root, {"personas/uusi äö.yaml": "label: Uusi\n", "company.yaml": "name: Toinen\n", "muu.txt": "x"}
    )
    (root / "roles/asiantuntija.yaml").unlink()


def test_what_changed_is_listed_and_committed(root: Path) -> None:
    assert uncommitted(root) == ()
    change(root)
    write_tree(root, {"hires/aino.yaml": HIRE + "    called: Anni\n"})
    git(root, "add", "muu.txt")
    assert set(uncommitted(root)) == {
        Uncommitted("company.yaml", "changed"),
        Uncommitted("personas/uusi äö.yaml", "new"),
        Uncommitted("roles/asiantuntija.yaml", "deleted"),
    }
    made = commit(root, "# Uusi persoona\n\n-m ei ole valitsin")
    assert git(root, "log", "-1", "--format=%h %B").strip() == f"{made} # Uusi persoona\n\n-m ei ole valitsin"
    shown = git(root, "-c", "core.quotePath=false", "show", "--name-only", "--format=").split("\n")
    assert set(filter(None, shown)) == {"company.yaml", "personas/uusi äö.yaml", "roles/asiantuntija.yaml"}
    assert uncommitted(root) == ()
    assert git(root, "status", "--porcelain") == "A  muu.txt\n"


def test_a_workspace_inside_a_repository_is_committed_alone(tmp_path: Path) -> None:
    outer = committed(write_tree(tmp_path / "repo", {"README": "x"}))
    root = small(outer / "hr/firma")
    write_tree(outer, {"company.yaml": "muu: 1\n"})
    assert Uncommitted("company.yaml", "new") in uncommitted(root)
    commit(root, "Alku")
    assert "?? company.yaml" in git(outer, "status", "--porcelain")
    assert git(outer, "ls-files", "hr").split() == [
        "hr/firma/company.yaml",
        "hr/firma/personas/varmistelija.yaml",
        "hr/firma/roles/asiantuntija.yaml",
    ]


def test_newcomers_are_never_committed_even_where_git_would(tmp_path: Path) -> None:
    root = small(tmp_path)
    git(root, "init")
    assert all(not each.path.startswith("hires") for each in uncommitted(root))
    commit(root, "Alku")
    assert git(root, "ls-files", "hires") == ""


def test_where_there_is_no_repository_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoGit, match="is in no git repository"):
        uncommitted(root)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGit, match="git is not installed"):
        commit(root, "Alku")


def test_nothing_to_commit_and_nothing_said(root: Path) -> None:
    with pytest.raises(CannotCommit, match="nothing has changed since the last commit"):
        commit(root, "Alku")
    change(root)
    with pytest.raises(CannotCommit, match="say in a few words what has changed"):
        commit(root, " \n")


def test_a_name_is_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    git(root, "config", "user.useConfigOnly", "true")
    change(root)
    before = git(root, "status", "--porcelain")
    with pytest.raises(CannotCommit, match="git does not know who you are; tell it once"):
        commit(root, "Alku")
    assert git(root, "status", "--porcelain") == before


def test_a_hook_that_fails_is_quoted_and_all_is_as_before(root: Path) -> None:
    hook = (
        write_tree(root / ".git/hooks", {"pre-commit": "#!/bin/sh\necho 'Ei perjantaisin.'\nexit 1\n"})
        / "pre-commit"
    )
    hook.chmod(0o755)
    change(root)
    before = git(root, "status", "--porcelain")
    with pytest.raises(CannotCommit, match=r"git or one of its hooks refused to commit: Ei perjantaisin\."):
        commit(root, "Alku")
    assert git(root, "status", "--porcelain") == before


def test_an_unfinished_merge_is_left_alone(root: Path) -> None:
    main = git(root, "branch", "--show-current").strip()
    git(root, "checkout", "-q", "-b", "toinen")
    write_tree(root, {"company.yaml": "name: Toinen\n"})
    commit(root, "Toinen")
    git(root, "checkout", "-q", main)
    write_tree(root, {"company.yaml": "name: Kolmas\n"})
    commit(root, "Kolmas")
    with pytest.raises(AssertionError):
        git(root, "merge", "toinen")
    with pytest.raises(CannotCommit, match="cannot do a partial commit during a merge"):
        commit(root, "Yhdessä")
