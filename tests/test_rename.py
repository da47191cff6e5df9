"""`pitchgen rename`: every file that names a thing follows, and nothing else in it changes."""

from __future__ import annotations

import re
import stat
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any, get_args

import pytest
from rich import RICH
from workspaces import POWERLESS, SMALL, contents, linked, pitchgen, small, write_tree

from pitchgen.cli import run
from pitchgen.model.base import Model, fields_of, model_in
from pitchgen.model.file_kind import FILE_KINDS
from pitchgen.model.ids import referred_to, whole_type
from pitchgen.new.existing import Existing
from pitchgen.new.rename import carry_out, kinds, plan
from pitchgen.workspace.ids import ids_of

PERSONAS = {
    "personas/varmistelija.yaml": """\
        # Kuka hän on.
        label: Varmistelija

        summary: Haluaa tietää, mitä tapahtuu.
        needs:
          - id: aika  # tärkein
            text: Milloin?
            conflicts_with: ["kiireinen/heti"]
          - id: rauha
            text: Ilman kiirettä.
    """,
    "personas/kiireinen.yaml": """\
        label: Kiireinen
        summary: Haluaa pois, eikä ole varmistelija.
        needs: [{id: heti, text: Nyt.}]
        skips:
          >-
          puhelu
    """,
    "journey.yaml": """\
        phases: [{id: arki, name: Arki}]
        touchpoints: [{id: puhelu, name: Puhelu, phase: arki}]
    """,
    "roles/asiantuntija.yaml": SMALL["roles/asiantuntija.yaml"] + "    owns: puhelu\n",
}


def every_id(root: Path) -> list[tuple[str, str]]:
    """Each kind, as it is typed, and id of a workspace."""
    existing = Existing.read(root)
    return [(typed, id) for typed, kind in kinds().items() for id, _ in existing.ids(kind.name)]


def ids_written(root: Path) -> list[tuple[str, str]]:
    return sorted((id.noun, id.id) for source in Existing.read(root).files.sources for id in ids_of(source))


def test_whatever_has_an_id_is_renamed_wherever_it_is_named_and_back_to_the_byte(tmp_path: Path) -> None:
    root = write_tree(tmp_path, RICH)
    before, known = contents(root), every_id(root)
    # Every kind of file has something.
    assert {kind for kind, _ in known} == set(kinds())
    for kind, old in known:
        noun, new = kinds()[kind].name, f"{old}x"
        was = ids_written(root)
        carry_out(plan(Existing.read(root), kinds()[kind], old, new.rpartition("/")[2]))
        now = ids_written(root)
        assert (noun, old) not in now
        assert now.count((noun, new)) == was.count((noun, old))
        linked(root)
        carry_out(plan(Existing.read(root), kinds()[kind], new, old.rpartition("/")[2]))
        assert contents(root) == before, (kind, old)


def test_every_field_that_asks_for_an_id_says_of_what() -> None:
    asked = {(model, key) for model, key, about in described() if re.match("Ids? of|Touchpoints", about)}
    asked -= {(model, key) for model, key in asked if key == "touchpoints"}
    named = {
        (model.__name__, key)
        for model in models()
        for key, field in fields_of(model).items()
        if referred_to(whole_type(field))
    }
    assert len(asked) > 10
    assert asked <= named
    nouns = {kind.name for kind in kinds().values()}
    fields = [whole_type(field) for model in models() for field in fields_of(model).values()]
    assert {noun for field in fields if (noun := referred_to(field))} <= nouns


def described() -> list[tuple[str, str, str]]:
    return [
        (model.__name__, key, field.description or "")
        for model in models()
        for key, field in fields_of(model).items()
    ]


def models() -> set[type[Model]]:
    """Every model of a workspace's files, those inside others too."""
    found: set[type[Model]] = set()
    waiting: list[Any] = [kind.model for kind in FILE_KINDS]
    while waiting:
        if (model := model_in(waiting.pop())) and model not in found:
            found.add(model)
            waiting += [
                part for f in fields_of(model).values() for part in (f.annotation, *get_args(f.annotation))
            ]
    return found


def test_a_file_gets_the_new_name_and_all_else_stays_as_it_was(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    before = contents(root)
    done = pitchgen("rename", "persona", "varmistelija", "epäilijä", workspace=root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["personas/epäilijä.yaml", "roles/asiantuntija.yaml"]
    assert done.stderr == "2 files changed\n"
    after = contents(root)
    assert after.pop("personas/epäilijä.yaml") == before.pop("personas/varmistelija.yaml")
    role = before["roles/asiantuntija.yaml"].replace(b"[varmistelija]", "[epäilijä]".encode())
    assert after == {**before, "roles/asiantuntija.yaml": role}


@pytest.mark.parametrize("said", ["Asiantuntija", "asiantuntija ", "ASIANTUNTIJA"])
def test_a_role_may_be_named_by_its_title(tmp_path: Path, said: str) -> None:
    by_title, by_id = (small(tmp_path / name) for name in ("title", "id"))
    for root, old in ((by_title, said), (by_id, "asiantuntija")):
        assert pitchgen("rename", "role", old, "neuvoja", workspace=root).returncode == 0
    assert contents(by_title) == contents(by_id)


def test_a_persona_s_needs_are_named_by_it(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    assert pitchgen("rename", "persona", "kiireinen", "hoppu", workspace=root).returncode == 0
    text = (root / "personas/varmistelija.yaml").read_text(encoding="utf-8")
    assert '    conflicts_with: ["hoppu/heti"]\n' in text
    done = pitchgen("rename", "need", "hoppu/heti", "nyt", workspace=root)
    assert done.stdout.splitlines() == ["personas/hoppu.yaml", "personas/varmistelija.yaml"]
    assert "[{id: nyt, text: Nyt.}]" in (root / "personas/hoppu.yaml").read_text(encoding="utf-8")
    (conflict,) = linked(root).conflicts
    assert {conflict.one.model.id, conflict.other.model.id} == {"aika", "nyt"}


def test_a_need_of_one_persona_is_not_that_of_another(tmp_path: Path) -> None:
    need = "needs: [{id: aika, text: Milloin?}]\n"
    other = f"label: Toinen\nsummary: Toinen.\n{need}"
    root = small(tmp_path, {**PERSONAS, "personas/toinen.yaml": other})
    assert pitchgen("rename", "need", "varmistelija/aika", "kello", workspace=root).returncode == 0
    assert (root / "personas/toinen.yaml").read_text(encoding="utf-8") == other
    # Nor is a role of the same id as a persona that persona.
    assert pitchgen("rename", "role", "asiantuntija", "varmistelija", workspace=root).returncode == 0
    assert pitchgen("rename", "role", "varmistelija", "toinen", workspace=root).returncode == 0
    assert [each.model.id for each in linked(root).personas] == ["kiireinen", "toinen", "varmistelija"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", BOM_UTF8])
def test_line_ends_quotation_marks_and_byte_order_marks_stay(tmp_path: Path, end: str, bom: bytes) -> None:
    journey = (
        'phases: [{id: arki, name: Arki}]~touchpoints:~- id: "puhelu"  # puhelu~  name: puhelu~  phase: arki~'
    )
    role = f"{SMALL['roles/asiantuntija.yaml']}    owns: # puhelu\n    - 'puhelu'\n    helps_at: ['nouto',]\n"
    nouto = "- {id: nouto, name: N, phase: arki}"
    files: dict[str, str | bytes] = {
        "journey.yaml": bom + (journey + nouto).replace("~", end).encode(),
        "roles/asiantuntija.yaml": role,
    }
    root = small(tmp_path, files)
    before = contents(root)
    assert pitchgen("rename", "touchpoint", "puhelu", "soitto", workspace=root).returncode == 0
    after = contents(root)
    assert after["journey.yaml"] == before["journey.yaml"].replace(b'"puhelu"', b'"soitto"')
    assert after["roles/asiantuntija.yaml"] == before["roles/asiantuntija.yaml"].replace(
        b"- 'puhelu'", b"- 'soitto'"
    )


@pytest.mark.parametrize("new", ["null", "no", "010", "2026-12-01", "Arki"])
def test_an_id_that_looks_like_something_else_is_read_as_an_id(tmp_path: Path, new: str) -> None:
    root = small(tmp_path, PERSONAS)
    assert pitchgen("rename", "phase", "arki", new, workspace=root).returncode == 0
    assert [each.phase.id for each in linked(root).touchpoints] == [new]


def test_an_id_on_a_line_below_its_key_is_found(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    assert pitchgen("rename", "touchpoint", "puhelu", "soitto", workspace=root).returncode == 0
    assert (root / "personas/kiireinen.yaml").read_text(encoding="utf-8").endswith("skips:\n  soitto\n")
    assert [each.model.id for each in linked(root).roles[0].owns] == ["soitto"]


def test_an_id_inside_a_file_of_another_name_leaves_the_name(tmp_path: Path) -> None:
    persona = f"    id: toinen\n{SMALL['personas/varmistelija.yaml']}"
    root = small(tmp_path, {"personas/muu.yml": persona})
    done = pitchgen("rename", "persona", "toinen", "kolmas", workspace=root)
    assert done.stdout == "personas/muu.yml\n"
    assert (root / "personas/muu.yml").read_text(encoding="utf-8").startswith("id: kolmas\nlabel")
    # Where both are the same, both change; the ending stays.
    (root / "personas/muu.yml").rename(root / "personas/kolmas.yml")
    done = pitchgen("rename", "persona", "kolmas", "neljäs", workspace=root)
    assert done.stdout == "personas/neljäs.yml\n"
    assert (root / "personas/neljäs.yml").read_text(encoding="utf-8").startswith("id: neljäs\nlabel")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("persona", "varmistelia", "x"), "there is no persona 'varmistelia'; did you mean 'varmistelija'?"),
        (("persona", "zzz", "x"), "there is no persona 'zzz'; it can be: kiireinen, varmistelija"),
        (("metric", "nps", "x"), "there is no metric 'nps'; there is none yet"),
        (("person", "a", "b"), "nothing called 'person' has an id; did you mean 'persona'?"),
        (("zzz", "a", "b"), f"nothing called 'zzz' has an id; it can be: {', '.join(kinds())}"),
        (
            ("persona", "varmistelija", "kiireinen"),
            "persona 'kiireinen' is already in personas/kiireinen.yaml",
        ),
        (("persona", "varmistelija", "Kiireinen"), "use 'kiireinen'"),
        (("persona", "varmistelija", "a b"), "'a b' cannot be an id"),
        (("need", "varmistelija/aika", "rauha"), "need 'varmistelija/rauha' is already in personas/varm"),
        (("need", "varmistelija/aika", "kiireinen/aika"), "'kiireinen/aika' cannot be an id"),
        (("need", "aika", "x"), "there is no need 'aika'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    root = small(tmp_path, PERSONAS)
    before = contents(root)
    done = pitchgen("rename", *arguments, workspace=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert contents(root) == before


@pytest.mark.parametrize("suffix", ["yaml", "yml"])
def test_a_file_that_has_the_new_name_already_stays(tmp_path: Path, suffix: str) -> None:
    root = small(
        tmp_path, {f"personas/muu.{suffix}": f"    id: toinen\n{SMALL['personas/varmistelija.yaml']}"}
    )
    (root / "personas/varmistelija.yaml").rename(root / f"personas/varmistelija.{suffix}")
    before = contents(root)
    done = pitchgen("rename", "persona", "varmistelija", "muu", workspace=root)
    assert done.stderr == f"pitchgen: personas/muu.{suffix} is already there; nothing was written\n"
    assert contents(root) == before


def test_a_workspace_with_errors_is_mended_first(tmp_path: Path) -> None:
    root = small(tmp_path, {"personas/rikki.yaml": "label: [\n", "hires/aino.yaml": "name: A\nrole: muu\n"})
    before = contents(root)
    done = pitchgen("rename", "persona", "varmistelija", "x", workspace=root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "personas/rikki.yaml:2:1: error[" in done.stderr
    assert "hires/aino.yaml:2:7: error[unknown-reference]" in done.stderr
    assert contents(root) == before


def test_a_dry_run_lists_what_would_change(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    before = contents(root)
    dry = pitchgen("rename", "role", "asiantuntija", "neuvoja", "--dry-run", workspace=root)
    assert (dry.stdout, dry.stderr) == ("roles/neuvoja.yaml\nhires/aino.yaml\n", "2 files would change\n")
    assert contents(root) == before
    assert pitchgen("rename", "role", "asiantuntija", "neuvoja", "-q", workspace=root).stdout == dry.stdout


def test_a_link_is_written_through_and_modes_stay(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "yhteiset").mkdir()
    role = root / "roles/asiantuntija.yaml"
    role.rename(root / "yhteiset/rooli.yaml")
    role.symlink_to("../yhteiset/rooli.yaml")
    (root / "hires/aino.yaml").chmod(0o600)
    assert pitchgen("rename", "persona", "varmistelija", "x", workspace=root).returncode == 0
    assert pitchgen("rename", "role", "asiantuntija", "y", workspace=root).returncode == 0
    assert (root / "roles/y.yaml").readlink() == Path("../yhteiset/rooli.yaml")
    assert "personas: [x]" in (root / "yhteiset/rooli.yaml").read_text(encoding="utf-8")
    assert stat.S_IMODE((root / "hires/aino.yaml").stat().st_mode) == 0o600
    assert linked(root).hires[0].role.model.id == "y"


def test_when_one_file_may_not_be_written_none_is(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    (root / "roles/asiantuntija.yaml").chmod(0o400)
    before, written = contents(root), (root / "journey.yaml").stat().st_mtime_ns
    done = pitchgen("rename", "touchpoint", "puhelu", "soitto", workspace=root, before=POWERLESS)
    assert (done.returncode, done.stdout) == (4, "")
    assert "roles/asiantuntija.yaml: permission denied" in done.stderr
    assert contents(root) == before
    # Nor was it written and taken back.
    assert (root / "journey.yaml").stat().st_mtime_ns == written


def test_what_was_written_before_a_disk_refused_is_taken_back(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    before = contents(root)
    # The file itself may be written, but nothing may get another name beside it.
    (root / "roles").chmod(0o500)
    done = pitchgen("rename", "touchpoint", "puhelu", "soitto", workspace=root, before=POWERLESS)
    (root / "roles").chmod(0o755)
    assert done.returncode == 4, done.stdout
    assert contents(root) == before


def test_documents_that_were_made_stay(tmp_path: Path) -> None:
    root = small(tmp_path)
    assert pitchgen("pitch", "aino", "--format", "txt", workspace=root).returncode == 0
    made = contents(root / "out")
    assert pitchgen("rename", "hire", "aino", "aino-v", workspace=root).returncode == 0
    assert contents(root / "out") == made


def test_help_names_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rename", "--help"]) == 0
    (named,) = re.findall(r"KIND is (.*?)\.", " ".join(capsys.readouterr().out.split()))
    assert set(re.split(", | or ", named)) == set(kinds())


def test_a_plan_shows_every_line_that_changes_and_changes_none(tmp_path: Path) -> None:
    root = small(tmp_path, PERSONAS)
    before = contents(root)
    changes = plan(Existing.read(root), kinds()["persona"], "kiireinen", "hetken-mies")
    assert [(change.path.name, change.moved.name, change.lines) for change in changes] == [
        ("kiireinen.yaml", "hetken-mies.yaml", ()),
        (
            "varmistelija.yaml",
            "varmistelija.yaml",
            ((8, '    conflicts_with: ["kiireinen/heti"]', '    conflicts_with: ["hetken-mies/heti"]'),),
        ),
    ]
    assert contents(root) == before
