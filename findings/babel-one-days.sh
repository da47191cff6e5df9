#!/usr/bin/env bash
# Guess: whether it says "day" or "days" depends on the figure that is printed, as CLDR's plural rules have it.
# What happens: it depends on how the Decimal stores its digits. Twice a half, Decimal("1.0"), is printed as "1", and with
#     the plural. With a currency it is the other way round: two amounts that are both printed as 1.00 get different words.
# Version: Babel 2.19.0.
# Matters: sums of hours and money are Decimals with trailing zeros, so the fault shows with some workings and not others.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check babel==2.19.0

"$work/venv/bin/python" - <<'END'
from decimal import Decimal

import babel
from babel.numbers import format_currency
from babel.units import format_unit

print("Babel", babel.__version__)
one, twice_a_half = Decimal(1), Decimal("0.5") * 2
assert one == twice_a_half

amounts = (one, twice_a_half)
days = [format_unit(amount, "duration-day", locale=locale) for locale in ("en", "fi") for amount in amounts]
print("days:", days)
assert days == ["1 day", "1 days", "1 päivä", "1 päivää"]

dollars = [format_currency(amount, "USD", locale="en", format_type="name") for amount in amounts]
print("dollars:", dollars)
assert dollars == ["1.00 US dollar", "1.00 US dollars"]
END
