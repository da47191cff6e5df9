"""What may stand at a place of a file is known wherever something stands, and where nothing does yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from rich import RICH
from workspaces import write_tree

from pitchgen.keep.choices import Choice, choices_of
from pitchgen.keep.field import Kind
from pitchgen.keep.forms import Around
from pitchgen.keep.hints import hints
from pitchgen.load.document import Value, YamlList, YamlMap
from pitchgen.load.files import Source, load_files
from pitchgen.model.file_kind import kind_of_path
from pitchgen.problems import Loc
from pitchgen.rules import RULES
from pitchgen.web.place import loc_of

LANGUAGES = ("fi", "en", "sv")
CHOICES = {
    "persona": (Choice("varmistelija", "Varmistelija"),),
    "manager": (Choice("priya", "Priya Raman"),),
    "touchpoint": (Choice("soitto", "Soitto"),),
}
AROUND = Around(LANGUAGES, CHOICES)


def groups(value: Value, loc: Loc = ()) -> Iterator[tuple[Loc, YamlMap]]:
    if isinstance(value, YamlMap):
        yield loc, value
        for key, each in value.items():
            yield from groups(each, (*loc, key))
    elif isinstance(value, YamlList):
        for n, each in enumerate(value):
            yield from groups(each, (*loc, n))


def test_every_key_that_a_file_can_have_is_among_those_of_its_place(tmp_path: Path) -> None:
    sources = load_files(write_tree(tmp_path, RICH)).sources
    around = Around(LANGUAGES, choices_of(sources, *LANGUAGES))
    places = [(source, *group) for source in sources for group in groups(source.data)]
    assert len(places) > 150
    for source, loc, group in places:
        found = hints(source.kind, around, loc)
        assert found, (source.path, loc)
        if loc[:-1] == ("terms", "customer"):
            # The forms of a word, which its language names.
            continue
        if loc[-1:] and loc[-1] in ("columns", "filter", "leave_out", "counts"):
            # What an export is made of, which no file of the workspace tells.
            continue
        offered = {each.key for each in found.keys} | {each.value for each in found.names}
        assert group.keys() - {"id"} <= offered, (source.path, loc)


def test_every_choice_of_a_file_is_among_those_of_its_place(tmp_path: Path) -> None:
    sources = load_files(write_tree(tmp_path, RICH)).sources
    around = Around(LANGUAGES, choices_of(sources, *LANGUAGES))
    chosen = [*(each for source in sources for each in values(source))]
    judged = 0
    for source, loc, value in chosen:
        found = hints(source.kind, around, loc)
        if found and found.choices and found.field.kind is not Kind.GROUP:
            judged += 1
            assert value in {each.value for each in found.choices}, (source.path, loc)
    assert judged > 30


def values(source: Source) -> Iterator[tuple[Source, Loc, str]]:
    for loc, group in groups(source.data):
        for key, value in group.items():
            several: Mapping[Loc, Value] = {(key,): value}
            if isinstance(value, YamlList):
                several = {(key, n): each for n, each in enumerate(value)}
            yield from (
                (source, (*loc, *end), each) for end, each in several.items() if isinstance(each, str)
            )


@pytest.mark.parametrize(
    ("path", "at", "offered"),
    [
        ("personas/a.yaml", "priority", ["1", "2", "3"]),
        ("personas/a.yaml", "evidence", ["assumption", "interviews", "data"]),
        ("personas/a.yaml", "example", ["true", "false"]),
        ("personas/a.yaml", "skips", ["soitto"]),
        ("personas/a.yaml", "skips[3]", ["soitto"]),
        ("personas/a.yaml", "moments[0].feels", ["-2", "-1", "0", "1", "2"]),
        ("roles/a.yaml", "serves.personas[0]", ["varmistelija"]),
        ("hires/a.yaml", "manager", ["priya"]),
        ("hires/a.yaml", "language", ["fi", "en", "sv"]),
        ("hires/a.yaml", "name", []),
        ("company.yaml", "checks.severities.speaking-time", ["error", "warning", "note", "off"]),
    ],
)
def test_what_can_be_chosen_is_offered(path: str, at: str, offered: list[str]) -> None:
    kind = kind_of_path(path)
    assert kind
    found = hints(kind, AROUND, loc_of(at))
    assert found
    assert [each.value for each in found.choices] == offered


def test_the_keys_of_a_map_are_those_that_mean_something() -> None:
    kind = kind_of_path("company.yaml")
    assert kind
    found = {at: hints(kind, AROUND, loc_of(at)) for at in ("checks.severities", "brand.avoid_words")}
    severities, words = found.values()
    assert severities
    assert {each.value for each in severities.names} == RULES.keys()
    assert words
    assert [each.value for each in words.names] == [*LANGUAGES]


def test_of_what_may_be_a_group_or_named_both_are_known() -> None:
    kind = kind_of_path("hires/a.yaml")
    assert kind
    found = hints(kind, AROUND, ("manager",))
    assert found
    assert {"name", "phone"} <= {each.key for each in found.keys}


@pytest.mark.parametrize(
    "at", ["nothing", "label.fi.x", "label[0]", "needs[0][1]", "needs.x.y", "[0]", "priority.x"]
)
def test_where_nothing_may_stand_nothing_is_known(at: str) -> None:
    kind = kind_of_path("personas/a.yaml")
    assert kind
    assert hints(kind, AROUND, loc_of(at)) is None
