#!/usr/bin/env bash
# Guess: what stands in the second part of COALESCE, or behind WHEN of a CASE, DuckDB computes for the rows that come to
#     it; a slow text function there costs nothing where nearly every cell is a plain number.
# What happens: what stands twice in such a branch and cannot fail, as trim(cell), is taken out and computed for every
#     row of the table. Written once, or as two different functions, it stays in its branch. What can fail stays too.
# Version: DuckDB 2.0.1.
# Matters: reading columns of typed numbers and days by the quick cast first, and by patterns where that gives NULL.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check duckdb==2.0.1

"$work/venv/bin/python" - <<'END'
import duckdb

print("DuckDB", duckdb.__version__)
connection = duckdb.connect()
connection.execute("CREATE TABLE amounts AS SELECT CAST(range AS VARCHAR) AS cell FROM range(10)")


def lowest_projection(branch):
    """What is computed for every row, before the branch is looked at; None where nothing is."""
    plan = connection.execute(
        f"EXPLAIN SELECT coalesce(TRY_CAST(cell AS INTEGER), {branch}) FROM amounts"
    ).fetchall()[0][1]
    return plan.count("─ Projection ─") > 1


branches = {
    "twice": "CASE WHEN regexp_full_match(trim(cell), '[a-z]+') THEN length(trim(cell)) END",
    "once": "CASE WHEN regexp_full_match(trim(cell), '[a-z]+') THEN length(cell) END",
    "as two functions": "CASE WHEN regexp_full_match(trim(cell), '[a-z]+') THEN length(ltrim(rtrim(cell))) END",
    "what can fail": "CASE WHEN cell > 'a' THEN CAST(cell AS INTEGER) + CAST(cell AS INTEGER) END",
}
for name, branch in branches.items():
    print(f"{name}: {'computed for every row first' if lowest_projection(branch) else 'stays in its branch'}")
assert [lowest_projection(branch) for branch in branches.values()] == [True, False, False, False]
END
