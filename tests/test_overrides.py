"""Templates of a workspace's own: `check` says what would go wrong with them, and what is never used."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from workspaces import COMPANY, REPOSITORY, SMALL, pitchgen_here, small, write_tree

Capture = pytest.CaptureFixture[str]

BODY = '{{% extends "base.html" %}}\n{{% block body %}}\n{}\n{{% endblock %}}\n'
NOBODYS = "\U0010fffd"


def shipped(name: str) -> str:
    return (REPOSITORY / "templates" / name).read_text(encoding="utf-8")


def check(capsys: Capture, root: Path, *arguments: str) -> tuple[int, str]:
    """How `check` ends and what it says, where no rule finds anything: those have tests of their own."""
    # A rule that the small workspace has nothing for.
    done = pitchgen_here(capsys, "check", "--select", "same-label", *arguments, workspace=root)
    return done.returncode, done.stderr


def said(capsys: Capture, root: Path) -> list[str]:
    """The places, severities and codes of all that is said of templates."""
    return re.findall(r"^(templates\S*: \w+\[[\w-]+\])", check(capsys, root)[1], re.MULTILINE)


def with_templates(root: Path, templates: dict[str, str]) -> Path:
    return small(root, {f"templates/{name}": text for name, text in templates.items()})


def made(capsys: Capture, root: Path) -> int:
    """How a build of all documents ends."""
    out = str(root / "out")
    return pitchgen_here(capsys, "build", "--format", "html", "-q", "-o", out, workspace=root).returncode


# What cannot be made is said before it is to be made


def test_a_broken_layout_and_misplaced_words_are_found(capsys: Capture, tmp_path: Path) -> None:
    root = with_templates(
        tmp_path, {"role-card.html": "{% if role %}\n", "words.fi.yaml": "playbok: Kirja\n"}
    )
    code, err = check(capsys, root)
    assert code == 1
    assert "templates/role-card.html:1:1: error[template]: cannot be read: " in err
    assert "templates/words.fi.yaml: error[moved]: is not read here any more" in err
    assert made(capsys, root) == 1


def test_a_misspelt_key_of_the_words_has_its_place_and_what_was_meant(
    capsys: Capture, tmp_path: Path
) -> None:
    root = with_templates(tmp_path, {"languages/fi/words.yaml": "playbok: Kirja\n"})
    code, err = check(capsys, root)
    assert code == 1
    assert "templates/languages/fi/words.yaml:1:1: error[words]: 'playbok' is no word of any document" in err
    assert "did you mean 'playbook'?" in err


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("role-card.html", BODY.format("{{ card.titel }}"), "role-card.html:3:1: error[template]"),
        ("playbook.html", BODY.format("{% include 'no.html' %}"), "playbook.html:3:1: error[template]"),
        ("pitch.html", BODY.format("{{ 1 / 0 }}"), "pitch.html:3:1: error[template]"),
        ("manager-sheet.html", "{{ x | shout }}", "manager-sheet.html:1:1: error[template]"),
        ("manager-sheet.md", "{{ nobody }}\n", "manager-sheet.md:1:1: error[template]"),
        ("matrix.html", "{% for x in %}", "matrix.html:1:1: error[template]"),
        ("mail.html", "{{ nobody }}", "mail.html:1:1: error[template]"),
        ("base.html", "{% block body %}", "base.html:1:1: error[template]"),
        ("languages/sv/pitch.md", "{{ ingen }}", "languages/sv/pitch.md:1:1: error[template]"),
    ],
)
@pytest.mark.parametrize("hired", [True, False], ids=["hires", "nobody yet"])
def test_whatever_a_template_does_wrong_is_found_with_or_without_newcomers(
    capsys: Capture, tmp_path: Path, name: str, text: str, place: str, hired: bool
) -> None:
    root = with_templates(tmp_path, {name: text})
    if not hired:
        (root / "hires/aino.yaml").unlink()
    code, err = check(capsys, root)
    assert code == 1
    assert f"templates/{place}" in err
    assert "Traceback" not in err


def test_a_style_sheet_that_cannot_be_read_as_one_is_told_by_line(capsys: Capture, tmp_path: Path) -> None:
    css = shipped("letter.css").replace("  padding-left: 34mm;\n", "  padding-left: 34mm\n  color red;\n", 1)
    code, err = check(capsys, with_templates(tmp_path, {"letter.css": css + "p } 3\n"}))
    assert code == 0
    places = re.findall(r"^templates/letter\.css:(\d+):\d+: warning\[layout\]", err, re.MULTILINE)
    assert places == [str(css.count("\n") + 1)]
    (tmp_path / "templates/letter.css").write_bytes("/* ä */".encode("latin-1"))
    assert "templates/letter.css:1:4: error[encoding]" in check(capsys, tmp_path)[1]


def test_what_a_layout_loads_must_be_there(capsys: Capture, tmp_path: Path) -> None:
    picture = '<p>{{ heading }}</p>\n<img src="templates/team.svg" alt="">'
    root = with_templates(tmp_path, {"pitch.html": BODY.format(picture)})
    place = "templates/pitch.html:4:11: error[missing-resource]"
    assert place in said(capsys, root)
    write_tree(root, {"templates/team.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert not any("team" in each or "missing" in each for each in said(capsys, root))


def test_a_letter_in_a_template_that_no_font_has_is_found_where_it_is_shown(
    capsys: Capture, tmp_path: Path
) -> None:
    text = BODY.format(f"<p>{{{{ card.title }}}} {NOBODYS}</p>")
    root = with_templates(tmp_path, {"role-card.html": text})
    assert "templates/role-card.html:3:21: error[missing-glyph]" in said(capsys, root)
    write_tree(
        root, {"templates/role-card.html": BODY.format(f"{{# {NOBODYS} #}}<p>{{{{ card.title }}}}</p>")}
    )
    assert not any("glyph" in each for each in said(capsys, root))


def test_when_all_is_well_all_can_be_made(capsys: Capture, tmp_path: Path) -> None:
    root = with_templates(
        tmp_path,
        {
            "languages/fi/words.yaml": "playbook: Asiakaskirja\n",
            "languages/fi/pitch.md": shipped("languages/fi/pitch.md") + "\n{% include 'extra.md' %}\n",
            "extra.md": "Nähdään pian.\n",
            "role-card.html": shipped("role-card.html").replace("<main>", '<main class="own">'),
            "letter.css": shipped("letter.css") + "\nmain { background: url(templates/paper.png) }\n",
            "paper.png": "any",
            ".DS_Store": "what a system leaves behind",
        },
    )
    assert check(capsys, root, "--strict") == (0, "all is well\n")
    assert made(capsys, root) == 0


# What is never used


def test_a_name_that_nothing_looks_for_is_told_with_the_one_that_was_meant(
    capsys: Capture, tmp_path: Path
) -> None:
    root = with_templates(
        tmp_path,
        {
            "Role-Card.html": "x",
            "playbok.css": "x",
            "words.yaml": "playbook: Kirja",
            "languages/fi/pitc.md": "x",
            "notes.txt": "x",
        },
    )
    code, err = check(capsys, root)
    assert code == 0
    found = re.findall(r"^templates/(\S+): (\w+)\[unused-template\].*\n +(.*)$", err, re.MULTILINE)
    assert [
        (name, severity, hint.removeprefix("rename it to templates/")) for name, severity, hint in found
    ] == [
        ("Role-Card.html", "warning", "role-card.html"),
        ("languages/fi/pitc.md", "warning", "languages/fi/pitch.md"),
        ("notes.txt", "note", found[2][2]),
        ("playbok.css", "warning", "playbook.css"),
        ("words.yaml", "warning", "languages/fi/words.yaml"),
    ]
    assert "'role-card.html' is what pitchgen looks for, in these capitals" in err


def test_an_override_for_documents_that_nobody_has_is_told(capsys: Capture, tmp_path: Path) -> None:
    own = {"playbook-us-letter.css": "p { color: red }\n", "languages/nb/words.yaml": "playbook: Bok\n"}
    root = with_templates(tmp_path, own)
    told = said(capsys, root)
    assert "templates/playbook-us-letter.css: warning[unused-template]" in told
    assert "templates/languages/nb/words.yaml: note[unused-template]" in told
    paper = COMPANY + "    brand:\n      paper: letter\n"
    write_tree(root, {"company.yaml": paper.replace("[fi, en, sv]", "[fi, nb]")})
    assert not any("unused" in each for each in said(capsys, root))


def test_what_templates_and_the_brand_use_is_no_stray(capsys: Capture, tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
    brand = COMPANY + "    brand:\n      logo: templates/logo.svg\n"
    chosen = "{% include 'part-' ~ language ~ '.html' %}"
    root = with_templates(tmp_path, {"logo.svg": svg, "pitch.html": BODY.format(chosen), "part-fi.html": "x"})
    write_tree(root, {"company.yaml": brand, **{f"templates/part-{code}.html": "x" for code in ("en", "sv")}})
    assert not any("unused" in each for each in said(capsys, root))


def test_a_folder_full_of_strays_is_counted_and_not_told_one_by_one(capsys: Capture, tmp_path: Path) -> None:
    names = {f"pictures of our summer party/{n}.jpg": "x" for n in range(1_500)}
    code, err = check(capsys, with_templates(tmp_path, names))
    assert code == 0
    assert len(err.splitlines()) < 600
    assert "1,500 notes" in err


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (os.mkfifo, "error[unreadable]: is not an ordinary file"),
        (Path.mkdir, None),
        (lambda path: path.symlink_to("nowhere"), "error[unreadable]: cannot be read: no such file"),
        (lambda path: path.symlink_to(path.name), "error[unreadable]: cannot be read: too many levels"),
        (lambda path: path.symlink_to("/etc/hostname"), "error[outside-workspace]: is a link that leads out"),
        (lambda path: path.symlink_to("/etc"), "error[outside-workspace]: is a link that leads out"),
    ],
    ids=["pipe", "folder", "link to nowhere", "link to itself", "link outside", "link to a folder outside"],
)
def test_what_is_no_file_is_told_and_not_waited_for(
    capsys: Capture, tmp_path: Path, put: Callable[[Path], None], told: str | None
) -> None:
    root = small(tmp_path)
    (root / "templates").mkdir()
    put(root / "templates/playbook.html")
    code, err = check(capsys, root)
    if told is None:
        assert (code, err) == (0, "all is well\n")
    else:
        assert code == 1
        assert f"templates/playbook.html: {told}" in err


def test_a_file_in_the_place_of_the_folder_is_told(capsys: Capture, tmp_path: Path) -> None:
    code, err = check(capsys, small(tmp_path, {"templates": "x"}))
    assert code == 1
    assert err.startswith("templates: error[unreadable]: cannot be listed: not a directory")


# Copies that have fallen behind


def test_a_copy_that_says_nothing_else_is_a_note(capsys: Capture, tmp_path: Path) -> None:
    root = with_templates(tmp_path, {"tokens.css": shipped("tokens.css")})
    assert said(capsys, root) == ["templates/tokens.css: note[old-template]"]
    assert check(capsys, root, "--strict")[0] == 0


def test_a_copy_of_an_earlier_layout_is_told_by_what_it_lacks(capsys: Capture, tmp_path: Path) -> None:
    earlier = shipped("role-card.html").replace("{% if card.exciting %}", "{% if false %}")
    earlier = earlier.replace("{{ card.exciting }}", "").replace("w.exciting", "w.goals")
    root = with_templates(tmp_path, {"role-card.html": earlier})
    code, err = check(capsys, root)
    assert code == 0
    assert "note[old-template]: lacks what the shipped one has: card.exciting, w.exciting\n" in err


def test_a_block_that_others_fill_is_missed(capsys: Capture, tmp_path: Path) -> None:
    (block,) = re.findall(r"{% block kind %}{% endblock %}", shipped("base.html"))
    root = with_templates(tmp_path, {"base.html": shipped("base.html").replace(block, "")})
    code, err = check(capsys, root)
    assert code == 0
    assert re.search(r"^templates/base\.html: warning\[old-template\]: has no block 'kind', so what ", err)


def test_a_macro_that_others_take_in_is_missed(capsys: Capture, tmp_path: Path) -> None:
    earlier = shipped("pictures.html").replace("{% macro own(", "{% macro former(")
    code, err = check(capsys, with_templates(tmp_path, {"pictures.html": earlier}))
    assert code == 0
    assert re.search(
        r"^templates/pictures\.html: warning\[old-template\]: has no macro 'own', which \S+\.html ", err
    )


def test_tokens_and_classes_that_a_style_sheet_lacks_are_told(capsys: Capture, tmp_path: Path) -> None:
    tokens = shipped("tokens.css").replace("--serif:", "--old-serif:")
    letter = shipped("letter.css").replace(".subtitle", ".under-title")
    root = with_templates(tmp_path, {"tokens.css": tokens, "letter.css": letter})
    err = check(capsys, root)[1]
    assert "templates/tokens.css: warning[old-template]: does not set --serif, which style sheets use" in err
    assert "templates/letter.css: note[old-template]: lacks what the shipped one has: .subtitle\n" in err


def test_without_templates_nothing_is_said_of_any(capsys: Capture, tmp_path: Path) -> None:
    assert check(capsys, write_tree(tmp_path, SMALL)) == (0, "all is well\n")
