#!/usr/bin/env bash
# Guess: the end mark of a value is where its text ends, so a line put there follows the value.
# What happens: the end mark of a block text (`|`, `>`) lies behind the empty lines below it, at the next line that is
#     not empty, with a strip sign (`>-`) too; that of a plain text is on its own line. A list in block style ends
#     behind the remark that stands above the next key. Whoever inserts at the mark parts a remark from its key.
# Version: PyYAML 6.0.3, in its Python and its C parser.
# Matters: editors that change one value of a file by positions and leave every other line as it is.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check pyyaml==6.0.3

"$work/venv/bin/python" - <<'END'
import yaml

print("PyYAML", yaml.__version__)
FILES = {
    "plain": "a: text\n\n\n# of b\nb: 1\n",
    "literal": "a: |\n  text\n\n\n# of b\nb: 1\n",
    "folded, stripped": "a: >-\n  text\n\n\n# of b\nb: 1\n",
    "list": "a:\n  - text\n\n# of b\nb: 1\n",
}
ends = {}
for loader in (yaml.SafeLoader, yaml.CSafeLoader):
    for name, text in FILES.items():
        value = yaml.compose(text, Loader=loader).value[0][1]
        ends.setdefault(name, set()).add(text.splitlines()[value.end_mark.line])
for name, lines in ends.items():
    print(f"{name}: ends on the line {lines}")
assert ends == {
    "plain": {"a: text"},
    "literal": {"# of b"},
    "folded, stripped": {"# of b"},
    "list": {"b: 1"},
}
END
