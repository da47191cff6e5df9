#!/usr/bin/env bash
# Guess: ruamel.yaml's round trip, load and dump with no change between, gives a file with the same values; its purpose
#     is to keep comments, too.
# What happens: a comment below a folded text (`>-`) becomes part of the text where the text ends in a space. The line
#     end between the two is gone, and in a folded text a number sign begins no comment.
# Version: ruamel.yaml 0.19.1 (PyYAML 6.0.3 agrees on the values before and after).
# Matters: tools that edit one field of a file that people also write by hand. A space at a line's end is invisible, and
#     the remark below it, often not meant for readers, is printed in the letter. Read back and compare before saving.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check ruamel.yaml==0.19.1 pyyaml==6.0.3

"$work/venv/bin/python" - <<'END'
import io

import yaml
from ruamel.yaml import YAML, __version__

print("ruamel.yaml", __version__)

def round_trip(text: str) -> str:
    keeper, file = YAML(), io.StringIO()
    keeper.dump(keeper.load(text), file)
    return file.getvalue()

for end in ("", " "):
    before = f"greeting: >-\n  Welcome to us!{end}\n# ask the boss\nname: Aino\n"
    after = round_trip(before)
    print(repr(before), "becomes", repr(after))
    was, now = (yaml.safe_load(text)["greeting"] for text in (before, after))
    print("    the greeting was", repr(was), "and is", repr(now))
    if end:
        assert was == "Welcome to us! "
        assert now == "Welcome to us!  # ask the boss"
    else:
        assert after == before
END
