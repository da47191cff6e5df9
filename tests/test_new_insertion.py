"""An entry is added to a list as a careful person would: nothing else in the file changes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pitchgen.load.document import YamlList, YamlMap, parse
from pitchgen.load.faults import Mark
from pitchgen.new.insertion import CannotInsert, append

ENTRY = "- id: uusi\n  name: Uusi\n  # unit: kpl"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "metrics:\n  {entry}"),
        ("# vain huomautus", "# vain huomautus\nmetrics:\n  {entry}"),
        ("a: 1\n", "a: 1\n\nmetrics:\n  {entry}"),
        ("a: 1", "a: 1\n\nmetrics:\n  {entry}"),
        ("  a: 1\n", "  a: 1\n\n  metrics:\n    {entry}"),
        ("metrics:", "metrics:\n  {entry}"),
        ("metrics:\n  # tulossa\nb: 1\n", "metrics:\n  {entry}  # tulossa\nb: 1\n"),
        ("metrics: ~  # tyhjä\nb: 1\n", "metrics:   # tyhjä\n  {entry}b: 1\n"),
        ("metrics: null\n", "metrics: \n  {entry}"),
        ("metrics: []  # tyhjä", "metrics:   # tyhjä\n  {entry}"),
        ("metrics: [\n  ]\nb: 1\n", "metrics: \n  {entry}b: 1\n"),
        ("metrics:\n- id: a\n", "metrics:\n- id: a\n{entry}"),
        ("metrics:\n- id: a\n  # osa sitä\n# ei osa\n", "metrics:\n- id: a\n  # osa sitä\n{entry}# ei osa\n"),
        ("metrics:\n    - id: a # x", "metrics:\n    - id: a # x\n    {entry}"),
        ("metrics:\n  -   id: a\n\n\n# loppu\n", "metrics:\n  -   id: a\n  {entry}\n\n# loppu\n"),
        ("metrics:\n  - id: a\n\n    # osa\n\nb: 1\n", "metrics:\n  - id: a\n\n    # osa\n  {entry}\nb: 1\n"),
        (
            "metrics:\n\n  - id: a\n\n  - id: b\n\nc: 1\n",
            "metrics:\n\n  - id: a\n\n  - id: b\n\n  {entry}\nc: 1\n",
        ),
        ('"metrics":\n  - "id": "a\nb"\n', '"metrics":\n  - "id": "a\nb"\n  {entry}'),
        (
            "metrics:\n  - id: |\n      a\n      # a\n  # ei\nb: 1\n",
            "metrics:\n  - id: |\n      a\n      # a\n  {entry}  # ei\nb: 1\n",
        ),
        ("metrics:\n  - n: |+\n      a\n\n\nb: 1\n", "metrics:\n  - n: |+\n      a\n\n\n  {entry}b: 1\n"),
        # Here an empty line between entries would belong to the text.
        (
            "metrics:\n  - n: a\n\n  - n: |+\n      b\n",
            "metrics:\n  - n: a\n\n  - n: |+\n      b\n  {entry}",
        ),
        ("metrics:\n  - n: a\n      b # c\n", "metrics:\n  - n: a\n      b # c\n  {entry}"),
        ("metrics:\n  - n: {a: [1,\n  2]} # c\n", "metrics:\n  - n: {a: [1,\n  2]} # c\n  {entry}"),
        ("metrics:\n  - n:\n", "metrics:\n  - n:\n  {entry}"),
        ("---\nmetrics:\n  - n: 1\n...\n", "---\nmetrics:\n  - n: 1\n  {entry}...\n"),
    ],
)
def test_where_an_entry_goes(before: str, after: str) -> None:
    head, _, tail = after.partition("{entry}")
    indent = head.rpartition("\n")[2]
    entry = ENTRY.replace("\n", f"\n{indent}") + "\n"
    assert append(before.encode(), "metrics", ENTRY).decode() == head + entry + tail


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", BOM_UTF8])
def test_line_ends_and_byte_order_marks_stay(end: str, bom: bytes) -> None:
    before = bom + f"metrics:{end}  - id: ä{end}b: 1".encode()
    after = bom + f"metrics:{end}  - id: ä{end}  - id: uusi{end}b: 1".encode()
    assert append(before, "metrics", "- id: uusi") == after


@pytest.mark.parametrize(
    "before",
    [
        "metrics: [{id: a}]\n",
        "metrics: [ # huomautus\n]\n",
        "{metrics: []}\n",
        "{}\n",
        # Without its line break the text would get one.
        "metrics:\n  - note: |\n      a",
        # What follows the end of the document is not read.
        "a: 1\n...\n",
        "metrics: ''\n",
        "metrics: {}\n",
        "~",
    ],
)
def test_what_cannot_be_added_to_is_refused(before: str) -> None:
    with pytest.raises(CannotInsert):
        append(before.encode(), "metrics", ENTRY)


# Any layout that somebody might have written.

REMARKS = st.sampled_from(
    [[], [""], ["# huomautus"], ["", "# - id: vanha", ""], ["  # sisennetty"], ["      # syvä", ""]]
)
VALUES = st.sampled_from(
    [
        ["sana"],
        ["sana # huomautus"],
        ["kaksi", "  riviä"],
        ["'lainattu: # ei'"],
        ['"lainattu \\" # ei"  # joo'],
        ['"kaksi', "", '  riviä"'],
        ["[1, {a: b},", "  c]"],
        [">-", "  taitettu # ei", "", "  jatkuu"],
        ["|-", "  - ei", "  # ei"],
        ["|+", "  pidetty", ""],
        ["😀 \N{NO-BREAK SPACE}äö"],
        [""],
    ]
)
SECTIONS = (
    ["b: 1"],
    ["c:", "  - id: muu"],
    ["d:", "- x"],
    ["e: >-", "  metrics:", "  - x"],
    ['"f": {metrics: [x]}'],
)


@st.composite
def lists(draw: st.DrawFn) -> list[str]:
    """The lines of `metrics`: nothing, an empty list, or items in a block."""
    indent = " " * draw(st.sampled_from([0, 1, 2, 4]))
    lines: list[str] = []
    for n in range(draw(st.integers(0, 3))):
        first, *more = draw(VALUES)
        item = [f"- id: m{n}", f"  name: {first}".rstrip(), *(f"  {each}".rstrip() for each in more)]
        part = ["  # unit: x"] if draw(st.booleans()) else []
        lines += [*draw(REMARKS), *(indent + each if each else "" for each in [*item, *part])]
    nothing = draw(st.sampled_from(["", " []", " ~ # ei", " [ ]"]))
    return ["metrics:", *lines] if lines else [f"metrics:{nothing}"]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A readable file with `metrics` somewhere in it, or nowhere."""
    sections = draw(st.permutations(SECTIONS))[: draw(st.integers(0, len(SECTIONS)))]
    if draw(st.booleans()):
        sections.insert(draw(st.integers(0, len(sections))), draw(lists()))
    lines = [line for section in sections for line in (*draw(REMARKS), *section)] + draw(REMARKS)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(lines) + (end if draw(st.booleans()) else "")
    return (BOM_UTF8 if draw(st.booleans()) else b"") + text.encode()


@settings(max_examples=400)
@given(files())
def test_every_byte_stays_and_the_entry_is_last(before: bytes) -> None:
    data = parse(before) or YamlMap(Mark(1, 1))
    assert isinstance(data, YamlMap)
    after = append(before, "metrics", ENTRY)
    # An empty list has to give up its brackets.
    kept = re.sub(rb"(?m)(?<=\bmetrics: )(\[ ?\]|~)", b"", before)
    assert any(after.startswith(kept[:n]) and after.endswith(kept[n:]) for n in range(len(kept) + 1))
    ends = set(re.findall(b"\r\n|\n", before))
    assert not ends or set(re.findall(b"\r\n|\n", after)) == ends
    known = data.get("metrics")
    items = [*(known if isinstance(known, YamlList) else []), {"id": "uusi", "name": "Uusi"}]
    assert parse(after) == {**data, "metrics": items}
    # What is added twice is there twice.
    twice = parse(append(after, "metrics", "- id: toinen"))
    assert twice == {**data, "metrics": [*items, {"id": "toinen"}]}
