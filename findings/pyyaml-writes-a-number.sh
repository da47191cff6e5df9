#!/usr/bin/env bash
# Guess: a writer of YAML puts quotation marks around any text that would else be read as a number.
# What happens: PyYAML does so by the rules of YAML 1.1, where a number in scientific notation needs a dot. The text
#     `12e5` goes out bare, and a reader of YAML 1.2 takes it for 1200000. The text `0o14` becomes 12.
# Version: PyYAML 6.0.3 as writer, ruamel.yaml 0.19.1 as reader.
# Matters: codes of rooms, cost centres, articles and commits, which are text and sometimes look like that. The other
#     direction, `12:30` and `no`, is well known; here the file is spoilt by the one that wrote it from a `str`.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check pyyaml==6.0.3 ruamel.yaml==0.19.1

"$work/venv/bin/python" - <<'END'
import yaml
from ruamel.yaml import YAML, __version__

print("PyYAML", yaml.__version__, "and ruamel.yaml", __version__)
for code, number in (("12e5", 1200000.0), ("0o14", 12)):
    written = yaml.safe_dump({"room": code})
    read = YAML(typ="safe", pure=True).load(written)["room"]
    print(f"text {code!r} is written as {written!r} and read as {read!r}")
    assert yaml.safe_load(written) == {"room": code}
    assert read == number and not isinstance(read, str)
assert yaml.safe_dump({"room": "1.2e+5"}) == "room: '1.2e+5'\n"
END
