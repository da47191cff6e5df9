"""A composed document as HTML: for the screen a file that carries all it needs, for paper the bare page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pitchgen import __version__
from pitchgen.model import color
from pitchgen.model.company import Brand
from pitchgen.model.logo import Logo
from pitchgen.render.fonts import HEADINGS, embedded_css, own_file_css
from pitchgen.render.templates import Templates


@dataclass(frozen=True, slots=True)
class Page:
    """A document as its layout is filled with it.

    `values` are what this layout needs besides; all of it is text or frozen data, and only what is
    `Markup` is taken for HTML. `css` names the style sheets for paper and for the screen, `paper_css`
    those that only paper has.
    """

    layout: str
    css: tuple[str, ...]
    language: str
    title: str
    company: str
    written_on: date
    values: Mapping[str, Any]
    paper_css: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is the company's own in how its documents look; `font` is the file of the headings' font."""

    brand: Brand
    logo: Logo | None = None
    font: Path | None = None


def clean_html(html: str) -> Markup:
    """HTML that was cleaned already, as a layout may print it."""
    return Markup(html)  # noqa: S704 - by nh3, in `markdown.read_prose`


def screen_html(page: Page, look: Look, templates: Templates) -> str:
    """One self-contained file: styles inside, fonts inside with just the glyphs it uses."""
    # Without the logo, whose base64 is no text to be shown.
    bare = _fill(page, look.brand, "", None, templates)
    style = embedded_css(bare, look.font) + brand_css(look) + _styles(page.css, templates)
    return _fill(page, look.brand, style, look.logo, templates)


def paper_html(page: Page, look: Look, templates: Templates) -> str:
    """The same document for the PDF renderer, which has the shipped fonts."""
    return _fill(page, look.brand, brand_css(look), look.logo, templates)


def paper_styles(page: Page, look: Look, templates: Templates) -> str:
    """The styles of a document for the PDF renderer, the same text for all documents of a kind."""
    return own_file_css(look.font) + _styles(page.css + page.paper_css, templates)


def _styles(names: Iterable[str], templates: Templates) -> str:
    return "\n".join(templates.text(name) for name in names)


def paint(brand: Brand) -> dict[str, str]:
    """The colours of pictures on paper, where no style sheet reaches into them."""
    return {
        "brand": color.readable(brand.color or color.DEFAULT_BRAND, color.PAPER),
        "accent": color.readable(brand.accent or color.DEFAULT_ACCENT, color.PAPER),
        "ink": color.INK,
        "soft": color.SOFT,
        "line": color.LINE,
    }


def brand_css(look: Look) -> str:
    """The brand's colours as tokens, each readable on its ground, its font, and the paper's size."""
    brand = look.brand
    chosen = {
        "brand": brand.color or color.DEFAULT_BRAND,
        "accent": brand.accent or color.DEFAULT_ACCENT,
    }
    light = "".join(f"--{k}:{color.readable(v, color.PAPER)};" for k, v in chosen.items())
    light += f"--brand-solid:{color.readable(chosen['brand'], color.PAPER)};"
    dark = "".join(f"--{k}-night:{color.readable(v, color.NIGHT)};" for k, v in chosen.items())
    font = f"--own-face:'{HEADINGS}';" if look.font else ""
    return f":root{{{light}{dark}{font}}}\n@page{{size:{brand.paper}}}\n"


def _fill(page: Page, brand: Brand, style: str, logo: Logo | None, templates: Templates) -> str:
    values = {
        **page.values,
        "language": page.language,
        "title": page.title,
        "company": page.company,
        "logo": logo.data_uri if logo else None,
        "written_on": page.written_on.isoformat(),
        "paint": paint(brand),
        "generator": f"pitchgen {__version__}",
        "style": Markup(style),  # noqa: S704 - made from checked colours and template files
    }
    return templates.html(page.layout, values)
