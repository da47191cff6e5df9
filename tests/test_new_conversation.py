"""`pitchgen new` at a terminal: what it asks, in a real conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conversation import CTRL_C, CTRL_D, converse
from workspaces import COMPANY, SMALL, contents, linked, small, write_tree


def test_a_persona_is_asked_for_at_a_terminal(tmp_path: Path) -> None:
    root = small(tmp_path)
    code, screen = converse(
        "new",
        "persona",
        "kiireinen",
        workspace=root,
        typed=[
            ("a word or two? ", "Kiireinen äiti\n"),
            ("in one sentence? ", "\n"),
            ("How central is this persona? ", "7\n"),
            ("How central is this persona? ", "1\n"),
        ],
    )
    assert code == 0, screen
    assert "Error: '7' is none of them; type the number or the name of one of these" in screen
    assert "personas/kiireinen.yaml\nnext: " in screen
    (persona,) = [each.model for each in linked(root).personas if each.model.id == "kiireinen"]
    assert (persona.label.said("fi", "fi"), persona.priority) == ("Kiireinen äiti", "1")
    assert persona.summary.said("fi", "fi") == "<yksi lause, josta hänet tuntee>"


def test_choices_come_from_the_workspace_and_only_what_was_not_saidis_asked(tmp_path: Path) -> None:
    root = small(tmp_path, {"managers/maija.yaml": "name: Maija Virta\n"})
    code, screen = converse(
        "new",
        "hire",
        "liv",
        "--name",
        "Liv Berg",
        workspace=root,
        typed=[
            ("Which is their role? ", "\n"),
            ("Which is their role? ", "asiantuntia\n"),
            ("Which is their role? ", "1\n"),
            ("Who is their manager? ", "Virta, Maija\n"),
            ("As 2026-12-01: ", "4/1/2027\n"),
            ("As 2026-12-01: ", "4.1.2027\n"),
            ("do they read in? ", "\n"),
        ],
    )
    assert code == 0, screen
    assert "What is the newcomer's name?" not in screen
    assert "Error: this cannot be skipped" in screen
    assert "  1  Palveluasiantuntija\n" in screen
    assert "did you mean 'asiantuntija'?" in screen
    assert "  1  Maija Virta\n" in screen
    assert "must be a date like 2026-12-01" in screen
    hire = linked(root).hires[-1]
    assert hire.manager is not None
    assert (hire.model.name, hire.role.model.id, str(hire.model.starts_on)) == (
        "Liv Berg",
        "asiantuntija",
        "2027-01-04",
    )


def test_a_role_may_serve_several_by_number_and_by_id(tmp_path: Path) -> None:
    root = small(tmp_path)
    skipped = [("job title? ", "\n"), ("Say you: ", "\n"), ("sentence: ", "\n"), ("anyone asks': ", "\n")]
    code, screen = converse(
        "new",
        "role",
        "huoltaja",
        workspace=root,
        typed=[*skipped, ("if several: ", "2, asiantuntija\n")],
    )
    assert code == 0, screen
    (role,) = [each for each in linked(root).roles if each.model.id == "huoltaja"]
    assert [each.model.id for each in role.personas] == ["varmistelija"]
    assert [each.model.id for each in role.roles] == ["asiantuntija"]


def test_two_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    other = SMALL["roles/asiantuntija.yaml"]
    root = small(tmp_path, {"roles/neuvoja.yaml": other})
    skipped = [("name? ", "\n")]
    typed = [*skipped, ("their role? ", "palveluasiantuntija\n"), ("their role? ", "neuvoja\n"), (":", "\n")]
    code, screen = converse("new", "hire", "x", workspace=root, typed=[*typed, ("read in? ", "\n")])
    assert code == 0, screen
    assert "  1  Palveluasiantuntija  (asiantuntija)\n  2  Palveluasiantuntija  (neuvoja)\n" in screen
    assert [each.role.model.id for each in linked(root).hires if each.model.id == "x"] == ["neuvoja"]


def test_a_reward_has_a_kind_of_the_company_s_own_and_what_it_thanks_for_by_name(tmp_path: Path) -> None:
    values = """
    values:
      - id: reiluus
        name: Reiluus
        behaviors: [{id: kysy, text: "Kysymme, ja kuuntelemme"}, {id: soita, text: Soitamme}]
    """
    root = small(tmp_path, {"company.yaml": COMPANY + values})
    typed = [
        ("or your own word: ", "lounas yhdessä\n"),
        ("short phrase? ", "lounas\n"),
        ("if several: ", "kysymme, ja kuuntelemme\n"),
    ]
    code, screen = converse("new", "reward", "lounas", workspace=root, typed=typed)
    assert code == 0, screen
    assert "  1  praise\n" in screen
    (reward,) = linked(root).rewards
    assert (reward.model.kind, [deed.behavior for deed in reward.model.for_]) == ("lounas yhdessä", ["kysy"])


def test_the_first_phase_is_asked_for(tmp_path: Path) -> None:
    root = small(tmp_path)
    typed = [("called? ", "Puhelu\n"), ("short id for the first: ", "arki\n")]
    code, screen = converse("new", "touchpoint", "puhelu", workspace=root, typed=typed)
    assert code == 0, screen
    assert [each.phase.id for each in linked(root).touchpoints] == ["arki"]


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_who_stops_leaves_nothing_behind(tmp_path: Path, key: str) -> None:
    root = small(tmp_path)
    before = contents(root)
    code, screen = converse(
        "new",
        "persona",
        "kiireinen",
        workspace=root,
        typed=[("a word or two? ", "Äiti\n"), ("sentence? ", key)],
    )
    assert code == 130
    assert screen.endswith("interrupted\n")
    assert contents(root) == before


def test_a_taken_id_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    code, screen = converse("new", "persona", "varmistelija", workspace=small(tmp_path))
    assert code == 2
    assert "?" not in screen


def test_what_others_write_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    root = small(tmp_path)
    theirs = "metrics:\n  - {id: nps, name: NPS, kind: nps}\n"

    def typed() -> Iterator[tuple[str, str]]:
        yield "called? ", "NPS\n"
        write_tree(root, {"metrics.yaml": theirs})
        yield "figure is it? ", "nps\n"
        yield from [("or min? ", "\n"), ("voice is it? ", "\n"), ("better? ", "\n")]

    code, screen = converse("new", "metric", "nps", workspace=root, typed=typed())
    assert code == 2
    assert "metric 'nps' is already in metrics.yaml; nothing was written" in screen
    assert (root / "metrics.yaml").read_text() == theirs


def test_nothing_is_asked_when_all_was_given(tmp_path: Path) -> None:
    said = ("--label", "A", "--summary", "B", "--priority", "3")
    code, screen = converse("new", "persona", "uusi", *said, workspace=small(tmp_path))
    assert code == 0
    assert "Enter skips" not in screen
