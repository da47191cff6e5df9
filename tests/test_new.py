"""`pitchgen new`: what it writes is right at once, and nothing that was there is lost."""

from __future__ import annotations

import re
import resource
import shlex
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tree import text_of, tree_of
from workspaces import (
    COMPANY,
    SMALL,
    contents,
    linked,
    pitchgen,
    pitchgen_here,
    small,
    write_tree,
)

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.load.document import Value as YamlValue
from pitchgen.load.document import YamlList, YamlMap, parse
from pitchgen.model.base import Model, model_in
from pitchgen.model.company import Reward, Value
from pitchgen.model.hire import Hire, Manager, Passages
from pitchgen.model.journey import Phase, Touchpoint
from pitchgen.model.metric import Kind, Metric
from pitchgen.model.origin import Origin
from pitchgen.model.persona import Persona
from pitchgen.model.role import Role
from pitchgen.model.text import read_line
from pitchgen.new.kinds import KINDS
from pitchgen.new.scaffold import scalar
from pitchgen.problems import CannotWrite
from pitchgen.starter.files import starter_files
from pitchgen.write import create_file

Capture = pytest.CaptureFixture[str]

JOURNEY = """\
    phases:
      - id: arki
        name: Arki
    touchpoints:
      - id: puhelu
        name: Puhelu
        phase: arki
      - id: lasku
        name: Lasku
        phase: arki
"""
METRICS = """\
    # Omat mittarimme.
    metrics:
      - id: csat  # kysely
        name: Tyytyväisyys
        kind: csat
    # Lisää tulossa.
"""
VALUES = """\
    values:
      - id: reiluus  # tärkein
        name: Reiluus
        behaviors:
          - {id: uusi-1, text: Kysymme ensin.}
          # Lisää tekoja.

    # Kiitokset.
    rewards:
      - {id: kahvi, kind: gift, text: kahvit}
"""
# For each kind the least that makes a valid one in the small workspace.
LEAST = {
    "persona": [],
    "role": ["--serves", "varmistelija"],
    "manager": [],
    "hire": ["--role", "asiantuntija"],
    "value": [],
    "reward": [],
    "metric": ["--kind", "ratio"],
    "phase": [],
    "touchpoint": ["--phase", "arki"],
}
MODELS: dict[str, type[Model]] = {
    "persona": Persona,
    "role": Role,
    "manager": Manager,
    "hire": Hire,
    "value": Value,
    "reward": Reward,
    "metric": Metric,
    "phase": Phase,
    "touchpoint": Touchpoint,
}


def new(capsys: Capture, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return pitchgen_here(capsys, "new", *arguments, workspace=root)


def company(language: str, *others: str) -> dict[str, str]:
    languages = ", ".join(sorted({language, *others}))
    said = COMPANY.replace("language: fi", f"language: {language}")
    return {"company.yaml": said.replace("[fi, en, sv]", f"[{languages}]")}


def starter(root: Path, language: str = "fi") -> Path:
    files = {name: path.read_bytes() for name, path in starter_files()}
    files["company.yaml"] = files["company.yaml"].replace(
        b"language: fi\n", f"language: {language}\n".encode()
    )
    return write_tree(root, files)


def uncommented(text: str) -> str:
    """A scaffold whose optional lines somebody brought to life, by taking `# ` away from them."""
    return re.sub(r"^( *)# (?=(  )*(- )?[a-z_]+:(\s|$)|(  )*- )", r"\1", text, flags=re.MULTILINE)


# Every kind, in every language, is right at once.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "languages",
    [["fi"], ["en"], ["sv"], ["fi", "en", "sv"], ["sv", "fi"], ["en", "de", "fi-FI"]],
    ids="-".join,
)
def test_check_accepts_it_at_once(capsys: Capture, tmp_path: Path, kind: str, languages: list[str]) -> None:
    root = small(tmp_path, {**company(*languages), "journey.yaml": JOURNEY, "metrics.yaml": METRICS})
    made = new(capsys, root, kind, "uusi", *LEAST[kind])
    assert made.returncode == 0, made.stderr
    (path,) = made.stdout.splitlines()
    assert Path(path) == root / KINDS[kind].path("uusi")
    checked = pitchgen_here(capsys, "check", workspace=root)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", shipped.languages())
def test_all_that_is_optional_is_right_once_its_marks_are_taken_away(
    capsys: Capture, tmp_path: Path, kind: str, language: str
) -> None:
    root = starter(tmp_path, language)
    least = {**LEAST, "hire": ["--role", "palveluasiantuntija"]}[kind]
    new(capsys, root, kind, "uusi", *least)
    path = root / KINDS[kind].path("uusi")
    path.write_text(uncommented(path.read_text(encoding="utf-8")), encoding="utf-8")
    (root / "pictures").mkdir()
    Image.new("RGB", (9, 9)).save(root / "pictures" / "name.jpg")
    checked = pitchgen_here(capsys, "check", workspace=root)
    assert checked.returncode == 0, checked.stderr
    written: Any = parse(path.read_bytes())
    # The entry that was added is the last; others may say less.
    new_one = written if KINDS[kind].is_file else written[KINDS[kind].lists[-1]][-1]
    assert wrongly_ordered(MODELS[kind], new_one) == []


def wrongly_ordered(model: type[Model], value: YamlValue) -> list[str]:
    """The groups that lack a field of their model, or have them in another order than it."""
    assert isinstance(value, YamlMap)
    names = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    # The file's name is the id of what has a file of its own, which is no example.
    own = [name for name in names if name not in ("id", "example") or name in value]
    if model in (Passages, Origin):
        # Some of them show how all are written; a remark or a page names the others.
        own = [name for name in own if name in value]
    # `pitchgen measure` writes these.
    own = [name for name in own if name not in ("history", "margin") or name in value]
    found = [] if list(value) == own else [f"{model.__name__}: {list(value)}"]
    for name, annotation in names.items():
        inner = value.get(name)
        below = inner if isinstance(inner, YamlList) else [inner]
        for each in below:
            if (kind := model_in(annotation)) and isinstance(each, YamlMap):
                found += wrongly_ordered(kind, each)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_scaffolds_say_the_same_in_every_language(kind: str) -> None:
    keys = {}
    for language in shipped.languages():
        text = shipped.language_file(language, f"new/{kind}.yaml").read_text(encoding="utf-8")
        lines = uncommented(text).splitlines()
        # What stands between < and > and after # is prose, and the first need's id is a word.
        bare = [re.sub(r"<.*>|  # .*|(?<=id: )\w+-1", "", line) for line in lines]
        keys[language] = [line for line in bare if not line.startswith("#") and "    #" not in line]
    assert keys["fi"] == keys["en"] == keys["sv"]


def test_a_text_has_a_line_for_each_language_of_the_company(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, company("sv", "fi"))
    new(capsys, root, "persona", "nattuggla", "--label", "Nattuggla")
    said = (root / "personas/nattuggla.yaml").read_text(encoding="utf-8")
    assert "\nlabel:\n  fi: <nimi, jolla puhutte hänestä>\n  sv: Nattuggla\n" in said
    assert (
        "#   - fi: <merkki, josta hänet tunnistaa>\n#     sv: <något man känner igen personen på>\n" in said
    )
    assert said.startswith("# En köparpersona")


def test_a_company_of_one_language_has_plain_texts(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, company("en"))
    new(capsys, root, "persona", "night-owl", "--label", "Night owl", "--priority", "1")
    said = (root / "personas/night-owl.yaml").read_text(encoding="utf-8")
    assert "\nlabel: Night owl\nsummary: <one sentence you would know them by>\npriority: 1  # 1 =" in said


def test_a_language_without_scaffolds_gets_english_placeholders(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, company("de", "fi-FI"))
    new(capsys, root, "persona", "nachteule", "--summary", "Wach.")
    said = (root / "personas/nachteule.yaml").read_text(encoding="utf-8")
    assert said.startswith("# A buyer persona")
    assert "\nlabel:\n  de: <what we call this persona>\n  fi-FI: <nimi, jolla puhutte hänestä>\n" in said
    assert "\nsummary:\n  de: Wach.\n" in said


def test_what_is_answered_comes_to_life(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"managers/maija.yaml": "name: Maija Virta\n"})
    arguments = ["--name", "Liv Berg", "--role", "Palveluasiantuntija", "--manager", "maija virta"]
    new(capsys, root, "hire", "liv", *arguments, "--starts-on", "2027-01-04", "--language", "sv")
    hire = linked(root).hires[-1]
    assert hire.manager is not None
    assert (hire.model.name, hire.role.model.id, hire.manager.model.name) == (
        "Liv Berg",
        "asiantuntija",
        "Maija Virta",
    )
    assert (str(hire.model.starts_on), hire.model.language) == ("2027-01-04", "sv")


def test_a_role_serves_personas_and_roles(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    said = ["--title", "Huoltaja", "--purpose", "Autat.", "--why", "Siksi.", "--how", "Näin."]
    # One of them by what it is called.
    new(
        capsys, root, "role", "huoltaja", *said, "--serves", "palveluasiantuntija", "--serves", "varmistelija"
    )
    (role,) = [each for each in linked(root).roles if each.model.id == "huoltaja"]
    assert [each.model.id for each in role.personas] == ["varmistelija"]
    assert [each.model.id for each in role.roles] == ["asiantuntija"]
    assert [
        text.said("fi", "fi") for text in (role.model.title, role.model.part.why, role.model.part.how)
    ] == [
        "Huoltaja",
        "Siksi.",
        "Näin.",
    ]


# Whatever is typed is data.


@pytest.mark.parametrize(
    "typed",
    [
        "a: b # c",
        "- x",
        "no",
        "{x}",
        "[x",
        "null",
        "~",
        "010",
        "2026-12-01",
        "'it’s' \"so\"",
        "#hash",
        "*alias",
        "&anchor",
        "!tag",
        "| pipe",
        "> fold",
        "% sign",
        "@at",
        "`tick`",
        "$id ${today} $",
        "<own words>",
        "ends with:",
        "😀 äöå \N{NO-BREAK SPACE}x",
        "line\nbreak",
        "...",
        "---",
        "y" * 300 + " " + "z" * 300,
        "{{ 7 * 7 }} {% if x %}",
    ],
)
@pytest.mark.parametrize("languages", [["fi"], ["fi", "en"]], ids="-".join)
def test_a_text_reads_back_as_it_was_typed(
    capsys: Capture, tmp_path: Path, typed: str, languages: list[str]
) -> None:
    root = small(tmp_path, company(*languages))
    assert new(capsys, root, "persona", "uusi", "--label", typed, "--summary", "x").returncode == 0
    (persona,) = [each.model for each in linked(root).personas if each.model.id == "uusi"]
    assert persona.label.said("fi", "fi") == typed
    checked = pitchgen_here(capsys, "check", workspace=root)
    assert "cut-text" not in checked.stderr


def is_text(text: str) -> bool:
    try:
        return bool(read_line(text))
    except ValueError:
        return False


@given(st.text().filter(is_text))
def test_any_text_stands_on_one_line_and_reads_back(text: str) -> None:
    written = scalar(text)
    assert len(re.split("[\r\n\x85\u2028\u2029]", written)) == 1
    assert parse(f"key: {written}\n".encode()) == {"key": text}


def test_several_problems_are_said_at_their_options(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"metrics.yaml": METRICS})
    before = contents(root)
    said = ["--name", "", "--kind", "npz", "--source", "custmer", "--direction", "left"]
    result = new(capsys, root, "metric", "uusi", *said)
    assert (result.returncode, result.stdout) == (1, "")
    assert "--name: error[invalid-value]: must not be empty\n" in result.stderr
    assert "--kind: error[invalid-value]: must be nps, csat," in result.stderr
    assert "did you mean 'nps'?" in result.stderr
    assert "did you mean 'customer'?" in result.stderr
    assert "--direction: error[invalid-value]: must be up or down, not 'left'" in result.stderr
    assert contents(root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["role", "x", "--serves", "varmistelia"], "--serves: error[unknown-reference]"),
        (["role", "x", "--serves", "varmistelia"], "did you mean 'varmistelija'?"),
        (["role", "x", "--serves", "asiantuntia"], "did you mean 'asiantuntija'?"),
        (["hire", "x", "--role", "asiantuntia"], "--role: error[unknown-reference]"),
        (["hire", "x", "--role", "asiantuntija", "--manager", "kuka"], "--manager: error[unknown-reference]"),
        (["hire", "x", "--role", "asiantuntija", "--language", "de"], "--language: error[invalid-value]"),
        (["touchpoint", "x", "--phase", "arky"], "did you mean 'arki'?"),
        (["touchpoint", "x", "--phase", "zzz"], "it can be: arki"),
        (["persona", "x", "--priority", "4"], "--priority: error[invalid-value]: must be 1, 2 or 3, not '4'"),
        (["persona", "x", "--label", "a\x07b"], "--label: error[invalid-value]: holds a character"),
    ],
)
def test_an_answer_that_does_not_do_writes_nothing(
    capsys: Capture, tmp_path: Path, arguments: list[str], said: str
) -> None:
    root = small(tmp_path, {"journey.yaml": JOURNEY})
    before = contents(root)
    result = new(capsys, root, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert said in result.stderr
    assert contents(root) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["role", "x", "--serves", ""],
        ["hire", "x", "--role", "", "--language", "fi"],
        ["touchpoint", "x", "--phase", " "],
        ["metric", "x", "--kind", ""],
    ],
)
def test_an_empty_answer_is_one_problem(capsys: Capture, tmp_path: Path, arguments: list[str]) -> None:
    root = small(tmp_path)
    result = new(capsys, root, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{arguments[2]}: error[invalid-value]: must not be empty\n"
    assert contents(root).keys() == SMALL.keys()


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (["--date", "2026-11-21", "--starts-on", "2027-01-04"], "2027-04-04"),
        (["--date", "2027-02-01", "--starts-on", "2027-01-04"], "2027-05-02"),
        (["--date", "2026-11-21", "--starts-on", "2199-12-31"], "2199-12-31"),
        (["--date", "9999-12-31"], "2199-12-31"),
    ],
)
def test_the_example_of_a_goal_ends_after_the_first_day(
    tmp_path: Path, arguments: list[str], due: str
) -> None:
    root = small(tmp_path)
    assert run(["new", "hire", "x", "--role", "asiantuntija", "-w", str(root), *arguments]) == 0
    assert f"#     due: {due}\n" in (root / "hires/x.yaml").read_text(encoding="utf-8")


def test_a_first_day_beyond_the_calendar_is_one_problem(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    result = new(capsys, root, "hire", "x", "--role", "asiantuntija", "--starts-on", "9999-12-31")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "--starts-on: error[invalid-value]: '9999-12-31' is not between the years 1900 and 2199\n"
    )
    assert contents(root).keys() == SMALL.keys()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["role", "x"], "a new role needs --serves; it can be: asiantuntija, varmistelija"),
        (["hire", "x"], "a new hire needs --role; it can be: asiantuntija"),
        (["metric", "x"], f"a new metric needs --kind; it can be: {', '.join(get_args(Kind))}"),
        (["touchpoint", "x"], "a new touchpoint needs --phase; it can be: arki"),
        (
            ["hire", "x", "--role", "asiantuntija", "--starts-on", "31.2.2027"],
            "'31.2.2027' is not a day of the calendar: February 2027 has 28 days",
        ),
        (["person", "x"], "No such command 'person'"),
        (["persona"], "Missing argument 'ID'"),
    ],
)
def test_what_is_needed_is_not_asked_for_where_nobody_can_answer(
    capsys: Capture, tmp_path: Path, arguments: list[str], said: str
) -> None:
    root = small(tmp_path, {"journey.yaml": JOURNEY})
    before = contents(root)
    result = new(capsys, root, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert contents(root) == before


def test_a_role_or_a_newcomer_needs_somebody_first(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"company.yaml": COMPANY})
    assert "begin with `pitchgen new persona`" in new(capsys, root, "role", "x").stderr
    assert "begin with `pitchgen new role`" in new(capsys, root, "hire", "x").stderr
    assert list(contents(root)) == ["company.yaml"]


# Nothing that is there is overwritten.


@pytest.mark.parametrize(
    ("kind", "id", "said"),
    [
        ("persona", "varmistelija", "persona 'varmistelija' is already in personas/varmistelija.yaml"),
        ("persona", "toinen", "persona 'toinen' is already in personas/muu.yaml"),
        ("persona", "isoilla", "persona 'ISOILLA' is already in personas/ISOILLA.yaml"),
        ("persona", "rikki", "persona 'rikki' is already in personas/rikki.yaml"),
        ("persona", "lukematon", "personas/lukematon.yaml is already there"),
        ("persona", "linkki", "personas/linkki.yaml is already there"),
        ("persona", "päivystäjä", "persona 'päivystäjä' is already in personas/päivystäjä.yml"),
        ("role", "asiantuntija", "role 'asiantuntija' is already in roles/asiantuntija.yaml"),
        ("hire", "aino", "hire 'aino' is already in hires/aino.yaml"),
        ("manager", "maija", "manager 'maija' is already in managers/maija.yaml"),
        ("value", "Reiluus", "value 'reiluus' is already in company.yaml"),
        ("reward", "kahvi", "reward 'kahvi' is already in company.yaml"),
        ("phase", "arki", "phase 'arki' is already in journey.yaml"),
        ("metric", "CSAT", "metric 'csat' is already in metrics.yaml"),
        ("touchpoint", "puhelu", "touchpoint 'puhelu' is already in journey.yaml"),
    ],
)
def test_an_id_that_is_taken_is_refused(
    capsys: Capture, tmp_path: Path, kind: str, id: str, said: str
) -> None:
    persona = SMALL["personas/varmistelija.yaml"]
    files = {
        "personas/muu.yaml": f"    id: toinen\n{persona}",
        "personas/ISOILLA.yaml": persona,
        "personas/rikki.yaml": "label: Rikki\n",
        "personas/lukematon.yaml": "label: [\n",
        "personas/päivystäjä.yml": persona,
        "journey.yaml": JOURNEY,
        "metrics.yaml": METRICS,
        "managers/maija.yaml": "name: Maija Virta\n",
        "company.yaml": COMPANY + VALUES,
    }
    root = small(tmp_path, files)
    (root / "personas/linkki.yaml").symlink_to("nowhere")
    before = contents(root)
    result = new(capsys, root, kind, id, *LEAST[kind])
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"pitchgen: {said}; nothing was written\n"
    assert contents(root) == before


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("../x", "cannot be an id"),
        ("a/b", "cannot be an id"),
        ("", "must not be empty"),
        (".", "cannot be an id"),
        ("a b", "cannot be an id; use 'a-b'"),
        ("_x", "cannot be an id"),
        ("Iso", "use 'iso'"),
        ("a_b", "use 'a-b'"),
        ("a--b", "use 'a-b'"),
        ("x" * 81, "cannot be a file's name on every machine"),
        ("nul", "use 'nul-1'"),
        ("com1", "use 'com1-1'"),
    ],
)
def test_an_id_that_would_not_be_its_file_s_name_is_refused(
    capsys: Capture, tmp_path: Path, id: str, said: str
) -> None:
    root = small(tmp_path)
    before = contents(root)
    result = new(capsys, root, "persona", id)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert contents(root) == before


def test_an_id_in_any_script_is_written_composed(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    assert new(capsys, root, "persona", "pa\u0308ivysta\u0308ja\u0308").returncode == 0
    assert (root / "personas/päivystäjä.yaml").is_file()
    assert new(capsys, root, "metric", "csat_2", "--kind", "csat").returncode == 0
    assert [metric.id for metric in linked(root).metrics] == ["csat_2"]


def test_of_many_who_create_the_same_file_one_succeeds(tmp_path: Path) -> None:
    def attempt(n: int) -> int:
        try:
            create_file(tmp_path / "x.yaml", b"%d" % n)
        except CannotWrite:
            return 0
        return n

    with ThreadPoolExecutor(8) as pool:
        succeeded = [n for n in pool.map(attempt, range(1, 33)) if n]
    assert len(succeeded) == 1
    assert contents(tmp_path) == {"x.yaml": b"%d" % succeeded[0]}


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "personas").chmod(0o500)
    before = contents(root)
    result = pitchgen("new", "persona", "uusi", workspace=root, powerless=True)
    assert (result.returncode, result.stdout) == (4, "")
    assert "cannot write" in result.stderr
    assert "permission denied" in result.stderr
    assert contents(root) == before


def test_a_full_disk_leaves_no_empty_file(tmp_path: Path) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
    try:
        with pytest.raises(CannotWrite, match="file too large"):
            create_file(tmp_path / "x.yaml", b"x" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert contents(tmp_path) == {}


# Personal data.


def test_a_newcomer_s_file_is_its_owner_s_and_the_rest_is_everybody_s(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "hires/aino.yaml").unlink()
    (root / "hires").rmdir()
    # A touchpoint brings the first phase.
    for kind in reversed(KINDS):
        assert pitchgen("new", kind, "uusi", *LEAST[kind], workspace=root).returncode == 0
    modes = {path: stat.S_IMODE((root / path).stat().st_mode) for path in ("hires", "hires/uusi.yaml")}
    assert modes == {"hires": 0o700, "hires/uusi.yaml": 0o600}
    for shared in ("personas/uusi.yaml", "roles/uusi.yaml", "metrics.yaml", "journey.yaml"):
        assert stat.S_IMODE((root / shared).stat().st_mode) == 0o644


def test_a_list_file_keeps_its_mode_and_stays_a_link(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path / "a", {"shared/mittarit.yaml": METRICS})
    real = root / "shared/mittarit.yaml"
    real.chmod(0o640)
    (root / "metrics.yaml").symlink_to(real)
    assert new(capsys, root, "metric", "uusi", "--kind", "nps").returncode == 0
    assert (root / "metrics.yaml").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [metric.id for metric in linked(root).metrics] == ["csat", "uusi"]


def test_nothing_new_goes_where_a_link_leads_out_of_the_workspace(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path / "a")
    (root / "hires").rename(tmp_path / "hires")
    (root / "hires").symlink_to(tmp_path / "hires")
    before = contents(tmp_path)
    done = new(capsys, root, "hire", "uusi", "--role", "asiantuntija")
    assert done.stderr.startswith("hires: error[outside-workspace]: ")
    assert done.returncode == 1
    assert contents(tmp_path) == before


# Lists.


def test_an_entry_comes_after_the_last_and_no_comment_moves(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"metrics.yaml": METRICS})
    before = (root / "metrics.yaml").read_text(encoding="utf-8")
    said = ["--kind", "nps", "--name", "NPS", "--unit", "%", "--source", "customer", "--direction", "up"]
    new(capsys, root, "metric", "nps", *said)
    after = (root / "metrics.yaml").read_text(encoding="utf-8")
    start, end = before.split("# Lisää tulossa.")
    assert after.startswith(f"{start}  - id: nps\n    name:\n      fi: NPS\n")
    assert after.endswith(f"# Lisää tulossa.{end}")
    assert "    unit: '%'  # " in after
    metric = linked(root).metrics[-1]
    assert (metric.kind, metric.source, metric.direction) == ("nps", "customer", "up")


def test_a_second_entry_comes_after_the_remarks_of_the_first(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    for id in ("yksi", "kaksi"):
        assert new(capsys, root, "metric", id, "--kind", "count").returncode == 0
    text = uncommented((root / "metrics.yaml").read_text(encoding="utf-8"))
    (root / "metrics.yaml").write_text(text, encoding="utf-8")
    assert [(metric.id, metric.target is not None) for metric in linked(root).metrics] == [
        ("yksi", True),
        ("kaksi", True),
    ]


def test_a_value_and_a_reward_join_the_others_in_the_company(capsys: Capture, tmp_path: Path) -> None:
    goals = "      goals: [{id: nopea, text: Nopeasti perille.}]\n    promise:"
    text = COMPANY.replace("    promise:", goals) + VALUES
    root = small(tmp_path, {"company.yaml": text})
    before = (root / "company.yaml").read_text(encoding="utf-8")
    assert new(capsys, root, "value", "uusi", "--strategy-goal", "nopeasti perille.").returncode == 0
    said = ["--kind", "lounas", "--text", "lounas", "--for", "Kysymme ensin.", "--for", "uusi-2"]
    assert new(capsys, root, "reward", "uusi", *said).returncode == 0
    after = (root / "company.yaml").read_text(encoding="utf-8")
    start, end = before.split("\n# Kiitokset.")
    assert after.startswith(f"{start}  - id: uusi\n")
    assert f"\n# Kiitokset.{end}  - id: uusi\n" in after
    workspace = linked(root)
    value, reward = workspace.values[-1], workspace.rewards[-1]
    assert value.strategy_goal is not None
    assert value.strategy_goal.id == "nopea"
    # A behaviour of that id is there already.
    assert [each.id for each in value.model.behaviors] == ["uusi-2"]
    assert [each.id for each in reward.behaviors] == ["uusi-1", "uusi-2"]
    assert reward.model.kind == "lounas"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["value", "x", "--strategy-goal", "zz"], "--strategy-goal: error[unknown-reference]"),
        (["reward", "x", "--for", "zz"], "--for: error[unknown-reference]"),
        (["reward", "x", "--text", ""], "--text: error[invalid-value]: must not be empty"),
        (["manager", "x", "--name", "a\x07b"], "--name: error[invalid-value]"),
        (["phase", "x", "--name", ""], "--name: error[invalid-value]: must not be empty"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_option(
    capsys: Capture, tmp_path: Path, arguments: list[str], said: str
) -> None:
    root = small(tmp_path)
    before = contents(root)
    done = new(capsys, root, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said)
    # There is no line yet.
    assert "or remove the" not in done.stderr.partition("unknown-reference")[2]
    assert contents(root) == before


def test_a_phase_comes_last_and_touchpoints_stay_below(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"journey.yaml": JOURNEY})
    assert new(capsys, root, "phase", "ero", "--name", "Ero").returncode == 0
    assert [each.id for each in linked(root).phases] == ["arki", "ero"]
    assert new(capsys, root, "touchpoint", "lopetus", "--phase", "ERO").returncode == 0
    assert [each.model.id for each in linked(root).touchpoints] == ["puhelu", "lasku", "lopetus"]


@pytest.mark.parametrize("journey", [None, "# Matka alkaa.\n", "phases:\ntouchpoints: []\n"])
def test_the_first_touchpoint_brings_its_phase(capsys: Capture, tmp_path: Path, journey: str | None) -> None:
    root = small(tmp_path, {"journey.yaml": journey} if journey else {})
    assert new(capsys, root, "touchpoint", "puhelu", "--phase", "arki", "--name", "Puhelu").returncode == 0
    (touchpoint,) = linked(root).touchpoints
    assert (touchpoint.model.id, touchpoint.phase.id) == ("puhelu", "arki")
    assert new(capsys, root, "touchpoint", "lasku", "--phase", "arki").returncode == 0
    assert [each.id for each in linked(root).phases] == ["arki"]


def test_a_phase_that_cannot_be_an_id_is_said_at_its_option(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path)
    result = new(capsys, root, "touchpoint", "puhelu", "--phase", "a b")
    assert result.returncode == 1
    assert "--phase: error[invalid-value]: 'a b' cannot be an id" in result.stderr
    assert contents(root).keys() == SMALL.keys()


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ("metrics: [{id: csat, name: C, kind: csat}]\n", "the list is written in [ ]"),
        ("{metrics: []}\n", "the file is written in { }"),
        ("metrics:\n  - id: csat\n", "metrics.yaml:2:5: error[missing-field]: 'name' is missing"),
        ("metrics: [\n", "metrics.yaml:2:1: error[not-yaml]"),
        ("a: 1\nmetrics: []\n", "metrics.yaml:1:1: error[unknown-key]"),
    ],
)
def test_a_list_that_cannot_be_added_to_says_why(
    capsys: Capture, tmp_path: Path, metrics: str, said: str
) -> None:
    root = small(tmp_path, {"metrics.yaml": metrics})
    before = contents(root)
    result = new(capsys, root, "metric", "uusi", "--kind", "nps")
    assert (result.returncode, result.stdout) == (1, "")
    assert said in result.stderr
    assert contents(root) == before


def test_errors_elsewhere_do_not_stop_a_new_file(capsys: Capture, tmp_path: Path) -> None:
    # Somebody names a persona first and writes it then.
    role = SMALL["roles/asiantuntija.yaml"].replace("[varmistelija]", "[varmistelija, kiireinen]")
    root = small(tmp_path, {"roles/asiantuntija.yaml": role})
    assert pitchgen_here(capsys, "check", workspace=root).returncode == 1
    assert new(capsys, root, "persona", "kiireinen").returncode == 0
    assert pitchgen_here(capsys, "check", workspace=root).returncode == 0


def test_a_company_with_errors_stops_it(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"company.yaml": "name: X\n"})
    result = new(capsys, root, "persona", "uusi")
    assert (result.returncode, result.stdout) == (1, "")
    assert "company.yaml:1:1: error[missing-field]" in result.stderr


# What is said.


def test_the_path_is_on_stdout_and_the_next_steps_on_stderr(tmp_path: Path) -> None:
    root = small(tmp_path)
    result = pitchgen("new", "persona", "kiireinen", workspace=root)
    assert result.stdout == "personas/kiireinen.yaml\n"
    assert "replace what is in < > in personas/kiireinen.yaml" in result.stderr
    assert "add `kiireinen` under serves.personas in roles/asiantuntija.yaml" in result.stderr
    assert "`pitchgen check personas/kiireinen.yaml`" in result.stderr
    assert pitchgen("new", "persona", "toinen", "-q", workspace=root).stderr == ""


@pytest.mark.parametrize("kind", KINDS)
def test_the_commands_it_names_work(tmp_path: Path, kind: str) -> None:
    small(tmp_path / "my firm")
    result = pitchgen("new", kind, "uusi", *LEAST[kind], "-w", "my firm", workspace=tmp_path)
    named = re.findall(r"`pitchgen (.*?)`", result.stderr)
    assert len(named) == 2
    for command in named:
        html = [] if command.startswith("check") else ["--format", "html"]
        done = pitchgen(*shlex.split(command), *html, workspace=tmp_path)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("kind", "schema", "line"),
    [
        ("persona", "persona", "../schemas/persona.schema.json"),
        ("role", "role", "../schemas/role.schema.json"),
        ("manager", "manager", "../schemas/manager.schema.json"),
        ("hire", "hire", "../schemas/hire.schema.json"),
        ("metric", "metrics", "schemas/metrics.schema.json"),
        ("phase", "journey", "schemas/journey.schema.json"),
        ("touchpoint", "journey", "schemas/journey.schema.json"),
    ],
)
def test_a_file_names_its_schema_when_the_workspace_has_it(
    capsys: Capture, tmp_path: Path, kind: str, schema: str, line: str
) -> None:
    root = small(tmp_path)
    plain = small(tmp_path / "plain")
    write_tree(root, {f"schemas/{schema}.schema.json": "{}\n"})
    for each in (root, plain):
        assert new(capsys, each, kind, "uusi", *LEAST[kind]).returncode == 0
    first = (root / KINDS[kind].path("uusi")).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={line}"
    assert "yaml-language-server" not in (plain / KINDS[kind].path("uusi")).read_text(encoding="utf-8")
    assert pitchgen_here(capsys, "check", workspace=root).returncode == 0


# From the idea to the page.


@pytest.mark.parametrize("language", shipped.languages())
def test_a_new_persona_stands_in_the_playbook(capsys: Capture, tmp_path: Path, language: str) -> None:
    root = starter(tmp_path, language)
    new(capsys, root, "persona", "yokyopeli", "--label", "Yökyöpeli <b>", "--summary", "Valvoo & odottaa.")
    role = root / "roles/palveluasiantuntija.yaml"
    served = role.read_text(encoding="utf-8").replace(
        "    - linnanvartija", "    - linnanvartija\n    - yokyopeli", 1
    )
    role.write_text(served, encoding="utf-8")
    made = pitchgen_here(
        capsys,
        *("playbook", "palveluasiantuntija", "--format", "html", "--language", language),
        *("-o", str(tmp_path / "book.html")),
        workspace=root,
    )
    assert made.returncode == 0, made.stderr
    page = text_of(tree_of((tmp_path / "book.html").read_text(encoding="utf-8")))
    assert "Yökyöpeli <b>" in page
    assert "Valvoo & odottaa." in page
