"""Two changes of one file become one, and a text that was typed over keeps the bytes of every other line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitchgen.keep.merge import compared, on_top, retyped, shown

BASE = b"a: 1\nb: 2\nc: 3\nd: 4\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (b"a: 9\nb: 2\nc: 3\nd: 4\n", b"a: 1\nb: 2\nc: 3\nd: 8\n", b"a: 9\nb: 2\nc: 3\nd: 8\n"),
        (b"a: 9\nb: 2\nc: 3\nd: 4\n", b"a: 7\nb: 2\nc: 3\nd: 4\n", b"a: 9\nb: 2\nc: 3\nd: 4\n"),
        (b"a: 1\nb: 2\nc: 3\n", b"a: 1\nx: 0\nb: 2\nc: 3\nd: 4\n", b"a: 1\nx: 0\nb: 2\nc: 3\n"),
        (BASE, b"", b""),
        (b"", BASE, b""),
    ],
    ids=["apart", "the same line", "one added, one taken out", "nothing of mine", "nothing left"],
)
def test_both_changes_count_and_mine_where_they_meet(mine: bytes, theirs: bytes, both: bytes) -> None:
    assert on_top(BASE, mine, theirs) == both


_LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"d"]), max_size=8).map(b"".join)


@given(_LINES, _LINES)
def test_a_change_on_top_of_none_is_that_change(base: bytes, other: bytes) -> None:
    assert on_top(base, base, other) == other
    assert on_top(base, other, base) == other


_BYTES = st.lists(
    st.sampled_from(
        [b"\n", b"\r\n", b"\r", b"a: 1", b"\xef\xbb\xbf", "ä".encode(), b"\xff", b"\0", b"\x0b", b" "]
    ),
    max_size=12,
).map(b"".join)


@given(_BYTES)
def test_a_text_that_nobody_changed_keeps_every_byte(content: bytes) -> None:
    assert retyped(content, shown(content)) == content


@given(_BYTES, st.text("ab\n", max_size=8))
def test_what_was_typed_is_what_is_shown(content: bytes, text: str) -> None:
    assert shown(retyped(content, text)) == text


def test_new_lines_end_as_the_others_do() -> None:
    assert retyped(b"a\r\nb\r\n", "a\nx\nb\n") == b"a\r\nx\r\nb\r\n"
    assert retyped(b"", "a\nb") == b"a\nb"


def test_only_what_differs_is_compared_with_a_little_around() -> None:
    before = b"".join(b"%d\n" % n for n in range(30))
    after = before.replace(b"\n3\n", b"\nthree\n").replace(b"\n25\n", b"\n")
    sides = [(each.side, each.text) for each in compared(before, after, around=1)]
    assert sides == [
        *[("same", "2"), ("before", "3"), ("after", "three"), ("same", "4")],
        *[("gap", ""), ("same", "24"), ("before", "25"), ("same", "26")],
    ]
    assert compared(before, before) == ()
