"""`pitchgen measure` of whatever may be wrong with data: told by its place, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from lists import with_cell, xlsx_of
from measuring import SECRET, answers, figures, measure, metric, refusals, table
from openpyxl import Workbook
from workspaces import held_to_permissions, small

from pitchgen.measure.engine import Engine

BILLS = "Laskun päivä;Asiakasnumero;Veroton summa"
STAYS = "Asiakas;Asiakkuus alkoi;Asiakkuus päättyi"
CSV, METRICS = "data/a.csv", "metrics.yaml"
Found = list[tuple[str, str, int, int]]


def bills(*amounts: str, day: str = "3.9.2026") -> str:
    """An export of invoices, each of a customer of its own."""
    return table(BILLS, [f"{day};{SECRET} {n};{amount}" for n, amount in enumerate(amounts)])


def sheet(*rows: list[object]) -> bytes:
    """A workbook with answers, rows 2 to 9, and others below them."""
    return xlsx_of([["Vastattu", "Arvosana"], *[["1.9.2026", 9]] * 8, *rows])


def hide(book: Workbook) -> None:
    """Hide two rows, as a filter does."""
    for row in (3, 4):
        book.worksheets[0].row_dimensions[row].hidden = True


ROW_10 = '<c r="A10" t="inlineStr"><is><t>1.9.2026</t></is></c>'
FAILED = with_cell(sheet(), f'{ROW_10}<c r="B10" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
UNCOMPUTED = with_cell(sheet(), f'{ROW_10}<c r="B10"><f>B9+1</f></c>')
FILTERED = xlsx_of([["Vastattu", "Arvosana"], *[["1.9.2026", 9]] * 8], hide)

# The kind, what `from` says beside its file, the file with its name, and all that is wrong.
WRONG: Mapping[str, tuple[str, str, str, str | bytes, Found]] = {
    "most answers off the scale": (
        "csat",
        "",
        CSV,
        answers([9, 10, 8, 5, 9, 9]),
        [("wrong-scale", METRICS, 6, 7)],
    ),
    "another scale than that of the kind": (
        "nps",
        "",
        CSV,
        answers([1, 2, 3, 4, 5] * 7),
        [("wrong-scale", METRICS, 6, 7)],
    ),
    "a scale without a reading": (
        "nps",
        "scale: 1-4",
        CSV,
        answers([1, 2, 3, 4]),
        [("wrong-scale", METRICS, 6, 7)],
    ),
    "an answer between two": ("nps", "", CSV, answers([9, "9,5", 10]), [("invalid-value", CSV, 3, 2)]),
    "an answer in words": ("nps", "", CSV, answers([9, 8, SECRET]), [("invalid-value", CSV, 4, 2)]),
    "days with slashes": (
        "nps",
        "",
        CSV,
        answers([9], "3/4/2026"),
        [("invalid-value", CSV, 2, 1)],
    ),
    "days with slashes that fit one reading only": (
        "nps",
        "",
        CSV,
        answers([9], "31/12/2025"),
        [("invalid-value", CSV, 2, 1)],
    ),
    "a day that is none when it is read as told": (
        "nps",
        "dates: month-first",
        CSV,
        answers([9], "31/12/2025"),
        [("invalid-value", CSV, 2, 1)],
    ),
    "a day that no calendar has": ("nps", "", CSV, answers([9], "31.9.2026"), [("invalid-value", CSV, 2, 1)]),
    "a year of two digits": ("nps", "", CSV, answers([9], "1.9.26"), [("invalid-value", CSV, 2, 1)]),
    "numbers that can be two": (
        "average_billing",
        "",
        CSV,
        bills("1.234", "150"),
        [("invalid-value", CSV, 2, 3)],
    ),
    "commas and points before decimals": (
        "average_billing",
        "",
        CSV,
        bills("1,50", "2.50"),
        [("invalid-value", CSV, 1, 3)],
    ),
    "marks between the wrong digits": (
        "average_billing",
        "decimals: point",
        CSV,
        bills("12,34.50"),
        [("invalid-value", CSV, 2, 3)],
    ),
    "no number": (
        "average_billing",
        "",
        CSV,
        bills("100", "NaN", "inf", "1e3"),
        [("invalid-value", CSV, 3, 3), ("invalid-value", CSV, 4, 3), ("invalid-value", CSV, 5, 3)],
    ),
    "one cell more in the last row": (
        "average_billing",
        "",
        CSV,
        bills("100", "200", f"300;{SECRET}"),
        [("too-many-cells", CSV, 4, 4)],
    ),
    "decimal commas between commas": (
        "average_billing",
        "",
        CSV,
        bills("1,50").replace(";", ","),
        [("too-many-cells", CSV, 2, 4)],
    ),
    "no headings": (
        "nps",
        "",
        CSV,
        table(f"1.9.2026;9;{SECRET}", ["2.9.2026;10;x"]),
        [("missing-column", CSV, 1, 1), ("missing-column", CSV, 1, 1)],
    ),
    "another row with the headings": (
        "nps",
        "heading_row: 2",
        CSV,
        answers([9, 8]),
        [("missing-column", CSV, 2, 1), ("missing-column", CSV, 2, 1)],
    ),
    "a row of headings that there is not": (
        "nps",
        "heading_row: 40",
        CSV,
        answers([9, 8]),
        [("invalid-value", METRICS, 7, 20)],
    ),
    "two headings alike": (
        "nps",
        "",
        CSV,
        answers(["9;9"], headings="Vastattu;Arvosana;ARVOSANA"),
        [("two-columns", CSV, 1, 3)],
    ),
    "a heading that was told and is not there": (
        "nps",
        "columns: {answer: Kiitos}",
        CSV,
        answers([9]),
        [("missing-column", METRICS, 7, 25)],
    ),
    "a column that the kind has not": (
        "nps",
        "columns: {amount: Arvosana}",
        CSV,
        answers([9]),
        [("unknown-column", METRICS, 7, 25)],
    ),
    "a filter by a heading that is not there": (
        "nps",
        "filter: {Maa: Suomi}",
        CSV,
        answers([9]),
        [("missing-column", METRICS, 7, 21)],
    ),
    "a filter that leaves nothing": (
        "nps",
        "filter: {Vastattu: Suomi}",
        CSV,
        answers([9]),
        [("empty-file", METRICS, 7, 15)],
    ),
    "a sheet of a text": ("nps", "sheet: Taul1", CSV, answers([9]), [("invalid-value", METRICS, 7, 14)]),
    "rows that a filter hides": ("nps", "", "data/a.xlsx", FILTERED, [("hidden-rows", "data/a.xlsx", 3, 1)]),
    "a formula that failed": ("nps", "", "data/a.xlsx", FAILED, [("invalid-value", "data/a.xlsx", 10, 2)]),
    "a formula without a result": (
        "nps",
        "",
        "data/a.xlsx",
        UNCOMPUTED,
        [("invalid-value", "data/a.xlsx", 10, 2)],
    ),
    "one cell more in a workbook": (
        "nps",
        "",
        "data/a.xlsx",
        sheet(["1.9.2026", 9, SECRET]),
        [("too-many-cells", "data/a.xlsx", 10, 3)],
    ),
    "nothing": ("nps", "", CSV, "", [("empty-file", CSV, 0, 0)]),
    "headings alone": ("nps", "", CSV, answers([]), [("empty-file", CSV, 1, 1)]),
    "fewer rows than are to be skipped": ("nps", "skip: 9", CSV, answers([9]), [("empty-file", CSV, 1, 1)]),
    "an end before the start": (
        "customer_tenure",
        "",
        CSV,
        table(STAYS, ["a;1.1.2020;", f"{SECRET};1.1.2020;1.1.2019"]),
        [("dates-reversed", CSV, 3, 3)],
    ),
    "only customers who are still here": (
        "customer_tenure",
        "",
        CSV,
        table("Asiakas;Asiakkuus alkoi", ["a;1.1.2020"]),
        [("missing-column", CSV, 1, 1)],
    ),
    "two currencies": (
        "average_billing",
        "",
        CSV,
        table(f"{BILLS};Valuutta", ["3.9.2026;a;1;EUR", "3.9.2026;b;2;SEK"]),
        [("several-currencies", METRICS, 6, 7)],
    ),
    "a quotation mark that is not closed": (
        "nps",
        "",
        CSV,
        answers(["9;x"] * 30 + [f'9;"{SECRET}'] + ["9;x"] * 9, headings="Vastattu;Arvosana;Syy"),
        [("not-a-table", CSV, 32, 1)],
    ),
    "bytes that are no text": (
        "nps",
        "",
        CSV,
        answers(["9;ä"] * 20_000, headings="Vastattu;Arvosana;Syy").encode("cp1252") + b"\x81",
        [("encoding", CSV, 0, 0)],
    ),
    "half of a UTF-16 file": ("nps", "", CSV, answers([9]).encode("utf-16")[:-3], [("encoding", CSV, 0, 0)]),
    "a workbook by its name only": (
        "nps",
        "",
        "data/a.xlsx",
        answers([9]),
        [("damaged-file", "data/a.xlsx", 0, 0)],
    ),
    "half a workbook": ("nps", "", "data/a.xlsx", sheet()[:-900], [("damaged-file", "data/a.xlsx", 0, 0)]),
    "an old workbook": ("nps", "", "data/a.xls", b"\xd0\xcf\x11\xe0", [("wrong-file", "data/a.xls", 0, 0)]),
    "a Parquet file by its name only": (
        "nps",
        "",
        "data/a.parquet",
        answers([9]),
        [("damaged-file", "data/a.parquet", 0, 0)],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_by_its_place_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    kind, said, path, content, found = WRONG[name]
    root = metric(tmp_path, kind, f"file: {path}\n{said}".strip(), {path: content})
    assert refusals(root) == found


@pytest.mark.parametrize("day", ["2026-09-01", "1.9.2026 10:00", "9/1/26", "1 Sep 2026", "September 1, 2026"])
def test_a_row_of_data_in_the_place_of_headings_is_not_told(day: str, tmp_path: Path) -> None:
    row = f"{SECRET} Matti;{day};good"
    root = metric(tmp_path, "nps", "file: data/a.csv", {CSV: table(row, [row])})
    assert {problem[0] for problem in refusals(root)} == {"missing-column"}
    root = metric(tmp_path, "nps", "file: data/a.csv\nfilter: {Maa: x}", {CSV: table(row, [row])})
    assert {problem[0] for problem in refusals(root)} == {"missing-column"}


def test_what_stands_among_currencies_is_told_only_if_it_is_one(tmp_path: Path) -> None:
    rows = [f"3.9.2026;{n};1;{SECRET} {n}" for n in range(6)]
    root = metric(
        tmp_path,
        "average_billing",
        "file: data/a.csv\ncolumns: {currency: Maksaja}",
        {CSV: table(f"{BILLS};Maksaja", rows)},
    )
    assert refusals(root) == [("several-currencies", METRICS, 6, 7)]


# What the disk has


def test_a_file_that_is_not_there_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data/answer.csv", {"data/answers.csv": answers([9])})
    assert refusals(root) == [("missing-file", METRICS, 6, 13)]
    assert "did you mean 'data/answers.csv'?" in measure(root).stderr


@pytest.mark.parametrize("path", ["../a.csv", "/etc/passwd", "data/../../a.csv", r"C:\data\a.csv"])
def test_a_file_outside_the_workspace_is_not_read(path: str, tmp_path: Path) -> None:
    root = metric(tmp_path / "w", "nps", f"file: {path}", {"../a.csv": answers([9] * 6)})
    assert refusals(root) == [("outside-workspace", METRICS, 6, 13)]


@pytest.mark.parametrize("path", ["../a.sql", "/etc/passwd"])
def test_a_query_outside_the_workspace_is_not_read(path: str, tmp_path: Path) -> None:
    root = metric(tmp_path / "w", "nps", f"database: env:NOWHERE\nquery: {path}", {"../a.sql": "SELECT 1"})
    assert refusals(root) == [("outside-workspace", METRICS, 7, 14)]


@pytest.mark.parametrize(("name", "pattern"), [("a.csv", "data/a.csv"), ("b.csv", "data/*.csv")])
def test_a_link_that_leads_out_is_not_followed(name: str, pattern: str, tmp_path: Path) -> None:
    root = metric(
        tmp_path / "w", "nps", f"file: {pattern}", {"../out.csv": answers([9] * 6), "data/x.txt": ""}
    )
    (root / "data" / name).symlink_to(tmp_path / "out.csv")
    assert refusals(root) == [("outside-workspace", f"data/{name}", 0, 0)]


def test_a_linked_folder_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    root = metric(tmp_path / "w", "nps", "file: data/a.csv", {"../out/a.csv": answers([9] * 6)})
    (root / "data").symlink_to(tmp_path / "out")
    assert refusals(root) == [("outside-workspace", CSV, 0, 0)]


def test_a_query_behind_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    origin = "database: env:NOWHERE\nquery: a.sql"
    root = metric(tmp_path / "w", "nps", origin, {"../out.sql": f"SELECT '{SECRET}'"})
    (root / "a.sql").symlink_to(tmp_path / "out.sql")
    assert refusals(root) == [("outside-workspace", "a.sql", 0, 0)]


def test_a_link_inside_the_workspace_is_an_export_as_any_other(tmp_path: Path) -> None:
    root = metric(
        tmp_path, "nps", "file: data/a.csv", {"exports/2026.csv": answers([9] * 6), "data/x.txt": ""}
    )
    (root / CSV).symlink_to(root / "exports" / "2026.csv")
    assert figures(root) == {"2026-Q3": "100"}


def test_a_folder_is_no_export(tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data", {CSV: answers([9])})
    assert refusals(root) == [("unreadable", "data", 0, 0)]


def test_the_same_export_twice_is_not_counted_twice(tmp_path: Path) -> None:
    content = answers([9] * 6)
    files = {"data/a.csv": content, "data/b.csv": content, "data/c.csv": answers([8] * 6)}
    root = metric(tmp_path, "nps", "file: data/*.csv", files)
    assert refusals(root) == [("same-data", "data/b.csv", 0, 0)]


def test_a_row_that_is_in_two_exports_counts_once(tmp_path: Path) -> None:
    first = answers([f"{score};v{n}" for n, score in enumerate([9] * 6)], headings="Vastattu;Arvosana;Tunnus")
    root = metric(tmp_path, "nps", "file: data/*.csv", {CSV: first, "data/b.csv": f"{first}1.9.2026;0;v9\n"})
    shown = measure(root).stdout
    assert "n = 7" in shown
    assert "left out: 6 there twice" in shown


@pytest.mark.parametrize("content", [answers([9] * 6), answers([SECRET] * 6)], ids=["good", "half written"])
def test_a_file_that_changes_while_it_is_read_gives_no_figure(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = metric(tmp_path, "nps", "file: data/a.csv", {CSV: content})
    ask = Engine.ask

    def change_first(engine: Engine, question: str) -> list[tuple[object, ...]]:
        with (root / CSV).open("a", encoding="utf-8") as file:
            file.write("1.9.2026;0\n")
        return ask(engine, question)

    monkeypatch.setattr(Engine, "ask", change_first)
    assert refusals(root) == [("changed-file", CSV, 0, 0)]


def test_a_file_that_is_gone_while_it_is_read_gives_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = metric(tmp_path, "nps", "file: data/a.parquet", {})
    parquet(root, "SELECT DATE '2026-09-01' AS Date, 9 AS Score FROM range(6)")
    ask = Engine.ask

    def remove_first(engine: Engine, question: str) -> list[tuple[object, ...]]:
        (root / "data/a.parquet").unlink(missing_ok=True)
        return ask(engine, question)

    monkeypatch.setattr(Engine, "ask", remove_first)
    assert refusals(root) == [("changed-file", "data/a.parquet", 0, 0)]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data/a.csv", {CSV: answers([9])})
    (root / CSV).chmod(0)
    with held_to_permissions():
        assert refusals(root) == [("unreadable", CSV, 0, 0)]


# Parquet


def parquet(root: Path, query: str) -> None:
    """An export in Parquet, made of what a query gives."""
    (root / "data").mkdir(exist_ok=True)
    duckdb.execute(f"COPY ({query}) TO '{root}/data/a.parquet' (FORMAT parquet)")


@pytest.mark.parametrize("value", ["'NaN'::DOUBLE", "'inf'::DOUBLE", "1e30::DOUBLE"])
def test_what_is_no_amount_in_parquet_is_told_by_its_row(value: str, tmp_path: Path) -> None:
    root = metric(tmp_path, "average_billing", "file: data/a.parquet", {})
    parquet(
        root,
        "SELECT 'c' || n AS Customer, DATE '2026-09-01' AS \"Invoice date\", "
        f"CASE WHEN n = 4 THEN {value} ELSE 100 END AS Amount FROM range(9) AS rows(n)",
    )
    assert refusals(root) == [("invalid-value", "data/a.parquet", 5, 3)]


@pytest.mark.parametrize("value", ["'NaN'::DOUBLE", "8.5", "'inf'::DOUBLE"])
def test_what_is_no_answer_in_parquet_is_told_by_its_row(value: str, tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data/a.parquet", {})
    parquet(
        root,
        f"SELECT DATE '2026-09-01' AS Date, CASE WHEN n = 4 THEN {value} ELSE 9.0 END AS Score "
        "FROM range(9) AS rows(n)",
    )
    assert refusals(root) == [("invalid-value", "data/a.parquet", 5, 2)]


def test_half_a_parquet_file_is_told(tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data/a.parquet", {})
    parquet(root, "SELECT DATE '2026-09-01' AS Date, 9 AS Score FROM range(6)")
    whole = (root / "data/a.parquet").read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:4] + bytes(40) + whole[44:]):
        (root / "data/a.parquet").write_bytes(damaged)
        assert [(code, path) for code, path, _, _ in refusals(root)] == [("damaged-file", "data/a.parquet")]


# What looks bad and is right


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_amounts_as_people_write_them_are_read_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    written = ("1 234,50 €", "1.234,50 €", "€ 1\u00a0234,50", "1234,5", "-1 234,50 €", "+1234,50")
    root = metric(tmp_path, "money", "file: data/a.csv", {CSV: bills(*written).encode(encoding)})
    assert figures(root, "luku") == {"2026-09": "4938"}


@pytest.mark.parametrize(("told", "expected"), [("comma", "7.4"), ("point", "7404")])
def test_numbers_that_can_be_two_are_read_as_told(told: str, expected: str, tmp_path: Path) -> None:
    root = metric(tmp_path, "money", f"file: data/a.csv\ndecimals: {told}", {CSV: bills(*["1,234"] * 6)})
    assert figures(root) == {"2026-09": expected}


@pytest.mark.parametrize(("told", "period"), [("day-first", "2026-Q2"), ("month-first", "2026-Q1")])
def test_days_that_can_be_two_are_read_as_told(told: str, period: str, tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", f"file: data/a.csv\ndates: {told}", {CSV: answers([9] * 6, "3/4/2026")})
    assert figures(root) == {period: "100"}


def test_headings_may_stand_below_a_title_and_above_rows_that_hold_no_data(tmp_path: Path) -> None:
    lines = ["Kysely;;", ";;", "Vastattu;Arvosana;", ";Response;", '"rivi";"{""ImportId"": ""Q\n1""}";']
    content = "\n".join(lines) + "\n" + "1.9.2026;9;\n" * 6
    root = metric(tmp_path, "nps", "file: data/a.csv\nskip: 2", {CSV: content})
    assert figures(root) == {"2026-Q3": "100"}


def test_rows_that_hold_no_data_are_skipped_in_a_workbook(tmp_path: Path) -> None:
    book = xlsx_of([["Vastattu", "Arvosana"], ["", "Response"], *[["1.9.2026", 9]] * 6])
    root = metric(tmp_path, "nps", "file: data/a.xlsx\nskip: 1", {"data/a.xlsx": book})
    assert figures(root) == {"2026-Q3": "100"}


@pytest.mark.parametrize(("told", "n"), [("count", 8), ("leave out", 6)])
def test_rows_that_a_filter_hides_count_as_told(told: str, n: int, tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", f"file: data/a.xlsx\nhidden: {told}", {"data/a.xlsx": FILTERED})
    shown = measure(root).stdout
    assert f"n = {n}\n" in shown
    assert ("left out: 2 hidden by a filter" in shown) == (n == 6)


def test_one_row_is_too_few_to_be_shown(tmp_path: Path) -> None:
    root = metric(tmp_path, "nps", "file: data/a.csv", {CSV: answers([9])})
    before = (root / METRICS).read_bytes()
    done = measure(root, "--write")
    assert done.returncode == 0
    assert "too few to be shown: 2026-Q3" in done.stdout
    assert (root / METRICS).read_bytes() == before


def test_who_left_and_came_back_is_here_in_both_times(tmp_path: Path) -> None:
    rows = [f"{n};1.1.2020;1.1.2021" for n in range(8)]
    # Two stretches that touch are one; two with a gap are two.
    rows += ["0;1.1.2021;1.7.2021", f"{SECRET};1.1.2020;1.1.2021", f"{SECRET};1.1.2022;"]
    root = metric(tmp_path, "customer_tenure", "file: data/a.csv", {CSV: table(STAYS, rows)})
    shown = measure(root).stdout
    assert "n = 10\n" in shown
    assert "1 left and came back; each time counts by itself" in shown


def test_a_refund_larger_than_the_invoice_counts_as_it_is_and_is_told(tmp_path: Path) -> None:
    rows = [f"3.10.2026;{n};100" for n in range(6)] + [f"9.10.2026;{SECRET};50", f"9.10.2026;{SECRET};-170"]
    root = metric(tmp_path, "average_billing", "file: data/a.csv", {CSV: table(BILLS, rows)})
    shown = measure(root).stdout
    assert "68.57, 2026-10, n = 7" in shown
    assert "1 got more credit than they were billed in the last month" in shown


def test_months_without_invoices_are_told(tmp_path: Path) -> None:
    rows = [f"3.{month}.2026;{n};100" for month in (6, 8) for n in range(6)]
    root = metric(tmp_path, "average_billing", "file: data/a.csv", {CSV: table(BILLS, rows)})
    assert figures(root) == {"2026-06": "100", "2026-08": "100"}
    assert "nothing to count in 2026-07, 2026-09, 2026-10" in measure(root).stdout


@pytest.mark.parametrize(("retention", "unit"), [("80", "'%'"), ("80", "null"), ("0.8", "null")])
def test_a_lifetime_value_knows_a_share_from_per_cent(retention: str, unit: str, tmp_path: Path) -> None:
    metrics = f"""
        metrics:
          - {{id: b, name: B, kind: average_billing, latest: {{value: 100, as_of: 2026-10-31}}}}
          - id: r
            name: R
            kind: retention
            unit: {unit}
            latest: {{value: {retention}, as_of: 2026-10-31}}
          - id: c
            name: C
            kind: clv
            from: {{billing: b, retention: r, margin: 50, interest: 10, period: month}}
    """
    # 100 * 12 * 0.5 * 0.8 / (1 + 0.1 - 0.8)
    assert figures(small(tmp_path, {METRICS: metrics}), "c") == {"2026-10": "1600"}
