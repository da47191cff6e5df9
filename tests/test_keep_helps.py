"""Scaffolds say in every language what to write into the fields of a form."""

from __future__ import annotations

import pytest
from workspaces import SHIPPED

from pitchgen.keep.helps import helps
from pitchgen.model.file_kind import COMPANY, FILE_KINDS, JOURNEY, PERSONAS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("What they need, in their voice", "1 = the central personas, 3 = the rest", "What to do")),
        ("fi", ("Mitä hän tarvitsee, hänen suullaan", "1 = keskeisimmät persoonat, 3 = muut", "Mitä tehdä")),
    ],
)
def test_what_a_scaffold_leaves_to_fill_in_or_notes_is_found_by_its_keys(
    language: str, said: tuple[str, str, str]
) -> None:
    found = helps(SHIPPED.folders, language, PERSONAS)
    assert (found["needs.text"], found["priority"], found["needs.plays.do"]) == said
    # What stands for itself needs no words, and what is but an example has none.
    assert "evidence.as_of" not in found
    assert "skips" not in found


def test_things_in_lists_are_found_under_these() -> None:
    assert "values.behaviors.text" in helps(SHIPPED.folders, "sv", COMPANY)
    assert {"phases.name", "touchpoints.risk"} <= helps(SHIPPED.folders, "sv", JOURNEY).keys()


@pytest.mark.parametrize("kind", FILE_KINDS, ids=str)
def test_every_language_says_what_the_others_do(kind: object) -> None:
    known = [helps(SHIPPED.folders, code, kind).keys() for code in ("en", "fi", "sv")]  # type: ignore[arg-type]
    assert known[0] == known[1] == known[2]
