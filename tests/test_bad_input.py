"""Bad input through the commands that read, extend or follow a workspace: each says it, and ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from test_check import BAD_INPUT
from test_watch import READY, WAITING, watching
from workspaces import (
    COMPANY,
    GUARD,
    HIRE,
    PERSONA,
    POWERLESS,
    TODAY,
    contents,
    pitchgen,
    pitchgen_here,
    seconds_of_work,
    small,
    write_tree,
)

from pitchgen.changes.watch import Watch
from pitchgen.cli import main
from pitchgen.render.presses import Presses

Capture = pytest.CaptureFixture[str]
Result = subprocess.CompletedProcess[str]

# Seconds that no command computes for, however busy the machine is.
WORK = 60
# What each exit code may be by the contract; 70 is a bug.
CONTRACT = {0, 1, 2, 3, 4, 130}
JOURNEY = """\
    phases: [{id: arki, name: Arki}]
    touchpoints: [{id: soitto, name: Soitto, phase: arki}]
"""
METRICS = """\
    metrics:
      - {id: csat, name: Tyytyväisyys, kind: csat}
"""
# What turns the direction of writing, also of what follows on the line.
TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# The commands that need the whole workspace, and those that only add to it.
READING = {
    "check": ["check"],
    "matrix": ["matrix"],
    "matrix as a page": ["matrix", "--format", "html"],
    "matrix as a table": ["matrix", "--format", "csv"],
    "matrix as data": ["matrix", "--format", "json"],
    "matrix into a file": ["matrix", "-o", "{out}/matrix.html"],
    "affected": ["affected", "{root}/company.yaml"],
}
ADDING = {
    "persona": ["new", "persona", "uusi"],
    "role": ["new", "role", "uusi", "--serves", "varmistelija"],
    "hire": ["new", "hire", "uusi", "--role", "asiantuntija"],
    "metric": ["new", "metric", "uusi", "--kind", "nps"],
    "touchpoint": ["new", "touchpoint", "uusi", "--phase", "arki"],
}


class Hung(BaseException):
    """A command took longer than `GUARD`; no command catches this."""


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    """Ends what hangs."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(GUARD)
    with seconds_of_work(WORK):
        yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def steers(text: str) -> set[str]:
    """The characters of a text that could steer a terminal."""
    return {c for c in text if c != "\n" and (unicodedata.category(c) == "Cc" or c in TURNS)}


def here(capsys: Capture, root: Path, command: list[str]) -> Result:
    """Run a command inside this process; it must end as the contract says, and leave the terminal alone."""
    out = root.parent / "out"
    result = pitchgen_here(capsys, *(part.format(root=root, out=out) for part in command), workspace=root)
    assert result.returncode in CONTRACT, result.stderr
    assert "Traceback" not in result.stderr
    assert not steers(result.stderr)
    return result


# Files that cannot be read, or do not say what they should.


def in_the_way(path: str, thing: str) -> Callable[[Path], None]:
    """Puts something that is no ordinary file or folder where one belongs."""

    def change(root: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        match thing:
            case "folder":
                target.mkdir()
            case "pipe":
                os.mkfifo(target)
            case "noise":
                target.write_bytes(bytes(range(254, 0, -1)))
            case leads_to:
                target.symlink_to(leads_to)

    return change


NO_FILES = {
    "folder": ": error[unreadable]: is a folder, not a file",
    "pipe": ": error[unreadable]: is not an ordinary file",
    "noise": ":1:1: error[encoding]: is not UTF-8 text",
    "nowhere": ": error[unreadable]: cannot be read: no such file or directory",
    "company.yaml/x": ": error[unreadable]: cannot be read: not a directory",
    "/dev/zero": ": error[outside-workspace]: is a link that leads out of the workspace",
}
NO_FOLDERS = {
    "pipe": ": error[unreadable]: cannot be listed: not a directory",
    "noise": ": error[unreadable]: cannot be listed: not a directory",
    "nowhere": ": error[unreadable]: cannot be listed: no such file or directory",
    "/dev/zero": ": error[outside-workspace]: is a link that leads out of the workspace",
}
# How to spoil the small workspace, and the head of the one problem that it has then.
BAD = BAD_INPUT | {
    f"{path}: {thing}": (in_the_way(path, thing), f"{path}{said}")
    for paths, things in (
        (("journey.yaml", "metrics.yaml"), NO_FILES),
        (("personas", "roles", "managers", "hires"), NO_FOLDERS),
    )
    for path in paths
    for thing, said in things.items()
}
HEAD = re.compile(r"(?P<path>[^:]+)(?::(?P<line>\d+):(?P<column>\d+))?: error\[(?P<code>[\w-]+)\]: ")


@pytest.mark.parametrize("bad", BAD)
def test_every_command_that_reads_says_the_file_and_the_line(
    capsys: Capture, tmp_path: Path, bad: str
) -> None:
    change, head = BAD[bad]
    root = small(tmp_path / "firma")
    change(root)
    before = sorted(tmp_path.rglob("*"))
    for command in READING.values():
        result = here(capsys, root, command)
        assert result.stderr.splitlines()[0] == head
        assert result.stderr.count("error[") == 1
        assert (result.stdout, result.returncode) == ("", 1)
    place = HEAD.match(head)
    assert place
    line, column = int(place["line"] or 0), int(place["column"] or 0)

    (row,) = json.loads(here(capsys, root, ["check", "--format", "json"]).stdout)
    assert (row["code"], row["path"], row["line"], row["column"]) == (
        place["code"],
        place["path"],
        line,
        column,
    )
    annotation = here(capsys, root, ["check", "--format", "github"]).stdout
    where = f",line={line},col={column}," if line else "::"
    assert f"file={place['path']}{where}" in annotation
    (log,) = json.loads(here(capsys, root, ["check", "--format", "sarif"]).stdout)["runs"]
    (location,) = log["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == place["path"]
    assert location["physicalLocation"]["region"]["startLine"] == (line or 1)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("bad", BAD)
def test_what_is_new_is_written_whole_or_not_at_all(capsys: Capture, tmp_path: Path, bad: str) -> None:
    change, head = BAD[bad]
    for kind, command in ADDING.items():
        root = small(tmp_path / kind)
        change(root)
        before = set(root.rglob("*"))
        result = here(capsys, root, command)
        if result.returncode:
            assert (result.stdout, set(root.rglob("*"))) == ("", before)
            continue
        path = Path(result.stdout.rstrip("\n"))
        assert set(root.rglob("*")) - before <= {path, path.parent}
        # What was wrong before still is, and nothing else.
        assert head in pitchgen_here(capsys, "check", "-q", workspace=root).stderr
        assert f"{path.relative_to(root)}:" not in pitchgen_here(capsys, "check", "-q", workspace=root).stderr


@pytest.mark.parametrize(
    ("broken", "command"),
    [
        ("roles/asiantuntija.yaml", ["new", "hire", "uusi", "--role", "asiantuntija"]),
        ("roles/asiantuntija.yaml", ["new", "hire", "uusi"]),
        ("personas/varmistelija.yaml", ["new", "role", "uusi", "--serves", "varmistelija"]),
    ],
)
def test_what_cannot_be_read_is_not_called_missing(
    capsys: Capture, tmp_path: Path, broken: str, command: list[str]
) -> None:
    root = small(tmp_path, {broken: "title: Myynti: kenttä\n"})
    before = contents(root)
    result = here(capsys, root, command)
    assert result.stderr.startswith(f"{broken}:1:14: error[not-yaml]")
    assert (result.stdout, result.returncode) == ("", 1)
    assert contents(root) == before


def test_where_everybody_s_file_is_broken_nobody_is_called_missing(capsys: Capture, tmp_path: Path) -> None:
    broken = ("personas/varmistelija.yaml", "roles/asiantuntija.yaml")
    root = small(tmp_path, dict.fromkeys(broken, "title: Myynti: kenttä\n"))
    result = here(capsys, root, ["new", "role", "uusi"])
    assert all(f"{path}:1:14: error[not-yaml]" in result.stderr for path in broken)
    assert (result.stdout, result.returncode) == ("", 1)


@pytest.mark.parametrize(
    "name", ["languages/fi/words.yaml", "matrix.html", "base.css", "languages/fi/pitch.md"]
)
@pytest.mark.parametrize("thing", ["folder", "pipe", "noise", "nowhere", "/dev/zero", "/proc/self/mem"])
def test_no_template_makes_a_command_wait_or_fall(
    capsys: Capture, tmp_path: Path, name: str, thing: str
) -> None:
    root = small(tmp_path / "firma")
    in_the_way(f"templates/{name}", thing)(root)
    for command in READING.values():
        result = here(capsys, root, command)
        assert result.returncode in {0, 1}
        assert result.returncode == 0 or f"templates/{name}" in result.stderr


@pytest.mark.parametrize("thing", ["folder", "pipe", "noise", "nowhere", "/dev/zero"])
def test_a_company_that_cannot_be_read_stops_everything_but_schemas(
    capsys: Capture, tmp_path: Path, thing: str
) -> None:
    root = small(tmp_path / "firma")
    in_the_way("company.yaml", thing)(root)
    for command in [*READING.values(), *ADDING.values()]:
        if command[0] != "affected":
            result = here(capsys, root, command)
            assert result.stderr.startswith("company.yaml:")
            assert (result.stdout, result.returncode) == ("", 1)
    assert here(capsys, root, ["schema"]).returncode == 0


@pytest.mark.parametrize("command", [READING["matrix"], READING["affected"]], ids=["matrix", "affected"])
def test_of_very_many_errors_the_first_are_shown_and_all_are_counted(
    capsys: Capture, tmp_path: Path, command: list[str]
) -> None:
    wrong = PERSONA + "".join(f"    avain{n}: x\n" for n in range(100))
    root = small(tmp_path, {f"personas/p{n}.yaml": wrong for n in range(100)})
    result = here(capsys, root, command)
    assert result.returncode == 1
    assert result.stderr.count(": error[") == 200
    assert result.stderr.endswith("and 9,800 more problems:\n   9,800 unknown-key\n")


# Values that would rather be something else.

VALUES = {
    "an escape sequence": "A\x1b[31mB\x1b]0;title\x07\x9b31m",
    "marks of direction": "A\u202e\u2066fed.exe\u2069",
    "line ends": "A\nB\r\nC\u2028D\x85E",
    "a word of 200 letters": "ä" * 200,
    "20,000 characters": "sana " * 4_000,
    "a formula": '=HYPERLINK("http://x.example","y")',
    "a command of a spreadsheet": "@SUM(1+1)",
    "markup": '</script><script>alert(1)</script><img src=x onerror="alert(1)">{{ 7*7 }}{% raw %}',
    "a command of a workflow": "::error file=x::%0A::stop-commands::y",
    "wide and combining letters": "田中" + "a" + "\u0301" * 50,
}


def said_everywhere(value: str) -> dict[str, str]:
    """The files of a workspace that has a value wherever a text may stand; nobody is hired into it."""
    x = json.dumps(value)
    return {
        "company.yaml": COMPANY + f"    story: {{summary: {x}}}\n",
        "journey.yaml": f"phases: [{{id: arki, name: {x}}}]\n"
        f"touchpoints: [{{id: soitto, name: {x}, phase: arki, risk: {x}}}]\n",
        "metrics.yaml": f"metrics: [{{id: csat, name: {x}, kind: csat}}]\n",
        "personas/varmistelija.yaml": f"label: {x}\nsummary: {x}\n"
        f"needs: [{{id: n, text: {x}, response: {x}, value_to_us: {x}}}]\n"
        f"moments: [{{touchpoint: soitto, expects: {x}, feels: -2}}]\n",
        "roles/asiantuntija.yaml": f"title: {x}\npurpose: {x}\npart: {{why: {x}, how: {x}}}\n"
        f"serves: {{personas: [varmistelija]}}\nowns: [soitto]\ngoals: [{{text: {x}, metric: csat}}]\n",
    }


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_stays_a_value_in_every_format(capsys: Capture, tmp_path: Path, kind: str) -> None:
    root = write_tree(tmp_path / "firma", said_everywhere(VALUES[kind]))
    made = {name: here(capsys, root, command) for name, command in READING.items()}
    for name, result in made.items():
        assert result.returncode == 0 or (result.stdout == "" and ": error[" in result.stderr), name
    assert not steers(made["matrix"].stdout)
    page = made["matrix as a page"].stdout
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    table = io.StringIO(made["matrix as a table"].stdout.lstrip("\ufeff"), newline="")
    cells = [cell for row in csv.reader(table, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "@", "\t", "\r")]
    if made["matrix as data"].returncode == 0:
        assert json.loads(made["matrix as data"].stdout)["chains"]

    report = here(capsys, root, ["check", "--format", "github"]).stdout
    assert not steers(report)
    commands = report.removesuffix("\n").split("\n")
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    for format in ("json", "sarif"):
        assert json.loads(here(capsys, root, ["check", "--format", format]).stdout)


# What is nobody's id and no file's name.
NO_NAMES = [value for kind, value in VALUES.items() if "letters" not in kind] + ["x\udcff"]
TYPED = {
    "a path to check": ["check", "{}"],
    "rules": ["check", "--select", "{}"],
    "a rule": ["check", "--explain", "{}"],
    "a language": ["matrix", "--language", "{}"],
    "a format": ["matrix", "--format", "{}"],
    "a revision": ["affected", "--since", "{}"],
    "a path to ask about": ["affected", "{}"],
    "documents": ["watch", "--documents", "{}"],
    "a kind": ["new", "{}", "uusi"],
    "an id": ["new", "persona", "{}"],
    "an id in a list": ["new", "metric", "{}", "--kind", "nps"],
    "a kind of metric": ["new", "metric", "uusi", "--kind", "{}"],
    "a phase": ["new", "touchpoint", "uusi", "--phase", "{}"],
    "a role": ["new", "hire", "uusi", "--role", "{}"],
    "a persona": ["new", "role", "uusi", "--serves", "{}"],
    "a command": ["{}"],
}


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_cannot_steer_the_terminal_either(capsys: Capture, tmp_path: Path, typed: str) -> None:
    root = small(tmp_path / "firma", {"journey.yaml": JOURNEY})
    before = contents(root)
    for value in NO_NAMES:
        command = [value if part == "{}" else part for part in TYPED[typed]]
        result = pitchgen_here(capsys, *command, workspace=root)
        assert result.returncode in {1, 2, 4}, value
        assert result.stdout == ""
        assert not steers(result.stderr)
        assert "Traceback" not in result.stderr
        assert contents(root) == before


def test_the_name_of_a_folder_cannot_steer_the_terminal_either(capsys: Capture, tmp_path: Path) -> None:
    folder = tmp_path / VALUES["an escape sequence"] / VALUES["marks of direction"]
    folder.mkdir(parents=True)
    assert here(capsys, folder, ["check"]).returncode == 2
    root = small(folder)
    assert here(capsys, root, ["check", "-v"]).returncode == 0
    assert here(capsys, root, ["new", "persona", "uusi"]).returncode == 0
    assert here(capsys, root, ["affected"]).returncode == 2


# Paths.


@pytest.mark.parametrize("command", ["check", "affected"])
@pytest.mark.parametrize(
    "path", ["../muu/hires/aino.yaml", "hires/../../muu/company.yaml", "company.yaml/x", "x\udcff", ".."]
)
def test_a_path_that_leads_out_of_the_workspace_is_none_of_it(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, path: str
) -> None:
    small(tmp_path / "muu")
    monkeypatch.chdir(small(tmp_path / "firma"))
    result = pitchgen_here(capsys, command, path)
    assert (result.stdout, result.returncode) == ("", 2)
    assert f"of the workspace {tmp_path}/firma" in result.stderr


def test_a_link_to_itself_is_a_path_like_any(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small(tmp_path))
    Path("hires/silmukka.yaml").symlink_to("silmukka.yaml")
    for paths, shown in (["hires"], 1), (["hires/silmukka.yaml"], 1), (["personas"], 0):
        result = pitchgen_here(capsys, "check", *paths)
        assert result.stderr.count("error[unreadable]") == shown
        assert result.returncode == shown
    Path("hires/silmukka.yaml").rename("silmukka")
    result = pitchgen_here(capsys, "affected", "silmukka")
    assert "'silmukka' is no file of the workspace" in result.stderr
    assert result.returncode == 2


# Where output goes.

PRINTING = [
    ["check", "--format", "json"],
    ["check", "--format", "github"],
    ["check", "--explain", "vague-words"],
    ["matrix"],
    ["affected", "company.yaml"],
]
LISTING = {
    "matrix": ["matrix", "-o", "matrix.csv"],
    "schema": ["schema"],
    "new": ["new", "persona", "uusi"],
}


def redirected(how: str) -> list[str]:
    return ["bash", "-c", f'set -o pipefail; "$@" {how}', "bash"]


NO_OUTPUT = {
    ">/dev/full": "pitchgen: no space left on device\n",
    ">&-": "pitchgen: cannot write stdout: it is closed\n",
    "| true": "",
}


@contextmanager
def stdout_as(how: str) -> Iterator[None]:
    """Meanwhile, what is printed goes where nothing can be printed: as a shell redirects it."""
    out = None
    if how == ">/dev/full":
        out = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8")
    elif how == "| true":
        nobody_reads, end = os.pipe()
        os.close(nobody_reads)
        out = os.fdopen(end, "w", encoding="utf-8")
    with redirect_stdout(out):
        yield
    if out:
        with suppress(OSError):
            out.close()


def without_output(root: Path, command: list[str], how: str) -> tuple[int | str | None, str]:
    """Run a command that cannot print, inside this process: its exit code, and what it says of that."""
    err = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(root),
        stdout_as(how),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        patch.setattr("sys.argv", ["pitchgen", *command, "--date", TODAY])
        main()
    return ended.value.code, err.getvalue()


@pytest.mark.parametrize("command", PRINTING)
@pytest.mark.parametrize("how", NO_OUTPUT)
def test_an_answer_that_cannot_be_printed_is_a_failure(tmp_path: Path, command: list[str], how: str) -> None:
    assert without_output(small(tmp_path), [*command, "-q"], how) == (4, NO_OUTPUT[how])


@pytest.mark.parametrize("how", NO_OUTPUT)
def test_a_process_that_cannot_print_its_answer_fails(tmp_path: Path, how: str) -> None:
    result = pitchgen("matrix", "-q", workspace=small(tmp_path), before=redirected(how), timeout=GUARD)
    assert (result.stdout, result.stderr, result.returncode) == ("", NO_OUTPUT[how], 4)


@pytest.mark.parametrize("name", LISTING)
@pytest.mark.parametrize("how", [">/dev/full", "| true"])
def test_what_is_written_is_whole_though_its_path_cannot_be_printed(
    tmp_path: Path, name: str, how: str
) -> None:
    root = small(tmp_path / "firma")
    before = contents(root)
    code, said = without_output(root, LISTING[name], how)
    assert code == 4
    assert "Traceback" not in said
    written = {path: content for path, content in contents(root).items() if path not in before}
    whole = small(tmp_path / "toinen")
    assert pitchgen(*LISTING[name], workspace=whole).returncode == 0
    assert written
    assert written.items() <= contents(whole).items()


@pytest.mark.parametrize("command", [["check"], ["affected", "company.yaml"], ["zzz"]])
def test_when_nobody_can_be_told_the_exit_code_still_tells(tmp_path: Path, command: list[str]) -> None:
    result = pitchgen(*command, workspace=small(tmp_path), before=redirected("2>/dev/full"), timeout=GUARD)
    assert result.returncode == 4


@pytest.mark.parametrize("command", [["check", "--explain", "vague-words"], ["affected", "hires/田中.yaml"]])
def test_an_answer_is_utf_8_wherever_it_goes(tmp_path: Path, command: list[str]) -> None:
    root = small(tmp_path, {"hires/田中.yaml": HIRE})
    result = pitchgen(*command, workspace=root, env={"PYTHONIOENCODING": "latin-1"}, timeout=GUARD)
    assert result.returncode == 0
    assert "…" in result.stdout or "田中" in result.stdout


FILLING = {
    "matrix": (["matrix", "-o", "out/matrix.html"], "out/matrix.html"),
    "schema": (["schema", "-o", "out"], "out/company.schema.json"),
    "persona": (["new", "persona", "uusi"], "personas/uusi.yaml"),
    "metric": (["new", "metric", "uusi", "--kind", "nps"], "metrics.yaml"),
}


@pytest.mark.parametrize("name", FILLING)
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    command, path = FILLING[name]
    root = small(tmp_path, {"out/oma.txt": "oma\n", "metrics.yaml": METRICS})
    before = contents(root)
    limit = ("prlimit", "--fsize=100:100")
    # What is measured of the program's own lines could not be written either.
    unmeasured = {"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}
    result = pitchgen(*command, "-q", workspace=root, before=limit, env=unmeasured, timeout=GUARD)
    assert re.fullmatch(rf"pitchgen: cannot write \S*{path}: file too large\n", result.stderr)
    assert (result.stdout, result.returncode) == ("", 4)
    assert contents(root) == before


@pytest.mark.parametrize("name", FILLING)
def test_a_folder_that_may_not_be_written_keeps_what_it_has(tmp_path: Path, name: str) -> None:
    command, path = FILLING[name]
    root = small(tmp_path, {"out/oma.txt": "oma\n", "metrics.yaml": METRICS})
    before = contents(root)
    folder = (root / path).parent
    folder.chmod(0o500)
    try:
        result = pitchgen(*command, "-q", workspace=root, powerless=True)
    finally:
        folder.chmod(0o700)
    assert re.fullmatch(rf"pitchgen: cannot write \S*{path}: permission denied\n", result.stderr)
    assert (result.stdout, result.returncode) == ("", 4)
    assert contents(root) == before


def test_a_list_that_somebody_protected_is_not_added_to(tmp_path: Path) -> None:
    root = small(tmp_path, {"metrics.yaml": METRICS})
    (root / "metrics.yaml").chmod(0o400)
    before = contents(root)
    command = ["new", "metric", "uusi", "--kind", "nps"]
    result = pitchgen(*command, workspace=root, powerless=True)
    assert result.stderr == f"pitchgen: cannot write {root}/metrics.yaml: permission denied\n"
    assert (result.stdout, result.returncode) == ("", 4)
    assert contents(root) == before


@pytest.mark.parametrize("command", [["matrix"], ["schema"]])
@pytest.mark.parametrize("output", ["pipe", "noise", "link", "noise/below", "pipe/below", "/dev/full"])
def test_what_stands_where_a_folder_belongs_is_left_alone(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], output: str
) -> None:
    monkeypatch.chdir(small(tmp_path))
    for name, thing in ("pipe", "pipe"), ("noise", "noise"), ("link", "nowhere"):
        in_the_way(name, thing)(tmp_path)
    before = {path: path.lstat()[:7] for path in tmp_path.rglob("*")}
    result = pitchgen_here(capsys, *command, "-o", output)
    assert result.stderr.splitlines()[-1].startswith("pitchgen: cannot write ")
    assert (result.stdout, result.returncode) == ("", 4)
    assert {path: path.lstat()[:7] for path in tmp_path.rglob("*")} == before


def test_a_link_in_the_way_of_a_file_is_replaced_and_what_it_leads_to_is_not(
    capsys: Capture, tmp_path: Path
) -> None:
    root = small(tmp_path / "firma")
    write_tree(tmp_path, {"oma.txt": "oma\n"})
    (root / "schemas").mkdir()
    (root / "schemas/role.schema.json").symlink_to(tmp_path / "oma.txt")
    assert here(capsys, root, ["schema"]).returncode == 0
    assert not (root / "schemas/role.schema.json").is_symlink()
    assert (tmp_path / "oma.txt").read_text() == "oma\n"


def test_a_folder_in_the_way_of_a_schema_is_told(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path / "firma")
    (root / "schemas/role.schema.json/oma").mkdir(parents=True)
    result = here(capsys, root, ["schema"])
    assert result.stderr.endswith("role.schema.json: is a directory\n")
    assert result.returncode == 4
    # What is listed is whole.
    for path in result.stdout.splitlines():
        json.loads(Path(path).read_text(encoding="utf-8"))


# Watching.


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_shown_and_once_it_is_mended_the_watching_goes_on(tmp_path: Path, bad: str) -> None:
    root = small(tmp_path / "firma")
    watch = Watch(root, date.fromisoformat(TODAY), ["pitch"], Presses())
    assert [job.stem for job in watch.look().jobs] == ["aino-pitch-fi"]
    change, head = BAD[bad]
    change(root)
    round = watch.look()
    assert round.studio is None
    assert [problem.path for problem in round.problems] == [head.partition(":")[0]]
    shutil.rmtree(root)
    small(root, {"hires/aino.yaml": "name: Aino Lehtinen\nrole: asiantuntija\n"})
    assert [job.stem for job in watch.look().jobs] == ["aino-pitch-fi"]


def test_a_process_that_watches_outlives_whatever_is_saved(tmp_path: Path) -> None:
    root = small(tmp_path)
    aino = root / "hires/aino.yaml"
    with watching(root, "--documents", "pitch") as follower:
        assert follower.said() == ["out/aino-pitch-fi.html"]
        for bad in ("an alias bomb", "a file of 100 MB", "a link to itself", "a device without an end"):
            change, head = BAD[bad]
            change(root)
            assert follower.said(WAITING) == [head]
            (root / head.partition(":")[0]).unlink()
            aino.write_text(f"name: Aino {bad.title()}\nrole: asiantuntija\n".replace(" 1", " N1"))
            while bad.title().replace(" 1", " N1") not in follower.document("out/aino-pitch-fi.html"):
                follower.said(READY)


def test_what_leads_out_of_the_templates_is_not_looked_at(tmp_path: Path) -> None:
    root = small(tmp_path)
    watch = Watch(root, date.fromisoformat(TODAY), ["pitch"], Presses())
    assert watch.look().jobs
    in_the_way("templates/muisti.css", "/proc/self/mem")(root)
    assert watch.look().studio
    assert watch.look().jobs == ()


def test_templates_that_may_not_be_looked_at_are_waited_for(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "templates/osa").mkdir(parents=True)
    (root / "templates").chmod(0o600)
    with watching(root, "--documents", "pitch", before=POWERLESS) as follower:
        (error,) = follower.said(WAITING)
        assert error == "templates/languages: error[unreadable]: cannot be read: permission denied"
        follower.save("hires/aino.yaml", "name: Aino\nrole: johtaja\n")
        (error,) = follower.said(WAITING)
        assert error.startswith("hires/aino.yaml:2:7: error[unknown-reference]")
        (root / "templates").chmod(0o700)
        follower.save("hires/aino.yaml", HIRE + "    called: Anni\n")
        assert follower.said(READY) == ["out/aino-pitch-fi.html"]


def test_a_folder_whose_name_is_no_text_cannot_be_watched(tmp_path: Path) -> None:
    root = small(Path(os.fsdecode(os.fsencode(tmp_path) + b"/firma\xff")))
    result = pitchgen("watch", "--documents", "pitch", "-q", workspace=root, timeout=GUARD)
    assert result.stderr.startswith(f"pitchgen: cannot watch {tmp_path}/firma\ufffd")
    assert result.stderr.endswith(": its name is not text; rename the folder\n")
    assert result.returncode == 4
