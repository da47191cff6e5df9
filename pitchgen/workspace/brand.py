"""The brand that company.yaml describes: its files read and judged, and its colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor
from pathlib import Path
from typing import TypeVar

from pitchgen.load.assets import Unusable
from pitchgen.load.files import Source
from pitchgen.load.font import load_font
from pitchgen.load.logo import load_logo
from pitchgen.model.color import ENOUGH, PAPER, contrast, readable
from pitchgen.model.company import Brand, Company
from pitchgen.model.text import shortened
from pitchgen.problems import Problem, Severity
from pitchgen.workspace.validate import Item, Validated

T = TypeVar("T")


def load_brand(validated: Validated) -> None:
    """Put the brand's files into a validated workspace; what is wrong with the brand becomes problems."""
    item = validated.company
    if item is None:
        return
    brand = item.model.brand
    validated.logo = _loaded(load_logo, validated, item, "logo", brand.logo)
    validated.font = _loaded(load_font, validated, item, "font", brand.font)
    if validated.logo and validated.logo.has_text:
        validated.problems.append(_unlike_elsewhere(item.source))
    validated.problems += _pale_colors(item.source, brand)


def _loaded(
    load: Callable[[Path, str], T], validated: Validated, item: Item[Company], key: str, name: str | None
) -> T | None:
    if name is None:
        return None
    try:
        return load(validated.root, name)
    except Unusable as error:
        message = f"the {key} '{shortened(name)}' {error.message}"
        validated.problems.append(item.source.problem(error.code, message, ("brand", key), error.hint))
        return None


def _unlike_elsewhere(source: Source) -> Problem:
    message = "the logo has letters that look different where their font is not installed"
    hint = "in the drawing program, turn its text into paths (outlines) and export it again"
    return source.problem("logo-text", message, ("brand", "logo"), hint, severity=Severity.WARNING)


def _pale_colors(source: Source, brand: Brand) -> Iterator[Problem]:
    """Warnings about colours in which text on paper would be hard to read."""
    for key, typed in (("color", brand.color), ("accent", brand.accent)):
        if typed is None or (ratio := contrast(typed, PAPER)) >= ENOUGH:
            continue
        used = readable(typed, PAPER)
        # Rounded down, so that what is not enough does not look like it.
        shown = floor(ratio * 10) / 10
        message = (
            f"'{typed}' is too pale for text: its contrast on white paper is {shown}:1, "
            f"and text needs {ENOUGH:g}:1; documents use '{used}'"
        )
        hint = f"write '{used}' here, or leave it: documents stay readable"
        yield source.problem("pale-color", message, ("brand", key), hint, severity=Severity.WARNING)
