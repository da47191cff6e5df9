"""`pitchgen measure`: the starter's figures from its own data, written, checked, and shown without rows."""

from __future__ import annotations

import csv
import difflib
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from workspaces import REPOSITORY, contents, linked, pitchgen, small, us_starter, write_tree

from pitchgen import late
from pitchgen.measure.engine import Engines, TooSlow

ANSWERS = "Customer,Score,Date\n" + "".join(
    f"c{n},{score},2026-{month:02}-05\n"
    for month, scores in ((8, (9, 9, 10, 7, 3, 6)), (9, (10, 9, 8, 8, 7, 6)), (11, (0,) * 6))
    for n, score in enumerate(scores)
)
NPS = """\
    # What we measure.
    metrics:
      - id: nps  # the one that counts
        name: NPS
        kind: nps
        direction: up

        baseline: {value: 10, as_of: 2025-12-31, n: 40}
        source: customer
        from:
          file: data/answers.csv
          period: month
        # Say it aloud.
        note: Kerran vuodessa.
"""


def workspace(root: Path, metrics: str = NPS, **files: str | bytes) -> Path:
    """A small workspace that measures a metric."""
    data = {f"data/{name.replace('_', '.')}": content for name, content in files.items()}
    return small(root, {"metrics.yaml": metrics, **(data or {"data/answers.csv": ANSWERS})})


# The starter


def test_the_starter_says_what_its_data_says() -> None:
    done = pitchgen("measure", "--check", workspace=REPOSITORY)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "metrics.yaml says what its data says\n"


def test_every_figure_of_the_starter_is_measured_and_none_is_shown_with_a_row(tmp_path: Path) -> None:
    root = us_starter(tmp_path)
    shown = json.loads(pitchgen("measure", "--format", "json", workspace=root).stdout)
    metrics = linked(root).metrics
    assert [each["id"] for each in shown] == [metric.id for metric in metrics if metric.origin]
    for each, metric in zip(shown, metrics, strict=True):
        assert metric.latest
        last = each["figures"][-1]
        assert (last["value"], last["as_of"]) == (f"{metric.latest.value:f}", str(metric.latest.as_of))
    text = pitchgen("measure", workspace=root).stdout
    rows = csv.reader(StringIO((root / "data" / "tukipyynnot.csv").read_text(encoding="utf-8")))
    requests = [cells[0] for cells in rows][1:]
    assert not [each for each in requests if each in text]


def test_a_table_has_a_row_for_each_figure_of_each_metric() -> None:
    table = pitchgen("measure", "nps", "vastausaika", "--format", "csv", workspace=REPOSITORY).stdout
    rows = [*csv.DictReader(StringIO(table.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")), delimiter=";")]
    assert [row["period"] for row in rows if row["metric"] == "nps"] == [
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
    ]
    assert {row["unit"] for row in rows if row["metric"] == "vastausaika"} == {"min"}
    assert rows[3] == rows[3] | {"value": "44", "n": "598", "as_of": "2026-09-30", "margin": "5.6"}


# What is shown


def test_a_figure_is_shown_with_what_it_rests_on_and_what_was_left_out(tmp_path: Path) -> None:
    answers = ANSWERS + "c1,9,2026-09-20\nc9,,2026-09-01\nc9,11,2026-09-01\n"
    done = pitchgen("measure", workspace=workspace(tmp_path, answers_csv=answers))
    assert done.returncode == 0
    assert done.stdout == (
        "nps: NPS\n"
        "  17 ± 46, 2026-09, n = 6\n"
        "  promoters 2, detractors 1\n"
        "  +7 since 2025-12-31, from 10: chance alone could explain that (±55)\n"
        "  left out: 1 blank, 1 off the scale, 1 earlier answers of the same customer in the period\n"
        "  nothing to count in 2026-10\n"
        "  share of promoters (9–10) − share of detractors (0–6)\n"
    )


def test_a_small_group_is_never_shown(tmp_path: Path) -> None:
    few = "Score,Date\n" + "9,2026-08-01\n" * 5 + "9,2026-09-01\n" * 4
    root = workspace(tmp_path, answers_csv=few)
    shown = json.loads(pitchgen("measure", "--format", "json", workspace=root).stdout)
    assert [each["period"] for each in shown[0]["figures"]] == ["2026-08"]
    assert shown[0]["too_few"] == ["2026-09"]


def test_the_running_period_waits_until_it_is_over(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    on_the_last_day = pitchgen("measure", "--date", "2026-11-30", workspace=root).stdout
    on_the_day_after = pitchgen("measure", "--date", "2026-12-01", workspace=root).stdout
    assert "  17 ± 46, 2026-09, n = 6\n" in on_the_last_day
    assert "  -100 ± 41, 2026-11, n = 6\n" in on_the_day_after


def test_before_a_period_is_over_it_is_said_what_does_not_count(tmp_path: Path) -> None:
    answers = "Customer,Score,Date\n" + "c1,9,2026-11-02\n" * 6 + "c2,,2026-11-02\nc3,11,2026-11-02\n"
    shown = pitchgen("measure", workspace=workspace(tmp_path, answers_csv=answers)).stdout.splitlines()
    assert shown[1] == "  not yet: there is no period that is over and has enough to count"
    assert shown[2] == "  left out: 1 blank, 1 off the scale"


# What is written


def test_writing_changes_the_figures_and_no_other_byte(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    before = contents(root)
    done = pitchgen("measure", "--write", "--quiet", workspace=root)
    assert done.returncode == 0, done.stderr
    after = contents(root)
    old, new = (each.pop("metrics.yaml").decode().splitlines() for each in (before, after))
    assert before == after
    changed = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
    assert changed == [
        "+     latest:",
        "+       value: 17",
        "+       as_of: 2026-09-30",
        "+       n: 6",
        "+       margin: 46",
        "+     history:",
        "+       - {value: 17, as_of: 2026-08-31, n: 6, margin: 56}",
        "+       - {value: 17, as_of: 2026-09-30, n: 6, margin: 46}",
    ]
    again = pitchgen("measure", "--write", workspace=root)
    assert again.stderr == "metrics.yaml is right already\n"
    assert contents(root)["metrics.yaml"].decode().splitlines() == new


def test_what_was_kept_stays_and_what_is_new_is_added(tmp_path: Path) -> None:
    kept = NPS.replace(
        "        # Say",
        "        latest: {value: 60, as_of: 2026-11-10}\n"
        "        history:\n"
        "          - {value: 1, as_of: 2026-07-31}  # by hand\n"
        "          - {value: 16, as_of: 2026-08-31, n: 6}\n"
        "        # Say",
    )
    root = workspace(tmp_path, kept)
    assert pitchgen("measure", "--write", workspace=root).returncode == 0
    text = (root / "metrics.yaml").read_text(encoding="utf-8")
    # A figure of a later day was typed by somebody who knows more.
    assert "latest: {value: 60, as_of: 2026-11-10}\n" in text
    assert "- {value: 1, as_of: 2026-07-31}  # by hand\n" in text
    assert "- {value: 17, as_of: 2026-08-31, n: 6, margin: 56}\n" in text
    assert "- {value: 17, as_of: 2026-09-30, n: 6, margin: 46}\n" in text


def test_with_an_error_in_one_metric_none_is_written(tmp_path: Path) -> None:
    second = "  - {id: ces, name: CES, kind: ces, from: data/gone.csv}\n"
    root = workspace(
        tmp_path, "metrics:\n  - {id: nps, name: NPS, kind: nps, from: data/answers.csv}\n" + second
    )
    before = contents(root)
    done = pitchgen("measure", "--write", workspace=root)
    assert done.returncode == 1
    assert "there is no file 'data/gone.csv'" in done.stderr
    assert contents(root) == before


# What is checked


@pytest.mark.parametrize(
    ("latest", "said"),
    [
        ("", "metric 'nps' has no latest figure; the data has 17 for 2026-09"),
        (
            "{value: 16, as_of: 2026-08-31}",
            "metric 'nps' says 16, of 2026-08-31; the data has 17 for 2026-09",
        ),
        ("{value: 18, as_of: 2026-09-30}", "metric 'nps' says 18, and the data 17, for 2026-09"),
        ("{value: 17, as_of: 2026-09-30, n: 7}", "metric 'nps' says 7 answers, and the data 6, for 2026-09"),
        ("{value: 17, as_of: 2026-09-30, n: 6}", ""),
        ("{value: 99, as_of: 2026-11-01}", ""),
    ],
)
def test_a_figure_that_is_stale_or_differs_is_told(tmp_path: Path, latest: str, said: str) -> None:
    line = f"        latest: {latest}\n" if latest else ""
    root = workspace(tmp_path, NPS.replace("        # Say", f"{line}        # Say"))
    done = pitchgen("measure", "--check", workspace=root)
    assert (done.returncode, done.stdout) == (1 if said else 0, "")
    assert said in done.stderr


def test_a_customer_who_answers_twice_in_a_period_is_a_warning(tmp_path: Path) -> None:
    root = workspace(tmp_path, answers_csv=ANSWERS + "c1,9,2026-09-20\n")
    done = pitchgen("measure", "--check", workspace=root)
    assert "warning[several-answers]: 1 answers to 'nps' are second ones" in done.stderr


# What is asked for


def test_what_is_no_metric_or_is_typed_by_hand_is_refused(tmp_path: Path) -> None:
    root = workspace(tmp_path, NPS + "      - {id: mood, name: Mood, kind: csat}\n")
    unknown, typed = (pitchgen("measure", id, workspace=root) for id in ("npz", "mood"))
    assert (unknown.returncode, typed.returncode) == (2, 2)
    assert "there is no metric 'npz'; did you mean 'nps'?" in unknown.stderr
    assert "metric 'mood' has no `from`: its figures are typed by hand" in typed.stderr


def test_a_lifetime_value_follows_from_two_other_metrics(tmp_path: Path) -> None:
    metrics = """\
        metrics:
          - {id: bill, name: Billing, kind: average_billing, history: [{value: 100, as_of: 2026-10-31}]}
          - {id: stay, name: Staying, kind: retention, unit: "%", history: [{value: 80, as_of: 2026-10-31}]}
          - id: clv
            name: CLV
            kind: clv
            from: {billing: bill, retention: stay, margin: 50, interest: 10}
    """
    root = workspace(tmp_path, metrics)
    # 100 a month x 12 x 50 % x 0.8 / (1 + 0.1 - 0.8)
    assert "  1,600, 2026-10\n" in pitchgen("measure", workspace=root).stdout
    renamed = pitchgen("rename", "metric", "stay", "loyal", workspace=root)
    assert renamed.returncode == 0
    assert "retention: loyal" in (root / "metrics.yaml").read_text(encoding="utf-8")


def test_a_lifetime_value_needs_metrics_that_there_are(tmp_path: Path) -> None:
    metrics = (
        "metrics: [{id: c, name: C, kind: clv, from: {billing: b, retention: r, margin: 5, interest: 1}}]\n"
    )
    done = pitchgen("check", workspace=workspace(tmp_path, metrics))
    assert "metric is made from metric 'b', which does not exist" in done.stderr


def test_without_the_engine_a_person_is_told_what_to_install(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    write_tree(tmp_path / "site", {"duckdb.py": "raise ModuleNotFoundError(name='duckdb')\n"})
    path = os.pathsep.join([str(tmp_path / "site"), str(REPOSITORY)])
    done = pitchgen("measure", workspace=root, env={"PYTHONPATH": path})
    assert done.returncode == 2
    assert done.stderr == "pitchgen: measuring needs one more package: pip install 'pitchgen[figures]'\n"


# The engine


def test_the_engine_reads_nothing_but_the_files_it_was_told_of(tmp_path: Path) -> None:
    write_tree(tmp_path, {"mine.csv": "1\n", "other/theirs.csv": "2\n"})
    (tmp_path / "spill").mkdir()
    engines = Engines([tmp_path / "mine.csv"], tmp_path / "spill")
    read = "SELECT * FROM read_csv('{}', auto_detect = false, header = false, columns = {{'a': 'VARCHAR'}})"
    with engines.one() as engine:
        assert engine.ask(read.format(tmp_path / "mine.csv")) == [("1",)]
        with pytest.raises(late.duckdb.PermissionException):
            engine.ask(read.format(tmp_path / "other" / "theirs.csv"))
        for wider in ("enable_external_access = true", f"allowed_directories = ['{tmp_path}']"):
            with pytest.raises(late.duckdb.InvalidInputException):
                engine.ask(f"SET {wider}")
    engines.close()


def test_a_question_that_does_not_end_is_given_up(tmp_path: Path) -> None:
    engines = Engines([], tmp_path)
    with engines.one(deadline=0.2) as engine:
        with pytest.raises(TooSlow):
            engine.ask("SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(10000000) b")
        assert engine.ask("SELECT 1") == [(1,)]
    engines.close()


def test_engines_know_nothing_of_each_other_and_all_reckon_days_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    engines = Engines([], tmp_path)
    with engines.one() as engine:
        engine.keep("rows", "SELECT 1")
        engine.view("data", "SELECT 1")
    for _ in range(2):
        # One that fails takes the others with it, and the next is as good as new.
        with pytest.raises(late.duckdb.Error), engines.one() as engine:
            for name in ("rows", "data"):
                with pytest.raises(late.duckdb.CatalogException):
                    engine.ask(f"SELECT * FROM {name}")
            said = "current_setting('TimeZone'), current_setting('enable_progress_bar')"
            assert engine.ask(f"SELECT {said}") == [("UTC", False)]
            engine.ask("SELECT nothing")
    engines.close()


def test_of_many_periods_the_last_have_a_figure_unless_it_is_said_since_when(tmp_path: Path) -> None:
    days = [f"{year}-{month:02}-05" for year in (2022, 2023, 2024, 2025, 2026) for month in range(1, 11)]
    answers = "Score,Date\n" + "".join(f"9,{day}\n" * 5 for day in days)
    for since, first in (("", "2025-01"), ("          since: 2022-03-01\n", "2022-03")):
        told = NPS.replace("          period: month\n", f"          period: month\n{since}")
        root = workspace(tmp_path, told, answers_csv=answers)
        shown = json.loads(pitchgen("measure", "--format", "json", workspace=root).stdout)
        assert min(each["period"] for each in shown[0]["figures"]) == first
