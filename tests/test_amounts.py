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


@pytest.mark.parametrize("unit", [None, "%", "€", "min"])
def test_no_digit_of_a_long_number_is_lost(unit: str | None) -> None:
    typed = "-123456789012345678901234567890"[:MAX_DIGITS]
    printed = amount(read_number(typed), unit, SHIPPED.get("fi"))
    assert "".join(c for c in printed if c.isdigit()) == typed[1:]
