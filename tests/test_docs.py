"""What README and CONTRIBUTING say is what happens."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from conversation import converse
from tree import as_typed, text_of, tree_of
from workspaces import REPOSITORY, SHIPPED, pitchgen_here, small, write_tree

from pitchgen.chain.links import LINKS
from pitchgen.cli import COMMANDS, run
from pitchgen.documents.catalogue import KINDS as DOCUMENT_KINDS
from pitchgen.language.words import read_words
from pitchgen.measure.kinds import COLUMNS, NEEDS
from pitchgen.model.checks import Limits
from pitchgen.model.origin import Origin
from pitchgen.model.pages import documentation
from pitchgen.new.kinds import KINDS
from pitchgen.starter.files import data_files, starter_files

Capture = pytest.CaptureFixture[str]

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = (REPOSITORY / "docs" / "documents.md").read_text(encoding="utf-8")
WEAKEST_LINK = (REPOSITORY / "docs" / "weakest-link.md").read_text(encoding="utf-8")
FOLLOWING = (REPOSITORY / "docs" / "following-changes.md").read_text(encoding="utf-8")
EDITOR = (REPOSITORY / "docs" / "editor.md").read_text(encoding="utf-8")
# Of these pages, each example is tried on a starter of its own; others are followed step by step.
TRIED = README + DOCUMENTS + WEAKEST_LINK + FOLLOWING + EDITOR
EXAMPLES = re.findall(r"```console\n\$ pitchgen (.*?)\n(.*?)```", TRIED, re.DOTALL)


def starter(folder: Path) -> Path:
    return write_tree(folder, {name: path.read_bytes() for name, path in starter_files()})


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command.split()[0] for command, _ in EXAMPLES])
def test_examples_print_what_is_shown(command: str, shown: str, tmp_path: Path, capsys: Capture) -> None:
    starter(tmp_path)
    result = pitchgen_here(capsys, *shlex.split(command), folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert shown.strip() in result.stdout + result.stderr


def test_readme_goes_into_the_new_folder_and_stays_there() -> None:
    _, after = README.split("```sh\ncd my-company\n```")
    assert "pitchgen init my-company\n" not in after
    assert "-w my-company" not in README


def test_readme_shows_an_example_of_what_managers_and_hr_do() -> None:
    shown = re.findall(r"```console\n\$ pitchgen (\S+)", README)
    assert set(shown) == {"init", "pitch", "check", "rename", "templates", "playbook", "matrix", "build"}


def test_the_page_of_documents_shows_every_document() -> None:
    shown = re.findall(r"```console\n\$ pitchgen (\S+)", DOCUMENTS)
    assert set(shown) == set(DOCUMENT_KINDS)


def test_readme_shows_the_problem_block_that_check_prints(tmp_path: Path, capsys: Capture) -> None:
    block = re.search(r"```\n(roles/palvelu.*?)```", README, re.DOTALL)
    assert block
    role = [
        "title: Palveluasiantuntija",
        "purpose: Pidät huolen siitä, että asiakas pääsee jatkamaan.",
        "part:",
        "  why: Sinä olet ensimmäinen ääni.",
        "  how: Kerrot joka puhelussa seuraavan askeleen.",
        *["#"] * 6,
        "serves:",
        "  personas:",
        "    - varmistelia",
    ]
    workspace = small(tmp_path, {"roles/palveluasiantuntija.yaml": "\n".join(role)})
    assert block[1].rstrip() in pitchgen_here(capsys, "check", workspace=workspace).stderr


# Paths as they are from the top; a <name> or a * stands for anything.
PATHS = re.findall(r"`((?:[\w.<>*-]+/)+[\w.<>*-]*|\w+\.(?:py|md|yaml|toml))`", CONTRIBUTING)


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_every_path_contributing_names_exists(path: str) -> None:
    found = list(REPOSITORY.glob(re.sub("<.*?>", "*", path).rstrip("/")))
    assert found
    assert all(each.is_dir() for each in found) == path.endswith("/")


def test_contributing_names_every_room_once_and_every_module_beside_them() -> None:
    inside = [path for path in (REPOSITORY / "pitchgen").iterdir() if not path.name.startswith(("_", "py."))]
    rooms = re.findall(r"^\| `pitchgen/(\w+)/` \|", CONTRIBUTING, re.MULTILINE)
    assert sorted(rooms) == sorted(path.name for path in inside if path.is_dir())
    assert {f"pitchgen/{path.name}" for path in inside if path.is_file()} <= set(PATHS)


def test_readme_names_every_command() -> None:
    (table,) = re.findall(r"^## All commands\n(.*?)^`", README, re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"`([\w-]+)`", table)) == {*COMMANDS, *DOCUMENT_KINDS}


def test_the_help_of_the_group_names_every_command(capsys: Capture) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for command, purpose in COMMANDS.items():
        assert re.search(rf"^  {command} +{re.escape(purpose)}$", shown, re.MULTILINE)


def test_the_page_on_the_weakest_link_names_every_link_and_every_key_of_the_json(
    tmp_path: Path, capsys: Capture
) -> None:
    done = pitchgen_here(capsys, "matrix", "--format", "json", workspace=starter(tmp_path))
    data = json.loads(done.stdout)
    first = data["matrix"][0]
    for part in (data, first, first["cells"][0], data["chains"][0], data["weakest"][0]):
        assert [key for key in part if f"`{key}`" not in WEAKEST_LINK] == []
    rows = re.findall(r"^\| (\w+) \|", WEAKEST_LINK, re.MULTILINE)
    words = read_words(SHIPPED.folders, "en")
    assert [row for row in rows if row not in ("link", "list")] == [words[f"link_{name}"] for name in LINKS]


def test_the_page_of_fields_is_what_the_models_say() -> None:
    # `make fields` writes it anew.
    for path, page in documentation().items():
        assert (REPOSITORY / path).read_text(encoding="utf-8") == page


def test_the_page_of_fields_explains_every_word_it_uses_for_what_a_field_holds() -> None:
    (page,) = documentation().values()
    glossary, *parts = page.split("\n## ")
    explained = {
        row.removesuffix(" …").rstrip(":") for row in re.findall(r"^\| ([^|]+?) \|", glossary, re.MULTILINE)
    }
    cells = [cell for part in parts for cell in re.findall(r"^\| `.*?` \| (.*?) \|", part, re.MULTILINE)]
    assert len(cells) > 150
    joining = r"`.*?`|[:;,]|\b(?:must be there|one or more|for each|list of|or|its|alone)\b"
    said = {piece.strip() for cell in cells for piece in re.split(joining, cell)}
    left = said - explained - {"", "groups"}
    assert {each for each in left if not each.startswith("id of a ")} == set()


LINK = r"\]\(([^)#]+)\)|src=\"([^\"]+)\""


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{path.name}" for path in REPOSITORY.glob("docs/*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    path = REPOSITORY / page
    links = ["".join(link) for link in re.findall(LINK, path.read_text(encoding="utf-8"))]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(
    "page", [REPOSITORY / "README.md", *REPOSITORY.glob("docs/*.md")], ids=lambda p: p.name
)
def test_links_to_a_heading_find_it(page: Path) -> None:
    for path, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / path if path else page).read_text(encoding="utf-8")
        heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        # As GitHub makes them of headings.
        assert heading in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, page


WORDS_AND_LOOK = (REPOSITORY / "docs" / "words-and-look.md").read_text(encoding="utf-8")


def test_the_page_on_words_and_look_works_step_by_step(tmp_path: Path, capsys: Capture) -> None:
    root = starter(tmp_path)
    for kind, block in re.findall(r"```(yaml|console|diff)\n(.*?)```", WORDS_AND_LOOK, re.DOTALL):
        follow(kind, block, root, capsys)
    page = (root / "out/palveluasiantuntija-playbook-en.html").read_text(encoding="utf-8")
    assert "Customer book" in page
    assert "The people behind your patients" in page
    assert "Before you open the door" in page
    assert "--brand:#5b2a86" in page.lower()
    pdf = root / "out/palveluasiantuntija-playbook-en.pdf"
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, check=True, text=True).stdout
    assert "Fira-Sans" in fonts
    assert "Spectral-Light" in fonts
    assert "Spectral-Italic" not in fonts
    said = pitchgen_here(capsys, "check", "--strict", workspace=root)
    assert said.returncode == 0, said.stderr


def follow(kind: str, block: str, root: Path, capsys: Capture) -> None:
    """Do what a block of the page says: type a command, write a file, or change lines of one."""
    if kind == "console":
        command, _, shown = block.removeprefix("$ pitchgen ").partition("\n")
        result = pitchgen_here(capsys, *shlex.split(command), folder=root)
        assert result.returncode == 0, result.stderr
        expect(shown, result.stdout, result.stderr, root)
    elif kind == "diff":
        name, *lines = block.splitlines()
        before, after = ("\n".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
        text = (root / name).read_text(encoding="utf-8")
        assert before in text
        (root / name).write_text(text.replace(before, after), encoding="utf-8")
    elif named := re.match(r"# (templates/\S+)\n", block):
        write_tree(root, {named[1]: block})
    elif block.startswith("terms:"):
        with (root / "company.yaml").open("a", encoding="utf-8") as file:
            file.write(block)
    else:
        company = (root / "company.yaml").read_text(encoding="utf-8")
        changed = re.sub(r"brand:\n  tone: .*\n  color: .*\n  accent: .*\n", block, company)
        assert changed != company
        (root / "company.yaml").write_text(changed, encoding="utf-8")


def expect(shown: str, out: str, err: str, root: Path) -> None:
    """A command printed what the page shows: its files are there, and where it shows nothing, nothing was."""
    lines = shown.splitlines()
    if not lines:
        assert (out, err) == ("", "")
    elif all(re.fullmatch(r"[\w./-]+\.\w+", line) for line in lines):
        assert [line for line in lines if not (root / line).is_file()] == []
        assert lines == out.splitlines()[: len(lines)]
    else:
        # Spoken text is wrapped, and marked with its seconds and pauses.
        said = (re.sub(r"^\d+:\d\d | //$", "", line) for line in (out + err).splitlines())
        assert " ".join(shown.split()) in " ".join(" ".join(said).split())


LANGUAGES = (REPOSITORY / "docs" / "languages.md").read_text(encoding="utf-8")


def test_the_page_on_languages_leads_to_a_pitch_in_a_new_one(tmp_path: Path, capsys: Capture) -> None:
    root = starter(tmp_path)
    (copied,) = re.findall(r"^for file in (.*);", LANGUAGES, re.MULTILINE)
    for name in copied.split():
        done = pitchgen_here(capsys, "templates", "copy", f"languages/en/{name}", folder=root)
        assert done.returncode == 0, done.stderr
    before, after = re.findall(r"^mv (\S+) (\S+)$", LANGUAGES, re.MULTILINE)[0]
    (root / before).rename(root / after)
    (facts,) = re.findall(r"```yaml\n(.*?)```", LANGUAGES, re.DOTALL)
    (root / after / "language.yaml").write_text(facts, encoding="utf-8")
    company = root / "company.yaml"
    company.write_text(company.read_text(encoding="utf-8").replace("languages: [fi", "languages: [nb, fi"))
    pitch = pitchgen_here(
        capsys, "pitch", "aino-virtasalmi", "--language", "nb", "--format", "txt", "-o", "-", folder=root
    )
    assert "Hi Aino, welcome!" in pitch.stdout, pitch.stderr
    lacks = pitchgen_here(capsys, "check", folder=root).stderr
    assert set(re.findall(r"^templates/languages/nb/(\w+)/", lacks, re.MULTILINE)) == {"new"}


NEW_PERSONA = (REPOSITORY / "docs" / "new-persona.md").read_text(encoding="utf-8")


def test_the_page_on_a_new_persona_leads_to_a_page_of_the_playbook(tmp_path: Path, capsys: Capture) -> None:
    root = tmp_path
    for kind, block in re.findall(r"```(console|diff)\n(.*?)```", NEW_PERSONA, re.DOTALL):
        if "Ctrl-C" in block:
            hold_conversation(block, root)
        else:
            follow(kind, block, root, capsys)
        root = tmp_path / "my-company"
    html = (root / "out/account-manager-playbook-en.html").read_text(encoding="utf-8")
    page = as_typed(text_of(tree_of(html)))
    written = re.findall(
        r"^\+ +(?:(?:text|response|value_to_us|expects): |- (?=“))(.*)$", NEW_PERSONA, re.MULTILINE
    )
    assert len(written) == 5
    for text in ("Night owl", "She works while others sleep", *written):
        assert text in page
    assert not re.search("<[a-z]", page)


def hold_conversation(block: str, root: Path) -> None:
    """Type what a block of the page shows, and see on the terminal exactly what it shows."""
    command, *shown = block.removeprefix("$ pitchgen ").splitlines()
    asked = [re.fullmatch(r"([A-Z].*[?:] )(.+)", line) for line in shown]
    typed = [(found[1], f"{found[2]}\n") for found in asked if found]
    assert len(typed) == 3
    code, screen = converse(*shlex.split(command), workspace=root, typed=typed)
    assert (code, screen.splitlines()) == (0, shown)


def test_the_page_on_a_new_persona_names_what_each_kind_needs(tmp_path: Path, capsys: Capture) -> None:
    needed = dict(
        re.findall(r"^\| `pitchgen new (\w+) ID` .*\| (?:nothing|`(.*?)`.*) \|$", NEW_PERSONA, re.MULTILINE)
    )
    assert set(needed) == set(KINDS)
    for kind, option in needed.items():
        result = pitchgen_here(capsys, "new", kind, "x", workspace=small(tmp_path / kind))
        assert f"needs {option}" in result.stderr if option else result.returncode == 0


CHECKING = (REPOSITORY / "docs" / "checking.md").read_text(encoding="utf-8")


def test_the_page_on_checking_works_step_by_step(tmp_path: Path, capsys: Capture) -> None:
    root = starter(tmp_path)
    for kind, block in re.findall(r"```(yaml|console|diff)\n(.*?)```", CHECKING, re.DOTALL):
        if kind == "console":
            command, _, shown = block.removeprefix("$ pitchgen ").partition("\n")
            result = pitchgen_here(capsys, *shlex.split(command), folder=root)
            assert (result.stdout + result.stderr).startswith(shown), command
            fails = "--strict" in command or "error[" in shown
            assert result.returncode == fails, command
        elif kind == "yaml":
            settings = (root / "company.yaml").read_text(encoding="utf-8").partition("checks:\n")[0]
            (root / "company.yaml").write_text(f"{settings}{block}", encoding="utf-8")
        else:
            follow(kind, block, root, capsys)


def test_the_page_on_checking_names_every_limit_with_its_usual_value() -> None:
    (limits,) = re.findall(r"```yaml\nchecks:\n  limits:\n(.*?)```", CHECKING, re.DOTALL)
    shown = dict(re.findall(r"^ +(\w+): ([\d.]+) +# ", limits, re.MULTILINE))
    assert shown == {name: f"{field.default}" for name, field in Limits.model_fields.items()}


FIGURES = (REPOSITORY / "docs" / "figures.md").read_text(encoding="utf-8")


def test_the_page_on_figures_works_step_by_step(tmp_path: Path, capsys: Capture) -> None:
    root = write_tree(starter(tmp_path), {name: path.read_bytes() for name, path in data_files()})
    metrics = root / "metrics.yaml"
    for kind, block in re.findall(r"```(yaml|console|diff|csv|sql)\n(.*?)```", FIGURES, re.DOTALL):
        if kind == "console":
            command, _, shown = block.removeprefix("$ pitchgen ").partition("\n")
            result = pitchgen_here(capsys, *shlex.split(command), folder=root)
            said = result.stdout.removeprefix("\ufeff").replace("\r\n", "\n") + result.stderr
            assert said.rstrip() == shown.rstrip(), command
            assert result.returncode == ("error[" in shown), command
        elif kind == "diff":
            follow(kind, block, root, capsys)
        elif kind == "csv":
            name, _, content = block.partition("\n")
            write_tree(root, {name: content})
        elif kind == "sql":
            write_tree(root, {block.partition("\n")[0].removeprefix("-- "): block})
        elif block.startswith("  - id:"):
            metrics.write_text(metrics.read_text(encoding="utf-8") + block, encoding="utf-8")
        else:
            # What the starter has already.
            assert block in metrics.read_text(encoding="utf-8")


def test_the_page_on_figures_names_every_kind_column_and_setting() -> None:
    named = set(re.findall(r"`(\w+)(?:: [^`]*)?`", FIGURES)) | set(
        re.findall(r"^ +(\w+):", FIGURES, re.MULTILINE)
    )
    assert {*NEEDS, *COLUMNS, *Origin.model_fields} - named == set()
