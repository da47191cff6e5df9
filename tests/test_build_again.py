"""Building again: what is up to date is left, and what anything has changed for is made anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import (
    ALL,
    INTAKE,
    OF_HIRES,
    OF_MANAGERS,
    OF_ROLES,
    PAGES,
    build,
    documents,
    intake,
    listed,
    made,
    pages,
)
from workspaces import (
    COMPANY,
    HIRE,
    PERSONA,
    TODAY,
    contents,
    pitchgen,
    small,
    with_pydyf,
    without,
    write_tree,
)

from pitchgen.intake.manifest import NAME

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
METRICS = "metrics:\n- {id: csat, name: Tyytyväisyys, kind: csat}\n"


def test_dry_run_writes_nothing_and_lists_what_would_be(tmp_path: Path) -> None:
    root = intake(tmp_path)
    before = contents(root)
    done = build(root, *PAGES, "--dry-run")
    assert (done.returncode, listed(done)) == (0, pages(ALL))
    assert f"{len(ALL)} files to make; {len(ALL)} new" in done.stderr
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


@pytest.mark.parametrize("path", ["personas/pikainen.yaml", "hires/aino.yaml", "company.yaml"])
def test_an_edit_remakes_what_affected_names(built: Path, path: str) -> None:
    text = (built / path).read_text()
    (built / path).write_text(text + "# Huomautus.\n")
    reached = pitchgen("affected", path, workspace=built).stdout.split()
    assert made(build(built, *PAGES)) == sorted(set(reached) & set(ALL))


CARD = '{% extends "base.html" %}{% block body %}<main><h1>{{ card.title }}</h1></main>{% endblock %}\n'
CHANGES = {
    "a persona": (
        {"personas/pikainen.yaml": PERSONA},
        [each for each in ALL if re.match("cia|neuv|pik|mar", each)],
    ),
    "a hire": ({"hires/aino.yaml": HIRE + "    called: Anni\n"}, ["aino-manager-sheet-fi", "aino-pitch-fi"]),
    "a manager": (
        {"managers/marjut.yaml": "name: Marjut\n"},
        ["cia-manager-sheet-fi", "cia-pitch-fi", *OF_MANAGERS],
    ),
    "a metric": ({"metrics.yaml": METRICS}, ALL),
    "a template": (
        {"templates/languages/fi/pitch.md": "# Hei {{ called }}\n\nTervetuloa!\n"},
        # Whoever reads Swedish hears nothing of it, and no role's documents do.
        [each for each in OF_HIRES if each.endswith("-fi")],
    ),
    "a layout": ({"templates/role-card.html": CARD}, [each for each in OF_ROLES if "role-card" in each]),
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


@pytest.mark.parametrize(
    "library",
    ["libpango-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1", "pydyf"],
)
def test_what_was_made_by_other_libraries_is_out_of_date(built: Path, tmp_path: Path, library: str) -> None:
    env = with_pydyf(tmp_path, "0.0.1") if library == "pydyf" else without(tmp_path / "lib", library)
    done = build(built, *PAGES, "--check", env=env)
    assert (done.returncode, listed(done)) == (1, pages(ALL))
    assert f"{len(ALL)} files to make; {len(ALL)} changed" in done.stderr


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


def test_what_was_not_asked_for_and_is_out_of_date_is_named(built: Path) -> None:
    assert build(built, "--documents", "pitch", "--format", "md").returncode == 0
    write_tree(built, {"hires/aino.yaml": HIRE + "    called: Anni\n"})
    done = build(built, "--documents", "pitch", "--format", "html")
    assert made(done) == ["aino-pitch-fi"]
    assert "2 files out of date, in what was not asked for, such as out/aino-pitch-fi.md" in done.stderr
    assert "out of date" not in build(built, "--documents", "pitch", "--format", "html").stderr
