"""What is left of the starter in another company: found, counted, said before it goes out, and left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from lists import csv_of
from orderly import findings, with_example
from workspaces import REPOSITORY, TODAY, linked, pitchgen_here, small, write_tree

from pitchgen import shipped
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.problems import Problem
from pitchgen.rules import Facts
from pitchgen.rules.run import run_rules, selection
from pitchgen.starter import words
from pitchgen.starter.files import starter_files
from pitchgen.starter.start import start_workspace

Capture = pytest.CaptureFixture[str]

LEFT = "still-the-starters"
EXAMPLE = "only-an-example"
NAMED = "example-named"
HIRE = "hires/oona.yaml"
BELL = "You are the Lokkisilta that wipes its boots."


def init(root: Path, *languages: str, bare: bool = False, company: str | None = None) -> Path:
    for _ in start_workspace(root, languages, bare=bare, company=company):
        pass
    return root


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def renamed(root: Path, name: str = "Lumipaja Oy") -> Path:
    """The same workspace with another name of its company."""
    path = root / "company.yaml"
    edit(path, lambda text: text.replace(f"name: {words.company_name()}", f"name: {name}"))
    return root


def check(capsys: Capture, root: Path) -> list[dict[str, str]]:
    result = pitchgen_here(
        capsys, "check", "--format", "json", "--select", "starter", "--ignore", NAMED, workspace=root
    )
    rows: list[dict[str, str]] = json.loads(result.stdout)
    return rows


def of_purpose(tmp_path: Path, purpose: str) -> list[Problem]:
    return findings(tmp_path, LEFT, f"# roles/adviser.yaml\npurpose: {json.dumps(purpose)}\n")


# What is the starter's


def test_every_name_of_the_starter_is_known(tmp_path: Path) -> None:
    workspace = linked(init(tmp_path))
    people = [manager.model.name for manager in workspace.managers]
    people += [name for hire in workspace.hires for name in (hire.model.name, hire.model.buddy) if name]
    assert all(map(words.names_of_people().in_, people))
    labels = [spelling for persona in workspace.personas for spelling in persona.model.label.spellings]
    assert all(map(words.names_of_personas([]).in_, labels))
    assert not any(map(words.names_of_personas(labels).in_, labels))
    assert words.names_of_company().in_(workspace.company.name)


@pytest.mark.parametrize("name", [words.company_name(code) for code in ("", *shipped.languages())])
def test_a_company_that_is_called_as_it_came_is_left_alone(
    capsys: Capture, tmp_path: Path, name: str
) -> None:
    files = with_example(f"# company.yaml\nname: {name}\n# roles/adviser.yaml\npurpose: {BELL}\n")
    assert check(capsys, write_tree(tmp_path, files)) == []


def test_the_starter_is_left_alone(capsys: Capture) -> None:
    assert check(capsys, REPOSITORY) == []


@pytest.mark.parametrize("languages", [(), ("fi",), ("en",), ("sv",), ("sv", "en")], ids=",".join)
def test_each_file_of_a_renamed_starter_is_found_once_and_counted(
    capsys: Capture, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    root = renamed(init(tmp_path, *languages))
    rows = check(capsys, root)
    kinds = [kind.path for kind in FILE_KINDS]
    written = [path.relative_to(root).as_posix() for path in root.rglob("*.yaml")]
    assert sorted(row["path"] for row in rows) == sorted(written)
    assert {row["path"].partition("/")[0] for row in rows} == set(kinds)
    there = f"; some in {len(written) - 1} more files"
    assert [row["message"].endswith(there) for row in rows] == [True] + [False] * (len(rows) - 1)
    for row in rows:
        assert row["code"] == LEFT
        assert row["severity"] == "warning"
        assert "more in this file" in row["message"]
        assert "`--select still-the-starters` shows all" in row["message"]
        line = (root / row["path"]).read_text(encoding="utf-8").splitlines()[int(row["line"]) - 1]
        assert ": " in line
        assert not line.startswith("#")


@pytest.mark.parametrize("language", shipped.languages())
def test_each_file_of_a_renamed_bare_workspace_is_found(
    capsys: Capture, tmp_path: Path, language: str
) -> None:
    root = init(tmp_path, language, bare=True, company="Lumipaja Oy")
    rows = check(capsys, root)
    assert {row["code"] for row in rows} == {LEFT}
    assert len(rows) == len(list(root.rglob("*.yaml"))) == 3


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        (BELL, "'Lokkisilta' is the name of the starter company"),
        ("Write to help@lokkisilta.example at once.", "'lokkisilta' is the name of the starter company"),
        ("Sinä olet se Lokkisillan ääni.", "'Lokkisillan' is the name of the starter company"),
        ("You ask marjut ketola first.", ""),
        ("You ask Marjut Ketola first.", "'Marjut Ketola' is a name of somebody in the starter company"),
        ("Kysyt Joonas Mäkirannalta.", "'Joonas Mäkirannalta' is a name of somebody in the starter company"),
        ("You ask Kerttu Salonen first.", ""),
        ("You ring the Trouper back.", "'Trouper' is a persona of the starter company, and none of yours"),
        ("You ring a real trouper back.", ""),
        # One of that name is in the company.
        ("You ring the Sprinter back.", ""),
        ("  You get people working again and tell them what comes next.", "this sentence is still as"),
        ("You get people working again and tell them what comes next year.", ""),
        ("Saat ihmisen työn jatkumaan ja kerrot, mitä tapahtuu seuraavaksi.", "this sentence is still as"),
    ],
)
def test_a_text_is_found_by_the_names_in_it_and_as_a_whole(tmp_path: Path, purpose: str, said: str) -> None:
    found = of_purpose(tmp_path, purpose)
    assert [problem.message[: len(said)] for problem in found] == ([said] if said else [])
    assert all((problem.path, problem.line > 0) == ("roles/adviser.yaml", True) for problem in found)


def test_a_rhythm_may_be_the_same_by_chance(tmp_path: Path) -> None:
    whens = [
        str(text)
        for _, path in starter_files()
        for text in _under(yaml.safe_load(path.read_text(encoding="utf-8")), "when")
        if str(text) in words.sentences("Lumipaja Oy")
    ]
    # Long rhythms only: whatever they are, they do not count.
    for n, when in enumerate(whens):
        commitment = {"text": "We talk about your week.", "when": when}
        example = f"# managers/marjut.yaml\n{yaml.safe_dump({'commitments': [commitment]})}"
        assert findings(tmp_path / str(n), LEFT, example) == []


def _under(value: object, key: str) -> list[object]:
    if isinstance(value, dict):
        own = value.get(key)
        found = list(own.values()) if isinstance(own, dict) else [own] if own else []
        return found + [each for inner in value.values() for each in _under(inner, key)]
    return [each for inner in value for each in _under(inner, key)] if isinstance(value, list) else []


def test_what_stands_first_is_a_name_and_the_rest_is_counted(tmp_path: Path) -> None:
    example = f"""
        # roles/adviser.yaml
        purpose: You get people working again and tell them what comes next.
        exciting: {BELL}
        outcomes:
          - The customer says that work is back on track before you close the request.
        # managers/marjut.yaml
        name: Marjut Ketola
        """
    root = write_tree(tmp_path, with_example(dedent(example)))
    run = run_rules(Facts(linked(root), date.fromisoformat(TODAY)), selection(["starter"]))
    manager, role = sorted(run.problems, key=lambda problem: problem.path)
    assert manager.message == "'Marjut Ketola' is a name of somebody in the starter company"
    assert role.message == (
        "'Lokkisilta' is the name of the starter company; 2 more in this file: `--select still-the-starters` "
        "shows all; some in 1 more file"
    )
    line = (tmp_path / "roles/adviser.yaml").read_text(encoding="utf-8").splitlines()[role.line - 1]
    assert line == f"exciting: {BELL}"
    # Whoever asks for the rule by its code sees every place.
    of_role = [each for each in findings(tmp_path, LEFT, example) if each.path == "roles/adviser.yaml"]
    assert [each.where for each in of_role] == ["exciting", "purpose", "outcomes[0]"]


def test_one_text_may_be_allowed_and_the_others_are_found_all_the_same(
    capsys: Capture, tmp_path: Path
) -> None:
    example = f"# roles/adviser.yaml\ntools: [a card of Marjut Ketola]\nideal: {BELL}\n"
    root = write_tree(tmp_path, with_example(example))
    allow = f"  # pitchgen: allow {LEFT} because we are proud of it"
    edit(root / "roles/adviser.yaml", lambda text: text.replace(BELL, BELL + allow))
    (row,) = check(capsys, root)
    assert row["message"].startswith("'Marjut Ketola'")
    edit(root / "roles/adviser.yaml", lambda text: text.replace("Marjut Ketola", "the adviser"))
    assert check(capsys, root) == []


def test_rows_of_a_list_are_people_and_no_examples(capsys: Capture, tmp_path: Path) -> None:
    root = small(tmp_path, {"people.csv": "name,role\nAino Virtasalmi,asiantuntija\n"})
    result = pitchgen_here(
        capsys, "build", "--hires", str(root / "people.csv"), "--documents", "pitch", "--format", "txt",
        "-o", str(root / "out"), workspace=root,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert LEFT not in result.stderr


# Before documents are made


def leaking(tmp_path: Path, more: str = "") -> Path:
    """A company of another name with one sentence of the starter's in a role."""
    return write_tree(tmp_path, with_example(f"# roles/adviser.yaml\npurpose: {BELL}\n{more}"))


COMMANDS = [
    ["pitch", "aino", "--format", "txt"],
    ["pitch", "--name", "Ilona Aho", "--role", "adviser", "--format", "html"],
    ["role-card", "adviser", "--format", "html"],
    ["playbook", "--format", "html"],
    ["manager-sheet", "aino", "--format", "html"],
    ["team-page", "marjut", "--format", "html"],
    ["matrix", "--format", "html"],
    ["build", "--documents", "pitch", "--format", "html"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments[:2]))
def test_it_is_said_before_a_document_is_made(capsys: Capture, tmp_path: Path, arguments: list[str]) -> None:
    root = leaking(tmp_path)
    result = pitchgen_here(capsys, *arguments, "-o", str(tmp_path / "out"), workspace=root)
    assert result.returncode == 0, result.stderr
    assert result.stderr.count(f"warning[{LEFT}]: 'Lokkisilta' is the name of the starter company") == 1
    assert "`pitchgen check` shows every file" in result.stderr


@pytest.mark.parametrize("command", ["pitch", "build"])
def test_where_it_counts_as_an_error_nothing_is_written(
    capsys: Capture, tmp_path: Path, command: str
) -> None:
    root = leaking(tmp_path, f"# company.yaml\nchecks: {{severities: {{{LEFT}: error}}}}\n")
    result = pitchgen_here(capsys, command, "--format", "html", "-o", str(tmp_path / "out"), workspace=root)
    assert result.returncode == 1
    assert f"error[{LEFT}]" in result.stderr
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize("command", ["pitch", "build"])
def test_where_it_is_off_or_allowed_nothing_is_said(capsys: Capture, tmp_path: Path, command: str) -> None:
    off = leaking(tmp_path / "off", f"# company.yaml\nchecks: {{severities: {{{LEFT}: 'off'}}}}\n")
    allowed = leaking(tmp_path / "allowed")
    allow = f"# pitchgen: allow {LEFT} because it is our own\npurpose: "
    edit(allowed / "roles/adviser.yaml", lambda text: text.replace("purpose: ", allow))
    for root in (off, allowed):
        out = str(root / "out")
        result = pitchgen_here(capsys, command, "--format", "html", "-o", out, workspace=root)
        assert result.returncode == 0, result.stderr
        assert LEFT not in result.stderr


def test_a_file_that_the_document_is_not_made_from_is_not_spoken_of(capsys: Capture, tmp_path: Path) -> None:
    stranger = "# managers/tuomas.yaml\nname: Tuomas Riihelä\n"
    root = write_tree(tmp_path, with_example(stranger))
    result = pitchgen_here(capsys, "pitch", "aino", "--format", "txt", "-o", "-", workspace=root)
    assert (result.returncode, LEFT in result.stderr) == (0, False)
    assert [row["path"] for row in check(capsys, root)] == ["managers/tuomas.yaml"]


def test_a_log_quotes_no_name(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, with_example("# managers/marjut.yaml\nname: Marjut Ketola\n"))
    out = str(tmp_path / "out")
    result = pitchgen_here(
        capsys, "build", "--documents", "pitch", "--format", "txt", "-o", out, workspace=root
    )
    assert f"managers/marjut.yaml:1:7: warning[{LEFT}]: '…' is a name" in result.stderr
    assert "Ketola" not in result.stderr


def test_the_starter_s_own_letters_go_out_without_a_word(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path / "firma")
    result = pitchgen_here(capsys, "pitch", "aino-virtasalmi", "--format", "txt", "-o", "-", workspace=root)
    assert (result.returncode, result.stderr) == (0, "")


# The name that `init` is given


@pytest.mark.parametrize(
    "name", ["Lumipaja Oy", "Lumi: paja # 1 Ab", '"Lumi" & Paja\'s Ltd', "- Lumi", "yes"]
)
def test_the_name_stands_where_the_starter_s_stood(capsys: Capture, tmp_path: Path, name: str) -> None:
    root = init(tmp_path, company=name)
    workspace = linked(root)
    assert workspace.company.name == name
    assert workspace.company.newcomer is None
    spoken = name.removesuffix(" Oy").removesuffix(" Ab").removesuffix(" Ltd")
    assert workspace.company.story
    assert workspace.company.story.summary.said("en", "en").startswith(f"{spoken} began when one person")
    (technician,) = (each for each in workspace.roles if each.model.id == "kenttateknikko")
    assert technician.model.part.why.said("en", "en") == f"You are the {spoken} that wipes its boots."
    left = [path for path in root.rglob("*.yaml") if "Lokkisil" in path.read_text(encoding="utf-8")]
    assert left == []


def test_the_starter_names_its_company_where_another_name_can_stand() -> None:
    for path, file in starter_files():
        for line in file.read_text(encoding="utf-8").splitlines():
            inflected = line.replace("Lokkisilta ", "").replace("Lokkisilta?", "")
            assert "Lokkisil" not in inflected or path == "company.yaml", f"{path}: {line}"


def test_what_documents_can_do_without_is_an_example_and_the_rest_is_found(
    capsys: Capture, tmp_path: Path
) -> None:
    rows = check(capsys, init(tmp_path, company="Lumipaja Oy"))
    assert [(row["code"], row["path"]) for row in rows] == [
        (LEFT, "company.yaml"),
        (LEFT, "journey.yaml"),
        (LEFT, "metrics.yaml"),
        (EXAMPLE, "personas/linnanvartija.yaml"),
    ]
    examples = [
        path for name in ("personas", "roles", "managers", "hires") for path in (tmp_path / name).iterdir()
    ]
    assert rows[-1]["message"].startswith(f"{len(examples)} files are only examples: ")
    assert all(row["severity"] == "warning" for row in rows)


@pytest.mark.parametrize("languages", [("fi",), ("en",), ("sv",), ("sv", "en", "fi")], ids=",".join)
def test_a_starter_of_another_name_has_no_error_in_any_language(
    capsys: Capture, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    root = init(tmp_path, *languages, company="Lumipaja Oy")
    result = pitchgen_here(capsys, "check", "--ignore", f"{LEFT},{EXAMPLE}", workspace=root)
    assert (result.stderr, result.returncode) == ("all is well\n", 0)


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("name", ["", "  ", "a\nb" + "c" * 300])
def test_a_name_that_is_none_writes_nothing(
    capsys: Capture, tmp_path: Path, name: str, *, bare: bool
) -> None:
    flags = ["--bare"] if bare else []
    result = pitchgen_here(capsys, "init", str(tmp_path / "firma"), "--name", name, *flags)
    assert result.returncode == 2
    assert "the company's name" in result.stderr
    assert not (tmp_path / "firma").exists()


# Examples are left out of documents


def text_of(capsys: Capture, root: Path, *arguments: str) -> str:
    result = pitchgen_here(capsys, *arguments, "-o", "-", workspace=root)
    assert result.returncode == 0, result.stderr
    return result.stdout


def confirm(path: Path) -> None:
    """Delete the line that marks a file as an example."""
    edit(
        path, lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("example:"))
    )


def test_a_persona_that_is_an_example_is_left_out_once_there_is_another(
    capsys: Capture, tmp_path: Path
) -> None:
    root = init(tmp_path, "en", company="Lumipaja Oy")
    role = ("playbook", "service-specialist", "--format", "html")
    assert "Gatekeeper" in text_of(capsys, root, *role)
    assert "Gatekeeper" in text_of(capsys, root, "matrix", "--format", "csv")
    confirm(root / "personas/double-checker.yaml")
    html, matrix = text_of(capsys, root, *role), text_of(capsys, root, "matrix", "--format", "csv")
    assert ("Double-Checker" in html, "Gatekeeper" in html) == (True, False)
    assert ("Double-Checker" in matrix, "Gatekeeper" in matrix) == (True, False)
    pitch = text_of(capsys, root, "pitch", "aino-virtasalmi", "--format", "md")
    assert ("Double-Checker" in pitch, "Sprinter" in pitch) == (True, False)


def test_people_who_are_examples_get_no_documents_once_there_is_somebody(
    capsys: Capture, tmp_path: Path
) -> None:
    root = init(tmp_path / "firma", "en", company="Lumipaja Oy")
    made = build(capsys, root, tmp_path / "before")
    assert sum("-pitch-" in name for name in made) == 3
    (root / "hires/ilona.yaml").write_text(
        "name: Ilona Aho\nrole: service-specialist\nmanager: marjut-ketola\n", encoding="utf-8"
    )
    confirm(root / "managers/marjut-ketola.yaml")
    made = build(capsys, root, tmp_path / "after")
    assert [name for name in made if "-pitch-" in name] == ["ilona-pitch-en.html"]
    assert [name for name in made if "-playbook-" in name] == ["service-specialist-playbook-en.html"]
    team = text_of(capsys, root, "team-page", "--format", "html")
    assert ("Ilona Aho" in team, "Aino Virtasalmi" in team) == (True, False)
    # Who is asked for by name is there all the same.
    assert "Hi Aino" in text_of(capsys, root, "pitch", "aino-virtasalmi", "--format", "md")


def build(capsys: Capture, root: Path, out: Path) -> list[str]:
    result = pitchgen_here(
        capsys, "build", "--documents", "pitch,playbook", "--format", "html", "-o", str(out), workspace=root
    )
    assert result.returncode == 0, result.stderr
    return sorted(path.name for path in out.glob("*.html"))


def test_only_roles_that_are_no_examples_get_a_card(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path / "firma", "en", company="Lumipaja Oy")
    confirm(root / "roles/field-technician.yaml")
    out = tmp_path / "out"
    result = pitchgen_here(capsys, "role-card", "--format", "html", "-o", str(out), workspace=root)
    assert result.returncode == 0, result.stderr
    assert [path.name for path in out.iterdir()] == ["field-technician-role-card-en.html"]


def test_an_example_that_a_document_is_made_from_is_named(capsys: Capture, tmp_path: Path) -> None:
    example = "# roles/adviser.yaml\nexample: true\n# personas/fast.yaml\nexample: true\n"
    root = write_tree(tmp_path, with_example(example))
    result = pitchgen_here(capsys, "pitch", "aino", "--format", "txt", "-o", "-", workspace=root)
    assert result.returncode == 0
    # The persona is left out, for there is another.
    assert f"warning[{EXAMPLE}]: 1 file is only an example" in result.stderr
    assert "roles/adviser.yaml" in result.stderr
    assert "fast" not in result.stderr


def test_a_build_knows_that_documents_change_with_what_is_an_example(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path / "firma", "en", company="Lumipaja Oy")
    out = tmp_path / "out"
    build(capsys, root, out)
    confirm(root / "personas/double-checker.yaml")
    arguments = ("build", "--documents", "playbook", "--format", "html", "--dry-run", "-o", str(out))
    result = pitchgen_here(capsys, *arguments, workspace=root)
    assert "service-specialist-playbook-en.html" in result.stdout


@pytest.mark.parametrize("door", ["file", "list", "option"])
def test_whoever_names_an_example_is_told_at_that_place(capsys: Capture, tmp_path: Path, door: str) -> None:
    root = init(tmp_path / "ws", "fi", company="Lumipaja Oy")
    named = {"name": "Oona Lahti", "role": "palveluasiantuntija", "manager": "Ketola, Marjut"}
    starts = {"starts_on": "2027-06-03", "buddy": "Tuomas Riihelä"}
    if door == "file":
        text = "".join(f"{key}: {value}\n" for key, value in {**named, **starts}.items())
        result = pitchgen_here(capsys, "check", "--select", NAMED, workspace=write_tree(root, {HIRE: text}))
        places = [f"{HIRE}:2:7", f"{HIRE}:3:10", f"{HIRE}:5:8"]
    elif door == "list":
        path = tmp_path / "list.csv"
        rows = [["Nimi", "Tehtävä", "Esihenkilö", "Alkaa", "Kummi"], [*named.values(), *starts.values()]]
        path.write_bytes(csv_of(rows))
        result = pitchgen_here(capsys, "check", str(path), workspace=root)
        places = [f"{path}:2:{column}" for column in (2, 3, 5)]
    else:
        told = {"name": "--name", "role": "--role", "manager": "--manager", "buddy": "--buddy"}
        options = [part for key, option in told.items() for part in (option, {**named, **starts}[key])]
        result = pitchgen_here(capsys, "pitch", *options, "--format", "txt", "-o", "-", workspace=root)
        places = ["--role", "--manager", "--buddy"]
    found = [line for line in result.stderr.splitlines() if f"[{NAMED}]" in line]
    assert [line.partition(": warning")[0] for line in found] == places
    assert [noun in line for noun, line in zip(("role", "manager", "buddy"), found, strict=True)] == [
        True
    ] * 3
    assert result.returncode == 0


def test_who_is_an_example_as_well_may_name_one(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path, "fi", company="Lumipaja Oy")
    assert "all is well" in pitchgen_here(capsys, "check", "--select", NAMED, workspace=root).stderr


def test_check_of_a_list_says_what_of_the_starter_build_says(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path / "ws", "fi", company="Lumipaja Oy")
    path = tmp_path / "list.csv"
    path.write_bytes(csv_of([["Nimi", "Tehtävä"], ["Oona Lahti", "palveluasiantuntija"]]))
    checked = pitchgen_here(capsys, "check", str(path), workspace=root).stderr.splitlines()
    built = pitchgen_here(capsys, "build", "--hires", str(path), "--dry-run", workspace=root)
    assert checked[:-1] == built.stderr.splitlines()[:-1]
    for code in (NAMED, LEFT, EXAMPLE):
        assert sum(f"[{code}]" in line for line in checked) == 1


def test_of_what_is_used_nobody_says_that_it_is_left_out(capsys: Capture, tmp_path: Path) -> None:
    root = init(tmp_path, "fi", company="Lumipaja Oy")
    told = ("--name", "Oona Lahti", "--role", "palveluasiantuntija", "--format", "txt", "-o", "-")
    assert "passed over" not in pitchgen_here(capsys, "pitch", *told, workspace=root).stderr
