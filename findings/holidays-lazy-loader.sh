#!/usr/bin/env bash
# Guess: `holidays` has a registry of lazy loaders, one for each country, so that asking for one country imports the
#     module of that country alone.
# What happens: the loader imports `holidays.countries.finland`, and with it the package around it, whose
#     `__init__` imports every country; a program that asks for one has the modules of more than 200 in memory, and
#     waits for them.
# Version: holidays 0.109.
# Matters: command lines and functions that start anew for each call and look at one country; the import is best put
#     off until a day is really asked about.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check holidays==0.109

"$work/venv/bin/python" - <<'END'
import sys

import holidays


def countries() -> list[str]:
    return [name for name in sys.modules if name.startswith("holidays.countries.")]


print("holidays", holidays.__version__)
assert countries() == []
print("imported:", len(countries()), "countries")

getattr(holidays, "Finland")(years=2027)
print("after Finland:", len(countries()), "countries, such as", ", ".join(sorted(countries())[:2]))
assert len(countries()) > 200
END
