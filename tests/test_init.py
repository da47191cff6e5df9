"""`pitchgen init`: the starter and the bare workspace, whole and without a fault in each language."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest
import yaml
from conversation import CTRL_C, converse
from workspaces import (
    GUARD,
    REPOSITORY,
    contents,
    linked,
    pitchgen,
    pitchgen_here,
    write_tree,
)

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.load.document import parse
from pitchgen.starter.translate import languages_of_starter
from pitchgen.workspace.texts import texts_of

Capture = pytest.CaptureFixture[str]


def init(capsys: Capture, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return pitchgen_here(capsys, "init", str(root), *arguments)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# What opens the page by a double click: on Windows, on a Mac, on Linux.
OPENERS = ["open-pitchgen.cmd", "open-pitchgen.command", "open-pitchgen.desktop"]


def starter() -> dict[str, bytes]:
    """The starter as it stands in the repository, which is itself a workspace."""
    folders = [REPOSITORY / name for name in ("personas", "roles", "managers", "hires")]
    files = [REPOSITORY / f"{name}.yaml" for name in ("company", "journey", "metrics")]
    files += [path for folder in folders for path in folder.glob("*.yaml")]
    files += [*(REPOSITORY / "schemas").iterdir(), *(REPOSITORY / "data").iterdir()]
    return {path.relative_to(REPOSITORY).as_posix(): path.read_bytes() for path in files}


# The starter.


def test_init_copies_the_starter_out(capsys: Capture, tmp_path: Path) -> None:
    result = init(capsys, tmp_path / "firma")
    assert result.returncode == 0
    written = contents(tmp_path / "firma")
    assert all(written.pop(name) for name in (".gitignore", *OPENERS))
    assert written == starter()


def test_init_lists_what_it_wrote_and_says_what_to_do_next(capsys: Capture, tmp_path: Path) -> None:
    root = tmp_path / "firma"
    result = init(capsys, root)
    assert sorted(result.stdout.splitlines()) == sorted(str(root / path) for path in contents(root))
    assert str(root / "company.yaml") in result.stderr
    assert "pitchgen check" in result.stderr


def test_quiet_init_only_lists_what_it_wrote(capsys: Capture, tmp_path: Path) -> None:
    result = init(capsys, tmp_path / "firma", "-q")
    assert result.stderr == ""
    assert result.stdout


LANGUAGES = languages_of_starter()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_starter_is_without_a_fault_in_each_language(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    assert init(capsys, tmp_path, "--language", language).returncode == 0
    result = pitchgen_here(capsys, "check", "--strict", workspace=tmp_path)
    assert (result.stderr, result.returncode) == ("all is well\n", 0)
    assert linked(tmp_path).company.language == language


SOME_LANGUAGES = [("fi",), ("en",), ("sv",), ("en", "fi"), ("sv", "en"), ("fi", "sv"), ("sv", "fi", "en")]
TRANSLATED = yaml.safe_load((REPOSITORY / "pitchgen/starter/translate.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("languages", SOME_LANGUAGES, ids=",".join)
def test_a_starter_of_some_languages_says_in_them_what_the_whole_one_says(
    capsys: Capture, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    init(capsys, tmp_path, *(f"--language={language}" for language in languages))
    ids = {row["fi"]: row[languages[0]] for row in TRANSLATED["ids"]}
    written = {name: parse(text) for name, text in contents(tmp_path).items() if name.endswith(".yaml")}
    expected = {
        str(
            PurePosixPath(name).with_stem(ids.get(PurePosixPath(name).stem, PurePosixPath(name).stem))
        ): in_these(parse(text), languages, ids)
        for name, text in starter().items()
        if name.endswith(".yaml")
    }
    company = expected["company.yaml"]
    assert isinstance(company, dict)
    company |= {"language": languages[0], "languages": list(languages)}
    for hire in [data for name, data in expected.items() if name.startswith("hires/")]:
        assert isinstance(hire, dict)
        if hire["language"] not in languages:
            del hire["language"]
    assert written == expected


def in_these(value: object, languages: tuple[str, ...], ids: dict[str, str]) -> object:
    """A value of the starter as a company of these languages has it."""
    match value:
        case dict() if "fi" in value:
            texts = {language: value[language] for language in LANGUAGES if language in languages}
            (first, *more) = texts.values()
            return first if not more and isinstance(first, str) else texts
        case dict():
            return {key: in_these(inner, languages, ids) for key, inner in value.items()}
        case list():
            return [in_these(inner, languages, ids) for inner in value]
        case str():
            return "/".join(ids.get(part, part) for part in value.split("/"))
        case _:
            return value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_of_one_language_has_no_word_of_another(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    assert init(capsys, tmp_path, "--language", language).returncode == 0
    remarks = {row[language] for row in TRANSLATED["remarks"]}
    for path in tmp_path.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        # Words to avoid are listed by language even in a company that has but one.
        assert set(re.findall(r"^ *(?:- )?(fi|en|sv):", text, re.MULTILINE)) <= {language}
        assert set(re.findall(r"^ *# (?!yaml-language-server)(.*)$", text, re.MULTILINE)) <= remarks


def test_whatever_is_translated_of_the_starter_stands_in_it(capsys: Capture, tmp_path: Path) -> None:
    init(capsys, tmp_path)
    whole = "\n".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml"))
    stems = {path.stem for path in tmp_path.rglob("*.yaml")}
    assert [row["fi"] for row in TRANSLATED["remarks"] if f"# {row['fi']}\n" not in whole] == []
    ids = set(re.findall(r"(?:id|touchpoint): ([\w-]+)$|^ +- ([\w-]+)$", whole, re.MULTILINE))
    there = stems | {id for pair in ids for id in pair}
    assert [row["fi"] for row in TRANSLATED["ids"] if row["fi"] not in there] == []


def test_a_pitch_can_be_made_from_a_fresh_starter(tmp_path: Path) -> None:
    assert pitchgen("init", "firma", workspace=tmp_path).returncode == 0
    result = pitchgen("pitch", "--format", "txt", "-o", "out", workspace=tmp_path / "firma")
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == len(list((tmp_path / "firma" / "hires").iterdir()))


# The bare workspace.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_workspace_is_without_an_error_in_each_language(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    assert init(capsys, tmp_path, "--bare", "--language", language).returncode == 0
    result = pitchgen_here(capsys, "check", workspace=tmp_path)
    # What it does not have yet, such as goals, is found by rules.
    assert (result.stderr.splitlines()[-1].partition(",")[0], result.returncode) == ("0 errors", 0)
    company = linked(tmp_path).company
    assert (company.language, company.languages) == (language, [language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_workspace_is_a_company_a_role_a_persona_and_the_schemas(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    init(capsys, tmp_path, "--bare", "--language", language)
    written = contents(tmp_path)
    assert {path for path in written if path.startswith("schemas/")} < starter().keys()
    assert sorted(path.partition("/")[0] for path in written if not path.startswith("schemas/")) == [
        ".gitignore",
        "company.yaml",
        *OPENERS,
        "personas",
        "roles",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_workspace_makes_a_pitch(capsys: Capture, tmp_path: Path, language: str) -> None:
    init(capsys, tmp_path, "--bare", "--language", language)
    (role,) = linked(tmp_path).roles
    arguments = ("--name", "Aino Virtanen", "--role", role.model.id, "--format", "md", "-o", "-")
    result = pitchgen_here(capsys, "pitch", *arguments, workspace=tmp_path)
    assert result.returncode == 0
    assert "Aino" in result.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_in_remarks_are_right_as_soon_as_they_are_uncommented(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    init(capsys, tmp_path, "--bare", "--language", language)
    uncomment(tmp_path)
    result = pitchgen_here(capsys, "check", workspace=tmp_path)
    assert (result.stderr.splitlines()[-1].partition(",")[0], result.returncode) == ("0 errors", 0)
    company = linked(tmp_path).company
    assert company.story is not None
    assert company.rewards
    assert company.commitments


def test_a_language_said_twice_counts_once(capsys: Capture, tmp_path: Path) -> None:
    init(capsys, tmp_path / "a", "--language", "en", "--language", "en")
    init(capsys, tmp_path / "b", "--language", "en")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


SEVERAL = [("fi", "sv"), ("sv", "en"), ("en", "sv", "fi")]


@pytest.mark.parametrize("languages", SEVERAL, ids=",".join)
def test_a_bare_workspace_of_several_languages_says_in_each_what_its_own_says(
    capsys: Capture, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    assert init(capsys, tmp_path / "all", "--bare", "--language", ",".join(languages)).returncode == 0
    uncomment(tmp_path / "all")
    company = linked(tmp_path / "all").company
    assert (company.language, company.languages) == (languages[0], [*languages])
    texts = {}
    for language in languages:
        init(capsys, tmp_path / language, "--bare", "--language", language)
        uncomment(tmp_path / language)
        texts[language] = said(tmp_path / language, language)
    assert [said(tmp_path / "all", language) for language in languages] == [*texts.values()]
    one, all_ = ({*contents(tmp_path / name)} for name in (languages[0], "all"))
    assert one == all_
    result = pitchgen_here(capsys, "check", "--ignore", "still-the-starters", workspace=tmp_path / "all")
    assert (result.stderr.splitlines()[-1].partition(",")[0], result.returncode) == ("0 errors", 0)
    assert "missing-translation" not in result.stderr
    assert "untranslated-text" not in result.stderr


def uncomment(root: Path) -> None:
    """Bring the examples in remarks to life; a remark in words begins with a capital letter."""
    for path in root.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^# (?=[a-z_]+:|[ -])", "", text, flags=re.MULTILINE), encoding="utf-8")


def said(root: Path, language: str) -> list[str]:
    """Every text of a workspace in a language."""
    items = linked(root).files.items
    found = [text for item in items for _, text in texts_of(item)]
    return [text.said(language, language) for text in found]


def test_bare_files_say_the_same_in_every_language_line_by_line() -> None:
    for paths in zip(
        *(sorted(shipped.language_file(code, "bare").rglob("*.yaml")) for code in shipped.languages()),
        strict=True,
    ):
        kept = [
            re.findall(r"(?m)^(#? *(?:- )?[a-z_]+:|# ?|)", path.read_text(encoding="utf-8")) for path in paths
        ]
        assert kept[0] == kept[1] == kept[2]


# The name that is asked for.


def test_the_name_is_asked_for_at_a_terminal(tmp_path: Path) -> None:
    code, screen = converse(
        "init", "firma", workspace=tmp_path, typed=[("of the example. ", "Lumipaja Oy\n")]
    )
    assert code == 0, screen
    assert linked(tmp_path / "firma").company.name == "Lumipaja Oy"
    assert "delete the line `example: true`" in screen


def test_enter_keeps_the_starter_as_it_is(tmp_path: Path) -> None:
    code, screen = converse("init", "firma", workspace=tmp_path, typed=[("of the example. ", "\n")])
    assert code == 0, screen
    written = contents(tmp_path / "firma")
    assert all(written.pop(name) for name in (".gitignore", *OPENERS))
    assert written == starter()


def test_a_name_that_is_given_is_not_asked_for(tmp_path: Path) -> None:
    code, screen = converse("init", "firma", "--bare", "--name", "Lumipaja Oy", workspace=tmp_path)
    assert (code, "called?" in screen) == (0, False)
    assert linked(tmp_path / "firma").company.name == "Lumipaja Oy"


def test_ctrl_c_at_the_question_writes_nothing(tmp_path: Path) -> None:
    code, screen = converse("init", "firma", workspace=tmp_path, typed=[("of the example. ", CTRL_C)])
    assert code == 130, screen
    assert list(tmp_path.iterdir()) == []


# What may be in the way.


@pytest.mark.parametrize("existing", ["company.yaml", "metrics.yaml", "roles/palveluasiantuntija.yaml"])
@pytest.mark.parametrize("bare", [[], ["--bare"]])
def test_a_file_in_the_way_stops_init_before_it_writes(
    capsys: Capture, tmp_path: Path, existing: str, bare: list[str]
) -> None:
    write_tree(tmp_path, {existing: "meidän omamme\n"})
    result = init(capsys, tmp_path, *bare)
    if bare and existing == "metrics.yaml":
        assert result.returncode == 0
        assert (tmp_path / existing).read_text() == "meidän omamme\n"
        return
    assert result.returncode == 2
    assert str(tmp_path / existing) in result.stderr
    assert "nothing was written" in result.stderr
    assert result.stdout == ""
    assert contents(tmp_path) == {existing: "meidän omamme\n".encode()}


def test_a_second_init_changes_nothing(capsys: Capture, tmp_path: Path) -> None:
    init(capsys, tmp_path)
    (tmp_path / "company.yaml").write_text("muokattu\n")
    before = contents(tmp_path)
    assert init(capsys, tmp_path).returncode == 2
    assert init(capsys, tmp_path, "--bare").returncode == 2
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["company.yaml", "hires/aino-virtasalmi.yaml", ".gitignore"])
def test_even_a_link_to_nothing_is_not_overwritten(capsys: Capture, tmp_path: Path, name: str) -> None:
    (tmp_path / "hires").mkdir()
    assert name == ".gitignore" or name in starter()
    (tmp_path / name).symlink_to("nowhere")
    init(capsys, tmp_path)
    assert (tmp_path / name).readlink() == Path("nowhere")


def test_files_of_other_names_stay(capsys: Capture, tmp_path: Path) -> None:
    mine = {"README.md": "oma\n", "roles/oma.yaml": "title: Oma\n"}
    write_tree(tmp_path, mine)
    assert init(capsys, tmp_path).returncode == 0
    assert {path: contents(tmp_path)[path].decode() for path in mine} == mine


def test_a_file_where_the_folder_belongs_is_named(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "firma").write_text("oma\n")
    result = init(capsys, tmp_path / "firma")
    assert result.returncode == 4
    assert str(tmp_path / "firma") in result.stderr
    assert (tmp_path / "firma").read_text() == "oma\n"


def test_a_file_where_a_folder_of_the_starter_belongs_stops_init_before_it_writes(
    capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "roles").write_text("oma\n")
    result = init(capsys, tmp_path)
    assert result.returncode in {2, 4}
    assert str(tmp_path / "roles") in result.stderr
    assert contents(tmp_path) == {"roles": b"oma\n"}


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "lukittu").mkdir(mode=0o500)
    result = pitchgen("init", "lukittu/firma", workspace=tmp_path, powerless=True)
    assert result.returncode == 4
    assert result.stderr == "pitchgen: cannot write lukittu/firma: permission denied\n"
    assert contents(tmp_path) == {}


# Personal data.


def test_git_ignores_hires_and_documents(capsys: Capture, tmp_path: Path) -> None:
    init(capsys, tmp_path)
    assert {"hires/", "out/"} <= set((tmp_path / ".gitignore").read_text().splitlines())


def test_a_gitignore_that_is_there_keeps_its_lines_and_ignores_hires(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\n!tärkeä.bak")
    assert init(capsys, tmp_path).returncode == 0
    lines = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    inside = tmp_path / "hires" / ".gitignore"
    assert lines[:2] == ["*.bak", "!tärkeä.bak"]
    assert "hires/" in lines or "*" in inside.read_text().splitlines()


def test_a_gitignore_that_is_there_keeps_every_byte(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.bak\r\n# p\xe4\xe4ll\xe4\r\n")
    assert init(capsys, tmp_path).returncode == 0
    assert (tmp_path / ".gitignore").read_bytes().startswith(b"*.bak\r\n# p\xe4\xe4ll\xe4\r\n")


def test_a_gitignore_that_ignores_hires_already_is_left_alone(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / ".gitignore"
    path.write_bytes(b"out/\r\nhires/\r\ndata/\r\n*.bak\r\n")
    path.chmod(0o640)
    result = init(capsys, tmp_path)
    assert result.returncode == 0
    assert str(path) not in result.stdout.splitlines()
    assert (path.read_bytes(), mode(path)) == (b"out/\r\nhires/\r\ndata/\r\n*.bak\r\n", 0o640)


def test_hires_are_their_owner_s_and_the_rest_is_everybody_s(capsys: Capture, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        init(capsys, tmp_path / "firma")
    finally:
        os.umask(before)
    hires = tmp_path / "firma" / "hires"
    assert mode(hires) == 0o700
    assert {mode(path) for path in hires.iterdir()} == {0o600}
    shared = [path for path in (tmp_path / "firma").rglob("*") if hires not in (path, path.parent)]
    modes = {path.name: mode(path) for path in shared if path.is_file()}
    assert {name for name, each in modes.items() if each != 0o644} == set(OPENERS[1:])
    assert {modes[name] for name in OPENERS[1:]} == {0o755}
    assert {mode(path) for path in shared if path.is_dir()} == {0o755}


# Wrong usage.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "de"], "the starter is written in fi, en and sv, not in 'de'"),
        (["--language", "de", "--bare"], "a bare workspace is written in en, fi and sv, not in 'de'"),
        (["--language", "FI"], "not in 'FI'"),
        (["--language", "en", "--language", "de"], "not in 'de'"),
        (["--bare", "--language", "en,de"], "a bare workspace is written in en, fi and sv, not in 'de'"),
        (["--language", "../../etc"], "not in '../../etc'"),
        (["--language", ""], "not in ''"),
    ],
)
def test_a_language_that_is_not_offered_writes_nothing(
    capsys: Capture, tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = init(capsys, tmp_path / "firma", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_needs_a_folder(capsys: Capture) -> None:
    assert run(["init"]) == 2
    assert "DIR" in capsys.readouterr().err


def test_init_makes_the_folders_above(capsys: Capture, tmp_path: Path) -> None:
    assert init(capsys, tmp_path / "a" / "b" / "työ paikka").returncode == 0
    assert (tmp_path / "a" / "b" / "työ paikka" / "company.yaml").is_file()


# By a double click


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("bare", [True, False])
def test_a_workspace_opens_by_a_double_click_on_every_system(
    capsys: Capture, tmp_path: Path, language: str, bare: bool
) -> None:
    root = tmp_path / "own"
    assert init(capsys, root, *(["--bare"] if bare else []), "--language", language).returncode == 0
    shell, program, desktop = (root / f"open-pitchgen.{ending}" for ending in ("cmd", "command", "desktop"))
    assert all(line.endswith("\r") for line in shell.read_bytes().decode().split("\n")[:-1])
    assert os.access(program, os.X_OK) and os.access(desktop, os.X_OK)
    said = shipped.language_data(language, "page.yaml")
    for each in (shell, program, desktop):
        assert said["opener_what"] in each.read_text(encoding="utf-8")
    done = subprocess.run(
        [program],
        cwd=tmp_path,
        env={"PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [said["opener_missing"], f"{said['opener_press']} "]


def test_the_page_that_opens_is_that_of_the_folder(capsys: Capture, tmp_path: Path) -> None:
    root = tmp_path / "own"
    assert init(capsys, root, "--bare", "--language", "en").returncode == 0
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}", "BROWSER": "true"}
    env["PYTHONPATH"] = str(REPOSITORY)
    command = [str(root / "open-pitchgen.command")]
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, start_new_session=True
    ) as opened:
        assert opened.stdout
        address = urlsplit(opened.stdout.readline().decode().strip())
        connection = HTTPConnection(address.netloc, timeout=GUARD)
        connection.request("GET", f"/?{address.query}")
        let_in = connection.getresponse()
        assert let_in.status == HTTPStatus.SEE_OTHER
        connection.close()
        # As a terminal does: to all that it started.
        os.killpg(opened.pid, signal.SIGINT)
        assert opened.wait(GUARD) in (0, 130, -signal.SIGINT)
