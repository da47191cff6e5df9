"""The brand that company.yaml describes: its files, read and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pitchgen.load.faults import Unreadable
from pitchgen.load.font import load_font
from pitchgen.load.logo import load_logo
from pitchgen.plain import shortened
from pitchgen.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pitchgen.load.files import Source
    from pitchgen.model.company import Company
    from pitchgen.workspace.validate import Item, Validated

T = TypeVar("T")


def with_brand(validated: Validated) -> Validated:
    """The same with the files that the brand names; what is wrong with the brand becomes problems."""
    item = validated.company
    if item is None:
        return validated
    brand, problems = item.model.brand, list[Problem]()
    logo = _loaded(load_logo, validated.root, item, "logo", brand.logo, problems)
    font = _loaded(load_font, validated.root, item, "font", brand.font, problems)
    if logo and logo.has_text:
        problems.append(_unlike_elsewhere(item.source))
    return replace(validated.joined_by(problems=problems), logo=logo, font=font)


def _loaded(
    load: Callable[[Path, str], T],
    root: Path,
    item: Item[Company],
    key: str,
    name: str | None,
    problems: list[Problem],
) -> T | None:
    """The file that the brand names under this key; why it cannot be used joins the problems."""
    if name is None:
        return None
    try:
        return load(root, name)
    except Unreadable as error:
        for fault in error.faults:
            message = f"the {key} '{shortened(name)}' {fault.message}"
            problems.append(item.source.problem(fault.code, message, ("brand", key), fault.hint))
        return None


def _unlike_elsewhere(source: Source) -> Problem:
    message = "the logo has letters that look different where their font is not installed"
    hint = "in the drawing program, turn its text into paths (outlines) and export it again"
    return source.problem("logo-text", message, ("brand", "logo"), hint, severity=Severity.WARNING)
