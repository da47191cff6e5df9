"""`pitchgen matrix`: who meets what and who answers for it, as text, page, spreadsheet and data."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from every_document import LANGUAGES, THE_DAY
from hypothesis import given, settings
from hypothesis import strategies as st
from tree import heads, text_of, tree_of, with_class
from wcwidth import width as columns
from workspaces import (
    ROLE,
    SHIPPED,
    SMALL,
    TODAY,
    contents,
    linked,
    pitchgen,
    pitchgen_here,
    printed_elsewhere,
    small,
    write_tree,
)

from pitchgen.compose.overview import compose_overview
from pitchgen.compose.voice import Voice
from pitchgen.language.words import read_words
from pitchgen.render.export import BYTE_ORDER_MARK, matrix_csv
from pitchgen.render.table import render_table
from pitchgen.studio.studio import TABLE_WIDTH, Studio

Capture = pytest.CaptureFixture[str]

JOURNEY = """\
    phases:
      - {id: alku, name: Alku}
      - {id: arki, name: Arki}
    touchpoints:
      - {id: soitto, name: Soitto, phase: alku, channel: puhelin, partners: [Operaattori]}
      - {id: kaynti, name: Käynti, phase: arki}
      - {id: lasku, name: Lasku, phase: arki}
"""
ANNA = """\
    label: Anna
    summary: Haluaa tietää.
    needs:
      - {id: tieto, text: Haluan tietää., response: Kerromme., plays: {say: [Kello 7.]}}
    moments:
      - {touchpoint: soitto, expects: Nimen., feels: -1, do: Sano nimesi.}
      - {touchpoint: kaynti, feels: 2, assumed: true}
    skips: [lasku]
"""
BO = """\
    label: Bo
    summary: Haluaa nukkua.
    needs: [{id: rauha, text: Haluan nukkua.}]
    moments:
      - {touchpoint: lasku, expects: Summan.}
"""
FINANCE = ROLE.replace("Palveluasiantuntija", "Talous").replace("varmistelija", "anna")
# Somebody answers for the call, nobody for the visit, and two for the invoice.
FILES = {
    **{name: text for name, text in SMALL.items() if name != "personas/varmistelija.yaml"},
    "journey.yaml": JOURNEY,
    "personas/anna.yaml": ANNA,
    "personas/bo.yaml": BO,
    "roles/asiantuntija.yaml": ROLE.replace("varmistelija", "anna, bo")
    + "    owns: [soitto, lasku]\n    helps_at: [kaynti]\n",
    "roles/talous.yaml": FINANCE + "    owns: [lasku]\n    helps_at: [soitto]\n",
}


def matrix_of(root: Path, files: Mapping[str, str], language: str = "fi", width: int = TABLE_WIDTH) -> str:
    workspace = linked(write_tree(root, files))
    overview = compose_overview(workspace, Voice(SHIPPED.get(language), "fi"))
    return render_table(overview, [], read_words(SHIPPED.folders, language), SHIPPED.get(language), width)


def page_of(root: Path, files: Mapping[str, str], language: str = "fi") -> Element:
    studio = Studio(linked(write_tree(root, files)), THE_DAY)
    rendered = studio.render(studio.compose("matrix", studio.workspace, language), "html")
    assert rendered.problems == ()
    return tree_of(rendered.content)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)), delimiter=";"))


# On a terminal


def test_the_command_prints_the_matrix(capsys: Capture, tmp_path: Path) -> None:
    done = pitchgen_here(capsys, "matrix", "--language", "en", workspace=write_tree(tmp_path, FILES))
    assert (done.returncode, done.stderr) == (0, "")
    above, _, below = done.stdout.partition("\nThe weakest links\n")
    assert above == (
        """\
Who meets what, and who is responsible

                                                  Anna      Bo

Alku
 1 Soitto                                         −1  0     ?   0
   Palveluasiantuntija
   Helping: Talous

Arki
 2 Käynti                                         +2* 0     ?   0
   NOBODY IS RESPONSIBLE
   Helping: Palveluasiantuntija
 3 Lasku                                          ×         –   0
   MORE THAN ONE IS RESPONSIBLE:
   Palveluasiantuntija, Talous

× not on their journey · ? not described yet · * assumed, check first · – does not concern them or
is not known

The first figure shows how it feels to them today, from −2 to +2. The second is their weakest chain
there, from 0 to 1.
"""
    )
    assert (
        """\
 1. 0 → 0.2  Palveluasiantuntija: give the role a goal that has a metric
    roles/asiantuntija.yaml:1 goals
    Chains 3, of which this alone lifts 1: Anna – Soitto, Bo – Soitto, Bo – Lasku
"""
        in below
    )


def test_text_shows_the_ten_weakest_and_says_how_many_more_there_are(tmp_path: Path) -> None:
    needs = "".join(f"  - {{id: n{n}, text: Tarve {n}}}\n" for n in range(12))
    files = {**FILES, "personas/bo.yaml": f"label: Bo\nsummary: x\nneeds:\n{needs}"}
    text = matrix_of(tmp_path, files)
    assert "\n10. " in text
    assert "\n11. " not in text
    shown = sum(line.startswith(tuple(f"{n:2}. " for n in range(1, 11))) for line in text.splitlines())
    assert shown == 10
    weaknesses = compose_overview(linked(tmp_path), Voice(SHIPPED.get("fi"), "fi")).weaknesses
    assert text.endswith(f"Muita korjattavia kenttiä: {len(weaknesses) - 10}\n")


def test_central_personas_come_first(tmp_path: Path) -> None:
    files = {**FILES, "personas/bo.yaml": BO.replace("label: Bo", "label: Bo\n    priority: 1")}
    text = matrix_of(tmp_path, files)
    assert re.search(r"^ +Bo +Anna$", text, re.MULTILINE)
    assert re.search(r"^ 3 Lasku +–   0 +×$", text, re.MULTILINE)


def test_two_equal_weaknesses_are_both_named(tmp_path: Path) -> None:
    text = matrix_of(tmp_path, FILES)
    assert "Ei riitä yksin. Yhtä heikko:" in text
    assert "Bo: Haluan nukkua: kirjoita, mitä hänelle sanotaan" in text


def test_what_mends_a_chain_says_how_far(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "personas/bo.yaml"}
    files |= {"roles/asiantuntija.yaml": ROLE.replace("varmistelija", "anna") + "    owns: [soitto, lasku]\n"}
    goal = "    goals: [{text: Jono on lyhyt., metric: jono}]\n    owns: [kaynti]\n"
    files |= {"roles/talous.yaml": FINANCE + goal}
    files |= {"metrics.yaml": "metrics: [{id: jono, name: Jono, kind: count}]\n"}
    text = matrix_of(tmp_path, files)
    assert "0 → 0,2  Palveluasiantuntija: anna roolille tavoite, jolla on mittari\n" in text
    assert "0,2 → 0,25  Jono: merkitse luku: baseline tai latest\n" in text


WIDE = {
    "personas/anna.yaml": ANNA.replace("label: Anna", "label: 日本語の顧客 テスト"),
    "personas/bo.yaml": BO.replace("label: Bo", "label: Cafe\u0301 👩\u200d👩\u200d👧 Bo"),
    "journey.yaml": JOURNEY.replace("name: Käynti", "name: 訪問 กำ Ka\u0308ynti"),
}


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_columns_stand_below_each_other_whatever_letters_names_have(width: int, tmp_path: Path) -> None:
    above = matrix_of(tmp_path, {**FILES, **WIDE}, width=width).split("\n×")[0]
    assert max(map(columns, above.splitlines())) <= width
    # All that is said of the first persona.
    starts = [
        columns(line[: line.index(sign)])
        for line, sign in ((line, sign) for line in above.splitlines() for sign in ("−1  0", "+2* 0", "×"))
        if sign in line
    ]
    assert len(starts) == 3
    assert len({*starts}) == 1


@pytest.mark.parametrize("people", [0, 1, 5, 23])
@pytest.mark.parametrize("width", [24, 80])
def test_everyone_has_a_column_in_some_block(people: int, width: int, tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if not name.startswith("personas")}
    files |= {f"personas/p{n}.yaml": f"label: Nro{n}\nsummary: x\n" for n in range(people)}
    files |= {
        "roles/asiantuntija.yaml": ROLE.replace("personas: [varmistelija]", "roles: [asiantuntija]")
        + "    owns: [soitto]\n",
        "roles/talous.yaml": FINANCE.replace("personas: [anna]", "roles: [asiantuntija]"),
    }
    above = matrix_of(tmp_path, files, width=width).partition("\n×")[0]
    assert re.findall(r"Nro\d+", above) == sorted(f"Nro{n}" for n in range(people))
    # Who answers is said once, beside the first.
    assert above.count("KUKAAN EI VASTAA") == 2


TYPED = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")


@settings(max_examples=60)
@given(st.text(TYPED, min_size=1), st.integers(20, 130))
def test_no_text_can_move_the_cursor_or_pass_the_edge(
    tmp_path_factory: pytest.TempPathFactory, typed: str, width: int
) -> None:
    label = r'"x\x9b31m\u202e ' + json.dumps(f"{typed} x", ensure_ascii=False)[1:]
    files = {**FILES, "personas/anna.yaml": ANNA.replace("label: Anna", f"label: {label}")}
    text = matrix_of(tmp_path_factory.mktemp("nasty"), files, width=width)
    assert "x\N{REPLACEMENT CHARACTER}31m\N{REPLACEMENT CHARACTER}" in text
    assert not {*text} & {*"\x9b\x1b\r\t\u202e"}
    # A touchpoint beside one persona takes so much at the least.
    assert max(map(columns, text.splitlines())) <= max(width, 24 + 2 + 16)


def on_a_terminal(columns: int, root: Path) -> str:
    """What the command prints on a real terminal of so many columns."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    arguments = [sys.executable, "-m", "pitchgen", "matrix", "-w", str(root), "--date", TODAY]
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(arguments, stdout=its, stderr=subprocess.PIPE, env=env) as process:
        os.close(its)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass  # So ends a terminal whose program is gone.
    os.close(ours)
    assert process.returncode == 0
    return shown.decode().replace("\r\n", "\n")


def test_the_table_is_as_wide_as_the_terminal_and_as_100_columns_in_a_pipe(tmp_path: Path) -> None:
    root = write_tree(tmp_path, FILES)
    assert on_a_terminal(50, root) == matrix_of(root, {}, width=50)
    piped = pitchgen("matrix", workspace=root, env={"COLUMNS": "50"})
    assert piped.stdout == matrix_of(root, {}, width=100)


# Nothing there yet


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workspace_says_what_is_missing(capsys: Capture, language: str, tmp_path: Path) -> None:
    root = small(tmp_path)
    words = read_words(SHIPPED.folders, language)
    done = pitchgen_here(capsys, "matrix", "--language", language, workspace=root)
    assert (done.returncode, done.stdout.split("\n\n")[1:]) == (0, [words["no_touchpoints"] + "\n"])
    assert done.stderr == "pitchgen: there are no touchpoints in journey.yaml yet\n"
    page = page_of(root, {}, language)
    assert text_of(with_class(page, "lead")[0]) == words["no_touchpoints"]
    assert list(page.iter("table")) == []


def test_touchpoints_without_personas_show_who_answers(capsys: Capture, tmp_path: Path) -> None:
    alone = ROLE.replace("personas: [varmistelija]", "roles: [asiantuntija]") + "    owns: [soitto]\n"
    files = {
        "company.yaml": SMALL["company.yaml"],
        "journey.yaml": JOURNEY,
        "roles/asiantuntija.yaml": alone,
    }
    done = pitchgen_here(capsys, "matrix", workspace=write_tree(tmp_path, files))
    assert (done.returncode, done.stderr) == (0, "pitchgen: there are no personas yet\n")
    assert " 1 Soitto\n   Palveluasiantuntija\n" in done.stdout
    assert done.stdout.endswith("Persoonia ei ole vielä. Tee jokaisesta oma tiedosto kansioon personas/.\n")
    assert "Palveluasiantuntija" in text_of(page_of(tmp_path, {}))


def test_whole_chains_are_said_to_hold(tmp_path: Path) -> None:
    anna = ANNA.replace(
        "plays: {say: [Kello 7.]}", "value_to_us: x, plays: {know: [x], say: [x], show: [x], do: [x]}"
    )
    metric = "id: m, name: M, kind: csat, direction: up, latest: {value: 1}, target: {value: 2}"
    files = {
        "company.yaml": SMALL["company.yaml"].replace("yksin.\n", "yksin.\n      proofs: [Soitamme.]\n"),
        "journey.yaml": JOURNEY.replace("partners: [Operaattori]", "recovery: Soita."),
        "personas/anna.yaml": anna.replace("- {touchpoint: kaynti, feels: 2, assumed: true}", "").replace(
            "[lasku]", "[lasku, kaynti]"
        ),
        "metrics.yaml": f"metrics: [{{{metric}, source: customer}}]\n",
        "roles/asiantuntija.yaml": ROLE.replace("varmistelija", "anna")
        + "    owns: [soitto]\n    decides: [x]\n    goals: [{text: x, metric: m}]\n",
    }
    assert matrix_of(tmp_path, files).endswith(
        "\nHeikoimmat lenkit\n\nJokainen ketju pitää lupauksesta mittariin asti.\n"
    )
    page = page_of(tmp_path, {})
    assert text_of(with_class(page, "lead")[0]) == "Jokainen ketju pitää lupauksesta mittariin asti."
    assert with_class(page, "weakest") == []


# The page


def test_the_page_has_a_head_for_every_row_and_column(tmp_path: Path) -> None:
    page = page_of(tmp_path, FILES)
    (table,) = with_class(page, "matrix")
    (caption,) = table.iter("caption")
    assert text_of(caption).startswith("Ensimmäinen luku kertoo")
    named = {(each.get("scope"), text_of(each)) for each in table.iter("th")}
    assert named >= {("col", "Anna"), ("col", "Bo"), ("rowgroup", "Alku"), ("rowgroup", "Arki")}
    assert ("row", "1 Soitto puhelin") in named
    ids = {each.get("id"): text_of(each) for each in table.iter("th") if each.get("id")}
    said = {
        tuple(ids[head] for head in cell.get("headers", "").split()): text_of(cell)
        for cell in table.iter("td")
    }
    assert said[("1 Soitto puhelin", "Anna")] == "−1 0"
    assert said[("2 Käynti", "Anna")] == "+2* 0"
    assert said[("3 Lasku", "Anna")] == "×"
    assert said[("1 Soitto puhelin", "Bo")] == "? 0"
    assert said[("1 Soitto puhelin", "Vastuussa")] == "Palveluasiantuntija Apuna: Talous Mukana: Operaattori"
    assert said[("2 Käynti", "Vastuussa")] == "Kukaan ei vastaa Apuna: Palveluasiantuntija"
    assert said[("3 Lasku", "Vastuussa")] == "Useampi kuin yksi vastaa: Palveluasiantuntija, Talous"


def test_the_page_names_the_weakest_links_with_the_fields_to_mend(tmp_path: Path) -> None:
    page = page_of(tmp_path, FILES)
    (table,) = with_class(page, "weakest")
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["Kestävyys", "Heikoin lenkki", "Mitä korjata", "Missä", "Ketjut"]
    assert rows[1] == [
        "0 → 0,2",
        "Mittari",
        "Palveluasiantuntija: anna roolille tavoite, jolla on mittari",
        "roles/asiantuntija.yaml:1 goals",
        "3, joista tämä yksin vahvistaa 1 Anna – Soitto, Bo – Soitto, Bo – Lasku",
    ]
    assert (rows[2][0], rows[2][2]) == (
        "0",
        "Bo: Haluan nukkua: kirjoita, mitä hänelle sanotaan Ei riitä yksin. Yhtä heikko: "
        "kirjoita, mitä hän odottaa kohtaamisissa, joita ei ole vielä kuvattu; "
        "Palveluasiantuntija: anna roolille tavoite, jolla on mittari",
    )


def test_many_personas_share_tables_about_evenly(tmp_path: Path) -> None:
    people = {f"personas/p{n}.yaml": f"label: Henkilö {n}\nsummary: x\n" for n in range(5)}
    tables = with_class(page_of(tmp_path, {**FILES, **people}), "matrix")
    assert [len(with_class(table, "who")) for table in tables] == [4 * 4, 3 * 4]
    assert len(heads(tables[1], "caption")) == 1


def test_what_stands_in_yaml_is_no_markup(tmp_path: Path) -> None:
    nasty = "'<img src=x onerror=alert(1)>{{ 7 * 7 }}'"
    files = {**FILES, "personas/anna.yaml": ANNA.replace("label: Anna", f"label: {nasty}")}
    page = page_of(tmp_path, files)
    assert list(page.iter("img")) == []
    assert nasty.strip("'") in heads(page, "th")


# For a spreadsheet


def test_csv_has_a_line_for_each_persona_at_each_touchpoint_and_each_role_there(
    capsys: Capture, tmp_path: Path
) -> None:
    done = pitchgen_here(capsys, "matrix", "--format", "csv", workspace=write_tree(tmp_path, FILES))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(BYTE_ORDER_MARK)
    found = [
        tuple(row[head] for head in ("Kohtaaminen", "Persoona", "Mieliala", "Rooli", "Osuus", "Kestävyys"))
        for row in rows_of(done.stdout)
    ]
    several = "useampi kuin yksi vastaa"
    assert found == [
        ("Soitto", "Anna", "-1", "Palveluasiantuntija", "Vastuussa", "0"),
        ("Soitto", "Anna", "-1", "Talous", "Apuna", "0"),
        ("Soitto", "Bo", "", "Palveluasiantuntija", "Vastuussa", "0"),
        ("Soitto", "Bo", "", "Talous", "Apuna", "0"),
        ("Käynti", "Anna", "2", "", "kukaan ei vastaa", "0"),
        ("Käynti", "Anna", "2", "Palveluasiantuntija", "Apuna", "0"),
        ("Käynti", "Bo", "", "", "kukaan ei vastaa", "0"),
        ("Käynti", "Bo", "", "Palveluasiantuntija", "Apuna", "0"),
        ("Lasku", "Anna", "", "Palveluasiantuntija", several, ""),
        ("Lasku", "Anna", "", "Talous", several, ""),
        ("Lasku", "Bo", "", "Palveluasiantuntija", several, "0"),
        ("Lasku", "Bo", "", "Talous", several, "0"),
    ]
    row = rows_of(done.stdout)[4]
    assert row["Tilanne"] == "kuuluu hänen matkaansa"
    assert row["oletus, tarkista"] == "oletus, tarkista"
    assert row["Kestävyys: kohtaaminen"] == "0,25"
    assert row["Heikoin lenkki"] == "rooli, mittari"
    assert row["Missä"] == "journey.yaml:6 touchpoints[1]"


def test_csv_is_divided_and_counted_as_spreadsheets_of_the_country_expect(tmp_path: Path) -> None:
    root = write_tree(tmp_path, FILES)
    overview = compose_overview(linked(root), Voice(SHIPPED.get("en"), "fi"))
    english = matrix_csv(overview, read_words(SHIPPED.folders, "en"), SHIPPED.get("en"))
    finnish = matrix_csv(overview, read_words(SHIPPED.folders, "fi"), SHIPPED.get("fi"))
    assert "Touchpoint,Persona" in english
    assert ",0.5," in english
    assert "Kohtaaminen;Persoona" in finnish
    assert ";0,5;" in finnish


FORMULAS = ["=1+1", "+358 40", "-2", "@SUM(A1)", "＝1", '=HYPERLINK("http://x","y")', 'a;b"c\nd']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str, tmp_path: Path) -> None:
    typed = json.dumps(formula)
    files = {
        **FILES,
        "personas/anna.yaml": ANNA.replace("label: Anna", f"label: {typed}"),
        "journey.yaml": JOURNEY.replace("name: Soitto", f"name: {typed}").replace(
            "name: Alku", f"name: {typed}"
        ),
        "roles/talous.yaml": files_role(typed),
    }
    overview = compose_overview(linked(write_tree(tmp_path, files)), Voice(SHIPPED.get("fi"), "fi"))
    rows = rows_of(matrix_csv(overview, read_words(SHIPPED.folders, "fi"), SHIPPED.get("fi")))
    cells = [(head, cell) for row in rows for head, cell in row.items()]
    dangerous = [
        cell for head, cell in cells if cell[:1] in ("=", "+", "-", "@", "＝") and head != "Mieliala"
    ]
    assert dangerous == []
    said = " ".join(formula.split("\n"))
    assert {row["Rooli"].removeprefix("'") for row in rows} >= {said}
    assert {row["Mieliala"] for row in rows} == {"-1", "2", ""}


def files_role(title: str) -> str:
    return FINANCE.replace("title: Talous", f"title: {title}") + "    owns: [lasku]\n    helps_at: [soitto]\n"


# The figures

METRICS = """\
metrics:
  - id: nps
    name: NPS
    kind: ces
    source: customer
    baseline: {value: 5.1, as_of: 2025-12-31, n: 600, margin: 0.1}
    latest: {value: 5.5, as_of: 2026-09-30, n: 20, margin: 0.1}
    target: {value: 6, by: 2027-12-31}
  - {id: uusi, name: Uusi, kind: count, source: customer}
"""


def test_the_metrics_that_have_figures_stand_where_the_chains_end(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**FILES, "metrics.yaml": METRICS})
    text = pitchgen_here(capsys, "matrix", workspace=root).stdout
    assert text.replace("\N{NO-BREAK SPACE}", " ").endswith(
        """\
Mittarit ketjujen päässä

NPS
    Lähtötaso 5,1 ± 0,1 (31.12.2025, n = 600) · Nyt 5,5 ± 0,1 (30.9.2026, n = 20) · Tavoitetaso 6
    (31.12.2027)
    +0,4: enemmän kuin sattumaa. Luku perustuu vielä pieneen määrään.
"""
    )
    data = json.loads(pitchgen_here(capsys, "matrix", "--format", "json", workspace=root).stdout)
    assert data["metrics"] == [
        {
            "metric": {"id": "nps", "name": "NPS"},
            "start": {"value": 5.1, "as_of": "2025-12-31", "n": 600},
            "now": {"value": 5.5, "as_of": "2026-09-30", "n": 20},
            "target": {"value": 6, "by": "2027-12-31"},
            "judged": "+0,4: enemmän kuin sattumaa. Luku perustuu vielä pieneen määrään.",
        }
    ]


# For programs


def test_json_has_the_matrix_every_chain_and_every_weakness(capsys: Capture, tmp_path: Path) -> None:
    done = pitchgen_here(
        capsys, "matrix", "--format", "json", "--language", "en", workspace=write_tree(tmp_path, FILES)
    )
    data: dict[str, Any] = json.loads(done.stdout)
    assert list(data) == ["matrix", "chains", "weakest", "broken", "metrics"]
    assert data["metrics"] == []
    for each in data["broken"]:
        assert each["chains"] <= sum(chain["links"][each["link"]] == 0 for chain in data["chains"])
    call, visit, invoice = data["matrix"]
    assert call["touchpoint"] == {"id": "soitto", "name": "Soitto"}
    assert (call["phase"], call["partners"]) == ("Alku", ["Operaattori"])
    assert [role["id"] for role in call["owners"] + call["helpers"]] == ["asiantuntija", "talous"]
    assert (visit["owners"], len(invoice["owners"])) == ([], 2)
    assert visit["cells"][0] == {
        "persona": {"id": "anna", "name": "Anna"},
        "state": "met",
        "feels": 2,
        "assumed": True,
        "score": 0,
        "chain": 1,
    }
    assert invoice["cells"][0]["state"] == "skipped"
    assert invoice["cells"][0]["score"] is None
    first = data["chains"][0]
    assert (first["persona"], first["touchpoint"], first["role"], first["need"]) == (
        "anna",
        "soitto",
        "asiantuntija",
        "tieto",
    )
    assert first["links"] == {
        "promise": 0.5,
        "role": 0.75,
        "touchpoint": 0.75,
        "need": 0.75,
        "play": 0.25,
        "metric": 0,
    }
    for chain in data["chains"]:
        assert chain["score"] == min(chain["links"].values())
        assert chain["weakest"] == [name for name, score in chain["links"].items() if score == chain["score"]]
    for number, weakness in enumerate(data["weakest"]):
        holding = [n for n, chain in enumerate(data["chains"]) if number in chain["held_by"]]
        assert weakness["chains"] == holding
        assert weakness["score"] == min(data["chains"][n]["score"] for n in holding)
    assert data["weakest"][0]["mend"] == "give the role a goal that has a metric"
    place = {key: data["weakest"][0][key] for key in ("path", "line", "field", "about")}
    assert place == {
        "path": "roles/asiantuntija.yaml",
        "line": 1,
        "field": "goals",
        "about": ["Palveluasiantuntija"],
    }


def test_a_cell_has_the_score_of_its_weakest_chain(capsys: Capture, tmp_path: Path) -> None:
    needs = "needs:\n      - {id: uni, text: Haluan levätä., plays: {say: [x], do: [x]}}"
    goal = "    goals: [{text: x, metric: m}]\n"
    files = {
        **FILES,
        "personas/anna.yaml": ANNA.replace("needs:", needs).replace("{say: [Kello 7.]}", "{}"),
        "metrics.yaml": "metrics: [{id: m, name: M, kind: csat, direction: up, latest: {value: 1}}]\n",
        "roles/asiantuntija.yaml": FILES["roles/asiantuntija.yaml"] + goal,
    }
    root = write_tree(tmp_path, files)
    data = json.loads(pitchgen_here(capsys, "matrix", "--format", "json", workspace=root).stdout)
    call = data["matrix"][0]
    at_call = [chain for chain in data["chains"] if chain["touchpoint"] == "soitto"]
    assert [chain["score"] for chain in at_call if chain["persona"] == "anna"] == [0.25, 0]
    assert call["cells"][0]["score"] == 0
    assert data["chains"][call["cells"][0]["chain"]]["need"] == "tieto"


# Where it goes


def test_each_format_goes_into_the_file_that_is_named(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path / "work", FILES)
    for ending, start in {"html": b"<!DOCTYPE", "csv": b"\xef\xbb\xbf", "json": b"{", "txt": b"Kuka"}.items():
        path = tmp_path / "new" / f"matrix.{ending}"
        done = pitchgen_here(capsys, "matrix", "-o", str(path), workspace=root)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")
        assert path.read_bytes().startswith(start)


def test_a_folder_gets_the_page_or_what_was_asked_for(capsys: Capture, tmp_path: Path) -> None:
    root = write_tree(tmp_path / "work", FILES)
    (tmp_path / "out").mkdir()
    pages = pitchgen_here(capsys, "matrix", "-o", str(tmp_path / "out"), workspace=root)
    assert pages.stdout == f"{tmp_path}/out/matrix-fi.html\n"
    texts = pitchgen_here(
        capsys, "matrix", "--language", "sv", "--format", "text", "-o", str(tmp_path / "out"), workspace=root
    )
    assert texts.stdout == f"{tmp_path}/out/matrix-sv.txt\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--format", "pdf"], 2, "'pdf' is not one of"),
        (["-o", "matrix.pdf"], 2, "'matrix.pdf' would be none of html, csv, json, txt"),
        (["-o", "matrix.csv", "--format", "html"], 2, "would hold html; give it that ending"),
        (["--language", "de"], 1, "'de' is not among the workspace's languages"),
    ],
)
def test_what_cannot_be_made_is_said(
    capsys: Capture, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    done = pitchgen_here(capsys, "matrix", *arguments, workspace=write_tree(tmp_path, FILES))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


@pytest.mark.parametrize("format", ["text", "html", "csv", "json"])
def test_errors_of_the_workspace_are_shown_and_nothing_is_written(
    capsys: Capture, format: str, tmp_path: Path
) -> None:
    broken = {**FILES, "roles/talous.yaml": FINANCE + "    owns: [laskutus]\n"}
    root = write_tree(tmp_path, broken)
    before = contents(root)
    for output in ("-", str(root / "out")):
        done = pitchgen_here(capsys, "matrix", "--format", format, "-o", output, workspace=root)
        assert (done.returncode, done.stdout) == (1, "")
        assert (
            "error[unknown-reference]: role owns touchpoint 'laskutus', which does not exist" in done.stderr
        )
    assert contents(root) == before


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "work", FILES)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    path = locked / "matrix.html"
    done = pitchgen("matrix", "-o", str(path), workspace=root, powerless=True)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"pitchgen: cannot write {path}: permission denied\n"
    assert list(locked.iterdir()) == []


def test_the_same_workspace_gives_the_same_bytes(tmp_path: Path) -> None:
    root = write_tree(tmp_path, FILES)
    commands = [["matrix", "--format", format] for format in ("text", "html", "csv", "json")]
    here = [pitchgen(*command, workspace=root).stdout for command in commands]
    assert all(here)
    assert printed_elsewhere(commands, root) == "".join(here)
