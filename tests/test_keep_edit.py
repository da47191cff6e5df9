"""One value of a file is changed, and no byte of anything else."""

from __future__ import annotations

from codecs import BOM_UTF8
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich import RICH

from pitchgen.keep.edit import CannotEdit, Edit, edited
from pitchgen.keep.spelling import Plain
from pitchgen.load.comments import comments
from pitchgen.load.document import Value, YamlList, YamlMap, parse
from pitchgen.model.base import Model
from pitchgen.model.company import Company
from pitchgen.model.hire import Hire
from pitchgen.model.metric import MetricsFile
from pitchgen.model.persona import Persona
from pitchgen.model.role import Role
from pitchgen.problems import Loc

AWKWARD = """\
# yaml-language-server: $schema=x
label: Varmistelija   # nimi

summary: >-  # lause
  Haluaa tietää,
  mitä tapahtuu.


quote: "Hän sanoi: 'ei'"
skips:
  >-
  puhelu
# Kuka omistaa.
owner:   # kuka
recognize:
- yksi   # 1

- 'kaksi: ''2'''   # 2

their_words: [a, "b, c",
  d]  # sanat
needs:
  # tarpeet
  - id: aika  # tärkein
    # lause
    text: |+
      Milloin
        se tulee?

    plays: {say: [x, {fi: y}], do: z}
  -   id: rauha
      text: Ilman kiirettä
        tai hoppua  # pitkä
      response:
      # loppu
evidence: data
signature_moment: {fi: Se hetki, en: 'The moment'}
lost_because: ~
"""
# What is hard to write so that it is read as it was.
HARD = (
    *("no", "yes", "12:30", "010", "3.10", "~", "null", "true", "", " ", "a: b", "# x", "a #b", "  edessä"),
    *("perässä ", "\tsarkain", "a\tb", "rivi\n", "rivi\n\n", "\n", "\n\nrivi", "yksi\nkaksi", "a\n  b\n\nc"),
    *(
        "  a\nb",
        "'lainaus'",
        '"lainaus"',
        "€",
        "- a",
        "-",
        "?",
        "? a",
        "[a",
        "{a}",
        "a, b]",
        "*a",
        "&a",
        "!a",
    ),
    *(
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "---",
        "...",
        "a\n---\nb",
        "a:",
        ": a",
        "\\",
        '\\"',
        "\r\n",
        "\x85",
        "\u2028",
        "🙂",
    ),
    *(
        "pitkä " * 60,
        "pitkä " * 60 + "\nja  toinen\n\n\nrivi",
        "\N{NO-BREAK SPACE}",
        "\ufeff",
        "a\x07b",
        "<<",
        "=",
    ),
)
TEXTS = st.one_of(st.sampled_from(HARD), st.text(st.characters(codec="utf-8"), max_size=40))


def plain(value: Value) -> object:
    if isinstance(value, YamlMap):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, YamlList) else value


def at(content: bytes, loc: Loc) -> object:
    value: Value = parse(content)
    for part in loc:
        value = value[part]  # type: ignore[index]  # it is there
    return plain(value)


def scalars(value: Value, loc: Loc = ()) -> list[Loc]:
    """The way to each text, or place for one."""
    if isinstance(value, YamlMap):
        return [way for key, each in value.items() for way in scalars(each, (*loc, key))]
    if isinstance(value, YamlList):
        return [way for n, each in enumerate(value) for way in scalars(each, (*loc, n))]
    return [loc]


def collections(value: Value, loc: Loc = ()) -> list[Loc]:
    ways = []
    if isinstance(value, YamlMap | YamlList):
        ways.append(loc)
        parts = value.items() if isinstance(value, YamlMap) else enumerate(value)
        ways += [way for part, each in parts for way in collections(each, (*loc, part))]
    return ways


def remarks(content: bytes) -> list[str]:
    return [comment.text for comment in comments(content.decode("utf-8-sig"))]


def spell(content: str, ending: str) -> bytes:
    """The content with the ends of lines, the end and the beginning of a file of some machine."""
    if "cut" in ending:
        content = content.rstrip("\n")
    encoded = content.replace("\n", "\r\n" if "crlf" in ending else "\n").encode()
    return BOM_UTF8 + encoded if "bom" in ending else encoded


ENDINGS = st.sampled_from(["lf", "crlf", "bom", "cut", "crlf bom", "crlf cut bom"])
FILES = st.sampled_from([AWKWARD, *(dedent(text) for path, text in RICH.items() if path.endswith(".yaml"))])


def changed(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """What differs: without what both begin with and end in."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


def edit(content: str, *edits: tuple[Loc, Plain | None], model: type[Model] = Persona) -> str:
    return edited(dedent(content).encode(), [Edit(*each) for each in edits], model).decode()


@settings(max_examples=60)
@given(st.data(), FILES, ENDINGS, TEXTS)
def test_any_text_can_stand_in_place_of_any_other(
    data: st.DataObject, file: str, ending: str, text: str
) -> None:
    before = spell(file, ending)
    loc = data.draw(st.sampled_from(scalars(parse(before))))
    after = edited(before, [Edit(loc, text)], Persona)
    assert at(after, loc) == text
    assert remarks(after) == remarks(before)
    assert after.startswith(BOM_UTF8) == before.startswith(BOM_UTF8)
    assert (b"\n" in after.replace(b"\r\n", b"")) == ("crlf" not in ending)


@settings(max_examples=60)
@given(st.data(), FILES, ENDINGS, TEXTS)
def test_a_group_or_list_gets_one_more(data: st.DataObject, file: str, ending: str, text: str) -> None:
    before = spell(file, ending)
    loc = data.draw(st.sampled_from(collections(parse(before))))
    here = at(before, loc)
    part: str | int = len(here) if isinstance(here, list) else "uusi"
    after = edited(before, [Edit((*loc, part), text)], Persona)
    assert at(after, (*loc, part)) == text
    assert remarks(after) == remarks(before)
    removed, added = changed(before, after)
    assert not removed.strip() or removed in added


@settings(max_examples=60)
@given(st.data(), FILES, ENDINGS)
def test_anything_can_be_taken_away(data: st.DataObject, file: str, ending: str) -> None:
    before = spell(file, ending)
    inside = [loc for loc in (*scalars(parse(before)), *collections(parse(before))) if loc]
    loc = data.draw(st.sampled_from(inside))
    after = edited(before, [Edit(loc, None)], Persona)
    kept, gone = remarks(after), len(remarks(before))
    assert [each for each in remarks(before) if each in kept] == kept
    assert len(after) < len(before)
    assert gone >= len(kept)
    _, added = changed(before, after)
    assert not added.strip()


VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["fi", "en", "no"]), inner, min_size=1)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.data(), FILES, VALUES)
def test_lists_and_groups_are_written_as_they_are(data: st.DataObject, file: str, value: Plain) -> None:
    before = file.encode()
    loc = data.draw(st.sampled_from(scalars(parse(before))))
    after = edited(before, [Edit(loc, value)], Persona)
    assert at(after, loc) == value
    assert sorted(remarks(before)) == sorted(remarks(after))


@pytest.mark.parametrize("text", HARD)
@pytest.mark.parametrize(
    "before", ["label: a\n", "label: 'a'\n", 'label: "a"', "label: >-\n  a\n", "label:\n  {fi: a}"]
)
def test_what_is_hard_to_write_is_read_as_it_was(before: str, text: str) -> None:
    assert at(edit(before, (("label",), text)).encode(), ("label",)) == text


def test_remarks_above_a_list_outlive_it() -> None:
    before = "label: x\nskips:  # 1\n  # 2\n\n  - a  # 3\n  # 4\n  - b\n  # 5\n# 6\nneeds: []\n"
    expected = "label: x\nskips: c  # 1\n  # 2\n\n  # 5\n# 6\nneeds: []\n"
    assert edit(before, (("skips",), "c")) == expected
    assert edit(before, (("skips",), ["c"])) == expected.replace("skips: c", "skips:").replace(
        "\n\n", "\n\n  - c\n"
    )


def test_a_language_more_makes_a_line_for_each() -> None:
    before = "label: Nainen  # nimi\nsummary: Joku.\n"
    after = edit(before, (("label",), {"fi": "Nainen", "sv": "Kvinna"}))
    assert after == "label:  # nimi\n  fi: Nainen\n  sv: Kvinna\nsummary: Joku.\n"
    english = [Edit(("label", "en"), "Woman")]
    assert edited(after.encode(), english, Persona, ("fi", "en", "sv")).decode() == (
        "label:  # nimi\n  fi: Nainen\n  en: Woman\n  sv: Kvinna\nsummary: Joku.\n"
    )


def test_a_key_that_is_new_stands_where_the_model_has_it() -> None:
    before = "# Alku.\nsummary: Joku.\nneeds: []  # kesken\n# Loppu.\n"
    edits = (
        (("label",), "Nainen"),
        (("needs", 0, "plays", "say", 0), "Hei."),
        (("quote",), "Niin."),
        (("example",), "true"),
    )
    assert edit(before, *edits) == (
        "# Alku.\nlabel: Nainen\nsummary: Joku.\nquote: Niin.\nneeds:  # kesken\n"
        "  - plays:\n      say:\n        - Hei.\nexample: true\n# Loppu.\n"
    )


def test_a_short_form_is_written_out_when_more_is_said() -> None:
    before = """\
        promise:
          fi: Lupaus  # tämä
          en: A promise
        story: Alku
        rewards:
          - for:
              behavior: x
        """
    edits = (
        (("promise", "proofs", 0), "Näin."),
        (("story", "origin"), "Ennen."),
        (("rewards", 0, "for", 1), "y"),
    )
    assert edit(before, *edits, model=Company) == dedent(
        """\
        promise:
          text:
            fi: Lupaus  # tämä
            en: A promise
          proofs:
            - Näin.
        story:
          summary: Alku
          origin: Ennen.
        rewards:
          - for:
              - behavior: x
              - y
        """
    )


def test_a_short_form_stays_short_when_it_can() -> None:
    before = "promise: Lupaus\nlanguages: fi\n"
    edits = (("promise", "text"), "Toinen"), (("languages", 0), "sv")
    assert edit(before, *edits, model=Company) == "promise: Toinen\nlanguages: sv\n"


def test_what_loses_its_last_part_goes_with_it() -> None:
    before = "title: x\nserves:\n  personas:\n    - a  # 1\n    - b\n# Loppu.\ngoals: [{text: x}]\n"
    gone = (("serves", "personas", 0), None), (("serves", "personas", 1), None), (("goals", 0, "text"), None)
    assert edit(before, *gone, model=Role) == "title: x\n# Loppu.\n"


def test_the_only_list_of_a_file_can_be_emptied_and_filled() -> None:
    before = "# Mittarit.\nmetrics:\n  # Eka.\n  - id: nps\n    name: NPS\n"
    empty = edit(before, (("metrics", 0), None), model=MetricsFile)
    assert empty == "# Mittarit.\nmetrics: []\n  # Eka.\n"
    assert edit(empty, (("metrics", 0, "id"), "csat"), model=MetricsFile) == (
        "# Mittarit.\nmetrics:\n  - id: csat\n  # Eka.\n"
    )


def test_items_keep_the_numbers_that_they_had() -> None:
    before = "likes:\n  - a\n  - b\n\n  - c\n    # vielä c\nneeds: [x, y]\n"
    edits = [
        (("likes", 0), None),
        (("likes", 2), "C"),
        (("likes", 3), "d"),
        (("needs", 1), None),
        (("needs", 2), "z"),
    ]
    after = edit(before, *edits, model=Hire)
    assert after == "likes:\n  - b\n\n  - C\n    # vielä c\n\n  - d\nneeds: [x, z]\n"


def test_nothing_to_take_away_changes_nothing() -> None:
    assert edit(AWKWARD, (("buying", "trigger"), None), (("needs", 2), None)) == AWKWARD


@pytest.mark.parametrize(
    ("loc", "value"),
    [
        (("label", "fi"), "x"),
        (("needs", 7), "x"),
        (("recognize", "fi"), "x"),
        (("label",), "\ud800"),
        (("label", 2), "x"),
    ],
)
def test_what_cannot_be_changed_is_refused(loc: Loc, value: str) -> None:
    with pytest.raises(CannotEdit, match="change it in the text of the file"):
        edit(AWKWARD, (loc, value))


@pytest.mark.parametrize("content", ["", "# x\n", "- a\n", "a\n"])
def test_a_file_without_keys_is_no_place_for_a_value(content: str) -> None:
    with pytest.raises(CannotEdit, match="the file cannot be changed here"):
        edit(content, (("label",), "x"))


def test_the_last_key_of_a_file_stays() -> None:
    with pytest.raises(CannotEdit):
        edit("label: x\n", (("label",), None))
