"""Greeting: what a newcomer is called to their face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pitchgen.plain import one_line

if TYPE_CHECKING:
    from pitchgen.language.names import NameReader
    from pitchgen.model.hire import Hire


def greeted_as(hire: Hire, names: NameReader) -> str:
    """What they like to be called, else their first name; all of the name where it does not show that."""
    return hire.called or names.read(hire.name).first or one_line(hire.name)
