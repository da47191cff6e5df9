"""Figures as documents print them, however long they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import SHIPPED

from pitchgen.language.locale import amount
from pitchgen.model.amount import MAX_DIGITS, read_number

WHOLE = st.integers(26, MAX_DIGITS).map(lambda length: "9" * length)


@given(
    WHOLE | st.from_regex(r"-?[1-9][0-9]{0,14}\.[0-9]{4,12}", fullmatch=True),
    st.sampled_from([None, "%", "€", "min"]),
    st.sampled_from(["fi", "en", "sv"]),
)
def test_any_number_that_fits_into_a_field_can_be_printed(
    typed: str, unit: str | None, language: str
) -> None:
    assert amount(read_number(typed), unit, SHIPPED.get(language))


@pytest.mark.parametrize(
    ("typed", "unit", "printed"),
    [
        ("0.0749", "€", "0,0749 €"),
        ("0.0004", "%", "0,0004 %"),
        ("1.23456", "min", "1,23456 min"),
        ("7.0", None, "7,0"),
        ("1240.5", "€", "1 240,50 €"),
        ("1240", "€", "1 240 €"),
        ("1240.00", "€", "1 240,00 €"),
    ],
)
def test_a_figure_keeps_the_decimals_that_it_was_typed_with(
    typed: str, unit: str | None, printed: str
) -> None:
    said = amount(read_number(typed), unit, SHIPPED.get("fi"))
    assert said.replace("\N{NO-BREAK SPACE}", " ") == printed


@pytest.mark.parametrize("unit", [None, "%", "€", "min"])
def test_no_digit_of_a_long_number_is_lost(unit: str | None) -> None:
    typed = "-123456789012345678901234567890"[:MAX_DIGITS]
    printed = amount(read_number(typed), unit, SHIPPED.get("fi"))
    assert "".join(c for c in printed if c.isdigit()) == typed[1:]
