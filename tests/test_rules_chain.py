"""Rules of the chain where one example does not show all: circles, dead ends, what is not a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from orderly import with_example
from test_rules import codes, found
from workspaces import write_tree

Capture = pytest.CaptureFixture[str]
ROLE = """
# roles/{id}.yaml
title: {id}
purpose: You are there as {id}.
part:
  why: Somebody waits for {id}.
  how: "{id}"
serves: {serves}
"""


def said(capsys: Capture, root: Path, example: str, code: str) -> list[str]:
    """What a rule says about the orderly workspace with other keys, and where."""
    rows = found(capsys, write_tree(root, with_example(example)), "--select", code)
    return [f"{row['path']} {row['where']}: {row['message']}" for row in rows]


def roles(**serving: str) -> str:
    """Role files, each with what it serves."""
    return "".join(ROLE.format(id=id, serves=serves) for id, serves in serving.items())


def test_colleagues_of_one_who_serves_a_persona_need_not_name_it(capsys: Capture, tmp_path: Path) -> None:
    # Only the adviser meets customers; the planner serves the adviser.
    example = roles(cook="{roles: [planner]}")
    assert said(capsys, tmp_path, example, "persona-served,role-reach") == []


def test_a_circle_without_customers_is_one_finding_and_who_leads_into_it_another(
    capsys: Capture, tmp_path: Path
) -> None:
    example = roles(a="{roles: [adviser, b]}", b="{roles: [c]}", c="{roles: [d]}", d="{roles: [c, d]}")
    assert said(capsys, tmp_path, example, "chain") == [
        "roles/b.yaml serves.roles: no way leads from role 'b' to a customer; it serves only: c",
        "roles/c.yaml serves.roles[0]: the roles c, d serve each other in a circle, and no way from there "
        "leads to a customer",
    ]


def test_a_role_that_serves_itself_is_the_smallest_circle(capsys: Capture, tmp_path: Path) -> None:
    alone = said(capsys, tmp_path, roles(a="{roles: [a]}"), "chain")
    assert alone == [
        "roles/a.yaml serves.roles[0]: role 'a' serves itself, and no way from there leads to a customer"
    ]
    beside = said(capsys, tmp_path, roles(a="{roles: [adviser, a]}"), "chain")
    assert beside == ["roles/a.yaml serves.roles[1]: role 'a' serves itself"]


def test_two_circles_are_two_notes_and_circles_that_touch_are_one(capsys: Capture, tmp_path: Path) -> None:
    apart = roles(a="{roles: [b, adviser]}", b="{roles: [a]}", c="{roles: [d, b]}", d="{roles: [c]}")
    assert said(capsys, tmp_path, apart, "role-circle") == [
        "roles/a.yaml serves.roles[0]: the roles a, b serve each other in a circle",
        "roles/c.yaml serves.roles[0]: the roles c, d serve each other in a circle",
    ]
    touching = roles(a="{roles: [b, adviser]}", b="{roles: [a, c]}", c="{roles: [d, b]}", d="{roles: [c]}")
    assert said(capsys, tmp_path, touching, "role-circle") == [
        "roles/a.yaml serves.roles[0]: the roles a, b, c, d serve each other in a circle"
    ]


def test_of_a_large_circle_the_first_roles_are_named(capsys: Capture, tmp_path: Path) -> None:
    many = roles(**{f"r{n}": f"{{roles: [r{(n + 1) % 10}]}}" for n in range(10)})
    (message,) = said(capsys, tmp_path, many, "role-reach")
    assert "the roles r0, r1, r2, r3, r4, r5, r6, r7 and 2 more serve each other" in message


def test_a_role_whose_step_is_named_twice_is_pointed_at_once(capsys: Capture, tmp_path: Path) -> None:
    (message,) = said(capsys, tmp_path, roles(a="{roles: [adviser, adviser, a, a]}"), "role-circle")
    assert message.startswith("roles/a.yaml serves.roles[2]")


@pytest.mark.parametrize("priority", ["2", "3"])
def test_personas_of_every_priority_speak_of_every_touchpoint(
    capsys: Capture, tmp_path: Path, priority: str
) -> None:
    silent = f"# personas/fast.yaml\nmoments:\npriority: {priority}\n"
    assert said(capsys, tmp_path, silent, "persona-touchpoints") == [
        "personas/fast.yaml moments: persona 'fast' says nothing about: call, invoice"
    ]


def test_all_missing_touchpoints_of_a_persona_are_one_finding(capsys: Capture, tmp_path: Path) -> None:
    assert said(capsys, tmp_path, "# personas/fast.yaml\nmoments:\n", "persona-touchpoints") == [
        "personas/fast.yaml moments: persona 'fast' is of priority 1 and says nothing about: call, invoice"
    ]


def test_without_touchpoints_there_is_nothing_to_say(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, with_example("# roles/adviser.yaml\nowns:\n"))
    for name in ("careful", "fast"):
        path = root / f"personas/{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").partition("moments:")[0], encoding="utf-8")
    (root / "journey.yaml").unlink()
    assert codes(found(capsys, root, "--select", "chain")) == []


def test_a_how_that_is_nearly_the_same_names_the_first_and_says_how_near(
    capsys: Capture, tmp_path: Path
) -> None:
    example = """
# roles/planner.yaml
part:
  why: Without you the phone would ring in an empty room.
  how: You will name a time in every answer and keep to it.
"""
    assert said(capsys, tmp_path, example, "same-part") == [
        "roles/planner.yaml part.how: role 'planner' keeps the promise in nearly the same words as "
        "role 'adviser' (roles/adviser.yaml:5; 83 % in common)"
    ]


def test_the_language_in_which_two_roles_are_most_alike_is_enough(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
language: fi
languages: [fi, en, sv]
# roles/adviser.yaml
part:
  why: Yours is the first voice heard at a dark screen.
  how:
    fi: Kerrot joka vastauksessa kellonajan ja pidät sen.
    en: You name a time in every answer and keep it.
    sv: Du ger ett klockslag i varje svar och håller det.
# roles/planner.yaml
part:
  why: Without you the phone would ring in an empty room.
  how:
    fi: Kerrot joka vastauksessa kellonajan ja pysyt siinä.
    en: You fill every shift two weeks before it begins.
    sv: Du ger ett klockslag i varje svar och håller det.
"""
    assert said(capsys, tmp_path, example, "same-part") == [
        "roles/planner.yaml part.how.sv: role 'planner' keeps the promise in the same words as "
        "role 'adviser' (roles/adviser.yaml:8)"
    ]


def test_the_limit_of_similarity_is_the_companys(capsys: Capture, tmp_path: Path) -> None:
    example = """
# company.yaml
checks:
  limits:
    similarity: {limit}
# roles/planner.yaml
part:
  why: Without you the phone would ring in an empty room.
  how: You will name a time in every answer and keep to it.
"""
    assert said(capsys, tmp_path / "a", example.replace("{limit}", "0.9"), "same-part") == []
    assert said(capsys, tmp_path / "b", example.replace("{limit}", "0.8"), "same-part") != []
    root = write_tree(tmp_path / "c", with_example(example.replace("{limit}", "0.4")))
    (row,) = found(capsys, root)
    assert row["message"] == "must be a share from 0.5 to 1, like 0.8, not '0.4'"
