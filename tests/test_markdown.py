"""A value is text wherever it stands: no letter of it becomes Markdown, HTML or template code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from poppler import said_by
from pydantic_core import PydanticCustomError
from workspaces import pitchgen, small, write_tree

from pitchgen.model.text import one_line, read_line
from pitchgen.render.markdown import Prose, read_prose
from pitchgen.render.templates import Templates

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

[{{ value }}](https://example.org)
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
    "{}",
    "{}",
]
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
    assert [prose.heading, *page.texts()] == expected(value)
    assert [one_line(block.text) for block in prose.blocks] == expected(value)
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

        <b onclick="x()">tag</b> [bad](javascript:alert(1)) [good](https://example.org) ![pic](https://x.y)
    """
    write_tree(tmp_path, {"templates/any.md": template})
    body = Templates(tmp_path).prose("any.md", {}).body
    assert '&lt;b onclick="x()"&gt;tag&lt;/b&gt;' in body
    assert re.findall(r"<a [^>]*>", body) == ['<a href="https://example.org">']
    assert "<img" not in body


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
          aim: "Tavoite {HOSTILE}"
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
            when: "joka perjantai {HOSTILE}"
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
    assert len(places) >= 17
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
