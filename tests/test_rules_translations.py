"""Translations: what is missing in a language, and what stands in one language only."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from orderly import with_example
from test_rules import Capture, found
from workspaces import SHIPPED, write_tree

from pitchgen.rules.translations import FEW, _is_sentence

THREE = "# company.yaml\nlanguage: fi\nlanguages: [fi, en, sv]\n"


def places(capsys: Capture, root: Path, code: str, path: str) -> list[tuple[str, str, str]]:
    rows = found(capsys, root, "--select", code, str(root / path))
    return [(row["where"], row["message"], row["hint"]) for row in rows]


def test_each_text_that_lacks_languages_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = f"""{THREE}
# roles/planner.yaml
title: {{fi: Suunnittelija, en: Planner, sv: Planerare}}
purpose: {{fi: Kukaan ei työskentele yksin.}}
part:
  why: {{en: Someone answers., sv: Någon svarar.}}
  how: Planner
"""
    root = write_tree(tmp_path, with_example(example))
    assert places(capsys, root, "missing-translation", "roles/planner.yaml") == [
        (
            "purpose",
            "a text in role 'planner' is not translated into 'en' and 'sv'",
            "add the line `en:`; until then it is said in 'fi'",
        ),
        (
            "part.why",
            "a text in role 'planner' is not translated into 'fi'",
            "add the line `fi:`; until then it is said in 'en'",
        ),
    ]


def test_a_language_that_a_whole_file_lacks_is_one_finding(capsys: Capture, tmp_path: Path) -> None:
    example = f"""{THREE}
# roles/planner.yaml
title: {{fi: Suunnittelija, en: Planner}}
purpose: {{fi: Kukaan ei työskentele yksin.}}
outcomes:
  - {{fi: Vuorot ovat täynnä., en: Every shift is filled.}}
"""
    root = write_tree(tmp_path, with_example(example))
    assert [message for _, message, _ in places(capsys, root, "missing-translation", "roles")] == [
        "none of the 3 texts in role 'planner' is translated into 'sv'",
        "a text in role 'planner' is not translated into 'en'",
    ]


def test_a_language_left_empty_is_missing(capsys: Capture, tmp_path: Path) -> None:
    example = f"{THREE}# roles/planner.yaml\ntitle: {{fi: Suunnittelija, en: Planner, sv: ''}}\n"
    files = with_example(example)
    files["roles/planner.yaml"] = files["roles/planner.yaml"].replace("sv: ''", "sv:")
    found_at = places(capsys, write_tree(tmp_path, files), "missing-translation", "roles/planner.yaml")
    assert [where for where, *_ in found_at] == ["title"]


@pytest.mark.parametrize(
    ("language", "count"), [("language: en\n", 0), ("language: sv\n", 2), ("", 2)], ids=["en", "sv", "fi"]
)
def test_a_newcomers_file_needs_only_the_newcomers_language(
    capsys: Capture, tmp_path: Path, language: str, count: int
) -> None:
    example = f"""{THREE}
# hires/aino.yaml
name: Aino Virtanen
role: adviser
{language}why_you: {{en: You let every question end before you spoke.}}
link_to_story: As a night receptionist you left nobody alone in the lobby.
"""
    root = write_tree(tmp_path, with_example(example))
    assert len(places(capsys, root, "translations", "hires")) == count


def test_few_sentences_are_named_one_by_one_and_many_by_their_number(capsys: Capture, tmp_path: Path) -> None:
    role = {
        "purpose": "Planner",
        "part": {"why": "Why", "how": "How"},
        "goals": [],
        "outcomes": [f"You fill shift number {n} before noon." for n in range(FEW)],
    }
    example = f"{THREE}# roles/planner.yaml\n{yaml.safe_dump(role)}"
    root = write_tree(tmp_path, with_example(example))
    wheres = [where for where, *_ in places(capsys, root, "untranslated-text", "roles/planner.yaml")]
    assert wheres[:FEW] == [f"outcomes[{n}]" for n in range(FEW)]
    ((where, message, _),) = places(capsys, root, "untranslated-text", "personas/fast.yaml")
    assert where == "summary"
    assert "sentences in persona 'fast' are in one language only" in message


def test_in_a_company_of_one_language_nothing_is_untranslated(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, with_example(""))
    assert found(capsys, root, "--select", "translations") == []


@pytest.mark.parametrize(
    "text",
    [
        "Kukaan ei jää yksin.",
        "every Friday afternoon",
        "Du håller ditt ord",
        "Kasvatamme markkinaosuuttamme Varsinais-Suomessa.",
        "NPS is our compass",
        "12 haastattelua, joista kaksi myöhemmin",
    ],
)
def test_sentences_are_to_be_translated(text: str) -> None:
    assert _is_sentence(text, SHIPPED.lists)


@pytest.mark.parametrize(
    "text",
    [
        "NPS",
        "€ / kk",
        "Lokkisilta Oy Ab",
        "Head of Customer Success",
        "Vice President of Sales",
        "Microsoft Teams, Majakka, Pesä",
        "kk",
        "38 000 €",
        "<a sentence on the person>",
    ],
)
def test_names_figures_and_units_are_the_same_for_everybody(text: str) -> None:
    assert not _is_sentence(text, SHIPPED.lists)
