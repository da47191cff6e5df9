"""The schemas say what the models say, to a validator and to an editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml12
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from schema_files import (
    FIRST_LINE,
    KINDS,
    ODD,
    PLACES,
    SCHEMAS,
    VALIDATORS,
    changed_files,
    kind_of,
    model_accepts,
    schema_accepts,
    starter,
    valid_files,
    written,
)
from workspaces import HIRE, PERSONA, REPOSITORY, ROLE, contents, pitchgen, pitchgen_here, small

from pitchgen.schema import as_text

# They are there, and current.


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_at_the_top_are_those_of_the_models(name: str) -> None:
    current = (REPOSITORY / "schemas" / name).read_text(encoding="utf-8")
    assert current == as_text(SCHEMAS[name]), "run `.venv/bin/pitchgen schema`"


def test_there_is_a_schema_for_every_kind_of_file_and_no_other() -> None:
    assert {path.name for path in (REPOSITORY / "schemas").iterdir()} == {
        f"{kind}.schema.json"
        for kind in ("company", "journey", "metrics", "persona", "role", "manager", "hire")
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_json_schema_that_refers_to_nothing_outside(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert all(each.startswith("#/$defs/") for each in found(SCHEMAS[name], "$ref"))
    assert not found(SCHEMAS[name], "$id")
    assert set(found(SCHEMAS[name], "$ref")) >= {
        f"#/$defs/{each}" for each in SCHEMAS[name]["$defs"] if each.istitle()
    }


def found(value: Any, key: str) -> list[Any]:
    """Everything that stands under a key, anywhere."""
    if isinstance(value, list):
        return [each for item in value for each in found(item, key)]
    if not isinstance(value, dict):
        return []
    return [each for k, v in value.items() for each in ([v] if k == key else found(v, key))]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_has_a_title_and_a_description_for_people(name: str) -> None:
    groups = SCHEMAS[name]["$defs"]
    for key, about in (
        pair for properties in found(SCHEMAS[name], "properties") for pair in properties.items()
    ):
        if key in {"fi", "en", "sv"} or "minItems" in about:
            continue
        assert about["title"] == key.replace("_", " ").capitalize()
        described = about if "description" in about else groups[about["$ref"].removeprefix("#/$defs/")]
        assert described["description"].endswith((".", "…", ")", "'"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_choice_that_is_explained_is_explained_once(name: str) -> None:
    def explained(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield from [value] if "enumDescriptions" in value else []
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from explained(each)

    for choice in explained(SCHEMAS[name]):
        assert len(choice["enumDescriptions"]) == len(choice["enum"])


# The command, and a new workspace.


def test_schema_writes_into_the_workspace_and_lists_what_it_wrote(tmp_path: Path) -> None:
    root = small(tmp_path)
    result = pitchgen("schema", workspace=root / "roles")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [str(root / "schemas" / name) for name in SCHEMAS]
    assert {name: (root / "schemas" / name).read_text(encoding="utf-8") for name in SCHEMAS} == {
        name: as_text(schema) for name, schema in SCHEMAS.items()
    }


def test_schema_writes_where_it_is_told_without_a_workspace(tmp_path: Path) -> None:
    result = pitchgen("schema", "-o", "tänne", workspace=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [f"tänne/{name}" for name in SCHEMAS]
    assert set(contents(tmp_path)) == {f"tänne/{name}" for name in SCHEMAS}


def test_schema_needs_a_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    result = pitchgen_here(capsys, "schema", workspace=tmp_path)
    assert result.returncode == 2
    assert "there is no company.yaml" in result.stderr
    (tmp_path / "file").write_text("")
    result = pitchgen_here(capsys, "schema", "-o", str(tmp_path / "file"))
    assert result.returncode == 4
    assert str(tmp_path / "file") in result.stderr


@pytest.mark.parametrize("arguments", [(), ("--bare",), ("--bare", "--language", "sv")])
def test_every_file_of_a_new_workspace_names_its_schema(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert pitchgen("init", str(tmp_path), *arguments).returncode == 0
    files = list(tmp_path.rglob("*.yaml"))
    assert len(files) >= 3
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        schema = (path.parent / first.removeprefix(FIRST_LINE)).resolve()
        kind = kind_of(path.relative_to(tmp_path).as_posix())
        assert schema == tmp_path / "schemas" / KINDS[kind].schema
        assert schema.read_text(encoding="utf-8") == as_text(SCHEMAS[KINDS[kind].schema])


# The same files are right.


@pytest.mark.parametrize("name", starter())
def test_the_starter_is_right_by_its_schemas(name: str) -> None:
    VALIDATORS[kind_of(name)].validate(yaml12.read(starter()[name]))


@pytest.mark.parametrize("place", PLACES)
def test_the_models_and_the_schema_agree_on_whatever_stands_in_a_field(place: str) -> None:
    kind, file_with = PLACES[place]
    texts = [written(file_with(value)) for value in ODD]
    verdicts = {text: model_accepts(kind, text) for text in texts}
    assert verdicts == {text: schema_accepts(kind, text) for text in texts}
    assert False in verdicts.values()
    assert True in verdicts.values() or place == "unknown key"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_right_by_the_models_is_right_by_the_schema(kind: str) -> None:
    @settings(max_examples=50)
    @given(valid_files(kind))
    def judge(data: dict[str, Any]) -> None:
        text = written(data)
        assert model_accepts(kind, text)
        VALIDATORS[kind].validate(yaml12.read(text))

    judge()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_by_the_models_is_wrong_by_the_schema(kind: str) -> None:
    verdicts = set()

    @settings(max_examples=100)
    @given(changed_files(kind))
    def judge(data: dict[str, Any]) -> None:
        text = written(data)
        verdict = model_accepts(kind, text)
        assert schema_accepts(kind, text) is verdict, text
        verdicts.add(verdict)

    judge()
    assert verdicts == {True, False}


METRIC = "metrics:\n  - {id: a, name: b, kind: nps, latest: {value: 1}}\n"
DAYS = ROLE + "    first_days:\n      - {day: 1, text: b}\n"
# What a schema cannot say: the kind of file, what is right in it, and what is put in its place.
BEYOND = {
    "a day that is not in the calendar": (
        "hires",
        HIRE + "    starts_on: 2026-02-28\n",
        "2026-02-28",
        "2026-02-30",
    ),
    "a number of two meanings, without quotes": ("metrics", METRIC, "value: 1", "value: 1.234"),
    "a number as programs write it": ("metrics", METRIC, "value: 1", "value: 1e3"),
    "a number of more than 30 digits, without quotes": ("metrics", METRIC, "value: 1", f"value: 1{'0' * 30}"),
    "a whole number with a point": (
        "personas",
        PERSONA + "    priority: 1\n",
        "priority: 1",
        "priority: 1.0",
    ),
    "a number with needless zeros": ("roles", DAYS, "day: 1", "day: 00001"),
    "a day of work more than ten years on, in quotes": ("roles", DAYS, "day: 1", "day: '4000'"),
    "an address where no domain can be": (
        "hires",
        HIRE + "    email: aino@example.com\n",
        "@example",
        "@-example",
    ),
    "an id with a sign that is no letter": ("metrics", METRIC, "id: a", "id: ☂"),
    "an id with a plus": ("metrics", METRIC, "id: a", "id: +5"),
    "a key that stands twice": ("hires", HIRE, "role: asiantuntija", "role: a\n    role: b"),
    "an anchor": ("hires", HIRE, "role: asiantuntija", "role: &a asiantuntija"),
}
# What a schema refuses and pitchgen does not mind.
STRICTER = {
    "a text too long only by the white space around it": (
        "hires",
        HIRE,
        "name: Aino",
        f"name: 'Aino{' ' * 200}'  #",
    ),
    "a time that is a number without quotes": ("hires", HIRE + "    arrival: {time: 9:00}\n", "9:00", "9.30"),
    "a text that is Null": ("hires", HIRE, "name: Aino Virtanen", "name: Null"),
}


@pytest.mark.parametrize("what", BEYOND)
def test_what_a_schema_cannot_say_is_said_by_check(what: str) -> None:
    kind, right, before, after = BEYOND[what]
    right, wrong = dedent(right), dedent(right.replace(before, after))
    assert (model_accepts(kind, right), schema_accepts(kind, right)) == (True, True)
    assert (model_accepts(kind, wrong), schema_accepts(kind, wrong)) == (False, True)


@pytest.mark.parametrize("what", STRICTER)
def test_where_a_schema_is_stricter(what: str) -> None:
    kind, right, before, after = STRICTER[what]
    odd = dedent(right.replace(before, after))
    assert (model_accepts(kind, odd), schema_accepts(kind, odd)) == (True, False)
