#!/usr/bin/env bash
# Guess: when a key is deleted, the comment above it goes too, or stays where it was; the comments of other keys stay.
# What happens: the comment above the deleted key stays, the one above the next key is deleted, so that the next key now
#     has the wrong comment. The same with lists: what is appended comes below the comment of the key that follows.
# Version: ruamel.yaml 0.19.1.
# Matters: tools that edit files which people explain to each other by comments.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check ruamel.yaml==0.19.1

"$work/venv/bin/python" - <<'END'
import io

from ruamel.yaml import YAML, __version__

print("ruamel.yaml", __version__)

def edited(text: str, edit) -> str:
    keeper, file = YAML(), io.StringIO()
    data = keeper.load(text)
    edit(data)
    keeper.dump(data, file)
    print("before:", text, "after:", file.getvalue(), sep="\n")
    return file.getvalue()

keys = "name: Aino\n# in euros\npay: 10\n# in hours\ntime: 20\n"
assert edited(keys, lambda data: data.pop("pay")) == "name: Aino\n# in euros\ntime: 20\n"

lists = "likes:\n- tea\n# in hours\ntime: 20\n"
assert edited(lists, lambda data: data["likes"].append("rye")) == "likes:\n- tea\n# in hours\n- rye\ntime: 20\n"
END
