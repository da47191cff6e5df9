"""Files are saved whole, never over what somebody else wrote, and what they were is not lost."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import date
from errno import EPERM
from pathlib import Path

import disks
import pytest
from workspaces import TODAY, git, small, write_tree

from pitchgen.keep.save import ChangedMeanwhile, Kept, NotKept, Store
from pitchgen.keep.versions import MOST, NAME, NoVersion, Versions
from pitchgen.new.existing import CannotCreate, Existing
from pitchgen.new.kinds import KINDS
from pitchgen.new.rename import kinds, plan
from pitchgen.problems import CannotWrite, errors
from pitchgen.write import create_file

ANNA = "personas/varmistelija.yaml"
AINO = "hires/aino.yaml"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = small(tmp_path)
    return Store(root, Versions(root / "out"))


def seen(store: Store, path: str) -> str:
    kept = store.read(path)
    assert kept
    return kept.digest


def test_what_is_saved_is_there_and_what_was_is_kept(store: Store) -> None:
    before = store.read(ANNA)
    assert before
    after = store.save(ANNA, b"label: Toinen\r\n", before.digest)
    assert after == store.read(ANNA) == Kept(ANNA, b"label: Toinen\r\n")
    (version,) = store.versions.of(ANNA)
    assert store.versions.read(ANNA, version.number) == before.content
    assert store.versions.paths() == (ANNA,)


def test_what_was_kept_for_a_change_that_was_never_made_does_not_hold_undo_back(store: Store) -> None:
    before = seen(store, ANNA)
    kept = store.save(ANNA, b"label: Toinen\n", before)
    # As when somebody is killed between keeping what a file is and changing it.
    store.versions.keep(ANNA, kept.content)
    undone = store.undo(ANNA, kept.digest)
    assert undone and undone.digest == before


def test_documents_may_be_on_another_disk(tmp_path: Path) -> None:
    root, disk = small(tmp_path / "ws"), tmp_path / "disk"
    disk.mkdir(mode=0o700)
    (root / "out").symlink_to(disk)
    with disks.small_disk(disk, 1_000_000):
        store = Store(root, Versions(root / "out"))
        store.save(ANNA, b"label: Toinen\n", seen(store, ANNA))
        store.save("personas/uusi.yaml", b"label: Uusi\n", None)
        assert [len(store.versions.of(path)) for path in (ANNA, "personas/uusi.yaml")] == [1, 0]
    assert {path.name: path.read_bytes() for path in (root / "personas").iterdir()} == {
        "varmistelija.yaml": b"label: Toinen\n",
        "uusi.yaml": b"label: Uusi\n",
    }


def test_a_disk_without_second_names_takes_new_files(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    store.save("personas/uusi.yaml", b"label: Uusi\n", None)
    assert (store.root / "personas/uusi.yaml").read_bytes() == b"label: Uusi\n"
    with pytest.raises(ChangedMeanwhile):
        store.save("personas/uusi.yaml", b"label: Toinen\n", None)
    with pytest.raises(CannotWrite, match="exists"):
        create_file(store.root / "personas/uusi.yaml", b"label: Toinen\n")
    assert (store.root / "personas/uusi.yaml").read_bytes() == b"label: Uusi\n"


def test_a_file_that_changed_underneath_is_not_overwritten(store: Store) -> None:
    digest = seen(store, ANNA)
    (store.root / ANNA).write_bytes(b"label: Heidan\n")
    with pytest.raises(ChangedMeanwhile, match=f"{ANNA} has changed since it was opened") as refused:
        store.save(ANNA, b"label: Minun\n", digest)
    assert (refused.value.mine, refused.value.theirs) == (b"label: Minun\n", b"label: Heidan\n")
    assert (store.root / ANNA).read_bytes() == b"label: Heidan\n"
    assert store.versions.of(ANNA) == ()
    (store.root / ANNA).unlink()
    with pytest.raises(ChangedMeanwhile, match="is gone") as refused:
        store.save(ANNA, b"label: Minun\n", digest)
    assert refused.value.theirs is None


def test_a_new_file_does_not_overwrite_one_that_came_meanwhile(store: Store) -> None:
    with pytest.raises(ChangedMeanwhile):
        store.save(ANNA, b"label: Uusi\n", None)
    assert store.save("personas/uusi.yaml", b"label: Uusi\n", None).content == b"label: Uusi\n"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            ".",
            "..",
            "/etc/passwd",
            "../company.yaml",
            "personas",
            "personas/",
            "personas/../company.yaml",
        ),
        *("personas/a/b.yaml", "personas/.a.yaml", "personas/a.txt", "personas/..", "./company.yaml"),
        *("company.yaml/x.yaml", "company.yml", "templates/x.yaml", "personas/a\0.yaml", "personas/a:b.yaml"),
        *("personas/..\\..\\a.yaml", "personas//a.yaml", "Personas/a.yaml", "out/.versions/company.yaml/1"),
        "personas/" + "a" * 300 + ".yaml",
    ],
)
def test_only_files_of_the_workspace_can_be_touched(store: Store, path: str) -> None:
    with pytest.raises(NotKept, match="is no file that can be changed here"):
        store.save(path, b"label: x\n", None)
    with pytest.raises(NotKept):
        store.read(path)


def test_a_link_is_no_file_to_change(store: Store, tmp_path: Path) -> None:
    outside = write_tree(tmp_path / "muualla", {"a.yaml": "label: Muu\n"})
    (store.root / "personas/linkki.yaml").symlink_to(outside / "a.yaml")
    with pytest.raises(NotKept):
        store.read("personas/linkki.yaml")
    (store.root / "managers").symlink_to(outside)
    with pytest.raises(NotKept):
        store.save("managers/b.yaml", b"name: B\n", None)
    assert [each.name for each in outside.iterdir()] == ["a.yaml"]


def test_who_may_read_a_file_stays_as_it_is(store: Store) -> None:
    (store.root / AINO).chmod(0o640)
    store.save(AINO, b"name: Aino\n", seen(store, AINO))
    assert stat.S_IMODE((store.root / AINO).stat().st_mode) == 0o640
    store.save("hires/eka.yaml", b"name: Eka\n", None)
    store.save("managers/toka.yaml", b"name: Toka\n", None)
    assert stat.S_IMODE((store.root / "hires/eka.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((store.root / "managers/toka.yaml").stat().st_mode) == 0o644


def test_versions_are_for_their_owner_alone(store: Store) -> None:
    store.save(AINO, b"name: Aino\n", seen(store, AINO))
    for each in (store.versions.folder, *store.versions.folder.rglob("*")):
        assert stat.S_IMODE(each.stat().st_mode) & 0o077 == 0, each


def test_the_folder_of_a_private_file_is_private(store: Store) -> None:
    shutil.rmtree(store.root / "hires")
    store.save(AINO, b"name: Aino\n", None)
    assert stat.S_IMODE((store.root / "hires").stat().st_mode) == 0o700


def test_the_last_versions_are_kept(store: Store) -> None:
    for n in range(MOST + 5):
        store.save(ANNA, f"label: {n}\n".encode(), seen(store, ANNA))
    known = store.versions.of(ANNA)
    assert [version.number for version in known] == list(range(MOST + 5, 5, -1))
    assert store.versions.read(ANNA, known[0].number) == f"label: {MOST + 3}\n".encode()
    with pytest.raises(NoVersion, match=f"only the last {MOST} are kept"):
        store.versions.read(ANNA, 5)


def test_saving_the_same_keeps_nothing(store: Store) -> None:
    kept = store.read(ANNA)
    assert kept
    store.save(ANNA, kept.content, kept.digest)
    assert store.versions.of(ANNA) == ()


def test_a_change_is_undone_and_done_again(store: Store) -> None:
    first = store.read(ANNA)
    assert first
    second = store.save(ANNA, b"label: 2\n", first.digest)
    assert store.undo(ANNA, second.digest) == first
    assert store.undo(ANNA, first.digest) == second
    assert store.undo("company.yaml", seen(store, "company.yaml")) is None


def test_what_was_deleted_comes_back(store: Store) -> None:
    kept = store.read(AINO)
    assert kept
    with pytest.raises(ChangedMeanwhile):
        store.delete(AINO, "0")
    store.delete(AINO, kept.digest)
    assert store.read(AINO) is None
    assert store.versions.paths() == (AINO,)
    assert store.undo(AINO, None) == kept
    assert stat.S_IMODE((store.root / AINO).stat().st_mode) == 0o600


def test_something_new_comes_from_its_scaffold(store: Store) -> None:
    existing, today = Existing.read(store.root), date.fromisoformat(TODAY)
    made = store.create(existing, KINDS["persona"], "uusi", {"label": "Uusi"}, today)
    assert made.path == "personas/uusi.yaml"
    assert b"\nlabel:" in made.content
    before = store.read("company.yaml")
    store.create(existing, KINDS["value"], "rohkeus", {"name": "Rohkeus"}, today)
    assert before
    assert store.versions.read("company.yaml", 1) == before.content
    with pytest.raises(CannotCreate, match="already in"):
        store.create(Existing.read(store.root), KINDS["value"], "rohkeus", {}, today)


def test_a_renaming_is_listed_first_and_versions_follow(store: Store) -> None:
    store.save(ANNA, b"label: Anna\nsummary: Varma.\n", seen(store, ANNA))
    changes = plan(Existing.read(store.root), kinds()["persona"], "varmistelija", "anna")
    assert {change.moved.name for change in changes} == {"anna.yaml", "asiantuntija.yaml"}
    assert (store.root / ANNA).exists()
    store.rename(changes)
    assert not errors(Existing.read(store.root).problems)
    assert [version.number for version in store.versions.of("personas/anna.yaml")] == [2, 1]
    assert store.versions.of(ANNA) == ()
    role = "roles/asiantuntija.yaml"
    assert b"varmistelija" in store.versions.read(role, 1)


def test_a_renaming_of_what_changed_meanwhile_changes_nothing(store: Store) -> None:
    changes = plan(Existing.read(store.root), kinds()["persona"], "varmistelija", "anna")
    (store.root / ANNA).write_text("label: Muu\nsummary: Muu.\n")
    with pytest.raises(ChangedMeanwhile):
        store.rename(changes)
    assert b"varmistelija" in (store.root / "roles/asiantuntija.yaml").read_bytes()


def test_what_is_too_large_is_not_saved(store: Store) -> None:
    with pytest.raises(CannotWrite, match="it would be too large; split it"):
        store.save(ANNA, b"#" * 1_000_001, seen(store, ANNA))
    (store.root / ANNA).write_bytes(b"#" * 1_000_002)
    with pytest.raises(CannotWrite, match="is too large"):
        store.delete(ANNA, "0")
    assert (store.root / ANNA).stat().st_size == 1_000_002


def test_git_leaves_versions_alone(store: Store) -> None:
    git(store.root, "init")
    versions = Versions(store.root / "muu")
    Store(store.root, versions).save(ANNA, b"label: x\n", seen(store, ANNA))
    assert NAME not in git(store.root, "status", "--porcelain", "--untracked-files=all")


def test_nothing_personal_is_in_a_traceback(store: Store) -> None:
    kept = store.read(AINO)
    with pytest.raises(ChangedMeanwhile) as refused:
        store.save(AINO, b"name: Aino Virtanen\n", None)
    assert "Aino V" not in f"{kept!r} {refused.value!r}"
    assert os.fspath(store.root)
