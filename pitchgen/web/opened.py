"""Newcomers who are open on the page: what was typed of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Typed = Mapping[str, "str | tuple[str, ...]"]
"""What was typed in each field of a form; ticked words are several."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A newcomer whom somebody is working on, by an id that says nothing of them.

    They are the hire `of` this id where they have a file, which what was `typed` changes, field by field.
    `version` counts how often something was; `saved` is the file that was written last.
    """

    id: str
    of: str | None = None
    typed: Typed = field(default_factory=dict)
    version: int = 0
    saved: str = ""
