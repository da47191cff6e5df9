"""Reading a workspace again and again: only what changed is read anew, and the whole is as if read afresh."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import write_tree

from pitchgen.keep.reading import Reader, Reading
from pitchgen.problems import InvalidInput
from pitchgen.workspace.newcomer import Draft
from pitchgen.workspace.read import read_workspace

TREE = {
    "company.yaml": """
        schema_version: 1
        name: Acme
        language: en
        languages: [en]
        strategy: {name: One aim, aim: We do one thing.}
        promise: {text: You know where you stand.}
    """,
    "journey.yaml": """
        phases:
          - {id: first, name: First}
        touchpoints:
          - {id: call, name: A call, phase: first}
    """,
    "personas/ann.yaml": """
        label: Ann
        summary: She asks.
        moments:
          - {touchpoint: call, feels: 1}
    """,
    "roles/agent.yaml": """
        title: Agent
        purpose: Answers.
        part: {why: You answer., how: You listen.}
        serves: {personas: [ann]}
    """,
    "managers/eve.yaml": """
        name: Eve Hill
    """,
    "hires/bo.yaml": """
        name: Bo Ek
        role: agent
        manager: Eve Hill
    """,
}


def root_of(folder: Path) -> Path:
    return write_tree(folder, {path: dedent(text) for path, text in TREE.items()})


def as_told(reading: Reading) -> tuple[object, ...]:
    assert reading.workspace
    workspace = reading.workspace
    everyone = [*map(repr, (each.model for each in workspace.personas))]
    everyone += map(repr, (each.model for each in workspace.roles))
    everyone += map(repr, (each.model for each in workspace.hires))
    return reading.problems, tuple(everyone)


def test_nothing_is_read_twice_that_did_not_change(tmp_path: Path) -> None:
    reader = Reader(root_of(tmp_path))
    first = reader.read()
    assert reader.read() is first
    (tmp_path / "roles/agent.yaml").write_text(dedent(TREE["roles/agent.yaml"]).replace("Agent", "Adviser"))
    second = reader.read()
    assert second is not first
    before, after = ({i.source.path: i for i in r.validated.items} for r in (first, second))
    changed = {path for path in after if after[path] is not before[path]}
    # What newcomers name may be called otherwise now.
    assert changed == {"roles/agent.yaml", "hires/bo.yaml"}
    assert after["hires/bo.yaml"].source is before["hires/bo.yaml"].source
    assert second.workspace and second.workspace.hires[0].role.model.title.plain == "Adviser"


def test_what_comes_and_goes_is_seen(tmp_path: Path) -> None:
    reader = Reader(root_of(tmp_path))
    assert not reader.read().problems
    (tmp_path / "personas/ann.yaml").unlink()
    assert [problem.code for problem in reader.read().problems] == ["unknown-reference"]
    write_tree(tmp_path, {"personas/ann.yaml": dedent(TREE["personas/ann.yaml"])})
    assert not reader.read().problems
    marks = reader.read().marks
    write_tree(tmp_path, {"templates/letter.css": "p { color: red }"})
    assert reader.read().marks != marks
    assert [name for name, _ in reader.read().look] == ["templates/letter.css"]


def test_a_picture_that_changes_is_judged_again(tmp_path: Path) -> None:
    root_of(tmp_path)
    write_tree(tmp_path, {"personas/ann.yaml": dedent(TREE["personas/ann.yaml"]) + "picture: ann.svg\n"})
    reader = Reader(tmp_path)
    assert [problem.loc for problem in reader.read().problems] == [("picture",)]
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (tmp_path / "ann.svg").write_text(drawn)
    assert not reader.read().problems


def test_another_language_of_the_company_judges_every_text_again(tmp_path: Path) -> None:
    root_of(tmp_path)
    titled = dedent(TREE["roles/agent.yaml"]).replace("title: Agent", "title:\n  en: Agent\n  fi: Neuvoja")
    write_tree(tmp_path, {"roles/agent.yaml": titled})
    reader = Reader(tmp_path)
    assert [problem.code for problem in reader.read().problems] == ["undeclared-language"]
    company = dedent(TREE["company.yaml"]).replace("[en]", "[en, fi]")
    write_tree(tmp_path, {"company.yaml": company})
    assert not [problem for problem in reader.read().problems if problem.code == "undeclared-language"]


def test_somebody_joins_without_linking_the_others_again(tmp_path: Path) -> None:
    reading = Reader(root_of(tmp_path)).read()
    newcomer = Draft({"name": "Cy Day", "role": "Agent", "manager": "eve", "needs": ["Quiet."]})
    workspace = reading.usable(newcomer)
    assert reading.workspace
    assert [hire.model.name for hire in workspace.hires] == ["Bo Ek", "Cy Day"]
    assert workspace.hires[0] is reading.workspace.hires[0]
    assert workspace.hires[1].role is reading.workspace.roles[0]
    # The reading itself stays as it was.
    assert [hire.model.name for hire in reading.workspace.hires] == ["Bo Ek"]


def test_somebody_with_a_file_is_told_of_in_other_words(tmp_path: Path) -> None:
    reading = Reader(root_of(tmp_path)).read()
    workspace = reading.usable(Draft({"name": "Bo Oak", "role": "agent"}, of="bo"))
    assert [(hire.model.id, hire.model.name) for hire in workspace.hires] == [("bo", "Bo Oak")]
    # What is not typed stays as the file has it, unless it is taken away.
    assert workspace.hires[0].manager is workspace.managers[0]
    assert reading.usable(Draft({"manager": None}, of="bo")).hires[0].manager is None


def test_what_is_wrong_with_a_newcomer_is_said_as_read_afresh(tmp_path: Path) -> None:
    reading = Reader(root_of(tmp_path)).read()
    with pytest.raises(InvalidInput) as wrong:
        reading.usable(Draft({"name": "Cy", "role": "agnet", "starts_on": "soon", "language": "sv"}))
    assert [problem.loc for problem in wrong.value.problems] == [("starts_on",)]
    with pytest.raises(InvalidInput) as wrong:
        reading.usable(Draft({"name": "Cy", "role": "agnet", "language": "sv"}))
    assert {problem.loc for problem in wrong.value.problems} == {("role",), ("language",)}


EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(TREE)),
        st.sampled_from(["gone", "broken", "as it was", "another name", "a key too many"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_whatever_happens_to_files_it_is_as_if_read_afresh(
    edits: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = root_of(tmp_path_factory.mktemp("kept"))
    reader = Reader(root)
    reader.read()
    for path, how in edits:
        _edit(root / path, dedent(TREE[path]), how)
        if (root / "company.yaml").exists():
            fresh = read_workspace(root)
            again = reader.read()
            assert again.problems == fresh[1]
            assert (again.workspace is None) == (fresh[0] is None)
            if again.workspace:
                assert as_told(again) == as_told(Reader(root).read())
    shutil.rmtree(root)


def _edit(path: Path, text: str, how: str) -> None:
    if how == "gone":
        path.unlink(missing_ok=True)
        return
    edited = {
        "broken": "[" + text,
        "as it was": text,
        "another name": text.replace("Ann", "Anna").replace("Eve Hill", "Eve Hall").replace("Acme", "Bolt"),
        "a key too many": text + "surprise: yes\n",
    }[how]
    written = path.with_suffix(".new")
    written.write_text(edited)
    written.replace(path)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("personas/ann.yaml", "label: Anna\nsummary: She knows.\n"),
        ("personas/ann.yaml", "label: [\n"),
        ("personas/ann.yaml", "label: Ann\nsumary: She asks.\n"),
        ("roles/agent.yaml", dedent(TREE["roles/agent.yaml"]).replace("[ann]", "[nobody]")),
        ("company.yaml", dedent(TREE["company.yaml"]).replace("languages: [en]", "languages: [en, fi]")),
        ("personas/new.yaml", "label: New\nsummary: Comes later.\n"),
        ("personas/ann.yaml", ""),
    ],
)
def test_a_file_that_nobody_saved_counts_as_if_it_were(tmp_path: Path, path: str, content: str) -> None:
    reader = Reader(root_of(tmp_path))
    before = reader.read()
    drafted = before.with_file(path, content.encode())
    others = {
        i.source.path: i for i in before.validated.items if i.source.kind.name not in ("hires", "company")
    }
    if path != "company.yaml":
        assert all(
            i is others[i.source.path]
            for i in drafted.validated.items
            if i.source.path in others.keys() - {path}
        )
    (tmp_path / path).write_text(content, encoding="utf-8")
    saved = reader.read()
    assert drafted.problems == saved.problems
    assert as_told(drafted) == as_told(saved)
