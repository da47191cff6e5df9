"""Files that others name, read and judged: those of the brand in company.yaml, and the personas' pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pitchgen.load.faults import Unreadable
from pitchgen.load.font import load_font
from pitchgen.load.logo import load_logo
from pitchgen.load.picture import load_picture
from pitchgen.model.file_kind import PERSONAS
from pitchgen.model.logo import Logo
from pitchgen.plain import shortened
from pitchgen.problems import Loc, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pitchgen.load.files import Source
    from pitchgen.workspace.validate import Validated

T = TypeVar("T")


def with_pictures(validated: Validated) -> Validated:
    """The same with the pictures that personas name; what is wrong with one becomes problems."""
    pictures, problems = dict[str, Logo](), list[Problem]()
    for item in validated.of(PERSONAS):
        name = item.model.picture
        picture = _loaded(load_picture, validated.root, item.source, ("picture",), name, problems)
        if name and picture:
            pictures[name] = picture
    return replace(validated.joined_by(problems=problems), pictures=pictures)


def with_brand(validated: Validated) -> Validated:
    """The same with the files that the brand names; what is wrong with the brand becomes problems."""
    item = validated.company
    if item is None:
        return validated
    brand, problems = item.model.brand, list[Problem]()
    logo = _loaded(load_logo, validated.root, item.source, ("brand", "logo"), brand.logo, problems)
    font = _loaded(load_font, validated.root, item.source, ("brand", "font"), brand.font, problems)
    if logo and logo.has_text:
        problems.append(_unlike_elsewhere(item.source))
    return replace(validated.joined_by(problems=problems), logo=logo, font=font)


def _loaded(
    load: Callable[[Path, str], T],
    root: Path,
    source: Source,
    at: Loc,
    name: str | None,
    problems: list[Problem],
) -> T | None:
    """The file that is named there; why it cannot be used joins the problems."""
    if name is None:
        return None
    try:
        return load(root, name)
    except Unreadable as error:
        for fault in error.faults:
            message = f"the {at[-1]} '{shortened(name)}' {fault.message}"
            problems.append(source.problem(fault.code, message, at, fault.hint))
        return None


def _unlike_elsewhere(source: Source) -> Problem:
    message = "the logo has letters that look different where their font is not installed"
    hint = "in the drawing program, turn its text into paths (outlines) and export it again"
    return source.problem("logo-text", message, ("brand", "logo"), hint, severity=Severity.WARNING)
