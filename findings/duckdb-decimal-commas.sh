#!/usr/bin/env bash
# Guess: two columns `nps;csat` with decimal commas are found to be separated by semicolons, all the more once
#     `decimal_separator=','` says what the comma is for.
# What happens: the lines are split at the commas into three columns. The headings, which do not have as many, are
#     dropped for made-up names, and `1,5;2,5` becomes 1, '5;2' and 5. Nothing is raised, and naming the decimal
#     separator changes nothing; with `header=true` the first row of figures becomes the headings. Naming the
#     delimiter helps.
# Version: DuckDB 2.0.1.
# Matters: exports of spreadsheets and surveys in most of Europe.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check duckdb==2.0.1

"$work/venv/bin/python" - <<'END'
import os
import tempfile

import duckdb

print("DuckDB", duckdb.__version__)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "answers.csv")
    with open(path, "w") as file:
        file.write("nps;csat\n1,5;2,5\n3,5;4,5\n")

    def read(options: str = "") -> tuple[list[str], list[tuple]]:
        table = duckdb.sql(f"select * from read_csv('{path}'{options})")
        print(f"read_csv(...{options}):", table.columns, table.fetchall())
        return table.columns, table.fetchall()

    split = (["column0", "column1", "column2"], [(1, "5;2", 5), (3, "5;4", 5)])
    assert read() == split
    assert read(", decimal_separator=','") == split
    assert read(", decimal_separator=',', header=true")[1] == [(3, "5;4", 5)]
    assert read(", decimal_separator=',', delim=';'") == (["nps", "csat"], [(1.5, 2.5), (3.5, 4.5)])
END
