"""What README and CONTRIBUTING say is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from workspaces import REPOSITORY, pitchgen, small, write_tree

from pitchgen import shipped
from pitchgen.cli import COMMANDS, run

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = (REPOSITORY / "docs" / "documents.md").read_text(encoding="utf-8")
EDITOR = (REPOSITORY / "docs" / "editor.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ pitchgen (.*?)\n(.*?)```", README + DOCUMENTS + EDITOR, re.DOTALL)


def starter(folder: Path) -> Path:
    return write_tree(folder, {name: path.read_bytes() for name, path in shipped.starter_files()})


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command.split()[0] for command, _ in EXAMPLES])
def test_examples_print_what_is_shown(command: str, shown: str, tmp_path: Path) -> None:
    starter(tmp_path)
    starter(tmp_path / "my-company") if "-w my-company" in command else None
    result = pitchgen(*shlex.split(command), workspace=tmp_path)
    assert result.returncode == 0, result.stderr
    assert shown.strip() in result.stdout + result.stderr


def test_readme_shows_an_example_of_what_managers_and_hr_do() -> None:
    shown = re.findall(r"```console\n\$ pitchgen (\S+)", README)
    assert set(shown) == {"init", "pitch", "check", "templates", "playbook"}


def test_the_page_of_documents_shows_every_document() -> None:
    shown = re.findall(r"```console\n\$ pitchgen (\S+)", DOCUMENTS)
    assert set(shown) == {"pitch", "playbook", "role-card", "manager-sheet"}


def test_readme_shows_the_problem_block_that_check_prints(tmp_path: Path) -> None:
    block = re.search(r"```\n(roles/palvelu.*?)```", README, re.DOTALL)
    assert block
    role = [
        "title: Palveluasiantuntija",
        "purpose: Pidät huolen siitä, että asiakkaan työ jatkuu.",
        "part:",
        "  why: Sinä olet ensimmäinen ääni.",
        "  how: Kerrot joka puhelussa seuraavan askeleen.",
        *["#"] * 6,
        "serves:",
        "  personas:",
        "    - varmistelia",
    ]
    workspace = small(tmp_path, {"roles/palveluasiantuntija.yaml": "\n".join(role)})
    assert block[1].rstrip() in pitchgen("check", workspace=workspace).stderr


@pytest.mark.parametrize("name", re.findall(r"`([\w/]+\.py)`", CONTRIBUTING))
def test_every_file_contributing_names_exists(name: str) -> None:
    assert any((root / name).is_file() for root in (REPOSITORY, REPOSITORY / "pitchgen")) or (
        name == "tests/test_compose.py"
    )


def test_the_help_of_the_group_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for command, purpose in COMMANDS.items():
        assert re.search(rf"^  {command} +{re.escape(purpose)}$", shown, re.MULTILINE)


LINK = r"\]\(([^)#]+)\)|src=\"([^\"]+)\""


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{path.name}" for path in REPOSITORY.glob("docs/*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    path = REPOSITORY / page
    links = ["".join(link) for link in re.findall(LINK, path.read_text(encoding="utf-8"))]
    assert [link for link in links if not (path.parent / link).exists()] == []


WORDS_AND_LOOK = (REPOSITORY / "docs" / "words-and-look.md").read_text(encoding="utf-8")


def test_the_page_on_words_and_look_works_step_by_step(tmp_path: Path) -> None:
    root = starter(tmp_path)
    for kind, block in re.findall(r"```(yaml|console|diff)\n(.*?)```", WORDS_AND_LOOK, re.DOTALL):
        follow(kind, block, root)
    page = (root / "out/palveluasiantuntija-playbook-en.html").read_text(encoding="utf-8")
    assert "Customer book" in page
    assert "Before you open the door" in page
    assert "--brand:#5b2a86" in page.lower()
    pdf = root / "out/palveluasiantuntija-playbook-en.pdf"
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, check=True, text=True).stdout
    assert "Fira-Sans" in fonts
    assert "Spectral-Light" in fonts
    assert "Spectral-Italic" not in fonts
    said = pitchgen("check", "--strict", workspace=root)
    assert said.returncode == 0, said.stderr


def follow(kind: str, block: str, root: Path) -> None:
    """Do what a block of the page says: type a command, write a file, or change lines of one."""
    if kind == "console":
        command, _, shown = block.removeprefix("$ pitchgen ").partition("\n")
        result = pitchgen(*shlex.split(command), workspace=root)
        assert result.returncode == 0, result.stderr
        # Spoken text is wrapped and marked with its seconds.
        assert shown.split()[:6] == [word for word in shown.split()[:6] if word in result.stdout], command
    elif kind == "diff":
        name, *lines = block.splitlines()
        before, after = (line[1:] for line in lines)
        text = (root / name).read_text(encoding="utf-8")
        assert before in text
        (root / name).write_text(text.replace(before, after), encoding="utf-8")
    elif named := re.match(r"# (templates/\S+)\n", block):
        write_tree(root, {named[1]: block})
    else:
        company = (root / "company.yaml").read_text(encoding="utf-8")
        changed = re.sub(r"brand:\n  tone: .*\n  color: .*\n  accent: .*\n", block, company)
        assert changed != company
        (root / "company.yaml").write_text(changed, encoding="utf-8")
