"""YAML as it is read: texts stay as they were typed, everything knows its line, and abuse is refused."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from workspaces import small

from pitchgen import shipped
from pitchgen.load.document import MAX_BYTES, MAX_DEPTH, MAX_NODES, Value, YamlList, YamlMap, parse
from pitchgen.load.faults import Fault, Unreadable
from pitchgen.load.files import load_files

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def read(text: str) -> Value:
    return parse(text.encode())


def refusals(content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(Unreadable) as refused:
        parse(content if isinstance(content, bytes) else content.encode())
    return refused.value.faults


def refusal(content: str | bytes) -> Fault:
    (fault,) = refusals(content)
    return fault


# What a text looks like is never a reason to change it.


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "yes", "on", "off", "y", "n", "true", "False"),
        *("010", "0x1F", "0o17", "12:30", "3.10", "1e3", "1_000", "-0", ".inf", ".NaN"),
        *("+358401234567", "+358 40 123 4567", "2026-12-01", "2026-12-01T08:00:00Z", "01.12.2026"),
        *("Null", "NULL", "None", "=", "<<", "a@b.fi", "https://example.com/a#b", "50 %"),
        *("it's", 'the "best"', "C:\\Users", "väärä", "😀 hei", "مرحبا", "田中", "a\u00a0b"),
    ],
)
def test_a_text_stays_as_it_was_typed(typed: str) -> None:
    assert read(f"key: {typed}\n") == {"key": typed}
    assert read(f"- {typed}\n") == [typed]


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "y", "n", "true", "12:30", "010", "1", "Null"])
def test_a_key_stays_as_it_was_typed(word: str) -> None:
    assert read(f"{word}: text\n") == {word: "text"}


@pytest.mark.parametrize("nothing", ["", "~", "null", "  # a remark"])
def test_a_value_left_out_is_none(nothing: str) -> None:
    assert read(f"before: a\nkey: {nothing}\nafter: b\n") == {"before": "a", "key": None, "after": "b"}


@pytest.mark.parametrize("quoted", ['""', "''", '"~"', "'null'", '"no"', '"010"', "' a '"])
def test_a_quoted_value_is_a_text_whatever_it_says(quoted: str) -> None:
    assert read(f"key: {quoted}\n") == {"key": quoted[1:-1]}


def test_a_long_text_can_be_folded_or_kept_in_lines() -> None:
    assert read("a: >-\n  one\n  two\nb: |\n  one\n  two\n") == {"a": "one two", "b": "one\ntwo\n"}


@pytest.mark.parametrize("text", ["", "\n", "   \n", "# only a remark\n", "---\n", "\ufeff", "\ufeff# hei\n"])
def test_a_file_without_values_is_none(text: str) -> None:
    assert read(text) is None


def test_windows_and_old_mac_line_ends_read_like_any_other() -> None:
    plain = "title: a\npart:\n  why: |\n    one\n    two\nlist:\n  - b\n"
    for line_end in ("\r\n", "\r"):
        again = read(plain.replace("\n", line_end))
        assert again == read(plain)
        assert isinstance(again, YamlMap)
        assert again.values_at["list"] == (7, 3)


def test_a_byte_order_mark_shifts_nothing() -> None:
    data = read("\ufeffkey: value\n")
    assert isinstance(data, YamlMap)
    assert (data.keys_at["key"], data.values_at["key"]) == ((1, 1), (1, 6))


# Everything knows where it stands.


def test_keys_values_and_items_know_their_line_and_column() -> None:
    data = read(
        "# a remark\ntitle: hei\nserves:\n  personas:\n    - äiti\n    -   'isä'\npart: {why: 😀, how: b}\n"
    )
    assert isinstance(data, YamlMap)
    assert data.mark == (2, 1)
    assert data.keys_at == {"title": (2, 1), "serves": (3, 1), "part": (7, 1)}
    assert data.values_at == {"title": (2, 8), "serves": (4, 3), "part": (7, 7)}
    serves, part = data["serves"], data["part"]
    assert isinstance(serves, YamlMap)
    assert isinstance(part, YamlMap)
    personas = serves["personas"]
    assert isinstance(personas, YamlList)
    assert (personas.mark, personas.items_at) == ((5, 5), [(5, 7), (6, 9)])
    assert (part.in_braces, part.values_at) == (True, {"why": (7, 13), "how": (7, 21)})


WORDS = st.text(alphabet="abcxyzåäö😀田م", min_size=1, max_size=8)
# All characters but lone surrogates, and the line breaks that only YAML 1.1 knows: it folds them itself.
ANY_TEXT = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=20
)


def trees(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
        max_leaves=MAX_DEPTH,
    )


def as_block(tree: Any, style: str = '"') -> str:
    # No limit to the width, so that a text stays on its line.
    return yaml.safe_dump(tree, default_style=style, allow_unicode=True, sort_keys=False, width=float("inf"))


def as_block_with_emoji(tree: Any) -> str:
    return as_block(tree).replace(r"\U0001F600", "😀")


def as_braces(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False)


def as_braces_on_lines(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2)


@given(trees(ANY_TEXT), st.sampled_from(["'", '"']))
def test_any_tree_of_texts_is_read_back(tree: Any, style: str) -> None:
    assert read(as_block(tree, style)) == tree


@given(trees(WORDS), st.sampled_from([as_block_with_emoji, as_braces, as_braces_on_lines]))
def test_every_text_of_any_tree_stands_where_its_mark_says(tree: Any, dump: Callable[[Any], str]) -> None:
    text = dump(tree)
    lines = text.split("\n")

    def stands_at(line: int, column: int, word: Value) -> bool:
        return not isinstance(word, str) or lines[line - 1][column - 1 :].startswith(f'"{word}"')

    def visit(value: Value) -> None:
        if isinstance(value, YamlMap):
            for key, inner in value.items():
                assert stands_at(*value.keys_at[key], key)
                assert stands_at(*value.values_at[key], inner)
                visit(inner)
        elif isinstance(value, YamlList):
            assert len(value.items_at) == len(value)
            for mark, inner in zip(value.items_at, value, strict=True):
                assert stands_at(*mark, inner)
                visit(inner)

    visit(read(text))


# Whatever is in a file, the answer is data or a refusal that points into the file.


def refuses_inside_the_file_if_at_all(content: bytes) -> None:
    try:
        parse(content)
    except Unreadable as refused:
        lines = LINE_BREAK.split(content.decode("utf-8-sig", errors="replace"))
        assert refused.faults
        for fault in refused.faults:
            assert fault.message
            assert 1 <= fault.mark.line <= len(lines)
            assert 1 <= fault.mark.column <= len(lines[fault.mark.line - 1]) + 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    refuses_inside_the_file_if_at_all(content)


@given(st.text(alphabet="ab:-?[]{}#&*!|>'\"%@`,~<= \t\n\r\\\x07\x85\u2028\ufeffé😀", max_size=60))
def test_any_yaml_punctuation_is_read_or_refused(text: str) -> None:
    refuses_inside_the_file_if_at_all(text.encode())


@given(st.binary(min_size=1, max_size=3))
def test_any_broken_value_is_read_or_refused_on_its_line(junk: bytes) -> None:
    refuses_inside_the_file_if_at_all("titteli: päällikkö\nkey: é".encode() + junk + b"\nlast: b\n")


# What YAML can be abused for is refused, and the refusal says where and why.


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    fault = refusal("a: 1\nb:\n  c: 2\na: 3\n")
    assert (fault.code, fault.mark) == ("duplicate-key", (4, 1))
    assert "the first is on line 1" in fault.message


def test_every_double_key_is_reported_in_one_run() -> None:
    faults = refusals("a: 1\na: 2\nb:\n  c: 1\n  'c': 2\n")
    assert [(fault.code, fault.mark) for fault in faults] == [
        ("duplicate-key", (2, 1)),
        ("duplicate-key", (5, 3)),
    ]


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("a: &x b\n", "anchor", (1, 4)),
        ("a: &x\n  b: c\n", "anchor", (1, 4)),
        ("- &x [a]\n", "anchor", (1, 3)),
        ("a: b\nc: *x\n", "alias", (2, 4)),
        ("*x : b\n", "alias", (1, 1)),
        ("a: !!python/object/apply:os.system [ls]\n", "tag", (1, 4)),
        ("a: !!int 3\n", "tag", (1, 4)),
        ("a: !Hei kaikki\n", "tag", (1, 4)),
        ("a: ! b\n", "tag", (1, 4)),
        ("!!map\na: b\n", "tag", (1, 1)),
        ("a: b\n---\nc: d\n", "several-documents", (2, 1)),
        ("---\n---\na: b\n", "several-documents", (2, 1)),
        ("? [a, b]\n: c\n", "bad-key", (1, 3)),
        ("{a: b}: c\n", "bad-key", (1, 1)),
        ("a: {{ 7*7 }}\n", "bad-key", (1, 5)),
        ("~: c\n", "bad-key", (1, 1)),
        ("? \n: c\n", "bad-key", None),
        ("a: {fi: Haluaa tietää, mitä tapahtuu, en: b}\n", "stray-key", (1, 24)),
        ("a: {b}\n", "stray-key", (1, 5)),
    ],
)
def test_what_the_format_does_not_have_is_refused_where_it_stands(
    text: str, code: str, mark: tuple[int, int] | None
) -> None:
    fault = refusal(text)
    assert fault.code == code
    assert mark is None or fault.mark == mark
    assert fault.hint


def test_a_merge_key_merges_nothing() -> None:
    assert read("a:\n  <<: {b: c}\n") == {"a": {"<<": {"b": "c"}}}


@pytest.mark.parametrize(
    ("content", "code", "mark"),
    [
        (b"a: b\nc: d\xe4d\n", "encoding", (2, 5)),
        ("ää: b\n".encode() + b"c: \xff\n", "encoding", (2, 4)),
        (b"a: b\rc: \xff\n", "encoding", (2, 4)),
        (b"a: \xed\xa0\x80\n", "encoding", (1, 4)),
        ("a: b\n".encode("utf-16"), "encoding", (1, 1)),
        ("a: b\n".encode("utf-16-be"), "control-character", (1, 1)),
        (b"a: b\nc: \x00\n", "control-character", (2, 4)),
        ("ääkköset: 😀\nc: ää\x07\n".encode(), "control-character", (2, 6)),
        ("a: ääkköset ja \x1b[31m\n".encode(), "control-character", (1, 16)),
        ("a: ä\r\nb: ä\x07\r\n".encode(), "control-character", (2, 5)),
        ("a: \ufffe\n".encode(), "control-character", (1, 4)),
        (rb'a: "\ud800"', "not-yaml", (1, 7)),
    ],
)
def test_bytes_that_are_no_text_are_refused_where_they_stand(
    content: bytes, code: str, mark: tuple[int, int]
) -> None:
    fault = refusal(content)
    assert (fault.code, fault.mark) == (code, mark)
    assert fault.hint


# The slips of people who do not know YAML are explained without the words of a parser.

SLIPS = {
    "a colon in a text": ("summary: Yksi asia: toinen asia\n", (1, 19)),
    "a colon at the end": ("summary: Huomaa:\n", (1, 16)),
    "an unclosed quote": ('name: a\ntitle: "abc\npurpose: b\nlast: c\n', (2, 8)),
    "an unclosed quote before a text without": ('a: "b\nc: "d"\ne: f\n', (1, 4)),
    "an unclosed quote far above a sign": ('a: "b\nc: d\ne: f\ng: "%"\n', (1, 4)),
    "an unclosed quote that takes the next key along": ('a: "b\nc: "#d"\n', (1, 4)),
    "no space after a colon": ("a: b\nname:Aino\nc: d\n", (2, 5)),
    "no space after the first colon": ("name:Aino\nc: d\n", (1, 5)),
    "no space after a dash": ("a:\n  -b: c\n   d: e\n", (2, 3)),
    "no space after a later dash": ("a:\n  - b: c\n  -b: c\n", (3, 3)),
    "an item without its dash": ("a:\n    b: c\n  - b: d\n  - b: e\n", (2, 5)),
    "an item without its first line": ("a:\n    c: d\n    e: f\n  - b: c\n", (2, 5)),
    "a group without its first line": ("a:\n    c: d\n  e: f\n  g: h\n", (2, 5)),
    "a file without its first line": ("# a:\n  b: c\nd: e\nf: g\n", (2, 3)),
    "a list without its key": ("a: b\n  - c: d\n    e: f\n", (2, 3)),
    "a key out of line amid others": ("a:\n    b: c\n  d: e\n    f: g\n", (3, 3)),
    "an unclosed bracket": ("name: a\ntools: [b, c\n", (2, 8)),
    "an unclosed brace": ("name: a\ntitle: {fi: b\n", (2, 8)),
    "the wrong bracket": ("tools: [b}\n", (1, 10)),
    "a tab under a key": ("part:\n\twhy: b\n", (2, 1)),
    "a tab before an item": ("tools:\n\t- b\n", (2, 1)),
    "a tab after a text": ("a: b\n\tc: d\n", (2, 1)),
    "a tab in a text block": ("a: |\n\tb\n", (2, 1)),
    "an item on its key's line": ("tools: - b\n", (1, 8)),
    "an item out of line": ("tools:\n  - b\n - c\n", (3, 2)),
    "a key among items": ("- a\nb: c\n", (2, 1)),
    "an item among keys": ("a: b\n- c\n", (2, 1)),
    "a key out of line": ("a:\n  b: c\n d: e\n", (3, 2)),
    "an indented first line": ("  name: a\nrole: b\n", None),
    "a text beside a bar": ("a: | b\n", (1, 6)),
    "a text beside an arrow": ("a: > b\n", (1, 6)),
    "bold text": ("a: **tärkeä** asia\n", None),
    "a bullet": ("a: * asia\n", None),
    "an ampersand": ("a: & asia\n", None),
    "an at sign": ("a: @aino\n", (1, 4)),
    "a backtick": ("a: `aino`\n", (1, 4)),
    "a percent sign": ("a: %aino\n", (1, 4)),
    "a percent line": ("%aino\n", None),
    "a leading comma": ("a: , b\n", (1, 4)),
    "a lost bracket": ("a: ]\n", (1, 4)),
    "a lone question mark": ("a: ?\nb: c\n", (1, 4)),
    "an empty item in brackets": ("a: [1, , 2]\n", (1, 8)),
    "text after a quote": ('a: "x" y\n', (1, 8)),
    "an apostrophe in single quotes": ("a: 'it's'\n", (1, 8)),
    "a Windows path in double quotes": ('a: "C:\\docs"\n', None),
    "half a character code": ('a: "\\x4"\n', None),
    "text after the end of the file": ("a: b\n...\nc: d\n", None),
    "a version of the future": ("%YAML 3.0\n---\na: b\n", None),
}
PARSER_WORDS = re.compile(
    r"is not YAML|node|token|scalar|block|flow|stream|<|document start|indicator|directive|hexdecimal"
)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_explained_in_plain_words(slip: str) -> None:
    text, _ = SLIPS[slip]
    fault = refusal(text)
    assert not PARSER_WORDS.search(fault.message)
    assert fault.hint


@pytest.mark.parametrize("slip", [slip for slip, (_, mark) in SLIPS.items() if mark])
def test_a_slip_is_shown_where_it_was_made(slip: str) -> None:
    text, mark = SLIPS[slip]
    assert refusal(text).mark == mark


def test_an_item_that_lost_its_dash_is_one_fault_and_not_one_for_each_key() -> None:
    (fault,) = refusals("a:\n  - b: 1\n    c: 2\n    b: 3\n    c: 4\n")
    assert (fault.code, fault.mark) == ("duplicate-key", (4, 5))
    assert "write `- ` before it" in fault.hint
    assert len(refusals("a:\n  - b: 1\n    b: 2\n  - b: 1\n    b: 2\n")) == 2


@pytest.mark.parametrize(
    "text", ["name:Aino\nrole: b\n", "- name:Aino\n  role: b\n", "a:\n  -b: c\n   d: e\n"]
)
def test_a_missing_space_is_named_as_the_cause(text: str) -> None:
    assert "there is no space after this" in refusal(text).message


# What somebody may do to a line of the starter that has what this matches, and what becomes of it.
SLIPS_OF_A_LINE = {
    "no closing quote": (r'(.*: ".*)"', r"\1"),
    "a quote before the end": (r"(.*: )([^'\">|]\S*)( .*)", r'\1"\2"\3'),
    "an apostrophe in single quotes": (r"(.*: )([^'\">|]\S*)( .*)", r"\1'\2'\3'"),
    "a colon in a text": (r"(.*: )([^'\">|]\S*)( .*)", r"\1\2:\3"),
    "a tab": (r"(  +)(\S.*)", r"\t\2"),
    "no dash": (r"( *)- (.*)", r"\1  \2"),
}


@pytest.mark.parametrize("slip", SLIPS_OF_A_LINE)
def test_a_slip_in_any_line_of_the_starter_is_shown_in_that_line(slip: str) -> None:
    pattern, made = SLIPS_OF_A_LINE[slip]
    refused = 0
    for path in (shipped.TEMPLATES.parent / "company.yaml", shipped.TEMPLATES.parent / "metrics.yaml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        for n, line in enumerate(lines):
            if line.lstrip().startswith("#") or not (match := re.fullmatch(pattern, line)):
                continue
            try:
                parse("\n".join((*lines[:n], match.expand(made), *lines[n + 1 :])).encode())
            except Unreadable as error:
                refused += 1
                assert error.faults[0].mark.line == n + 1, f"{path.name}:{n + 1}: {error.faults}"
    assert refused > 10


# A bomb is refused before it goes off.


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[[", "[{", "!!seq ["])
def test_200_000_brackets_are_refused(opening: str) -> None:
    count = min(200_000, MAX_BYTES // len(opening))
    assert refusal(opening * count).code in {"too-deep", "bad-key", "tag"}


def test_nesting_is_refused_at_the_first_level_too_many() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    fault = refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert (fault.code, fault.mark) == ("too-deep", (1, MAX_DEPTH + 1))


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    laughs = 'a: &a ["lol", "lol", "lol"]\n'
    for one, two in zip("abcdefghi", "bcdefghij", strict=True):
        laughs += f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n"
    fault = refusal(laughs)
    assert (fault.code, fault.mark) == ("anchor", (1, 4))


def test_an_endless_alias_is_refused() -> None:
    assert refusal("&a [*a]\n").code == "anchor"


def test_a_list_is_refused_at_the_first_value_too_many() -> None:
    assert len(read("- a\n" * (MAX_NODES - 1)) or ()) == MAX_NODES - 1
    fault = refusal("- a\n" * (MAX_NODES + 5))
    assert (fault.code, fault.mark) == ("too-large", (MAX_NODES, 3))


def test_a_file_may_have_as_many_bytes_as_the_limit_says_and_no_more() -> None:
    start = b"key: "
    full = start + b"a" * (MAX_BYTES - len(start))
    data = parse(full)
    assert isinstance(data, YamlMap)
    assert len(str(data["key"])) == MAX_BYTES - len(start)
    assert refusal(full + b"a").code == "too-large"


def test_of_a_file_of_100_megabytes_only_the_start_is_read(tmp_path: Path) -> None:
    small(tmp_path)
    with (tmp_path / "hires" / "bomb.yaml").open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        files = load_files(tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (problem,) = files.problems
    assert (problem.path, problem.code) == ("hires/bomb.yaml", "too-large")
    assert peak < 30_000_000
    assert {source.path for source in files.sources} >= {"company.yaml", "hires/aino.yaml"}
