"""Building an intake: every document once, only those that are not what they should be, and nobody's name."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from pathlib import Path

import pytest
from builds import (
    ALL,
    ELSEWHERE,
    HIRES,
    OF_MANAGERS,
    PAGES,
    build,
    building,
    documents,
    intake,
    listed,
    made,
    pages,
)
from workspaces import HIRE, contents, pitchgen, small, without_warnings, write_tree

from pitchgen.intake.manifest import NAME, Manifest


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything was built, with as many renderers as there are cores."""
    root = intake(tmp_path_factory.mktemp("whole"))
    done = build(root, env=ELSEWHERE)
    assert done.returncode == 0, done.stderr
    return root


def test_everyone_gets_every_document_and_a_role_its_own_once_in_each_language(whole: Path) -> None:
    made = documents(whole / "out")
    assert sorted(made) == sorted(f"{stem}.{format}" for stem in ALL for format in ("pdf", "html"))
    assert all(made[name].startswith(b"%PDF-1.7" if name.endswith("pdf") else b"<!DOCTYPE") for name in made)


def test_the_documents_are_those_of_the_single_commands(whole: Path) -> None:
    for command in (("pitch",), ("manager-sheet",), ("playbook", "neuvoja"), ("role-card", "asiantuntija")):
        done = pitchgen(*command, "-q", "-o", "single", workspace=whole)
        assert done.returncode == 0, done.stderr
    single = documents(whole / "single")
    assert {name for name in single if name.endswith("pdf")} >= {"aino-pitch-fi.pdf", "bo-pitch-sv.pdf"}
    assert single.items() <= documents(whole / "out").items()


def test_one_renderer_or_three_make_the_same_bytes(whole: Path) -> None:
    for jobs in ("1", "3"):
        options = ("--documents", "pitch,role-card", "--format", "pdf", "--jobs", jobs, "-o", jobs)
        assert build(whole, *options).returncode == 0
    assert documents(whole / "1") == documents(whole / "3")
    assert len(documents(whole / "1")) == 6
    assert documents(whole / "1").items() <= documents(whole / "out").items()


def test_folders_and_files_are_for_their_owner_only(whole: Path) -> None:
    out = whole / "out"
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was last changed, and where it lies; the lock is touched by whoever takes it."""
    found = ((path.name, path.stat()) for path in folder.iterdir() if path.name != ".pitchgen.lock")
    return {name: (status.st_mtime_ns, status.st_ino) for name, status in found}


def test_what_is_up_to_date_is_left_as_it_is(whole: Path) -> None:
    before = states(whole / "out")
    done = build(whole)
    assert (done.returncode, done.stdout) == (0, "")
    assert without_warnings(done.stderr) == "0 files written, 32 up to date, 0 failed\n"
    assert states(whole / "out") == before


# Which documents, in which formats


def test_a_document_is_made_in_the_formats_that_suit_it(tmp_path: Path) -> None:
    done = build(intake(tmp_path), "--documents", "pitch,role-card,manager-sheet", "--format", "md,txt")
    stems = [f"{hire}-{kind}" for hire in ("aino", "bo", "cia") for kind in ("manager-sheet", "pitch")]
    languages = dict.fromkeys(HIRES, "fi") | {"bo": "sv"}
    md = [f"{stem}-{languages[stem.split('-')[0]]}.md" for stem in stems]
    txt = [name.replace(".md", ".txt") for name in md if "pitch" in name]
    assert (done.returncode, listed(done)) == (0, sorted([*md, *txt]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--documents", "playbook,role-card", "--format", "md"), "playbook and role-card cannot be md"),
        (("--documents", "pich"), "'pich' is not one of"),
        (("--format", "odt"), "'odt' is not one of"),
        (("--jobs", "0"), "0 is not in the range"),
        (("--deadline", "0"), "0"),
        (("--dask", "tcp://x:1", "--jobs", "2"), "--dask"),
    ],
)
def test_what_cannot_be_made_is_wrong_usage(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = build(intake(tmp_path), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_intake_of_nobody_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    root = intake(tmp_path)
    shutil.rmtree(root / "hires")
    done = build(root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[no-hires]: there is nobody to make documents for" in done.stderr
    assert "pitchgen new hire" in done.stderr


def test_with_errors_in_the_input_nothing_is_written(tmp_path: Path) -> None:
    root = intake(
        tmp_path, {"hires/bo.yaml": "name: Bo\nrole: nevoja\n", "hires/cia.yaml": "role: neuvoja\n"}
    )
    done = build(root)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("error[") == 2
    assert not (root / "out").exists()


# People who are gone


def test_only_those_who_are_named_get_their_documents(tmp_path: Path) -> None:
    root = intake(tmp_path)
    done = build(root, "bo", "Holm, Cia", "--format", "html")
    assert done.returncode == 0, done.stderr
    aino = {
        *("aino-manager-sheet-fi", "aino-pitch-fi", "asiantuntija-playbook-fi", "asiantuntija-role-card-fi"),
        "varmistelija-persona-card-fi",
    }
    assert sorted(documents(root / "out")) == sorted(f"{stem}.html" for stem in ALL if stem not in aino)
    again = build(root, "bo", "--format", "html", "--prune")
    assert again.stderr.endswith("0 files written, 5 up to date, 0 failed\n")
    assert len(documents(root / "out")) == len(ALL) - len(aino)


def test_a_message_is_made_for_whoever_is_named_and_nothing_of_the_others(tmp_path: Path) -> None:
    root = intake(tmp_path)
    done = build(root, "bo", "--format", "eml", "--documents", "pitch,persona-card")
    assert (done.returncode, sorted(done.stdout.split())) == (
        0,
        ["out/bo-pitch-sv.pdf", "out/bo-welcome-sv.eml"],
    )


def test_who_has_no_first_day_gets_a_message_though_no_calendar(tmp_path: Path) -> None:
    done = build(intake(tmp_path), "bo", "--format", "ics,eml", "--documents", "pitch")
    assert (done.returncode, sorted(done.stdout.split())) == (
        3,
        ["out/bo-pitch-sv.pdf", "out/bo-welcome-sv.eml"],
    )
    assert "hires/bo.yaml:1:1: error[no-first-day]" in done.stderr
    assert "pitchgen: the pitch of 'bo' in 'sv' was not written as ics" in done.stderr


def test_nobody_of_a_name_is_named(tmp_path: Path) -> None:
    done = build(intake(tmp_path), "boo", "--format", "html")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no hire 'boo'" in done.stderr
    assert "did you mean 'bo'?" in done.stderr


def test_documents_of_people_who_are_gone_are_named_and_kept_until_pruned(built: Path) -> None:
    out = built / "out"
    write_tree(out, {"oma.txt": "oma\n", "cia-pitch-en.html": "oma\n"})
    (built / "hires/cia.yaml").unlink()
    gone = pages([stem for stem in ALL if re.match("cia|neuvoja|pikainen|marjut", stem)])
    before = contents(out)
    done = build(built, *PAGES)
    assert made(done) == []
    assert without_warnings(done.stderr).splitlines()[:-1] == [
        f"out/{name}: no longer made, or under another name now; --prune removes it" for name in gone
    ]
    assert contents(out) == before
    done = build(built, *PAGES, "--prune")
    assert without_warnings(done.stderr).splitlines()[:-1] == [f"out/{name}: removed" for name in gone]
    assert set(before) - set(contents(out)) == set(gone)
    assert (out / "cia-pitch-en.html").read_text() == "oma\n"
    assert all(Manifest(out).entry(name) is None for name in gone)
    assert without_warnings(build(built, *PAGES).stderr) == "0 files written, 10 up to date, 0 failed\n"


def test_what_a_renaming_leaves_behind_is_said_to_have_another_name_now(built: Path) -> None:
    assert pitchgen("rename", "role", "neuvoja", "opastaja", workspace=built).returncode == 0
    done = build(built, *PAGES)
    assert "opastaja-role-card-fi" in made(done)
    left = [line for line in done.stderr.splitlines() if line.startswith("out/")]
    assert left
    assert all(line.startswith("out/neuvoja-") for line in left)
    assert all(
        line.endswith(": no longer made, or under another name now; --prune removes it") for line in left
    )


def test_who_changes_language_leaves_documents_behind(built: Path) -> None:
    write_tree(built, {"hires/aino.yaml": HIRE + "    language: en\n"})
    done = build(built, *PAGES, "--prune")
    assert made(done) == [
        *("aino-manager-sheet-en", "aino-pitch-en", "asiantuntija-playbook-en", "asiantuntija-role-card-en"),
        "varmistelija-persona-card-en",
    ]
    assert len(documents(built / "out")) == len(ALL)
    assert "out/asiantuntija-playbook-fi.html: removed" in done.stderr


def test_documents_that_were_not_asked_for_are_nobodys_left_overs(built: Path) -> None:
    done = build(built, *PAGES, "--documents", "pitch", "--prune")
    assert without_warnings(done.stderr) == "0 files written, 3 up to date, 0 failed\n"
    assert len(documents(built / "out")) == len(ALL)


# Nobody's name


def test_no_name_and_no_need_leaves_the_documents(tmp_path: Path) -> None:
    secret = {
        "hires/1041.yaml": "name: Zebulon Salainen\ncalled: Zebu\nrole: asiantuntija\n"
        "needs: [Kuulosilmukka]\n"
        "likes: [Purjehdus]\nwhy_you: Zebulon osaa <mitä>\n",
        "templates/pitch.html": "{% if 'ulon' in subtitle %}{{ nobody.else }}{% endif %}\n",
    }
    root = intake(tmp_path, secret)
    names = set[str]()
    with building(root, "--report", "report.json") as run:
        while not run.ended_within(0.002):
            names.update(os.listdir(run.folder) if run.folder.is_dir() else ())  # noqa: PTH208
        done = run.result()
    assert done.returncode == 3
    assert "pitchgen: the pitch of '1041' in 'fi' was not written as pdf" in done.stderr
    report, manifest = (root / "report.json").read_text(), (root / "out" / NAME).read_text()
    assert (root / "report.json").stat().st_mode & 0o777 == 0o600
    assert b"Kuulosilmukka" in documents(root / "out")["1041-manager-sheet-fi.html"]
    for where in (done.stdout, done.stderr, report, manifest, *names):
        assert not re.search("zebu|salainen|kuulosilmukka|purjehdus", where, re.IGNORECASE), where


def test_the_report_says_what_became_of_each_document(tmp_path: Path) -> None:
    broken = "# Hei {{ called }}\n\n{% if called == 'Bo' %}{{ nobody.else }}{% endif %}\n"
    root = intake(tmp_path, {"templates/languages/sv/pitch.md": broken})
    done = build(root, "--documents", "pitch", *PAGES, "--report", "report.json")
    assert (done.returncode, listed(done)) == (3, pages(["aino-pitch-fi", "cia-pitch-fi"]))
    report = json.loads((root / "report.json").read_text())
    assert {key: report[key] for key in ("written", "unchanged", "failed", "left_over", "problems")} == {
        **{"written": 2, "unchanged": 0, "failed": 1, "left_over": 0},
        "problems": [],
    }
    states = {
        row["hire"]: (row["document"], row["language"], row["format"], row["state"])
        for row in report["documents"]
    }
    assert states["aino"] == ("pitch", "fi", "html", "written")
    assert states["bo"] == ("pitch", "sv", "html", "failed")
    (failed,) = [row for row in report["documents"] if row["state"] == "failed"]
    assert [problem["code"] for problem in failed["problems"]] == ["template"]
    again = build(root, "--documents", "pitch", *PAGES, "--report", "report.json")
    assert (again.returncode, again.stdout) == (3, "")
    report = json.loads((root / "report.json").read_text())
    assert (report["written"], report["unchanged"], report["failed"]) == (0, 2, 1)


def test_errors_in_the_input_stand_in_the_report_too(tmp_path: Path) -> None:
    root = intake(tmp_path, {"hires/7.yaml": "{name: Zebulon, role: nevoja}\n"})
    done = build(root, "--report", "report.json")
    assert done.returncode == 1
    report = (root / "report.json").read_text()
    (problem,) = json.loads(report)["problems"]
    assert (problem["path"], problem["line"], problem["code"]) == ("hires/7.yaml", 1, "unknown-reference")
    assert "Zebulon" not in report + done.stderr


def test_fail_fast_stops_at_the_first_that_fails(tmp_path: Path) -> None:
    root = intake(tmp_path, {"templates/languages/fi/pitch.md": "# Hei {{ nobody.else }}\n"})
    done = build(root, "--documents", "pitch", *PAGES, "--fail-fast")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("was not written") == 1
    assert documents(root / "out") == {}
    assert build(root, "--documents", "pitch", *PAGES).returncode == 3
    assert list(documents(root / "out")) == ["bo-pitch-sv.html"]


# One at a time


def test_of_two_builds_at_once_the_second_says_so_and_stops(tmp_path: Path) -> None:
    root = intake(tmp_path)
    with building(root, "--documents", "pitch,role-card") as first:
        first.when_there_are(1)
        with first.held():
            before = contents(root / "out")
            for command in (("build",), ("clean", Path(min(documents(root / "out"))).stem)):
                second = pitchgen(*command, workspace=root)
                if command[0] == "build":
                    assert (second.returncode, second.stdout) == (4, "")
                    said = "out is in use by another build; try again when that has ended"
                    assert without_warnings(second.stderr) == f"pitchgen: {said}\n"
            assert contents(root / "out") == before
            # Into another folder one may.
            assert build(root, "--documents", "pitch", *PAGES, "-o", "muu").returncode == 0
        done = first.result()
    assert (done.returncode, len(listed(done))) == (0, 12)


# Clean


def test_clean_removes_what_was_made_for_a_person(built: Path) -> None:
    out, before = built / "out", documents(built / "out")
    done = pitchgen("clean", "Aino", workspace=built)
    # A page on a team names everyone in it.
    gone = pages(["aino-manager-sheet-fi", "aino-pitch-fi", *OF_MANAGERS])
    assert (done.returncode, listed(done), done.stderr) == (0, gone, "3 files removed\n")
    assert set(before) - set(documents(out)) == set(gone)
    assert all(Manifest(out).entry(name) is None for name in gone)
    assert all(Manifest(out).entry(name) for name in documents(out))
    assert "3 files to make; 3 new" in build(built, *PAGES, "--dry-run").stderr


def test_clean_asks_back_when_it_is_not_sure(tmp_path: Path) -> None:
    people = {f"hires/{name}.yaml": HIRE for name in ("aino-virta", "aino-salo", "bo-ek")}
    root = small(tmp_path, people)
    (root / "hires/aino.yaml").unlink()
    assert build(root, "--documents", "pitch", "--format", "txt").returncode == 0
    before = contents(root)
    for first_name, meant in (("aino", "aino-salo, aino-virta"), ("Bo", "bo-ek")):
        unsure = pitchgen("clean", first_name, workspace=root)
        assert (unsure.returncode, unsure.stdout) == (1, "")
        assert f"'{first_name}' is not enough to tell whose documents in out are meant" in unsure.stderr
        assert f"say which: {meant}" in unsure.stderr
    unknown = pitchgen("clean", "bo-ek", "aino-sallo", workspace=root)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "did you mean 'aino-salo'?" in unknown.stderr
    assert contents(root) == before
    assert listed(pitchgen("clean", "bo-ek", "Aino Salo", workspace=root)) == [
        "aino-salo-pitch-fi.txt",
        "bo-ek-pitch-fi.txt",
    ]
