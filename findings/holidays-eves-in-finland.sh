#!/usr/bin/env bash
# Guess: the public holidays that `holidays` lists for a country, with no category asked for, are those of its law.
# What happens: for Finland they hold Midsummer Eve and Christmas Eve too, which no law makes public holidays (it
#     names the days after them); for Sweden, where the eves are kept in the same way, they do not.
# Version: holidays 0.109.
# Matters: whoever counts working days, terms of notice or pay across the two countries.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check holidays==0.109

"$work/venv/bin/python" - <<'END'
import datetime

import holidays

print("holidays", holidays.__version__)
eves = [datetime.date(2027, 6, 25), datetime.date(2027, 12, 24)]
listed = {}
for country, language in (("FI", "en_US"), ("SE", "en_US")):
    days = holidays.country_holidays(country, years=2027, language=language)
    listed[country] = [days.get(eve) for eve in eves]
    print(country, "\n  ".join(["", *(f"{day} {name}" for day, name in sorted(days.items()))]))

assert all(listed["FI"]), listed
assert listed["SE"] == [None, None], listed
END
