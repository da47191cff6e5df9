"""A composed document as HTML: for the screen a file that carries all it needs, for paper the bare page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pitchgen import __version__
from pitchgen.model.company import Brand
from pitchgen.render import color
from pitchgen.render.fonts import embedded_css
from pitchgen.render.templates import Templates

PAPER_CSS = ("tokens.css", "letter.css")
SCREEN_CSS = (*PAPER_CSS, "screen.css")


@dataclass(frozen=True, slots=True)
class Page:
    """What a layout is filled with: `body` is clean HTML, everything else is text."""

    layout: str
    language: str
    title: str
    heading: str
    company: str
    subtitle: str
    dateline: str
    written_on: date
    body: str


def screen_html(page: Page, brand: Brand, templates: Templates) -> str:
    """One self-contained file: styles inside, fonts inside with just the glyphs it uses."""
    bare = _fill(page, "", templates)
    style = embedded_css(bare) + brand_css(brand) + styles(SCREEN_CSS, templates)
    return _fill(page, style, templates)


def paper_html(page: Page, brand: Brand, templates: Templates) -> str:
    """The same document for the PDF renderer, which brings the fonts and styles itself."""
    return _fill(page, brand_css(brand), templates)


def styles(names: tuple[str, ...], templates: Templates) -> str:
    """The text of several style sheets."""
    return "\n".join(templates.text(name) for name in names)


def brand_css(brand: Brand) -> str:
    """The brand's colours as tokens, each readable on its ground, and the paper's size."""
    chosen = {
        "brand": brand.color or color.DEFAULT_BRAND,
        "accent": brand.accent or color.DEFAULT_ACCENT,
    }
    light = "".join(f"--{k}:{color.readable(v, color.PAPER)};" for k, v in chosen.items())
    dark = "".join(f"--{k}-night:{color.readable(v, color.NIGHT)};" for k, v in chosen.items())
    return f":root{{{light}{dark}}}\n@page{{size:{brand.paper}}}\n"


def _fill(page: Page, style: str, templates: Templates) -> str:
    values = {
        "language": page.language,
        "title": page.title,
        "heading": page.heading,
        "company": page.company,
        "subtitle": page.subtitle,
        "date": page.dateline,
        "written_on": page.written_on.isoformat(),
        "generator": f"pitchgen {__version__}",
        "body": Markup(page.body),  # noqa: S704 - cleaned by nh3
        "style": Markup(style),  # noqa: S704 - made from checked colours and template files
    }
    return templates.html(page.layout, values)
