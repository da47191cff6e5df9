"""What `affected` makes of repositories in every state, also of those that somebody meant to be a trap."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_affected import OF_AINO
from test_check import BAD_INPUT
from workspaces import GUARD, HIRE, TODAY, git, pitchgen, pitchgen_here, small, write_tree

Capture = pytest.CaptureFixture[str]
CHANGED = {"hires/aino.yaml": HIRE + "    called: Anni\n"}


def affected(capsys: Capture, root: Path) -> subprocess.CompletedProcess[str]:
    return pitchgen_here(capsys, "affected", workspace=root)


def commit(root: Path) -> Path:
    """A git repository in `root`, of which everything is committed."""
    git(root, "init")
    git(root, "add", "--all")
    git(root, "commit", "-m", "Begin")
    return root


def object_of(root: Path, name: str) -> Path:
    """The file in which git keeps an object, such as `HEAD:hires`."""
    id = git(root, "rev-parse", name).strip()
    return root / ".git/objects" / id[:2] / id[2:]


def detached(root: Path) -> Path:
    git(commit(root), "checkout", "--detach")
    return root


def worktree(root: Path) -> Path:
    git(commit(root), "worktree", "add", str(root.parent / "puu"))
    return root.parent / "puu"


def shallow(root: Path) -> Path:
    commit(root)
    git(root, "commit", "--allow-empty", "-m", "Go on")
    git(root.parent, "clone", "--depth", "1", f"file://{root}", "matala")
    return root.parent / "matala"


def renamed(root: Path) -> Path:
    return commit(root).rename(root.with_name("uusi"))


def submodule(root: Path) -> Path:
    outer = root.parent / "ulompi"
    outer.mkdir()
    git(outer, "init")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", str(commit(root)), "hr")
    git(outer, "commit", "-m", "Take in")
    return outer / "hr"


def locked(root: Path) -> Path:
    (commit(root) / ".git/index.lock").touch()
    return root


def odd_names(root: Path) -> Path:
    for name in ("a\nb.txt", 'la"inaus.yaml', "'x'.yaml", os.fsdecode(b"\xff.yaml"), " .yaml", "-rf.yaml"):
        (root / name).write_text("oma\n")
    (root / "hires/ohitettu\n.txt").write_text("oma\n")
    write_tree(root, {".gitignore": "*.txt\n"})
    return commit(root)


@pytest.mark.parametrize("state", [detached, worktree, shallow, renamed, submodule, locked, odd_names])
def test_whatever_the_repository_is_like_a_change_is_found(
    capsys: Capture, tmp_path: Path, state: Callable[[Path], Path]
) -> None:
    root = state(small(tmp_path / "firma"))
    assert affected(capsys, root).stdout == ""
    write_tree(root, CHANGED)
    result = affected(capsys, root)
    assert (result.stdout.split(), result.returncode) == (OF_AINO, 0)


def without_commits(root: Path) -> None:
    git(root, "init")


def bare(root: Path) -> None:
    git(root, "init", "--bare")


def damaged_commit(root: Path) -> None:
    object_of(commit(root), "HEAD").unlink()


def no_gitfile(root: Path) -> None:
    (root / ".git").write_text("oma\n")


@pytest.mark.parametrize("state", [without_commits, bare, damaged_commit, no_gitfile])
def test_where_there_is_no_revision_that_is_said(
    capsys: Capture, tmp_path: Path, state: Callable[[Path], None]
) -> None:
    root = small(tmp_path / "firma")
    state(root)
    result = affected(capsys, root)
    assert f"there is no revision 'HEAD' in the git repository of {root}" in result.stderr
    assert (result.stdout, result.returncode) == ("", 2)


def test_a_repository_of_somebody_else_is_told_in_git_s_words(capsys: Capture, tmp_path: Path) -> None:
    root = commit(small(tmp_path / "firma"))
    env = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    result = pitchgen("affected", workspace=root, env=env, timeout=GUARD)
    assert "; git says: detected dubious ownership in repository" in result.stderr
    assert result.returncode == 2


@pytest.mark.parametrize("lost", ["HEAD:hires/aino.yaml", "HEAD:hires"])
def test_what_git_has_lost_is_not_taken_for_new(capsys: Capture, tmp_path: Path, lost: str) -> None:
    root = commit(small(tmp_path / "firma"))
    object_of(root, lost).unlink()
    result = affected(capsys, root)
    assert "git cannot give back the files of 'HEAD': unable to read " in result.stderr
    assert (result.stdout, result.returncode) == ("", 4)


def test_a_filter_that_fails_is_told(capsys: Capture, tmp_path: Path) -> None:
    root = commit(small(tmp_path / "firma", {".gitattributes": "*.yaml filter=salaus\n"}))
    git(root, "config", "filter.salaus.smudge", "false")
    git(root, "config", "filter.salaus.required", "true")
    result = affected(capsys, root)
    assert "git cannot give back the files of 'HEAD': external filter 'false' failed" in result.stderr
    assert (result.stdout, result.returncode) == ("", 4)


def test_attributes_of_a_repository_run_nothing_by_themselves_and_hooks_never_run(
    capsys: Capture, tmp_path: Path
) -> None:
    run = tmp_path / "ajettu"
    command = f"touch {run}"
    attributes = f"* filter='{command}' diff='{command}' merge='{command}' text eol=lf\n"
    root = commit(small(tmp_path / "firma", {".gitattributes": attributes}))
    for hook in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction"):
        path = root / ".git/hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{command}\n")
        path.chmod(0o755)
    git(root, "config", "core.fsmonitor", command)
    assert affected(capsys, root).returncode == 0
    assert not run.exists()


@pytest.mark.parametrize("kind", ["main", "linked"])
def test_in_a_hook_affected_says_what_it_says_when_typed(tmp_path: Path, kind: str) -> None:
    main = tmp_path / "repo"
    small(main / "firma")
    commit(main)
    tree = main
    if kind == "linked":
        tree = tmp_path / "puu"
        git(main, "worktree", "add", "--quiet", "-b", "toinen", str(tree))
    typed = [sys.executable, "-m", "pitchgen", "affected", "-w", "firma", "--date", TODAY]
    hook = main / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{shlex.join(typed)} >sanottu 2>&1\n")
    hook.chmod(0o755)
    write_tree(tree / "firma", CHANGED)
    said = subprocess.run(typed, cwd=tree, capture_output=True, encoding="utf-8", check=True)
    assert said.stdout.split() == OF_AINO
    git(tree, "commit", "--all", "-m", "Call her Anni")
    assert (tree / "sanottu").read_text() == said.stdout + said.stderr


@pytest.mark.parametrize("was", ["a file", "a link to elsewhere"])
def test_what_git_ignores_is_not_linked_to_where_a_revision_leads(
    capsys: Capture, tmp_path: Path, was: str
) -> None:
    elsewhere = tmp_path / "muualla"
    elsewhere.mkdir()
    root = small(tmp_path / "firma", {".gitignore": "managers/\n"})
    if was == "a file":
        (root / "managers").write_text("oma\n")
    else:
        (root / "managers").symlink_to(elsewhere)
    git(root, "init")
    git(root, "add", "--all")
    git(root, "commit", "-m", "Begin")
    (root / "managers").unlink()
    write_tree(root, {"managers/marjut.yaml": "name: Marjut\n"})
    assert affected(capsys, root).returncode == 0
    assert list(elsewhere.iterdir()) == []


def test_a_workspace_that_moved_within_its_repository_is_new(capsys: Capture, tmp_path: Path) -> None:
    old = small(tmp_path / "repo/vanha")
    commit(tmp_path / "repo")
    root = old.rename(tmp_path / "repo/uusi")
    result = affected(capsys, root)
    assert set(OF_AINO) <= set(result.stdout.split())
    assert "at HEAD there were no documents, for these errors" in result.stderr
    assert result.returncode == 0


def test_a_revision_with_a_file_of_100_mb_is_judged_like_any(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path / "firma")
    BAD_INPUT["a file of 100 MB"][0](root)
    commit(root)
    (root / "hires/valtava.yaml").unlink()
    result = affected(capsys, root)
    assert "hires/valtava.yaml:1:1: error[too-large]" in result.stderr
    assert set(OF_AINO) <= set(result.stdout.split())
