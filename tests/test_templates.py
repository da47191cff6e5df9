"""Templates are a workspace's own to edit, and can neither leave their folder nor do any harm."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from workspaces import COMPANY, GERMAN_FACTS, HIRE, REPOSITORY, TODAY, small

from pitchgen import shipped
from pitchgen.cli import run
from pitchgen.render.tags import mismatch

Capture = pytest.CaptureFixture[str]
SECRET = "a secret of this machine"


def make(root: Path, format: str = "md") -> int:
    """Make all pitches of the workspace into `out`."""
    return run(["pitch", "-w", str(root), "--date", TODAY, "-q", "--format", format, "-o", str(root / "out")])


def written(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "out").glob("*"))


def with_template(root: Path, template: str, name: str = "languages/fi/pitch.md") -> Path:
    return small(root, {f"templates/{name}": template})


# What an editor of templates gets wrong is said with its file and line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ nimi }}", "uses something that is not there: 'nimi' is undefined"),
        (
            "{{ strategy.nimi }}",
            "uses something that is not there: this has no part 'nimi'; it has name, aim",
        ),
        ("{{ strategy.nam }}", "this has no part 'nam'; did you mean 'name'?"),
        ("{{ strategy.x }}", "this has no part 'x'; it has name, aim, "),
        ("{{ strategy['x'] }}", "this has no part 'x'; it has name, aim, "),
        ("{{ name.x }}", "uses something that is not there: this has no part 'x'"),
        ("{{ step }}", "this value is empty; put {% if … %} around it"),
        ("{{ step.text }}", "a part of what is empty here; put {% if … %} around it"),
        ("{{ goals[0].text }}", "this has no element 0"),
        ("{{ strategy }}", "print a value that has several parts; name one of them, or write a loop"),
        ("{{ goals }}", "print a value that has several parts; name one of them, or write a loop"),
        ("{% for x in strategy %}{% endfor %}", "treats a value as what it is not"),
        ("{{ strategy() }}", "treats a value as what it is not"),
        ("{{ strategy.__class__ }}", "does something templates may not do: reach for '__class__'"),
        ("{{ name | shout }}", "cannot be read: No filter named 'shout'"),
        ("{{ name }", "cannot be read: unexpected '}'"),
        ("{% if name %}", "cannot be read: {% if name %} stands here without its {% endif %}"),
        ("{% endif %}", "cannot be read: {% endif %} stands here without {% if … %} before it"),
        ("{% nonsense %}", "cannot be read: Encountered unknown tag 'nonsense'"),
        ("{% for x in %}", "cannot be read: Expected an expression"),
        ("{# a comment {{ name }}", "cannot be read: Missing end of comment tag"),
        ("{{ 1 / 0 }}", "cannot be filled in: division by zero"),
        ("{{ name + 1 }}", "treats a value as what it is not, such as a text as a number"),
        ("{% include 'there-is-none.md' %}", "takes in 'there-is-none.md', which is not among the templates"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end"),
        ("{% for a in range(99999999) %}{% endfor %}", "Range too big"),
    ],
)
def test_a_mistake_is_shown_in_its_file_and_line(
    tmp_path: Path, capsys: Capture, line: str, said: str
) -> None:
    root = with_template(tmp_path, f"# Hei {{{{ called }}}}\n\n{{# a comment\n of two lines #}}\n{line}\n")
    assert make(root) == 1
    out, err = capsys.readouterr()
    head, *excerpt = err.splitlines()
    assert head.startswith("templates/languages/fi/pitch.md:5:1: error[template]: ")
    assert said in head
    assert excerpt[0] == f"    5 | {line}"
    assert not any(name in err for name in ("Words", "object", "pitchgen.", "TypeError"))
    assert "Traceback" not in err
    assert (out, written(root)) == ("", [])


_TAG = re.compile(r"\{% (if|block|for|endif|endblock|endfor)\b[^%]*%\}")


@pytest.mark.parametrize("name", [f"languages/{code}/pitch.md" for code in shipped.languages()])
def test_a_tag_that_stayed_when_its_other_was_deleted_is_named_by_its_line(name: str) -> None:
    text = (REPOSITORY / "templates" / name).read_text(encoding="utf-8")
    # Remarks at the top show tags too.
    lines = text.rpartition("#}\n")[2].splitlines(keepends=True)
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        match = _TAG.search(line) if line.count("{%") == 1 else None
        if match and match[1].startswith("end"):
            pairs.append((opened.pop(), number))
        elif match:
            opened.append(number)
    assert len(pairs) > 10
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    assert mismatch(environment, "".join(lines)) is None
    for begin, end in pairs:
        found = mismatch(environment, "".join(lines[:end] + lines[end + 1 :]))
        assert found
        assert found.line == begin + 1
        (tag,) = re.findall("{%.*%}", lines[begin])
        assert found.message.startswith(f"{tag} stands here without its {{% end")
        found = mismatch(environment, "".join(lines[:begin] + lines[begin + 1 :]))
        assert found
        assert begin < found.line <= end
        assert " … %} before it" in found.message


def test_of_two_tags_that_are_open_the_one_that_stands_further_in_stayed() -> None:
    found = mismatch(Environment(), "{% if a %}\nA\n  {% if b %}\n  B\n{% else %}\nC\n{% endif %}\n")
    assert found
    assert (found.line, found.message) == (3, "{% if b %} stands here without its {% endif %}")


def test_a_mistake_in_a_layout_is_shown_in_its_file_and_line(tmp_path: Path, capsys: Capture) -> None:
    root = with_template(tmp_path, "<!DOCTYPE html>\n<h1>{{ otsikko }}</h1>\n", "pitch.html")
    assert make(root, "html") == 1
    assert capsys.readouterr().err.startswith("templates/pitch.html:2:1: error[template]: ")
    assert written(root) == []


@pytest.mark.parametrize("name", ["languages/fi/pitch.md", "pitch.html", "letter.css"])
@pytest.mark.parametrize(
    ("content", "where", "said"),
    [
        (b"Hei \xe4iti\n", ":1:5", "error[encoding]: is not UTF-8 text"),
        ("Hei äiti\n".encode("utf-16"), ":1:1", "error[encoding]: is saved as UTF-16"),
        (b"x" * 1_000_001, ":1:1", "error[too-large]: is larger than 1 MB"),
    ],
)
def test_an_unreadable_template_is_a_clear_problem(
    tmp_path: Path, capsys: Capture, name: str, content: bytes, where: str, said: str
) -> None:
    root = small(tmp_path, {f"templates/{name}": content})
    assert make(root, "html") == 1
    assert capsys.readouterr().err.startswith(f"templates/{name}{where}: {said}\n")
    assert written(root) == []


def test_an_unreadable_template_that_another_takes_in_is_named_itself(
    tmp_path: Path, capsys: Capture
) -> None:
    root = with_template(tmp_path, "# Hei\n\n{% include 'part.md' %}\n")
    (root / "templates/part.md").write_bytes(b"Hei \xe4iti\n")
    assert make(root) == 1
    assert capsys.readouterr().err.startswith("templates/part.md:1:5: error[encoding]: is not UTF-8 text\n")


def test_a_heading_without_words_is_passed_over_when_it_is_said_aloud(tmp_path: Path) -> None:
    root = with_template(tmp_path, "#\n\nHei vain!\n")
    assert make(root, "txt") == 0
    assert (root / "out/aino-pitch-fi.txt").read_text().startswith("0:00   Hei vain! //\n")


# The sandbox


@pytest.mark.parametrize(
    "escape",
    [
        "{{ name.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ strategy.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ '{a.__class__}'.format_map({'a': name}) }}",
        "{{ name | attr('__class__') }}",
        "{{ (name | attr('format')).__self__ }}",
        "{{ [strategy] | map(attribute='__class__') | first }}",
        "{{ strategy['__class__'] }}",
        "{% set f = strategy.__setattr__ %}{{ f('name', 'x') }}",
    ],
)
def test_a_template_reaches_nothing_behind_its_values(tmp_path: Path, capsys: Capture, escape: str) -> None:
    root = with_template(tmp_path, f"# Hei\n\n{escape}\n")
    assert make(root) == 1
    assert capsys.readouterr().err.startswith("templates/languages/fi/pitch.md:3:1: error[template]: ")
    assert written(root) == []


@pytest.mark.parametrize(
    "change",
    [
        "{% set words = ['a'] %}{{ words.append('b') }}",
        "{% set words = {'a': 1} %}{{ words.update({'b': 2}) }}",
        "{% set strategy.name = 'ours' %}",
        "{{ rewards.append('x') }}",
    ],
)
def test_a_template_changes_nothing(tmp_path: Path, capsys: Capture, change: str) -> None:
    root = with_template(tmp_path, f"# Hei\n\n{change}\n")
    assert make(root) == 1
    assert capsys.readouterr().err.startswith("templates/languages/fi/pitch.md:")
    assert written(root) == []


def test_one_persons_template_run_leaves_no_trace_in_the_next(tmp_path: Path) -> None:
    template = "# Hei {{ called }}\n\n{% set called = 'Muu' %}{{ called }} {{ name }}\n"
    root = small(
        tmp_path,
        {"templates/languages/fi/pitch.md": template, "hires/bo.yaml": "name: Bo\nrole: asiantuntija\n"},
    )
    assert make(root) == 0
    assert (root / "out/aino-pitch-fi.md").read_text() == "# Hei Aino\n\nMuu Aino Virtanen\n"
    assert (root / "out/bo-pitch-fi.md").read_text() == "# Hei Bo\n\nMuu Bo\n"


@pytest.mark.parametrize("verb", ["include", "import", "extends"])
@pytest.mark.parametrize(
    "path",
    ["../secret.md", "../../secret.md", "/etc/passwd", "../../../../../etc/passwd", "./../secret.md", ""],
)
def test_a_template_takes_in_no_file_outside_its_folder(
    tmp_path: Path, capsys: Capture, verb: str, path: str
) -> None:
    (tmp_path / "secret.md").write_text(SECRET)
    rest = " as x" if verb == "import" else ""
    root = with_template(tmp_path / "a", f"# Hei\n\n{{% {verb} '{path}' {rest} %}}\n")
    (root / "secret.md").write_text(SECRET)
    assert make(root) == 1
    err = capsys.readouterr().err
    assert err.startswith("templates/languages/fi/pitch.md:3:1: error[template]: ")
    assert SECRET not in err
    assert written(root) == []


def test_a_link_leads_no_template_out_of_the_folder(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "secret.md").write_text(SECRET)
    root = with_template(tmp_path / "a", "# Hei\n\n{% include 'linked.md' %}\n")
    (root / "templates/linked.md").symlink_to("../../secret.md")
    (root / "templates/folder").symlink_to("../..")
    assert make(root) == 1
    assert SECRET not in capsys.readouterr().err
    (root / "templates/languages/fi/pitch.md").write_text("# Hei\n\n{% include 'folder/secret.md' %}\n")
    assert make(root) == 1
    assert SECRET not in capsys.readouterr().err
    assert written(root) == []


def test_a_linked_template_outside_the_folder_is_not_used(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "secret.md").write_text(SECRET)
    root = small(tmp_path / "a")
    (root / "templates/languages/fi").mkdir(parents=True)
    (root / "templates/languages/fi/pitch.md").symlink_to("../../../../secret.md")
    make(root)
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert all(SECRET not in path.read_text() for path in (root / "out").glob("*"))


# The overlay


def test_a_workspaces_own_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    root = with_template(tmp_path, "# Moi {{ called }}!\n\nTervetuloa **taloon**.\n")
    assert make(root, "md,html,txt") == 0
    assert (root / "out/aino-pitch-fi.md").read_text() == "# Moi Aino!\n\nTervetuloa **taloon**.\n"
    html = (root / "out/aino-pitch-fi.html").read_text()
    assert "<h1>Moi Aino!</h1>" in html
    assert "<p>Tervetuloa <strong>taloon</strong>.</p>" in html
    assert "0:00   Moi Aino! //" in (root / "out/aino-pitch-fi.txt").read_text()


def test_the_other_languages_stay_as_shipped(tmp_path: Path) -> None:
    hires = {"hires/bo.yaml": "name: Bo\nrole: asiantuntija\nlanguage: sv\n"}
    root = small(tmp_path, {"templates/languages/fi/pitch.md": "# Moi\n", **hires})
    assert make(root) == 0
    assert (root / "out/aino-pitch-fi.md").read_text() == "# Moi\n"
    assert (root / "out/bo-pitch-sv.md").read_text().startswith("# Hej Bo, välkommen!\n")


def test_own_templates_may_take_in_each_other_and_the_shipped_ones(tmp_path: Path) -> None:
    files = {
        "templates/languages/fi/pitch.md": (
            "{% include 'languages/en/pitch.md' %}\n\n{% include 'parts/end.md' %}\n"
        ),
        "templates/parts/end.md": "P.S. {{ company }}\n",
    }
    root = small(tmp_path, files)
    assert make(root) == 0
    text = (root / "out/aino-pitch-fi.md").read_text()
    assert text.startswith("# Hi Aino, welcome!\n")
    assert text.endswith("\n\nP.S. Testi Oy\n")


def test_a_template_saved_on_windows_with_a_byte_order_mark_works(tmp_path: Path) -> None:
    root = small(
        tmp_path, {"templates/languages/fi/pitch.md": b"\xef\xbb\xbf# Moi {{ called }}!\r\n\r\nHei.\r\n"}
    )
    assert make(root) == 0
    assert (root / "out/aino-pitch-fi.md").read_text() == "# Moi Aino!\n\nHei.\n"


def test_own_styles_and_layout_are_used(tmp_path: Path) -> None:
    files = {
        "templates/letter.css": "p { color: #123456 }\n",
        "templates/pitch.html": "<i>{{ heading }}</i>",
    }
    root = small(tmp_path, files)
    assert make(root, "html") == 0
    assert (root / "out/aino-pitch-fi.html").read_text() == "<i>Hei Aino, tervetuloa!</i>"
    (root / "templates/pitch.html").unlink()
    assert make(root, "html") == 0
    assert "p { color: #123456 }" in (root / "out/aino-pitch-fi.html").read_text()


def test_a_language_without_a_template_is_a_problem_that_names_the_file_to_write(
    tmp_path: Path, capsys: Capture
) -> None:
    changes = {
        "company.yaml": COMPANY.replace("[fi, en, sv]", "[fi, de]"),
        "hires/aino.yaml": f"{HIRE}    language: de\n",
        **GERMAN_FACTS,
    }
    root = small(tmp_path, changes)
    assert make(root) == 1
    err = capsys.readouterr().err
    assert "error[template]" in err
    assert "write templates/languages/de/pitch.md in your workspace" in err
    assert written(root) == []
    (root / "templates/languages/de/pitch.md").write_text("# Hallo {{ called }}\n")
    assert make(root) == 0
    assert written(root) == ["aino-pitch-de.md"]


def test_one_missing_language_never_ends_as_nothing_written_when_something_was(
    tmp_path: Path, capsys: Capture
) -> None:
    changes = {
        "company.yaml": COMPANY.replace("[fi, en, sv]", "[fi, de]"),
        "hires/bo.yaml": "name: Bo\nrole: asiantuntija\nlanguage: de\n",
    }
    root = small(tmp_path, changes)
    code = make(root)
    assert (code, written(root)) in [(3, ["aino-pitch-fi.md"]), (1, [])]
    assert "templates/languages/de: error[language]" in capsys.readouterr().err


# What a layout may load for a PDF: what lies beside it, nothing else

PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"
    b"\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)
LAYOUT = """\
<!DOCTYPE html>
<html lang="{{ language }}"><head><title>{{ title }}</title>%s</head>
<body><h1>{{ heading }}</h1>{{ body }}%s</body></html>
"""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_arguments: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", asked
        httpd.shutdown()
        thread.join()


def test_a_layout_may_show_a_picture_that_lies_beside_it(tmp_path: Path, capsys: Capture) -> None:
    layout = LAYOUT % ("", '<img src="templates/team.png" alt="The team">')
    root = small(tmp_path, {"templates/team.png": PICTURE, "templates/pitch.html": layout})
    assert make(root, "pdf") == 0
    assert capsys.readouterr().err == ""
    assert b"/Subtype /Image" in (root / "out/aino-pitch-fi.pdf").read_bytes()


def test_a_pdf_takes_in_nothing_from_elsewhere_in_the_workspace_outside_it_or_the_network(
    tmp_path: Path, capsys: Capture, server: tuple[str, list[str]]
) -> None:
    address, asked = server
    (tmp_path / "secret.png").write_bytes(PICTURE)
    pictures = [
        "file:///etc/passwd",
        "file://127.0.0.1/etc/hostname",
        "../secret.png",
        "hires/aino.png",
        "templates/linked.png",
        f"{address}/picture.png",
        "ftp://127.0.0.1/picture.png",
    ]
    head = f"""
        <link rel="stylesheet" href="{address}/style.css">
        <style>@import url({address}/import.css); h1 {{ background: url({address}/ground.png) }}</style>
    """
    body = "".join(f'<img src="{picture}" alt="x">' for picture in pictures)
    root = small(tmp_path / "a", {"templates/pitch.html": LAYOUT % (head, body)})
    (root / "templates/linked.png").symlink_to("../../secret.png")
    (root / "hires/aino.png").write_bytes(PICTURE)
    assert make(root, "pdf") == 1
    out, err = capsys.readouterr()
    refused = " ".join(line for line in err.splitlines() if "error[missing-resource]" in line)
    others = ["/style.css", "/import.css", "/ground.png"]
    assert [name for name in pictures + others if name.lstrip(".") not in refused] == []
    assert (out, written(root)) == ("", [])
    assert asked == []


def test_a_font_from_the_network_is_not_fetched_and_its_absence_is_said(
    tmp_path: Path, capsys: Capture, server: tuple[str, list[str]]
) -> None:
    address, asked = server
    style = f"<style>@font-face {{ font-family: x; src: url({address}/x.woff) }}</style>"
    root = small(tmp_path, {"templates/pitch.html": LAYOUT % (style, "")})
    arguments = ["-w", str(root), "--date", TODAY, "--format", "pdf", "-o", str(root / "out")]
    assert run(["pitch", *arguments]) == 0
    assert "Font-face 'x' cannot be loaded" in capsys.readouterr().err
    assert asked == []
