"""The `pitch` command as a manager meets it: names of all kinds, bad luck of all kinds, exit codes."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import disks
import pytest
from workspaces import COMPANY, HIRE, ROLE, TODAY, pitchgen, pitchgen_here, small

from pitchgen.cli import run
from pitchgen.plain import one_line

Capture = pytest.CaptureFixture[str]
# The smallest document is some 700 bytes; the HTML, with its fonts inside, is far above this.
DISK = 64 * 1024


def make(root: Path, *arguments: str) -> int:
    """Run `pitchgen pitch` here, quietly, on `root`."""
    return run(["pitch", "-w", str(root), "--date", TODAY, "-q", *arguments])


def files_in(folder: Path) -> list[str]:
    """Every file and folder below `folder`, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace that is the current folder."""
    root = small(tmp_path / "workspace")
    monkeypatch.chdir(root)
    return root


# What is asked for


def test_a_hire_gets_a_pdf_and_an_html_in_out_and_stdout_lists_just_them(here: Path, capsys: Capture) -> None:
    assert make(here, "aino") == 0
    assert capsys.readouterr().out == "out/aino-pitch-fi.pdf\nout/aino-pitch-fi.html\n"
    assert files_in(here / "out") == ["aino-pitch-fi.html", "aino-pitch-fi.pdf"]
    assert (here / "out/aino-pitch-fi.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_without_a_name_everyone_in_hires_gets_one(here: Path, capsys: Capture) -> None:
    (here / "hires/bo.yaml").write_text("name: Bo\nrole: asiantuntija\nlanguage: sv\n")
    assert make(here, "--format", "md,txt") == 0
    paths = capsys.readouterr().out.splitlines()
    assert paths == [
        f"out/{who}.{ending}" for who in ("aino-pitch-fi", "bo-pitch-sv") for ending in ("md", "txt")
    ]
    assert all((here / path).is_file() for path in paths)


def test_nobody_in_hires_is_said_with_what_to_do(here: Path, capsys: Capture) -> None:
    shutil.rmtree(here / "hires")
    assert make(here) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "hires/ has no .yaml file" in err
    assert "write hires/<name>.yaml, or give --name and --role" in err


def test_a_newcomer_without_a_file_is_given_on_the_command_line(here: Path, capsys: Capture) -> None:
    (here / "managers").mkdir()
    (here / "managers/marjut.yaml").write_text(
        "name: Marjut Ketola\ncommitments: [{text: Haen sinut ovelta., when: day 1}]\n"
    )
    typed = [
        "--name",
        "Eeva Ääri",
        "--role",
        "asiantuntija",
        "--manager",
        "marjut",
        "--starts-on",
        "2026-12-01",
    ]
    assert make(here, *typed, "--format", "md", "-o", "-") == 0
    out, _ = capsys.readouterr()
    assert out.startswith("# Hei Eeva, tervetuloa!\n")
    assert "Aloitetaan ensimmäisenä päivänä. Haen sinut ovelta." in one_line(out)
    assert out.endswith("**Marjut Ketola**\\\nTesti Oy\n")
    assert make(here, *typed, "--format", "md") == 0
    (path,) = capsys.readouterr().out.splitlines()
    assert Path(path).name.startswith("eeva-ääri-asiantuntija")
    assert (here / path).read_text() == out


def test_a_manager_without_a_file_is_given_by_their_full_name(here: Path, capsys: Capture) -> None:
    typed = ["--name", "Eeva", "--role", "asiantuntija", "--manager", "Mirja Yksi"]
    assert make(here, *typed, "--format", "md", "-o", "-") == 0
    assert "**Mirja Yksi**" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "greeting"),
    [("fi", "Hei Aino, tervetuloa!"), ("en", "Hi Aino, welcome!"), ("sv", "Hej Aino, välkommen!")],
)
def test_the_language_can_be_chosen(here: Path, capsys: Capture, language: str, greeting: str) -> None:
    assert make(here, "aino", "--language", language, "--format", "md") == 0
    assert capsys.readouterr().out == f"out/aino-pitch-{language}.md\n"
    assert (here / f"out/aino-pitch-{language}.md").read_text().startswith(f"# {greeting}\n")


def test_the_newcomers_own_language_goes_before_the_companys(here: Path, capsys: Capture) -> None:
    (here / "hires/aino.yaml").write_text("name: Aino\nrole: asiantuntija\nlanguage: en\n")
    assert make(here, "aino", "--format", "md", "-o", "-") == 0
    assert capsys.readouterr().out.startswith("# Hi Aino, welcome!\n")


_OWN_TEXTS = """\
name: Aino
role: asiantuntija
why_you: Kuuntelit loppuun.
link_to_story:
  en: You stayed.
needs:
  - Aino haluaa vuorot ajoissa.
goals:
  - text: Opit reitin.
"""


@pytest.mark.parametrize(
    ("document", "places"),
    [("pitch", ["hires/aino.yaml:3:10", "hires/aino.yaml:9:11"]), ("manager-sheet", ["hires/aino.yaml:7:5"])],
)
def test_a_newcomers_texts_in_another_language_than_the_document_are_said(
    here: Path, capsys: Capture, document: str, places: list[str]
) -> None:
    (here / "hires/aino.yaml").write_text(_OWN_TEXTS)
    for language, expected in (("en", places), ("fi", [])):
        order = [document, "aino", "--language", language, "--format", "md", "-o", "-", "--date", TODAY]
        lines = pitchgen_here(capsys, *order, workspace=here).stderr.splitlines()
        assert [line.partition(": ")[0] for line in lines if "[missing-translation]" in line] == expected


def test_the_output_is_a_folder_a_file_or_stdout(
    here: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert make(here, "aino", "--format", "md", "-o", "new/deep") == 0
    assert capsysbinary.readouterr().out == b"new/deep/aino-pitch-fi.md\n"
    markdown = (here / "new/deep/aino-pitch-fi.md").read_bytes()
    assert make(here, "aino", "-o", "letters/To Aino.md") == 0
    assert capsysbinary.readouterr().out == b"letters/To Aino.md\n"
    assert (here / "letters/To Aino.md").read_bytes() == markdown
    assert make(here, "aino", "--format", "md", "-o", "-") == 0
    assert capsysbinary.readouterr().out == markdown
    (here / "folder.md").mkdir()
    assert make(here, "aino", "--format", "md", "-o", "folder.md") == 0
    assert (here / "folder.md/aino-pitch-fi.md").read_bytes() == markdown


def test_what_goes_to_stdout_is_the_text_to_say_aloud_unless_a_format_is_named(
    here: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert make(here, "aino", "-o", "-") == 0
    assert capsysbinary.readouterr().out.startswith(b"0:00   Hei Aino, tervetuloa! //\n")
    assert make(here, "aino", "-o", "-", "--format", "pdf") == 0
    pdf = capsysbinary.readouterr().out
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert not (here / "out").exists()


@pytest.mark.parametrize("document", ["pitch", "manager-sheet"])
def test_it_is_said_in_as_many_seconds_as_are_asked_for_or_not_at_all(
    here: Path, capsys: Capture, document: str
) -> None:
    order = [document, "aino", "--format", "md", "-o", "-", "--date", TODAY, "-q"]
    assert run([*order, "--seconds", "600"]) == 0
    assert capsys.readouterr().out
    assert run([*order, "--seconds", "5"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(r"cannot be said in 5 s: with all left out that may be, it takes \d+ s", err)
    assert run([*order, "--seconds", "0"]) == 2


def test_verbose_says_the_seconds_of_each_sentence_and_where_it_is_typed(here: Path, capsys: Capture) -> None:
    order = ["pitch", "aino", "--format", "txt", "-o", "-", "--date", TODAY]
    assert run(order) == 0
    text = capsys.readouterr().out
    assert run([*order, "-v"]) == 0
    out, err = capsys.readouterr()
    assert out == text
    said = re.findall(r"(?m)^ *(\d+\.\d) s  (.*)  \[(.*)\]$", err)
    places = {sentence: origins for _, sentence, origins in said}
    assert places["Hei Aino, tervetuloa!"] == "templates/languages/fi/pitch.md"
    assert re.fullmatch(r"company\.yaml:\d+", places["Et jää yksin."])
    whole = re.search(r"(\d+) s \(", text)
    assert whole
    assert sum(float(seconds) for seconds, _, _ in said) == pytest.approx(float(whole[1]), abs=1)


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ano"], "did you mean 'aino'?"),
        (["aino", "--language", "de"], "'de' is not among the workspace's languages"),
        (["--name", "Bo", "--role", "asiantuntia"], "did you mean 'asiantuntija'?"),
        (["--name", "Bo", "--role", "asiantuntija", "--manager", "mirja"], "'mirja'"),
        (["--name", "", "--role", "asiantuntija"], "must not be empty"),
        (["--name", " \t ", "--role", "asiantuntija"], "must not be empty"),
        (["--name", "Bo", "--role", ""], "must not be empty"),
        (["--name", "x" * 10_000, "--role", "asiantuntija"], "10,000 characters"),
    ],
)
def test_wrong_input_exits_1_and_writes_nothing(
    here: Path, capsys: Capture, arguments: list[str], said: str
) -> None:
    assert make(here, *arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert not (here / "out").exists()


def test_an_error_anywhere_in_the_workspace_exits_1_and_writes_nothing(here: Path, capsys: Capture) -> None:
    (here / "personas/varmistelija.yaml").write_text("label: V\n")
    assert make(here, "aino") == 1
    out, err = capsys.readouterr()
    assert (out, err.split()[:2]) == ("", ["personas/varmistelija.yaml:1:1:", "error[missing-field]:"])
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["aino", "--format", "odt"],
        ["aino", "--format", ""],
        ["aino", "--name", "Bo", "--role", "asiantuntija"],
        ["--name", "Bo"],
        ["--role", "asiantuntija"],
        ["--starts-on", "2026-12-01"],
        ["--name", "Bo", "--role", "asiantuntija", "--starts-on", "1/12/2026"],
        ["aino", "--format", "pdf,html", "-o", "-"],
        ["aino", "--format", "pdf,html", "-o", "letter.pdf"],
        ["aino", "--format", "html", "-o", "letter.pdf"],
        ["aino", "--date", "21/11/2026"],
        ["aino", "bo"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage_exits_2_and_writes_nothing(here: Path, capsys: Capture, arguments: list[str]) -> None:
    before = files_in(here)
    assert make(here, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Error: " in err
    assert files_in(here) == before


def test_everyone_does_not_fit_into_one_file(here: Path, capsys: Capture) -> None:
    (here / "hires/bo.yaml").write_text("name: Bo\nrole: asiantuntija\n")
    for output in ("-", "all.md"):
        assert make(here, "--format", "md", "-o", output) == 2
        assert capsys.readouterr().out == ""
    assert not (here / "all.md").exists()


def test_no_workspace_exits_2_and_says_how_to_start_one(tmp_path: Path, capsys: Capture) -> None:
    assert make(tmp_path) == 2
    assert "pitchgen init" in capsys.readouterr().err


def test_when_some_cannot_be_made_the_others_are_and_it_exits_3(here: Path, capsys: Capture) -> None:
    (here / "hires/bo.yaml").write_text("name: Bo \U0010fffd\nrole: asiantuntija\n")
    assert make(here, "--format", "pdf,md") == 3
    out, err = capsys.readouterr()
    assert out.splitlines() == ["out/aino-pitch-fi.pdf", "out/aino-pitch-fi.md", "out/bo-pitch-fi.md"]
    assert files_in(here / "out") == ["aino-pitch-fi.md", "aino-pitch-fi.pdf", "bo-pitch-fi.md"]
    assert "hires/bo.yaml:1:7: error[missing-glyph]" in err
    assert "bo-pitch-fi.pdf was not written" in err


def test_a_problem_with_what_was_typed_names_its_option_and_no_made_up_file(
    here: Path, capsys: Capture
) -> None:
    assert make(here, "--name", "Bo \U0010fffd", "--role", "asiantuntija", "--format", "pdf") == 1
    err = capsys.readouterr().err
    assert "U+10FFFD" in err
    assert "<typed>" not in err


def test_warnings_do_not_stop_anything(here: Path, capsys: Capture) -> None:
    assert run(["pitch", "aino", "--format", "md", "-w", str(here), "--date", TODAY]) == 0
    out, err = capsys.readouterr()
    assert "hires/aino.yaml:1:7: warning[pitch-length]" in err
    assert out == "out/aino-pitch-fi.md\n"


# Names

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
NAMES = {
    "climbing": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "windows path": "C:\\Windows\\system32",
    "device": "CON",
    "another device": "nul.txt",
    "dots": "...",
    "forbidden": '<>:"/\\|?*',
    "hidden": ".bashrc",
    "option": "--help me",
    "long": "Väinö" * 40,
    "emoji": "Aino 😀👩\u200d🚒",
    "only emoji": "😀",
    "arabic": "محمد علي",
    "hebrew": "דוד כהן",
    "chinese": "李小龙",
    "hindi": "रवि शर्मा",
    "script": "<script>alert(1)</script>",
    "template": "{{ 7*7 }}{% raw %}",
    "markdown": "**bold** _Aino_",
    "quotes": 'Aino "Äijä" O\'Neill & Pojat',
    "turned around": "Aino \u202egnp.exe",
    "yaml": "no: [1, 2]",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_any_name_makes_a_letter_in_a_safe_file(here: Path, capsys: Capture, name: str) -> None:
    outside = files_in(here.parent)
    assert make(here, f"--name={name}", "--role", "asiantuntija", "--format", "md,html,txt", "-o", "out") == 0
    out, err = capsys.readouterr()
    paths = [Path(line) for line in out.splitlines()]
    assert [path.suffix for path in paths] == [".md", ".html", ".txt"]
    assert err == ""
    for path in paths:
        assert path.parent == Path("out")
        assert path.is_file()
        assert path.name.split(".")[0].casefold() not in RESERVED
        assert not re.search(r'[<>:"/\\|?*\s\x00-\x1f\u202e]', path.name)
        assert not path.name.startswith((".", "-"))
        assert len(path.name.encode()) <= 143
        assert path.name == unicodedata.normalize("NFC", path.name)
    assert [f for f in files_in(here.parent) if f not in outside] == [
        "workspace/out",
        *sorted(f"workspace/{path.as_posix()}" for path in paths),
    ]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_any_name_is_said_as_it_is(here: Path, capsys: Capture, name: str) -> None:
    (here / "company.yaml").write_text(COMPANY_FORMAL)
    assert make(here, f"--name={name}", "--role", "asiantuntija", "--format", "txt", "-o", "-") == 0
    greeting = capsys.readouterr().out.split("//")[0].split(maxsplit=1)[1]
    said = "".join(f"Hyvä {name}, tervetuloa!".split())
    assert "".join(greeting.split()) == said


COMPANY_FORMAL = re.sub("(?m)^    ", "", COMPANY) + "brand:\n  tone: formal\n"


@pytest.mark.parametrize("option", ["--name", "--role", "--manager"])
def test_bytes_that_are_no_text_are_a_clear_error(here: Path, option: str) -> None:
    typed = {"--name": "Aino", "--role": "asiantuntija", "--manager": "Mirja Yksi", option: "A \udcff"}
    arguments = [word for pair in typed.items() for word in pair]
    done = pitchgen("pitch", *arguments, "--format", "md", workspace=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{option}: error[invalid-value]: holds a character that is not text (U+DCFF)" in done.stderr
    assert not (here / "out").exists()


def test_a_folder_whose_name_is_no_text_is_written_to_all_the_same(here: Path) -> None:
    done = pitchgen(
        *("pitch", "aino", "--format", "md", "-q", "-o", "o\udcff"),
        workspace=here,
        env={"PYTHONIOENCODING": "utf-8:strict"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert os.listdir(os.fsencode(here) + b"/o\xff") == [b"aino-pitch-fi.md"]  # noqa: PTH208 - bytes


@pytest.mark.parametrize(
    ("one", "other"),
    [("Aino", "aino"), ("aino_k", "aino-k"), ("straße", "strasse"), ("a" * 100, "a" * 101)],
)
def test_two_hires_never_overwrite_each_other(here: Path, capsys: Capture, one: str, other: str) -> None:
    (here / "hires/aino.yaml").unlink()
    for id in (one, other):
        (here / f"hires/{len(id)}-{id.swapcase()[:9]}.yaml").write_text(
            f"id: {id}\nname: Sama Nimi {id}\nrole: asiantuntija\n"
        )
    (here / "company.yaml").write_text(COMPANY_FORMAL)
    assert make(here, "--format", "md") == 0
    paths = capsys.readouterr().out.splitlines()
    greetings = {Path(path).read_text().splitlines()[0] for path in paths}
    assert len({path.casefold() for path in paths}) == 2
    assert greetings == {f"# Hyvä Sama Nimi {id}, tervetuloa!".replace("_", r"_") for id in (one, other)}


@pytest.mark.parametrize(("one", "other"), [("रवि", "रवी"), ("😀", "😺"), ("Aino!", "Aino?")])
def test_two_newcomers_typed_with_different_names_get_two_files(
    here: Path, capsys: Capture, one: str, other: str
) -> None:
    for name in (one, other):
        assert make(here, "--name", name, "--role", "asiantuntija", "--format", "md") == 0
    assert len(set(capsys.readouterr().out.splitlines())) == 2


def test_one_name_in_both_spellings_of_unicode_is_one_file(here: Path, capsys: Capture) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "Äijälä")
        assert make(here, "--name", name, "--role", "asiantuntija", "--format", "md") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second == "out/äijälä-asiantuntija-pitch-fi.md"


# The least a pitch can be made of


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_a_name_and_a_role_make_a_whole_pitch(here: Path, capsys: Capture, language: str) -> None:
    assert make(here, "aino", "--language", language, "--format", "md,html,txt") == 0
    stem = here / f"out/aino-pitch-{language}"
    markdown = stem.with_suffix(".md").read_text()
    heading, *paragraphs = markdown.rstrip("\n").split("\n\n")
    assert heading.startswith("# ")
    assert "Aino" in heading
    assert paragraphs[-1] == "**Testi Oy**"
    for said in ("Lähellä arkea", "Et jää yksin.", "alveluasiantuntija", "Varmistelija", "ensimmäinen ääni"):
        assert said in markdown
    for paragraph in paragraphs[:-1]:
        assert paragraph.endswith((".", ":")), paragraph
    for ending in (".md", ".html", ".txt"):
        text = stem.with_suffix(ending).read_text()
        assert not re.search(r"\bNone\b|\{\{|\{%|\[\]|\(\)", re.sub("(?s)<style>.*?</style>", "", text))
    html = stem.with_suffix(".html").read_text()
    assert not re.search(r"<(h[1-6]|p|li|ul|strong|blockquote)>\s*</\1>", html)


# The same bytes


def test_the_same_workspace_hire_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for folder, seed, zone, locale in [("a", "0", "UTC", "C.UTF-8"), ("b", "1", "Asia/Tokyo", "C")]:
        root = small(
            tmp_path / folder / "workspace", {"hires/ali.yaml": "name: علي Ääri 7\nrole: asiantuntija\n"}
        )
        done = pitchgen(
            *("pitch", "--format", "pdf,html,md,txt", "-o", "out", "-q"),
            workspace=root,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
        )
        assert (done.returncode, done.stderr) == (0, "")
        made.append({path.name: path.read_bytes() for path in (root / "out").iterdir()})
    assert len(made[0]) == 8
    assert {name for name in made[0] if made[0][name] != made[1][name]} == set()
    # Alone or after others, in a process that has made something before or not.
    assert make(root, "ali", "--format", "pdf", "-o", str(root / "alone.pdf")) == 0
    assert (root / "alone.pdf").read_bytes() == made[0]["ali-pitch-fi.pdf"]


def test_another_date_gives_other_bytes_because_the_letter_is_dated(here: Path) -> None:
    for day in ("2026-11-21", "2026-11-22"):
        assert run(["pitch", "aino", "--format", "html", "-q", "--date", day, "-o", f"{day}.html"]) == 0
    assert "21.\u00a0marraskuuta 2026" in (here / "2026-11-21.html").read_text()
    assert "22.\u00a0marraskuuta 2026" in (here / "2026-11-22.html").read_text()


# Files with personal data


def test_only_their_owner_can_read_letters(here: Path) -> None:
    mask = os.umask(0)
    try:
        assert make(here, "aino", "--format", "pdf,html,md,txt", "-o", "new/deep") == 0
        assert make(here, "aino", "-o", "letter.txt") == 0
    finally:
        os.umask(mask)
    made = [here / "letter.txt", *(here / "new").rglob("*.*")]
    assert len(made) == 5
    assert {oct(path.stat().st_mode & 0o777) for path in made} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in (here / "new", here / "new/deep")} == {"0o700"}


def test_a_folder_that_exists_keeps_its_mode_and_a_new_letter_replaces_an_open_one(here: Path) -> None:
    (here / "shared").mkdir()
    (here / "shared").chmod(0o755)
    old = here / "shared/aino-pitch-fi.md"
    old.write_text("old")
    old.chmod(0o644)
    assert make(here, "aino", "--format", "md", "-o", "shared") == 0
    assert oct((here / "shared").stat().st_mode & 0o777) == "0o755"
    assert oct(old.stat().st_mode & 0o777) == "0o600"
    assert old.read_text().startswith("# Hei")


# The disk says no


@pytest.mark.parametrize("output", ["locked", "locked/new", "locked/letter.md"])
def test_a_folder_that_cannot_be_written_to_exits_4_and_says_so(here: Path, output: str) -> None:
    (here / "locked").mkdir(mode=0o500)
    done = pitchgen("pitch", "aino", "--format", "md", "-q", "-o", output, workspace=here, powerless=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(r"pitchgen: cannot write locked\S*: permission denied\n", done.stderr)
    assert files_in(here / "locked") == []


@pytest.mark.parametrize("output", ["taken", "taken/deeper", "company.yaml/letter.md"])
def test_a_file_where_a_folder_belongs_exits_4_and_is_left_alone(
    here: Path, capsys: Capture, output: str
) -> None:
    (here / "taken").write_text("precious")
    assert make(here, "aino", "--format", "md", "-o", output) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("pitchgen: cannot write ")
    assert (here / "taken").read_text() == "precious"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A folder that takes 64 KB, and what to put before a command so that it does.

    A disk of that size where one may be mounted, else a limit on the size of a file.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    with disks.small_disk(folder, DISK) as mounted:
        yield folder, [] if mounted else ["prlimit", f"--fsize={DISK}"]


def test_a_full_disk_exits_4_and_leaves_the_old_letter_as_it_was(
    here: Path, small_disk: tuple[Path, list[str]]
) -> None:
    disk, before = small_disk
    (disk / "aino-pitch-fi.html").write_text("the old letter")
    done = pitchgen(
        *("pitch", "aino", "--format", "html", "-q", "-o", str(disk)), workspace=here, before=before
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(
        r"pitchgen: cannot write \S+: (no space left on device|file too large)\n", done.stderr
    )
    assert files_in(disk) == ["aino-pitch-fi.html"]
    assert (disk / "aino-pitch-fi.html").read_text() == "the old letter"


def test_what_was_whole_before_the_disk_filled_up_stays_and_is_listed(
    here: Path, small_disk: tuple[Path, list[str]]
) -> None:
    disk, before = small_disk
    done = pitchgen(
        *("pitch", "aino", "--format", "md,html,txt", "-q", "-o", str(disk)), workspace=here, before=before
    )
    assert done.returncode in (3, 4)
    assert "cannot write" in done.stderr
    assert done.stdout.splitlines()[0] == str(disk / "aino-pitch-fi.md")
    assert sorted(done.stdout.splitlines()) == [str(disk / name) for name in files_in(disk)]
    assert (disk / "aino-pitch-fi.md").read_text().endswith("**Testi Oy**\n")


@pytest.mark.parametrize("arguments", [["-o", "-"], ["-o", "out"]])
def test_a_stdout_that_takes_nothing_exits_4_without_a_traceback(here: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "pitchgen", "pitch", "aino", "--format", "md", "-q", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=here, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert "no space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_stdout_that_is_closed_exits_4_without_a_traceback(here: Path) -> None:
    closed = ["sh", "-c", 'exec "$@" >&-', "sh"]
    done = pitchgen("pitch", "aino", "-q", "-o", "-", workspace=here, before=closed)
    assert done.returncode == 4
    assert done.stderr.startswith("pitchgen: ")
    assert "Traceback" not in done.stderr


# The process is killed

# Runs pitchgen and sends it a signal the moment before it does a thing for the n-th time.
STOPPED = """
import os, signal, sys
number, moment, count, *arguments = sys.argv[1:]
seen = 0
def watch(event, _):
    global seen
    if event == moment:
        seen += 1
        if seen == int(count):
            os.kill(os.getpid(), int(number))
# A shell that runs tests in the background has them ignore interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(watch)
from pitchgen.cli import run
from pitchgen.plain import one_line
sys.exit(run(arguments))
"""
KILL, INTERRUPT = "9", "2"


def stop(root: Path, signal: str, moment: str, count: int, formats: str) -> subprocess.CompletedProcess[str]:
    command = ["pitch", "-w", str(root), "--format", formats, "-q", "--date", TODAY, "-o", str(root / "out")]
    return subprocess.run(
        [sys.executable, "-c", STOPPED, signal, moment, str(count), *command],
        env={**os.environ, "PITCHGEN_TEST": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def wait_for_children(root: Path) -> None:
    """Wait until no process that was started below `stop` is left; a hang fails the test."""
    mark = f"PITCHGEN_TEST={root}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            descriptor = os.pidfd_open(int(process.name))
        except ProcessLookupError:
            continue
        try:
            left_over = mark in (process / "environ").read_bytes().split(b"\0")
            if left_over:
                assert select.select([descriptor], [], [], 60)[0], "the renderer outlives the command"
        except OSError:
            continue
        finally:
            os.close(descriptor)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The documents of two hires, as a command that nobody stops makes them."""
    root = two_hires(tmp_path_factory.mktemp("whole"))
    assert make(root, "--format", "md,html,pdf", "-o", str(root / "out")) == 0
    return {path.name: path.read_bytes() for path in (root / "out").iterdir()}


def two_hires(root: Path) -> Path:
    return small(root, {"hires/bo.yaml": HIRE.replace("Aino", "Bo")})


@pytest.mark.parametrize(
    ("moment", "count", "formats", "finished"),
    [
        ("os.mkdir", 1, "md", 0),  # no folder yet
        ("tempfile.mkstemp", 1, "md,html", 0),  # nothing written yet
        ("os.chmod", 1, "md,html", 0),  # written, still open to nobody
        ("os.rename", 2, "md,html", 1),  # about to appear
        ("tempfile.mkstemp", 3, "md,html", 2),  # between two people
        ("os.rename", 4, "md,html", 3),  # the last
        ("tempfile.mkstemp", 2, "pdf", 1),  # with the renderer at work
    ],
)
def test_a_kill_at_any_moment_leaves_only_whole_files(
    tmp_path: Path, whole: dict[str, bytes], moment: str, count: int, formats: str, finished: int
) -> None:
    root = two_hires(tmp_path)
    assert stop(root, KILL, moment, count, formats).returncode == -9
    wait_for_children(root)
    left = {path.name: path.read_bytes() for path in (root / "out").glob("[!.]*")}
    assert len(left) == finished
    assert {name for name in left if left[name] != whole[name]} == set()
    assert {oct(path.stat().st_mode & 0o777) for path in (root / "out").glob(".*")} <= {"0o600"}
    assert make(root, "--format", formats, "-o", str(root / "out")) == 0
    left = {path.name: path.read_bytes() for path in (root / "out").glob("[!.]*")}
    assert left == {name: whole[name] for name in left}
    assert len(left) == 2 * len(formats.split(","))


@pytest.mark.parametrize("moment", ["tempfile.mkstemp", "os.rename"])
def test_an_interrupt_exits_130_and_cleans_up(tmp_path: Path, moment: str) -> None:
    root = two_hires(tmp_path)
    done = stop(root, INTERRUPT, moment, 2, "md")
    assert (done.returncode, done.stderr.strip()) == (130, "interrupted")
    assert files_in(root / "out") == ["aino-pitch-fi.md"]
    assert done.stdout == f"{root / 'out/aino-pitch-fi.md'}\n"


def test_an_id_goes_before_a_name_that_reads_the_same(here: Path, capsys: Capture) -> None:
    (here / "hires/bo.yaml").write_text("name: aino\nrole: asiantuntija\n")
    assert make(here, "aino", "--format", "md") == 0
    assert capsys.readouterr().out == "out/aino-pitch-fi.md\n"


def test_what_is_still_to_be_filled_in_is_said_when_it_is_printed(capsys: Capture, tmp_path: Path) -> None:
    role = ROLE.replace("Palveluasiantuntija", '"<nimike>"').replace("Sinä olet", "Sinä <kerro miksi> olet")
    root = small(tmp_path, {"roles/asiantuntija.yaml": role})
    for format in ("html", "md", "txt"):
        result = pitchgen_here(capsys, "pitch", "--format", format, "-o", "-", workspace=root)
        assert result.returncode == 0
        assert "hires/aino.yaml: warning[placeholder]: the pitch in 'fi' has a blank" in result.stderr
    # Brackets that are no blank are none here either.
    small(tmp_path, {"roles/asiantuntija.yaml": ROLE.replace("Sinä olet", "2 < 3, <3 ja <b>sinä</b> olet")})
    result = pitchgen_here(capsys, "pitch", "--format", "html", "-o", "-", workspace=root)
    assert "placeholder" not in result.stderr
