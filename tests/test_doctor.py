"""`pitchgen doctor`, and what still works on a machine that lacks what PDFs need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from workspaces import pitchgen, small, without

PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
SUBSET = ("libharfbuzz-subset.so.0",)


@pytest.fixture
def no_pango(tmp_path: Path) -> dict[str, str]:
    return without(tmp_path / "lib", *PANGO)


def test_all_is_well_on_a_machine_that_runs_the_tests() -> None:
    done = pitchgen("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert "FAIL" not in done.stdout
    for name in ("Python", "weasyprint", "Pango", "HarfBuzz subset", "font Spectral", "font Fira Sans"):
        assert f"ok    {name} " in done.stdout
    for library in ("GLib", "Pango", "HarfBuzz", "Fontconfig", "HarfBuzz subset"):
        assert re.search(rf"(?m)^ok    {library} +\d+\.\d+\.\d+$", done.stdout), library


def test_doctor_needs_no_workspace(tmp_path: Path) -> None:
    assert pitchgen("doctor", workspace=tmp_path).returncode == 0


def test_quietly_only_what_is_wrong_is_shown(tmp_path: Path, no_pango: dict[str, str]) -> None:
    assert pitchgen("doctor", "-q").stdout == ""
    lines = pitchgen("doctor", "-q", env=no_pango).stdout.splitlines()
    assert [line.split()[:2] for line in lines[::2]] == [["FAIL", "Pango"], ["FAIL", "PangoFT2"]]


def test_without_pango_doctor_says_what_is_missing_what_for_and_the_command_that_mends_it(
    no_pango: dict[str, str],
) -> None:
    done = pitchgen("doctor", env=no_pango)
    assert (done.returncode, done.stderr) == (4, "")
    lines = done.stdout.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("FAIL  Pango ")]
    assert "missing (for PDF)" in lines[at]
    assert lines[at + 1].strip().startswith("sudo apt-get install")
    assert "libpango-1.0-0" in lines[at + 1]
    assert "ok    HarfBuzz " in done.stdout


def test_without_pango_html_markdown_and_text_still_work(tmp_path: Path, no_pango: dict[str, str]) -> None:
    arguments = ("pitch", "aino", "--format", "html,md,txt", "-q", "-o", "out")
    done = pitchgen(*arguments, workspace=small(tmp_path / "without"), env=no_pango)
    assert (done.returncode, done.stderr) == (0, "")
    assert pitchgen(*arguments, workspace=small(tmp_path / "with")).returncode == 0
    made = sorted((tmp_path / "without/out").iterdir())
    assert [path.suffix for path in made] == [".html", ".md", ".txt"]
    for path in made:
        assert path.read_bytes() == (tmp_path / "with/out" / path.name).read_bytes()


def test_without_pango_a_pdf_says_what_to_install(tmp_path: Path, no_pango: dict[str, str]) -> None:
    root = small(tmp_path / "a")
    done = pitchgen("pitch", "aino", "--format", "pdf", "-q", "-o", "out", workspace=root, env=no_pango)
    assert (done.returncode, done.stdout) == (4, "")
    assert "a PDF needs the Pango library" in done.stderr
    assert "apt-get install" in done.stderr
    assert "libpango-1.0-0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "out").exists()


def test_without_pango_the_other_formats_are_written_and_the_pdf_is_said_to_be_missing_once(
    tmp_path: Path, no_pango: dict[str, str]
) -> None:
    root = small(tmp_path / "a", {"hires/bo.yaml": "name: Bo\nrole: asiantuntija\n"})
    done = pitchgen("pitch", "-q", "-o", "out", workspace=root, env=no_pango)
    assert done.returncode == 3
    assert done.stdout.splitlines() == ["out/aino-pitch-fi.html", "out/bo-pitch-fi.html"]
    assert done.stderr.count("apt-get install") == 1
    assert "aino-pitch-fi.pdf was not written" in done.stderr
    assert "bo-pitch-fi.pdf was not written" in done.stderr


def test_check_works_without_pango(tmp_path: Path, no_pango: dict[str, str]) -> None:
    done = pitchgen("check", workspace=small(tmp_path / "a"), env=no_pango)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_without_the_subsetting_library_pdfs_are_made_and_doctor_says_why_they_are_slow(
    tmp_path: Path,
) -> None:
    env = without(tmp_path / "lib", *SUBSET)
    doctor = pitchgen("doctor", "-q", env=env)
    assert "HarfBuzz subset" in doctor.stdout
    assert "libharfbuzz-subset0" in doctor.stdout
    assert "Pango" not in doctor.stdout
    done = pitchgen("pitch", "-q", "-o", "out", workspace=small(tmp_path / "a"), env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a/out/aino-pitch-fi.pdf").read_bytes().startswith(b"%PDF-1.7")
