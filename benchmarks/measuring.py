"""Measuring: figures from large exports beside the bare queries, plain Python and pandas.

Times are of the processor, all cores together, so that other work on the machine counts little.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.timing import Pair

ROOT = Path(__file__).parent.parent
MANY, MOST, FEWER = 10_000_000, 50_000_000, 1_000_000
_MEMORY = 1.5
_ROUNDS = 5

_COMPANY = """
schema_version: 1
name: Testi Oy
language: fi
languages: [fi]
strategy: {name: Arki, aim: Asiakas tietää.}
promise: {text: Et jää yksin.}
"""
_FROM = {
    "nps": ("nps", "answers", "period: quarter"),
    "enps": ("enps", "answers", "period: quarter"),
    "csat": ("csat", "answers", "period: quarter, scale: 0-10"),
    "ces": ("ces", "answers", "period: quarter, scale: 0-10"),
    "billing": ("average_billing", "invoices", "period: month"),
    "money": ("money", "invoices", "period: month, columns: {happened: invoiced}"),
    "revenue": ("revenue_retention", "invoices", "period: quarter"),
    "count": ("count", "invoices", "period: month, columns: {happened: invoiced}"),
    "ratio": ("ratio", "invoices", "period: month, columns: {happened: invoiced}, counts: {currency: EUR}"),
    "tenure": ("customer_tenure", "customers", "period: year, unit: months"),
    "retention": ("retention", "customers", "period: year"),
    "duration": ("duration", "customers", "period: year, unit: days"),
}
_ANSWERED = """
    WITH last AS (
      SELECT date_trunc('quarter', answered)::DATE AS period, customer, arg_max(answer, answered) AS answer
      FROM 'answers.parquet' GROUP BY ALL
    ) SELECT period, answer, count(*) FROM last GROUP BY ALL
"""
_HERE = "FROM (VALUES (DATE '2025-12-31')) AS days(day) JOIN 'customers.parquet' ON started <= day"
# What somebody who knows the data would ask.
_BARE = {
    "nps": _ANSWERED,
    "enps": _ANSWERED,
    "csat": _ANSWERED,
    "ces": _ANSWERED,
    "billing": """
        SELECT month, sum(total) / count(*) FROM (
          SELECT date_trunc('month', invoiced)::DATE AS month, customer, sum(amount - vat) AS total
          FROM 'invoices.parquet' GROUP BY ALL
        ) GROUP BY ALL
    """,
    "money": "SELECT date_trunc('month', invoiced), sum(amount - vat) FROM 'invoices.parquet' GROUP BY ALL",
    "revenue": """
        WITH totals AS (
          SELECT date_trunc('quarter', invoiced)::DATE AS period, customer, sum(amount - vat) AS total
          FROM 'invoices.parquet' GROUP BY ALL
        ) SELECT past.period, sum(now.total) / sum(past.total) FROM totals past LEFT JOIN totals now
          ON now.customer = past.customer AND now.period = (past.period + INTERVAL 1 YEAR)::DATE
        WHERE past.total > 0 GROUP BY ALL
    """,
    "count": "SELECT date_trunc('month', invoiced), count(*) FROM 'invoices.parquet' GROUP BY ALL",
    "ratio": """
        SELECT date_trunc('month', invoiced), avg(CAST(currency = 'EUR' AS INTEGER))
        FROM 'invoices.parquet' GROUP BY ALL
    """,
    "tenure": f"SELECT least(coalesce(ended, day), day) - started, count(*) {_HERE} GROUP BY ALL",
    "retention": f"SELECT count(*), count(*) FILTER (ended IS NULL OR ended > day) {_HERE}",
    "duration": """
        SELECT date_trunc('year', started), quantile_cont(ended - started, [0.5, 0.9])
        FROM 'customers.parquet' GROUP BY ALL
    """,
}
# What each process prints: the seconds of all cores that its work took, and the most memory it had.
_TOLD = """
import json, resource
def tell(begun):
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_utime + used.ru_stime - begun, used.ru_maxrss * 1024]))
def now():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
"""
_OURS = """
import sys
from datetime import date
from pathlib import Path
import duckdb
from pitchgen.measure.measure import measure
from pitchgen.workspace.read import read_workspace
workspace, _ = read_workspace(Path(sys.argv[1]))
begun = now()
found = measure(workspace, date(2026, 11, 21), sys.argv[2:], 3600)
assert all(each.figures for each in found), found
tell(begun)
"""
_QUERIES = """
import os, sys
import duckdb
os.chdir(sys.argv[1] + "/data")
begun = now()
for query in sys.argv[2:]:
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false; SET memory_limit = '1GB'")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(query).fetchall()
tell(begun)
"""
_PLAIN = """
import csv, os, sys
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
os.chdir(sys.argv[1] + "/data")
begun = now()
totals = defaultdict(Decimal)
with open("invoices.csv", newline="") as file:
    for row in csv.DictReader(file):
        month = date.fromisoformat(row["invoiced"]).replace(day=1)
        totals[month, row["customer"]] += Decimal(row["amount"]) - Decimal(row["vat"])
billed = defaultdict(list)
for (month, _), total in totals.items():
    billed[month].append(total)
averages = {month: sum(each) / len(each) for month, each in billed.items()}
last = {}
with open("answers.csv", newline="") as file:
    for row in csv.DictReader(file):
        at = datetime.fromisoformat(row["answered"])
        key = at.year, (at.month + 2) // 3, row["customer"]
        last[key] = max(last.get(key, (at, 0)), (at, int(row["answer"])))
answers = Counter((year, quarter, answer) for (year, quarter, _), (_, answer) in last.items())
tell(begun)
"""
_PANDAS = """
import os, sys
import pandas as pd
os.chdir(sys.argv[1] + "/data")
begun = now()
rows = pd.read_csv("invoices.csv", parse_dates=["invoiced"])
rows["month"] = rows.invoiced.dt.to_period("M")
totals = (rows.amount - rows.vat).groupby([rows.month, rows.customer]).sum()
averages = totals.groupby("month").mean()
rows = pd.read_csv("answers.csv", parse_dates=["answered"])
rows["quarter"] = rows.answered.dt.to_period("Q")
last = rows.sort_values("answered").groupby(["quarter", "customer"]).answer.last()
answers = last.groupby("quarter").value_counts()
tell(begun)
"""


def beside_queries(folder: Path) -> Pair:
    """All kinds over 10 million invoices and a million answers and customers in Parquet."""
    root = exports(folder, MANY, "parquet")
    return _pair(_told(_OURS, root), _told(_QUERIES, root, *_BARE.values()))


def memory(folder: Path) -> Pair:
    """The most memory that takes, beside 1.5 GB; as MB."""
    taken = _told(_OURS, exports(folder, MANY, "parquet"))[1] / 1e9
    return Pair(taken, _MEMORY, taken / _MEMORY)


def beside_python(folder: Path) -> Pair:
    """Average billing and NPS of a million invoices and 100,000 answers as CSV, beside the module csv."""
    root = exports(folder, FEWER, "csv")
    return _pair(_told(_OURS, root, "billing", "nps"), _told(_PLAIN, root))


def beside_pandas(folder: Path) -> Pair:
    """The same beside pandas, whose sums are floats."""
    root = exports(folder, FEWER, "csv")
    return _pair(_told(_OURS, root, "billing", "nps"), _told(_PANDAS, root))


def five_times_as_many(folder: Path) -> Pair:
    """50 million invoices beside 10 million; the ratio is of the time for one."""
    many = _told(_OURS, exports(folder, MOST, "parquet"))
    few = _told(_OURS, exports(folder, MANY, "parquet"))
    return Pair(many[0], few[0], many[0] / few[0] * MANY / MOST)


def memory_of_most(folder: Path) -> Pair:
    """The most memory that 50 million take, beside 10 million; as MB."""
    many = _told(_OURS, exports(folder, MOST, "parquet"))[1]
    few = _told(_OURS, exports(folder, MANY, "parquet"))[1]
    return Pair(many / 1e9, few / 1e9, many / few)


def starter(_folder: Path) -> Pair:
    """`pitchgen measure` on the starter, from its start to its end, beside importing DuckDB."""
    ours = [sys.executable, "-m", "pitchgen", "measure", "-w", str(ROOT), "--date", "2026-11-21"]
    theirs = [sys.executable, "-c", "import duckdb"]
    times = [(_process(ours), _process(theirs)) for _ in range(_ROUNDS)]
    return Pair(median(a for a, _ in times), median(b for _, b in times), median(a / b for a, b in times))


def exports(folder: Path, invoices: int, ending: str) -> Path:
    """A workspace with exports of so many invoices, and a tenth of that of answers and customers."""
    root = folder / f"{invoices}-{ending}"
    if root.exists():
        return root
    (root / "data").mkdir(parents=True)
    (root / "company.yaml").write_text(_COMPANY, encoding="utf-8")
    metrics = [
        f"  - {{id: {id}, name: N, kind: {kind}, from: {{file: data/{file}.{ending}, {told}}}}}\n"
        for id, (kind, file, told) in _FROM.items()
    ]
    (root / "metrics.yaml").write_text("metrics:\n" + "".join(metrics), encoding="utf-8")
    customers = invoices // 100
    queries = {
        "invoices": f"""
            SELECT
              'K' || hash(n) % {customers} AS customer,
              DATE '2024-11-01' + CAST(hash(n + 7) % 730 AS INTEGER) AS invoiced,
              CAST(hash(n * 3) % 500000 / 100 - 200 AS DECIMAL(12, 2)) AS amount,
              CAST(hash(n * 5) % 5000 / 100 AS DECIMAL(12, 2)) AS vat,
              'EUR' AS currency
            FROM range({invoices}) AS t(n)
        """,
        "answers": f"""
            SELECT
              'K' || hash(n) % {customers} AS customer,
              CAST(hash(n + 7) % 11 AS INTEGER) AS answer,
              TIMESTAMP '2025-10-01' + to_seconds(CAST(hash(n * 3) % 33000000 AS INTEGER)) AS answered
            FROM range({invoices // 10}) AS t(n)
        """,
        "customers": f"""
            SELECT
              'K' || n AS customer,
              DATE '2020-01-01' + CAST(hash(n) % 1500 AS INTEGER) AS started,
              CASE WHEN hash(n + 7) % 3 > 0 THEN started + CAST(hash(n * 3) % 900 AS INTEGER) END AS ended
            FROM range({invoices // 10}) AS t(n)
        """,
    }
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET memory_limit = '2GB'; SET temp_directory = '{root / 'spilled'}'")
        for name, query in queries.items():
            connection.execute(f"COPY ({query}) TO '{root / 'data' / name}.{ending}'")
    return root


def _pair(ours: tuple[float, float], theirs: tuple[float, float]) -> Pair:
    return Pair(ours[0], theirs[0], ours[0] / theirs[0])


def _told(program: str, root: Path, *arguments: str) -> tuple[float, float]:
    """The seconds that a program's work took in a process of its own, and its bytes."""
    command = [sys.executable, "-c", _TOLD + program, str(root), *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, taken = json.loads(done.stdout)
    return float(seconds), float(taken)


def _process(command: list[str]) -> float:
    """The seconds of all cores that a whole process took."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True)"
    )
    told = "; used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
    done = subprocess.run(
        [sys.executable, "-c", program + told, *command], check=True, capture_output=True, text=True
    )
    return float(done.stdout)
