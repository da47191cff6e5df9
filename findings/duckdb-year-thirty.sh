#!/usr/bin/env bash
# Guess: casting a text to a day or a time in DuckDB gives NULL (TRY_CAST) for what is not written in ISO's way.
# What happens: `30/09/26` becomes the 26th of September in the year 30, `infinity` a day, and a time with `+03:00`
#     cast to TIMESTAMP keeps its clock and loses its zone, so that two times of one moment differ by three hours.
#     `30.9.2026` and `30/9/2026` are NULL, so that a check for NULL seems to work.
# Version: DuckDB 2.0.1.
# Matters: exports of surveys and help desks, read as text and cast: waiting times, and periods by day.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check duckdb==2.0.1

"$work/venv/bin/python" - <<'END'
import duckdb

print("DuckDB", duckdb.__version__)
connection = duckdb.connect()
cast = {
    (text, kind): connection.execute(f"SELECT CAST(TRY_CAST('{text}' AS {kind}) AS VARCHAR)").fetchone()[0]
    for text, kind in (
        ("30/09/26", "DATE"),
        ("infinity", "DATE"),
        ("30.9.2026", "DATE"),
        ("30/9/2026", "DATE"),
        ("2026-09-30T12:00:00+03:00", "TIMESTAMP"),
        ("2026-09-30T09:00:00Z", "TIMESTAMP"),
    )
}
for (text, kind), value in cast.items():
    print(f"{text} as {kind}: {value}")
assert list(cast.values()) == [
    "0030-09-26",
    "infinity",
    None,
    None,
    "2026-09-30 12:00:00",
    "2026-09-30 09:00:00",
]
END
