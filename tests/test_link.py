"""References between files: each becomes the thing it names, or a problem that says what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspaces import COMPANY, HIRE, PERSONA, ROLE, linked, small, write_tree

from pitchgen import workspace as linked_workspace
from pitchgen.load.document import YamlMap, parse
from pitchgen.load.files import Files, Source
from pitchgen.model.file_kind import kind_of_path
from pitchgen.problems import Problem
from pitchgen.workspace.link import link
from pitchgen.workspace.newcomer import Newcomer
from pitchgen.workspace.read import read_workspace
from pitchgen.workspace.roster import Roster
from pitchgen.workspace.validate import validate

# A workspace in which everything refers to something, one reference to a line.
RICH: Mapping[str, str] = {
    "company.yaml": """\
        schema_version: 1
        name: Testi Oy
        language: fi
        languages: [fi, en, sv]
        strategy:
          name: Lähellä arkea
          aim: Asiakas tietää.
          goals:
            - id: kasvu
              text: Kasvamme.
        promise:
          text: Et jää yksin.
        values:
          - id: rohkeus
            name: Rohkeus
            strategy_goal: kasvu
            behaviors:
              - id: kysyminen
                text: Kysyy ajoissa.
        rewards:
          - id: vapaa
            kind: time
            text: vapaapäivä
            for:
              - kysyminen
        """,
    "journey.yaml": """\
        phases:
          - id: alku
            name: Alku
        touchpoints:
          - id: puhelu
            name: Puhelu
            phase: alku
          - id: kaynti
            name: Käynti
            phase: alku
        """,
    "metrics.yaml": """\
        metrics:
          - id: suosittelu
            name: NPS
            kind: nps
        """,
    "personas/varmistelija.yaml": """\
        label: Varmistelija
        summary: Haluaa tietää.
        needs:
          - id: tieto
            text: Haluan tietää.
            conflicts_with:
              - pikajuoksija/vauhti
        moments:
          - touchpoint: puhelu
        """,
    "personas/pikajuoksija.yaml": """\
        label: Pikajuoksija
        summary: Haluaa nopeasti.
        needs:
          - id: vauhti
            text: Haluan heti.
        skips:
          - kaynti
        """,
    "roles/asiantuntija.yaml": """\
        title: Palveluasiantuntija
        purpose: Pidät huolen.
        part:
          why: Sinä olet ääni.
          how: Kerrot askeleen.
        serves:
          personas:
            - varmistelija
        ideal:
          text: Kuuntelija.
          strategy_goal: kasvu
        owns:
          - puhelu
        helps_at:
          - kaynti
        behaviors:
          - kysyminen
        goals:
          - text: Suosittelu nousee.
            metric: suosittelu
            target: 50
            day: 90
        """,
    "roles/laskuttaja.yaml": """\
        title: Laskuttaja
        purpose: Laskutat.
        part:
          why: Lasku on viesti.
          how: Tarkistat.
        serves:
          roles:
            - asiantuntija
        """,
    "managers/maija.yaml": "name: Maija Mäki\n",
    "hires/aino.yaml": """\
        name: Aino Virtanen
        role: asiantuntija
        manager: maija
        language: fi
        personas:
          - varmistelija
        goals:
          - text: Opit tuotteen.
            metric: suosittelu
            due: 2027-01-31
        """,
}


def rich(root: Path, changes: Mapping[str, str | bytes] | None = None) -> Path:
    return small(root, {**RICH, **(changes or {})})


def problems_of(root: Path) -> tuple[Problem, ...]:
    return read_workspace(root)[1]


def said(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return f"{place} {problem.code}: {problem.message} ({problem.hint})"


# Every reference is the thing it names.


def test_every_reference_is_the_thing_itself(tmp_path: Path) -> None:
    workspace = linked(rich(tmp_path))
    personas = {p.model.id: p for p in workspace.personas}
    roles = {r.model.id: r for r in workspace.roles}
    puhelu, kaynti = workspace.touchpoints
    (value,), (reward,), (metric,) = workspace.values, workspace.rewards, workspace.metrics
    (goal,) = workspace.company.strategy.goals
    (behavior,) = value.model.behaviors
    role, biller, sure, fast = (
        roles["asiantuntija"],
        roles["laskuttaja"],
        personas["varmistelija"],
        personas["pikajuoksija"],
    )
    assert value.strategy_goal is role.ideal_goal is goal
    assert reward.behaviors == role.behaviors == (behavior,)
    assert puhelu.phase is kaynti.phase is workspace.phases[0]
    assert (sure.moments[0].touchpoint, fast.skips) == (puhelu, (kaynti,))
    assert (role.personas, role.owns, role.helps_at) == ((sure,), (puhelu,), (kaynti,))
    assert role.goals[0].metric is metric
    assert (biller.roles, biller.personas, biller.reaches) == ((role,), (), (sure,))
    (hire,) = workspace.hires
    assert hire.role is role
    assert hire.manager is workspace.managers[0]
    assert hire.personas == (sure,)
    assert hire.goals[0].metric is metric
    assert hire.at.path == "hires/aino.yaml"


@pytest.mark.parametrize(
    ("path", "right", "typed", "expected"),
    [
        ("company.yaml", "strategy_goal: kasvu", "kasv", "value serves strategy goal"),
        ("company.yaml", "- kysyminen", "kysymine", "reward is for behaviour"),
        ("journey.yaml", "phase: alku", "aluk", "touchpoint belongs to phase"),
        ("personas/varmistelija.yaml", "touchpoint: puhelu", "puhelo", "moment is at touchpoint"),
        ("personas/pikajuoksija.yaml", "- kaynti", "käynti", "persona skips touchpoint"),
        (
            "personas/varmistelija.yaml",
            "- pikajuoksija/vauhti",
            "pikajuoksija/vaihti",
            "need conflicts with need",
        ),
        ("roles/asiantuntija.yaml", "- varmistelija", "varmistelia", "role serves persona"),
        ("roles/asiantuntija.yaml", "strategy_goal: kasvu", "Kasvu", "ideal profile serves strategy goal"),
        ("roles/asiantuntija.yaml", "- puhelu", "puhelin", "role owns touchpoint"),
        ("roles/asiantuntija.yaml", "- kaynti", "käynti", "role helps at touchpoint"),
        ("roles/asiantuntija.yaml", "- kysyminen", "kysymys", "role names behaviour"),
        ("roles/asiantuntija.yaml", "metric: suosittelu", "suositelu", "goal is measured by metric"),
        ("roles/laskuttaja.yaml", "- asiantuntija", "asiantuntia", "role serves role"),
        ("hires/aino.yaml", "role: asiantuntija", "asiantuntia", "hire has role"),
        ("hires/aino.yaml", "manager: maija", "maia", "hire has manager"),
        ("hires/aino.yaml", "- varmistelija", "varmistelia", "hire meets persona"),
        ("hires/aino.yaml", "metric: suosittelu", "suositelu", "goal is measured by metric"),
    ],
)
def test_a_reference_to_nothing_is_shown_with_what_was_probably_meant(
    tmp_path: Path, path: str, right: str, typed: str, expected: str
) -> None:
    key, meant = right.rsplit(" ", 1)
    file = rich(tmp_path) / path
    before, found, after = file.read_text(encoding="utf-8").partition(f"{right}\n")
    assert found
    file.write_text(f"{before}{key} {typed}\n{after}", encoding="utf-8")
    (problem,) = problems_of(tmp_path)
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n") + len(f"{key} ")
    assert said(problem) == (
        f"{path}:{line}:{column} unknown-reference: {expected} '{typed}', which does not exist "
        f"(did you mean '{meant}'?)"
    )


def test_a_reference_near_nothing_is_answered_with_what_there_is(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"hires/aino.yaml": "name: A\nrole: toimitusjohtaja\n"}))
    assert problem.hint == "it can be: asiantuntija"


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        # Not one of these is a slip for the other, though most have more letters in common than not.
        ("varmistelija", "sinnittelija"),
        ("laskutusasiantuntija", "palveluasiantuntija"),
        ("service-specialist", "billing-specialist"),
        ("onboarding-lead", "onboarding-coach"),
        ("tiimi-1", "tiimi-2"),
        ("myymala12", "myymala13"),
        ("nps", "enps"),
    ],
)
def test_what_named_a_file_that_is_gone_is_no_slip(tmp_path: Path, gone: str, left: str) -> None:
    role = ROLE.replace("personas: [varmistelija]", f"roles:\n        - {gone}")
    small(tmp_path, {f"roles/{left}.yaml": role, "roles/asiantuntija.yaml": role})
    (first, *_) = problems_of(tmp_path)
    assert first.hint == f"it can be: {', '.join(sorted(('asiantuntija', left)))}, or remove the line"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("palveluasiantuntia", "palveluasiantuntija"),
        ("servcie-specialist", "service-specialist"),
        ("servicespecialist", "service-specialist"),
        ("myyja", "myyjä"),
        ("tiimit-2", "tiimi-2"),
    ],
)
def test_a_slip_is_one_beside_others_that_are_like_it(tmp_path: Path, typed: str, meant: str) -> None:
    role = ROLE.replace("personas: [varmistelija]", f"roles:\n        - {typed}")
    small(
        tmp_path, {f"roles/{meant}.yaml": ROLE, "roles/tiimi-3.yaml": ROLE, "roles/asiantuntija.yaml": role}
    )
    (problem,) = problems_of(tmp_path)
    assert problem.hint == f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("files", "where", "end"),
    [
        ({"roles/asiantuntija.yaml": ROLE + "    owns:\n      - muu\n"}, ("owns", 0), ", or remove the line"),
        ({"roles/asiantuntija.yaml": ROLE + "    owns: muu\n"}, ("owns", 0), ", or remove the line"),
        ({"roles/asiantuntija.yaml": ROLE + "    owns: [puhelu, muu]\n"}, ("owns", 1), ", or remove it"),
        ({"hires/aino.yaml": HIRE + "    manager: muu\n"}, ("manager",), ", or remove the line"),
        # Without these the file would be no better.
        ({"hires/aino.yaml": "name: A\nrole: muu\n"}, ("role",), "it can be: asiantuntija"),
        (
            {"personas/varmistelija.yaml": PERSONA + "    moments:\n    - touchpoint: muu\n"},
            ("moments", 0, "touchpoint"),
            ", or remove the whole item",
        ),
    ],
)
def test_a_reference_that_can_be_done_without_may_be_removed(
    tmp_path: Path, files: dict[str, str], where: tuple[str | int, ...], end: str
) -> None:
    journey = "phases: [{id: arki, name: A}]\ntouchpoints: [{id: puhelu, name: P, phase: arki}]\n"
    (problem,) = problems_of(
        small(tmp_path, {"journey.yaml": journey, "managers/eva.yaml": "name: E\n", **files})
    )
    assert problem.loc == where
    assert problem.hint.endswith(end)


def test_what_was_typed_stands_on_no_line(tmp_path: Path) -> None:
    root = small(tmp_path, {"managers/eva.yaml": "name: E\n"})
    _, problems = read_workspace(root, Newcomer("A", "asiantuntija", manager="muu"))
    assert [problem.hint for problem in problems] == ["it can be: eva"]


def test_of_many_possible_ids_some_are_named(tmp_path: Path) -> None:
    roles = {f"roles/r{n}.yaml": ROLE for n in range(10)}
    hire = {"hires/aino.yaml": "name: A\nrole: toimitusjohtaja\n"}
    (problem,) = problems_of(small(tmp_path, {**roles, **hire}))
    assert problem.hint == "it can be: asiantuntija, r0, r1, r2, r3, r4, r5, r6, …"


def test_a_reference_into_an_empty_workspace_says_so(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"hires/aino.yaml": HIRE + "    manager: maija\n"}))
    assert problem.hint == "there is no manager in this workspace yet, or remove the line"


def test_all_wrong_references_of_all_files_are_told_at_once_sorted_by_place(tmp_path: Path) -> None:
    small(
        tmp_path,
        {
            "hires/aino.yaml": "role: x\nname: A\npersonas: [z]\nmanager: y\n",
            "hires/bert.yaml": "name: B\nrole: asiantuntija\nmanager: y\npersonas: [z, w]\n",
            "roles/laskuttaja.yaml": ROLE.replace("varmistelija", "q"),
        },
    )
    assert [(p.path, p.line, p.column) for p in problems_of(tmp_path)] == [
        ("hires/aino.yaml", 1, 7),
        ("hires/aino.yaml", 3, 12),
        ("hires/aino.yaml", 4, 10),
        ("hires/bert.yaml", 3, 10),
        ("hires/bert.yaml", 4, 12),
        ("hires/bert.yaml", 4, 15),
        ("roles/laskuttaja.yaml", 7, 14),
    ]


# Ids.


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"roles/toinen.yaml": ROLE + "    id: asiantuntija\n"}))
    assert said(problem) == (
        "roles/toinen.yaml:8:5 duplicate-id: role id 'asiantuntija' is already used in "
        "roles/asiantuntija.yaml (give one of them another id)"
    )


def test_a_yml_and_a_yaml_file_of_one_name_are_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"hires/aino.yml": HIRE}))
    assert (problem.path, problem.code) == ("hires/aino.yml", "duplicate-id")


def test_ids_that_look_the_same_are_the_same(tmp_path: Path) -> None:
    small(tmp_path, {"personas/pa\u0308ivi.yaml": PERSONA, "personas/päivi.yaml": PERSONA})
    assert [problem.code for problem in problems_of(tmp_path)] == ["duplicate-id"]


def test_a_reference_may_be_typed_with_accents_apart(tmp_path: Path) -> None:
    role = ROLE.replace("[varmistelija]", "[pa\u0308ivi]")
    workspace = linked(small(tmp_path, {"personas/päivi.yaml": PERSONA, "roles/asiantuntija.yaml": role}))
    assert [persona.model.id for persona in workspace.roles[0].personas] == ["päivi"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("metrics.yaml", "metrics:\n  - {id: a, name: b, kind: nps}\n  - {id: a, name: c, kind: nps}\n"),
        ("journey.yaml", "phases:\n  - {id: a, name: b}\n  - {id: a, name: c}\n"),
        (
            "personas/varmistelija.yaml",
            PERSONA + "    needs:\n      - {id: a, text: b}\n      - {id: a, text: c}\n",
        ),
        ("company.yaml", COMPANY + "    values:\n      - {id: a, name: b}\n      - {id: a, name: c}\n"),
        (
            "company.yaml",
            COMPANY
            + "    values:\n      - {id: x, name: b, behaviors: [{id: a, text: b}]}\n"
            + "      - {id: y, name: b, behaviors: [{id: a, text: b}]}\n",
        ),
    ],
)
def test_ids_in_a_file_are_unique_too(tmp_path: Path, path: str, text: str) -> None:
    (problem,) = problems_of(small(tmp_path, {path: text}))
    lines = (tmp_path / path).read_text(encoding="utf-8").splitlines()
    assert (problem.code, problem.line) == ("duplicate-id", len(lines))
    assert lines[-1][problem.column - 1] == "a"


def test_one_id_may_serve_several_kinds(tmp_path: Path) -> None:
    role = ROLE.replace("[varmistelija]", "[aino]")
    workspace = linked(
        small(
            tmp_path,
            {
                "personas/aino.yaml": PERSONA,
                "roles/aino.yaml": role,
                "managers/aino.yaml": "name: Aino\n",
                "hires/aino.yaml": "name: Aino\nrole: aino\nmanager: aino\n",
            },
        )
    )
    assert workspace.hires[0].role.personas[0].model.id == "aino"


# One mistake is one problem: what stands in a broken file is not called unknown elsewhere.


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("personas/varmistelija.yaml", "label: A\n"),
        ("personas/varmistelija.yaml", 'label: "A\n'),
        ("personas/varmistelija.yaml", ""),
        ("roles/asiantuntija.yaml", ROLE + "    x: y\n"),
        ("roles/asiantuntija.yaml", "- a\n"),
        ("managers/maija.yaml", "nimi: Maija\nname: Maija\n"),
        ("metrics.yaml", "metrics: nps\n"),
        ("journey.yaml", "[]"),
        ("company.yaml", COMPANY + "    x: y\n"),
    ],
)
def test_a_broken_file_is_one_problem_however_many_refer_to_it(tmp_path: Path, path: str, text: str) -> None:
    assert [problem.path for problem in problems_of(rich(tmp_path, {path: text}))] == [path]


def test_an_unreadable_file_may_hold_any_id(tmp_path: Path) -> None:
    small(
        tmp_path, {"roles/uusi.yaml": 'id: tuki\ntitle: "Tuki\n', "hires/aino.yaml": "name: A\nrole: tuki\n"}
    )
    assert [problem.path for problem in problems_of(tmp_path)] == ["roles/uusi.yaml"]


@pytest.mark.parametrize("target", ["personas", "nowhere"])
def test_a_folder_that_cannot_be_listed_is_one_problem(tmp_path: Path, target: str) -> None:
    rich(tmp_path)
    (tmp_path / "personas").rename(tmp_path / "elsewhere")
    (tmp_path / "personas").symlink_to(target)
    (problem,) = problems_of(tmp_path)
    assert (problem.path, problem.code) == ("personas", "unreadable")


def test_a_file_where_a_folder_belongs_is_one_problem(tmp_path: Path) -> None:
    rich(tmp_path)
    (tmp_path / "personas").rename(tmp_path / "elsewhere")
    (tmp_path / "personas").write_text("varmistelija\n")
    (problem,) = problems_of(tmp_path)
    assert (problem.path, problem.code) == ("personas", "unreadable")


@pytest.mark.parametrize("name", ["metrics.yaml", "journey.yaml"])
def test_a_file_that_leads_nowhere_is_not_taken_for_missing(tmp_path: Path, name: str) -> None:
    small(tmp_path)
    (tmp_path / name).symlink_to("nowhere")
    (problem,) = problems_of(tmp_path)
    assert (problem.path, problem.code) == (name, "unreadable")


def test_without_a_valid_company_there_is_no_workspace_but_all_problems(tmp_path: Path) -> None:
    small(tmp_path, {"company.yaml": "name: A\n", "hires/aino.yaml": "name: B\n"})
    workspace, problems = read_workspace(tmp_path)
    assert workspace is None
    assert {problem.path for problem in problems} == {"company.yaml", "hires/aino.yaml"}


def test_files_of_other_kinds_and_hidden_files_are_not_read(tmp_path: Path) -> None:
    small(tmp_path, {"roles/README.md": "# ]", "roles/.old.yaml": "]", "notes/x.yaml": "]", "x.yaml": "]"})
    assert problems_of(tmp_path) == ()


# Conflicts between needs.

NEEDS = """\
    label: A
    summary: B
    needs:
      - id: tarve
        text: C
        conflicts_with: [{}]
"""


@pytest.mark.parametrize(("one", "other"), [("b/tarve", ""), ("", "a/tarve"), ("b/tarve", "a/tarve")])
def test_a_conflict_holds_both_ways_and_is_there_once(tmp_path: Path, one: str, other: str) -> None:
    files = {"personas/a.yaml": NEEDS.format(one), "personas/b.yaml": NEEDS.format(other)}
    (conflict,) = linked(small(tmp_path, files)).conflicts
    assert {conflict.one.persona.model.id, conflict.other.persona.model.id} == {"a", "b"}


def test_a_need_cannot_conflict_with_itself(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"personas/a.yaml": NEEDS.format("a/tarve")}))
    assert (problem.path, problem.line, problem.column) == ("personas/a.yaml", 6, 22)


def test_that_it_does_is_said_at_the_item_that_says_so(tmp_path: Path) -> None:
    files = {"personas/a.yaml": NEEDS.format("b/tarve, a/tarve"), "personas/b.yaml": NEEDS.format("a/tarve")}
    (problem,) = problems_of(small(tmp_path, files))
    assert (problem.where, problem.line, problem.column) == ("needs[0].conflicts_with[1]", 6, 31)


# Roles serve roles.


def test_roles_may_serve_each_other_in_circles(tmp_path: Path) -> None:
    served = ROLE.replace("personas: [varmistelija]", "roles: [{}]")
    workspace = linked(
        small(
            tmp_path,
            {
                "roles/a.yaml": served.format("b"),
                "roles/b.yaml": served.format("c, b"),
                "roles/c.yaml": served.format("a, asiantuntija"),
            },
        )
    )
    reached = {role.model.id: [p.model.id for p in role.reaches] for role in workspace.roles}
    assert reached == {id: ["varmistelija"] for id in ("a", "asiantuntija", "b", "c")}


def test_a_role_reaches_its_own_personas_first_and_each_once(tmp_path: Path) -> None:
    workspace = linked(
        small(
            tmp_path,
            {
                "personas/a.yaml": PERSONA,
                "personas/b.yaml": PERSONA,
                "roles/near.yaml": ROLE.replace("[varmistelija]", "[a, varmistelija]"),
                "roles/far.yaml": ROLE.replace("[varmistelija]", "[b]\n      roles: [near, asiantuntija]"),
            },
        )
    )
    far = next(role for role in workspace.roles if role.model.id == "far")
    assert [persona.model.id for persona in far.reaches] == ["b", "a", "varmistelija"]


@given(st.lists(st.tuples(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 3))), min_size=6, max_size=6))
def test_any_web_of_roles_reaches_what_can_be_reached(web: list[tuple[set[int], set[int]]]) -> None:
    files = {f"personas/p{n}.yaml": PERSONA for n in range(4)} | {"company.yaml": COMPANY}
    for n, (roles, personas) in enumerate(web):
        # A role must serve somebody, so all serve role 0.
        files[f"roles/r{n}.yaml"] = ROLE.replace(
            "personas: [varmistelija]",
            f"personas: [{', '.join(f'p{p}' for p in sorted(personas))}]\n"
            f"      roles: [{', '.join(f'r{r}' for r in sorted(roles | {0}))}]",
        )
    linked_roles = link_in_memory(files)

    expected: dict[int, set[str]] = {n: set() for n in range(6)}
    for start in range(6):
        seen: set[int] = set()
        todo = [start]
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo += web[at][0] | {0}
        expected[start] = {f"p{p}" for n in seen for p in web[n][1]}
    for n in range(6):
        reached = [persona.model.id for persona in linked_roles[f"r{n}"].reaches]
        assert len(reached) == len(set(reached))
        assert set(reached) == expected[n]
        own = {f"p{p}" for p in web[n][1]}
        assert set(reached[: len(own)]) == own


def link_in_memory(files: Mapping[str, str]) -> dict[str, linked_workspace.Role]:
    sources = []
    for path, text in files.items():
        data = parse(dedent(text).encode())
        assert isinstance(data, YamlMap)
        kind = kind_of_path(path)
        assert kind is not None
        sources.append(Source(path, dedent(text), data, kind))
    linking = link(validate(Files(Path("/nowhere"), tuple(sources), ())))
    assert linking.problems == ()
    assert linking.workspace is not None
    return {role.model.id: role for role in linking.workspace.roles}


# Links in the workspace's folder.

LINKED = ["company.yaml", "metrics.yaml", "journey.yaml", "personas", "roles", "managers", "hires"]
LINKED_FILES = ["personas/x.yaml", "roles/x.yaml", "managers/x.yaml", "hires/x.yaml"]


def leading_to(tmp_path: Path, name: str, elsewhere: str) -> Path:
    """A workspace of which one file or folder stands elsewhere, and a link in its place leads there."""
    root = rich(tmp_path / "firma", {"managers/m.yaml": "name: M\n"})
    path, target = root / name, tmp_path / elsewhere
    target.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        write_tree(root, {name: "SALAISUUS: 1\n"})
    path.rename(target)
    path.symlink_to(target)
    return root


@pytest.mark.parametrize("name", LINKED + LINKED_FILES)
def test_a_link_out_of_the_workspace_is_refused_and_not_read(tmp_path: Path, name: str) -> None:
    _, problems = read_workspace(leading_to(tmp_path, name, "elsewhere/it"))
    (problem,) = (problem for problem in problems if problem.code == "outside-workspace")
    assert problem.path == name
    assert problem.message == "is a link that leads out of the workspace"
    assert "SALAISUUS" not in str(problems)


@pytest.mark.parametrize("name", LINKED)
def test_a_link_that_stays_in_the_workspace_is_followed(tmp_path: Path, name: str) -> None:
    root = leading_to(tmp_path, name, f"firma/shared/{name}")
    assert (root / name).is_symlink()
    assert linked(root).hires


def test_a_workspace_behind_a_link_may_have_links_of_its_own(tmp_path: Path) -> None:
    leading_to(tmp_path, "personas", "firma/shared/personas")
    (tmp_path / "here").symlink_to("firma")
    assert linked(tmp_path / "here").hires


@pytest.mark.parametrize("name", ["hires/x.yaml", "hires"])
def test_a_folder_of_hires_may_be_anywhere_but_its_files_may_not(tmp_path: Path, name: str) -> None:
    root = leading_to(tmp_path, name, "elsewhere/it")
    _, problems = read_workspace(root, roster=Roster(root / "hires"))
    codes = {problem.code for problem in problems}
    assert ("outside-workspace" in codes) == (name == "hires/x.yaml")


# Hires.


def test_a_hire_chooses_among_the_personas_the_role_reaches(tmp_path: Path) -> None:
    hire = HIRE + "    personas: [varmistelija, pikajuoksija]\n"
    (problem,) = problems_of(rich(tmp_path, {"hires/aino.yaml": hire}))
    assert said(problem) == (
        "hires/aino.yaml:3:26 unreached-persona: role 'asiantuntija' does not reach persona 'pikajuoksija' "
        "(choose among: varmistelija)"
    )


def test_a_manager_may_be_written_inside_the_hire(tmp_path: Path) -> None:
    hire = (
        HIRE + "    manager:\n      name: Maija Mäki\n      commitments:\n        - text: Syömme lounaan.\n"
    )
    (aino,) = linked(small(tmp_path, {"hires/aino.yaml": hire})).hires
    assert aino.manager is not None
    assert aino.manager.model.name == "Maija Mäki"


def test_a_hire_s_language_is_one_of_the_workspace_s(tmp_path: Path) -> None:
    (problem,) = problems_of(small(tmp_path, {"hires/aino.yaml": HIRE + "    language: de\n"}))
    assert said(problem) == (
        "hires/aino.yaml:3:11 invalid-value: 'de' is not among the workspace's languages "
        "(use one of: fi, en, sv)"
    )


def test_the_company_s_language_is_one_of_its_languages(tmp_path: Path) -> None:
    company = COMPANY.replace("[fi, en, sv]", "[en, sv]")
    (problem,) = problems_of(small(tmp_path, {"company.yaml": company}))
    assert (problem.path, problem.line, problem.column) == ("company.yaml", 3, 11)


# A newcomer who is typed in.


def typed_in(root: Path, newcomer: Newcomer) -> linked_workspace.Hire:
    workspace, problems = read_workspace(root, newcomer)
    assert problems == ()
    assert workspace is not None
    return workspace.hires[-1]


def refused(root: Path, newcomer: Newcomer) -> Problem:
    (problem,) = read_workspace(root, newcomer)[1]
    return problem


def test_a_typed_newcomer_joins_as_the_last_hire(tmp_path: Path) -> None:
    newcomer = Newcomer("Bertta Öst", "asiantuntija", manager="maija", starts_on="2026-12-01", language="sv")
    bertta = typed_in(rich(tmp_path), newcomer)
    assert (bertta.model.name, bertta.role.model.id, bertta.model.language) == (
        "Bertta Öst",
        "asiantuntija",
        "sv",
    )
    assert bertta.manager is not None
    assert bertta.manager.model.name == "Maija Mäki"


def test_a_typed_manager_of_two_words_is_a_name(tmp_path: Path) -> None:
    bertta = typed_in(small(tmp_path), Newcomer("Bertta", "asiantuntija", manager="Kalle Ek"))
    assert bertta.manager is not None
    assert bertta.manager.model.name == "Kalle Ek"


@pytest.mark.parametrize(
    ("newcomer", "option", "hint"),
    [
        (Newcomer("A", "asiantuntia"), "--role", "did you mean 'asiantuntija'?"),
        (Newcomer("A", "asiantuntija", manager="maia"), "--manager", "did you mean 'maija'?"),
        (Newcomer("", "asiantuntija"), "--name", "write a text"),
        (Newcomer("x" * 10_000, "asiantuntija"), "--name", ""),
        (Newcomer("A\ud800", "asiantuntija"), "--name", ""),
        (Newcomer("A", ""), "--role", "write a text"),
        (Newcomer("A", "asiantuntija", buddy=""), "--buddy", "write a text, or leave the option out"),
        (Newcomer("A", "asiantuntija", language="de"), "--language", "use one of: fi, en, sv"),
    ],
)
def test_what_is_wrong_with_a_typed_newcomer_is_told_at_its_option(
    tmp_path: Path, newcomer: Newcomer, option: str, hint: str
) -> None:
    problem = refused(rich(tmp_path), newcomer)
    assert (problem.path, problem.line, problem.hint) == (option, 0, hint)


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("somewhere"))


# Letters that are written in another way once they are normalised, among all others.
NAMES = st.lists(
    st.sampled_from("\u0958\u095f\u0344\u212b\ufb1d\u0130ßﬁ") | st.characters(exclude_categories=["C"]),
    min_size=1,
    max_size=60,
).map("".join)


@given(NAMES.filter(str.strip), st.sampled_from([None, "2026-12-01"]))
def test_any_name_can_be_typed(somewhere: Path, name: str, starts_on: str | None) -> None:
    typed_in(somewhere, Newcomer(name, "asiantuntija", starts_on=starts_on))


def test_typed_newcomers_never_take_the_id_of_a_hire(tmp_path: Path) -> None:
    hires = {f"hires/aino-asiantuntija{n}.yaml": HIRE for n in ("", "-2", "-3")}
    assert (
        typed_in(small(tmp_path, hires), Newcomer("Aino", "asiantuntija")).model.id == "aino-asiantuntija-4"
    )


# What looks like a file of the workspace but is not read.


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("roles/uusi.yaml.txt", "rename it so that it ends in .yaml, or delete it"),
        ("hires/2027/aino.yaml", "folders inside hires/ are not looked into"),
        ("persona/uusi.yaml", "did you mean 'personas'?"),
    ],
)
def test_what_is_passed_over_is_said(tmp_path: Path, path: str, hint: str) -> None:
    (problem,) = problems_of(small(tmp_path, {path: "title: A\n"}))
    assert (problem.code, problem.severity, problem.hint) == ("not-read", "warning", hint)
    assert path.startswith(problem.path)


def test_a_text_that_yaml_cuts_at_a_hash_is_said(tmp_path: Path) -> None:
    role = ROLE.replace("ensimmäinen ääni.", "talon #1 ääni.") + "    tools: # kesken\n"
    (problem,) = problems_of(small(tmp_path, {"roles/asiantuntija.yaml": role}))
    assert (problem.code, problem.severity, problem.line, problem.column) == ("cut-text", "warning", 4, 24)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("exciting: Olet talon #1 ääni.", 22),
        ("outcomes: [Olet talon #1 ääni.]", None),
        ("outcomes:\n  - Olet talon #1 ääni.", 16),
        ("exciting:\n  fi: Olet talon #1 ääni.", 18),
        ("exciting: Olet\n  talon #1 ääni.", 9),
        ('exciting: "Olet talon #1 ääni."', None),
        ("exciting: 'Olet talon #1 ääni.'", None),
        ('exciting: "Olet\n  talon #1 ääni."', None),
        ("exciting: >-\n  Olet talon #1 ääni.", None),
        ("exciting: |\n  - fi: talon #1 ääni.", None),
        ("exciting: Olet talon C#-ääni.", None),
        ('exciting: "Olet ääni."  #kesken', None),
        ("exciting: Olet ääni.  # kesken", None),
    ],
)
def test_a_hash_cuts_a_text_only_where_yaml_says_so(tmp_path: Path, line: str, column: int | None) -> None:
    role = f"{dedent(ROLE).rstrip()}\n{line}\n"
    problems = problems_of(small(tmp_path, {"roles/asiantuntija.yaml": role}))
    cut = [each.column for each in problems if each.code == "cut-text"]
    assert cut == ([column] if column else [])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("  - Puhelu loppuu ajoissa.\n    Kukaan ei odota.", 10),
        ("  - Puhelu loppuu ajoissa\n    - kukaan ei odota", 10),
        ("  - ”Puhelu loppuu.”\n    ”Kukaan ei odota.”", 10),
        ("  - Puhelu loppuu\n    ajoissa.", None),
        ("  - Puhelu loppuu, ja\n    Aino soittaa.", None),
        ("  - Puhelu loppuu ajoissa.\n  - Kukaan ei odota.", None),
        ("  - >-\n    Puhelu loppuu ajoissa.\n    Kukaan ei odota.", None),
        ("  - |\n    Näin:\n    - Puhelu loppuu ajoissa.\n      Kukaan ei odota.", None),
        ('  - "Puhelu loppuu ajoissa.\n    Kukaan ei odota."', None),
        ("  - fi: Puhelu loppuu ajoissa.\n    en: Nobody waits.", None),
    ],
)
def test_items_of_a_list_that_became_one_are_said(tmp_path: Path, lines: str, found: int | None) -> None:
    role = f"{dedent(ROLE).rstrip()}\noutcomes:\n{lines}\n"
    problems = problems_of(small(tmp_path, {"roles/asiantuntija.yaml": role}))
    assert [(each.code, each.line, each.column) for each in problems] == (
        [("run-together", found, 5)] if found else []
    )


def test_a_language_that_is_not_declared_is_one_mistake_of_a_file(tmp_path: Path) -> None:
    company = COMPANY.replace("[fi, en, sv]", "[fi]")
    persona = "label:\n  fi: A\n  en: B\nsummary:\n  fi: C\n  en: D\nquote:\n  fi: E\n  en: F\n"
    files = {"company.yaml": company, "personas/varmistelija.yaml": persona}
    (problem,) = problems_of(small(tmp_path, files))
    assert problem.code == "undeclared-language"
    assert problem.message.endswith("; 2 more texts of this file have it")
    assert problem.hint == "add it to `languages` in company.yaml, or delete its lines"


def test_an_id_that_is_typed_is_no_other_role_s_title(tmp_path: Path) -> None:
    files = {"roles/alku.yaml": ROLE.replace("Palveluasiantuntija", "Tuki"), "roles/tuki.yaml": ROLE}
    workspace, _ = read_workspace(small(tmp_path, files), Newcomer("Bo", "TUKI"))
    assert workspace is not None
    assert workspace.hires[-1].role.model.id == "tuki"
