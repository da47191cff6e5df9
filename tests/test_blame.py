"""Whose fault is told of what only a PDF shows: the text or the template where it is typed, and once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from builds import build, intake
from every_document import THE_DAY, all_documents, subjects
from lists import csv_of
from rich import RICH
from workspaces import COMPANY, HIRE, PERSONA, ROLE, linked, pitchgen_here, small, write_tree

from pitchgen.documents.catalogue import KINDS
from pitchgen.load.place import Place
from pitchgen.problems import Problem, errors
from pitchgen.render.html import paper_html
from pitchgen.render.press import Press
from pitchgen.rules.texts import wordings
from pitchgen.studio.blame import shown_places, sources
from pitchgen.studio.studio import Studio
from pitchgen.workspace import Workspace
from pitchgen.workspace.texts import texts_of

# No font has it.
NOBODYS = "\U0010fffd"
LAYOUT = """\
{%% extends "base.html" %%}
{%% block body %%}<main><h1>{{ heading }}</h1>
%s
</main>{%% endblock %%}
"""


def place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column} {problem.where}".rstrip()


def found(press: Press, workspace: Workspace, document: str = "pitch") -> list[Problem]:
    """All that is wrong with the PDF of the first whom there is one for."""
    studio = Studio(workspace, THE_DAY, press)
    subject = subjects(KINDS[document], workspace)[0]
    rendered = studio.render(studio.compose(document, subject, "fi"), "pdf")
    return [problem for problem in rendered.problems if problem.code != "pitch-length"]


def glyphs(problems: Iterable[Problem]) -> list[str]:
    return [place(problem) for problem in problems if problem.code == "missing-glyph"]


# Characters that no font has


def test_a_character_in_the_promise_is_one_problem_of_a_whole_build(tmp_path: Path) -> None:
    promise = COMPANY.replace("Et jää yksin.", f"Et jää yksin {NOBODYS}.")
    root = intake(tmp_path, {"company.yaml": promise})
    done = build(root, "--documents", "pitch,playbook,manager-sheet", "--format", "pdf", "-q")
    assert done.returncode == 1
    assert done.stderr.count("missing-glyph") == 1
    assert "company.yaml:9:9: error[missing-glyph]: no font on this machine can show" in done.stderr
    assert "(U+10FFFD)" in done.stderr
    assert "hires/" not in done.stderr


METRICS = "metrics:\n  - id: nps\n    name: Suositus {}\n    kind: nps\n    target: {{value: 40}}\n"


@pytest.mark.parametrize(
    ("changes", "document", "where"),
    [
        ({"personas/varmistelija.yaml": PERSONA.replace("Haluaa", f"Haluaa{NOBODYS}")}, "playbook", None),
        ({"roles/asiantuntija.yaml": ROLE.replace("Pidät", f"Pidät{NOBODYS}")}, "role-card", None),
        ({"hires/aino.yaml": HIRE.replace("Virtanen", f"Virta{NOBODYS}nen")}, "pitch", None),
        (
            {
                "metrics.yaml": METRICS.format(NOBODYS),
                "hires/aino.yaml": f"{HIRE}    goals:\n      - {{text: Opin, metric: nps, target: 40}}\n",
            },
            "manager-sheet",
            "metrics.yaml:3:11 metrics[0].name",
        ),
        (
            {
                "managers/maija.yaml": f"name: Maija {NOBODYS}\n",
                "hires/aino.yaml": f"{HIRE}    manager: maija\n",
            },
            "pitch",
            "managers/maija.yaml:1:7 name",
        ),
        (
            {"hires/aino.yaml": f"{HIRE}    manager:\n      name: Maija {NOBODYS}\n"},
            "pitch",
            "hires/aino.yaml:4:9 manager.name",
        ),
        (
            {
                "company.yaml": COMPANY.replace(
                    "text: Et", f"text:\n        sv: {NOBODYS} Du\n        fi: {NOBODYS} Et"
                )
            },
            "pitch",
            "company.yaml:11:9 promise.text.fi",
        ),
    ],
)
def test_a_character_stands_where_it_was_typed(
    press: Press, tmp_path: Path, changes: dict[str, str], document: str, where: str | None
) -> None:
    root = small(tmp_path, changes)
    (told,) = glyphs(found(press, linked(root), document))
    if where is None:
        ((path, _),) = changes.items()
        lines = (root / path).read_text().splitlines()
        (number,) = [n for n, line in enumerate(lines, start=1) if NOBODYS in line]
        key = lines[number - 1].partition(":")[0]
        where = f"{path}:{number}:{len(key) + 3} {key}"
    assert told == where


def test_every_place_that_shows_the_character_is_told(press: Press, tmp_path: Path) -> None:
    changes = {
        "hires/aino.yaml": HIRE.replace("Virtanen", f"{NOBODYS}"),
        "roles/asiantuntija.yaml": ROLE.replace("Palveluasiantuntija", f"Palvelija {NOBODYS}"),
        # Nothing in this document says anything of these.
        "roles/muu.yaml": ROLE.replace("Palveluasiantuntija", f"Muu {NOBODYS}"),
        "hires/bo.yaml": f"name: Bo {NOBODYS}\nrole: muu\n",
    }
    assert glyphs(found(press, linked(small(tmp_path, changes)))) == [
        "hires/aino.yaml:1:7 name",
        "roles/asiantuntija.yaml:1:8 title",
    ]


def test_each_text_is_found_in_each_document_that_shows_it(tmp_path: Path) -> None:
    """Every text of the workspace has a character of its own, so that none can be taken for another."""
    characters, marked = marked_texts(linked(write_tree(tmp_path / "plain", RICH)))
    workspace = linked(write_tree(tmp_path / "marked", marked))
    studio = Studio(workspace, THE_DAY)
    shown = set()
    for name, document in all_documents(studio).items():
        html = paper_html(document.page, studio.look, studio.templates)
        files = list(sources(workspace, document.subject))
        for character, (path, loc) in characters.items():
            if character in html:
                shown.add(character)
                told = [(each.path, each.loc) for each in shown_places(character, files, html)]
                assert told == [(path, loc)], (name, path, loc)
    assert len(shown) > len(characters) * 2 / 3


def marked_texts(
    workspace: Workspace,
) -> tuple[dict[str, tuple[str, tuple[str | int, ...]]], dict[str, str | bytes]]:
    """The files of the rich workspace with a character before each text, and where each of them stands."""
    everything = (each for item in workspace.files.items for each in texts_of(item))
    characters: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    lines = {name: text.splitlines(keepends=True) for name, text in RICH.items()}
    starts = sorted({start(wording.at) for wording in wordings(everything, "fi")}, reverse=True)
    for number, (path, line, column, loc) in enumerate(starts):
        character = chr(0x100000 + number)
        characters[character] = path, loc
        typed = lines[path][line - 1]
        before = column - (typed[column - 1] not in "\"'")
        lines[path][line - 1] = typed[:before] + character + typed[before:]
    return characters, {**RICH, **{name: "".join(each) for name, each in lines.items()}}


def start(at: Place) -> tuple[str, int, int, tuple[str | int, ...]]:
    told = at.warning("", "")
    return told.path, told.line, told.column, told.loc


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("languages/fi/pitch.md", "# Hei {{ called }}\n\nTervetuloa %s!\n", "3:12"),
        ("pitch.html", LAYOUT % "<p>%s</p>", "3:4"),
        ("letter.css", "h1 { color: black }\nh1::after { content: ' %s' }\n", "2:24"),
    ],
)
def test_a_character_in_a_template_of_ones_own_stands_there(
    press: Press, tmp_path: Path, name: str, content: str, where: str
) -> None:
    root = small(tmp_path, {f"templates/{name}": content.replace("%s", NOBODYS)})
    assert glyphs(found(press, linked(root))) == [f"templates/{name}:{where}"]


def test_a_character_that_is_typed_nowhere_blames_no_file(press: Press, tmp_path: Path) -> None:
    root = small(tmp_path, {"templates/pitch.html": LAYOUT % "<p>&#x10FFFD;</p>"})
    (problem,) = found(press, linked(root))
    assert (problem.path, problem.line) == ("", 0)
    assert problem.message.startswith("the pitch in 'fi': no font on this machine can show ")
    assert problem.hint


def test_a_character_in_a_row_stands_in_its_row_and_column_also_on_the_page_of_its_team(
    tmp_path: Path,
) -> None:
    rows = [
        ["Name", "Role", "Manager"],
        [f"Aino {NOBODYS}", "asiantuntija", "marjut"],
        ["Cia Holm", "neuvoja", "marjut"],
    ]
    root = intake(tmp_path, {"uudet.csv": csv_of(rows)})
    done = build(root, "--hires", "uudet.csv", "--documents", "pitch,team-page", "--format", "pdf", "-q")
    assert done.returncode == 3
    assert done.stderr.count("missing-glyph") == 1
    assert done.stderr.startswith("uudet.csv:2:1: error[missing-glyph]: no font on this machine can show '…'")


def test_a_build_does_not_say_which_character_a_newcomers_name_has(tmp_path: Path) -> None:
    root = intake(tmp_path, {"hires/aino.yaml": HIRE.replace("Aino", f"Ai{NOBODYS}no")})
    report = tmp_path / "report.json"
    done = build(root, "--documents", "pitch", "--format", "pdf", "--report", str(report), "-q")
    said = done.stderr + json.dumps(json.loads(report.read_text()), ensure_ascii=False)
    assert "hires/aino.yaml:1:7: error[missing-glyph]" in said
    assert NOBODYS not in said
    assert "10FFFD" not in said
    assert "Virtanen" not in said


# What cannot be loaded


@pytest.mark.parametrize(
    ("files", "where", "said"),
    [
        (
            {"pitch.html": LAYOUT % "<img alt='x' src='templates/gone.png'>"},
            "pitch.html:3:19",
            "no such file",
        ),
        ({"pitch.html": LAYOUT % "<img alt='x' src='../gone.png'>"}, "pitch.html:3:19", "only files in"),
        (
            {"pitch.html": LAYOUT % "<img alt='x' src='templates/{{ language }}.png'>"},
            "pitch.html:3:19",
            "no such file",
        ),
        ({"letter.css": "\nh1 { background: url('templates/gone.png') }"}, "letter.css:2:23", "no such file"),
        ({"pitch.html": LAYOUT % "<style>@import 'x.css';</style>"}, "pitch.html:3:17", "only files in"),
        (
            {
                "pitch.html": LAYOUT % "{% include 'part.html' %}",
                "part.html": "<p>a</p>\n<img alt='x' src=templates/b.png>",
                "b.png": "no picture",
            },
            "part.html:2:18",
            "it is damaged",
        ),
        (
            {"letter.css": "p { color: black }\n@color-profile --x { src: url(../outside.icc) }\n"},
            "letter.css:2:31",
            "only files in",
        ),
    ],
)
def test_what_cannot_be_loaded_stands_where_it_is_asked_for(
    press: Press, tmp_path: Path, files: Mapping[str, str], where: str, said: str
) -> None:
    root = small(tmp_path, {f"templates/{name}": text for name, text in files.items()})
    workspace = linked(root)
    # What is wrong with a style sheet, which is read once, is wrong with each document.
    for _ in range(2):
        (problem,) = [each for each in found(press, workspace) if each.code == "missing-resource"]
        assert place(problem) == f"templates/{where}"
        assert said in problem.message


def test_what_a_page_asks_for_in_words_that_are_nowhere_blames_no_file(press: Press, tmp_path: Path) -> None:
    root = small(tmp_path, {"templates/pitch.html": LAYOUT % "<img alt='x' src='{{ language }}'>"})
    (problem,) = found(press, linked(root))
    assert (problem.code, problem.path, problem.line) == ("missing-resource", "", 0)
    assert problem.message.startswith("the pitch in 'fi': '")


# A page that cannot be laid out


def test_a_page_that_cannot_be_laid_out_blames_nobody(tmp_path: Path) -> None:
    endless = LAYOUT % ("<div style='display:flex'>" * 24)
    root = small(tmp_path, {"templates/pitch.html": endless})
    workspace = linked(root)
    with Studio(workspace, THE_DAY, deadline=0.5) as studio:
        rendered = studio.render(studio.compose("pitch", workspace.hires[0], "fi"), "pdf")
    (problem,) = errors(rendered.problems)
    assert (problem.code, problem.path, problem.line, problem.column) == ("too-slow", "", 0, 0)
    assert problem.message == ("the pitch in 'fi': the page could not be laid out in 0.5 s of computing time")
    assert problem.hint


def test_a_build_does_not_repeat_what_the_layout_says_of_somebody(tmp_path: Path) -> None:
    colored = "<p style='colour: \"{{ heading }}\"'>a</p>"
    root = intake(tmp_path, {"templates/pitch.html": LAYOUT % colored})
    arguments = ("--documents", "pitch", "--format", "pdf")
    done = build(root, *arguments)
    assert "warning[layout]: the pitch in 'fi': the layout cannot be followed in all: …" in done.stderr
    assert "Aino" not in done.stderr


def test_a_template_that_is_never_taken_in_is_no_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = LAYOUT % "{% if false %}{% include 'broken.html' %}{% endif %}<a href='x.html'>x</a>"
    root = small(tmp_path, {"templates/pitch.html": layout, "templates/broken.html": "{% if %}"})
    done = pitchgen_here(capsys, "pitch", "--format", "html", "-q", "-o", "-", workspace=root)
    assert done.returncode == 1
    assert done.stderr.startswith("templates/pitch.html:3:")
    assert "error[link]" in done.stderr
