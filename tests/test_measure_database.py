"""Figures asked of a database: a real PostgreSQL, which answers, refuses, hangs and goes away."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import indent
from urllib.parse import urlsplit

import pytest
from postgres import HOST, PASSWORD, READER, SALES, Postgres, started
from workspaces import pitchgen, small

VARIABLE = "SALES_DATABASE"
# What each kind is measured from, and how else it is told.
ANSWERS = "SELECT id, answer, answered, customer FROM answers"
INVOICES = "SELECT customer, invoiced, amount, vat, currency, id FROM invoices"
STAYS = "SELECT customer, started, ended, trade FROM customers"
KINDS = {
    "nps": (ANSWERS, "period: quarter"),
    "enps": (ANSWERS, "period: year"),
    "csat": (ANSWERS, "scale: 1-10"),
    "ces": (ANSWERS, "scale: 0-10"),
    "average_billing": (INVOICES, "currency: EUR"),
    "money": ("SELECT invoiced AS happened, amount, currency FROM invoices", "currency: EUR"),
    "revenue_retention": (INVOICES, "currency: EUR\nperiod: quarter"),
    "customer_tenure": (STAYS, "unit: months"),
    "retention": (STAYS, "over: quarter"),
    "count": ("SELECT started AS happened FROM customers", ""),
    "ratio": ("SELECT started AS happened, trade FROM customers", "counts: {trade: Åkeri}"),
    "duration": ("SELECT started, ended FROM customers", "unit: days"),
}
_SHARES = ("csat", "retention", "revenue_retention", "ratio")
TABLES = """
    CREATE TABLE answers AS SELECT
      n AS id, CASE WHEN n % 7 > 0 THEN n * n % 11 END AS answer,
      timestamptz '2025-01-01 00:00+02' + n * interval '3 hours' AS answered, 'c' || n % 900 AS customer
    FROM generate_series(1, 5000) n;
    CREATE TABLE invoices AS SELECT
      (n % 60)::numeric(9, 0) AS customer, date '2025-01-01' + n % 690 AS invoiced,
      (n * 7919 % 100003 - 9000)::numeric(12, 3) / 1000 AS amount, (n % 5)::float8 / 10 AS vat,
      CASE WHEN n % 40 > 0 THEN 'EUR' ELSE 'SEK' END::char(8) AS currency, 'i' || n AS id
    FROM generate_series(1, 4000) n;
    CREATE TABLE customers AS SELECT
      n AS customer, date '2024-01-01' + n % 800 AS started,
      CASE WHEN n % 3 > 0 THEN date '2024-01-01' + n % 800 + n * 31 % 400 END AS ended,
      CASE WHEN n % 4 > 0 THEN 'Åkeri' ELSE 'vård' END AS trade
    FROM generate_series(1, 700) n;
    CREATE TABLE written (n int);
    CREATE SEQUENCE steps;
    GRANT ALL ON steps TO PUBLIC;
    CREATE FUNCTION write() RETURNS date LANGUAGE sql AS
      $$INSERT INTO written VALUES (1); SELECT date '2026-01-01'$$;
    CREATE FUNCTION shout() RETURNS date LANGUAGE plpgsql AS
      $$BEGIN RAISE WARNING 'Maija Malli'; RETURN date '2026-01-01'; END$$;
    CREATE TABLE people AS SELECT date '2026-01-01' + n % 300 AS happened, 'Maija Malli' || n AS name
    FROM generate_series(1, 90000) n;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with started() as one:
        one.tell(TABLES)
        yield one


@pytest.fixture
def postgres(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Postgres:
    """The server, with the reader's address in the environment."""
    monkeypatch.setenv(VARIABLE, server.address())
    return server


def metric(kind: str, source: str, told: str = "", id: str = "") -> str:
    """A metric of a kind from a source."""
    unit = '\n  unit: "%"' if kind in _SHARES else ""
    origin = indent(f"{source}\n{told}".strip(), "    ")
    return f"- id: {id or kind}\n  name: {kind}\n  kind: {kind}{unit}\n  from:\n{origin}\n"


def metrics(*each: str) -> str:
    return "metrics:\n" + indent("".join(each), "  ")


def asking(root: Path, query: str | bytes, kind: str = "count", told: str = "") -> Path:
    """A workspace with one metric, from what a query gives."""
    text = metric(kind, f"database: env:{VARIABLE}\nquery: data/q.sql", told, "one")
    return small(root, {"metrics.yaml": metrics(text), "data/q.sql": query})


def measure(
    root: Path, *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Measure; whatever comes of it, nobody learns how the database is reached, or whose rows it has."""
    before = (root / "metrics.yaml").read_bytes()
    done = pitchgen("measure", "--format", "json", *arguments, workspace=root, env=env)
    for secret in (READER, PASSWORD, SALES, HOST, "sala", "Maija"):
        assert secret not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert (root / "metrics.yaml").read_bytes() == before
    return done


def figures(done: subprocess.CompletedProcess[str]) -> dict[str, list[dict[str, object]]]:
    assert done.returncode == 0, done.stderr
    return {each["id"]: each["figures"] for each in json.loads(done.stdout)}


def refused(done: subprocess.CompletedProcess[str], code: str, where: str) -> str:
    """What is said of one problem at one place."""
    assert done.returncode == 1, done.stderr
    first = done.stderr.splitlines()[0]
    assert first.startswith(f"{where}: error[{code}]: "), done.stderr
    assert done.stderr.count("error[") == 1, done.stderr
    return done.stderr


def test_a_database_gives_the_figures_that_its_export_gives(postgres: Postgres, tmp_path: Path) -> None:
    files, listed = dict[str, str](), []
    for kind, (query, told) in KINDS.items():
        files[f"data/{kind}.sql"] = f"{query};\n"
        files[f"data/{kind}.csv"] = postgres.tell(
            f"SET TimeZone = 'UTC'; COPY ({query}) TO STDOUT CSV HEADER"
        )
        listed += [
            metric(kind, f"database: env:{VARIABLE}\nquery: data/{kind}.sql", told, f"{kind}-asked"),
            metric(kind, f"file: data/{kind}.csv\ndecimals: point", told, f"{kind}-exported"),
        ]
    found = figures(measure(small(tmp_path, files | {"metrics.yaml": metrics(*listed)})))
    for kind in KINDS:
        assert found[f"{kind}-asked"] == found[f"{kind}-exported"], kind
        assert len(found[f"{kind}-asked"]) >= 1, kind


def test_numbers_with_three_decimals_are_no_thousands(postgres: Postgres, tmp_path: Path) -> None:
    some = "(VALUES (1.234), (2.001)) AS two(amount)"
    query = f"SELECT date '2026-10-01' AS happened, amount::numeric(10, 3) FROM {some}"
    found = figures(measure(asking(tmp_path, query, "money", "least_answers: 1")))
    assert [each["value"] for each in found["one"]] == ["3.24"]


@pytest.mark.parametrize(
    ("sum", "is_refused"),
    [("1.10::text::money", True), ("'1.10'::money::numeric", False), ("110::bigint", False)],
)
def test_money_whose_decimals_are_not_sent_is_refused(
    postgres: Postgres, tmp_path: Path, sum: str, is_refused: bool
) -> None:
    query = f"SELECT date '2026-10-01' AS happened, 7::bigint AS n, {sum} AS amount"
    done = measure(asking(tmp_path, query, "money", "least_answers: 1"))
    if is_refused:
        assert "'amount' has the type money" in refused(done, "query", "data/q.sql")
    else:
        figures(done)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT write() AS happened",
        "SELECT date '2026-01-01' AS happened, nextval('steps') AS n",
        "SELECT set_config('transaction_read_only', 'off', true), write() AS happened",
        "WITH w AS (INSERT INTO written VALUES (1) RETURNING n) SELECT n FROM w",
        "DELETE FROM people RETURNING happened",
        "SELECT happened FROM people FOR UPDATE",
        "SELECT 1; INSERT INTO written VALUES (1)",
        "SELECT 1) AS a; INSERT INTO written VALUES (1); SELECT * FROM (SELECT 1",
        "SELECT 1) AS a; COMMIT; INSERT INTO written VALUES (1); --",
        "SELECT 1) AS a) TO PROGRAM 'true' --",
        "COMMIT",
    ],
)
def test_a_query_only_reads(postgres: Postgres, tmp_path: Path, query: str) -> None:
    done = measure(asking(tmp_path, query))
    assert done.returncode == 1
    assert done.stderr.startswith("data/q.sql:")
    assert "error[query]" in done.stderr
    counts = (
        "SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM people), (SELECT is_called FROM steps)"
    )
    assert postgres.tell(counts) == "0|90000|f\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT date '2026-01-01' AS happened FROM generate_series(1, 1000000000000) n WHERE n < 0",
        "SELECT date '2026-01-01' AS happened, pg_sleep(86400)",
        "SELECT happened FROM people, generate_series(1, 1000000) ORDER BY random()",
    ],
)
def test_a_query_that_never_ends_is_ended_by_the_deadline(
    postgres: Postgres, tmp_path: Path, query: str
) -> None:
    done = measure(asking(tmp_path, query), "--deadline", "0.3")
    assert "not measured in" in refused(done, "too-slow", "metrics.yaml:6:7")
    assert postgres.tell(f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{READER}'") == "0\n"


def test_a_deadline_below_a_millisecond_is_one(postgres: Postgres, tmp_path: Path) -> None:
    done = measure(asking(tmp_path, "SELECT pg_sleep(86400)"), "--deadline", "0.0001")
    refused(done, "too-slow", "metrics.yaml:6:7")


def test_a_table_that_somebody_holds_is_waited_for_no_longer(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.holding("LOCK TABLE people"):
        done = measure(asking(tmp_path, "SELECT happened FROM people"), "--deadline", "0.3")
    refused(done, "too-slow", "metrics.yaml:6:7")


def test_a_database_that_goes_away_is_told_of(postgres: Postgres, tmp_path: Path) -> None:
    root = asking(
        tmp_path, "SELECT happened, pg_advisory_xact_lock_shared(n) FROM people, generate_series(1, 2) n"
    )
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with ThreadPoolExecutor() as aside, postgres.holding("SELECT pg_advisory_lock(2)"):
        asked = aside.submit(measure, root, env={})
        while postgres.tell(waiting) == "0\n":
            assert not asked.done(), asked.result().stderr
        postgres.stop()
    try:
        said = refused(asked.result(), "no-database", "metrics.yaml:6:17")
    finally:
        postgres.start()
    assert "the database cannot be reached" in said


def test_a_database_that_shows_one_out_is_told_of(postgres: Postgres, tmp_path: Path) -> None:
    query = "SELECT happened, pg_terminate_backend(pg_backend_pid()) FROM people"
    refused(measure(asking(tmp_path, query)), "no-database", "metrics.yaml:6:17")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://{reader}:wrong@{host}:{port}/{sales}",
        "postgresql://{reader}@{host}:{port}/{sales}",
        "postgresql://{reader}:{password}@{host}:{port}/nowhere",
        "postgresql://{reader}:{password}@{host}:1/{sales}",
        "postgresql://{reader}:{password}@no-such-host.invalid:{port}/{sales}",
        "postgresql://{reader}:100%sala@{host}:{port}/{sales}",
        "postgresql://{reader}:{password}@{host}:{port}/{sales}?no_such=setting",
    ],
)
def test_an_address_that_leads_nowhere_is_told_of_and_not_shown(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    right = urlsplit(postgres.address())
    parts = {"reader": READER, "password": right.password, "host": HOST, "port": right.port, "sales": SALES}
    monkeypatch.setenv(VARIABLE, address.format(**parts))
    said = refused(measure(asking(tmp_path, "SELECT 1")), "no-database", "metrics.yaml:6:17")
    assert "whether its address and the password are right" in said


@pytest.mark.parametrize(
    "value", [None, "", "host=127.0.0.1 password=salasana", "mysql://u:salasana@127.0.0.1/x"]
)
def test_a_variable_without_an_address_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    said = refused(measure(asking(tmp_path, "SELECT 1")), "no-database", "metrics.yaml:6:17")
    assert f"the environment variable {VARIABLE} is" in said


@pytest.mark.parametrize("key", ["database", "databse", "file", "query"])
def test_an_address_typed_where_it_does_not_belong_is_not_shown(tmp_path: Path, key: str) -> None:
    root = asking(tmp_path, "SELECT 1")
    typed = (root / "metrics.yaml").read_text(encoding="utf-8")
    address = f"{key}: postgresql://{READER}:{PASSWORD}@{HOST}/{SALES}"
    (root / "metrics.yaml").write_text(typed.replace(f"database: env:{VARIABLE}", address), encoding="utf-8")
    assert measure(root).returncode == 1


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("SELECT\n  happened,\n  nope\nFROM people", "3:3", "nope"),
        ("\ufeffSELECT 'åäö€',\r\n nope FROM people", "2:2", "nope"),
        ("SELECT happened\nFROM people, nowhere", "2:14", "nowhere"),
        ("SELECT happened FROM people WHERE", "1:34", ""),
        ("SELECT happened, $1 FROM people", "1:18", "$1"),
        ("SELECT happened /* FROM people", "1:17", "/* FROM people"),
        ("SELECT pg_read_file('PG_VERSION')", "", "pg_read_file"),
        ("", "1:1", ""),
    ],
)
def test_what_is_wrong_with_a_query_is_told_with_its_place(
    postgres: Postgres, tmp_path: Path, query: str, place: str, said: str
) -> None:
    where = f"data/q.sql:{place}" if place else "data/q.sql"
    text = refused(measure(asking(tmp_path, query.encode())), "query", where)
    assert "the database refuses the query" in text.splitlines()[0]
    assert said in text.splitlines()[0]


def test_what_stands_in_a_row_is_not_shown(postgres: Postgres, tmp_path: Path) -> None:
    done = measure(asking(tmp_path, "SELECT happened, name::int FROM people"))
    assert "the database could not finish the query" in refused(done, "query", "data/q.sql")
    done = measure(asking(tmp_path, "SELECT happened, shout() FROM people LIMIT 9"))
    assert len(figures(done)["one"]) == 1


def test_a_column_that_is_not_there_is_named(postgres: Postgres, tmp_path: Path) -> None:
    said = refused(measure(asking(tmp_path, "SELECT name FROM people")), "missing-column", "data/q.sql:1:1")
    assert "happened" in said


def test_cells_that_are_not_what_they_should_be_are_told_of(postgres: Postgres, tmp_path: Path) -> None:
    query = (
        "SELECT invoiced AS happened, CASE WHEN vat > 0.3 THEN 'NaN' ELSE amount END AS amount FROM invoices"
    )
    assert "is no number" in measure(asking(tmp_path, query, "money")).stderr


@pytest.mark.parametrize("query", ["../q.sql", "/etc/q.sql", "data/away.sql"])
def test_a_query_outside_the_workspace_is_refused(postgres: Postgres, tmp_path: Path, query: str) -> None:
    root = asking(tmp_path / "yritys", "SELECT happened FROM people")
    outside = tmp_path / "q.sql"
    outside.write_text("SELECT happened FROM people")
    (root / "data/away.sql").symlink_to(outside)
    (root / "metrics.yaml").write_text((root / "metrics.yaml").read_text().replace("data/q.sql", query))
    where = query if query.startswith("data") else "metrics.yaml:7:14"
    refused(measure(root), "outside-workspace", where)


@pytest.mark.parametrize(
    ("content", "code"),
    [("SELECT 1".encode("utf-16"), "encoding"), (b"SELECT 1 --" + b"x" * 300_000, "too-large")],
)
def test_a_query_that_is_no_text_of_a_usual_size_is_refused(
    postgres: Postgres, tmp_path: Path, content: bytes, code: str
) -> None:
    refused(measure(asking(tmp_path, content)), code, "data/q.sql")


def test_a_query_is_one_file(postgres: Postgres, tmp_path: Path) -> None:
    root = asking(tmp_path, "SELECT happened FROM people")
    (root / "data/r.sql").write_text("SELECT happened FROM people LIMIT 5")
    (root / "metrics.yaml").write_text(
        (root / "metrics.yaml").read_text().replace("data/q.sql", "data/*.sql")
    )
    refused(measure(root), "query", "metrics.yaml:7:14")


def test_texts_of_a_database_in_another_encoding_are_read(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.create("vanha", "ENCODING 'LATIN9' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    postgres.tell(
        "CREATE TABLE deals AS SELECT date '2026-10-01' AS happened, 'Åkeri €' AS trade "
        "FROM generate_series(1, 7)",
        "vanha",
    )
    monkeypatch.setenv(VARIABLE, postgres.address("vanha"))
    root = asking(tmp_path, "SELECT * FROM deals", "count", "filter: {trade: Åkeri €}")
    assert [each["value"] for each in figures(measure(root))["one"]] == ["7"]


def test_an_address_may_say_more(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres.tell("CREATE SCHEMA old; CREATE TABLE old.deals AS TABLE people")
    postgres.tell(f"GRANT USAGE ON SCHEMA old TO {READER}; GRANT SELECT ON old.deals TO {READER}")
    monkeypatch.setenv(VARIABLE, f"{postgres.address()}?options=-csearch_path%3Dold&connect_timeout=60")
    assert len(figures(measure(asking(tmp_path, "SELECT happened FROM deals")))["one"]) > 1


def test_a_driver_that_is_not_installed_is_told_of(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    done = measure(asking(tmp_path, "SELECT 1"))
    assert done.returncode == 2
    assert "pip install 'pitchgen[database]'" in done.stderr
