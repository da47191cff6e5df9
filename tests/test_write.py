"""Files as they are written: safe names, no two alike, and each there whole or not at all."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import COMPANY, HIRE, contents, pitchgen, pitchgen_here, small, without_warnings

from pitchgen.problems import CannotWrite
from pitchgen.write import MAX_NAME_BYTES, expect_writable, file_stem, file_stems, make_folder, write_file

Capture = pytest.CaptureFixture[str]

# Names that Windows keeps for devices, with any ending.
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
ANY_TEXT = st.text(max_size=120)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Names of files.


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Aino Virtanen", "aino-virtanen"),
        ("Ääkkönen Åsa", "ääkkönen-åsa"),
        ("aino_virtanen--2", "aino-virtanen-2"),
        ("CON", "con"),
        ("محمد علي", "محمد-علي"),
        ("田中太郎", "田中太郎"),
        ("हिन्दी", "हिन्दी"),
        (" - Aino - ", "aino"),
    ],
)
def test_a_name_of_letters_and_digits_is_itself_in_small_letters(name: str, stem: str) -> None:
    assert file_stem(name) == stem


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("..\\..\\Windows\\System32", "windowssystem32"),
        ("C:\\aino", "caino"),
        ("~root/.ssh", "rootssh"),
        ("-rf *", "rf"),
        ("$(reboot) `ls` ;&|", "reboot-ls"),
        ("Aino\x00Virtanen\n", "ainovirtanen"),
        ('O\'Neil, "Jack"', "oneil-jack"),
        ("<script>", "script"),
        ("{{ 7*7 }}", "77"),
        ("**bold**", "bold"),
        ("aino.yaml.", "ainoyaml"),
        ("A\ud800", "a"),
        ("x" * 10_000, "x" * (MAX_NAME_BYTES - 9)),
        ("ä" * 10_000, "ä" * ((MAX_NAME_BYTES - 9) // 2)),
    ],
)
def test_a_name_that_loses_something_gets_a_digest_in_its_place(name: str, kept: str) -> None:
    assert re.fullmatch(f"{kept}-[0-9a-f]{{8}}", file_stem(name))


@pytest.mark.parametrize("name", ["", " ", "..", "/", "-", "_", "😀", "\u200b", "\u202e", "\ud800", "***"])
def test_a_name_without_a_letter_is_its_digest(name: str) -> None:
    assert re.fullmatch("[0-9a-f]{8}", file_stem(name))


def test_accents_written_apart_give_the_same_name() -> None:
    assert file_stem("A\u0308ija\u0308la\u0308") == file_stem("Äijälä") == "äijälä"


@given(ANY_TEXT)
def test_any_name_gives_a_safe_file_name(name: str) -> None:
    stem = file_stem(name)
    assert stem
    assert 0 < len(stem.encode()) <= MAX_NAME_BYTES
    assert all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in stem)
    assert stem.strip("-") == stem
    assert unicodedata.is_normalized("NFC", stem)
    assert Path(stem).name == stem
    assert file_stem(name) == stem


@given(st.sampled_from("aä田😀م "), st.text(min_size=1, max_size=5), st.text(min_size=1, max_size=5))
def test_long_names_that_differ_at_the_end_stay_two(letter: str, one: str, other: str) -> None:
    stems = file_stems([f"{letter * 500}{one}", f"{letter * 500}{other}"])
    assert len(set(stems.values())) == len({one, other})


@pytest.mark.parametrize(
    ("one", "other"), [("a.b", "ab"), ("<a>", "(a)"), ("😀", "😁"), ("a" * 99, "a" * 98)]
)
def test_names_that_differ_in_what_is_lost_stay_two(one: str, other: str) -> None:
    assert file_stem(one) != file_stem(other)


@given(st.lists(st.text(alphabet="aAäÄßſ-_ 2", max_size=6) | ANY_TEXT, max_size=12))
def test_no_two_ids_share_a_file_even_where_capitals_and_accents_do_not_count(ids: list[str]) -> None:
    stems = file_stems(ids)
    assert stems.keys() == set(ids)
    folded = [unicodedata.normalize("NFC", stem.casefold()) for stem in stems.values()]
    assert len(set(folded)) == len(set(ids))
    assert all(len(stem.encode()) <= MAX_NAME_BYTES + len("-12") for stem in stems.values())


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "CON",
        "nul",
        "com1",
        "a" * 200,
        "ä" * 200,
        "😀",
        "محمد علي",
        "田中太郎",
        "हिन्दी",
        "क़ासिम",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "**bold**",
        "a/b\\c:d",
    ],
)
def test_a_typed_newcomer_s_pitch_lands_in_the_folder_under_a_safe_name(
    capsys: Capture, tmp_path: Path, name: str
) -> None:
    root = small(tmp_path / "firma")
    before = contents(tmp_path)
    arguments = ("--name", name, "--role", "asiantuntija", "--format", "txt", "-o", str(root / "out"))
    result = pitchgen_here(capsys, "pitch", *arguments, workspace=root)
    assert result.returncode == 0
    (path,) = (root / "out").iterdir()
    assert result.stdout == f"{path}\n"
    assert path.name.endswith("-pitch-fi.txt")
    assert path.name.partition(".")[0].casefold() not in DEVICES
    assert len(path.name.encode()) < 150
    assert not set(path.name) & set('<>:"/\\|?* ')
    assert contents(tmp_path) == before | {f"firma/out/{path.name}": path.read_bytes()}


@pytest.mark.parametrize("name", ["", "  ", "x" * 10_000, "A\ud800B", "a\x00b"])
def test_a_typed_name_that_is_none_writes_nothing(capsys: Capture, tmp_path: Path, name: str) -> None:
    before = contents(small(tmp_path))
    arguments = ("--name", name, "--role", "asiantuntija", "--format", "txt", "-o", str(tmp_path / "out"))
    result = pitchgen_here(capsys, "pitch", *arguments, workspace=tmp_path)
    assert result.stderr.startswith("--name: error[invalid-value]: ")
    assert (result.stdout, result.returncode) == ("", 1)
    assert contents(tmp_path) == before


def test_hires_whose_ids_differ_in_signs_or_capitals_get_a_file_each(capsys: Capture, tmp_path: Path) -> None:
    ids = ("aino_v", "aino-v", "Aino-V", "aino--v", "aino-v-2")
    root = small(tmp_path, {f"hires/{id}.yaml": HIRE.replace("Aino", f"N{n}") for n, id in enumerate(ids)})
    result = pitchgen_here(capsys, "pitch", "--format", "txt", "-o", str(root / "out"), workspace=root)
    assert result.returncode == 0
    written = contents(root / "out")
    assert len({name.casefold() for name in written}) == len(written) == len(ids) + 1
    greeted = {text.split(b"\n")[0] for text in written.values()}
    assert len(greeted) == len(written)


def test_two_hires_of_one_name_get_a_file_each(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"hires/aino-2.yaml": HIRE})
    pitchgen_here(capsys, "pitch", "--format", "txt", "-o", str(root / "out"), workspace=root)
    assert sorted(contents(root / "out")) == ["aino-2-pitch-fi.txt", "aino-pitch-fi.txt"]


def test_a_typed_newcomer_never_overwrites_a_hire_s_pitch(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"hires/aino_asiantuntija.yaml": HIRE})
    output = ("--format", "txt", "-o", str(root / "out"))
    pitchgen_here(capsys, "pitch", *output, workspace=root)
    before = contents(root / "out")
    pitchgen_here(capsys, "pitch", "--name", "Aino", "--role", "asiantuntija", *output, workspace=root)
    after = contents(root / "out")
    assert len(after) == len(before) + 1
    assert after.items() >= before.items()


# A file appears whole or not at all.


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "puhe.txt"
    path.write_bytes(b"vanha")
    with path.open("rb") as reader:
        write_file(path, b"uusi")
        assert reader.read() == b"vanha"
    assert contents(tmp_path) == {"puhe.txt": b"uusi"}


def test_a_link_is_replaced_and_what_it_points_at_is_not(tmp_path: Path) -> None:
    (tmp_path / "muu.txt").write_bytes(b"muu")
    (tmp_path / "puhe.txt").symlink_to("muu.txt")
    write_file(tmp_path / "puhe.txt", b"uusi")
    assert not (tmp_path / "puhe.txt").is_symlink()
    assert contents(tmp_path) == {"muu.txt": b"muu", "puhe.txt": b"uusi"}


def test_a_folder_in_the_way_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "puhe.txt" / "sisus").mkdir(parents=True)
    with pytest.raises(CannotWrite, match=r"puhe\.txt: is a directory"):
        write_file(tmp_path / "puhe.txt", b"uusi")
    assert [path.name for path in tmp_path.iterdir()] == ["puhe.txt"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no such file or directory"):
        write_file(tmp_path / "ei" / "puhe.txt", b"uusi")


def test_a_file_where_a_folder_belongs_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("oma")
    with pytest.raises(CannotWrite, match="out"):
        make_folder(tmp_path / "out")
    with pytest.raises(CannotWrite, match="out"):
        make_folder(tmp_path / "out" / "sub")


# Writing more than the system allows in a process of its own: refused half-way, or killed half-way.
WRITE_TOO_MUCH = """
import resource, signal, sys
from pathlib import Path
from pitchgen.problems import CannotWrite
from pitchgen.write import write_file
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
if sys.argv[2] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
try:
    write_file(Path(sys.argv[1]), b"uusi" * 10_000)
except CannotWrite as error:
    sys.exit(f"{error.exit_code} {error}")
"""


def write_too_much(path: Path, end: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WRITE_TOO_MUCH, str(path), end]
    # What measures coverage writes files too, and would trip over the limit.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "puhe.txt"
    path.write_bytes(b"vanha")
    result = write_too_much(path, "refused")
    assert result.stderr == f"4 cannot write {path}: file too large\n"
    assert contents(tmp_path) == {"puhe.txt": b"vanha"}


def test_being_killed_half_way_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "puhe.txt"
    path.write_bytes(b"vanha")
    result = write_too_much(path, "killed")
    assert result.returncode == -signal.SIGXFSZ
    assert path.read_bytes() == b"vanha"
    (leftover,) = set(tmp_path.iterdir()) - {path}
    assert mode(leftover) == 0o600
    write_file(path, b"uusi")
    assert path.read_bytes() == b"uusi"


def test_what_a_killed_run_left_is_swept_up_later_and_nothing_else_is(
    capsys: Capture, tmp_path: Path
) -> None:
    root = small(tmp_path)
    out = root / "out"
    out.mkdir()
    write_too_much(out / "puhe.txt", "killed")
    (leftover,) = out.iterdir()
    mine, other_run = out / "oma.txt", out / f"{leftover.name}-toinen"
    mine.write_text("oma")
    other_run.write_text("kesken")
    long_ago = leftover.stat().st_mtime - 100_000
    os.utime(leftover, (long_ago, long_ago))
    os.utime(mine, (long_ago, long_ago))
    pitchgen_here(capsys, "pitch", "--format", "txt", "-o", str(out), workspace=root)
    assert {path.name for path in out.iterdir()} == {"aino-pitch-fi.txt", mine.name, other_run.name}


def test_the_disk_filling_up_between_two_pitches_keeps_the_first_whole(tmp_path: Path) -> None:
    talkative = HIRE + f"    why_you: {'Osaat kuunnella. ' * 600}\n"
    root = small(tmp_path, {"hires/bertta.yaml": talkative})
    limit = ("prlimit", "--fsize=6000:6000")
    result = pitchgen("pitch", "--format", "txt", "-o", "out", workspace=root, before=limit)
    assert result.returncode == 4
    assert "cannot write out/bertta-pitch-fi.txt: file too large" in result.stderr
    assert result.stdout == "out/aino-pitch-fi.txt\n"
    assert list(contents(root / "out")) == ["aino-pitch-fi.txt"]


# Only their owner reads personal data.


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_documents_are_their_owner_s_whatever_the_mask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        make_folder(tmp_path / "out")
        write_file(tmp_path / "out" / "puhe.txt", b"uusi")
    finally:
        os.umask(before)
    assert mode(tmp_path / "out") == 0o700
    assert mode(tmp_path / "out" / "puhe.txt") == 0o600


def test_a_document_that_everybody_could_read_becomes_its_owner_s(tmp_path: Path) -> None:
    path = tmp_path / "puhe.txt"
    path.write_bytes(b"vanha")
    path.chmod(0o666)
    write_file(path, b"uusi")
    assert mode(path) == 0o600


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o755)
    make_folder(tmp_path / "out")
    assert mode(tmp_path / "out") == 0o755


def test_a_pitch_is_its_owner_s(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    pitchgen_here(capsys, "pitch", "--format", "html,md,txt", "-o", str(root / "out"), workspace=root)
    assert mode(root / "out") == 0o700
    assert {mode(path) for path in (root / "out").iterdir()} == {0o600}
    pitchgen_here(capsys, "pitch", "-o", str(root / "aino.txt"), workspace=root)
    assert mode(root / "aino.txt") == 0o600


# Where one may not write.


def test_a_folder_that_may_not_be_written_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "out").mkdir(mode=0o500)
    before = contents(root)
    result = pitchgen("pitch", "--format", "txt", "-o", "out", workspace=root, powerless=True)
    assert result.stderr.splitlines()[-1] == "pitchgen: cannot write out/aino-pitch-fi.txt: permission denied"
    assert (result.stdout, result.returncode) == ("", 4)
    assert contents(root) == before


def test_a_folder_that_may_not_be_made_is_told(tmp_path: Path) -> None:
    root = small(tmp_path / "firma")
    (tmp_path / "lukittu").mkdir(mode=0o500)
    result = pitchgen("pitch", "--format", "txt", "-o", "../lukittu/out", workspace=root, powerless=True)
    assert result.stderr.splitlines()[-1] == "pitchgen: cannot write ../lukittu/out: permission denied"
    assert (result.stdout, result.returncode) == ("", 4)


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path) -> None:
    root = small(tmp_path)
    locked = root / "lukittu"
    locked.mkdir(mode=0o000)
    try:
        result = pitchgen("pitch", "--format", "txt", "-o", "lukittu/out", workspace=root, powerless=True)
    finally:
        locked.chmod(0o700)
    assert result.stderr.splitlines()[-1] == "pitchgen: cannot write lukittu/out: permission denied"
    assert (result.stdout, result.returncode) == ("", 4)


def test_a_file_where_the_output_folder_belongs_is_told(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"out": "oma\n"})
    result = pitchgen_here(capsys, "pitch", "--format", "txt", "-o", str(root / "out"), workspace=root)
    assert f"cannot write {root / 'out'}" in result.stderr
    assert result.returncode == 4
    assert (root / "out").read_text() == "oma\n"


def test_the_same_input_writes_the_same_bytes(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"company.yaml": COMPANY})
    for out in ("a", "b"):
        pitchgen_here(
            capsys, "pitch", "--format", "html,md,txt", "-o", str(tmp_path / "out" / out), workspace=root
        )
    assert contents(tmp_path / "out" / "a") == contents(tmp_path / "out" / "b")
    assert len(contents(tmp_path / "out" / "a")) == 3


# What somebody named for the output: a file, a link to one, a pipe.

NAMED = {
    "a document": ("pitch", "--format", "txt", "-o"),
    "the matrix": ("matrix", "-o"),
    "a report": ("build", "--documents", "pitch", "--format", "txt", "--report"),
}
ENDINGS = {"a document": "txt", "the matrix": "csv", "a report": "json"}


class Named(NamedTuple):
    """A path that is not there yet, and a command that is told to write to it; it returns its exit code."""

    path: Path
    run: Callable[[], int]


@pytest.fixture(params=NAMED)
def named(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> Named:
    monkeypatch.chdir(tmp_path)
    root = small(tmp_path / "firma")
    path = tmp_path / f"named.{ENDINGS[request.param]}"
    arguments = (*NAMED[request.param], str(path))
    return Named(path, lambda: pitchgen_here(capsys, *arguments, workspace=root).returncode)


def test_a_link_stays_and_its_target_is_written(named: Named, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "target"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    named.path.symlink_to("elsewhere/target")
    assert named.run() == 0
    assert named.path.is_symlink()
    assert target.read_bytes() not in (b"", b"old")
    assert [path.name for path in target.parent.iterdir()] == ["target"]


def test_a_link_to_what_is_not_there_yet_makes_it(named: Named, tmp_path: Path) -> None:
    named.path.symlink_to("target")
    assert named.run() == 0
    assert named.path.is_symlink()
    assert (tmp_path / "target").stat().st_size > 0


def test_a_link_to_itself_is_an_error_and_stays(named: Named) -> None:
    named.path.symlink_to(named.path.name)
    assert named.run() == 4
    assert named.path.is_symlink()


def test_a_pipe_gets_what_would_be_in_the_file(named: Named) -> None:
    os.mkfifo(named.path)
    reader = os.open(named.path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert named.run() == 0
        assert os.read(reader, 100_000)
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(named.path.stat().st_mode)


def test_a_pipe_from_which_nobody_reads_is_an_error_and_no_wait(named: Named) -> None:
    os.mkfifo(named.path)
    assert named.run() == 4
    assert stat.S_ISFIFO(named.path.stat().st_mode)


@contextmanager
def that_nobody_reads(pipe: Path) -> Iterator[None]:
    """See that nobody reads a pipe, which is to wait for ever; one who does gets nothing and goes on."""
    read = Event()

    def offer() -> None:
        os.close(os.open(pipe, os.O_WRONLY))
        read.set()

    writer = Thread(target=offer)
    writer.start()
    try:
        yield
        assert not read.is_set()
    finally:
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        writer.join()


@pytest.mark.parametrize("name", ["aino-pitch-fi.txt", ".pitchgen.jsonl"])
def test_a_pipe_in_the_folder_of_documents_is_refused(tmp_path: Path, capsys: Capture, name: str) -> None:
    root = small(tmp_path)
    (root / "out").mkdir()
    os.mkfifo(root / "out" / name)
    options = ("--documents", "pitch", "--format", "txt", "-o", str(root / "out"))
    with that_nobody_reads(root / "out" / name):
        done = pitchgen_here(capsys, "build", *options, workspace=root)
    assert done.returncode == 4
    assert f"{name}: it is a pipe or a device, not a file" in done.stderr


def test_it_can_be_told_beforehand_whether_a_path_can_be_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "out").symlink_to("gone/file")
    before = sorted(tmp_path.iterdir())
    for name in ("file", "link", "pipe"):
        expect_writable(tmp_path / name)
    for name in ("", "gone/file", "loop", "out", "pipe/file"):
        with pytest.raises(CannotWrite):
            expect_writable(tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


TEXTS = ("--documents", "pitch", "--format", "txt")


@pytest.mark.parametrize("options", [(), ("--check",)])
@pytest.mark.parametrize("mode", [0o300, 0o000])
def test_a_build_into_a_folder_that_may_not_be_listed_makes_nothing(
    tmp_path: Path, mode: int, options: tuple[str, ...]
) -> None:
    root = small(tmp_path)
    (root / "out").mkdir(mode=mode)
    done = pitchgen("build", *TEXTS, *options, workspace=root, powerless=True)
    (root / "out").chmod(0o700)
    assert (done.returncode, done.stdout) == (4, "")
    said = without_warnings(done.stderr)
    assert re.fullmatch(r"pitchgen: (cannot write )?out(/\S+)?: permission denied\n", said)
    assert list((root / "out").glob("[!.]*")) == []


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("locked", "locked/.pitchgen.lock: permission denied"),
        ("locked/out", "locked/out: permission denied"),
        ("file", "file: file exists"),
        ("file/out", "file/out: not a directory"),
        ("loop", "loop: file exists"),
        ("/proc/self/out", "/proc/self/out: no such file or directory"),
        ("/dev/full", "/dev/full: file exists"),
    ],
)
def test_a_build_into_what_takes_no_document_is_told(tmp_path: Path, folder: str, said: str) -> None:
    root = in_the_way(small(tmp_path))
    before = contents(root)
    done = pitchgen("build", *TEXTS, "-q", "-o", folder, workspace=root, powerless=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"pitchgen: cannot write {said}\n"
    assert contents(root) == before


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("locked/report.json", "permission denied"),
        ("locked", "is a directory"),
        ("file/report.json", "not a directory"),
        ("gone/report.json", "no such file or directory"),
        ("loop", "too many levels of symbolic links"),
        ("/proc/self/report.json", "no such file or directory"),
        ("locked-pipe", "permission denied"),
    ],
)
def test_a_report_that_cannot_be_written_is_told_before_anything_is_made(
    tmp_path: Path, report: str, said: str
) -> None:
    root = in_the_way(small(tmp_path))
    done = pitchgen("build", *TEXTS, "--report", report, workspace=root, powerless=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"pitchgen: cannot write {report}: {said}\n"
    assert not (root / "out").exists()


def in_the_way(root: Path) -> Path:
    """The workspace, with much beside it that takes no file."""
    (root / "locked").mkdir(mode=0o500)
    (root / "file").touch()
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "locked-pipe", mode=0o400)
    return root
