"""A composed document as HTML: for the screen a file that carries all it needs, for paper the bare page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pitchgen._version import __version__
from pitchgen.model import color
from pitchgen.render.fonts import HEADINGS, embedded_css, own_file_css
from pitchgen.render.foreign import Foreign
from pitchgen.render.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pitchgen.language.facts import Language
    from pitchgen.model.company import Brand
    from pitchgen.model.logo import Logo
    from pitchgen.render.templates import Templates

# Where the style and the logo go; no text of a workspace can hold these characters.
_STYLE, _LOGO = "\0style\0", "\0logo\0"

# How much of a colour is in what is laid behind text.
TINTS = 0.12, 0.28


@dataclass(frozen=True, slots=True)
class Page:
    """A document as its layout is filled with it.

    `values` are what this layout needs besides; all of it is text or frozen data, and only what is
    `Markup` is taken for HTML. `css` names the style sheets for paper and for the screen, `screen_css`
    and `paper_css` those that only one of them has. `foreign` are the texts that are not in its language.
    """

    layout: str
    css: tuple[str, ...]
    language: Language
    title: str
    company: str
    written_on: date
    values: Mapping[str, Any]
    screen_css: tuple[str, ...] = ()
    paper_css: tuple[str, ...] = ()
    foreign: Foreign = field(default_factory=Foreign)


@dataclass(frozen=True, slots=True)
class Look:
    """What is the company's own in how its documents look; `font` is the file of the headings' font."""

    brand: Brand
    logo: Logo | None = None
    font: Path | None = None


def clean_html(html: str) -> Markup:
    """HTML that was cleaned already, as a layout may print it."""
    return Markup(html)  # noqa: S704 - by nh3, in `markdown.read_prose`


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One self-contained file: styles inside, fonts inside with just the glyphs it uses; and what it says."""

    text: str
    file: bytes


def screen_page(page: Page, look: Look, templates: Templates) -> ScreenPage:
    """A document for a browser."""
    text = _fill(page, look, templates, on_screen=True)
    style = embedded_css(text, look.font) + brand_css(look) + _styles(page.css + page.screen_css, templates)
    # The fonts are a hundred times as long as what is said, and plain ASCII, which is quick to turn into
    # bytes.
    file = style.encode().join(_with_logo(part, look).encode() for part in text.split(_STYLE))
    return ScreenPage(text, file)


def paper_html(page: Page, look: Look, templates: Templates) -> str:
    """The same document for the PDF renderer, which has the shipped fonts."""
    return _with_logo(_fill(page, look, templates, on_screen=False).replace(_STYLE, ""), look)


def paper_styles(page: Page, look: Look, templates: Templates) -> str:
    """The styles of a document for the PDF renderer, the same text for all documents of a kind."""
    return own_file_css(look.font) + brand_css(look) + _styles(page.css + page.paper_css, templates)


def _styles(names: Iterable[str], templates: Templates) -> str:
    return "\n".join(templates.text(name) for name in names)


def brand_css(look: Look) -> str:
    """The brand's colours as tokens, each readable on its ground, its font, and the paper's size."""
    day, night = (_tinted(brand_colors(look.brand, ground), ground) for ground in (color.PAPER, color.NIGHT))
    tokens = {
        **day,
        "brand-solid": day["brand"],
        **{f"{name}-night": value for name, value in night.items()},
    }
    if look.font:
        tokens["own-face"] = f"'{HEADINGS}'"
    declared = "".join(f"--{name}:{value};" for name, value in tokens.items())
    return f":root{{{declared}}}\n@page{{size:{look.brand.paper}}}\n"


def _tinted(colors: Mapping[str, str], ground: str) -> dict[str, str]:
    """The colours, and what is laid behind text: a touch of each, and more."""
    tints = {
        f"{name}-tint{strength}": color.mixed(value, ground, share)
        for name, value in colors.items()
        for strength, share in enumerate(TINTS, start=1)
    }
    return {**colors, **tints}


def brand_colors(brand: Brand, ground: str) -> dict[str, str]:
    """The colours of the brand by their names, each readable on its ground."""
    return {
        "brand": color.readable(brand.color or color.DEFAULT_BRAND, ground),
        "accent": color.readable(brand.accent or color.DEFAULT_ACCENT, ground),
    }


def _fill(page: Page, look: Look, templates: Templates, *, on_screen: bool) -> str:
    """The page, set, with its style and logo still to come, so that what is left is its text."""
    values = {
        **page.values,
        "language": page.language.code,
        "title": page.title,
        "company": page.company,
        "logo": _LOGO if look.logo else None,
        "written_on": page.written_on.isoformat(),
        # Pictures name their colours, for on paper no style sheet reaches into them.
        "paint": {**_tinted(brand_colors(look.brand, color.PAPER), color.PAPER), **color.INKS},
        "generator": f"pitchgen {__version__}",
        "style": _STYLE,
    }
    told = page.foreign.told(templates.html(page.layout, values))
    return typeset(told, page.language, on_screen=on_screen)


def _with_logo(html: str, look: Look) -> str:
    return html.replace(_LOGO, look.logo.data_uri) if look.logo else html
