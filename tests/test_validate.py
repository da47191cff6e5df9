"""Files against their models: what does not belong is refused in words for a person, the rest is kept."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from textwrap import dedent
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from workspaces import COMPANY, HIRE, PERSONA, ROLE

from pitchgen.load.document import YamlMap, parse
from pitchgen.load.files import Source
from pitchgen.model.company import Company
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.model.hire import Hire, Manager
from pitchgen.problems import Problem
from pitchgen.workspace.validate import explain, read_model

LANGUAGES = ("fi", "en", "sv")
KINDS = {kind.name: kind for kind in FILE_KINDS}


def source(kind: str, text: str, stem: str = "x") -> Source:
    text = dedent(text)
    data = parse(text.encode())
    assert isinstance(data, YamlMap)
    return Source(f"{kind}/{stem}.yaml", text, data, KINDS[kind])


def problems_in(kind: str, text: str, stem: str = "x") -> list[Problem]:
    file = source(kind, text, stem)
    try:
        read_model(file, LANGUAGES)
    except ValidationError as error:
        return explain(file, error, KINDS[kind].model)
    return []


def problem_in(kind: str, text: str, stem: str = "x") -> Problem:
    (problem,) = problems_in(kind, text, stem)
    return problem


def said(problem: Problem) -> str:
    return f"{problem.line}:{problem.column} {problem.code}: {problem.message}"


def hire(text: str) -> Hire:
    model = read_model(source("hires", text, "aino"), LANGUAGES)
    assert isinstance(model, Hire)
    return model


def company(text: str = "") -> Company:
    model = read_model(source("company", COMPANY + text), LANGUAGES)
    assert isinstance(model, Company)
    return model


def metric(lines: str) -> str:
    return "metrics:\n  - id: nps\n    name: NPS\n    kind: nps\n" + lines


# Strict: what does not belong is refused, with the place and a way out.

REFUSED = {
    "unknown key": (
        "hires",
        "name: A\nrole: b\nstart_on: 2026-12-01\n",
        "3:1 unknown-key: 'start_on' is not a key that belongs here",
        "did you mean 'starts_on'?",
    ),
    "unknown key far from all": (
        "managers",
        "name: A\nzzz: b\n",
        "2:1 unknown-key: 'zzz' is not a key that belongs here",
        "the keys here are: id, name, title, email, phone, arrival, commitments, example",
    ),
    "unknown key without a value": (
        "hires",
        "name: A\nrole: b\nzzzz:\n",
        "3:1 unknown-key: 'zzzz' is not a key that belongs here",
        None,
    ),
    "unknown key that a program uses itself": (
        "hires",
        "name: A\nrole: b\nmap: c\n",
        "3:1 unknown-key: 'map' is not a key that belongs here",
        None,
    ),
    "unknown key in a list": (
        "metrics",
        metric("    knid: b\n"),
        "5:5 unknown-key: 'knid' is not a key that belongs here",
        "did you mean 'kind'?",
    ),
    "unknown key in a hire's manager": (
        "hires",
        "name: A\nrole: b\nmanager:\n  name: C\n  titel: D\n",
        "5:3 unknown-key: 'titel' is not a key that belongs here",
        "did you mean 'title'?",
    ),
    "Python's name of a key": (
        "company",
        COMPANY + "    rewards:\n      - {id: a, kind: time, text: b, for_: [c]}\n",
        "11:34 unknown-key: 'for_' is not a key that belongs here",
        "did you mean 'for'?",
    ),
    "missing field": (
        "hires",
        "name: A\n",
        "1:1 missing-field: 'role' is missing",
        "The newcomer's role, by its id or its title.",
    ),
    "missing field of a group": (
        "roles",
        "title: A\npurpose: B\npart:\n  why: C\nserves:\n  personas: [d]\n",
        "4:3 missing-field: 'how' is missing",
        None,
    ),
    "missing field of an item": (
        "metrics",
        "metrics:\n  - id: a\n    kind: nps\n",
        "2:5 missing-field: 'name' is missing",
        None,
    ),
    "field left empty": (
        "roles",
        "title: A\npurpose: B\npart:\nserves:\n  personas: [d]\n",
        "3:6 missing-field: 'part' is empty",
        None,
    ),
    "empty text": (
        "hires",
        'name: "  "\nrole: b\n',
        "1:7 invalid-value: must not be empty",
        "write a text, or remove the line",
    ),
    "group where a list belongs": (
        "metrics",
        "metrics:\n  id: a\n",
        "2:3 wrong-type: must be a list, not a group of keys",
        None,
    ),
    "list where a group belongs": (
        "roles",
        "title: A\npurpose: B\npart:\n  - C\nserves:\n  personas: [d]\n",
        "4:3 wrong-type: must be a group of `key: value` lines, not a list",
        None,
    ),
    "text where a group belongs": (
        "company",
        COMPANY + "    brand: sininen\n",
        "10:8 wrong-type: must be a group of `key: value` lines, not a text",
        None,
    ),
    "texts where groups belong": (
        "metrics",
        "metrics:\n  - nps\n",
        "2:5 wrong-type: must be a group of `key: value` lines, not a text",
        None,
    ),
    "list where a text belongs": (
        "hires",
        "name: [A]\nrole: b\n",
        "1:7 invalid-value: must be a text, not a list",
        None,
    ),
    "group where a name belongs": (
        "hires",
        "name:\n  fi: A\nrole: b\n",
        "2:3 invalid-value: must be a text, not a group of keys",
        None,
    ),
    "nothing in a list": (
        "roles",
        ROLE + "    tools:\n      - vasara\n      -\n",
        "10:4 invalid-value: must be a text, not nothing",
        None,
    ),
    "not a choice": (
        "metrics",
        "metrics:\n  - {id: a, name: b, kind: NPS}\n",
        "2:28 invalid-value: must be nps, csat, ces, average_billing, customer_tenure, retention, "
        "revenue_retention, clv, enps, "
        "count, ratio, money or duration, not 'NPS'",
        None,
    ),
    "nearly a choice": (
        "company",
        COMPANY + "    brand:\n      tone: informel\n",
        "11:9 invalid-value: must be informal or formal, not 'informel'",
        "did you mean 'informal'?",
    ),
    "a list instead of a choice": (
        "company",
        COMPANY + "    brand:\n      tone: [formal]\n",
        "11:9 invalid-value: must be informal or formal, not a list",
        None,
    ),
    "another version": (
        "company",
        COMPANY.replace("schema_version: 1", "schema_version: 2"),
        "1:17 invalid-value: must be 1, not '2'",
        None,
    ),
    "maybe": (
        "personas",
        PERSONA + "    needs:\n      - {id: a, text: b, assumed: maybe}\n",
        "4:31 invalid-value: must be true or false",
        None,
    ),
    "a date with slashes": (
        "hires",
        HIRE + "    starts_on: 1/12/2026\n",
        "3:12 invalid-value: '1/12/2026' can be read as two different days, because of its slashes",
        "write 2026-12-01 or 1.12.2026",
    ),
    "no country": (
        "company",
        COMPANY + "    country: suomi\n",
        "10:10 invalid-value: must be the two letters of a country, such as FI, not 'suomi'",
        "did you mean FI?",
    ),
    "a day that is not": (
        "hires",
        HIRE + "    starts_on: 2026-02-30\n",
        "3:12 invalid-value: '2026-02-30' is not a day of the calendar: February 2026 has 28 days",
        None,
    ),
    "a moment instead of a day": (
        "hires",
        HIRE + "    starts_on: 2026-12-01T08:00\n",
        "3:12 invalid-value: must be a date like 2026-12-01 or 1.12.2026, not '2026-12-01T08:00'",
        None,
    ),
    "when with a date that is not": (
        "managers",
        "name: A\ncommitments:\n  - {text: b, when: 2026-13-01}\n",
        "3:21 invalid-value: '2026-13-01' is not a day of the calendar: a year has 12 months; the month "
        "stands in the middle",
        None,
    ),
    "day zero": (
        "roles",
        ROLE + "    first_days:\n      - {day: 0, text: b}\n",
        "9:11 invalid-value: must be a day like 1, 30 or -7, not '0'",
        "day 1 is the first day of work, day -1 the day before; there is no day 0",
    ),
    "a day in words": (
        "roles",
        ROLE + "    first_days:\n      - {day: maanantai, text: b}\n",
        "9:11 invalid-value: must be a day like 1, 30 or -7, not 'maanantai'",
        None,
    ),
    "a number with its unit": (
        "metrics",
        metric("    latest:\n      value: 5 %\n"),
        "6:14 invalid-value: must be a number like 42 or 12.5, not '5 %'",
        "write only the number; a unit such as % or € goes under `unit`",
    ),
    "a number of two meanings": (
        "metrics",
        metric("    target:\n      value: 1,234\n"),
        "6:14 invalid-value: '1,234' can be read as two different numbers",
        "write 1234 for thousands, or 1,2340 for decimals",
    ),
    "a number of two meanings that ends in zeros": (
        "metrics",
        metric("    target:\n      value: 3,600\n"),
        "6:14 invalid-value: '3,600' can be read as two different numbers",
        "write 3600 for thousands, or 3,6 for decimals",
    ),
    "a time instead of a number": (
        "metrics",
        metric("    target:\n      value: 12:30\n"),
        "6:14 invalid-value: must be a number like 42 or 12.5, not '12:30'",
        None,
    ),
    "a feeling too strong": (
        "personas",
        PERSONA + "    moments:\n      - {touchpoint: a, feels: 3}\n",
        "4:28 invalid-value: must be a whole number from -2 to 2, not '3'",
        None,
    ),
    "a colour in words": (
        "company",
        COMPANY + "    brand:\n      color: turkoosi\n",
        "11:10 invalid-value: must be a colour like '#0B4F5C'",
        None,
    ),
    "a colour without quotes": (
        "company",
        COMPANY + "    brand:\n      color: #0B4F5C\n",
        "11:9 invalid-value: must be a colour like '#0B4F5C'",
        "put it in quotes: without them, YAML takes what follows # for a comment",
    ),
    "an id with a space": (
        "metrics",
        "metrics:\n  - {id: oma nps, name: b, kind: nps}\n",
        "2:10 invalid-value: 'oma nps' cannot be an id",
        "use letters, digits, hyphens and underscores, and begin with a letter or digit",
    ),
    "an id that climbs": (
        "roles",
        ROLE + "    id: ../../etc/passwd\n",
        "8:5 invalid-value: '../../etc/passwd' cannot be an id",
        None,
    ),
    "a role that serves nobody": (
        "roles",
        "title: A\npurpose: B\npart: {why: C, how: D}\nserves: {}\n",
        "4:9 invalid-value: names nobody",
        "list `personas` the role meets, or `roles` whose work it helps",
    ),
    "no languages": (
        "company",
        COMPANY.replace("[fi, en, sv]", "[]"),
        "4:12 invalid-value: must have at least one item",
        None,
    ),
    "a language of the text that the company has not": (
        "personas",
        "label: A\nsummary:\n  fi: B\n  de: C\n",
        "4:3 undeclared-language: 'de' is not one of the company's languages (fi, en, sv)",
        None,
    ),
    "a translation that is empty": (
        "personas",
        "label: A\nsummary:\n  fi: B\n  en: ''\n",
        "4:7 invalid-value: must not be empty",
        None,
    ),
    "a translation that is a list": (
        "personas",
        "label: A\nsummary:\n  fi: [B]\n",
        "3:7 invalid-value: must be a text, not a list",
        None,
    ),
    "no translation at all": (
        "personas",
        "label: A\nsummary:\n  fi:\n  en:\n",
        "3:3 invalid-value: must not be empty",
        None,
    ),
    "a name too long": (
        "hires",
        f"name: {'x' * 10_000}\nrole: b\n",
        "1:7 invalid-value: is 10,000 characters long; at most 200 fit",
        None,
    ),
    "a text too long": (
        "personas",
        f"label: A\nsummary: {'x' * 20_001}\n",
        "2:10 invalid-value: is 20,001 characters long; at most 20,000 fit",
        None,
    ),
    "a character that is no text": (
        "hires",
        'name: "A\\0B"\nrole: b\n',
        "1:7 invalid-value: holds a character that is not text (U+0000)",
        None,
    ),
    "a list as manager": (
        "hires",
        HIRE + "    manager: [a]\n",
        "3:10 invalid-value: must be a text, not a list",
        None,
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_mistake_is_told_with_its_place_and_a_way_out(mistake: str) -> None:
    kind, text, expected, hint = REFUSED[mistake]
    problem = problem_in(kind, text)
    assert said(problem) == expected
    assert hint is None or problem.hint == hint


@pytest.mark.parametrize(
    ("kind", "begins", "short", "long"),
    [
        ("roles", ROLE, "tools: vasara", "tools: [vasara]"),
        ("roles", ROLE, "tools: {fi: vasara, sv: hammare}", "tools: [{fi: vasara, sv: hammare}]"),
        ("roles", ROLE, "owns: soitto", "owns: [soitto]"),
        ("roles", ROLE, "goals: Soitat ensin", "goals: [{text: Soitat ensin}]"),
        ("roles", ROLE, "goals: [Soitat, {text: Kysyt}]", "goals: [{text: Soitat}, {text: Kysyt}]"),
        (
            "roles",
            ROLE,
            "goals: [{fi: Soitat, sv: Du ringer}]",
            "goals: [{text: {fi: Soitat, sv: Du ringer}}]",
        ),
        ("company", COMPANY, "story: {fi: Olipa, sv: Det var}", "story: {summary: {fi: Olipa, sv: Det var}}"),
        ("company", COMPANY, "commitments: Syömme yhdessä", "commitments: [{text: Syömme yhdessä}]"),
        ("company", COMPANY, "brand: {avoid_words: {fi: kom*}}", "brand: {avoid_words: {fi: [kom*]}}"),
        (
            *("company", COMPANY, "brand: {avoid_words: [kom*]}"),
            "brand: {avoid_words: {fi: [kom*], en: [kom*], sv: [kom*]}}",
        ),
        (
            *("metrics", "metrics:\n", "  - {id: a, name: A, kind: nps, target: 90, latest: 42.5}"),
            "  - {id: a, name: A, kind: nps, target: {value: 90}, latest: {value: 42.5}}",
        ),
        ("personas", PERSONA, "evidence: interviews", "evidence: {level: interviews}"),
    ],
)
def test_what_there_is_one_of_may_be_written_as_it_is(kind: str, begins: str, short: str, long: str) -> None:
    one, several = (
        read_model(source(kind, dedent(begins) + written + "\n"), LANGUAGES) for written in (short, long)
    )
    assert repr(one) == repr(several)


def test_a_mistake_in_what_was_written_as_one_is_told_at_its_place() -> None:
    problem = problem_in("roles", ROLE + "    tools: {fi: vasara, et: haamer}\n")
    assert (problem.line, problem.column, problem.where) == (8, 21, "tools[0].et")
    problem = problem_in("personas", PERSONA + "    evidence: intervews\n")
    assert said(problem).endswith("must be assumption, interviews or data, not 'intervews'")
    assert problem.hint == "did you mean 'interviews'?"
    problem = problem_in("metrics", "metrics:\n  - {id: a, name: A, kind: nps, target: monta}\n")
    assert said(problem) == "2:41 invalid-value: must be a number like 42 or 12.5, not 'monta'"


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    problems = problems_in("hires", "nmae: A\nstarts_on: soon\ncalled: [b]\nmanager: {email: [b]}\n")
    assert sorted((p.where, p.code) for p in problems) == [
        ("called", "invalid-value"),
        ("manager.email", "invalid-value"),
        ("manager.name", "missing-field"),
        ("name", "missing-field"),
        ("nmae", "unknown-key"),
        ("role", "missing-field"),
        ("starts_on", "invalid-value"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("hires", HIRE + "    manager: [a]\n", "manager"),
        ("hires", HIRE + "    manager: '  '\n", "manager"),
        ("hires", HIRE + "    manager: {id: '-', name: A}\n", "manager.id"),
        ("hires", HIRE + "    goals:\n      - {text: a, due: b}\n", "goals[0].due"),
        ("personas", "label: A\nsummary: {de: b}\n", "summary.de"),
        ("company", COMPANY + "    brand: {avoid_words: {id: [a, '']}}\n", "brand.avoid_words.id[1]"),
    ],
)
def test_a_problem_names_its_keys_as_they_were_typed(kind: str, text: str, where: str) -> None:
    assert problem_in(kind, text).where == where


def test_a_file_whose_name_cannot_be_an_id_is_told_to_be_renamed() -> None:
    problem = problem_in("hires", HIRE, "Aino Virtanen")
    assert "'Aino Virtanen'" in problem.message
    assert "file" in problem.message + problem.hint


@pytest.mark.parametrize("language", ["suomi", "FI", "fi_FI", "f"])
def test_a_language_is_a_code(language: str) -> None:
    text = COMPANY.replace("[fi, en, sv]", f"[fi, {language}]")
    problem = problem_in("company", text)
    assert (problem.code, problem.line) == ("invalid-value", 4)
    assert language in problem.message


def test_a_wrong_value_of_many_characters_is_not_repeated_in_full() -> None:
    problem = problem_in("metrics", f"metrics:\n  - {{id: a, name: b, kind: {'n' * 10_000}}}\n")
    assert len(problem.message) < 300


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("company", COMPANY),
        ("personas", PERSONA),
        ("roles", ROLE),
        ("hires", HIRE),
        ("managers", "name: A\n"),
        ("metrics", metric("")),
        ("journey", "phases:\n  - {id: a, name: b}\ntouchpoints:\n  - {id: c, name: d, phase: a}\n"),
    ],
)
def test_any_optional_key_may_be_left_empty(kind: str, text: str) -> None:
    model = KINDS[kind].model
    written = parse(dedent(text).encode())
    assert isinstance(written, YamlMap)
    names = [field.alias or name for name, field in model.model_fields.items()]
    empty = "".join(f"{name}:\n" for name in names if name not in written)
    assert problems_in(kind, dedent(text) + empty) == []


@pytest.mark.parametrize("key", ["for", "not_for", "suits", "evidence", "beneficiary"])
def test_any_optional_key_of_an_item_may_be_left_empty(key: str) -> None:
    reward = f"    rewards:\n      - id: a\n        kind: time\n        text: b\n        {key}:\n"
    assert problems_in("company", COMPANY + reward) == []


# Whatever a person writes, the answer speaks to a person.


def models_below(model: type[BaseModel]) -> set[type[BaseModel]]:
    found = {model}
    for field in model.model_fields.values():
        pending = [field.annotation]
        while pending:
            annotation = pending.pop()
            pending += get_args(annotation)
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                found |= models_below(annotation)
    return found


KEYS = sorted(
    {
        field.alias or name
        for kind in KINDS.values()
        for model in models_below(kind.model)
        for name, field in model.model_fields.items()
    }
    | {*LANGUAGES, "de", "map", "zzz", "sähköposti"}
)
PROGRAM_WORDS = re.compile(r"Input|\b(valid|None|NoneType|dict|str|int|object|instance|pydantic)\b")
VALUES = st.none() | st.sampled_from(
    ["", " ", "a", "2026-12-01", "12,5", "-1", "day 3", "true", "a/b", "nps", "<b>", "{x}", "x" * 300]
)
GROUPS = st.dictionaries(
    st.sampled_from(KEYS),
    st.recursive(
        VALUES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
        max_leaves=8,
    ),
    max_size=6,
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(KINDS)), GROUPS)
def test_no_file_is_answered_in_the_words_of_a_program(kind: str, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    lines = text.split("\n")
    for problem in problems_in(kind, text):
        codes = {"missing-field", "unknown-key", "invalid-value", "wrong-type", "undeclared-language"}
        assert problem.code in codes
        assert not PROGRAM_WORDS.search(f"{problem.message} {problem.hint}")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.source == lines[problem.line - 1]


# What is accepted is kept as it was meant.


@pytest.mark.parametrize(
    "name",
    [
        *(
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "**bold**",
            "{% raw %}",
            'O\'Neil & "Co"',
            "../../etc/passwd",
        ),
        *(
            "CON",
            "no",
            "010",
            "12:30",
            "3.10",
            "+358401234567",
            "null",
            "~",
            "Null",
            "😀",
            "محمد علي",
            "田中太郎",
        ),
        *("Nguyễn Thị Minh Khai", "Łukasz Żółć", "Ünal Çağlar"),
    ],
)
def test_a_name_is_kept_as_it_was_typed(name: str) -> None:
    text = yaml.safe_dump({"name": name, "role": "b"}, default_style="'", allow_unicode=True)
    assert hire(text).name == name


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=100))
def test_a_name_loses_nothing_but_spaces(name: str) -> None:
    text = yaml.safe_dump({"name": name, "role": "b"}, default_style='"')
    if name.strip():
        composed = unicodedata.normalize("NFC", name)
        assert "".join(hire(text).name.split()) == "".join(composed.split())
    else:
        assert problem_in("hires", text).message == "must not be empty"


def test_a_name_typed_over_two_lines_is_one_line() -> None:
    assert hire("name: |\n  Aino\n  Virtanen\nrole: b\n").name == "Aino Virtanen"


def test_letters_with_their_accents_apart_are_the_same_letters() -> None:
    assert hire("name: Pa\u0308ivi\nrole: b\n").name == "Päivi"


@pytest.mark.parametrize("phone", ["+358401234567", "0401234567", "+358 40 123 4567", "010"])
def test_a_phone_number_keeps_its_plus_and_zeros(phone: str) -> None:
    manager = hire(f"name: A\nrole: b\nmanager:\n  name: C\n  phone: {phone}\n").manager
    assert isinstance(manager, Manager)
    assert manager.phone == phone


def test_a_text_is_one_string_or_one_per_language() -> None:
    newcomer = company("    newcomer:\n      fi: lähiläinen\n      en: closer\n").newcomer
    assert newcomer is not None
    assert (newcomer.said("en", "fi"), newcomer.said("sv", "fi")) == ("closer", "lähiläinen")
    newcomer = company("    newcomer: Testi\n").newcomer
    assert newcomer is not None
    assert (newcomer.said("en", "fi"), newcomer.said("sv", "fi")) == ("Testi", "Testi")


def test_a_text_in_none_of_the_languages_asked_for_is_said_in_the_first_it_has() -> None:
    newcomer = company("    newcomer:\n      sv: granne\n").newcomer
    assert newcomer is not None
    assert newcomer.said("en", "fi") == "granne"


def test_a_list_may_mix_texts_and_languages() -> None:
    needs = hire(HIRE + "    needs:\n      - rauha\n      - fi: aika\n        en: time\n").needs
    assert [need.said("en", "fi") for need in needs] == ["rauha", "time"]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_any_date_is_read(day: date) -> None:
    assert hire(f"name: A\nrole: b\nstarts_on: {day.isoformat()}\n").starts_on == day


@pytest.mark.parametrize("minus", ["-", "\N{MINUS SIGN}"])
@given(
    st.integers(min_value=0, max_value=10**12),
    st.integers(min_value=0, max_value=99),
    st.sampled_from(["", " ", "\u00a0", "\u202f"]),
    st.sampled_from([".", ","]),
)
def test_a_number_is_read_as_people_write_it(
    minus: str, whole: int, cents: int, space: str, point: str
) -> None:
    typed = f"{minus}{whole:,}".replace(",", space) + f"{point}{cents:02}"
    goals = hire(f"name: A\nrole: b\ngoals:\n  - {{text: c, target: '{typed}'}}\n").goals
    assert goals[0].target == -(Decimal(whole) + Decimal(cents) / 100)


@given(st.text(max_size=12))
def test_a_target_is_a_finite_number_or_refused(typed: str) -> None:
    file = source(
        "hires", yaml.safe_dump({"name": "A", "role": "b", "goals": [{"text": "c", "target": typed}]})
    )
    try:
        model = read_model(file, LANGUAGES)
    except ValidationError as error:
        assert [problem.where for problem in explain(file, error, Hire)] == ["goals[0].target"]
    else:
        assert isinstance(model, Hire)
        assert model.goals[0].target is None or model.goals[0].target.is_finite()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("day 30", 30), ("Day -7", -7), ("2026-12-01", date(2026, 12, 1)), ("joka perjantai", "joka perjantai")],
)
def test_when_is_a_day_a_date_or_a_rhythm(typed: str, expected: object) -> None:
    (commitment,) = company(f"    commitments:\n      - {{text: a, when: {typed}}}\n").commitments
    when = commitment.when
    assert when is not None
    rhythm = when.rhythm.said("fi", "fi") if when.rhythm else None
    assert [x for x in (when.day, when.date, rhythm) if x is not None] == [expected]


@pytest.mark.parametrize(("typed", "meant"), [("true", True), ("yes", True), ("no", False), ("false", False)])
def test_yes_and_no_are_true_and_false_where_that_is_asked(typed: str, meant: bool) -> None:
    value = (
        f"    values:\n      - {{id: a, name: b, behaviors: [{{id: c, text: d, non_negotiable: {typed}}}]}}\n"
    )
    assert company(value).values[0].behaviors[0].non_negotiable is meant


def test_a_file_name_is_its_item_s_id_unless_it_says_another() -> None:
    assert hire(HIRE).id == "aino"
    assert hire(HIRE + "    id: toinen\n").id == "toinen"
    assert hire(HIRE + "    id:\n").id == "aino"


def test_models_never_change() -> None:
    model = hire(HIRE)
    with pytest.raises(ValidationError):
        model.name = "Joku muu"  # type: ignore[misc]


def test_a_refusal_does_not_repeat_personal_data() -> None:
    file = source("hires", "name: Aino Virtanen\nrole: [b]\nneeds: Salainen\n")
    with pytest.raises(ValidationError) as refused:
        read_model(file, LANGUAGES)
    assert "Salainen" not in str(refused.value)
    assert "Aino" not in str(refused.value)
