"""Watching for real: a process that follows what is saved, however it is saved."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from workspaces import COMPANY, GUARD, HIRE, PERSONA, ROLE, TODAY, write_tree

READY, WAITING = "watching; Ctrl-C ends it", "waiting for the errors to be mended"
TWO = {
    "company.yaml": COMPANY,
    "personas/varmistelija.yaml": PERSONA,
    "roles/asiantuntija.yaml": ROLE,
    "hires/aino.yaml": HIRE,
    "hires/bo.yaml": "name: Bo\nrole: asiantuntija\n",
}
AINO, BO = "out/aino-pitch-fi.html", "out/bo-pitch-fi.html"
SAID = re.compile(r"^out/|error\[|no longer")
CARD = "out/asiantuntija-role-card-fi.html"


class Watching:
    """`pitchgen watch` in a workspace, and what it says."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self.process = process

    def said(self, until: str = READY) -> list[str]:
        """What is said until that line comes, warnings aside; a process that says nothing more fails."""
        assert self.process.stdout
        lines: list[str] = []
        for line in self.process.stdout:
            if line.rstrip() == until:
                return [line for line in lines if SAID.search(line)]
            lines.append(line.rstrip())
        raise AssertionError(f"it ended with {self.process.wait(GUARD)} after {lines}")

    def save(self, name: str, text: str) -> None:
        write_tree(self.root, {name: text})

    def document(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")


@contextmanager
def watching(root: Path, *arguments: str, before: Sequence[str] = ()) -> Iterator[Watching]:
    command = [*before, sys.executable, "-u", "-m", "pitchgen", "watch", "--date", TODAY, *arguments]
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    guard = Timer(GUARD, process.kill)
    guard.start()
    try:
        yield Watching(root, process)
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watching]:
    """Watching the pitches and role cards of two newcomers in one role, which are all made."""
    root = write_tree(tmp_path, TWO)
    with watching(root, "--documents", "pitch,role-card") as follower:
        assert follower.said() == [CARD, AINO, BO]
        yield follower


def test_a_save_makes_what_it_touches_and_nothing_else(watch: Watching) -> None:
    watch.save("hires/aino.yaml", HIRE + "    called: Anni\n")
    assert watch.said() == [AINO]
    assert "Anni" in watch.document(AINO)
    watch.save("roles/asiantuntija.yaml", ROLE.replace("Palveluasiantuntija", "Neuvoja"))
    assert watch.said() == [CARD, AINO, BO]


def test_a_save_that_changes_no_document_makes_none(watch: Watching) -> None:
    watch.save("hires/aino.yaml", "# Uusi huomautus.\n" + "name: Aino Virtanen\nrole: asiantuntija\n")
    watch.save("personas/varmistelija.yaml", PERSONA + "    owner: HR\n")
    watch.save("hires/bo.yaml", "name: Bo\nrole: asiantuntija\ncalled: Bosse\n")
    assert watch.said() == [BO]


def test_a_save_by_rename_is_a_save(watch: Watching) -> None:
    new = watch.root / "hires" / ".aino.yaml.new"
    new.write_text("name: Aino Virtanen\nrole: asiantuntija\ncalled: Anni\n", encoding="utf-8")
    new.replace(watch.root / "hires/aino.yaml")
    assert watch.said() == [AINO]


def test_a_save_that_keeps_the_old_file_as_a_backup_is_a_save(watch: Watching) -> None:
    path = watch.root / "hires/aino.yaml"
    path.rename(watch.root / "hires/aino.yaml~")
    path.write_text("name: Aino Virtanen\nrole: asiantuntija\ncalled: Anni\n", encoding="utf-8")
    assert AINO in watch.said()


def test_many_saves_end_with_the_last(watch: Watching) -> None:
    new = watch.root / "hires/.new"
    for n in range(40):
        new.write_text(f"name: Aino Virtanen\nrole: asiantuntija\ncalled: Anni{n}\n", encoding="utf-8")
        new.replace(watch.root / "hires/aino.yaml")
    rounds = [watch.said()]
    while "Anni39" not in watch.document(AINO):
        rounds.append(watch.said())
    assert all(made == [AINO] for made in rounds)
    # A burst is one round, or a few on a slow machine.
    assert len(rounds) < 10


def test_new_files_and_new_folders_are_seen(watch: Watching) -> None:
    watch.save("hires/cia.yaml", "name: Cia\nrole: asiantuntija\n")
    assert watch.said() == ["out/cia-pitch-fi.html"]
    watch.save("managers/marjut.yaml", "name: Marjut\n")
    watch.save("hires/cia.yaml", "name: Cia\nrole: asiantuntija\nmanager: marjut\n")
    assert "out/cia-pitch-fi.html" in watch.said()
    watch.save("managers/marjut.yaml", "name: Marjut Ketola\n")
    assert watch.said() == ["out/cia-pitch-fi.html"]
    assert "Marjut Ketola" in watch.document("out/cia-pitch-fi.html")


def test_a_deleted_file_takes_its_documents_off_the_list_and_leaves_them(watch: Watching) -> None:
    (watch.root / "hires/bo.yaml").unlink()
    assert watch.said() == ["bo-pitch-fi is no longer among the documents; its files are left as they are"]
    assert (watch.root / BO).is_file()


def test_a_template_of_ones_own_counts_from_its_first_save_to_its_last(watch: Watching) -> None:
    watch.save("templates/languages/fi/pitch.md", "# Hei {{ called }}\n\nTervetuloa taloon!\n")
    assert watch.said() == [AINO, BO]
    watch.save("templates/languages/fi/pitch.md", "# Hei {{ called }}\n\nTervetuloa joukkoon!\n")
    assert watch.said() == [AINO, BO]
    assert "Tervetuloa joukkoon!" in watch.document(AINO)
    shutil.rmtree(watch.root / "templates")
    assert watch.said() == [AINO, BO]
    assert "Tervetuloa joukkoon!" not in watch.document(AINO)


def test_errors_are_shown_and_the_watching_goes_on(watch: Watching) -> None:
    before = watch.document(AINO)
    watch.save("hires/aino.yaml", "name: Aino\nrole: asiantuntia\n")
    (error,) = watch.said(WAITING)
    assert error.startswith("hires/aino.yaml:2:7: error[unknown-reference]")
    assert watch.document(AINO) == before
    watch.save("hires/aino.yaml", HIRE)
    assert watch.said() == []
    watch.save("hires/aino.yaml", HIRE + "    called: Anni\n")
    assert watch.said() == [AINO]


def test_a_broken_template_is_shown_and_its_documents_are_left(watch: Watching) -> None:
    before = watch.document(AINO)
    watch.save("templates/languages/fi/pitch.md", "# Hei {{ nobody }}\n")
    assert [line.split(": ")[1] for line in watch.said()] == ["error[template]"]
    assert watch.document(AINO) == before
    watch.save("templates/languages/fi/pitch.md", "# Hei {{ nobody.else }}\n")
    watch.said()
    watch.save("templates/languages/fi/pitch.md", "# Hei {{ called }}\n\nTervetuloa!\n")
    assert watch.said() == [AINO, BO]


def test_a_workspace_with_errors_is_waited_for(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**TWO, "hires/bo.yaml": "name: Bo\n"})
    with watching(root, "--documents", "pitch") as follower:
        assert len(follower.said(WAITING)) == 1
        follower.save("hires/bo.yaml", TWO["hires/bo.yaml"])
        assert follower.said() == [AINO, BO]


def test_a_logo_in_a_folder_of_its_own_is_followed(tmp_path: Path) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    company = COMPANY + "    brand: {logo: brand/logo.svg}\n"
    root = write_tree(tmp_path, {**TWO, "company.yaml": company, "brand/logo.svg": square})
    with watching(root, "--documents", "role-card") as follower:
        follower.said()
        follower.save("brand/logo.svg", square.replace("h9", "h8"))
        assert follower.said() == [CARD]


def test_a_file_that_is_a_link_is_followed_to_where_it_is_saved(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**TWO, "yhteiset/rooli.yaml": ROLE})
    (root / "roles/asiantuntija.yaml").unlink()
    (root / "roles/asiantuntija.yaml").symlink_to("../yhteiset/rooli.yaml")
    with watching(root, "--documents", "role-card") as follower:
        follower.said()
        follower.save("yhteiset/rooli.yaml", ROLE.replace("Palveluasiantuntija", "Neuvoja"))
        assert follower.said() == [CARD]


@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_where_the_system_has_no_watches_left_files_are_looked_at_in_turn(tmp_path: Path, limit: str) -> None:
    # The limit of a user namespace of its own, so that nobody else's watches are touched.
    alone = ("unshare", "--user", "--map-root-user", "sh", "-c")
    before = (*alone, f'echo 0 >/proc/sys/user/{limit} && exec "$@"', "sh")
    root = write_tree(tmp_path, TWO)
    with watching(root, "--documents", "role-card", before=before) as follower:
        assert follower.said() == [CARD]
        assert follower.process.stdout
        told = follower.process.stdout.readline()
        assert told.startswith("the system has no watches left for this user's programs; the files are")
        follower.save("roles/asiantuntija.yaml", ROLE.replace("Palveluasiantuntija", "Neuvoja"))
        assert follower.said() == [CARD]


def test_pdfs_are_made_anew_too(tmp_path: Path) -> None:
    root = write_tree(tmp_path, TWO)
    with watching(root, "--documents", "pitch", "--format", "pdf") as follower:
        assert follower.said() == ["out/aino-pitch-fi.pdf", "out/bo-pitch-fi.pdf"]
        follower.save("hires/bo.yaml", "name: Bo\nrole: asiantuntija\ncalled: Bosse\n")
        assert follower.said() == ["out/bo-pitch-fi.pdf"]


def test_ctrl_c_ends_it(watch: Watching) -> None:
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(GUARD) == 130


def test_when_the_workspace_is_gone_the_watching_ends(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "yritys", TWO)
    out = str(tmp_path / "out")
    with watching(root, "--documents", "pitch", "-o", out) as follower:
        assert follower.process.stdout
        for line in follower.process.stdout:
            if line.rstrip() == READY:
                break
        os.rename(root, tmp_path / "muutti")  # noqa: PTH104
        assert follower.process.wait(GUARD) == 4


def test_an_unknown_kind_of_document_is_wrong_usage(tmp_path: Path) -> None:
    root = write_tree(tmp_path, TWO)
    with watching(root, "--documents", "pich") as follower:
        assert follower.process.wait(GUARD) == 2
