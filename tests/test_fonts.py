"""The fonts that a page carries: what it needs of them, shared by pages of the same letters."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from pitchgen.render.fonts import embedded_css


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def test_pages_of_the_usual_letters_carry_the_same_fonts() -> None:
    assert embedded_css("Tervetuloa, Aino Virtanen!") == embedded_css(
        "Välkommen, Zoë Qvist!".replace("ë", "é")
    )


def test_a_page_carries_the_letters_that_only_it_has() -> None:
    plain, rare = embedded_css("Dvorak"), embedded_css("Dvořák")
    assert len(rare) > len(plain)
    assert rare == embedded_css("Dvořák")


def test_memory_does_not_grow_with_the_pages(traced: None) -> None:
    def carry(first: int, last: int) -> int:
        for number in range(first, last):
            # No two have the same letters.
            embedded_css(f"Hei {chr(0x100 + number)}{chr(0x100 + number // 2)}")
        return tracemalloc.get_traced_memory()[0]

    after_some = carry(0, 20)
    assert carry(20, 100) < 1.1 * after_some
