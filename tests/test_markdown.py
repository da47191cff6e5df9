"""A value is text wherever it stands: no letter of it becomes Markdown, HTML or template code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from poppler import said_by
from pydantic_core import PydanticCustomError
from workspaces import SHIPPED, pitchgen, pitchgen_here, small, write_tree

from pitchgen.model.text import read_line
from pitchgen.plain import one_line
from pitchgen.problems import InvalidInput
from pitchgen.render.commonmark import Stars
from pitchgen.render.cues import cue_cards
from pitchgen.render.markdown import Prose, read_prose
from pitchgen.render.templates import Templates
from pitchgen.render.text import render_text

# A value in every place that prose has, each place a block of its own.
EVERYWHERE = """\
# {{ value }}

{{ value }}

Before {{ value }}, after.

A line, then
{{ value }}
and one more.

- **Label.** {{ value }}
- {{ value }}

**{{ value }}**\\
{{ value }}

*{{ value }}*

> {{ value }}

{{ value }} {{ value }}

1. {{ value }}

- {{ value }}

7. {{ value }}
8. {{ value }}

[{{ value }}](https://example.org)

{% macro again(text) %}**Again.** {{ text }}{% endmacro %}
{% set kept %}({{ again(value) }}){% endset %}
{% macro called() %}> {{ caller() }}{% endmacro %}
{{ again(value) }}

- {{ kept }}

{% call called() %}{{ value }}{% endcall %}


{{ value | safe }} {{ "*" }}
"""
PLACES = [
    "{}",
    "{}",
    "Before {}, after.",
    "A line, then {} and one more.",
    "Label. {}",
    "{}",
    "{} {}",
    "{}",
    "{}",
    "{} {}",
    "1. {}",
    "{}",
    "7. {}",
    "8. {}",
    "{}",
    "Again. {}",
    "(Again. {})",
    "{}",
    "{} *",
]
# The numbers of a list are said, but no text of a page.
NUMBERS = re.compile(r"^[78]\. ")
# What Markdown, HTML and Jinja give a meaning to, beside letters, digits and spaces.
SPECIAL = "*_`#~>+-=.)(1a B\\[]!<&;:|/\"'{}%@^$ä\u00a0\n"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any text that a workspace accepts."""
    drawn = draw(st.text(SPECIAL, min_size=1, max_size=12) | st.text(min_size=1, max_size=30))
    try:
        return read_line(drawn)
    except PydanticCustomError:
        assume(False)
        raise


class Page(HTMLParser):
    """The tags of a page and the text of its blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.blocks = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("p", "li", "h1", "blockquote"):
            self.blocks.append("")
        if tag == "br":
            self.blocks[-1] += " "

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data

    def texts(self) -> list[str]:
        return [text for block in self.blocks if (text := one_line(block))]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(write_tree(tmp_path_factory.mktemp("markdown"), {"templates/any.md": EVERYWHERE}))


def filled(templates: Templates, value: str) -> Prose:
    return templates.prose("any.md", {"value": value})


def expected(value: str) -> list[str]:
    text = one_line(value)
    return [place.replace("{}", text) for place in PLACES]


@given(texts())
@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@example("**bold**")
@example("__bold__")
@example("___both___")
@example("_a_ b_c __d")
@example("{{ 7*7 }}{% raw %}{# x #}")
@example("<script>alert(1)</script><!-- x --><b a='1'>")
@example("&amp;&#65;&lt&copy;")
@example("[a](javascript:alert(1)) ![b](file:///etc/passwd) <https://a.b>")
@example("[a]: https://example.org")
@example("1. one")
@example("12) twelve")
@example("# heading #")
@example("C #")
@example("- item")
@example("+ item")
@example("> quote")
@example("~~~ code")
@example("``` code")
@example("`code`")
@example("===")
@example("---")
@example("* * *")
@example("back\\slash\\")
@example("ends in a star*")
@example("*")
@example("_")
@example("two\nlines\n\n\nand a paragraph")
@example("kova\u00a0väli")
def test_a_value_comes_out_as_the_very_text_it_is(templates: Templates, value: str) -> None:
    prose = filled(templates, value)
    page = Page(prose.body)
    assert [one_line(block.text) for block in prose.blocks] == expected(value)
    shown = [NUMBERS.sub("", place).replace("{}", one_line(value)) for place in PLACES]
    assert [prose.heading, *page.texts()] == shown
    assert page.tags == Page(filled(templates, "x").body).tags, "some of it became markup"


@given(texts())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_the_written_markdown_says_the_same_when_somebody_reads_it_again(
    templates: Templates, value: str
) -> None:
    prose = filled(templates, value)
    assert read_prose(prose.markdown) == prose


def test_a_date_inside_a_line_is_written_without_a_backslash(tmp_path: Path) -> None:
    write_tree(tmp_path, {"templates/any.md": "Viimeistään {{ day }}, tai ennen.\n\n- **Pian.** {{ day }}\n"})
    prose = Templates(tmp_path).prose("any.md", {"day": "29. toukokuuta 2027"})
    plain = "Viimeistään 29. toukokuuta 2027, tai ennen.\n\n- **Pian.** 29. toukokuuta 2027\n"
    assert prose.markdown == plain


def test_two_values_side_by_side_make_no_markup_together(tmp_path: Path) -> None:
    write_tree(tmp_path, {"templates/any.md": "{{ a }}{{ b }}\n"})
    for a, b in [("1", ". x"), ("&", "amp;"), ("*", "*x**"), ("!", "[x](y)"), ("\\", "*x*"), ("-", "--")]:
        prose = Templates(tmp_path).prose("any.md", {"a": a, "b": b})
        assert one_line(prose.text) == one_line(a + b)
        assert Page(prose.body).texts() == [] or Page(prose.body).texts() == [a + b]


def test_raw_html_in_a_template_is_text_and_only_plain_links_are_links(tmp_path: Path) -> None:
    template = """\
        # Hei

        <b onclick="x()">tag</b> [good](https://example.org) ![pic](https://x.y)
    """
    write_tree(tmp_path, {"templates/any.md": template})
    body = Templates(tmp_path).prose("any.md", {}).body
    assert '&lt;b onclick="x()"&gt;tag&lt;/b&gt;' in body
    assert re.findall(r"<a [^>]*>", body) == ['<a href="https://example.org">']
    assert "<img" not in body


# Links, which must lead somewhere for whoever gets the document


def wrong(
    root: Path, files: dict[str, str], name: str = "any.md", who: str = "Aino"
) -> list[tuple[object, ...]]:
    """What is wrong with a template that is filled in: its code, its place, and what is underlined."""
    write_tree(root, {f"templates/{path}": text for path, text in files.items()})
    templates = Templates(root)
    fill = templates.html if name.endswith(".html") else templates.prose
    with pytest.raises(InvalidInput) as refused:
        fill(name, {"who": who})
    problems = refused.value.problems
    assert not any(who in problem.message for problem in problems)
    return [(p.code, p.path, p.line, p.source[p.column - 1 :][: p.width]) for p in problems]


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("Lue [opas](guide/start.html).", "guide/start.html"),
        ("[x](../y)", "../y"),
        ("[x](//host/x)", "//host/x"),
        ("[x](/etc/x)", "/etc/x"),
        ("[x](?x)", "?x"),
        ("[x](www.example.org)", "www.example.org"),
        ("[x](<guide/my file.html>)", "guide/my"),
        ("[x](file:///etc/passwd)", "file:///etc/passwd"),
        ("[x](C:\\guide\\start.html)", "C:\\guide\\start.html"),
        ("[x](\\\\server\\guide)", "\\\\server\\guide"),
        ("[x](javascript:alert)", "javascript:alert"),
        ("[x](data:text/html,x)", "data:text/html,x"),
        ("<ftp://example.org/x>", "ftp://example.org/x"),
        ("[x](käsikirja/äiti.html)", "käsikirja/äiti.html"),
        ("[{{ who }}](guide/{{ who }}.html)", "guide/"),
        ("[x]({{ who }})", "{"),
        ("[good](https://example.org/guide) [x](guide)", "guide"),
        ("[x][later]", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_shown_where_it_is_typed(tmp_path: Path, line: str, typed: str) -> None:
    template = f"# Hei {{{{ who }}}}\n\n{{# a comment #}}\n[a](https://a.example)\n\n{line}\n"
    at = (6, typed) if typed else (8, "../later")
    found = wrong(tmp_path, {"any.md": f"{template}\n[later]: ../later\n"})
    assert found == [("link", "templates/any.md", *at)]


def test_a_link_of_a_part_is_shown_in_the_part_and_all_are_told_at_once(tmp_path: Path) -> None:
    files = {
        "any.md": "# Hei\n\n[a](one.html)\n\n{% include 'parts/end.md' %}\n",
        "parts/end.md": "Loppu.\n\n[b](two.html) [c](three.html)\n",
        "other.md": "[b](two.html)\n",
    }
    assert wrong(tmp_path, files) == [
        ("link", "templates/any.md", 3, "one.html"),
        ("link", "templates/parts/end.md", 3, "two.html"),
        ("link", "templates/parts/end.md", 3, "three.html"),
    ]


def test_a_link_that_cannot_be_found_is_said_of_its_template(tmp_path: Path) -> None:
    parts = {"any.md": "{% set part = who %}{% include part %}\n", "part.md": "[x](y)\n"}
    assert wrong(tmp_path, parts, who="part.md") == [("link", "templates/any.md", 0, "")]


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b#c", "HTTP://example.org", "mailto:a@b.fi", "tel:+358401234567", "#luku"],
)
def test_a_link_that_leads_somewhere_stays(tmp_path: Path, address: str) -> None:
    layout = f"<p>{{{{ who }}}} href=<a class=x href='{address}'>x</a>"
    write_tree(tmp_path, {"templates/any.md": f"[x]({address})\n", "templates/any.html": layout})
    templates = Templates(tmp_path)
    assert f'<a href="{address}">' in templates.prose("any.md", {}).body
    assert address in templates.html("any.html", {"who": "<a href='guide/x'>"})


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("<a href='guide/start.html'>x</a>", "guide/start.html"),
        ('<A class="x" HREF = "../y">x</A>', "../y"),
        ("<a/href=//host/x>x</a>", "//host/x"),
        ("<a href='{{ who }}'>x</a>", "{"),
        ("<a href=guide/{{ who }}>x</a>", "guide/"),
        ("<a href=''>x</a>", "'"),
        ("<map name=m><area href=x.html alt=x></map>", "x.html"),
        ("<svg><a href='x.html'><text>x</text></a></svg>", "x.html"),
        ("<link rel=attachment href='x.pdf'>", "x.pdf"),
        ("<a rel='nofollow attachment' href='x.pdf'>x</a>", "x.pdf"),
    ],
)
@pytest.mark.parametrize("name", ["any.html", "mail.html"])
def test_a_link_of_a_layout_is_held_to_the_same(tmp_path: Path, name: str, line: str, typed: str) -> None:
    layout = f"<!DOCTYPE html>\n<p><a href='https://a.example'>a</a>\n{line}\n"
    found = wrong(tmp_path, {name: layout}, name)
    assert found == [("link", f"templates/{name}", 3, typed)]


@pytest.mark.parametrize("format", ["pdf", "html", "md", "txt"])
def test_no_document_is_made_with_a_link_into_hrs_own_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    root = small(tmp_path, {"templates/languages/fi/pitch.md": "# Hei\n\nLue [opas](guide/start.html).\n"})
    told = pitchgen_here(capsys, "pitch", "--format", format, "-q", "-o", str(root / "out"), workspace=root)
    assert (told.returncode, told.stdout) == (1, "")
    head, source, caret, end = told.stderr.splitlines()
    at = "templates/languages/fi/pitch.md:3:12"
    assert head == f"{at}: error[link]: a link leads nowhere for whoever gets the document"
    assert source == "    3 | Lue [opas](guide/start.html)."
    assert caret.startswith("      |            ^^^^^^^^^^^^^^^^ write the whole address")
    assert end.endswith(f"aino-pitch-fi.{format} was not written")


# Numbers, which are kept as they were typed


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("24. joulukuuta avaamme ovet.", ["24. joulukuuta avaamme ovet."]),
        ("1. desember åpner vi.\n\nHei.", ["1. desember åpner vi.", "Hei."]),
        ("Ovet avataan\n1. joulukuuta kello 9.", ["Ovet avataan 1. joulukuuta kello 9."]),
        ("Ovet avataan\n1. joulukuuta\nkello 9.", ["Ovet avataan 1. joulukuuta kello 9."]),
        ("> 24. Dezember\n> feiern wir.", ["24. Dezember feiern wir."]),
        ("24. joulukuuta a\n6. tammikuuta b", ["24. joulukuuta a 6. tammikuuta b"]),
        ("24. joulukuuta a\n\n6. tammikuuta b", ["24. joulukuuta a", "6. tammikuuta b"]),
        ("24. joulukuuta a\n\n6. b\n\n5. c", ["24. joulukuuta a", "6. b", "5. c"]),
        ("24. joulukuuta a\n\nToinen.\n\n25. b", ["24. joulukuuta a", "Toinen.", "25. b"]),
    ],
)
def test_a_date_that_begins_a_sentence_begins_no_list(markdown: str, said: list[str]) -> None:
    prose = read_prose(f"# Hei\n\n{markdown}\n")
    assert [block.text for block in prose.blocks[1:]] == said
    assert Page(prose.body).texts() == said
    assert "<ol" not in prose.body
    assert {block.kind for block in prose.blocks[1:]} <= {"paragraph", "quote"}


def test_a_date_that_begins_an_item_of_a_list_stays_in_it() -> None:
    prose = read_prose("- 24. joulukuuta: aattona\n- 31. joulukuuta\n")
    assert prose.body == "<ul>\n<li>24. joulukuuta: aattona</li>\n<li>31. joulukuuta</li>\n</ul>\n"
    assert [(block.kind, block.text[:3]) for block in prose.blocks] == [("item", "24."), ("item", "31.")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 1, 1], [1, 2, 3]),
        ([1, 3, 2], [1, 2, 3]),
        ([0, 1], [0, 1]),
        ([7, 8], [7, 8]),
        ([24, 31], [24, 31]),
        ([24, 31, 6], [24, 31, 6]),
        ([1, 6, 7, 24], [1, 6, 7, 24]),
    ],
)
def test_a_numbered_list_says_the_numbers_that_it_shows(typed: list[int], shown: list[int]) -> None:
    prose = read_prose("Tuo mukaan:\n\n" + "".join(f"{number}. **Yksi.** kaksi\n" for number in typed))
    assert [block.text for block in prose.blocks[1:]] == [f"{number}. Yksi. kaksi" for number in shown]
    assert {(block.kind, block.lead[-5:]) for block in prose.blocks[1:]} == {("step", "Yksi.")}
    assert [card.lead for card in cue_cards(prose, SHIPPED.get("fi"))[1:]] == [
        f"{number}. Yksi." for number in shown
    ]
    aloud = re.findall(r"(\d+)\. Yksi\. kaksi //", render_text(prose, SHIPPED.get("fi")))
    assert aloud == [str(number) for number in shown]


STEPS = """\
# Hei

24. joulukuuta avaamme ovet.

7. **Yksi.** Tule.
8. Kaksi.
   1. Sisällä
   2. Vielä
12. Kolme.

- **Luku.** Neljä.

Loppu.
"""
STEPS_SHOWN = ["7. Yksi. Tule.", "8. Kaksi.", "1. Sisällä", "2. Vielä", "12. Kolme."]


def test_every_format_shows_and_says_the_numbers_of_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], browser: Browser
) -> None:
    root = small(
        tmp_path, {"templates/languages/fi/pitch.md": STEPS, "templates/languages/fi/playbook.md": STEPS}
    )
    out = str(root / "out")
    assert (
        pitchgen_here(capsys, "pitch", "--format", "pdf,html,txt", "-o", out, workspace=root).returncode == 0
    )
    assert pitchgen_here(capsys, "playbook", "--format", "pdf", "-o", out, workspace=root).returncode == 0
    for pdf in (root / "out").glob("*.pdf"):
        text = " ".join(said_by("pdftotext", "-layout", pdf, "-").split())
        assert "24. joulukuuta avaamme ovet." in text, pdf
        wanted = [re.escape(step).replace(r"\ ", r"\s+") for step in STEPS_SHOWN[1:]]
        assert re.search(".*".join(wanted), text), (pdf, text)
        assert re.search(r"7\.", text), (pdf, text)
    said = (root / "out/aino-pitch-fi.txt").read_text(encoding="utf-8")
    assert [step for step in STEPS_SHOWN if f" {step} //" not in said] == []
    assert sorted(markers(browser, root / "out/aino-pitch-fi.html")) == sorted(
        ["7.", "8.", "1.", "2.", "12."]
    )


def markers(browser: Browser, path: Path) -> set[str]:
    """The numbers and bullets that a browser shows and tells screen readers."""
    page = browser.new_page()
    page.goto(path.as_uri())
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    page.close()
    nodes = [node for node in tree["nodes"] if node.get("role", {}).get("value") == "ListMarker"]
    return {node["name"]["value"].strip() for node in nodes}


# Stars that make nothing bold


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("Säästät **{{ price }} €**vuodessa.", (9, 24)),
        ("Sanoimme **”kyllä”**n heti.", (10, 19)),
        ("Tule ** heti ** mukaan.", (6, 14)),
        ("Tämä **jäi auki.", (6,)),
        ("- **Hinta.** Se on **5 €**lla sinun.", (20, 25)),
    ],
)
def test_stars_left_in_prose_are_told_of_where_they_are_typed(
    tmp_path: Path, line: str, columns: tuple[int, ...]
) -> None:
    template = f"{{# **tähdet** lihavoivat #}}\n# Hei **{{{{ price }}}}**\n\n{line}\n\n**Kyllä.** On.\n"
    prose = Templates(write_tree(tmp_path, {"templates/any.md": template})).prose("any.md", {"price": "120"})
    (problem,) = prose.problems
    assert (problem.code, problem.severity) == ("stars", "warning")
    assert (problem.path, problem.line) == ("templates/any.md", 4)
    assert problem.column in columns


@given(texts())
@example("**")
@example("**x**")
@example("120 €**")
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_star_of_a_value_is_told_of(templates: Templates, value: str) -> None:
    assert filled(templates, value).problems == ()


def test_stars_that_are_meant_are_told_of_by_nobody() -> None:
    assert read_prose("5 €\\*\\* `**` **lihava**, ** \n").stars == ((Stars(", ", ""),),)
    assert read_prose("5 €\\*\\* `**` **lihava**\n\n***\n").stars == ()


def test_stars_left_in_a_pitch_are_told_of_and_it_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(tmp_path, {"templates/languages/fi/pitch.md": "# Hei\n\nSäästät **5 €**vuodessa.\n"})
    told = pitchgen_here(capsys, "pitch", "--format", "md", "-o", str(root / "out"), workspace=root)
    assert told.returncode == 0
    assert "templates/languages/fi/pitch.md:3:9: warning[stars]: the stars make nothing bold" in told.stderr
    checked = pitchgen_here(capsys, "check", workspace=root)
    assert "templates/languages/fi/pitch.md:3:9: warning[stars]" in checked.stdout + checked.stderr


# The same promise for real, from YAML to every format

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} **bold** <b>x</b> _y_ &amp; [z](http://z.example)"
FILES = {
    "company.yaml": f"""\
        schema_version: 1
        name: Yritys {HOSTILE}
        language: fi
        languages: [fi]
        strategy:
          name: "Nimi {HOSTILE}"
          # As long as it takes for the page to end between two values.
          aim: "Tavoite {HOSTILE} {"ja vielä paljon muuta " * 10}"
          growth: "Kasvu {HOSTILE}"
        promise:
          text: "Lupaus {HOSTILE}"
        story:
          summary: "Tarina {HOSTILE}"
        rewards:
          - id: kiitos
            kind: praise
            text: "kiitos {HOSTILE}"
        commitments:
          - text: "Askel {HOSTILE}"
            when: day 1
    """,
    "metrics.yaml": f"""\
        metrics:
          - id: nps
            name: "Mittari {HOSTILE}"
            kind: nps
            unit: "yks {HOSTILE}"
            latest: {{value: 1}}
            target: {{value: 2}}
    """,
    "roles/asiantuntija.yaml": f"""\
        title: "Rooli {HOSTILE}"
        purpose: "Tarkoitus {HOSTILE}"
        part:
          why: "Miksi {HOSTILE}"
          how: "Miten {HOSTILE}"
        serves:
          personas: [varmistelija]
        decides:
          - "Päätös {HOSTILE}"
        goals:
          - text: "Onni {HOSTILE}"
            metric: nps
    """,
    "personas/varmistelija.yaml": f"""\
        label: "Persoona {HOSTILE}"
        summary: Haluaa tietää.
    """,
    "hires/aino.yaml": f"""\
        name: "Aino {HOSTILE}"
        called: "Kutsu {HOSTILE}"
        role: asiantuntija
        buddy: "Kummi {HOSTILE}"
        link_to_story: "Linkki {HOSTILE}"
        manager:
          name: "Esihenkilö {HOSTILE}"
          title: "Titteli {HOSTILE}"
    """,
}
WHERE = re.findall(r"(\w+) " + re.escape(HOSTILE), "".join(FILES.values()))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = small(tmp_path_factory.mktemp("hostile"), FILES)
    run = pitchgen("pitch", "aino", "--format", "md,html,txt,pdf", "-o", "out", "-q", workspace=root)
    assert (run.returncode, run.stderr) == (0, "")
    yield root / "out"


def literal(text: str) -> str:
    """Without spaces, small: a value may be wrapped, and its first letter made a capital."""
    return re.sub(r"\s+", "", text).casefold()


def assert_all_literal(text: str) -> None:
    squeezed = literal(text)
    # The full name stands in the subtitle of a letter, which md and txt do not have.
    places = [place for place in WHERE if place != "Aino"]
    assert len(places) >= 18
    assert [place for place in places if literal(f"{place} {HOSTILE}") not in squeezed] == []


def test_hostile_values_stay_literal_in_markdown(documents: Path) -> None:
    markdown = (documents / "aino-pitch-fi.md").read_text(encoding="utf-8")
    assert_all_literal(read_prose(markdown).text)
    assert "<script>" not in read_prose(markdown).body


def test_hostile_values_stay_literal_in_the_text_to_say_aloud(documents: Path) -> None:
    assert_all_literal((documents / "aino-pitch-fi.txt").read_text(encoding="utf-8"))


def test_hostile_values_stay_literal_in_html(documents: Path) -> None:
    html = (documents / "aino-pitch-fi.html").read_text(encoding="utf-8")
    page = Page(html)
    assert_all_literal(" ".join(page.blocks))
    assert literal(f"Aino {HOSTILE}") in literal(" ".join(page.blocks))
    assert {"script", "b", "a", "em", "img"}.isdisjoint(page.tags)


def test_hostile_values_stay_literal_in_the_pdf(documents: Path) -> None:
    pdf = documents / "aino-pitch-fi.pdf"
    text = said_by("pdftotext", "-raw", pdf, "-")
    assert_all_literal(text)
    assert literal(f"Aino {HOSTILE}") in literal(text)
