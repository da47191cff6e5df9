"""Forms are made of models alone, and what is typed into them becomes edits of just that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich import RICH
from workspaces import SMALL, small, write_tree

from pitchgen.keep.answers import edits
from pitchgen.keep.choices import Choice, choices_of
from pitchgen.keep.edit import Edit, edited
from pitchgen.keep.field import Field, Input, Kind
from pitchgen.keep.forms import Around, form
from pitchgen.load.document import YamlMap, parse
from pitchgen.load.files import Source, load_files
from pitchgen.model.base import Model, fields_of, model_in
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.new.existing import Existing
from pitchgen.problems import Loc

LANGUAGES = ("fi", "en", "sv")
PERSONA = """\
    label: Varmistelija  # nimi
    summary: {fi: Haluaa tietää., en: Wants to know.}
    evidence: data
    recognize: Kysyy kahdesti.
    needs:
      - id: aika
        text: Milloin?
        conflicts_with: toinen/rauha
        assumed: yes
"""


def forms(root: Path) -> Iterator[tuple[Source, Around]]:
    sources = load_files(root).sources
    around = Around(LANGUAGES, choices_of(sources, *LANGUAGES))
    yield from ((source, around) for source in sources)


def source_of(root: Path, path: str) -> tuple[Source, Around]:
    return next(each for each in forms(root) if each[0].path == path)


@pytest.fixture
def persona(tmp_path: Path) -> tuple[Source, Around]:
    return source_of(small(tmp_path, {"personas/varmistelija.yaml": PERSONA}), "personas/varmistelija.yaml")


def fields(field: Field) -> Iterator[Field]:
    yield field
    for inner in field.fields:
        yield from fields(inner)


def at(whole: Field, *loc: str | int) -> Field:
    return next(each for each in fields(whole) if each.loc == loc)


def inputs(whole: Field) -> Mapping[str, Input]:
    return {each.name: each for field in fields(whole) for each in field.inputs}


def after(source: Source, around: Around, typed: Mapping[str, str], loc: Loc = ()) -> Source:
    """The file as it is once this was typed into its form."""
    answers = edits(form(source, around, loc, typed=typed))
    text = edited(source.text.encode(), answers, source.kind.model, around.languages).decode()
    data = parse(text.encode())
    assert isinstance(data, YamlMap)
    return replace(source, text=text, data=data)


def written(source: Source, around: Around, typed: Mapping[str, str], loc: Loc = ()) -> str:
    return after(source, around, typed, loc).text


def models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for field in fields_of(model).values():
        if inner := model_in(field.annotation):
            yield from models(inner)


def test_a_form_as_it_is_changes_nothing(tmp_path: Path) -> None:
    for source, around in forms(write_tree(tmp_path, RICH)):
        whole = form(source, around)
        typed = {each.name: each.text.replace("\n", "\r\n") + " " for each in inputs(whole).values()}
        assert edits(form(source, around, typed=typed)) == (), source.path


def test_whatever_is_typed_into_one_input_is_there_afterwards(tmp_path: Path) -> None:
    for source, around in forms(write_tree(tmp_path, RICH)):
        whole = form(source, around)
        was = {name: each.text for name, each in inputs(whole).items()}
        for field in fields(whole):
            if field.kind is Kind.ID and field.inputs[0].was:
                continue
            # One language is as good as another.
            for each in field.inputs[:: len(LANGUAGES)]:
                text = "true" if field.kind is Kind.YES_NO else "# uusi: 'x'"
                changed = after(source, around, {each.name: text})
                shown = inputs(form(changed, around))
                assert shown[each.name].text == text, (source.path, each.name)
                # Of all that the file had, nothing else is another.
                others = {name: said for name, said in was.items() if name != each.name}
                assert others.items() <= {name: now.text for name, now in shown.items()}.items()


def test_whatever_is_emptied_is_gone(tmp_path: Path) -> None:
    for source, around in forms(write_tree(tmp_path, RICH)):
        whole = form(source, around)
        for field in list(fields(whole))[::2]:
            if field.kind in (Kind.ID, Kind.YES_NO) or not any(each.was for each in field.inputs):
                continue
            changed = after(source, around, {each.name: " " for each in field.inputs})
            assert len(changed.text) < len(source.text)


def test_every_field_of_every_model_has_a_kind(tmp_path: Path) -> None:
    others = {
        (source.kind.noun, field.key)
        for source, around in forms(write_tree(tmp_path, RICH))
        for field in fields(form(source, around))
        if field.kind is Kind.OTHER
    }
    of_origins = {("metrics", key) for key in ("columns", "filter", "leave_out", "counts")}
    of_company = {("company", key) for key in ("avoid_words", "customer", "severities")}
    assert others == of_company | of_origins


def test_no_is_what_nobody_says() -> None:
    # So that a tick that is taken away is a line less.
    asked = [
        field for kind in FILE_KINDS for model in models(kind.model) for field in fields_of(model).values()
    ]
    assert {field.default for field in asked if field.annotation is bool} == {False}


def test_fields_are_called_and_explained_as_the_model_does(persona: tuple[Source, Around]) -> None:
    whole = form(*persona)
    label, feels = at(whole, "label"), at(whole, "moments", 0, "feels")
    assert (whole.label, label.label, label.kind, label.required) == ("Persona", "Label", Kind.TEXT, True)
    assert label.help == "What we call this persona: 'Double-Checker'."
    assert at(whole, "as_a_person").label == "As a person"
    assert (feels.kind, [each.value for each in feels.choices]) == (Kind.FEELING, ["-2", "-1", "0", "1", "2"])
    level = at(whole, "evidence", "level")
    assert (level.kind, level.inputs[0].text) == (Kind.CHOICE, "data")
    assert level.choices[0] == Choice("assumption", "assumption", "We suppose so.")
    assert [each.key for each in whole.fields][:3] == ["label", "summary", "priority"]
    assert at(whole, "needs", 0, "assumed").inputs[0].text == "true"


def test_languages_stand_side_by_side(persona: tuple[Source, Around]) -> None:
    summary = at(form(*persona), "summary")
    assert [(each.name, each.language, each.text) for each in summary.inputs] == [
        ("summary:fi", "fi", "Haluaa tietää."),
        ("summary:en", "en", "Wants to know."),
        ("summary:sv", "sv", ""),
    ]


def test_what_is_named_is_chosen_by_what_people_call_it(
    persona: tuple[Source, Around], tmp_path: Path
) -> None:
    role, around = source_of(tmp_path, "roles/asiantuntija.yaml")
    served = at(form(role, around), "serves", "personas", 0)
    assert (served.kind, served.choices) == (Kind.REFERENCE, (Choice("varmistelija", "Varmistelija"),))
    assert around.choices["need"] == (Choice("varmistelija/aika", "Milloin?"),)
    stranger = at(form(*persona), "needs", 0, "conflicts_with", 0)
    assert stranger.choices[-1] == Choice("toinen/rauha", "toinen/rauha")


def test_a_plain_text_stays_plain_until_another_language_is_said(persona: tuple[Source, Around]) -> None:
    assert "label: Toinen  # nimi\n" in written(*persona, {"label:fi": "Toinen"})
    two = written(*persona, {"label:sv": "Den andra"})
    assert two.startswith("label:  # nimi\n  fi: Varmistelija\n  sv: Den andra\nsummary:")
    assert "summary: {en: Wants to know., sv: Vill veta.}" in written(
        *persona, {"summary:fi": "", "summary:sv": "Vill veta."}
    )
    assert "quote:\n  en: Quite\n" in written(*persona, {"quote:en": "Quite"})


def test_only_one_language_needs_no_line_of_its_own(persona: tuple[Source, Around]) -> None:
    source, around = persona
    assert "quote: Niin\n" in written(source, replace(around, languages=("fi",)), {"quote:fi": "Niin"})


def test_items_are_added_and_taken_away(persona: tuple[Source, Around]) -> None:
    source, around = persona
    # The second of the new ones was left empty.
    typed = {
        "needs[1].id": "rauha",
        "needs[1].text:fi": "Rauha\r\nja hiljaisuus",
        "needs[2].id": "",
        "needs[3].id": "kahvi",
        "needs[3].plays.say[0]:en": "Coffee?",
        "needs[3].plays.say[5]:en": "Milk?",
        "needs[4].id": "ei",
        "needs[4]-remove": "x",
        "recognize[0]-remove": "x",
        "recognize[1]:fi": "Soittaa.",
    }
    changed = after(source, around, typed)
    assert "recognize:\n  - fi: Soittaa.\n" in changed.text
    needs: Any = changed.data["needs"]
    assert needs[1:] == [
        {"id": "rauha", "text": {"fi": "Rauha\nja hiljaisuus"}},
        {"id": "kahvi", "plays": {"say": [{"en": "Coffee?"}, {"en": "Milk?"}]}},
    ]
    assert edits(form(source, around, typed={"needs[0]-remove": "x"})) == (Edit(("needs", 0), None),)
    assert "needs" not in written(source, around, {"needs[0]-remove": "x"})


def test_what_was_typed_is_shown_until_it_is_saved(persona: tuple[Source, Around]) -> None:
    whole = form(*persona, typed={"label:fi": "Toinen", "needs[7].text:fi": "Uusi"})
    assert (inputs(whole)["label:fi"].text, inputs(whole)["label:fi"].was) == ("Toinen", "Varmistelija")
    assert [each.name for each in at(whole, "needs").fields] == ["needs[0]", "needs[7]", "needs[8]"]
    assert [each.is_new for each in at(whole, "needs").fields] == [False, True, True]


def test_a_tick_that_is_taken_away_is_a_line_less(persona: tuple[Source, Around]) -> None:
    assert "assumed" not in written(*persona, {"needs[0].assumed": "false"})
    assert "example: true\n" in written(*persona, {"example": "true"})


def test_only_renaming_changes_an_id(persona: tuple[Source, Around]) -> None:
    assert edits(form(*persona, typed={"needs[0].id": "toinen", "id": "muu"})) == ()


def test_an_item_of_a_file_has_a_form_of_its_own(tmp_path: Path) -> None:
    journey = """\
        phases: [{id: arki, name: Arki}]
        touchpoints:
          - id: puhelu
            name: Puhelu
            phase: arki
          - id: kirje
            name: Kirje  # kortti
            phase: arki
    """
    source, around = source_of(small(tmp_path, {"journey.yaml": journey}), "journey.yaml")
    whole = form(source, around, ("touchpoints", 1))
    assert (whole.label, whole.kind, whole.name) == ("Touchpoint", Kind.GROUP, "touchpoints[1]")
    assert at(whole, "touchpoints", 1, "phase").choices == (Choice("arki", "Arki"),)
    typed = {"touchpoints[1].name:fi": "Postikortti", "touchpoints[0].name:fi": "Ei tämä"}
    assert written(source, around, typed, ("touchpoints", 1)) == source.text.replace("Kirje", "Postikortti")


def test_when_something_happens_is_said_for_all_languages_at_once(tmp_path: Path) -> None:
    manager = {"managers/mari.yaml": "name: Mari\ncommitments: Autan.\n"}
    source, around = source_of(small(tmp_path, manager), "managers/mari.yaml")
    assert written(source, around, {"commitments[0].when:fi": "day 30"}) == (
        "name: Mari\ncommitments:\n  text: Autan.\n  when: day 30\n"
    )


def test_a_manager_is_chosen_or_described(tmp_path: Path) -> None:
    root = small(tmp_path, {"managers/mari.yaml": "name: Mari\n", "hires/eka.yaml": SMALL["hires/aino.yaml"]})
    write_tree(root, {"hires/eka.yaml": SMALL["hires/aino.yaml"] + "    manager: {name: Matti}\n"})
    chosen = at(form(*source_of(root, "hires/aino.yaml")), "manager")
    assert (chosen.kind, chosen.choices) == (Kind.REFERENCE, (Choice("mari", "Mari"),))
    described = at(form(*source_of(root, "hires/eka.yaml")), "manager")
    assert (described.kind, at(described, "manager", "name").inputs[0].text) == (Kind.GROUP, "Matti")


def test_each_problem_is_with_its_field(tmp_path: Path) -> None:
    wrong = {
        "personas/varmistelija.yaml": """\
            summary: x
            priority: 7
            needs:
              - id: a
                text: {fi: x, xx: y}
            moments:
              - touchpoint: puhelu
            hattu: x
            """
    }
    root = small(tmp_path, wrong)
    source, around = source_of(root, "personas/varmistelija.yaml")
    whole = form(source, around, problems=Existing.read(root).problems)
    told = {field.loc: [each.code for each in field.problems] for field in fields(whole) if field.problems}
    assert told[("priority",)] == ["invalid-value"]
    assert ("needs", 0, "text") in told
    assert told[("label",)] == ["missing-field"]
    assert told[()] == ["unknown-key"]


def test_nothing_personal_is_in_a_traceback(tmp_path: Path) -> None:
    source, around = source_of(small(tmp_path), "hires/aino.yaml")
    assert "Virtanen" not in repr(form(source, around))
