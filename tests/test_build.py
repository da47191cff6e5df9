"""Building an intake: every document once, only those that are not what they should be, and nobody's name."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import INTAKE, Result, build, building, documents, intake, listed
from workspaces import COMPANY, HIRE, PERSONA, TODAY, contents, pitchgen, small, write_tree

from pitchgen.manifest import NAME, Manifest

PAGES = ("--format", "html")
HIRES = ["aino", "bo", "cia"]
OF_HIRES = [
    *("aino-manager-sheet-fi", "aino-pitch-fi", "bo-manager-sheet-sv", "bo-pitch-sv"),
    *("cia-manager-sheet-fi", "cia-pitch-fi"),
]
OF_ROLES = [
    *("asiantuntija-playbook-fi", "asiantuntija-playbook-sv", "asiantuntija-role-card-fi"),
    *("asiantuntija-role-card-sv", "neuvoja-playbook-fi", "neuvoja-role-card-fi"),
]
ALL = sorted([*OF_HIRES, *OF_ROLES])
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
METRICS = "metrics:\n- {id: csat, name: Tyytyväisyys, kind: csat}\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything was built, with as many renderers as there are cores."""
    root = intake(tmp_path_factory.mktemp("whole"))
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of which every page was built."""
    root = intake(tmp_path_factory.mktemp("first"))
    done = build(root, *PAGES)
    assert (done.returncode, listed(done)) == (0, pages(ALL))
    return root


@pytest.fixture
def built(tmp_path: Path, first: Path) -> Path:
    """A workspace of which every page is up to date."""
    return shutil.copytree(first, tmp_path / "yritys")


def pages(stems: list[str]) -> list[str]:
    return sorted(f"{stem}.html" for stem in stems)


def made(result: Result) -> list[str]:
    """The stems of the pages that a build has made, which was all well."""
    assert result.returncode == 0, result.stderr
    return [name.removesuffix(".html") for name in listed(result)]


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
        (("--format", "docx"), "'docx' is not one of"),
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


# What is up to date


def test_dry_run_writes_nothing_and_lists_what_would_be(tmp_path: Path) -> None:
    root = intake(tmp_path)
    before = contents(root)
    done = build(root, *PAGES, "--dry-run")
    assert (done.returncode, listed(done)) == (0, pages(ALL))
    assert "12 files to make; 12 new" in done.stderr
    assert contents(root) == before
    assert not (root / "out").exists()


def test_check_tells_by_its_exit_code_and_writes_nothing(built: Path) -> None:
    fine = build(built, *PAGES, "--check")
    assert (fine.returncode, fine.stdout) == (0, "")
    write_tree(built, {"hires/bo.yaml": INTAKE["hires/bo.yaml"] + "called: Bosse\n"})
    before = contents(built)
    stale = build(built, *PAGES, "--check")
    assert (stale.returncode, listed(stale)) == (1, pages(["bo-manager-sheet-sv", "bo-pitch-sv"]))
    assert "2 files to make; 2 changed" in stale.stderr
    assert contents(built) == before


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was last changed, and where it lies; the lock is touched by whoever takes it."""
    found = ((path.name, path.stat()) for path in folder.iterdir() if path.name != ".pitchgen.lock")
    return {name: (status.st_mtime_ns, status.st_ino) for name, status in found}


def test_what_is_up_to_date_is_left_as_it_is(whole: Path) -> None:
    before = states(whole / "out")
    done = build(whole)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "0 files written, 24 up to date, 0 failed\n"
    assert states(whole / "out") == before


@pytest.mark.parametrize("path", ["personas/pikainen.yaml", "hires/aino.yaml", "company.yaml"])
def test_an_edit_remakes_what_affected_names(built: Path, path: str) -> None:
    text = (built / path).read_text()
    (built / path).write_text(text + "# Huomautus.\n")
    reached = pitchgen("affected", path, workspace=built).stdout.split()
    assert made(build(built, *PAGES)) == sorted(set(reached) & set(ALL))


CHANGES = {
    "a persona": ({"personas/pikainen.yaml": PERSONA}, [stem for stem in ALL if re.match("cia|neuv", stem)]),
    "a hire": ({"hires/aino.yaml": HIRE + "    called: Anni\n"}, ["aino-manager-sheet-fi", "aino-pitch-fi"]),
    "a manager": ({"managers/marjut.yaml": "name: Marjut\n"}, ["cia-manager-sheet-fi", "cia-pitch-fi"]),
    "a metric": ({"metrics.yaml": METRICS}, ALL),
    "a template": ({"templates/pitch.fi.md": "# Hei {{ called }}\n\nTervetuloa!\n"}, ALL),
    "a logo": ({"company.yaml": COMPANY + "    brand: {logo: logo.svg}\n", "logo.svg": SQUARE}, ALL),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_remakes_what_it_can_reach(built: Path, what: str) -> None:
    files, stems = CHANGES[what]
    write_tree(built, files)
    assert made(build(built, *PAGES)) == stems


def test_the_pixels_of_a_logo_and_the_letters_of_a_font_count(tmp_path: Path) -> None:
    from pitchgen.render.fonts import FACES, FALLBACKS

    company = COMPANY + "    brand: {logo: logo.svg, font: oma.ttf}\n"
    fonts = sorted({face.path for face in FACES + FALLBACKS if face.path.suffix == ".ttf"})
    files: dict[str, str | bytes] = {
        "company.yaml": company,
        "logo.svg": SQUARE,
        "oma.ttf": fonts[0].read_bytes(),
    }
    root = small(tmp_path, files)
    options = ("--documents", "pitch", *PAGES)
    assert made(build(root, *options)) == ["aino-pitch-fi"]
    assert made(build(root, *options)) == []
    write_tree(root, {"logo.svg": SQUARE.replace("h9", "h8")})
    assert made(build(root, *options)) == ["aino-pitch-fi"]
    write_tree(root, {"oma.ttf": fonts[1].read_bytes()})
    assert made(build(root, *options)) == ["aino-pitch-fi"]


def spoil_size(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"<!-- -->")


def spoil_letter(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b" ")


def spoil_and_put_the_time_back(path: Path) -> None:
    before = path.stat()
    spoil_letter(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def link_to_a_copy(path: Path) -> None:
    shutil.copy2(path, path.parent.parent / "kopio.html")
    path.unlink()
    path.symlink_to("../kopio.html")


def replace_by_an_empty_one(path: Path) -> None:
    path.write_bytes(b"")


SPOILERS: tuple[Callable[[Path], None], ...] = (
    *(Path.unlink, spoil_size, spoil_letter, spoil_and_put_the_time_back, link_to_a_copy),
    replace_by_an_empty_one,
)


def test_documents_that_somebody_touched_are_made_anew(built: Path) -> None:
    before = documents(built / "out")
    # What was just written is known by its state, what was copied by its bytes.
    write_tree(built, {"hires/bo.yaml": INTAKE["hires/bo.yaml"] + "# Huomautus.\n"})
    assert made(build(built, *PAGES)) == ["bo-manager-sheet-sv", "bo-pitch-sv"]
    touched = [stem for stem in ALL if "manager-sheet" not in stem][: len(SPOILERS)]
    for spoil, stem in zip(SPOILERS, touched, strict=True):
        spoil(built / f"out/{stem}.html")
    done = build(built, *PAGES, "--check")
    assert (done.returncode, listed(done)) == (1, pages(touched))
    assert "6 missing or edited" in done.stderr
    assert made(build(built, *PAGES)) == touched
    assert documents(built / "out") == before
    assert not any(path.is_symlink() for path in (built / "out").iterdir())


@pytest.mark.parametrize("spoil", [spoil_letter, spoil_and_put_the_time_back])
def test_one_letter_of_a_document_that_was_just_made_counts(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    root, options = small(tmp_path), ("--documents", "pitch", "--format", "txt")
    assert listed(build(root, *options)) == ["aino-pitch-fi.txt"]
    spoil(root / "out/aino-pitch-fi.txt")
    assert listed(build(root, *options)) == ["aino-pitch-fi.txt"]


def test_a_folder_that_was_copied_is_up_to_date(built: Path) -> None:
    shutil.copytree(built / "out", built / "kopio")
    assert made(build(built, *PAGES, "-o", "kopio")) == []


def test_what_was_made_by_other_libraries_is_made_anew(built: Path) -> None:
    path = built / "out" / NAME
    head, line, *lines = path.read_text().splitlines(keepends=True)
    other = re.sub('"inputs":"[0-9a-f]{4}', '"inputs":"beef', line)
    path.write_text("".join([head, other, *lines]))
    assert len(made(build(built, *PAGES))) == 1
    assert made(build(built, *PAGES)) == []


MANIFESTS: dict[str, Callable[[bytes], bytes]] = {
    "cut in a line": lambda whole: whole[:-100],
    "cut in the head": lambda whole: whole[:7],
    "of random bytes": lambda _: bytes(range(256)) * 8,
    "of another version": lambda whole: whole.replace(b'"manifest": 1', b'"manifest": 2'),
    "with a foreign line": lambda whole: whole.replace(b"\n", b'\n{"file": [1], "state": "\xff"}\n', 1),
    "with Windows line ends": lambda whole: whole.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("how", MANIFESTS)
def test_a_spoilt_manifest_costs_at_worst_some_documents_once(built: Path, how: str) -> None:
    before, path = documents(built / "out"), built / "out" / NAME
    path.write_bytes(MANIFESTS[how](path.read_bytes()))
    assert set(made(build(built, *PAGES))) <= set(ALL)
    assert documents(built / "out") == before
    # It is whole again.
    assert made(build(built, *PAGES, "--check")) == []


def test_the_manifest_does_not_grow_with_the_builds(built: Path) -> None:
    path = built / "out" / NAME
    sizes = set()
    for letter in "abc":
        write_tree(built, {"hires/aino.yaml": HIRE + f"    called: {letter}\n"})
        assert len(made(build(built, *PAGES))) == 2
        sizes.add(len(path.read_bytes().splitlines()))
    assert max(sizes) <= 1 + len(ALL) + 2


def test_a_document_keeps_its_day_until_another_is_asked_for(tmp_path: Path) -> None:
    root = small(tmp_path)
    options = ("--documents", "pitch", *PAGES)
    assert made(build(root, *options, "--date", "2026-11-20")) == ["aino-pitch-fi"]
    before = documents(root / "out")
    # Nobody says which day it is: the clock does not count.
    undated = [sys.executable, "-m", "pitchgen", "build", *options]
    done = subprocess.run(undated, cwd=root, capture_output=True, text=True, check=True)
    assert (done.stdout, documents(root / "out")) == ("", before)
    assert made(build(root, *options, "--date", TODAY)) == ["aino-pitch-fi"]
    assert documents(root / "out") != before


# People who are gone


def test_documents_of_people_who_are_gone_are_named_and_kept_until_pruned(built: Path) -> None:
    out = built / "out"
    write_tree(out, {"oma.txt": "oma\n", "cia-pitch-en.html": "oma\n"})
    (built / "hires/cia.yaml").unlink()
    gone = pages([stem for stem in ALL if re.match("cia|neuvoja", stem)])
    before = contents(out)
    done = build(built, *PAGES)
    assert made(done) == []
    assert done.stderr.splitlines()[:-1] == [
        f"out/{name}: of nobody who is there; --prune removes it" for name in gone
    ]
    assert contents(out) == before
    done = build(built, *PAGES, "--prune")
    assert done.stderr.splitlines()[:-1] == [f"out/{name}: removed" for name in gone]
    assert set(before) - set(contents(out)) == set(gone)
    assert (out / "cia-pitch-en.html").read_text() == "oma\n"
    assert all(Manifest(out).entry(name) is None for name in gone)
    assert build(built, *PAGES).stderr == "0 files written, 8 up to date, 0 failed\n"


def test_who_changes_language_leaves_documents_behind(built: Path) -> None:
    write_tree(built, {"hires/aino.yaml": HIRE + "    language: en\n"})
    done = build(built, *PAGES, "--prune")
    assert made(done) == [
        *("aino-manager-sheet-en", "aino-pitch-en", "asiantuntija-playbook-en", "asiantuntija-role-card-en")
    ]
    assert len(documents(built / "out")) == 12
    assert "out/asiantuntija-playbook-fi.html: removed" in done.stderr


def test_documents_that_were_not_asked_for_are_nobodys_left_overs(built: Path) -> None:
    done = build(built, *PAGES, "--documents", "pitch", "--prune")
    assert done.stderr == "0 files written, 3 up to date, 0 failed\n"
    assert len(documents(built / "out")) == 12


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
    root = intake(tmp_path, {"templates/pitch.sv.md": broken})
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
    root = intake(tmp_path, {"templates/pitch.fi.md": "# Hei {{ nobody.else }}\n"})
    done = build(root, "--documents", "pitch", *PAGES, "--fail-fast")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("was not written") == 1
    assert documents(root / "out") == {}
    assert build(root, "--documents", "pitch", *PAGES).returncode == 3
    assert list(documents(root / "out")) == ["bo-pitch-sv.html"]


# One at a time


def test_of_two_builds_at_once_the_second_says_so_and_stops(tmp_path: Path) -> None:
    root = intake(tmp_path)
    with building(root) as first:
        first.when_there_are(1)
        with first.held():
            before = contents(root / "out")
            for command in (("build",), ("clean", Path(min(documents(root / "out"))).stem)):
                second = pitchgen(*command, workspace=root)
                if command[0] == "build":
                    assert (second.returncode, second.stdout) == (4, "")
                    said = "out is in use by another build; try again when that has ended"
                    assert second.stderr == f"pitchgen: {said}\n"
            assert contents(root / "out") == before
            # Into another folder one may.
            assert build(root, "--documents", "pitch", *PAGES, "-o", "muu").returncode == 0
        done = first.result()
    assert (done.returncode, len(listed(done))) == (0, 24)


# Clean


def test_clean_removes_what_was_made_for_a_person(built: Path) -> None:
    out, before = built / "out", documents(built / "out")
    done = pitchgen("clean", "Aino", workspace=built)
    gone = pages(["aino-manager-sheet-fi", "aino-pitch-fi"])
    assert (done.returncode, listed(done), done.stderr) == (0, gone, "2 files removed\n")
    assert set(before) - set(documents(out)) == set(gone)
    assert all(Manifest(out).entry(name) is None for name in gone)
    assert all(Manifest(out).entry(name) for name in documents(out))
    assert "2 files to make; 2 new" in build(built, *PAGES, "--dry-run").stderr


def test_clean_asks_back_when_it_is_not_sure(tmp_path: Path) -> None:
    people = {f"hires/{name}.yaml": HIRE for name in ("aino-virta", "aino-salo", "bo-ek")}
    root = small(tmp_path, people)
    (root / "hires/aino.yaml").unlink()
    assert build(root, "--documents", "pitch", "--format", "txt").returncode == 0
    before = contents(root)
    unsure = pitchgen("clean", "aino", workspace=root)
    assert (unsure.returncode, unsure.stdout) == (1, "")
    assert "'aino' could be any of 2 people in out" in unsure.stderr
    assert "aino-salo, aino-virta" in unsure.stderr
    unknown = pitchgen("clean", "bo-ek", "aino-sallo", workspace=root)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "did you mean 'aino-salo'?" in unknown.stderr
    assert contents(root) == before
    assert listed(pitchgen("clean", "bo", "Aino Salo", workspace=root)) == [
        "aino-salo-pitch-fi.txt",
        "bo-ek-pitch-fi.txt",
    ]
