"""Tokens of style sheets, filled in where they can have but one value: no page may look any different."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from every_document import all_documents, studio_of
from rich import RICH

from pitchgen.render.press import Press
from pitchgen.render.tokens import declares_tokens, filled

pytestmark = pytest.mark.xdist_group("rich")


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (":root{--a:red} p{color:var(--a)}", ":root{--a:red} p{color:red}"),
        (
            ":root{--a:1px;--b:var(--a) solid} p{border:var(--b)}",
            ":root{--a:1px;--b:1px solid} p{border:1px solid}",
        ),
        (":root{--a:1px} p{margin:calc(2 * var( --a ))}", ":root{--a:1px} p{margin:calc(2 * 1px)}"),
        (":root{--a:red}:root{--a:blue} p{color:var(--a)}", ":root{--a:red}:root{--a:blue} p{color:blue}"),
        ("p{color:var(--a,red)}", "p{color:red}"),
        (":root{--b:red} p{color:var(--a,var(--b))}", ":root{--b:red} p{color:red}"),
        (
            ":root{--a:red}@media screen{:root{--a:blue}} p{color:var(--a)}",
            ":root{--a:red}@media screen{:root{--a:blue}} p{color:red}",
        ),
    ],
)
def test_a_token_of_one_value_is_filled_in(css: str, expected: str) -> None:
    assert filled(css) == expected


@pytest.mark.parametrize(
    "css",
    [
        ":root{--a:red} .x{--a:blue} p{color:var(--a)}",
        ":root{--a:red}@media print{:root{--a:blue}} p{color:var(--a)}",
        ":root{--a:red !important}:root{--a:blue} p{color:var(--a)}",
        ".x{--a:red} p{color:var(--a,blue)}",
        ":root{--a:var(--b);--b:var(--a)} p{color:green}",
        "p{color:var(--a)}",
        "p{color:var()}",
    ],
)
def test_a_token_that_may_have_another_value_stays(css: str) -> None:
    assert "var(" in filled(css) or "var(" not in css
    assert filled(css).partition("p{")[2] == css.partition("p{")[2]


@pytest.mark.parametrize("css", ["", "p{", "}} p{", "p{color:var(", "@media", "/* --a: */", '"', "p"])
def test_no_style_sheet_is_too_odd(css: str) -> None:
    assert filled(css).rstrip(")}") == css.rstrip(")}")


def test_a_page_is_the_same_with_and_without(
    press: Press, rich_pdfs: dict[str, Path], tmp_path: Path
) -> None:
    studio = studio_of(RICH, tmp_path, press)
    for name, document in all_documents(studio, ["fi"]).items():
        paper = studio.paper(document)
        assert "var(--" in paper.styles
        assert "var(--" not in filled(paper.styles)
        # A page that may declare tokens itself is printed with all of them as they are.
        own = replace(paper, html=paper.html.replace("</body>", "<!-- --own: token --></body>"))
        assert declares_tokens(own.html)
        assert not declares_tokens(paper.html)
        assert press.print(own).content == rich_pdfs[name].read_bytes()
