#!/usr/bin/env bash
# Guess: `cursor()` of a DuckDB connection is one more hand on that connection, as in Python's other database modules:
#     what was set stays set, and its temporary tables are there.
# What happens: it is a connection of its own to the same database, and gets some of what was set but not all: the
#     progress bar stays switched off, and the time zone is the machine's again unless it was SET GLOBAL. Temporary
#     tables are not there.
# Version: DuckDB 2.0.1.
# Matters: reports that put days of a survey into periods from several cursors: midnight is another one in each.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check duckdb==2.0.1

TZ=UTC "$work/venv/bin/python" - <<'END'
import duckdb

print("DuckDB", duckdb.__version__)
connection = duckdb.connect()
connection.execute("SET TimeZone = 'Asia/Tokyo'")
connection.execute("SET enable_progress_bar = false")
connection.execute("SET memory_limit = '100MB'")
connection.execute("CREATE TEMP TABLE answers AS SELECT TIMESTAMPTZ '2026-09-30 20:00:00+00' AS answered")


def told(hand, question):
    try:
        return str(hand.execute(question).fetchone()[0])
    except duckdb.Error as error:
        return type(error).__name__


questions = {
    "time zone": "SELECT current_setting('TimeZone')",
    "progress bar": "SELECT current_setting('enable_progress_bar')",
    "memory limit": "SELECT current_setting('memory_limit')",
    "day of a moment": "SELECT CAST(TIMESTAMPTZ '2026-09-30 20:00:00+00' AS DATE)",
    "temporary table": "SELECT count(*) FROM answers",
}
hands = (connection, connection.cursor())
found = {name: [told(hand, question) for hand in hands] for name, question in questions.items()}
for name, (its, cursors) in found.items():
    print(f"{name}: {its}, by its cursor {cursors}")
assert found["time zone"][0] == "Asia/Tokyo" != found["time zone"][1]
assert found["progress bar"] == ["False", "False"]
assert found["memory limit"][0] == found["memory limit"][1]
assert found["day of a moment"] == ["2026-10-01", "2026-09-30"]
assert found["temporary table"] == ["1", "CatalogException"]
connection.execute("SET GLOBAL TimeZone = 'Asia/Tokyo'")
assert told(connection.cursor(), questions["day of a moment"]) == "2026-10-01"
END
